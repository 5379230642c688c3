"""What a render asked: the record from which newsgen knows when a page must be made again.

A question is plain data, its first part the kind: `("latest", 10, None)`, `("template", "base.html")`. Whoever answers
one tells the recorder; the answer's digest is taken once a build, however many pages asked. `core/queries.py` declares
the kinds.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager

import msgspec

from newsgen.core.messages import say

Question = tuple[Hashable, ...]
OnQuestion = Callable[[Question], None]
"""What is called with every question that is asked."""

LARGEST = 1 << 63
"""No number in a question is so large: what is remembered of it has 64 bits."""

IN = "in"
"""The kind of a question that is asked of another language's paper: `("in", "en", "latest", 10, None)`."""


class Answer(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True, gc=False):
    """The answer to a question: its digest, and the digest of what it was found from, "" where that is not known."""

    digest: str
    basis: str = ""

    def is_same(self, earlier: "Answer | None") -> bool:
        """Whether an earlier answer says the same; none does where there is no single earlier answer."""
        return earlier is not None and self.digest == earlier.digest


class Recorder:
    """Collects the questions of one render at a time, in the order in which they were first asked."""

    def __init__(self) -> None:
        self._open: list[dict[Question, None]] = []

    def ask(self, question: Question) -> None:
        """Note a question for every recording that is open.

        Raises:
            TypeError: when a part is no text, no whole number and not none: the next build could not ask that again.
            ValueError: when a text is no Unicode, or a number has more than 64 bits.
        """
        for recording in self._open:
            if question not in recording:
                recording[tuple(map(_plain, question))] = None

    @contextmanager
    def recording(self) -> Iterator[dict[Question, None]]:
        """What is asked inside; recordings may lie inside one another."""
        asked: dict[Question, None] = {}
        self._open.append(asked)
        try:
            yield asked
        finally:
            self._open.pop()


def _plain(part: Hashable) -> Hashable:
    """A part of a question as the next build reads it back; templates hand over markup for texts."""
    if part is None:
        return None
    if isinstance(part, str):
        part.encode()
        return str(part)
    if not isinstance(part, int):
        raise TypeError(say("a text or a whole number is wanted here, not {kind}", kind=type(part).__name__))
    if not -LARGEST <= part < LARGEST:
        raise ValueError(say("the number {number} is too large", number=part))
    return int(part)


def ignore_question(_question: Question) -> None:
    """Record nothing."""
