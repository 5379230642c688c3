"""Draw an SVG file again: only elements and attributes that draw are written, and nothing that names another file.

The file is parsed by expat and written by the rules of XML, in UTF-8, so that every browser reads what newsgen read.
Entities are resolved; comments, instructions and notes of programs are not written.
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes
from xml.parsers import expat

from newsgen.core.messages import Message, say
from newsgen.media.cleaning.cleaner import clean_picture
from newsgen.media.cleaning.fault import NotCleanable, PictureFault
from newsgen.media.cleaning.svg_parts import (
    ANIMATED,
    ANIMATIONS,
    ATTRIBUTES,
    ELEMENTS,
    PICTURES,
    SVG,
    TEXTS,
    XLINK,
    XML,
)
from newsgen.media.cleaning.svg_styles import clean_style, is_inside
from newsgen.media.pictures import HEAD, guess_kind

GROWTH, SLACK = 10, 100_000
"""How much longer than its file a drawing may become by its entities: so many times, and so many characters."""

_TYPES = {"JPEG": "jpeg", "PNG": "png", "GIF": "gif", "WebP": "webp", "AVIF": "avif"}
_LINKED = ("https://", "http://", "mailto:")
_VERBAL = frozenset(["class", "format", "g1", "g2", "glyph-name", "id", "name", "u1", "u2", "unicode"])
"""Attributes that hold words or names, and never the address of another file."""

_MAY_LOAD = re.compile(r"[(@\\]")
_FONT = re.compile(r"data:(?:font/|application/(?:x-)?font)[\w.+-]*(?:;[\w=-]+)*;base64,[\w+/=%]+", re.IGNORECASE)
_WORDS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_QUOTED = _WORDS | str.maketrans({'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})


def clean_svg(data: bytes) -> bytes:
    """A drawing with nothing but what draws.

    Raises:
        PictureFault: when it is no SVG, or holds a picture that cannot be cleaned.
    """
    writer = _Writer(GROWTH * len(data) + SLACK)
    try:
        writer.parser.Parse(data, True)
    except expat.ExpatError as error:
        raise PictureFault(_describe(error)) from None
    return writer.finish().encode()


def _describe(error: expat.ExpatError) -> Message:
    values = {"line": error.lineno, "column": error.offset + 1, "why": expat.ErrorString(error.code)}
    return say("it is not well-formed XML: in its line {line}, column {column}: {why}", **values)


@dataclass(slots=True)
class _Writer:
    """Writes what expat reads. `most` is the number of characters that it may write."""

    most: int
    parser: expat.XMLParserType = field(init=False)
    _written: list[str] = field(default_factory=list)
    _open: list[tuple[str, bool]] = field(default_factory=list)
    _style: list[str] = field(default_factory=list)
    _dropped: int = 0
    _space: str = ""
    _is_empty: bool = False
    _has_links: bool = False

    def __post_init__(self) -> None:
        self.parser = expat.ParserCreate(None, " ")
        self.parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def finish(self) -> str:
        """The whole drawing."""
        links = f' xmlns:xlink="{XLINK}"' if self._has_links else ""
        return f'<svg xmlns="{SVG}"{links}{"".join(self._written)}\n'

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        if not self._open and (namespace, local) != (SVG, "svg"):
            raise PictureFault(say("it is no SVG drawing"))
        is_drawn = namespace == SVG and local in ELEMENTS and _is_safe(local, attributes)
        if self._dropped or not is_drawn or (self._open and self._open[-1][0] == "style"):
            self._dropped += 1
            return
        self._write_space()
        shown = "".join(f' {name}="{value.translate(_QUOTED)}"' for name, value in self._choose(local, attributes))
        self._write(f"<{local}{shown}>" if self._open else f"{shown}>")
        self._is_empty = True
        self._open.append((local, local in TEXTS or (bool(self._open) and self._open[-1][1])))

    def _end(self, _name: str) -> None:
        if self._dropped:
            self._dropped -= 1
            return
        local, _ = self._open.pop()
        if self._style:
            self._write(clean_style("".join(self._style), _clean_data).translate(_WORDS))
            self._style.clear()
        self._write_space()
        if self._is_empty:
            self._written[-1] = f"{self._written[-1][:-1]}/>"
            self._is_empty = False
        else:
            self._write(f"</{local}>")

    def _text(self, text: str) -> None:
        if self._dropped:
            return
        local, shows_words = self._open[-1]
        if local == "style":
            self._style.append(text)
        elif shows_words:
            self._write(text.translate(_WORDS))
        elif not text.strip():
            self._space += text

    def _write(self, text: str) -> None:
        self.most -= len(text)
        if self.most < 0:
            raise PictureFault(say("its entities make it much longer than its file"))
        if text:
            self._written.append(text)
            self._is_empty = False

    def _write_space(self) -> None:
        """Write the end of a line, with the indent of the next one, where there is any space between elements."""
        _, line, indent = self._space.rpartition("\n")
        self._write(f"{line}{indent}" if line else "")
        self._space = ""

    def _choose(self, element: str, attributes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """The attributes to write."""
        for full, value in attributes.items():
            namespace, _, name = full.rpartition(" ")
            if name == "href" and namespace in ("", XLINK):
                if address := _clean_address(element, value):
                    self._has_links |= bool(namespace)
                    yield f"xlink:{name}" if namespace else name, address
            elif namespace == XML and name in ("space", "lang"):
                yield f"xml:{name}", value
            elif namespace:
                continue
            elif name in _VERBAL or name.startswith("aria-"):
                yield name, value
            elif name in ATTRIBUTES:
                yield name, clean_style(value, _clean_data) if _MAY_LOAD.search(value) else value


def _is_safe(element: str, attributes: Mapping[str, str]) -> bool:
    """Whether an element that draws does so with these attributes: styles are CSS, and animations change what draws."""
    if element == "style":
        return attributes.get("type", "text/css") == "text/css"
    moves = "d" if element == "animateMotion" else ""
    return element not in ANIMATIONS or attributes.get("attributeName", moves) in ANIMATED


def _clean_address(element: str, value: str) -> str:
    """The address of an element as it is written; "" where it leads to another file that would be loaded."""
    address = "".join(value.split())
    if element == "a" and address.casefold().startswith(_LINKED):
        return address
    is_shown = element in PICTURES and is_inside(address)
    return address if address.startswith("#") else _clean_data(address) if is_shown else ""


def _clean_data(address: str) -> str:
    """The address of an embedded font, or that of a picture without private data; "" for other files."""
    head, comma, payload = address.partition(",")
    if not comma or not head.casefold().startswith("data:"):
        return ""
    if not head.casefold().startswith("data:image/"):
        return address if _FONT.fullmatch(address) else ""
    data = unquote_to_bytes(payload)
    if head.casefold().endswith(";base64"):
        try:
            data = b64decode(data.rstrip(b"=") + b"=" * (-len(data.rstrip(b"=")) % 4), validate=True)
        except ValueError:
            return ""
    kind = guess_kind(data[:HEAD])
    if kind not in _TYPES:
        return ""
    try:
        return f"data:image/{_TYPES[kind]};base64,{b64encode(clean_picture(kind, data)).decode()}"
    except NotCleanable as fault:
        raise PictureFault(say("a picture in it cannot be cleaned: {why}", why=fault.why)) from None
