"""Files of content/ found by their names alone, for what was misspelled or has moved."""

import posixpath
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from newsgen.core.errors import MIN_LIKENESS
from newsgen.core.text import slugify

_NUMBERS = re.compile(r"\d+")
SHORT = 8
"""In names with fewer letters one doubled, or two that changed places, are a slip, though little else is the same."""


def find_nearest_file(name: str, known: Iterable[str]) -> str | None:
    """The file that was meant by a misspelled name, if one looks like it; endings, marks and separators count little.

    A file with another number (`anh-3.jpg` for `anh-5.jpg`) is another file.
    """
    letters, numbers = _stem(name)
    ending = posixpath.splitext(name)[1]
    matcher = SequenceMatcher()
    matcher.set_seq2(letters)
    best: tuple[float, bool, str] | None = None
    for other in known:
        others, their = _stem(other)
        if not (numbers <= their or their <= numbers):
            continue
        matcher.set_seq1(others)
        likeness = _likeness(matcher, letters, others)
        if likeness and (best is None or (likeness, other.endswith(ending), other) > best):
            best = likeness, other.endswith(ending), other
    return best[-1] if best else None


@lru_cache(maxsize=1 << 16)
def _stem(name: str) -> tuple[str, Counter[str]]:
    """The letters and digits of a name without its ending, and the numbers in it."""
    stem = posixpath.splitext(name)[0]
    words = slugify(stem) or stem.casefold()
    return words.replace("-", ""), Counter(_NUMBERS.findall(words))


def _likeness(matcher: SequenceMatcher[str], letters: str, others: str) -> float:
    """From `MIN_LIKENESS` to 1 for the same letters; 0 where the one is no slip of the other."""
    if len(letters) < SHORT and set(letters) == set(others) and matcher.ratio() > 0.5:
        return max(matcher.ratio(), MIN_LIKENESS)
    if min(matcher.real_quick_ratio(), matcher.quick_ratio()) < MIN_LIKENESS:
        return 0
    likeness = matcher.ratio()
    return likeness if likeness >= MIN_LIKENESS else 0


class FilesByName:
    """Paths by the name of their file, or of its folder for an index.md."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._by_name: defaultdict[str, list[str]] = defaultdict(list)
        self._by_folder: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for path in paths:
            folder, name = _split(path)
            self._by_name[name].append(path)
            self._by_folder[folder][name] = path

    def nearest(self, path: str) -> str | None:
        """The one file of the same name in any folder, or else the nearest name in the same folder."""
        folder, name = _split(path)
        same = self._by_name.get(name, [])
        if len(same) == 1:
            return same[0]
        beside = self._by_folder.get(folder, {})
        close = find_nearest_file(name, beside)
        return beside[close] if close is not None else None


def _split(path: str) -> tuple[str, str]:
    """The folder and the name of a story."""
    folder, name = posixpath.split(path.removesuffix(".md"))
    return posixpath.split(folder) if name == "index" and folder else (folder, name)
