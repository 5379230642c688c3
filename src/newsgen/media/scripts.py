"""Find the parts of drawings and of files beside stories that would run code or load other files in a browser.

A browser runs scripts in an SVG, HTML or XML file as those of the paper's own pages. XML is parsed by expat. A file
that is published as it is may only be UTF-8, so that a browser cannot read it differently; a custom DOCTYPE and
entities are refused.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from xml.parsers import expat

import msgspec

from newsgen.core.errors import Location, Problem
from newsgen.core.messages import Message, say
from newsgen.core.text import nfc
from newsgen.media.cleaning.svg_styles import find_loaded, is_inside

XML_ENDINGS = frozenset({".xml", ".rdf", ".rss", ".atom", ".kml", ".gpx", ".gml", ".xspf", ".mml"})
"""Endings of files that browsers read as XML: they may be published if nothing in them runs."""

_RUNNING = (
    ".html .htm .xhtml .xht .shtml .shtm .phtml .mhtml .mht .hta .htc .js .mjs .cjs .jsx .ts .wasm .swf .svgz"
    " .xsl .xslt .jar .class .php .php3 .php5 .phar .asp .aspx .jsp .cgi .pl .py .rb .sh .vbs .wsf .cfm .appcache"
)
RUNNING = frozenset(_RUNNING.split())
"""Endings of files that browsers or servers run, whatever their content."""

_PASSIVE = (
    ".jpg .jpeg .jpe .jfif .png .apng .gif .webp .avif .bmp .ico .tif .tiff .heic .heif .psd .ai .eps .mp3 .m4a .ogg"
    " .oga .opus .wav .flac .aac .mp4 .m4v .mov .webm .ogv .avi .mkv .vtt .srt .pdf .doc .docx .xls .xlsx .ppt .pptx"
    " .odt .ods .odp .rtf .csv .tsv .json .geojson .txt .md .css .zip .gz .7z .rar .tar .epub .woff .woff2 .ttf"
    " .otf .ics .vcf .yaml .yml .toml .log .bib"
)
PASSIVE = frozenset(_PASSIVE.split())
"""Endings whose media type every server knows and no browser runs."""

SNIFFED = 1024
"""The first bytes of a file by which browsers recognize a page (WHATWG MIME Sniffing)."""

SVG_NAMESPACE = "http://www.w3.org/2000/svg"
_DRAWN = {SVG_NAMESPACE, "http://www.w3.org/1998/Math/MathML", ""}
"""Namespaces whose elements browsers draw or act on; "" since the namespace may be left out by mistake."""
_FORBIDDEN_NAMESPACES = {
    "http://www.w3.org/1999/xhtml",
    "http://www.w3.org/1999/XSL/Transform",
    "http://www.w3.org/2001/xml-events",
    "http://www.w3.org/2001/XInclude",
}
_FORBIDDEN = {"script", "foreignobject", "iframe", "object", "embed", "handler", "listener", "audio", "video"}
_ANIMATIONS = {"set", "animate", "animatemotion", "animatetransform", "animatecolor"}
_LINKING = {"href", "src", "data", "action", "formaction"}
_PAGE = re.compile(
    rb"<(!doctype\s+html|html|head|body|script|iframe|svg|style|title|table|div|h1|a|font|p|br|b|!--|\?xml)[\s>/!-]",
    re.I,
)
_BLANK = re.compile(r"[\x00-\x20]+")
_SVG_DOCTYPE = re.compile(r"-//W3C//DTD SVG [\w. ]+//EN")
_ENCODINGS = {"utf-8", "utf8", "us-ascii", "ascii"}


class NotXml(Exception):
    """A file is not well-formed XML, with the place and the reason."""

    def __init__(self, line: int, column: int, why: str) -> None:
        super().__init__(why)
        self.line, self.column, self.why = line, column, why


class Root(msgspec.Struct, frozen=True):
    """The root element of an XML file: its namespace and name, separated by a space, and its attributes."""

    name: str
    attributes: Mapping[str, str]

    @property
    def size(self) -> tuple[int | None, int | None]:
        """Width and height of an SVG, in pixels; None where it does not say."""
        width, height = (_pixels(self.attributes.get(name, "")) for name in ("width", "height"))
        if not width or not height:
            box = re.split(r"[\s,]+", self.attributes.get("viewBox", "").strip())
            width, height = (_pixels(text) for text in box[2:]) if len(box) == 4 else (None, None)
        return (round(width), round(height)) if width and height and round(width) and round(height) else (None, None)


def find_root(data: bytes) -> Root:
    """The root element of a file.

    Raises:
        NotXml: when the file is not well-formed.
    """
    found: list[Root] = []

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if not found:
            found.append(Root(name, attributes))

    parser = expat.ParserCreate(None, " ")
    parser.StartElementHandler = start
    _parse(parser, data)
    return found[0]


def may_run(source: str) -> bool:
    """Whether a file of this name, which is no drawing, has to be examined before it is published beside a story."""
    return PurePosixPath(source).suffix.casefold() not in PASSIVE and not is_drawing(source)


def is_drawing(source: str) -> bool:
    """Whether a file has the name of an SVG."""
    return source.casefold().endswith(".svg")


def find_running_parts(source: str, data: bytes) -> Iterator[Problem]:
    """A problem for each part of a file that would run code or load another file."""
    suffixes = [suffix.casefold() for suffix in PurePosixPath(source).suffixes]
    ending = suffixes[-1] if suffixes else ""
    if ending in PASSIVE:
        return
    if ending not in XML_ENDINGS:
        if not RUNNING.isdisjoint(suffixes):
            yield _problem(source, (1, 1), say("files that end in `{ending}` run as programs", ending=ending))
        elif page := _PAGE.search(data[:SNIFFED]):
            what = say("browsers may take this file for a page and run what is in it")
            yield _problem(source, _place(data, page.start()), what)
        return
    yield from (_problem(source, place, what) for place, what in _examine(_XmlCheck(data)))


def find_parts_of_drawing(source: str, data: bytes, *, is_redrawn: bool) -> Iterator[Problem]:
    """A problem for each part of an SVG that would run code or load another file.

    One that `is_redrawn` before it is published may have another encoding, a DOCTYPE and entities.
    """
    file = json.dumps(nfc(source), ensure_ascii=False)
    without = say("remove it, or publish the drawing without it: `pictures: {{svg: {{{file}: sanitize}}}}`", file=file)
    for place, what in _examine(_XmlCheck(data, is_redrawn)):
        yield Problem(Location(source, *place), "script-in-file", what, without)


def _examine(look: "_XmlCheck") -> list[tuple[tuple[int, int], Message]]:
    try:
        _parse(look.parser, look.data)
    except NotXml as fault:
        look.add((fault.line, fault.column), say("the file is not well-formed XML: {why}", why=fault.why))
    return look.found


def _problem(source: str, place: tuple[int, int], what: Message) -> Problem:
    folder = json.dumps(nfc(str(PurePosixPath(source).parent).partition("/")[2]), ensure_ascii=False)
    fix = say(
        "remove it, publish the file from static/, or trust this folder: `markdown: {{raw_html: {{{folder}: allow}}}}`",
        folder=folder,
    )
    return Problem(Location(source, *place), "script-in-file", what, fix)


@dataclass(slots=True)
class _XmlCheck:
    """The check of one XML file; `found` are its faults by place."""

    data: bytes
    is_redrawn: bool = False
    found: list[tuple[tuple[int, int], Message]] = field(default_factory=list)
    parser: expat.XMLParserType = field(init=False)
    _styles: list[tuple[tuple[int, int], list[str]]] = field(default_factory=list)
    _inside: int = 0

    def __post_init__(self) -> None:
        self.parser = expat.ParserCreate(None, " ") if self.is_redrawn else _new_parser()
        self.parser.buffer_text = True
        if not self.is_redrawn:
            self.parser.XmlDeclHandler = self._declaration
            self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.ProcessingInstructionHandler = self._instruction
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def add(self, place: tuple[int, int], what: Message) -> None:
        """Note a fault."""
        self.found.append((place, what))

    @property
    def _here(self) -> tuple[int, int]:
        return self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.casefold() not in _ENCODINGS:
            self.add(self._here, say("the file says that it is {encoding}; save it as UTF-8", encoding=encoding))

    def _doctype(self, _name: str, system: str | None, public: str | None, has_subset: int) -> None:
        if has_subset or (system and not (public and _SVG_DOCTYPE.fullmatch(public))):
            self.add(self._here, say("a DOCTYPE with entities or with a file of its own"))

    def _instruction(self, target: str, _data: str) -> None:
        if target.casefold().startswith("xml-"):
            self.add(self._here, say("<?{target}?> loads another file", target=target))

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        is_drawn = namespace in _DRAWN
        if self._inside:  # it goes with the element around it
            self._inside += 1
            return
        if namespace in _FORBIDDEN_NAMESPACES or (is_drawn and local.casefold() in _FORBIDDEN):
            self.add(self._here, say("the element <{name}> can run code", name=local))
            self._inside = 1
        if local.casefold() == "style":
            self._styles.append((self._here, []))
        for attribute, value in attributes.items() if is_drawn else ():
            if what := _check_attribute(local.casefold(), attribute.rpartition(" ")[2], value, attributes):
                self.add(self._place_of(attribute), what)

    def _text(self, text: str) -> None:
        if self._styles and not self._inside:
            self._styles[-1][1].append(text)

    def _end(self, name: str) -> None:
        if self._inside:
            self._inside -= 1
        elif self._styles and name.rpartition(" ")[2].casefold() == "style":
            place, texts = self._styles.pop()
            if (loaded := find_loaded("".join(texts))) is not None:
                self.add(place, say("this <style> loads “{address}”", address=loaded))

    def _place_of(self, attribute: str) -> tuple[int, int]:
        """The place of an attribute in the tag that was just read."""
        start = self.parser.CurrentByteIndex
        name = re.escape(attribute.rpartition(" ")[2].encode())
        found = re.compile(rb"""(?<=[\s"':])(?:[\w.-]+:)?""" + name + rb"\s*=").search(self.data, start)
        return self._here if found is None else _place(self.data, found.start())


def _check_attribute(element: str, name: str, value: str, others: Mapping[str, str]) -> Message | None:
    """The fault of an attribute of an element, if it has one."""
    lower = name.casefold()
    if lower.startswith("on"):
        return say("the attribute `{name}` runs code", name=name)
    if lower == "base":
        return say("the attribute `{name}` changes where addresses lead", name=name)
    aimed = {other.rpartition(" ")[2].casefold(): value for other, value in others.items()}.get("attributename", "")
    target = aimed.rpartition(":")[2].strip().casefold()
    if element in _ANIMATIONS and lower == "attributename" and (target in _LINKING or target.startswith("on")):
        return say("the element <{name}> changes where a link leads", name=element)
    address = _BLANK.sub("", value)
    if re.match(
        r"(javascript|vbscript|livescript|data:text|data:application/(xhtml|xml|javascript)):?", address, re.IGNORECASE
    ):
        return say("the attribute `{name}` holds code", name=name)
    if lower in _LINKING and element != "a" and not is_inside(address):
        return say("the attribute `{name}` loads “{address}”", name=name, address=value.strip()[:80])
    if lower in _LINKING and address.casefold().startswith("data:") and not is_inside(address):
        return say("the attribute `{name}` holds a page", name=name)
    if (loaded := find_loaded(value)) is not None:
        return say("the attribute `{name}` loads “{address}”", name=name, address=loaded)
    return None


def _new_parser() -> expat.XMLParserType:
    parser = expat.ParserCreate("UTF-8", " ")
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def refuse_entity(*_declared: object) -> None:
        raise NotXml(parser.CurrentLineNumber, parser.CurrentColumnNumber + 1, say("it declares entities"))

    parser.EntityDeclHandler = refuse_entity
    return parser


def _parse(parser: expat.XMLParserType, data: bytes) -> None:
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise NotXml(error.lineno, error.offset + 1, expat.ErrorString(error.code)) from None


def _place(data: bytes, at: int) -> tuple[int, int]:
    """The line and column, in characters, of a byte."""
    before = data[:at]
    line = before.rpartition(b"\n")[2]
    return before.count(b"\n") + 1, len(line.decode("utf-8", "replace")) + 1


def _pixels(text: str) -> float | None:
    """A length of SVG in pixels; None for one that depends on the page."""
    found = re.fullmatch(r"\s*(\d*\.?\d+(?:e[+-]?\d+)?)\s*(px|pt|pc|mm|cm|in)?\s*", text, re.IGNORECASE)
    units = {"": 1, "px": 1, "pt": 96 / 72, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96}
    return float(found[1]) * units[(found[2] or "").lower()] if found else None
