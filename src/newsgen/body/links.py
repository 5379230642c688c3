"""Where links lead: addresses, titles and labels as CommonMark 0.31 writes them, and the definitions of references."""

import re
from html.entities import html5

_PUNCTUATION = "!\"#$%&'()*+,\\-./:;<=>?@\\[\\]\\\\^_`{|}~"
ENTITY = re.compile(r"&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}));")
_ESCAPE = re.compile(rf"\\([{_PUNCTUATION}])|{ENTITY.pattern}")
_POINTED = re.compile(r"<((?:[^<>\\\n]|\\.)*+)>")
_PLAIN_PART = r"[^()\\\x00-\x20]|\\[^\x00-\x20]|\\(?![^\x00-\x20])"
_INSIDE = f"(?:{_PLAIN_PART})*+"
for _ in range(6):  # parentheses in an address may stand in one another so deep
    _INSIDE = rf"(?:{_PLAIN_PART}|\({_INSIDE}\))*+"
_PLAIN = re.compile(rf"(?![<)]){_INSIDE}(?<=[^\x00-\x20(])")
_TITLE = re.compile(r"""\"((?:[^"\\]|\\.)*+)\"|'((?:[^'\\]|\\.)*+)'|\(((?:[^()\\]|\\.)*+)\)""", re.DOTALL)
LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.){1,999}+)\]", re.DOTALL)
_GAP = re.compile(r"[ \t]*\n?[ \t]*")
_LINE_END = re.compile(r"[ \t]*(?:\n|$)")
_WHITE = re.compile(r"\s+")
_LENIENT = re.compile(r"\([ \n]*([^()<>\[\]\n\"'“”]*[^()<>\[\]\n\"'“” ])(?:[ \n]+(?:\"([^\"]*)\"|'([^']*)'))?[ \n]*\)")

Target = tuple[str, str, int]
"""An address, a title ("" for none), and where the text goes on."""


def decode_reference(decimal: str | None, hexadecimal: str | None, name: str | None) -> str | None:
    """What a reference such as `&#60;`, `&#x3c;` or `&lt;` stands for; None for a name that HTML does not have."""
    if name:
        return html5.get(f"{name};")
    number = int(decimal) if decimal else int(hexadecimal or "0", 16)
    return chr(number) if 0 < number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"


def unescape(text: str) -> str:
    """The text without backslashes before punctuation, and with characters in the place of references."""
    if "\\" not in text and "&" not in text:
        return text
    return _ESCAPE.sub(lambda found: found[1] or decode_reference(found[2], found[3], found[4]) or found[0], text)


def normalise_label(text: str) -> str:
    """A label as references are looked up: neither case nor the kind of white space counts."""
    return _WHITE.sub(" ", text.strip()).casefold()


def find_target(text: str, at: int, *, is_strict: bool = False) -> Target | None:
    """The address and title in parentheses that stand at this place.

    What other writers would leave as typed is taken as it was meant, unless `is_strict`: an address with blanks, a
    title with quotation marks inside.
    """
    if not text.startswith("(", at):
        return None
    return _strict_target(text, at) or (None if is_strict else _lenient_target(text, at))


def _strict_target(text: str, at: int) -> Target | None:
    start = _skip(text, at + 1)
    if text.startswith(")", start):
        return "", "", start + 1
    found = _destination(text, start)
    if found is None:
        return None
    address, end = found
    title = ""
    after = _skip(text, end)
    if after > end and (quoted := _TITLE.match(text, after)):
        title, after = unescape(quoted[quoted.lastindex or 1]), _skip(text, quoted.end())
    return (address, title, after + 1) if text.startswith(")", after) else None


def _lenient_target(text: str, at: int) -> Target | None:
    if found := _LENIENT.match(text, at):
        return unescape(found[1]), unescape(found[2] or found[3] or ""), found.end()
    start = _skip(text, at + 1)
    if (address := _destination(text, start)) is None:
        return None
    quote = _skip(text, address[1])
    if quote == address[1] or not text.startswith('"', quote):
        return None
    end = text.find('")', quote + 1, quote + 2000)
    return (address[0], unescape(text[quote + 1 : end]), end + 2) if end > 0 else None


def _skip(text: str, at: int) -> int:
    return _GAP.match(text, at).end()  # type: ignore[union-attr] # it matches nothing too


def _destination(text: str, at: int) -> tuple[str, int] | None:
    if text.startswith("<", at):
        found = _POINTED.match(text, at)
        return (unescape(found[1]), found.end()) if found else None
    found = _PLAIN.match(text, at)
    return (unescape(found[0]), found.end()) if found and found[0] else None


def read_references(lines: list[str], references: dict[str, tuple[str, str]]) -> str:
    """The text of a paragraph without the definitions of references at its beginning, which are put down."""
    text = "\n".join(lines).rstrip(" ")
    at = 0
    while text.startswith("[", at):
        end = _read_reference(text, at, references)
        if end is None:
            break
        at = end
    return text[at:]


def _read_reference(text: str, at: int, references: dict[str, tuple[str, str]]) -> int | None:
    label = LABEL.match(text, at)
    if label is None or not label[1].strip() or not text.startswith(":", label.end()):
        return None
    found = _destination(text, _skip(text, label.end() + 1))
    if found is None:
        return None
    address, end = found
    title, after = "", _skip(text, end)
    quoted = _TITLE.match(text, after) if after > end else None
    line_end = _LINE_END.match(text, quoted.end()) if quoted else None
    if quoted and line_end:
        title = unescape(quoted[quoted.lastindex or 1])
    elif (line_end := _LINE_END.match(text, end)) is None:
        return None
    references.setdefault(normalise_label(label[1]), (address, title))
    return line_end.end()
