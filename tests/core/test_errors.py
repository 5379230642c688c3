"""Faults as data: order, printing, families, near names."""

import pickle
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgen.core.errors import (
    UNREADABLE,
    ConfigError,
    ContentError,
    Location,
    MachineError,
    NewsgenError,
    Problem,
    Problems,
    escape_unprintable,
    name_character,
    suggest_name,
    summarize,
)


def problem(path: str = "content/a.md", line: int = 1, *, level: str = "error", rule: str = "dead-link") -> Problem:
    """A fault of a file."""
    return Problem(Location(path, line, 3), rule, "the link leads nowhere", "remove it", level)


def test_a_problem_prints_on_one_line_with_place_rule_and_fix():
    """A problem is `PATH:LINE:COL: error[rule]: what. fix: what to type`."""
    expected = "content/a.md:7:3: error[dead-link]: the link leads nowhere. fix: remove it"
    assert expected == str(problem(line=7))


def test_a_full_stop_at_the_end_of_a_sentence_is_not_doubled():
    """A sentence that brings its own full stop is printed with one."""
    assert "f:1:1: error[r]: It is so. fix: mend it" == str(Problem(Location("f"), "r", "It is so.", "mend it"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb", r"a\nb"),
        ("a\x1b[31m", r"a\x1b[31m"),
        ("\u202eabc", r"\u202eabc"),
        ("a\ud800", r"a\ud800"),
        ("\ufeffa", r"\ufeffa"),
        ("tiếng Việt “x”", "tiếng Việt “x”"),
    ],
)
def test_what_a_terminal_could_obey_is_shown_as_an_escape(text, shown):
    """Control, direction and undecodable characters are escaped, letters stay."""
    assert shown == escape_unprintable(text)


@given(st.text(st.characters(), max_size=40))
def test_any_problem_is_one_line_that_can_be_written_as_utf8(text):
    """Whatever a file is called and holds, its problem is one line of valid UTF-8 without control characters."""
    line = str(Problem(Location(text), "rule", text, text))
    assert 1 == len(line.splitlines())
    assert line.encode("utf-8")
    assert not any(category(character) in ("Cc", "Cs", "Zl", "Zp") for character in line)


def test_problems_sort_by_file_line_and_column():
    """Problems are told in the order of their places, lines as numbers."""
    places = [Location("b", 1, 1), Location("a", 10, 1), Location("a", 9, 5), Location("a", 9, 4)]
    assert ["a:9:4", "a:9:5", "a:10:1", "b:1:1"] == [str(place) for place in sorted(places)]


@pytest.mark.parametrize(
    ("family", "code"), [(NewsgenError, 4), (ContentError, 1), (ConfigError, 2), (MachineError, 3)]
)
def test_each_family_has_its_exit_code(family, code):
    """Content is 1, configuration 2, the machine 3, a bug 4."""
    assert code == family(problem()).exit_code


def test_an_error_tells_every_problem_once_in_order():
    """An error carries its problems sorted, each once."""
    error = ContentError(problem(line=9), problem(line=2), problem(line=9))
    assert [2, 9] == [each.location.line for each in error.problems]
    assert 2 == len(str(error).splitlines())


def test_errors_survive_a_trip_between_processes():
    """An unpickled error has the class and the problems of the original."""
    back = pickle.loads(pickle.dumps(ConfigError(problem(line=2), problem(line=1))))  # noqa: S301
    assert ConfigError is type(back)
    assert (problem(line=1), problem(line=2)) == back.problems


def test_problems_tell_errors_from_warnings():
    """Only an error stops a run; what is raised has the warnings too."""
    problems = Problems()
    problems.warn(Location("a"), "rule", "is odd", "look")
    problems.stop_on_errors(ContentError)
    problems.add(Location("b"), "rule", "is wrong", "mend")
    assert ["a"] == [each.location.path for each in problems.warnings]
    assert ["b"] == [each.location.path for each in problems.errors]
    with pytest.raises(ContentError) as caught:
        problems.stop_on_errors(ContentError)
    assert 2 == len(caught.value.problems)


def test_a_file_that_the_machine_refuses_is_not_the_contents_fault():
    """A file that cannot be read ends the run with 3, and everything else that was found is told too."""
    problems = Problems()
    problems.add(Location("a.md"), "bad-value", "is wrong", "mend")
    problems.add(Location("b.md"), UNREADABLE, "the file cannot be read", "check its permissions")
    with pytest.raises(MachineError) as caught:
        problems.stop_on_errors(ContentError)
    assert ["a.md", "b.md"] == [each.location.path for each in caught.value.problems]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("titel", "did you mean `title`?"),
        ("TITLE", "did you mean `title`?"),
        ("zzz", "use one of date, title"),
    ],
)
def test_a_slip_gets_the_nearest_name(name, hint):
    """A near name is offered, else all of them."""
    assert hint == suggest_name(name, ["title", "date"])


@pytest.mark.parametrize(
    ("character", "name"),
    [("\xa0", "U+00A0 NO-BREAK SPACE"), ("\0", "U+0000 CONTROL CHARACTER"), ("😀", "U+1F600 GRINNING FACE")],
)
def test_a_character_is_named(character, name):
    """A message names a character by number and name."""
    assert name == name_character(character)


@pytest.mark.parametrize(
    ("errors", "warnings", "line"),
    [
        (1, 0, "1 error; build/ unchanged"),
        (3, 1, "3 errors, 1 warning; build/ unchanged"),
        (0, 2, "2 warnings; build/ unchanged"),
    ],
)
def test_the_last_line_counts(errors, warnings, line):
    """The last line of a run counts errors and warnings in plain English."""
    found = [problem()] * errors + [problem(level="warning")] * warnings
    assert line == summarize(found, "build/ unchanged")


def test_a_newsroom_chooses_the_level_of_a_warning():
    """A warning is not noted, stays one, or becomes an error, as the levels say; an error stays an error."""
    problems = Problems({"missing-alt": "off", "long-title": "error"})
    place = Location("content/a.md")
    for rule in ("missing-alt", "long-title", "same-title"):
        problems.warn(place, rule, "something", "mend it")
    problems.add(place, "missing-alt", "something", "mend it")
    found = [(problem.rule, problem.level) for problem in problems.found]
    assert [("long-title", "error"), ("same-title", "warning"), ("missing-alt", "error")] == found
