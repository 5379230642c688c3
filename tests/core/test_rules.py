"""For every rule a site that breaks it: the exit code, the exact place, the name; and its fix, applied, helps."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from newsgen.cli import main
from newsgen.core.errors import Location, Problem
from newsgen.core.rules import RULES
from rulebook import CASES, ELSEWHERE, Case

AT = {"build": ("--at", "2022-08-09"), "check": ("--at", "2022-08-09")}


def told(site: Path, case: Case) -> tuple[int, dict[str, Problem]]:
    """The exit code of a case's command, and what it printed as problems by place and rule."""
    arguments = [*case.command, *AT.get(case.command[0], ())]
    if case.command[0] != "init":
        arguments = ["--site", str(site), *arguments]
    else:
        arguments[-1] = str(site / arguments[-1])
    done = CliRunner().invoke(main, ["--debug", *arguments], catch_exceptions=False)
    problems = {}
    for line in done.stderr.splitlines():
        where, mark, rest = line.partition(": error[")
        where, mark, rest = (where, mark, rest) if mark else line.partition(": warning[")
        if mark:
            rule, _, text = rest.partition("]: ")
            what, _, fix = text.partition(". fix: ")
            path, number, column = where.rsplit(":", 2)
            place = Location(
                path.encode().decode("unicode_escape") if "\\u" in path else path, int(number), int(column)
            )
            problems[f"{where} {rule}"] = Problem(place, rule, what, fix)
    return done.exit_code, problems


def test_every_rule_has_its_case():
    """A rule stands in the table, or a test of its own provokes it."""
    root = Path(__file__).parents[2]
    assert set() == RULES.keys() - {case.rule for case in CASES} - ELSEWHERE.keys()
    assert [] == [rule for rule, file in ELSEWHERE.items() if rule not in (root / file).read_text("utf-8")]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}-{case.place}"[:60])
def test_a_rule_is_told_at_its_place_and_its_fix_helps(tmp_path, case):
    """The command ends with the code expected and tells the rule at path:line:column; mended as it says, it passes."""
    site = case.make(tmp_path)
    code, problems = told(site, case)
    shown = case.place.replace("\u202e", "\\u202e")
    assert (case.code, True) == (code, f"{shown} {case.rule}" in problems), problems
    case.mend(site, problems[f"{shown} {case.rule}"])
    code, problems = told(site, case)
    assert (0, set()) == (code, {p.rule for p in problems.values()} & {case.rule}), problems
