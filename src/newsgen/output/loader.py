"""Where templates are found: in the site's templates/, then in the packaged theme."""

from collections.abc import Callable
from pathlib import Path

import jinja2
from jinja2.loaders import split_template_path

from newsgen.digests import digest
from newsgen.opening import read_inside
from newsgen.output.theme import THEME, files_below

PREFIX = "theme/"


class ThemeLoader(jinja2.BaseLoader):
    """Finds a template in the site's templates/ first, then in the theme; "theme/x.html" is the theme's own.

    Templates are named in messages as an editor finds them: `templates/x.html`, or `theme/x.html`.
    """

    def __init__(self, site: Path) -> None:
        self.site = site / "templates"

    def get_source(
        self, _environment: jinja2.Environment | None, template: str
    ) -> tuple[str, str, Callable[[], bool] | None]:
        """The text of a template and its name in messages."""
        steps = split_template_path(template)
        places = [(THEME / "templates", PREFIX, steps[1:])] if template.startswith(PREFIX) else []
        if not places:
            places = [(self.site, "templates/", steps), (THEME / "templates", PREFIX, steps)]
        for folder, shown, path in places:
            file = folder.joinpath(*path)
            if path and file.is_file():
                text = read_inside(folder.parent, file).decode("utf-8-sig")
                return text.replace("\r\n", "\n").replace("\r", "\n"), shown + "/".join(path), None
        raise jinja2.TemplateNotFound(template)

    def shown(self, template: str) -> str:
        """A template's name in messages."""
        try:
            return self.get_source(None, template)[1]
        except jinja2.TemplateNotFound:
            return PREFIX + template

    def fingerprint(self, template: str) -> str:
        """The digest of a template's text and of where it was found; "" for one that does not exist."""
        try:
            text, shown, _ = self.get_source(None, template)
        except (jinja2.TemplateNotFound, UnicodeDecodeError):
            return ""
        return digest(shown.encode(), text.encode())

    def list_templates(self) -> list[str]:
        """Every name that can be looked up without the prefix."""
        return sorted({name for folder in (self.site, THEME / "templates") for name, _ in files_below(folder)})
