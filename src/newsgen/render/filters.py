"""newsgen's own filters, and their errors for values of a wrong kind."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, cast

import jinja2
from jinja2.runtime import Context

from newsgen.config.pictures import Shown, parse_shape
from newsgen.config.settings import Config
from newsgen.core.errors import suggest_name
from newsgen.core.locales import add_territory, get_direction
from newsgen.core.messages import Message, say
from newsgen.core.questions import OnQuestion, ignore_question
from newsgen.core.text import shorten
from newsgen.core.urls import make_absolute
from newsgen.media.renditions import SHOWN, Renditions, write_sources
from newsgen.model.pictures import Picture
from newsgen.render.crops import PictureCutter
from newsgen.render.html_filters import load_eagerly, mark_sponsored
from newsgen.render.printing import describe
from newsgen.render.theme import isolate
from newsgen.site.dates import format_date, format_moment, format_timestamp, load_language

A_DATE = say("a date, such as `article.date`")
A_PICTURE = say("a picture, such as `article.image`")
A_TEXT = say("a text")
A_LENGTH = say("a number of characters")
A_SHAPE = say("a shape, such as `3:2`")
A_FORM = say("`webp` or `avif`")
A_WIDTH = say("a number of pixels")
"""Kinds of values, in messages."""


class Misuse(TypeError):
    """A filter is given a value of a wrong kind; `fix` says what to write."""

    def __init__(self, filter_: str, wanted: Message, value: object) -> None:
        values = {"filter": filter_, "wanted": wanted, "given": describe(value)}
        super().__init__(say("the filter “{filter}” wants {wanted}, not {given}", **values))
        self.fix = say("give it {wanted}", wanted=wanted)
        if value is None:
            self.fix = say("ask for it first: `{% if … %}` before, `{% endif %}` after")


def check_kind(filter_: str, value: object, kind: type, wanted: Message) -> None:
    """Refuse a value that is not of a kind.

    Raises:
        Misuse: for any other value.
        jinja2.UndefinedError: for an undefined one.
    """
    if isinstance(value, jinja2.Undefined):
        str(value)
    if not isinstance(value, kind):
        raise Misuse(filter_, wanted, value)


def _check_form(filter_: str, form: object) -> None:
    check_kind(filter_, form, str, A_FORM)
    if form not in SHOWN:
        raise Misuse(filter_, A_FORM, form)


def _make_date_filter(config: Config) -> Callable[[date | datetime, str], str]:
    patterns = {name: getattr(config.dates, name) for name in config.dates.__struct_fields__}
    language, zone = config.language, config.zone
    load_language(language)

    def as_date(value: date | datetime, name: str) -> str:
        if type(value) is datetime and type(name) is str and name in patterns:  # as nearly always
            return format_moment(value, value.fold, patterns[name], language, zone)
        check_kind("date", value, date, A_DATE)
        try:
            return format_date(value, name, config)
        except KeyError:
            hint = suggest_name(str(name), patterns)
            raise LookupError(say("there is no date pattern “{name}”; {hint}", name=name, hint=hint)) from None

    return as_date


def _make_picture_filters(config: Config, on_question: OnQuestion) -> dict[str, Callable[..., Any]]:
    """The filters of pictures, by name."""
    cutter, renditions = PictureCutter(config, on_question), Renditions(config.pictures)

    def srcset(value: Picture, form: Shown = "webp", widest: int = 0) -> str:
        """The renditions of a lead picture or a crop of it in a format, up to a width; "" where there are none."""
        check_kind("srcset", value, Picture, A_PICTURE)
        _check_form("srcset", form)
        check_kind("srcset", widest, int, A_WIDTH)
        return write_sources(cutter.list_sizes(value.file, form, widest), config.base) if value.file is not None else ""

    def moving(value: Picture, form: Shown = "webp") -> Picture | None:
        """A lead picture that is an animation, as it moves; none for a still."""
        check_kind("moving", value, Picture, A_PICTURE)
        _check_form("moving", form)
        return renditions.show_moving(value.file, config.base, form) if value.file is not None else None

    def shared(value: Picture) -> Picture:
        """A picture as other sites show it."""
        check_kind("shared", value, Picture, A_PICTURE)
        return cutter.share(value)

    def crop(value: Picture, shape: str) -> Picture:
        """A lead picture cut to a shape around its focus; the picture itself where it cannot be cut."""
        check_kind("crop", value, Picture, A_PICTURE)
        check_kind("crop", shape, str, A_SHAPE)
        if (found := parse_shape(shape)) is None:
            raise Misuse("crop", A_SHAPE, shape)
        return cutter.cut(value, found)

    return {"srcset": srcset, "moving": moving, "shared": shared, "crop": crop}


def make_filters(config: Config, on_question: OnQuestion = ignore_question) -> dict[str, Callable[..., Any]]:
    """The filters of a site, by name."""

    def iso(value: date | datetime) -> str:
        check_kind("iso", value, date, A_DATE)
        return format_timestamp(value)

    def cut_text(value: str, length: int) -> str:
        check_kind("cut", value, str, A_TEXT)
        check_kind("cut", length, int, A_LENGTH)
        return shorten(value, length)

    @jinja2.pass_context  # so that Jinja does not work it out when it compiles: code is shared, also with another `url`
    def absolute(_context: Context, value: str) -> str:
        check_kind("absolute", value, str, A_TEXT)
        return make_absolute(value, config.url)

    def on_text(name: str, change: Callable[[str], str]) -> Callable[[str], str]:
        def changed(value: str) -> str:
            if type(value) is not str:
                check_kind(name, value, str, A_TEXT)
            return change(value)

        changed.__name__ = changed.__qualname__ = f"filter {name}"
        return changed

    return {
        **_make_picture_filters(config, on_question),
        "date": _make_date_filter(config),
        "iso": iso,
        "cut": cut_text,
        "dir": on_text("dir", get_direction),
        "locale": on_text("locale", add_territory),
        "isolate": on_text("isolate", isolate),
        "eager": on_text("eager", cast("Callable[[str], str]", load_eagerly)),
        "sponsored": on_text("sponsored", cast("Callable[[str], str]", mark_sponsored)),
        "absolute": absolute,
    }
