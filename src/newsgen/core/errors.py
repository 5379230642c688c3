"""Faults as data: where, what, and one fix.

    NewsgenError            exit code
    ├── ContentError        1   content or templates have errors
    ├── ConfigError         2   command line or newsgen.yaml
    └── MachineError        3   disk, permission, lock

A `Problem` is plain data: it sorts, pickles and prints the same in a terminal, a browser and a report.
"""

import errno
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar, Literal

import msgspec
from msgspec.structs import replace

from newsgen.core.messages import Message, Translate, localize, say

Level = Literal["error", "warning"]

UNREADABLE = "unreadable"
"""The rule of a file that the machine does not let newsgen read: a MachineError, though it is found in content."""

MOVING = "moving-sources"
"""The rule of a site that is changed while it is read: nothing in it is wrong, and the next run may succeed."""


class Location(msgspec.Struct, frozen=True, order=True):
    """A place in a source: `path` relative to the site, `line` and `column` 1-based in the whole file."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{escape_unprintable(self.path)}:{self.line}:{self.column}"


class Edit(msgspec.Struct, frozen=True, order=True):
    """Text that replaces a range of a file; lines and columns are 1-based, the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int
    text: str


class Problem(msgspec.Struct, frozen=True, order=True):
    """One fault: `rule` is its stable name, `what` a sentence, `fix` what to type.

    `edits` are the fix for a program, in the file of `location`; there are none where only a person can know what is
    right.
    """

    location: Location
    rule: str
    what: Message
    fix: Message
    level: Level = "error"
    edits: tuple[Edit, ...] = ()

    def __str__(self) -> str:
        return self.line(str)

    def line(self, translate: Translate) -> str:
        """The problem as one line in the language of `translate`."""
        what, fix = self.sentences
        return escape_unprintable(
            localize(say("{head}: {what}. fix: {fix}", head=self.head, what=what, fix=fix), translate)
        )

    @property
    def head(self) -> str:
        """Location, level and rule, with which the line begins."""
        return f"{self.location}: {self.level}[{self.rule}]"

    @property
    def sentences(self) -> tuple[str, Message]:
        """What is wrong, without a full stop, and the fix."""
        return self.what.rstrip(".") if self.what.endswith(".") else self.what, self.fix

    def localized(self, translate: Translate) -> "Problem":
        """The same problem, its sentences in the language of `translate`."""
        what, fix = (Message(localize(text, translate)) for text in (self.what, self.fix))
        return replace(self, what=what, fix=fix)


class NewsgenError(Exception):
    """A run cannot go on, with every problem that was found."""

    exit_code: ClassVar[int] = 4

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = tuple(sorted(set(problems)))

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


class ContentError(NewsgenError):
    """Content, data or templates have errors."""

    exit_code = 1


class SourceMoved(Exception):
    """A source was changed since it was found or read."""


class CannotAnswer(LookupError):
    """A question cannot be answered."""


class PluginFailed(CannotAnswer):
    """A function of a plugin failed; the message names the plugin and the exception."""


class ConfigError(NewsgenError):
    """The command line or newsgen.yaml has errors."""

    exit_code = 2


class MachineError(NewsgenError):
    """The machine refused: disk, permission, lock."""

    exit_code = 3


def wrap_os_error(error: OSError, path: str) -> MachineError:
    """An error of the system as a MachineError; `path` is used where the system names none."""
    place = Location(str(error.filename or path))
    reason = error.strerror or error
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        what, fix = say("no space left on the disk"), say("free some space and run again")
        return MachineError(Problem(place, "disk-full", what, fix))
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        what = say("the system refuses it: {reason}", reason=reason)
        return MachineError(Problem(place, "permission", what, say("check who owns this place and may write to it")))
    if error.errno in (errno.ENOENT, errno.ESTALE):
        what, fix = say("this went away while it was being read"), say("run again when the saving is over")
        return MachineError(Problem(place, MOVING, what, fix))
    what, fix = say("the system reports: {reason}", reason=reason), say("mend it and run again")
    if error.errno in (errno.EBUSY, errno.EXDEV):
        what = say(
            "this cannot change places with another folder, as if something were mounted there: {reason}", reason=reason
        )
        fix = say("build into a folder in it, with `--output DIR`")
    return MachineError(Problem(place, "machine", what, fix))


class Problems:
    """Collects the faults of one step, so that all of them are reported at once.

    `levels` has the levels of warnings by rule: "off" (not noted), "warning" or "error". The same fault is noted once:
    many stories may meet one of newsgen.yaml.
    """

    def __init__(self, levels: Mapping[str, str] | None = None) -> None:
        self.found: list[Problem] = []
        self.levels = levels or {}
        self._known: set[Problem] = set()

    def add(self, location: Location, rule: str, what: Message, fix: Message) -> None:
        """Note an error."""
        self._note(Problem(location, rule, what, fix))

    def warn(self, location: Location, rule: str, what: Message, fix: Message) -> None:
        """Note something that does not stop a build, unless `levels` makes it an error."""
        self.extend([Problem(location, rule, what, fix, "warning")])

    def extend(self, problems: Iterable[Problem]) -> None:
        """Add the problems that another step found."""
        for problem in problems:
            level = self.levels.get(problem.rule, problem.level) if problem.level == "warning" else problem.level
            if level != "off":
                self._note(replace(problem, level="error") if level != problem.level else problem)

    def _note(self, problem: Problem) -> None:
        if problem not in self._known:
            self._known.add(problem)
            self.found.append(problem)

    @property
    def errors(self) -> list[Problem]:
        """The problems that stop a build."""
        return [problem for problem in self.found if problem.level == "error"]

    @property
    def warnings(self) -> list[Problem]:
        """The problems that do not stop a build."""
        return [problem for problem in self.found if problem.level == "warning"]

    def stop_on_errors(self, family: type[NewsgenError]) -> None:
        """Raise `family` with every problem if one is an error; MachineError if the machine refused a file."""
        if any(problem.rule in (UNREADABLE, MOVING) for problem in self.errors):
            raise MachineError(*self.found)
        if self.errors:
            raise family(*self.found)


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text of a file after these edits, which do not overlap."""
    lines = text.split("\n")
    for edit in sorted(edits, reverse=True):
        head = lines[edit.line - 1][: edit.column - 1]
        tail = lines[edit.end_line - 1][edit.end_column - 1 :]
        lines[edit.line - 1 : edit.end_line] = f"{head}{edit.text}{tail}".split("\n")
    return "\n".join(lines)


def suggest_name(name: str, known: Iterable[str]) -> Message:
    """The fix for an unknown name: the nearest known one, or all of them; to remove it where there are none."""
    names = sorted(known)
    if not names:
        return say("remove it: there is nothing that could be named here")
    if (close := find_nearest(name, names)) is not None:
        return say("did you mean `{name}`?", name=close)
    return say("use one of {names}", names=", ".join(names))


MIN_LIKENESS = 0.75
"""The likeness from which one name is taken for a misspelling of another."""


def find_nearest(name: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    """The most similar known name, if any is similar enough; `likeness` is from 0 to 1 for the same name."""
    folded = {text.casefold(): text for text in sorted(known, reverse=True)}
    from difflib import get_close_matches  # start-up: only where something is misspelled

    close = get_close_matches(name.casefold(), folded, n=1, cutoff=likeness)
    return folded[close[0]] if close else None


_RISKY = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def escape_unprintable(text: str) -> str:
    """The text with control, direction and undecodable characters shown as escapes."""
    return _RISKY.sub(lambda m: m[0].encode("unicode_escape", "surrogatepass").decode(), text)


def name_character(character: str) -> str:
    """A character as a message names it, such as `U+00A0 NO-BREAK SPACE`."""
    return f"U+{ord(character):04X} {unicodedata.name(character, 'CONTROL CHARACTER')}"


def summarize(problems: Sequence[Problem], consequence: str) -> Message:
    """The last line of a failed run, such as `3 errors, 1 warning; build/ unchanged`."""
    errors = sum(problem.level == "error" for problem in problems)
    warnings = len(problems) - errors
    counted = {"errors": _errors(errors), "warnings": _warnings(warnings), "consequence": consequence}
    if errors and warnings:
        return say("{errors}, {warnings}; {consequence}", **counted)
    if errors:
        return say("{errors}; {consequence}", **counted)
    return say("{warnings}; {consequence}", **counted)


def _errors(count: int) -> Message:
    return say("1 error") if count == 1 else say("{count} errors", count=count)


def _warnings(count: int) -> Message:
    return say("1 warning") if count == 1 else say("{count} warnings", count=count)
