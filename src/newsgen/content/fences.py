"""The lines that front matter stands between: `---` for YAML, `+++` for TOML."""

import re
from dataclasses import dataclass, replace

from newsgen.core.errors import Edit, Location, Problem
from newsgen.core.messages import say

_OPENING = re.compile(r"(?:[ \t]*\n)*(---|\+\+\+)[ \t]*(?:\n|\Z)")
_CLOSING = {
    "---": re.compile(r"\n---[ \t]*(?:\n|\Z)"),
    "+++": re.compile(r"\n\+\+\+[ \t]*(?:\n|\Z)"),
}
_ALMOST = re.compile(r"^(?:-{4,}|--|[—–][-—–]*|-[—–]+|\.{3}|\*{3}|={3,})[ \t]*$", re.MULTILINE)
"""A line that was meant as `---`: too many or too few hyphens, or dashes that a word processor made of them."""
_FIELD = re.compile(r"[A-Za-z_][\w-]*[ \t\xa0]*:(?:\s|$)|[ \t]+\S|- \S|#(?!#* \S)")
_HEADED = re.compile(r"^(?:title|date|tiêu đề|ngày)[ \t\xa0]*[:：=]", re.MULTILINE | re.IGNORECASE)
"""A field that shows that a text begins with front matter, however broken."""

NONE = Edit(1, 1, 1, 1, "")
"""No edit: the closing line is correct."""


@dataclass(frozen=True, slots=True)
class Ends:
    """Where front matter stands in a text: `line` is that of its first field, `at` and `end` are its indexes.

    The body begins at `body_at`, in `body_line`. `closing` is the edit that corrects the closing line.
    """

    fence: str
    line: int
    at: int
    end: int
    body_at: int
    body_line: int
    closing: Edit = NONE


def find_ends(text: str) -> Ends | None:
    """Where the front matter of a text is; None where it has none, or it is not closed.

    Spaces behind a fence and empty lines before the first one are passed over.
    """
    opening = _OPENING.match(text)
    if opening is None:
        return None
    # The search begins at the line end before the first field, so that front matter may be empty.
    closing = _CLOSING[opening[1]].search(text, opening.end() - 1)
    return closing and _make_ends(text, opening[1], opening.end(), closing.start() + 1, closing.end())


def get_body(text: str) -> str:
    """What follows the front matter of a text that has one."""
    ends = find_ends(text)
    return text[ends.body_at :] if ends else text


def find_almost_closed(text: str, within: Ends | None = None) -> Ends | None:
    """Where YAML ends whose closing line is almost `---`; `within` is longer front matter to search."""
    opening = _OPENING.match(text)
    if opening is None or opening[1] != "---":
        return None
    almost = _ALMOST.search(text, opening.end(), within.end if within else len(text))
    return almost and _close_at(text, opening.end(), almost)


def _close_at(text: str, at: int, almost: re.Match[str]) -> Ends:
    """Where YAML stands whose fields begin at an index and whose closing line is almost `---`."""
    line = text.count("\n", 0, almost.start()) + 1
    edit = Edit(line, 1, line, len(almost[0]) + 1, "---")
    return replace(_make_ends(text, "---", at, almost.start(), min(almost.end() + 1, len(text))), closing=edit)


def _make_ends(text: str, fence: str, at: int, end: int, body_at: int) -> Ends:
    line = text.count("\n", 0, at) + 1
    return Ends(fence, line, at, end, body_at, line + text.count("\n", at, body_at))


def report_almost_closed(ends: Ends, source: str) -> Problem:
    """The problem of a closing line that is almost `---`, with the edit that corrects it."""
    what = say("the line that closes the front matter must be exactly `---`")
    fix = say("write `---` here, and nothing else in the line")
    return Problem(Location(source, ends.closing.line), "no-front-matter", what, fix, edits=(ends.closing,))


def find_almost_ends(text: str, source: str) -> tuple[Ends, tuple[Problem, ...]] | None:
    """Where YAML stands whose opening or closing line is wrong, with the problems; None where this is unclear."""
    opening = _OPENING.match(text)
    if opening is None:
        opened = _find_almost_opened(text, source)
    else:
        opened = (opening.end(), ()) if opening[1] == "---" else None
    if opened is None:
        return None
    at, faults = opened
    closing, almost = _CLOSING["---"].search(text, max(at - 1, 0)), _ALMOST.search(text, at)
    if almost and all(not line.strip() or _is_field(line) for line in text[at : almost.start()].split("\n")):
        ends = _close_at(text, at, almost)
        return ends, (*faults, report_almost_closed(ends, source))
    if closing:
        return _make_ends(text, "---", at, closing.start() + 1, closing.end()), faults
    if almost:
        return None
    end = at + _find_fields_end(text[at:])
    ends = _make_ends(text, "---", at, end, end)
    line = ends.line - 1 if opening and ends.line > 1 else ends.line
    return ends, (*faults, _report_unclosed(text, at, Location(source, line)))


def _is_field(line: str) -> bool:
    return _FIELD.match(line) is not None or _HEADED.match(line) is not None


def _find_fields_end(text: str) -> int:
    """The index at which the fields at the beginning of a text end."""
    end = 0
    for line in text.splitlines(keepends=True):
        if not _is_field(line):
            break
        end += len(line)
    return end


def _find_almost_opened(text: str, source: str) -> tuple[int, tuple[Problem, ...]] | None:
    """The index of the first field where the opening line is almost `---` or missing, and the problem."""
    first = len(text) - len(text.lstrip())
    line, start = text.count("\n", 0, first) + 1, text[first:].partition("\n")[0]
    place = Location(source, line)
    behind = min(first + len(start) + 1, len(text))
    if _ALMOST.match(start) and _is_field(text[behind:].partition("\n")[0]):
        edit = Edit(line, 1, line, len(start) + 1, "---")
        what = say("the line that opens the front matter must be exactly `---`")
        return behind, (Problem(place, "no-front-matter", what, say("write `---` here"), edits=(edit,)),)
    fields = text[first : first + _find_fields_end(text[first:])]
    if _HEADED.search(fields):
        what = say("no line `---` opens the front matter that begins here")
        fix = say("write `---` on a line of its own above this one")
        return first, (Problem(place, "no-front-matter", what, fix, edits=(Edit(line, 1, line, 1, "---\n"),)),)
    return None


def report_missing(text: str, source: str) -> Problem:
    """The problem of a text without front matter."""
    if not text.strip():
        fix = say("write an article, or delete the file; `newsgen new` makes a first draft")
        return Problem(Location(source), "empty-file", say("the file is empty"), fix)
    if almost := find_almost_closed(text):
        return report_almost_closed(almost, source)
    if opening := _OPENING.match(text):
        opened = text.count("\n", 0, opening.end())
        return _report_unclosed(text, opening.end(), Location(source, max(opened, 1)), opening[1])
    what = say("the file does not start with front matter")
    fix = say("start the file with the lines `---`, `title: …`, `date: 2022-07-12`, `---`")
    return Problem(Location(source), "no-front-matter", what, fix)


def _report_unclosed(text: str, at: int, place: Location, fence: str = "---") -> Problem:
    """The problem of front matter without a closing line; its fields begin at the index `at`."""
    lines = text[at:].split("\n")
    opened = text.count("\n", 0, at) + 1
    what = say("the front matter that starts here has no closing line `{fence}`", fence=fence)
    count = next((at for at, line in enumerate(lines) if not _is_field(line)), len(lines))
    if not count or fence != "---" or not text.endswith("\n"):
        fix = say("write `{fence}` alone on the line after the last field", fence=fence)
        return Problem(place, "no-front-matter", what, fix)
    line = opened + count
    fix = say("write `{fence}` on a line of its own after line {line}", fence=fence, line=line - 1)
    return Problem(place, "no-front-matter", what, fix, edits=(Edit(line, 1, line, 1, f"{fence}\n"),))
