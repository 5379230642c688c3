"""A packet of XMP (ISO 16684-1) → the words in it. It is parsed by expat, which refuses a DTD here, and so entities."""

from collections.abc import Mapping
from xml.parsers import expat

import msgspec

Languages = Mapping[str, str]
"""Texts by their languages in lower case; "x-default" is that for any."""

MOST = 1024 * 1024
"""How many bytes of a packet are read: editing programs keep their history in it."""

DEEPEST = 32
DEFAULT = "x-default"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_LANGUAGE = "http://www.w3.org/XML/1998/namespace lang"
_DESCRIPTION, _ITEM = f"{_RDF} Description", f"{_RDF} li"
_FIELDS = {
    "http://ns.adobe.com/photoshop/1.0/ Credit": "credit",
    "http://purl.org/dc/elements/1.1/ creator": "creators",
    "http://purl.org/dc/elements/1.1/ description": "caption",
    "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/ AltTextAccessibility": "alt",
}


class XmpWords(msgspec.Struct, frozen=True):
    """The words of a packet."""

    alt: Languages = {}
    caption: Languages = {}
    credit: str = ""
    creators: tuple[str, ...] = ()


class _Refused(Exception):
    """The packet is none that programs for pictures write."""


class _Handler:
    """Gathers the words while a packet is parsed."""

    def __init__(self) -> None:
        self.path: list[str] = []
        self.found: dict[str, list[tuple[str, str]]] = {}
        self._field, self._field_depth, self._language = "", 0, DEFAULT
        self._text: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if len(self.path) >= DEEPEST:
            raise _Refused
        if name == _DESCRIPTION and not self._field:
            for attribute, text in attributes.items():
                if attribute in _FIELDS:
                    self._note(_FIELDS[attribute], DEFAULT, text)
        elif name in _FIELDS and not self._field and self.path[-1:] == [_DESCRIPTION]:
            self._field, self._field_depth = _FIELDS[name], len(self.path)
            self._begin(attributes)
        elif name == _ITEM and self._field:
            self._begin(attributes)
        self.path.append(name)

    def end(self, name: str) -> None:
        """An element ends."""
        self.path.pop()
        is_whole = len(self.path) == self._field_depth
        if self._field and (name == _ITEM or is_whole):
            if text := "".join(self._text).strip():
                self._note(self._field, self._language, text)
            self._text = []
        if is_whole:
            self._field = ""

    def text(self, data: str) -> None:
        """A text stands in an element."""
        if self._field:
            self._text.append(data)

    def _begin(self, attributes: Mapping[str, str]) -> None:
        self._text, self._language = [], attributes.get(_LANGUAGE, DEFAULT).casefold()

    def _note(self, field: str, language: str, text: str) -> None:
        self.found.setdefault(field, []).append((language, text))


def read_xmp(packet: bytes) -> XmpWords:
    """The words of a packet; none where it is no XMP, is too long, or has a DTD."""
    if len(packet) > MOST:
        return XmpWords()
    parser, handler = expat.ParserCreate(namespace_separator=" "), _Handler()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = handler.start, handler.end
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(packet.strip(b"\0 \t\r\n"), True)
    except (expat.ExpatError, _Refused, ValueError, LookupError):
        return XmpWords()
    found = handler.found
    alt, caption = (_prefer_first(found.get(field, [])) for field in ("alt", "caption"))
    credit = next((text for _, text in found.get("credit", ())), "")
    return XmpWords(alt, caption, credit, tuple(text for _, text in found.get("creators", ())))


def _prefer_first(texts: list[tuple[str, str]]) -> Languages:
    """The texts by language; of two in one language the first."""
    return dict(reversed(texts))


def _refuse(*_doctype: object) -> None:
    raise _Refused
