"""Pictures and other files that stories show or link to: where they are, and how large pictures are."""

import posixpath
import re
from collections.abc import Collection
from pathlib import Path
from urllib.parse import unquote

from newsgen.content.sources import Sources
from newsgen.errors import nearest
from newsgen.model import Asset
from newsgen.opening import open_inside
from newsgen.text import nfc
from newsgen.urls import as_output, url_of

VIEW_BOX = re.compile(r"""viewBox=["']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+(\d+\.?\d*)[\s,]+(\d+\.?\d*)""")
PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".svg", ".avif")


class Assets:
    """The files that content may name, looked up as editors write them."""

    def __init__(self, site: Path, sources: Sources, base: str) -> None:
        self.site, self.base = site, base
        self.files = {**sources.assets, **sources.static}
        self._sizes: dict[str, tuple[int | None, int | None]] = {}

    def learn(self, before: "Assets", touched: Collection[str]) -> None:
        """Take over the sizes that another reading of the site found, but those of `touched` sources."""
        self._sizes = {source: size for source, size in before._sizes.items() if source not in touched}

    def find(self, written: str, folder: str) -> Asset | None:
        """The file that `written` names from a source in `folder` (relative to content/), if there is one.

        "/a.jpg" starts at the site's root (static/ or content/), anything else at the source's folder.
        """
        output = locate(written, folder)
        return self.at(output) if output is not None else None

    def at(self, output: str) -> Asset | None:
        """The file that is published at `output`, if there is one."""
        source = self.files.get(output)
        if source is None:
            return None
        width, height = self._size(source)
        return Asset(source, url_of(output, self.base), as_output(output), width, height)

    def nearest(self, written: str, folder: str) -> str:
        """What to write instead: the nearest existing name, or where the file should be put."""
        output = locate(written, folder)
        if output is None:
            return "keep to files inside the site"
        directory, name = posixpath.split(output)
        beside = [posixpath.basename(f) for f in self.files if posixpath.dirname(f) == directory]
        if (close := nearest(name, beside)) is not None:
            head, slash, _ = written.partition("?")[0].rpartition("/")
            return f"did you mean `{head}{slash}{close}`?"
        return (
            f"put the file at content/{output}" if not written.startswith("/") else f"put the file at static/{output}"
        )

    def _size(self, source: str) -> tuple[int | None, int | None]:
        if not source.casefold().endswith(PICTURES):
            return None, None
        if source not in self._sizes:
            self._sizes[source] = picture_size(self.site, source)
        return self._sizes[source]


def locate(written: str, folder: str) -> str | None:
    """The output path that a relative or root-relative address names; None when it leaves the site."""
    path = nfc(unquote(written.partition("?")[0].partition("#")[0]))
    joined = posixpath.normpath(path.lstrip("/") if path.startswith("/") else posixpath.join(folder, path))
    if joined == ".." or joined.startswith("../") or "\\" in joined or "\0" in joined:
        return None
    return joined


def picture_size(site: Path, source: str) -> tuple[int | None, int | None]:
    """Width and height in pixels as shown (turned as EXIF says), read from the file's header.

    Raises:
        OSError: when the machine refuses the file; a picture without its size would be another page.
    """
    with open_inside(site, site / source) as file:
        import imagesize  # start-up: it brings a whole web client along

        width, height = imagesize.get(file)
        if (width <= 0 or height <= 0) and source.casefold().endswith(".svg"):
            file.seek(0)
            width, height = _view_box(file.read().decode("utf-8", "replace")[:4096])
    return (round(width), round(height)) if width > 0 and height > 0 else (None, None)


def _view_box(text: str) -> tuple[float, float]:
    """The size that an SVG's viewBox gives, -1 where it has none."""
    match = VIEW_BOX.search(text)
    return (float(match[1]), float(match[2])) if match else (-1, -1)
