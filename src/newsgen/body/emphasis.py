"""Pairs `*`, `_` and `~` by the rules of CommonMark 0.31 and GitHub's strikethrough.

https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis
"""

import unicodedata

TAGS = {("*", 1): "em", ("*", 2): "strong", ("_", 1): "em", ("_", 2): "strong", ("~", 1): "del", ("~", 2): "del"}
"""The element that a pair of marks makes, by the mark and how many of it."""

_ASCII = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


class Run:
    """A run of marks: `left` of its `size` are text, `opened` elements begin with it and `closed` end."""

    __slots__ = ("after", "before", "can_close", "can_open", "closed", "left", "mark", "opened", "size")

    def __init__(self, mark: str, size: int) -> None:
        self.mark, self.size, self.left = mark, size, size
        self.can_open = self.can_close = False
        self.opened: list[int] = []
        self.closed = 0
        self.before: Run | None = None
        self.after: Run | None = None


class Runs:
    """The runs of one string that are not paired yet, as a chain."""

    def __init__(self) -> None:
        self.last: Run | None = None

    def add(self, text: str, mark: str, start: int, end: int) -> Run | None:
        """The run that stands there, if it can open or close anything."""
        run = Run(mark, end - start)
        if mark == "~" and run.size > 2:
            return None
        while start and text[start - 1] == "~":  # what surrounds a mark is what surrounds the `~` beside it
            start -= 1
        while text.startswith("~", end):
            end += 1
        before, after = text[start - 1 : start] if start else "", text[end : end + 1]
        spaced_before, spaced_after = not before or before.isspace(), not after or after.isspace()
        marked_before, marked_after = is_punctuation(before), is_punctuation(after)
        is_left = not spaced_after and (not marked_after or spaced_before or marked_before)
        is_right = not spaced_before and (not marked_before or spaced_after or marked_after)
        if mark == "_":
            run.can_open = is_left and (not is_right or marked_before)
            run.can_close = is_right and (not is_left or marked_after)
        else:
            run.can_open, run.can_close = is_left, is_right
        if not (run.can_open or run.can_close):
            return None
        run.before = self.last
        if self.last is not None:
            self.last.after = run
        self.last = run
        return run

    def pair(self, bottom: Run | None) -> None:
        """Pair the runs behind `bottom`, and let go of them."""
        floors: dict[tuple[str, bool, int], Run | None] = {}
        closer = self._first_behind(bottom)
        while closer is not None:
            if not closer.can_close:
                closer = closer.after
                continue
            key = (closer.mark, closer.can_open, closer.size % 3 if closer.mark != "~" else closer.size)
            floor = floors.get(key, bottom)
            opener = closer.before
            while opener is not None and opener is not bottom and opener is not floor and not _fit(opener, closer):
                opener = opener.before
            if opener is None or opener is bottom or opener is floor:
                floors[key] = closer.before
                following = closer.after
                if not closer.can_open:
                    self._remove(closer)
                closer = following
                continue
            closer = self._join(opener, closer)
        while self.last is not bottom and self.last is not None:
            self._remove(self.last)

    def _first_behind(self, bottom: Run | None) -> Run | None:
        if bottom is not None:
            return bottom.after
        first = self.last
        while first is not None and first.before is not None:
            first = first.before
        return first

    def _join(self, opener: Run, closer: Run) -> Run | None:
        """Make an element of what is between the two; the result is the run to close next."""
        while closer.before is not opener and closer.before is not None:
            self._remove(closer.before)
        size = 2 if opener.left >= 2 and closer.left >= 2 else 1
        opener.left -= size
        closer.left -= size
        opener.opened.append(size)
        closer.closed += 1
        if not opener.left:
            self._remove(opener)
        if closer.left:
            return closer
        following = closer.after
        self._remove(closer)
        return following

    def _remove(self, run: Run) -> None:
        if run.before is not None:
            run.before.after = run.after
        if run.after is not None:
            run.after.before = run.before
        else:
            self.last = run.before


def _fit(opener: Run, closer: Run) -> bool:
    if opener.mark != closer.mark or not opener.can_open:
        return False
    if opener.mark == "~":
        return opener.size == closer.size
    is_odd = (opener.can_close or closer.can_open) and (opener.size + closer.size) % 3 == 0
    return not is_odd or (opener.size % 3 == 0 and closer.size % 3 == 0)


def is_punctuation(character: str) -> bool:
    """Whether a character is punctuation or a symbol, as CommonMark counts them."""
    if character <= "\x7f":
        return character in _ASCII
    return unicodedata.category(character)[0] in "PS"
