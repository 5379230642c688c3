"""Decode the bytes of a source: UTF-8 in NFC, lines that end in LF, no control characters."""

import re

from newsgen.core.errors import Edit, Location, Problem, name_character
from newsgen.core.messages import say
from newsgen.core.text import find_invisible, nfc

BOM = b"\xef\xbb\xbf"
_LINE_ENDS = re.compile(r"\r\n?")
_SEPARATORS = "\x85\u2028\u2029"
"""Line ends that word processors leave in pasted text and that no editor shows."""


def decode(raw: bytes, source: str) -> str | Problem:
    """The text of a file, or the problem that keeps it from being text."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Problem(Location(source), "encoding", say("the file is UTF-16"), say("save the file as UTF-8"))
    raw = raw.removeprefix(BOM)
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        before = _LINE_ENDS.sub("\n", raw[: error.start].decode("utf-8", "replace"))
        what = say("the byte 0x{byte:02x} is not UTF-8", byte=raw[error.start])
        return Problem(_after(before, source), "encoding", what, say("save the file as UTF-8"))
    if "\r" in text:
        text = _LINE_ENDS.sub("\n", text)
    if control := find_invisible(text, raw):
        what = say("the text holds {character}", character=name_character(control[0]))
        place = _after(text[: control.start()], source)
        edit = Edit(place.line, place.column, place.line, place.column + 1, "")
        return Problem(place, "control-character", what, say("delete it"), edits=(edit,))
    return _normalise(text)


def decode_again(raw: bytes) -> str:
    """The text of bytes that `decode` made a text of before: the same text, without the checks."""
    text = raw.removeprefix(BOM).decode()
    return _normalise(_LINE_ENDS.sub("\n", text) if "\r" in text else text)


def _normalise(text: str) -> str:
    for separator in _SEPARATORS:  # `translate` looks up every character, and takes longer than Markdown
        text = text.replace(separator, " ")
    return nfc(text)


def _after(text: str, source: str) -> Location:
    """The place just behind a text."""
    return Location(source, text.count("\n") + 1, len(text) - text.rfind("\n"))
