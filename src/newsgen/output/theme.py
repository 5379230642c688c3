"""The packaged theme and the site's own templates, static files and interface strings."""

import gettext
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import jinja2
from jinja2.loaders import split_template_path
from markupsafe import Markup

from newsgen.digests import digest
from newsgen.opening import read_inside
from newsgen.text import turns

THEME = Path(__file__).parent.parent / "theme"
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


def files_below(folder: Path) -> Iterator[tuple[str, Path]]:
    """The files below a folder with their "/"-separated paths in it, hidden ones left out; sorted."""
    for name in names_below(folder):
        yield name, folder / name


def names_below(folder: Path) -> Iterator[str]:
    """The paths in a folder of the files below it, "/"-separated, hidden ones left out; sorted."""
    top = len(os.path.join(folder, ""))  # noqa: PTH118 - a Path each would take longer than the walk
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        steps = root[top:].replace(os.sep, "/")
        for name in sorted(names):
            if not name.startswith("."):
                yield f"{steps}/{name}" if steps else name


def theme_static() -> dict[str, Path]:
    """The theme's static files, output → file."""
    return dict(files_below(THEME / "static"))


def isolate(text: str) -> str:
    """The text, in a `<bdi>` where it could turn what stands around it."""
    return Markup("<bdi>{}</bdi>").format(text) if turns(text) else text


def translations(language: str) -> gettext.NullTranslations:
    """The interface strings of a language; English where there is no catalogue."""
    wanted = [language.replace("-", "_"), language.partition("-")[0].partition("_")[0]]
    return gettext.translation("newsgen", THEME / "locale", wanted, fallback=True)


class Fingerprints:
    """Digests of static files for `asset()`, each read once."""

    def __init__(self, files: dict[str, Path]) -> None:
        self._files = files
        self._known: dict[str, str] = {}

    def of(self, output: str) -> str:
        """Eight hexadecimal digits of a static file's digest.

        Raises:
            KeyError: when no such file is published.
        """
        if output not in self._known:
            self._known[output] = digest(self._files[output].read_bytes())[:8]
        return self._known[output]

    def fingerprint(self, output: str) -> str:
        """As `of`, "" for a file that is not published."""
        return self.of(output) if output in self._files else ""
