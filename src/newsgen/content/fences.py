"""The lines that front matter stands between: `---` for YAML, `+++` for TOML."""

import re
from dataclasses import dataclass

from newsgen.errors import Edit, Location, Problem
from newsgen.messages import say

_OPENING = re.compile(r"(?:[ \t]*\n)*(---|\+\+\+)[ \t]*(?:\n|\Z)")
_CLOSING = {
    "---": re.compile(r"\n---[ \t]*(?:\n|\Z)"),
    "+++": re.compile(r"\n\+\+\+[ \t]*(?:\n|\Z)"),
}
_ALMOST = re.compile(r"^(?:-{4,}|--|[—–][-—–]*|-[—–]+|\.{3}|\*{3}|={3,})[ \t]*$", re.MULTILINE)
"""What was meant as `---`: more or fewer hyphens, or what a word processor makes of them."""
_FIELD = re.compile(r"[A-Za-z_][\w-]*[ \t\xa0]*:(?:\s|$)|[ \t]+\S|- \S|#(?!#* \S)")
NOT_CLOSED = (
    "no-front-matter",
    say("the line that closes the front matter must be exactly `---`"),
    say("write `---` here, and nothing else in the line"),
)
"""Rule, sentence and fix where a closing line is not quite one."""

NONE = Edit(1, 1, 1, 1, "")
"""The edit of a line that is right."""


@dataclass(frozen=True, slots=True)
class Ends:
    """Where front matter stands in a text: `line` is that of its first field, `at` and `end` are its indexes.

    The body begins at `body_at`, in `body_line`. `closing` is the edit that makes the closing line a right one.
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
    closing = _CLOSING[opening[1]].search(text, max(opening.end() - 1, 0))
    return None if closing is None else _ends(text, opening, closing.start() + 1, closing.end())


def body_of(text: str) -> str:
    """What follows the front matter of a text that has one."""
    opening = _OPENING.match(text)
    closing = _CLOSING[opening[1]].search(text, opening.end() - 1) if opening else None
    return text[closing.end() :] if closing else text


def almost_closed(text: str, within: Ends | None = None) -> Ends | None:
    """Where YAML ends that a line closes which is not quite `---`, `within` a longer one if that is given."""
    opening = _OPENING.match(text)
    if opening is None or opening[1] != "---":
        return None
    almost = _ALMOST.search(text, opening.end(), within.end if within else len(text))
    if almost is None:
        return None
    end = min(almost.end() + 1, len(text))
    line = text.count("\n", 0, almost.start()) + 1
    return _ends(text, opening, almost.start(), end, Edit(line, 1, line, len(almost[0]) + 1, "---"))


def _ends(text: str, opening: re.Match[str], end: int, body_at: int, closing: Edit = NONE) -> Ends:
    line = text.count("\n", 0, opening.end()) + 1
    body_line = line + text.count("\n", opening.end(), body_at)
    return Ends(opening[1], line, opening.end(), end, body_at, body_line, closing)


def no_front_matter(text: str, source: str) -> Problem:
    """What is wrong with a text in which no front matter is found."""
    rule, place = "no-front-matter", Location(source)
    if not text.strip():
        fix = say("write an article, or delete the file; `newsgen new` makes a first draft")
        return Problem(place, "empty-file", say("the file is empty"), fix)
    if almost := almost_closed(text):
        return Problem(Location(source, almost.body_line - 1), *NOT_CLOSED, edits=(almost.closing,))
    if opening := _OPENING.match(text):
        return _not_closed(text, opening, source)
    first = len(text) - len(text.lstrip())
    line, start = text.count("\n", 0, first) + 1, text[first:].partition("\n")[0]
    if _ALMOST.match(start) and _FIELD.match(text[first:].partition("\n")[2]):
        edit = Edit(line, 1, line, len(start) + 1, "---")
        what = say("the line that opens the front matter must be exactly `---`")
        return Problem(Location(source, line), rule, what, say("write `---` here"), edits=(edit,))
    what = say("the file does not start with front matter")
    fix = say("start the file with the lines `---`, `title: …`, `date: 2022-07-12`, `---`")
    return Problem(place, rule, what, fix)


def _not_closed(text: str, opening: re.Match[str], source: str) -> Problem:
    """No line closes the front matter: one is to stand where its fields end."""
    fence, lines = opening[1], text[opening.end() :].split("\n")
    opened = text.count("\n", 0, opening.end()) + 1
    what = say("the front matter that starts here has no closing line `{fence}`", fence=fence)
    place = Location(source, max(opened - 1, 1))
    count = next((at for at, line in enumerate(lines) if not _FIELD.match(line)), len(lines))
    if not count or fence != "---" or not text.endswith("\n"):
        return Problem(
            place, "no-front-matter", what, say("write `{fence}` alone on the line after the last field", fence=fence)
        )
    line = opened + count
    fix = say("write `{fence}` on a line of its own after line {line}", fence=fence, line=line - 1)
    return Problem(place, "no-front-matter", what, fix, edits=(Edit(line, 1, line, 1, f"{fence}\n"),))
