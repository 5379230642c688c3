"""Questions that a render asks, recorded to know when a page must be made again.

A question is plain data, its first part the name of a query: `("latest", 10, None)`, `("template", "base.html")`.
Whoever answers one passes it to the recorder; the answer's digest is taken once in a build, however many pages ask.
`core/queries.py` declares the queries.
"""

from collections.abc import Callable, Hashable
from contextlib import AbstractContextManager

import msgspec

from newsgen.core.messages import say

Question = tuple[Hashable, ...]
OnQuestion = Callable[[Question], None]
"""A function that is called with every question."""

LARGEST = 1 << 63
"""Numbers in questions are smaller: they are stored with 64 bits."""

IN = "in"
"""The first part of a question to an edition other than the main one: `("in", "en", "latest", 10, None)`."""


def ask_in(edition: str, on_question: OnQuestion) -> OnQuestion:
    """What is called with the questions of the edition with this code, where `on_question` is with those of all."""
    return (lambda question: on_question((IN, edition, *question))) if edition else on_question


def split_edition(question: Question) -> tuple[str, Question]:
    """The code of the edition that a question is asked in, and what is asked there."""
    return (str(question[1]), question[2:]) if question[0] == IN else ("", question)


class Answer(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True, gc=False):
    """The digest of an answer; `extract` is what its query keeps of it (`Query.extract`), encoded."""

    digest: str
    extract: bytes = b""

    def is_same(self, earlier: "Answer | None") -> bool:
        """Whether an earlier answer is the same; false where there is none."""
        return earlier is not None and self.digest == earlier.digest


class Recorder:
    """Collects the questions of a render, in the order in which they are first asked."""

    def __init__(self) -> None:
        self._open: list[dict[Question, None]] = []

    def ask(self, question: Question) -> None:
        """Add a question to every open recording.

        Raises:
            TypeError: when a part is neither text, integer nor None: the next build could not ask it again.
            ValueError: when a text has lone surrogates, or a number more than 64 bits.
        """
        for recording in self._open:
            if question not in recording:
                recording[tuple(map(_plain, question))] = None

    def recording(self) -> "Recording":
        """The questions asked in the block; recordings may be nested."""
        return Recording(self._open)


class Recording(AbstractContextManager[dict[Question, None]]):
    """Collects the questions of a block among the open recordings; a class, since there are several for every page."""

    __slots__ = ("_open",)

    def __init__(self, recordings: list[dict[Question, None]]) -> None:
        self._open = recordings

    def __enter__(self) -> dict[Question, None]:
        asked: dict[Question, None] = {}
        self._open.append(asked)
        return asked

    def __exit__(self, *_error: object) -> None:
        self._open.pop()


def _plain(part: Hashable) -> Hashable:
    """A part of a question as the next build reads it; templates pass markup for texts."""
    if part is None or (type(part) is str and part.isascii()):
        return part
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
