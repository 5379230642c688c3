"""Pages → bytes, through Jinja2.

A render reads only what it is given: no clock, no randomness, no make_environment, no files.
"""

from collections.abc import Mapping, MutableMapping
from functools import partial
from pathlib import Path
from types import CodeType
from typing import Any, NoReturn, cast

import jinja2
import msgspec
from jinja2.bccache import Bucket
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from markupsafe import Markup
from msgspec.structs import replace

from newsgen.config.settings import Config
from newsgen.core.errors import Location, Problem
from newsgen.core.messages import say
from newsgen.core.questions import OnQuestion, ignore_question
from newsgen.model.pages import Front, Listing, Page
from newsgen.model.stories import Article, Body, StandingPage
from newsgen.render.context import LanguageView, Urls, make_site_view
from newsgen.render.data import Data, freeze
from newsgen.render.errors import Part, TemplateErrors
from newsgen.render.extensions import NO_EXTENSIONS, Extensions
from newsgen.render.filters import make_filters
from newsgen.render.kept_code import is_packaged, keep_code
from newsgen.render.printing import limit_filters, printable, printed
from newsgen.render.sandbox import Missing, Reach, Sandbox
from newsgen.render.strings import make_gettext
from newsgen.render.template_loader import ThemeLoader
from newsgen.render.theme import WITHHELD, StaticFiles

EMPTY: Mapping[str, Any] = {"text": "", "number": "", "date": "", "boolean": False, "list": []}
"""The value of a field that newsgen.yaml declares on a story without it, by its type."""


class Shared(msgspec.Struct, frozen=True):
    """What all pages share: the queries, the parsed data, the digests of static files, and the recorder of questions.

    `queries` are the names of the methods of `news` that templates may call.
    """

    news: Any
    data: Mapping[str, Any]
    static: StaticFiles
    on_question: OnQuestion
    queries: frozenset[str] = frozenset()
    extensions: Extensions = NO_EXTENSIONS


class RecordingTemplate(jinja2.Template):
    """A template whose module, for `import`, is made anew for every page, so that no page sees what another one set."""

    _made_for = 0

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        drawing = cast("RecordingEnvironment", self.environment).drawing
        if self._made_for != drawing:
            self._made_for, self._module = drawing, None
        return super()._get_default_module(ctx)


class CompiledTemplates(jinja2.BytecodeCache):
    """The code of templates by their text: a preview makes an environment for every version of the paper."""

    def __init__(self, most: int = 500) -> None:
        self.most = most
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load the code of a template's text, if it is known."""
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template's text."""
        if len(self._codes) >= self.most:
            self._codes.clear()
        assert bucket.code is not None  # noqa: S101 - Jinja2 asks for no other
        self._codes[bucket.key, bucket.checksum] = bucket.code


_COMPILED = CompiledTemplates()
"""Shared by all environments of this process, whose extensions and filters, on which code depends, are the same."""


class RecordingEnvironment(Sandbox):
    """Records a question for every template that a render looks up. `drawing` counts the renders.

    One that `keeps` code has no filters but newsgen's, and prints as all such environments do.
    """

    template_class = RecordingTemplate
    themes: ThemeLoader
    loaded: dict[str, jinja2.Template]
    drawing = 0
    keeps = False

    def compile(self, source: Any, name: Any = None, filename: Any = None, *given: Any) -> Any:  # noqa: ANN401
        """The code of a template; that of the packaged theme's is kept."""
        compile_ = partial(super().compile, source, name, filename, *given)
        if self.keeps and is_packaged(name, filename):
            return keep_code(name, filename, source, compile_)
        return compile_()

    def get_template(
        self,
        name: str | jinja2.Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002
    ) -> jinja2.Template:
        """A template by its name; a question is recorded."""
        if type(name) is str and globals is None and (known := self.loaded.get(name)) is not None:
            self.themes.record(name)
            return known
        return super().get_template(name, parent, globals)

    def _load_template(self, name: str, globals: MutableMapping[str, Any] | None) -> jinja2.Template:  # noqa: A002
        self.themes.record(name)
        known = None if globals else self.loaded.get(name)
        if known is None:
            known = self.loaded[name] = super()._load_template(name, globals)
        return known


class TemplateFault(Exception):
    """A page could not be rendered; `problem` names the template and the line."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


class Renderer:
    """Renders the pages of one edition."""

    def __init__(
        self, site: Path, config: Config, urls: Urls, shared: Shared, languages: tuple[LanguageView, ...] = ()
    ) -> None:
        self.config = config
        self.loader = ThemeLoader(site, shared.on_question, shared.extensions.theme)
        self.filters = shared.extensions.filters
        self.static, self.on_question = shared.static, shared.on_question
        self.data = Data(shared.data, shared.on_question)
        self.reach = Reach({type(shared.news): shared.queries})
        self.seen = {"site": make_site_view(config, urls, languages), "news": shared.news, "data": self.data}
        self.environment = self._environment()
        queries = {name: getattr(type(shared.news), name) for name in shared.queries}
        self.errors = TemplateErrors(self.environment, self.loader, queries)
        self.empty = {name: EMPTY[kind] for name, kind in config.fields.items()}

    def _environment(self) -> RecordingEnvironment:
        made = make_environment(self.loader, self.config, self.static, self.on_question)
        if self.filters:
            made.filters.update(self.filters)
            made.bytecode_cache = CompiledTemplates()  # the code of a template depends on its filters
        else:
            made.keeps = True
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
            page = replace(page, subject=replace(page.subject, extra=freeze({**self.empty, **page.subject.extra})))
        text = self._render(self.environment, page, body)
        try:
            return text.encode()
        except UnicodeEncodeError:
            return self._find_surrogate(page, body)

    def render_part(self, template: str, source: str, values: Mapping[str, Any]) -> str:
        """What a template makes of these values, for a part of the text of a source.

        Raises:
            TemplateFault: when the template is missing or fails.
            OSError: when the machine refuses a file that the template wants.
        """
        text = self._print(self.environment, Part(template, source), values)
        if text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text):
            return text
        raise TemplateFault(self._tell_surrogate(template))

    def _render(self, drawn_by: RecordingEnvironment, page: Page, body: Body | None) -> str:
        subject: dict[str, Any] = {page.noun: page.subject} if page.noun else {}
        if body is not None:
            subject["body"] = replace(body, html=Markup(body.html))  # noqa: S704 - sanitised by body.body
        return self._print(drawn_by, page, {"page": page, **subject})

    def _print(self, drawn_by: RecordingEnvironment, drawn: Page | Part, values: Mapping[str, Any]) -> str:
        drawn_by.drawing += 1
        try:
            return drawn_by.get_template(drawn.template).render(values)
        except jinja2.TemplateNotFound as error:
            raise TemplateFault(self.errors.explain_missing(error, drawn)) from error
        except jinja2.TemplateSyntaxError as error:
            raise TemplateFault(self.errors.explain_syntax(error, drawn)) from error
        except OSError:  # the machine refuses a file of the site or the theme
            raise
        except Exception as error:
            raise TemplateFault(self.errors.explain_failure(error, drawn)) from error

    def _find_surrogate(self, page: Page, body: Body | None) -> NoReturn:
        """Render the page again, with a check of every value, to find where half a character comes from."""
        careful = self._environment()
        careful.finalize, careful.bytecode_cache, careful.keeps = check_encodable, None, False
        careful.printed = lambda value: printed(check_encodable(value))
        self._render(careful, page, body)
        raise TemplateFault(self._tell_surrogate(page.template))

    def _tell_surrogate(self, template: str) -> Problem:
        what = say("half a character (a surrogate) is on this page, which no file can hold")
        return Problem(Location(self.loader.shown(template)), "template-error", what, say("write the whole character"))


def make_environment(
    loader: ThemeLoader, config: Config, static: StaticFiles, on_question: OnQuestion = ignore_question
) -> RecordingEnvironment:
    """The Jinja environment of templates."""
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
    env.themes, env.loaded = loader, {}
    env.reach = Reach({})
    env.newstyle_gettext = True  # type: ignore[attr-defined] # strings hold their values by name
    del env.filters["random"], env.globals["lipsum"]

    def asset(output: str) -> str:
        fingerprint = static.static(output)
        if not fingerprint:
            raise LookupError(say("there is no file static/{output}", output=output))
        return f"{config.base}/{output}" + (f"?v={fingerprint}" if fingerprint != WITHHELD else "")

    env.filters.update(limit_filters(env.filters) | make_filters(config, on_question))
    env.tests["sameas"] = is_same
    env.globals.update(make_gettext(loader.theme.translations(config.language)), asset=asset)
    return env


def list_filters(config: Config) -> frozenset[str]:
    """The names of all filters that templates have without plugins."""
    return frozenset(make_environment(ThemeLoader(Path()), config, StaticFiles({})).filters)


def is_same(value: object, other: object) -> bool:
    """Whether two values have the same type and are equal: identity may differ from build to build."""
    return type(value) is type(other) and value == other


def check_encodable(value: Any) -> Any:  # noqa: ANN401 - whatever a template prints
    """The value itself, if a template may print it and a file can hold it.

    Raises:
        ValueError: when there is half a character in it.
    """
    try:
        str(printable(value)).encode()
    except UnicodeEncodeError:
        what = say("half a character (a surrogate, such as `\\ud800`) is printed here, which no file can hold")
        raise ValueError(what) from None
    return value
