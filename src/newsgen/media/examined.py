"""What was found in the files of pictures: a hint, so that builds after the first do not read them again."""

import posixpath
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path

import msgspec

from newsgen.core.sealed import load, save
from newsgen.core.site_files import STATE
from newsgen.core.stamps import encode_if_settled, read_stamp
from newsgen.media.attachments import examine_attachment
from newsgen.media.embedded_words import NO_WORDS, EmbeddedWords, read_embedded_words
from newsgen.media.pictures import PictureInfo, check_size, examine_picture
from newsgen.model.attachments import FileFacts
from newsgen.model.pictures import Motion, Sidecar

FILE = "examined.5"
"""The number is raised where something else is found in the same file."""

WORDLESS = (".svg", ".gif", ".bmp", ".ico")
"""Endings of pictures without words."""


Known = tuple[str, int | None, int | None, str, Motion, int]
"""The stamp of a file, the width, height, digest, motion and frames of its picture: tuples are read fast."""


class Examined(msgspec.Struct):
    """The sizes and digests of pictures without flaws, words in pictures, sidecars without faults, and attachments.

    Each is by source, with the stamp of its file.
    """

    pictures: dict[str, Known] = {}
    words: dict[str, tuple[str, EmbeddedWords]] = {}
    sidecars: dict[str, tuple[str, Sidecar]] = {}
    attachments: dict[str, tuple[str, FileFacts]] = {}


class PictureExaminer:
    """Examines the pictures of a site, each once; `most` megapixels are allowed.

    What is remembered of earlier runs is read when the first picture is asked for.
    """

    def __init__(self, site: Path, most: int) -> None:
        self.site, self.most = site, most
        self._found: dict[str, PictureInfo] = {}
        self._known: Examined | None = None
        self._words: dict[str, EmbeddedWords] = {}
        self._facts: dict[str, FileFacts] = {}
        self._seen = Examined()

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
        self._words = {source: words for source, words in before._words.items() if source not in touched}
        self._facts = {source: facts for source, facts in before._facts.items() if source not in touched}
        self._known, self._seen = before._known, before._seen

    def read_words(self, source: str) -> EmbeddedWords:
        """The words in a picture.

        Raises:
            OSError: when the machine refuses the file.
        """
        words = self._words.get(source)
        if words is None:
            wordless = source.casefold().endswith(WORDLESS)
            words = self._words[source] = NO_WORDS if wordless else self._look_for_words(source)
        return words

    def examine_attachment(self, source: str) -> FileFacts:
        """What is known of a file that is no picture.

        Raises:
            OSError: when the machine refuses the file.
        """
        facts = self._facts.get(source)
        if facts is None:
            known, stamp = self._recall().attachments.get(source), self._stamp(source)
            if known is None or not stamp or known[0] != stamp:
                known = stamp, examine_attachment(self.site, source)
            if stamp:
                self._seen.attachments[source] = known
            facts = self._facts[source] = known[1]
        return facts

    def recall_sidecar(self, source: str, way: str, read: Callable[[], Sidecar | None]) -> Sidecar | None:
        """What `read` gives of a sidecar, None where it has faults; `way` says on what else reading depends."""
        known, stamp = self._recall().sidecars.get(source), f"{self._stamp(source)} {way}"
        if known is not None and known[0] == stamp:
            self._seen.sidecars[source] = known
            return known[1]
        sidecar = read()
        if sidecar is not None and not stamp.startswith(" "):
            self._seen.sidecars[source] = stamp, sidecar
        return sidecar

    def remember(self) -> None:
        """Save what was found, for the next run; that of pictures nobody asked for is forgotten."""
        if self._known is not None and self._seen != self._known:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            save(self._seen, self._path)

    def forget(self) -> None:
        """Remove what is remembered: it is not what the files are."""
        with suppress(OSError):
            self._path.unlink()

    @property
    def _path(self) -> Path:
        return self.site / STATE / "pictures" / FILE

    def _look(self, source: str) -> PictureInfo:
        known, stamp = self._recall().pictures.get(source), self._stamp(source)
        if known is not None and stamp and known[0] == stamp:
            self._seen.pictures[source] = known
            return check_size(PictureInfo(known[1], known[2], None, *known[3:]), posixpath.basename(source), self.most)
        info = examine_picture(self.site, source, self.most)
        if stamp and info.flaw is None:
            self._seen.pictures[source] = stamp, info.width, info.height, info.digest, info.motion, info.frames
        return info

    def _look_for_words(self, source: str) -> EmbeddedWords:
        known, stamp = self._recall().words.get(source), self._stamp(source)
        if known is None or not stamp or known[0] != stamp:
            known = stamp, read_embedded_words(self.site, source)
        if stamp:
            self._seen.words[source] = known
        return known[1]

    def _recall(self) -> Examined:
        """What is remembered of earlier runs."""
        if self._known is None:
            self._known = load(Examined, self._path) or Examined()
        return self._known

    def _stamp(self, source: str) -> str:
        """The stamp of a file; "" where it cannot be trusted."""
        return encode_if_settled(read_stamp(f"{self.site}/{source}"), time.time_ns())
