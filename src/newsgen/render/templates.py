"""Pages → bytes, through Jinja2.

A render reads only what it is given: no clock, no randomness, no environment, no files.
"""

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Any, NoReturn, cast

import jinja2
from jinja2.bccache import Bucket
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from markupsafe import Markup
from msgspec.structs import replace

from newsgen.config.settings import Config
from newsgen.core.errors import Location, Problem
from newsgen.core.messages import say
from newsgen.core.questions import OnQuestion
from newsgen.model.pages import Front, Listing, Page
from newsgen.model.stories import Article, Body, StandingPage
from newsgen.render.context import LanguageView, Urls, view_of
from newsgen.render.data import Data, fixed
from newsgen.render.extensions import NO_EXTENSIONS, Extensions
from newsgen.render.filters import filters_of
from newsgen.render.mistakes import Mistakes
from newsgen.render.printing import careful_filters, printable, printed
from newsgen.render.sandbox import Missing, Reach, Sandbox
from newsgen.render.strings import strings_of
from newsgen.render.template_loader import ThemeLoader
from newsgen.render.theme import Fingerprints

EMPTY: Mapping[str, Any] = {"text": "", "number": "", "date": "", "boolean": False, "list": []}
"""What a field that newsgen.yaml declares is on a story without it, by its type."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What all pages are given: the queries, the parsed data, static files (output → file), and who records questions.

    `queries` are the names of what templates may ask of `news`.
    """

    news: Any
    data: Mapping[str, Any]
    static: Mapping[str, Path]
    on_question: OnQuestion
    queries: frozenset[str] = frozenset()
    extensions: Extensions = NO_EXTENSIONS


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


class RecordingEnvironment(Sandbox):
    """Asks its loader, `themes`, about every template that a render looks up. `drawing` counts the renders."""

    template_class = RecordingTemplate
    themes: ThemeLoader
    drawing = 0

    def _load_template(self, name: str, globals: MutableMapping[str, Any] | None) -> jinja2.Template:  # noqa: A002
        self.themes.template(name)
        return super()._load_template(name, globals)


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
        self.config = config
        self.loader = ThemeLoader(site, shared.on_question, shared.extensions.theme)
        self.filters = shared.extensions.filters
        self.static = Fingerprints(shared.static, shared.on_question)
        self.data = Data(shared.data, shared.on_question)
        self.reach = Reach({type(shared.news): shared.queries})
        self.seen = {"site": view_of(config, urls, languages), "news": shared.news, "data": self.data}
        self.environment = self._environment()
        queries = {name: getattr(type(shared.news), name) for name in shared.queries}
        self.mistakes = Mistakes(self.environment, self.loader, queries)
        self.empty = {name: EMPTY[kind] for name, kind in config.fields.items()}

    def _environment(self) -> RecordingEnvironment:
        made = environment(self.loader, self.config, self.static)
        if self.filters:
            made.filters.update(self.filters)
            made.bytecode_cache = Compiled()  # how a filter is called stands in the code of templates
        made.reach = self.reach
        made.globals.update(self.seen)
        return made

    def render(self, page: Page, body: Body | None) -> bytes:
        """The bytes of a page.

        Raises:
            TemplateFault: when the template is missing or fails.
            OSError: when the machine refuses a file that the template wants.
        """
        if isinstance(page.subject, Article | StandingPage | Listing | Front):
            page = replace(page, subject=replace(page.subject, extra=fixed({**self.empty, **page.subject.extra})))
        text = self._render(self.environment, page, body)
        try:
            return text.encode()
        except UnicodeEncodeError:
            return self._find_surrogate(page, body)

    def _render(self, drawn_by: RecordingEnvironment, page: Page, body: Body | None) -> str:
        subject: dict[str, Any] = {page.noun: page.subject} if page.noun else {}
        drawn_by.drawing += 1
        if body is not None:
            subject["body"] = replace(body, html=Markup(body.html))  # noqa: S704 - sanitised by body.body
        try:
            return drawn_by.get_template(page.template).render(page=page, **subject)
        except jinja2.TemplateNotFound as error:
            raise TemplateFault(self.mistakes.missing(error, page)) from error
        except jinja2.TemplateSyntaxError as error:
            raise TemplateFault(self.mistakes.unreadable(error, page)) from error
        except OSError:  # the machine refuses a file of the site or the theme
            raise
        except Exception as error:
            raise TemplateFault(self.mistakes.failed(error, page)) from error

    def _find_surrogate(self, page: Page, body: Body | None) -> NoReturn:
        """Draw the page again to say where half a character comes from, which no file can hold."""
        careful = self._environment()
        careful.finalize, careful.bytecode_cache = encodable, None
        careful.printed = lambda value: printed(encodable(value))
        self._render(careful, page, body)
        what = say("half a character (a surrogate) is on this page, which no file can hold")
        place = Location(self.loader.shown(page.template))
        raise TemplateFault(Problem(place, "template-error", what, say("write the whole character")))


def environment(loader: ThemeLoader, config: Config, static: Fingerprints) -> RecordingEnvironment:
    """Jinja2 as templates know it."""
    env = RecordingEnvironment(
        loader=loader,
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=Missing,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
        finalize=printable,
        bytecode_cache=_COMPILED,
    )
    env.themes = loader
    env.reach = Reach({})
    env.newstyle_gettext = True  # type: ignore[attr-defined] # strings hold their values by name
    del env.filters["random"], env.globals["lipsum"]

    def asset(output: str) -> str:
        fingerprint = static.static(output)
        if not fingerprint:
            raise LookupError(say("there is no file static/{output}", output=output))
        return f"{config.base}/{output}?v={fingerprint}"

    env.filters.update(careful_filters(env.filters) | filters_of(config))
    env.tests["sameas"] = is_same
    env.globals.update(strings_of(loader.theme.translations(config.language)), asset=asset)
    return env


def filter_names(config: Config) -> frozenset[str]:
    """The names of all filters that templates have without plugins."""
    return frozenset(environment(ThemeLoader(Path()), config, Fingerprints({})).filters)


def is_same(value: object, other: object) -> bool:
    """Whether the two are of one type and equal: where they lie in memory is not the same in every build."""
    return type(value) is type(other) and value == other


def encodable(value: Any) -> Any:  # noqa: ANN401 - whatever a template prints
    """As `printable`, for texts that a file can hold.

    Raises:
        ValueError: when there is half a character in it.
    """
    try:
        str(printable(value)).encode()
    except UnicodeEncodeError:
        what = say("half a character (a surrogate, such as `\\ud800`) is printed here, which no file can hold")
        raise ValueError(what) from None
    return value
