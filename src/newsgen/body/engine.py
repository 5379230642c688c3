"""Markdown → HTML, by one of two engines."""

from collections.abc import Callable
from functools import cached_property
from typing import Any, Protocol

from newsgen.core.messages import say
from newsgen.core.text import slugify


class Engine(Protocol):
    """Turns one body's text into HTML; knows nothing of files, links or safety."""

    def convert(self, text: str) -> str:
        """The HTML of a Markdown text. May raise RecursionError on hostile nesting."""
        ...

    @property
    def escaping(self) -> "Engine":
        """The same engine, but raw HTML comes out as the text that was typed."""
        ...

    @property
    def is_ours(self) -> bool:
        """Whether nothing but the dialect reads: an extension of the site's may do anything with a text."""
        ...


def make_heading_id(text: str) -> str:
    """The anchor of a heading: python-slugify's, so that `Đà Nẵng` is `da-nang`."""
    return slugify(text) or "muc"


class ExtensionFault(Exception):
    """An extension that the site names is none, or fails when it is loaded."""


class EngineMissing(Exception):
    """The engine that the site asks for is not installed; `fix` says how to get it."""

    fix = "pip install comrak"


def choose_engine(engine: Engine, raw_html: str) -> Engine:
    """The engine for the `raw_html` setting of a folder."""
    return engine.escaping if raw_html == "escape" else engine


def make_engine(name: str, extensions: tuple[str, ...], language: str) -> Engine:
    """The engine of that name, `python-markdown` or `commonmark`, for a site of that language.

    The extensions are the default engine's; CommonMark has none. Raises EngineMissing, ExtensionFault.
    """
    if name == "python-markdown":
        for extension in extensions:
            _try_extension(extension)
        return PythonMarkdown(extensions, language)
    if name != "commonmark":
        raise ValueError(name)
    try:
        from newsgen.body.comrak_engine import CommonMark  # start-up: few sites name it
    except ImportError as error:
        raise EngineMissing("the engine “commonmark” is not installed") from error
    return CommonMark(get_backlink_title(language), language)


def _try_extension(name: str) -> None:
    """Load one extension, so that its fault names it. Raises ExtensionFault."""
    from newsgen.body.python_markdown import load_extension  # start-up: few sites have any

    try:
        load_extension(name)
    except (Exception, SystemExit) as error:
        values = {"name": name, "error": error}
        what = say("`markdown.extensions` names “{name}”, which is no Markdown extension: {error}", **values)
        raise ExtensionFault(what) from error


BACKLINKS = {"vi": "Trở lại chỗ chú thích {} trong bài", "en": "Back to note {} in the text"}


def get_backlink_title(language: str) -> str:
    """The title of a footnote's link back to the text; `{}` stands for its number."""
    return BACKLINKS.get(language.partition("-")[0], BACKLINKS["en"])


class PythonMarkdown:
    """The default engine: one `markdown.Markdown`, used again for every text.

    Where the text is shared and the native `comrak` is installed, that renders it: the HTML is the same.
    """

    def __init__(self, extensions: tuple[str, ...] = (), language: str = "vi", *, reads_html: bool = True) -> None:
        self._extensions, self._language, self._reads_html = extensions, language, reads_html
        self.is_ours = not extensions

    def convert(self, text: str) -> str:
        """The HTML of a Markdown text."""
        html = self._render_shared(text) if self._render_shared else None
        return self.convert_by_package(text) if html is None else html

    def convert_by_package(self, text: str) -> str:
        """The HTML of a Markdown text, shared or not, by the `markdown` package."""
        html: str = self._markdown.reset().convert(text)
        return html

    @cached_property
    def escaping(self) -> "PythonMarkdown":
        """The same engine, but raw HTML comes out as the text that was typed."""
        return PythonMarkdown(self._extensions, self._language, reads_html=False)

    @cached_property
    def _render_shared(self) -> Callable[[str], str | None] | None:
        if not self.is_ours:
            return None
        try:
            from newsgen.body.shared_markdown import render_shared  # start-up: not every command renders
        except ImportError:  # the package that it needs has no wheel for every system
            return None
        return render_shared

    @cached_property
    def _markdown(self) -> Any:  # noqa: ANN401 - a `markdown.Markdown`
        from newsgen.body.dialect import Dialect  # start-up: most texts are shared
        from newsgen.body.python_markdown import make_markdown  # start-up: as above

        dialect = Dialect(self._language, get_backlink_title(self._language), reads_html=self._reads_html)
        return make_markdown(self._extensions, dialect)
