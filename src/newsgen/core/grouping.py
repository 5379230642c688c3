"""Problems as a terminal shows them: what is wrong in the same way in many places is one line with a count."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from newsgen.core.errors import Problem, escape_unprintable
from newsgen.core.messages import Message, Translate, localize, say

GROUP_FROM = 4
"""From so many places on, problems with the same sentence share a line."""

PLACES_NAMED = 3
"""How many further places such a line names."""

LINES_SHOWN = 50
"""How many lines a run prints before it only counts."""


@dataclass(frozen=True, slots=True)
class Group:
    """Problems that say the same of several places, in order of place."""

    problems: tuple[Problem, ...]

    @property
    def first(self) -> Problem:
        """The one whose place the group is shown at."""
        return self.problems[0]

    def line(self, translate: Translate) -> str:
        """The group as one line: a single problem as it is, more with their number and the next places."""
        if len(self.problems) == 1:
            return self.first.line(translate)
        head, (what, fix) = self.first.head, self.first.sentences
        places, more = self.problems[1 : 1 + PLACES_NAMED], len(self.problems) - 1
        values = {"head": head, "what": what, "fix": fix, "more": more, "places": ", ".join(map(_place, places))}
        if more > len(places):
            text = say("{head}: {what} (and {more:,} more places: {places}, …). fix: {fix}", **values)
        else:
            text = say("{head}: {what} (and {more:,} more places: {places}). fix: {fix}", **values)
        return escape_unprintable(localize(text, translate))


def group_problems(problems: Iterable[Problem]) -> list[Group]:
    """The problems in order of place, those that say the same in many places together at the first of them."""
    same: dict[tuple[str, str, str, str], list[Problem]] = {}
    for problem in sorted(set(problems)):
        same.setdefault((problem.level, problem.rule, problem.what, problem.fix), []).append(problem)
    groups = [Group(tuple(found)) for found in same.values() if len(found) >= GROUP_FROM]
    groups += [Group((problem,)) for found in same.values() if len(found) < GROUP_FROM for problem in found]
    return sorted(groups, key=lambda one: one.first)


def format_report(problems: Iterable[Problem], translate: Translate = str, most: int | None = LINES_SHOWN) -> list[str]:
    """The lines that tell of problems, in order of place: one a group, at most `most`; then how many of each rule.

    Where there are more, errors come before warnings. With `most` None each problem has its own line.
    """
    ordered = sorted(set(problems))
    if most is None:
        return [problem.line(translate) for problem in ordered]
    groups = group_problems(ordered)
    by_weight = sorted(groups, key=lambda one: one.first.level)  # "error" before "warning"
    shown = sorted(by_weight[:most], key=lambda one: one.first)
    lines = [one.line(translate) for one in shown]
    if len(shown) < len(ordered):
        left = len(ordered) - sum(len(one.problems) for one in shown)
        lines += [localize(line, translate) for line in _totals(ordered, left)]
    return lines


def _totals(problems: Sequence[Problem], left: int) -> Iterable[Message]:
    """How many problems there are of each rule, and how many of them no line told."""
    if left:
        yield say("… and {count:,} more; `newsgen check --all` prints each", count=left)
    else:
        yield say("`newsgen check --all` prints each place")
    counts = Counter((problem.level, problem.rule) for problem in problems)
    files = Counter((level, rule) for level, rule, _ in {(p.level, p.rule, p.location.path) for p in problems})
    for (level, rule), count in sorted(counts.items(), key=lambda one: (one[0][0], -one[1], one[0][1])):
        values = {"count": count, "name": f"{level}[{rule}]", "files": files[level, rule]}
        if files[level, rule] == 1:
            yield say("{count:8,}  {name} in 1 file", **values)
        else:
            yield say("{count:8,}  {name} in {files:,} files", **values)


def _place(problem: Problem) -> str:
    return str(problem.location)
