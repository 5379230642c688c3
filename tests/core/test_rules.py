"""For every rule a site that breaks it: the exit code, the exact place, the name; and its fix, applied, helps."""

from pathlib import Path

import pytest

from newsgen.core.rules import RULES
from rule_examples import CASES, ELSEWHERE, told


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
