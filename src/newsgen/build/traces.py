"""What each output was made from, and what must therefore be made again.

`decide` is a pure function. The traces on disk are only a hint: damaged, foreign or old ones cost a rebuild.
"""

from collections.abc import Callable, Mapping
from enum import IntEnum, StrEnum
from itertools import chain

import msgspec

from newsgen.core.errors import Problem
from newsgen.core.messages import Message, say
from newsgen.core.questions import Answer, Question
from newsgen.media.renditions import ShownCrop, ShownPicture
from newsgen.site.story_record import StoryRecord

ADDED = 1000
"""So many questions may be added to the positions of any build, however few it had."""

FindAnswer = Callable[[Question, Answer | None], Answer]
"""Today's answer to a question, given that of the build before."""


class Reason(IntEnum):
    """Why a build made an output, or that it kept it."""

    KEPT = 0
    NEW = 1
    OWN_INPUT = 2
    ANSWERS = 3
    BYTES_LOST = 4


class Origin(StrEnum):
    """What a build knew of the one before: its traces; nothing; nothing, by --clean; or traces of another epoch."""

    CONTINUED = "continued"
    FIRST = "first"
    CLEAN = "clean"
    OTHER = "other"


REASONS = {
    Reason.KEPT: say("nothing that it reads had changed"),
    Reason.OWN_INPUT: say("what it lists had changed"),
    Reason.ANSWERS: say("what it had asked had another answer"),
    Reason.BYTES_LOST: say("its file in the output was missing or had been changed by hand"),
}
ORIGINS = {
    Origin.FIRST: say("nothing was remembered of an earlier build"),
    Origin.CLEAN: say("the build was told to forget earlier ones (--clean)"),
    Origin.OTHER: say("newsgen.yaml, newsgen itself or one of its libraries had changed"),
    Origin.CONTINUED: say("it was a new page"),
}
"""Why an output without an earlier trace was made."""


def describe_reason(reason: Reason, origin: Origin, source: str | Message) -> Message:
    """Why an output was made or kept; `source` is the file whose body it shows, "" for none."""
    if reason is Reason.OWN_INPUT and source:
        return say("{source}, its address or its lead picture had changed", source=source)
    return ORIGINS[origin] if reason is Reason.NEW else REASONS[reason]


class Why(msgspec.Struct, frozen=True):
    """Why an output must be made; `moved` are the positions of earlier questions whose answers have changed."""

    reason: Reason
    moved: tuple[int, ...] = ()


NEW = Why(Reason.NEW)


class Trace(msgspec.Struct, frozen=True, array_like=True):
    """What one output was made from: the digest of its own input and the questions it asked. `digest` is of its bytes.

    `questions` are positions in `Traces.questions`; `common` is the position in `Traces.sets` of more of them, which
    other outputs asked too. `files` are the sources of files that it shows as they are or links to; `pictures` those of
    pictures that it shows in several sizes, each with its role, and `crops` what it shows of parts of pictures;
    `warnings` are the problems of its render; `source` is the file whose body it shows; `moved` are positions in
    `Traces.moved`; `text` is the digest of its body, where readers search it.
    """

    input: str
    questions: tuple[int, ...]
    digest: str
    files: tuple[str, ...] = ()
    warnings: tuple[Problem, ...] = ()
    source: str = ""
    reason: Reason = Reason.KEPT
    moved: tuple[int, ...] = ()
    common: int = 0
    pictures: tuple[ShownPicture, ...] = ()
    crops: tuple[ShownCrop, ...] = ()
    text: str = ""


class Traces(msgspec.Struct):
    """The trace of each output of one build, and the answers to all questions.

    `epoch` is the digest of what every output depends on (versions, configuration), `knowledge` that of what queries
    answer from. `moved` are the questions whose answers had changed. `at` is the moment of the build; `drafts` says
    whether it shows drafts. `name` is unique to the build. `numbering` is the name of the build that gave the first
    positions to questions and sets; later ones have `settled` of them and add to these. `stories` are those of each
    edition. `sets` are questions that outputs have in common, as positions: none in the first set.
    """

    epoch: str = ""
    knowledge: str = ""
    questions: list[tuple[str | int | float | None, ...]] = []
    answers: list[Answer | None] = []
    entries: dict[str, Trace] = {}
    moved: list[tuple[str | int | float | None, ...]] = []
    origin: Origin = Origin.FIRST
    at: str = ""
    drafts: bool = False
    name: str = ""
    numbering: str = ""
    settled: int = 0
    stories: dict[str, StoryRecord] = {}
    sets: list[tuple[int, ...]] = msgspec.field(default_factory=lambda: [()])

    @property
    def size(self) -> int:
        """How many positions there are, of questions and of sets."""
        return len(self.questions) + len(self.sets)

    @property
    def can_go_on(self) -> bool:
        """Whether the next build may add to the questions: where most are asked by nobody any more, it begins anew."""
        return bool(self.numbering) and self.size <= 2 * self.settled + ADDED

    def list_questions(self, entry: Trace) -> tuple[int, ...]:
        """The positions of all questions that an output asked."""
        return (*self.sets[entry.common], *entry.questions)


def decide(
    traces: Traces,
    inputs: Mapping[str, str],
    present: Callable[[str, str], bool],
    find_answer: FindAnswer,
) -> dict[str, Why]:
    """The outputs that must be made, of those in `inputs` (output → digest of its own input), each with the reason.

    An output is kept when its input is the same, all its answers are the same, and its bytes are still `present`
    (output, digest). Only the questions of outputs that may be kept are asked again, each once.
    """
    fresh: dict[str, Trace] = {}
    stale: dict[str, Why] = {}
    for output, entry in ((output, traces.entries.get(output)) for output in inputs):
        if entry is None:
            stale[output] = NEW
        elif entry.input != inputs[output]:
            stale[output] = Why(Reason.OWN_INPUT)
        elif not present(output, entry.digest):
            stale[output] = Why(Reason.BYTES_LOST)
        else:
            fresh[output] = entry
    sets = {entry.common for entry in fresh.values()}
    needed = set(chain.from_iterable([entry.questions for entry in fresh.values()]))
    needed.update(*(traces.sets[common] for common in sets))
    answers = ((n, find_answer(traces.questions[n], traces.answers[n])) for n in needed)
    moved = {n for n, answer in answers if not answer.is_same(traces.answers[n])}
    moved_sets = {common for common in sets if not moved.isdisjoint(traces.sets[common])}
    for output, entry in fresh.items() if moved else ():
        if entry.common in moved_sets or not moved.isdisjoint(entry.questions):
            stale[output] = Why(Reason.ANSWERS, tuple(sorted(moved.intersection(traces.list_questions(entry)))))
    return stale


def find_origin(old: Traces | None, epoch: str, *, clean: bool) -> Origin:
    """What a build of this epoch knows of the one before."""
    if clean:
        return Origin.CLEAN
    if old is None:
        return Origin.FIRST
    return Origin.CONTINUED if old.epoch == epoch else Origin.OTHER


class TraceWriter:
    """Collects the traces of the running build in `traces`, which has no output at first.

    Questions keep the positions that they have in the traces of `earlier`, as long as most of these are still asked.
    """

    def __init__(self, traces: Traces, earlier: Traces | None = None) -> None:
        self.traces = traces
        self._asked = bytearray()
        self._numbers: dict[Question, int] = {}
        self._sets: dict[tuple[int, ...], int] = {(): 0}
        self._kept_sets: dict[int, int] = {}
        self._moved: dict[int, int] = {}
        self._is_going_on = earlier is not None and earlier.can_go_on
        if earlier is not None and self._is_going_on:
            traces.numbering, traces.settled = earlier.numbering, earlier.settled
            traces.questions, traces.answers = list(earlier.questions), list(earlier.answers)
            traces.sets = list(earlier.sets)
            self._asked = bytearray(len(traces.questions))
            self._sets = {numbers: common for common, numbers in enumerate(traces.sets)}
        else:
            traces.numbering = traces.name

    def keep(self, output: str, entry: Trace, old: Traces) -> None:
        """Add an output that is kept, with its answers. `old` has its trace, and is the same at every call."""
        numbers = self._keep_questions(entry.questions, entry.source, old)
        common = self._kept_sets.get(entry.common)
        if common is None:
            common = self._find_set(self._keep_questions(old.sets[entry.common], "", old))
            self._kept_sets[entry.common] = common
        if (numbers, common) != (entry.questions, entry.common) or entry.reason is not Reason.KEPT or entry.moved:
            values = {"questions": numbers, "common": common, "reason": Reason.KEPT, "moved": ()}
            entry = msgspec.structs.replace(entry, **values)
        self.traces.entries[output] = entry

    def _keep_questions(self, numbers: tuple[int, ...], source: str, old: Traces) -> tuple[int, ...]:
        """Take over questions of an earlier build with their answers; gives their positions in this one."""
        if self._is_going_on:
            for number in numbers:
                self._asked[number] = 1
            return numbers
        return tuple([self._number(old.questions[number], old.answers[number], source) for number in numbers])

    def add(self, output: str, entry: Trace, answers: Mapping[Question, Answer]) -> None:
        """Add an output that was made, with the questions it asked and their answers."""
        own, others, source = list[int](), list[int](), entry.source
        for question, answer in answers.items():
            (own if source and source in question else others).append(self._number(question, answer, source))
        common = self._find_set(tuple(others))
        self.traces.entries[output] = msgspec.structs.replace(entry, questions=tuple(own), common=common)

    def add_moved(self, why: Why, old: Traces) -> tuple[int, ...]:
        """Add the questions for which an output is made again; gives their positions in `Traces.moved`."""
        for number in why.moved:
            if number not in self._moved:
                self._moved[number] = len(self.traces.moved)
                self.traces.moved.append(old.questions[number])
        return tuple(map(self._moved.__getitem__, why.moved))

    def _find_set(self, numbers: tuple[int, ...]) -> int:
        """The position of a set of questions."""
        if numbers not in self._sets:
            self._sets[numbers] = len(self.traces.sets)
            self.traces.sets.append(numbers)
        return self._sets[numbers]

    def _number(self, question: Question, answer: Answer | None, source: str) -> int:
        """The position of a question; one about `source` is asked by its page alone, and need not be found again."""
        if self._is_going_on and not self._numbers:
            self._numbers.update((question, number) for number, question in enumerate(self.traces.questions))
        number = self._numbers.get(question)
        if number is None:
            number = len(self.traces.questions)
            if source and source in question:
                question = tuple([source if part == source else part for part in question])  # one text for all
            else:
                self._numbers[question] = number
            self.traces.questions.append(question)  # type: ignore[arg-type]
            self.traces.answers.append(answer)
            self._asked.append(1)
        elif not self._asked[number]:
            self._asked[number] = 1
            self.traces.answers[number] = answer
        elif answer is None or not answer.is_same(self.traces.answers[number]):
            self.traces.answers[number] = None
        return number

    def finish(self) -> Traces:
        """The traces of the whole build."""
        if not self._is_going_on:
            self.traces.settled = self.traces.size
        return self.traces
