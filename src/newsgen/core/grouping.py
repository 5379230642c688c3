"""Problems as a terminal shows them: the same fault in many places is one line with a count."""

from collections import Counter
from collections.abc import Iterable, Sequence
from operator import attrgetter

import msgspec

from newsgen.core.errors import Problem, escape_unprintable
from newsgen.core.messages import Message, Translate, localize, say

GROUP_FROM = 4
"""From this many places on, problems with the same sentence share a line."""

PLACES_NAMED = 3
"""How many more places such a line names."""

LINES_SHOWN = 50
"""How many lines a run prints before it only counts."""


class Group(msgspec.Struct, frozen=True):
    """Problems with the same sentence, in order of place."""

    problems: tuple[Problem, ...]

    @property
    def first(self) -> Problem:
        """The problem at whose place the group is shown."""
        return self.problems[0]

    def line(self, translate: Translate) -> str:
        """The group as one line: a single problem as it is, several with their number and the next places."""
        if len(self.problems) == 1:
            return self.first.line(translate)
        what, fix = self.first.sentences
        more = len(self.problems) - 1
        places = [str(problem.location) for problem in self.problems[1 : 1 + PLACES_NAMED]]
        values = {"head": self.first.head, "what": what, "fix": fix, "more": more, "places": ", ".join(places)}
        if more > len(places):
            text = say("{head}: {what} (and {more:,} more places: {places}, …). fix: {fix}", **values)
        else:
            text = say("{head}: {what} (and {more:,} more places: {places}). fix: {fix}", **values)
        return escape_unprintable(localize(text, translate))


def group_problems(problems: Iterable[Problem]) -> list[Group]:
    """The problems in order of place; those with the same sentence in many places together, at the first."""
    same: dict[tuple[str, str, str, str], list[Problem]] = {}
    for problem in sorted(set(problems)):
        same.setdefault((problem.level, problem.rule, problem.what, problem.fix), []).append(problem)
    groups = []
    for found in same.values():
        groups += [Group(tuple(found))] if len(found) >= GROUP_FROM else [Group((problem,)) for problem in found]
    return sorted(groups, key=attrgetter("first"))


def format_report(problems: Iterable[Problem], translate: Translate = str, most: int | None = LINES_SHOWN) -> list[str]:
    """The lines that report problems, in order of place: at most `most`, one for each group; then counts by rule.

    Where there are more, errors come before warnings. With `most` None each problem has its own line.
    """
    ordered = sorted(set(problems))
    if most is None:
        return [problem.line(translate) for problem in ordered]
    groups = group_problems(ordered)
    errors_first = sorted(groups, key=attrgetter("first.level"))
    shown = sorted(errors_first[:most], key=attrgetter("first"))
    lines = [group.line(translate) for group in shown]
    if len(shown) < len(ordered):
        left = len(ordered) - sum(len(group.problems) for group in shown)
        lines += [localize(line, translate) for line in _totals(ordered, left)]
    return lines


def _totals(problems: Sequence[Problem], left: int) -> Iterable[Message]:
    """How many problems there are of each rule, and how many are not shown."""
    if left:
        yield say("… and {count:,} more; `newsgen check --all` prints each", count=left)
    else:
        yield say("`newsgen check --all` prints each place")
    counts = Counter((problem.level, problem.rule) for problem in problems)
    files = Counter((level, rule) for level, rule, _ in {(p.level, p.rule, p.location.path) for p in problems})
    for (level, rule), count in sorted(counts.items(), key=lambda item: (item[0][0], -item[1], item[0][1])):
        values = {"count": count, "name": f"{level}[{rule}]", "files": files[level, rule]}
        if files[level, rule] == 1:
            yield say("{count:8,}  {name} in 1 file", **values)
        else:
            yield say("{count:8,}  {name} in {files:,} files", **values)
