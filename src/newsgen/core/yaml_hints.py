"""Explain common faults in YAML, with the line to paste: a colon, a sign or a quote in a headline."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

import msgspec
from msgspec.structs import replace

from newsgen.core.errors import Edit, Location, Problem, name_character
from newsgen.core.messages import Message, say
from newsgen.core.reasons import translate_reason

_ENTRY = re.compile(r"""(\s*(?:-[ ]+)*)(?:(\w[\w .-]*?|"[^"]*"|'[^']*')[ ]*:\s+)?(\S.*)""")
_SPACING = re.compile(
    r"(\s*(?:-[ ]+)?)([A-Za-z_][\w-]*)(?:[:：]([^\S ]+)|：|:(?=[^\s:/])|[ ]?=[ ]?(?==?[^=]))(?:\s*)(\S.*)"
)
_NAME = re.compile(r"\s*([A-Za-z_][\w-]*):(?:\s|$)")
_ITEM = re.compile(r"([ \t]*)- +\S")
_CLOSE_ITEM = re.compile(r"([ \t]*-)([^\W\d_][^:]*)")
"""An item without the space behind its hyphen."""
_STARRED = re.compile(r"(\s*)(\*[^\s:\"]*)(\s*:(?:\s.*)?)")
"""A key such as `*/2014`, which YAML takes for an alias."""
_SIGNS = "%@`[]{}&*!|>'\"-?,#:"
"""Signs with a meaning in YAML, with which no unquoted text may begin."""
_BETWEEN = frozenset(",[]{}")
"""Signs between the items of a list in one line."""
_COMMENT = re.compile(r"\s{2,}#\s.*$")
"""An intended comment: two spaces before the sign and one after it."""

_OTHERWISE = {
    "yaml-colon": say("put the whole value in quotes"),
    "yaml-quotes": say("put the whole value in quotes"),
    "yaml-syntax": say("check the quotes, brackets and indentation of this line"),
    "yaml-space": say("write a colon and one space behind the name, and no space before it"),
    "yaml-tab": say("indent with spaces"),
    "yaml-anchor": say("remove it, or put the value in quotes"),
    "yaml-alias": say("write the value out again, or put the value in quotes"),
    "yaml-tag": say("remove it, or put the value in quotes"),
}


def explain_fault(
    place: Location, lines: Sequence[str], line: int, message: str, names: Collection[str] = ()
) -> Problem:
    """The problem at a place, in a line (from 0) of a text that YAML refuses with this message.

    `names` are keys that may be at the left edge of the text.
    """
    source = lines[line] if line < len(lines) else ""
    if "\\t" in message or "\t" in source[: place.column]:
        return _explain_tab(place, lines, line, names)
    for near in (line, _above(lines, line)):
        if slip := find_spacing_slip(place, lines, near, line - near):
            return slip
    if slip := _find_indented_name(place, lines, line, names):
        return slip
    return _explain_value(place, lines, line, message)


def _explain_value(place: Location, lines: Sequence[str], line: int, message: str) -> Problem:
    """The problem with the value of a line."""
    better = Quoting.of(lines, line)
    if "mapping values are not allowed" in message:
        what = say("a colon followed by a space inside an unquoted value")
        return _propose_quotes(Problem(place, "yaml-colon", what, _OTHERWISE["yaml-colon"]), better, line)
    source = lines[line] if line < len(lines) else ""
    if starred := _STARRED.fullmatch(source):
        indent, name, rest = starred.groups()
        what = say("the name `{name}` begins with `*`, which means something else to YAML", name=name)
        edit = Edit(place.line, len(indent) + 1, place.line, len(indent) + len(name) + 1, f'"{name}"')
        fix = say("write: {line}", line=f'"{name}"{rest}')
        return Problem(replace(place, column=len(indent) + 1), "yaml-quotes", what, fix, edits=(edit,))
    entry = _ENTRY.fullmatch(source)
    if entry and (entry[2] or "-" in entry[1]) and entry[3][0] in _SIGNS:
        if entry[3][0] in "[{" and (closed := _missing_bracket(entry[3])):
            what = say("the list or mapping of `{name}` is not closed", name=entry[2])
            end = len(source.rstrip()) + 1
            edits = (Edit(place.line, end, place.line, len(source) + 1, closed),)
            fix = say("write: {line}", line=f"{source.strip()}{closed}")
            return Problem(place, "yaml-syntax", what, fix, edits=edits)
        if better is not None or entry[3][0] not in "[{":
            reason = _reason(entry[2], entry[3], message)
            return _propose_quotes(Problem(place, "yaml-quotes", reason, _OTHERWISE["yaml-quotes"]), better, line)
    if slip := _find_close_item(place, lines, line):
        return slip
    what = say("the YAML cannot be read: {why}", why=translate_reason(message))
    if "could not find expected ':'" in message:
        what = say("this line is no field, and goes on with none")
    return Problem(place, "yaml-syntax", what, _OTHERWISE["yaml-syntax"])


def _find_close_item(place: Location, lines: Sequence[str], line: int) -> Problem | None:
    """The problem of an item without a space after its hyphen, in a line or the one above."""
    for near in (line, line - 1):
        close = _CLOSE_ITEM.fullmatch(lines[near].rstrip()) if 0 < near < len(lines) else None
        above = lines[_above(lines, near)] if close else ""
        if close and (_ITEM.match(above) or _CLOSE_ITEM.match(above) or above.rstrip().endswith(":")):
            at, column = place.line + near - line, len(close[1])
            edit = Edit(at, column + 1, at, column + 1, " ")
            what = say("an item wants a space behind its hyphen")
            fix = say("write: {line}", line=f"{close[1]} {close[2]}".strip())
            return Problem(Location(place.path, at, column), "yaml-space", what, fix, edits=(edit,))
    return None


def _reason(key: str | None, value: str, message: str) -> Message:
    """Why a value that begins with a sign cannot be read."""
    sign, noun = value[0], say("the value of `{name}`", name=key) if key else say("the text")
    if "escape" in message:
        return say("{noun} holds a `\\`, which means something else between these quotes", noun=noun)
    if sign in "'\"" and value.count(sign) > 1:
        return say("{noun} ends at its second `{sign}`, and more stands behind it", noun=noun, sign=sign)
    return say("{noun} begins with `{sign}`, which means something else to YAML", noun=noun, sign=sign)


def find_spacing_slip(place: Location, lines: Sequence[str], line: int, above: int = 0) -> Problem | None:
    """The problem between a name and its value in a line: no space, an odd one, `=`, or another colon.

    `place` is `above` lines below it.
    """
    source = lines[line] if 0 <= line < len(lines) else ""
    match = _SPACING.fullmatch(source.rstrip())
    if match is None:
        return None
    head, name, odd, value = match.groups()
    what = say("a name wants a colon and a space behind it: `{name}: …`", name=name)
    if odd:
        what = say(
            "{character} stands behind the colon of `{name}`, where YAML wants a space",
            character=name_character(odd[0]),
            name=name,
        )
    number, column = place.line - above, len(head) + len(name) + 1
    better = f"{name}: {value if _is_whole(value) else quote(value)}"
    edit = Edit(number, len(head) + 1, number, len(source) + 1, better)
    fix = say("write: {line}", line=better)
    return Problem(Location(place.path, number, column), "yaml-space", what, fix, edits=(edit,))


def find_swallowed_item(lines: Sequence[str], first: int, last: int, skipped: int) -> Problem | None:
    """The problem of an item that is indented more than the one above, so that it continues its text.

    `first` and `last` are the lines (from 0) of that text, in a file that has `skipped` lines before it.
    """
    item = _ITEM.match(lines[first])
    for line in range(first + 1, min(last, len(lines) - 1) + 1):
        if item and (own := _ITEM.match(lines[line])):
            what = say("this line goes on with the item above, since its hyphen stands further right")
            better = f"{item[1]}{lines[line].strip()}"
            number = line + 1 + skipped
            edit = Edit(number, 1, number, len(own[1]) + 1, item[1])
            fix = say("put its hyphen below the other: `{line}`", line=better)
            return Problem(Location("", number, len(own[1]) + 1), "yaml-syntax", what, fix, edits=(edit,))
    return None


def drop_edits(problem: Problem) -> Problem:
    """The same problem with a fix in words, where its edits do not help."""
    return replace(problem, fix=_OTHERWISE.get(problem.rule, problem.fix), edits=())


def quote(text: str) -> str:
    """A text in the quotes that need fewer escapes."""
    if ('"' in text or "\\" in text) and "'" not in text:
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def is_plain(text: str) -> bool:
    """Whether a text is the same text in YAML without quotes."""
    if not text or text != text.strip() or text[0] in _SIGNS or text.endswith(":"):
        return False
    return ": " not in text and " #" not in text and text.isprintable()


def write_item(text: str) -> str:
    """A text as an item of a list in one line of YAML, in quotes where it needs them."""
    return text if is_plain(text) and _BETWEEN.isdisjoint(text) else quote(text)


def write_list(texts: Iterable[str]) -> str:
    """Texts as a list in one line of YAML."""
    return f"[{', '.join(map(write_item, texts))}]"


class Quoting(msgspec.Struct, frozen=True):
    """A value to be quoted: from `column` of line `first` to `end` of line `last`, all from 0."""

    first: int
    last: int
    column: int
    end: int
    shown: str
    value: str

    @classmethod
    def of(cls, lines: Sequence[str], line: int) -> "Quoting | None":
        """The value of the entry in a line, or continued there; None where there is none."""
        if line >= len(lines):
            return None
        first = _first_line(lines, line)
        entry = _ENTRY.fullmatch(lines[first].rstrip())
        if entry is None or not (entry[2] or "-" in entry[1]):
            return None
        begin = entry.start(3)
        if "-" in entry[1] and entry[2] and ": " in entry[3] and not _goes_on(lines, first):
            begin = entry.end(1)  # an item of a list of texts, and not a mapping
        last = _last_line(lines, first, line)
        comment = _COMMENT.search(lines[last], begin if first == last else 0)
        end = comment.start() if comment else len(lines[last].rstrip())
        own = lines[first][begin : end if first == last else None]
        parts = [own, *lines[first + 1 : last], *([lines[last][:end]] if last > first else [])]
        text = " ".join(part.strip() for part in parts if part.strip())
        if not text or not _is_text(text):
            return None
        value = quote(_unquote(text))
        shown = lines[first][len(lines[first]) - len(lines[first].lstrip()) : begin] + value
        return cls(first, last, begin, end, shown, value)

    def edit(self, skipped: int) -> Edit:
        """The edit that puts the value in quotes, in a file that has `skipped` lines before the text."""
        first, last = self.first + 1 + skipped, self.last + 1 + skipped
        return Edit(first, self.column + 1, last, self.end + 1, self.value)


def _propose_quotes(problem: Problem, better: Quoting | None, line: int) -> Problem:
    if better is None:
        return drop_edits(problem)
    skipped = problem.location.line - line - 1
    return replace(problem, fix=say("put it in quotes: {line}", line=better.shown), edits=(better.edit(skipped),))


def _is_text(value: str) -> bool:
    """Whether a value is a text, and not a list or mapping that would be lost in quotes."""
    return value[0] not in "[{" or re.match(r"[\[{][^\[\]{}]*[\]}]\s*[^\s#]", value) is not None


def _is_whole(value: str) -> bool:
    """Whether a value can stand behind a colon and a space as it is."""
    if value[0] in "'\"":
        return len(value) > 1 and value[-1] == value[0] and value.count(value[0]) == 2
    return value[0] in "[{|>" or is_plain(value)


def _unquote(text: str) -> str:
    """The text of a value without its quotes, of which one may be missing."""
    sign = text[0]
    if sign not in "'\"":
        return text
    if text.count(sign) == 1:
        return text[1:]
    if text[-1] != sign:
        return text
    inner = text[1:-1]
    return inner.replace("''", "'") if sign == "'" else inner.replace('\\"', '"').replace("\\\\", "\\")


def _explain_tab(place: Location, lines: Sequence[str], line: int, names: Collection[str]) -> Problem:
    problem = Problem(place, "yaml-tab", say("a tab where YAML wants spaces"), say("indent with spaces"))
    source = lines[line] if line < len(lines) else ""
    indent = len(source) - len(source.lstrip())
    if "\t" not in source[:indent]:
        return problem
    above = lines[_above(lines, line)] if _above(lines, line) >= 0 else ""
    name = _NAME.match(source)
    is_outer = name is not None and name[1] in names and not re.search(r":\s*$", above)
    better = "" if is_outer else source[:indent].expandtabs(2)
    edit = Edit(place.line, 1, place.line, indent + 1, better)
    fix = say("remove it") if is_outer else say("indent with spaces")
    return replace(problem, location=Location(place.path, place.line, 1), fix=fix, edits=(edit,))


def _find_indented_name(place: Location, lines: Sequence[str], line: int, names: Collection[str]) -> Problem | None:
    """The problem of a space before a name that belongs at the left edge."""
    source = lines[line] if line < len(lines) else ""
    name, depth = _NAME.match(source), _depth(source)
    above = _above(lines, line)
    if name is None or not depth or (depth > 1 and name[1] not in names):
        return None
    outer = above if above < 0 or not _depth(lines[above]) else _outer(lines, above)
    if outer >= 0 and re.search(r":\s*(?:[|>][-+\d]*)?$", lines[outer]) and _depth(lines[above]) >= depth > 1:
        return None
    what = say("a space stands before `{name}`, which begins a line", name=name[1])
    edit = Edit(place.line, 1, place.line, depth + 1, "")
    where = Location(place.path, place.line, 1)
    fix = say("write it at the line's beginning: {line}", line=source.strip())
    return Problem(where, "yaml-space", what, fix, edits=(edit,))


def _above(lines: Sequence[str], line: int) -> int:
    """The last line before this one that is not blank, -1 where there is none."""
    return next((at for at in range(min(line, len(lines)) - 1, -1, -1) if lines[at].strip()), -1)


def _outer(lines: Sequence[str], line: int) -> int:
    """The last line at the left edge up to this one, -1 where there is none."""
    return next((at for at in range(line, -1, -1) if lines[at].strip() and not _depth(lines[at])), -1)


def _first_line(lines: Sequence[str], line: int) -> int:
    """The line in which the value begins that an indented line continues."""
    depth = _depth(lines[line])
    for above in range(line - 1, -1, -1):
        if lines[above].strip() and _depth(lines[above]) < depth:
            entry = _ENTRY.fullmatch(lines[above].rstrip())
            is_open = entry is not None and (entry[2] or "-" in entry[1]) and entry[3][0] not in "|>[{&*!"
            is_open = is_open and not (entry is not None and not entry[2] and entry[3].endswith(":"))
            return above if is_open else line
    return line


def _goes_on(lines: Sequence[str], line: int) -> bool:
    """Whether the item that begins in a line has more lines."""
    below = next(iter(_below(lines, line)), None)
    return below is not None and _depth(lines[below]) > _depth(lines[line])


def _last_line(lines: Sequence[str], first: int, line: int) -> int:
    """The last line of a value that begins in `first` and reaches `line` at least."""
    depth, last = _depth(lines[first]), line
    for below in _below(lines, line):
        if _depth(lines[below]) <= depth or _NAME.match(lines[below]) or lines[below].lstrip().startswith(("#", "- ")):
            break
        last = below
    return last


def _below(lines: Sequence[str], line: int) -> Iterator[int]:
    return (at for at in range(line + 1, len(lines)) if lines[at].strip())


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _missing_bracket(value: str) -> str:
    """The closing bracket that a list or mapping lacks, "" where it has it."""
    missing = {"[": "]", "{": "}"}[value[0]]
    return missing if missing not in value else ""
