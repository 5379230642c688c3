"""Problems as a terminal shows them."""

from hypothesis import given
from hypothesis import strategies as st

from newsgen.core.errors import Location, Problem
from newsgen.core.grouping import GROUP_FROM, LINES_SHOWN, format_report, group_problems

LEVELS = st.sampled_from(("error", "warning"))
PROBLEMS = st.builds(
    Problem,
    location=st.builds(Location, st.sampled_from(("a.md", "b.md")), st.integers(1, 40)),
    rule=st.sampled_from(("dead-link", "unknown-key")),
    what=st.sampled_from(("one thing", "another thing")),
    fix=st.just("mend it"),
    level=LEVELS,
)


def problem(path="a.md", line=1, rule="unknown-key", what="an article has no `x`", level="error"):
    return Problem(Location(path, line), rule, what, "write `y`", level)


def test_few_problems_stand_each_by_itself():
    """Problems that say the same of three places are three lines, in order of place, and nothing is counted."""
    found = [problem(f"{name}.md") for name in "cab"]
    lines = [f"{name}.md:1:1: error[unknown-key]: an article has no `x`. fix: write `y`" for name in "abc"]
    assert lines == format_report(found)


def test_many_of_a_kind_are_one_line():
    """What is wrong in the same way in many files is told at the first, with the number and the next places."""
    lines = format_report([problem(f"{n:04}.md") for n in range(1, 2001)] + [problem("0001.md", what="other")])
    places = "(and 1,999 more places: 0002.md:1:1, 0003.md:1:1, 0004.md:1:1, …)"
    assert [
        f"0001.md:1:1: error[unknown-key]: an article has no `x` {places}. fix: write `y`",
        "0001.md:1:1: error[unknown-key]: other. fix: write `y`",
        "`newsgen check --all` prints each place",
        "   2,001  error[unknown-key] in 2,000 files",
    ] == lines


def test_all_places_of_a_small_group_are_named():
    """A line of four places names the other three, and no more are hinted at."""
    lines = format_report(problem(f"{name}.md") for name in "abcd")
    assert "(and 3 more places: b.md:1:1, c.md:1:1, d.md:1:1). fix" in lines[0]


def test_a_long_report_is_cut_and_counted():
    """Past the number shown a report says how many more there are, and how many of each rule."""
    found = [problem(line=n, what=f"thing {n}") for n in range(1, LINES_SHOWN + 8)]
    last = ["… and 7 more; `newsgen check --all` prints each", "      57  error[unknown-key] in 1 file"]
    assert last == format_report(found)[LINES_SHOWN:]


def test_warnings_never_hide_errors():
    """Where not all are shown errors come first, and what is shown stands in order of place."""
    warnings = [problem("a.md", n, "long-title", f"thing {n}", "warning") for n in range(1, LINES_SHOWN + 1)]
    lines = format_report([*warnings, problem("z.md")])
    assert "z.md:1:1: error[unknown-key]" in lines[LINES_SHOWN - 1]
    assert "a.md:1:1: warning" in lines[0]


@given(found=st.lists(PROBLEMS, max_size=200))
def test_no_problem_is_lost(found):
    """Groups hold each problem once; each problem has a line of its own where all are asked for."""
    grouped = [p for one in group_problems(found) for p in one.problems]
    assert sorted(set(found)) == sorted(grouped)
    assert list(map(str, sorted(set(found)))) == format_report(found, most=None)
    assert all(len({(p.level, p.rule, p.what, p.fix) for p in one.problems}) == 1 for one in group_problems(found))
    assert all(len(one.problems) == 1 or len(one.problems) >= GROUP_FROM for one in group_problems(found))
