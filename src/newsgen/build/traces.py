"""What each page was made from, and what must therefore be made again.

`decide` is a pure function of facts. The ledger itself is a hint: cut, damaged, foreign or old, it costs a rebuild.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

import msgspec

from newsgen.core.errors import Problem
from newsgen.core.questions import Answer, Question

FindAnswer = Callable[[Question, Answer | None], Answer]
"""Today's answer to a question, given that of the build before."""


class Reason(IntEnum):
    """What the last build did with a page, and why."""

    KEPT = 0
    NEW = 1
    OWN_INPUT = 2
    ANSWERS = 3
    BYTES_LOST = 4


class Origin(StrEnum):
    """What a build knew of the one before: all, nothing, nothing by order, or only that it was of another kind."""

    CONTINUED = "continued"
    FIRST = "first"
    CLEAN = "clean"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Why:
    """Why a page must be made; `moved` are positions in the earlier ledger's questions whose answers are others now."""

    reason: Reason
    moved: tuple[int, ...] = ()


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """One page of the last build: the digest of its own input, the questions it asked, and of the bytes it became.

    `questions` are positions in the ledger's questions; `files` the sources it shows; `warnings` what was said of it;
    `source` the file whose body it shows; `moved` positions in the ledger's `moved`, when `reason` is of answers.
    """

    own: str
    questions: tuple[int, ...]
    made: str
    files: tuple[str, ...] = ()
    warnings: tuple[Problem, ...] = ()
    source: str = ""
    reason: Reason = Reason.KEPT
    moved: tuple[int, ...] = ()


class Ledger(msgspec.Struct):
    """The pages of one build by output, and the answers that they read, by question.

    `epoch` is of all that every page depends on (versions, configuration); `knowledge` of all that queries answer from.
    `moved` are the questions whose answers had changed; `at` is the moment of the paper, `drafts` whether it shows
    them.
    """

    epoch: str = ""
    knowledge: str = ""
    questions: list[tuple[str | int | float | None, ...]] = []
    answers: list[Answer | None] = []
    entries: dict[str, Entry] = {}
    moved: list[tuple[str | int | float | None, ...]] = []
    origin: Origin = Origin.FIRST
    at: str = ""
    drafts: bool = False


def decide(
    ledger: Ledger,
    own: Mapping[str, str],
    present: Callable[[str, str], bool],
    find_answer: FindAnswer,
) -> dict[str, Why]:
    """The outputs that must be made, of those in `own` (output → digest of its own input), each with the reason.

    A page is kept when its own input is the same, every answer that it read is the same, and its bytes are still
    `present` (output, digest). Only questions of pages that might be kept are asked again, each once.
    """
    fresh: dict[str, Entry] = {}
    stale: dict[str, Why] = {}
    for output, entry in ((output, ledger.entries.get(output)) for output in own):
        if entry is None:
            stale[output] = Why(Reason.NEW)
        elif entry.own != own[output]:
            stale[output] = Why(Reason.OWN_INPUT)
        elif not present(output, entry.made):
            stale[output] = Why(Reason.BYTES_LOST)
        else:
            fresh[output] = entry
    needed = {number for entry in fresh.values() for number in entry.questions}
    answers = ((n, find_answer(ledger.questions[n], ledger.answers[n])) for n in needed)
    moved = {n for n, answer in answers if not answer.is_same(ledger.answers[n])}
    for output, entry in fresh.items() if moved else ():
        if not moved.isdisjoint(entry.questions):
            stale[output] = Why(Reason.ANSWERS, tuple(n for n in entry.questions if n in moved))
    return stale


def origin(old: Ledger | None, epoch: str, *, clean: bool) -> Origin:
    """What a build of this epoch knows of the one before."""
    if clean:
        return Origin.CLEAN
    if old is None:
        return Origin.FIRST
    return Origin.CONTINUED if old.epoch == epoch else Origin.OTHER


class LedgerWriter:
    """Gathers the ledger of the build that is going on; it begins with nothing but what is known of the whole build."""

    def __init__(self, begun: Ledger) -> None:
        self.ledger = begun
        self._numbers: dict[Question, int] = {}
        self._renumbered: dict[int, int] = {}
        self._moved: dict[int, int] = {}

    def keep(self, output: str, entry: Entry, old: Ledger, find_answer: FindAnswer) -> None:
        """Take over a page that was kept, with its questions and today's answers.

        `old` is the same ledger at every call.
        """
        renumbered = self._renumbered
        for number in entry.questions:
            if number not in renumbered:
                question = old.questions[number]
                renumbered[number] = self._number(question, find_answer(question, old.answers[number]))
        questions = tuple(map(renumbered.__getitem__, entry.questions))
        self.ledger.entries[output] = msgspec.structs.replace(entry, questions=questions, reason=Reason.KEPT, moved=())

    def add(self, output: str, entry: Entry, answers: Mapping[Question, Answer]) -> None:
        """Note a page that was made, with the questions it asked and their answers."""
        numbers = tuple(self._number(question, answer) for question, answer in answers.items())
        self.ledger.entries[output] = msgspec.structs.replace(entry, questions=numbers)

    def moved(self, why: Why, old: Ledger) -> tuple[int, ...]:
        """The questions that a page is made for, as positions in the new ledger's `moved`."""
        for number in why.moved:
            if number not in self._moved:
                self._moved[number] = len(self.ledger.moved)
                self.ledger.moved.append(old.questions[number])
        return tuple(map(self._moved.__getitem__, why.moved))

    def _number(self, question: Question, answer: Answer) -> int:
        number = self._numbers.get(question)
        if number is None:
            number = self._numbers[question] = len(self.ledger.questions)
            self.ledger.questions.append(question)  # type: ignore[arg-type]
            self.ledger.answers.append(answer)
        elif not answer.is_same(self.ledger.answers[number]):
            self.ledger.answers[number] = None
        return number
