"""Every rule is data in rules.json, the docs are made from it, and the source names no rule that is not there."""

import json

import pytest
from test_documented import rule_names
from write_rules import with_tables

from docs_pages import page, rows
from newsgen.core import rules
from newsgen.core.rules import ADJUSTABLE, CHECK_GROUP, ERROR, GROUPS, RULES


def test_every_rule_of_the_source_is_in_rules():
    """A rule that some code gives to a problem stands in rules.json; this names those that do not, and those unused."""
    missing = sorted(rule_names() - RULES.keys())
    documented = {row.codes()[0]: row.cells for row in rows("errors")}
    lines = [f'"{name}": {json.dumps(documented.get(name, ("", "…", "…"))[1:])}' for name in missing]
    assert [] == lines, "add to src/newsgen/core/rules.json, then `make rules`"
    assert [] == sorted(RULES.keys() - rule_names())


def test_the_docs_are_made_from_the_rules():
    """errors.md has each group under its heading as rules.json gives it: `make rules` writes it."""
    assert with_tables(page("errors")) == page("errors")
    assert list(GROUPS) == list(dict.fromkeys(row.heading for row in rows("errors")))


def test_no_rule_stands_twice():
    """A rule has one name and one place."""
    names = []
    json.loads(rules.FILE.read_bytes(), object_pairs_hook=lambda pairs: names.extend(name for name, _ in pairs))
    assert len(RULES) + len(GROUPS) == len(names) == len(set(names))


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_a_rule_says_what_it_means_and_what_to_do(rule):
    """The meaning is a sentence; the fix is told even where the message has a better one."""
    assert rule.meaning[0].isupper() or rule.meaning[0] == "`"
    assert rule.meaning.endswith(".")
    assert rule.fix


def test_what_check_adds_are_warnings():
    """Only rules that lose or break nothing may be switched off, and all that `newsgen check` adds are such."""
    assert GROUPS[CHECK_GROUP].keys() <= ADJUSTABLE
    assert ADJUSTABLE.isdisjoint(name for name, rule in RULES.items() if rule.level == ERROR)
