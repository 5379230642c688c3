"""Finds templates: in the site's templates/, then in the themes."""

from collections.abc import Callable
from errno import ENAMETOOLONG
from pathlib import Path

import jinja2
from jinja2.loaders import split_template_path

from newsgen.body.components.names import fold_name
from newsgen.core.digests import digest
from newsgen.core.messages import Message, say
from newsgen.core.opening import is_private, read_inside
from newsgen.core.queries import NONE, Query, QueryMethods, list_of
from newsgen.core.questions import OnQuestion, ignore_question
from newsgen.core.site_files import TEMPLATES
from newsgen.core.walk import walk_files
from newsgen.render.component_heads import read_head
from newsgen.render.theme import PACKAGED, PREFIX, THEME, Theme

COMPONENTS = "components/"
"""The folder of templates that are components."""


class ThemeLoader(QueryMethods, jinja2.BaseLoader):
    """Finds a template in the site's templates/ first, then in the themes; "theme/x.html" is the packaged one's.

    In messages, a template is `templates/x.html` or `theme/x.html`.
    """

    def __init__(self, site: Path, on_question: OnQuestion = ignore_question, theme: Theme = PACKAGED) -> None:
        super().__init__(on_question)
        self.theme = theme
        self.site = site / TEMPLATES
        self._found: dict[str, tuple[bytes, str] | None] = {}

    def get_source(
        self, _environment: jinja2.Environment | None, template: str
    ) -> tuple[str, str, Callable[[], bool] | None]:
        """The text of a template and its name in messages; one that is not UTF-8 is a syntax error."""
        found = self._find(template)
        if found is None:
            raise jinja2.TemplateNotFound(template)
        data, shown = found
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            what = say("this is not UTF-8: save the file in that encoding")
            raise jinja2.TemplateSyntaxError(what, line, template, shown) from None
        return text.replace("\r\n", "\n").replace("\r", "\n"), shown, None

    def shown(self, template: str) -> str:
        """A template's name in messages."""
        found = self._find_inside(template)
        return found[1] if found is not None else PREFIX + template

    @Query(say("the template {name}"), show=lambda found: Message(found[0]) if found else NONE, outside=True)
    def template(self, name: str) -> tuple[str, str] | None:
        """A template's name in messages, and the digest of its bytes; None where there is none."""
        found = self._find_inside(name)
        return (found[1], digest(found[0])) if found is not None else None

    @Query(say("the names of the paper's own components"), show=list_of(lambda named: named[0]), outside=True)
    def component_names(self) -> tuple[tuple[str, str], ...]:
        """Every name that a template of a component has, in the form in which names are compared, and the template.

        Names of files come before other names; of two templates with one name it is that of the first.
        """
        own, other = dict[str, str](), dict[str, str]()
        for template in self.list_components():
            own.setdefault(fold_name(template.removeprefix(COMPONENTS).removesuffix(".html")), template)
            for name in read_head(self.text(template) or "", template).names:
                other.setdefault(fold_name(name), template)
        return tuple(sorted({**other, **own}.items()))

    def record(self, name: str) -> None:
        """Record the question for a template, without working out its answer."""
        self._on_question(self.queries["template"].question((name,)))

    def _find_inside(self, template: str) -> tuple[bytes, str] | None:
        """As `_find`; None where the name leads out of the folders of templates."""
        try:
            return self._find(template)
        except jinja2.TemplateNotFound:
            return None

    def _find(self, template: str) -> tuple[bytes, str] | None:
        """A template's bytes and name in messages, as they were at the first call; None where there is none.

        A render and the trace of it see the same bytes, even if the template is saved meanwhile.

        Raises:
            jinja2.TemplateNotFound: when the name leads out of the folders of templates.
            OSError: when the machine refuses the file.
        """
        if template not in self._found:
            self._found[template] = self._read(template)
        return self._found[template]

    def _read(self, template: str) -> tuple[bytes, str] | None:
        steps = split_template_path(template)
        places = [(THEME / "templates", PREFIX, steps[1:])] if template.startswith(PREFIX) else []
        if not places:
            themes = ((folder / "templates", name, steps) for name, folder in self.theme.folders.items())
            places = [(self.site, "templates/", steps), *themes]
        for folder, shown, path in places:
            file = folder.joinpath(*path)
            if path and not any(map(is_private, path)) and _is_file(file):
                return read_inside(folder.parent, file), shown + "/".join(path)
        return None

    def text(self, template: str) -> str | None:
        """A template's text with Unix line ends; None where there is none in UTF-8."""
        try:
            return self.get_source(None, template)[0]
        except jinja2.TemplateError:
            return None

    def list_components(self) -> list[str]:
        """The templates of components."""
        return [name for name in self.list_templates() if name.startswith(COMPONENTS) and name.endswith(".html")]

    def list_templates(self) -> list[str]:
        """Every name of a template without the prefix."""
        folders = [self.site, *(folder / "templates" for folder in self.theme.folders.values())]
        return sorted({name for folder in folders for name, _ in walk_files(folder)})


def _is_file(path: Path) -> bool:
    """Whether there is such a file; a name that is too long for the disk is none."""
    try:
        return path.is_file()
    except OSError as error:
        if error.errno == ENAMETOOLONG:
            return False
        raise
