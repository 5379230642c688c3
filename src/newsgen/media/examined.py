"""What was found in the files of pictures: a hint, so that builds after the first do not read them again."""

import posixpath
import time
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

import msgspec

from newsgen.core.sealed import load, save
from newsgen.core.site_files import STATE
from newsgen.core.stamps import encode_if_settled, read_stamp
from newsgen.media.pictures import PictureInfo, check_size, examine_picture

FILE = "examined.1"
"""The number is raised where `examine_picture` finds something else in the same file."""


Known = tuple[str, int | None, int | None, str]
"""The stamp of a file, the width, height and digest of its picture: a tuple, of which many are read fast."""


class Examined(msgspec.Struct):
    """The sizes and digests of pictures without flaws, each with the stamp of its file, by source."""

    pictures: dict[str, Known] = {}


class PictureExaminer:
    """Examines the pictures of a site, each once; `most` megapixels are allowed.

    What is remembered of earlier runs is read when the first picture is asked for.
    """

    def __init__(self, site: Path, most: int) -> None:
        self.site, self.most = site, most
        self._found: dict[str, PictureInfo] = {}
        self._known: Examined | None = None
        self._seen: dict[str, Known] = {}

    def examine(self, source: str) -> PictureInfo:
        """The size of a picture, or its flaw.

        Raises:
            OSError: when the machine refuses the file.
        """
        info = self._found.get(source)
        if info is None:
            info = self._found[source] = self._look(source)
        return info

    def reuse(self, before: "PictureExaminer", touched: Collection[str]) -> None:
        """Reuse what an earlier one found in files, except in `touched` sources."""
        self._found = {source: info for source, info in before._found.items() if source not in touched}
        self._known, self._seen = before._known, before._seen

    def remember(self) -> None:
        """Save what was found, for the next run; that of pictures nobody asked for is forgotten."""
        if self._known is not None and self._seen != self._known.pictures:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            save(Examined(self._seen), self._path)

    def forget(self) -> None:
        """Remove what is remembered: it is not what the files are."""
        with suppress(OSError):
            self._path.unlink()

    @property
    def _path(self) -> Path:
        return self.site / STATE / "pictures" / FILE

    def _look(self, source: str) -> PictureInfo:
        if self._known is None:
            self._known = load(Examined, self._path) or Examined()
        stamp = encode_if_settled(read_stamp(f"{self.site}/{source}"), time.time_ns())
        known = self._known.pictures.get(source)
        if known is not None and stamp and known[0] == stamp:
            self._seen[source] = known
            return check_size(PictureInfo(known[1], known[2], None, known[3]), posixpath.basename(source), self.most)
        info = examine_picture(self.site, source, self.most)
        if stamp and info.flaw is None:
            self._seen[source] = stamp, info.width, info.height, info.digest
        return info
