"""Pages → bytes, through Jinja2.

A render reads only what it is given: no clock, no randomness, no environment, no files.
"""

from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import CodeType, TracebackType
from typing import Any, cast

import jinja2
from jinja2.bccache import Bucket
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from markupsafe import Markup
from msgspec.structs import replace

from newsgen.config import Config
from newsgen.dates import format_date
from newsgen.errors import Location, Problem, did_you_mean
from newsgen.model import Body, Page
from newsgen.output.data import Data, fixed
from newsgen.output.loader import PREFIX, ThemeLoader
from newsgen.output.paid import sponsored
from newsgen.output.theme import Fingerprints, isolate, translations
from newsgen.output.views import LanguageView, Urls, view_of
from newsgen.questions import Question, Recorder
from newsgen.text import cut
from newsgen.urls import absolute


@dataclass(frozen=True, slots=True)
class Shared:
    """What all pages are given: the queries, the parsed data, static files (output → file), and who listens."""

    news: Any
    data: Mapping[str, Any]
    static: dict[str, Path]
    recorder: Recorder


class RecordingTemplate(jinja2.Template):
    """A template whose module, made for `import`, is made anew for every page: no page sees what another one did."""

    _made_for = 0

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        drawing = cast("RecordingEnvironment", self.environment).drawing
        if self._made_for != drawing:
            self._made_for, self._module = drawing, None
        return super()._get_default_module(ctx)


class Compiled(jinja2.BytecodeCache):
    """Templates as code, by their text: a preview makes an environment for every edition of the paper."""

    def __init__(self, most: int = 500) -> None:
        self.most = most
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the bucket the code of its template's text, if that is known."""
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Remember the code of a template's text."""
        if len(self._codes) >= self.most:
            self._codes.clear()
        assert bucket.code is not None  # noqa: S101 - Jinja2 asks for no other
        self._codes[bucket.key, bucket.checksum] = bucket.code


_COMPILED = Compiled()
"""Of this process: all its environments have the same extensions and filters, on which code depends too."""


class RecordingEnvironment(jinja2.Environment):
    """Tells the recorder of every template that a render looks up. `drawing` counts the renders."""

    template_class = RecordingTemplate
    recorder: Recorder
    drawing = 0

    def _load_template(self, name: str, globals: MutableMapping[str, Any] | None) -> jinja2.Template:  # noqa: A002
        self.recorder.ask(("template", name))
        return super()._load_template(name, globals)


PRINTED = frozenset({str, Markup, int, float, bool, type(None), date, datetime})
"""What templates print most, and what always has a text."""


class TemplateFault(Exception):
    """A page could not be rendered; `problem` names the template and the line."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


class Renderer:
    """Renders the pages of one site. `news` answers templates' questions; `static` is output → file."""

    def __init__(
        self, site: Path, config: Config, urls: Urls, shared: Shared, languages: tuple[LanguageView, ...] = ()
    ) -> None:
        self.config, self.recorder = config, shared.recorder
        self.loader, self.static = ThemeLoader(site), Fingerprints(shared.static)
        self.data = Data(shared.data, shared.recorder.ask)
        self.environment = environment(self.loader, config, self.static, shared.recorder)
        self.environment.globals.update(site=view_of(config, urls, languages), news=shared.news, data=self.data)

    def render(self, page: Page, body: Body | None) -> bytes:
        """The bytes of a page.

        Raises:
            TemplateFault: when the template is missing or fails.
            OSError: when the machine refuses a file that the template wants.
        """
        subject: dict[str, Any] = {page.noun: _subject(page)} if page.noun else {}
        self.environment.drawing += 1
        if body is not None:
            subject["body"] = replace(body, html=Markup(body.html))  # noqa: S704 - sanitised by content.bodies
        try:
            return self.environment.get_template(page.template).render(page=page, **subject).encode()
        except jinja2.TemplateNotFound as error:
            raise TemplateFault(self._missing(error, page)) from error
        except jinja2.TemplateSyntaxError as error:
            place = Location(error.filename or page.template, error.lineno)
            fix = "correct the template here"
            raise TemplateFault(Problem(place, "template-syntax", str(error.message), fix)) from error
        except OSError:  # the machine refuses a file of the site or the theme
            raise
        except Exception as error:
            raise TemplateFault(_explain(error, page)) from error

    def fingerprint(self, question: Question) -> str:
        """The digest of the answer to a question that templates asked of the loader, `data` or `asset`."""
        kind, name = question[0], str(question[1])
        if kind == "template":
            return self.loader.fingerprint(name)
        return self.static.fingerprint(name) if kind == "static" else self.data.fingerprint(question)

    def _missing(self, error: jinja2.TemplateNotFound, page: Page) -> Problem:
        loader = self.environment.loader
        known = loader.list_templates() if loader is not None else []
        name = str(error.name or page.template)
        what = f"there is no template “{name}”"
        return Problem(_place(error.__traceback__, page), "template-missing", what, did_you_mean(name, known))


def environment(
    loader: ThemeLoader, config: Config, fingerprints: Fingerprints, recorder: Recorder
) -> RecordingEnvironment:
    """Jinja2 as templates know it."""
    env = RecordingEnvironment(
        loader=loader,
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
        finalize=printable,
        bytecode_cache=_COMPILED,
    )
    env.recorder = recorder
    env.install_gettext_translations(translations(config.language), newstyle=True)  # type: ignore[attr-defined]
    del env.filters["random"], env.globals["lipsum"]

    def asset(output: str) -> str:
        recorder.ask(("static", output))
        try:
            return f"{config.base}/{output}?v={fingerprints.of(output)}"
        except KeyError:
            raise LookupError(f"there is no file static/{output}") from None

    def as_date(value: date | datetime, name: str) -> str:
        try:
            return format_date(value, name, config)
        except KeyError:
            hint = did_you_mean(name, config.dates.__struct_fields__)
            raise LookupError(f"there is no date pattern “{name}”; {hint}") from None

    env.filters.update(date=as_date, iso=lambda value: value.isoformat(), cut=cut)
    env.filters.update(isolate=isolate, sponsored=sponsored, absolute=lambda url: absolute(url, config.url))
    env.globals["asset"] = asset
    return env


def _subject(page: Page) -> Any:  # noqa: ANN401 - each kind of page has its own
    """What a page shows; the fields that a paper added itself cannot be changed."""
    extra = getattr(page.subject, "extra", None)
    return replace(page.subject, extra=fixed(extra)) if extra else page.subject  # type: ignore[type-var]


def printable(value: Any) -> Any:  # noqa: ANN401 - whatever a template prints
    """The value that a template prints, if it has a text.

    Raises:
        TypeError: when it has none, and Python would print where it lies in memory, in each build another place.
    """
    kind: Any = type(value)
    if kind in PRINTED or isinstance(value, jinja2.Undefined):
        return value
    if callable(value):
        raise TypeError(f"a {kind.__name__} is printed here: call it, with () after its name")
    if isinstance(value, Iterator):
        raise TypeError(f"a {kind.__name__} is printed here: write |join or |list after it, or a loop")
    if kind.__str__ is object.__str__ and kind.__repr__ is object.__repr__:
        raise TypeError(f"{kind.__name__} has no text of its own: print one of its values")
    return value


def _explain(error: Exception, page: Page) -> Problem:
    place = _place(error.__traceback__, page)
    what = f"the template fails here for {page.url}: {str(error) or type(error).__name__}"
    fix = "correct the expression; a value that may be missing wants `{% if … is defined %}`"
    if not isinstance(error, jinja2.UndefinedError):
        fix = "correct the expression in this line"
    return Problem(place, "template-error", what, fix)


def _place(traceback: TracebackType | None, page: Page) -> Location:
    """The innermost template line of a traceback."""
    place = Location(PREFIX + page.template)
    while traceback is not None:
        name = traceback.tb_frame.f_code.co_filename
        if name.startswith(("templates/", PREFIX)):
            place = Location(name, traceback.tb_lineno)
        traceback = traceback.tb_next
    return place
