"""newsgen's Markdown as an extension of the `markdown` package: what docs/markdown.md promises, in one place.

Blocks and spans are read by `blocks` and `inlines`, after CommonMark 0.31. Notes, abbreviations and attributes are
the package's extensions, each changed where the dialect says otherwise. A site's own extensions work on the tree as
ever: their block processors are asked first, their patterns last.
"""

import re
from functools import cached_property
from typing import Any
from xml.etree.ElementTree import Element, SubElement

import markdown
from markdown.extensions import Extension
from markdown.extensions.abbr import AbbrTreeprocessor
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.extensions.footnotes import FN_BACKLINK_TEXT, FootnoteExtension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.serializers import BOOLEAN_ATTRIBUTES  # type: ignore[attr-defined]
from markdown.treeprocessors import InlineProcessor, PrettifyTreeprocessor, Treeprocessor
from markdown.util import ETX, STX, AtomicString

from newsgen.body.alerts import alert_titles
from newsgen.body.attributes import AT_END, IN_A_LINE_OF_ITS_OWN, LIST, SPANS, join_attributes
from newsgen.body.blocks import PACKAGE, Blocks, add_text, unwrap_paragraphs
from newsgen.body.comrak_additions import add_attributes, add_attributes_and_abbreviations, is_balanced
from newsgen.body.footnotes import find_free_name
from newsgen.body.inlines import MARK, Text

_NBSP = "\u00a0"  # a space to the spans before it, as the package's own mark is not
_RAW = re.compile(f"{STX}h([0-9]+){ETX}")
_BEHIND = re.compile(f"({LIST})")
_AT_END = re.compile(rf"(?:^|[ \n])[ \n]*({LIST}) *$")
_OWN_LINE = re.compile(rf"\n *({LIST}) *$")
_PARTS = {
    "preprocessors": ("html_block", "fenced_code_block"),
    "inlinePatterns": [
        "backtick",
        "escape",
        "reference",
        "link",
        "image_link",
        "image_reference",
        "short_reference",
        "short_image_ref",
        "autolink",
        "automail",
        "linebreak",
        "html",
        "entity",
        "em_strong",
        "footnote",
    ],
    "treeprocessors": ["footnote-reorder", "footnote-duplicate"],
}
"""Parts of the package for which the dialect stands, by the registry that has them."""
_PACKAGE = PACKAGE | {"markdown.inlinepatterns", "markdown.preprocessors"}


class Dialect(Extension):
    """Has to be the last of the extensions. `reads_html` is whether HTML passes, or stands as it was typed."""

    def __init__(self, language: str, back: str, *, reads_html: bool = True) -> None:
        super().__init__()
        self._language, self._back, self.reads_html = language, back, reads_html

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - the package's name
        """Put the dialect's parts into the place of the package's."""
        blocks = Blocks(md, alert_titles(self._language), md.parser)
        md.parser = blocks
        notes = Footnotes(self._back)
        notes.extendMarkdown(md)
        raw = RawHtml(md, blocks.abbreviations)
        spans = Spans(md, notes, raw)
        blocks.footnotes, blocks.raw = notes, raw
        blocks.reads_html = spans.reads_html = self.reads_html
        _drop_package_parts(md)
        md.preprocessors.register(Normalise(md), "normalize_whitespace", 30)
        md.treeprocessors.register(spans, "inline", 20)
        md.treeprocessors.register(Prettify(md), "prettify", 10)
        md.treeprocessors.register(Attributes(md), "attr_list", 8)
        md.treeprocessors.register(FootnoteOrder(notes), "newsgen_notes", 5)
        md.treeprocessors.register(Abbreviations(md, blocks.abbreviations), "abbr", 7)
        md.postprocessors.register(raw, "newsgen_html", 35)
        md.registerExtension(self)
        self._kept = (raw, blocks)

    def reset(self) -> None:
        """Forget what the last text left."""
        raw, blocks = self._kept
        raw.reset()
        blocks.reset()


def _drop_package_parts(md: markdown.Markdown) -> None:
    for registry, names in ((getattr(md, which), names) for which, names in _PARTS.items()):
        for name in names:
            if name in registry and type(registry[name]).__module__ in _PACKAGE:
                registry.deregister(name)


class Normalise(Preprocessor):
    """One kind of line end, nothing on blank lines, and none of the package's own marks. Tabs stay."""

    def run(self, lines: list[str]) -> list[str]:
        """The lines of the text."""
        return normalise_text("\n".join(lines)).split("\n")


def normalise_text(source: str) -> str:
    """A text with one kind of line end and without the package's own marks; blank lines are empty."""
    return source.replace(STX, "").replace(ETX, "").replace("\r\n", "\n").replace("\r", "\n")


class Prettify(PrettifyTreeprocessor):
    """The package's line ends between blocks; code keeps its own."""

    def run(self, root: Element) -> None:
        """Add the line ends."""
        self._prettifyETree(root)  # type: ignore[attr-defined]
        for element in root.iter("br"):
            if not (element.tail or "").startswith("\n"):
                element.tail = f"\n{element.tail or ''}"


class RawHtml(Postprocessor):
    """Stores typed HTML while the tree is built, and puts it back into the output."""

    def __init__(self, md: markdown.Markdown, abbreviations: dict[str, str]) -> None:
        super().__init__(md)
        self._kept: list[str] = []
        self._abbreviations = abbreviations

    def reset(self) -> None:
        """Forget the HTML of the last text."""
        self._kept = []

    def store(self, html: str) -> str:
        """Store HTML, and give the placeholder that stands for it."""
        self._kept.append(html)
        return f"{STX}h{len(self._kept) - 1}{ETX}"

    @property
    def last(self) -> int:
        """The index of the HTML that was stored last."""
        return len(self._kept) - 1

    def change(self, place: int, written: str) -> None:
        """Give the tag at that place the attributes of a list."""
        self._kept[place] = add_attributes(self._kept[place], written)

    def is_open(self, texts: list[str]) -> bool:
        """Whether HTML in these texts goes on over the end of a line."""
        lines = "\0".join(texts).split("\n")
        return any(not is_balanced("".join(self._kept[int(mark)] for mark in _RAW.findall(line))) for line in lines)

    def run(self, text: str) -> str:
        """Put the HTML back."""
        return _RAW.sub(lambda found: self._restore(self._kept[int(found[1])]), text) if self._kept else text

    def _restore(self, html: str) -> str:
        if not self._abbreviations and "{" not in html:
            return html
        return add_attributes_and_abbreviations(html, self._abbreviations)


class Spans(InlineProcessor):
    """The walk over the tree that reads the spans of each string; a site's own patterns come after."""

    def __init__(self, md: markdown.Markdown, notes: "Footnotes", raw: RawHtml) -> None:
        super().__init__(md)
        self.md: Any = md
        self.raw, self._notes, self.reads_html = raw, notes, True

    def make_reference(self, name: str) -> Element | None:
        """The number that leads to a note, if there is one of that name."""
        return self._notes.make_reference(name)

    @cached_property
    def site_patterns(self) -> list[Any]:
        """The patterns of a site's own extensions."""
        return list(self.md.inlinePatterns)

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Read every string of the tree but those that are marked as done."""
        for element in list(tree.iter()):
            self._read(element)
        for item in self.md.parser.tight:
            unwrap_paragraphs(item)
        for terms in list(tree.iter("dl")):
            _split_terms(terms, self.raw)
        if self.site_patterns:
            self.inlinePatterns = self.site_patterns  # type: ignore[assignment] # a list serves
            super().run(tree, ancestors)
        return tree

    def _read(self, element: Element) -> None:
        children: list[Element] = []
        has_more = False
        if (text := element.text) and type(text) is not AtomicString and MARK.search(text):
            read = Text(self, text)
            element.text, children = read.lead, read.elements
            has_more = bool(children)
        for child in element:
            children.append(child)
            if (tail := child.tail) and MARK.search(tail):
                read = Text(self, tail)
                child.tail = read.lead
                children += read.elements
                has_more = has_more or bool(read.elements)
        if has_more:
            element[:] = children


def _split_terms(terms: Element, raw: RawHtml) -> None:
    """Make a term of each line, unless a span goes on over a line's end."""
    for term in terms.findall("dt"):
        texts = [term.text or "", *(span.tail or "" for span in term)]
        inside = [text or "" for span in term for text in span.itertext()]
        if not any("\n" in text for text in texts) or any("\n" in text for text in inside) or raw.is_open(texts):
            continue
        parted = [Element("dt")]
        for piece, text in zip((None, *term), texts, strict=True):
            if piece is not None and piece.tag != "br":
                piece.tail = ""
                parted[-1].append(piece)
            first, *lines = text.split("\n")
            add_text(parted[-1], first, "")
            for line in lines:
                parted.append(Element("dt"))
                parted[-1].text = line
        at = list(terms).index(term)
        terms[at : at + 1] = parted


class Footnotes(FootnoteExtension):
    """Footnotes in the order in which the text mentions them; those that nobody mentions come last."""

    def __init__(self, back: str) -> None:
        super().__init__(BACKLINK_TITLE=back, USE_DEFINITION_ORDER=False)

    def reset(self) -> None:
        """Forget the last text's."""
        super().reset()
        self._items: dict[str, Element] = {}
        self._names: dict[str, str] = {}

    def add(self, name: str, item: Element) -> None:
        """Add a footnote. Of two with the same name the text leads to the first, and the second comes last."""
        free = find_free_name(name, self._names)
        self._names[free.casefold()] = free
        self._items[free] = item
        self.footnotes[free] = ""

    def make_reference(self, name: str) -> Element | None:
        """The number in the text that leads to the note of that name."""
        known = self._names.get(name.casefold())
        if known is None:
            return None
        self.addFootnoteRef(known)
        reference = self.makeFootnoteRefId(known)
        count = self.found_refs[reference] = self.found_refs.get(reference, 0) + 1
        anchor = reference if count == 1 else reference.replace("fnref", f"fnref{count}", 1)
        number = Element("sup", {"id": anchor})
        link = SubElement(number, "a", {"href": f"#{self.makeFootnoteId(known)}", "class": "footnote-ref"})
        link.text = AtomicString(str(self.footnote_order.index(known) + 1))
        return number

    def makeFootnotesDiv(self, root: Element) -> Element | None:  # noqa: ARG002, N802 - the package's signature
        """The notes of the text, as far as they are known before its spans are read."""
        if not self._items:
            return None
        box = Element("div", {"class": "footnote"})
        SubElement(box, "hr")
        self._numbered = SubElement(box, "ol")
        self._numbered.extend(self._items.values())
        for name, item in self._items.items():
            item.set("id", self.makeFootnoteId(name))
        return box

    def order_notes(self) -> None:
        """Put the notes in their order, each with its ways back, when the text has been read whole."""
        if not self._items:
            return
        named = {item: name for name, item in self._items.items()}
        order = {name: number for number, name in enumerate(self.footnote_order, start=1)}
        self._numbered[:] = sorted(self._numbered, key=lambda item: order.get(named[item], len(order) + 1))
        for item in self._numbered:
            if (name := named[item]) in order:
                self._lead_back(item, name, order[name])

    def _lead_back(self, item: Element, name: str, number: int) -> None:
        title = self.getConfig("BACKLINK_TITLE").format(number)
        if len(item) and item[-1].tag == "p" and not (item[-1].tail or "").strip():
            last = item[-1]
            if len(last):
                last[-1].tail = (last[-1].tail or "") + _NBSP
            else:
                last.text = (last.text or "") + _NBSP
        else:
            last = SubElement(item, "p")
        reference = self.makeFootnoteRefId(name)
        for count in range(1, self.found_refs[reference] + 1):
            anchor = reference if count == 1 else reference.replace("fnref", f"fnref{count}", 1)
            place = {"href": f"#{anchor}", "class": "footnote-backref", "title": title}
            SubElement(last, "a", place).text = FN_BACKLINK_TEXT

    def findFootnotesPlaceholder(self, root: Element) -> None:  # noqa: N802 - the package's name
        """The notes stand at the end, whatever the text says."""


class FootnoteOrder(Treeprocessor):
    """Orders the footnotes after everything else is done."""

    def __init__(self, notes: Footnotes) -> None:
        super().__init__()
        self._notes = notes

    def run(self, root: Element) -> None:  # noqa: ARG002 - the package's signature
        """Order the notes and lead back from them."""
        self._notes.order_notes()


class Abbreviations(AbbrTreeprocessor):
    """Abbreviations, found outside the package's marks only."""

    def run(self, root: Element) -> None:
        """Explain each abbreviation that the text defines."""
        if not self.abbrs:
            return
        names = sorted(self.abbrs, key=len, reverse=True)
        self.RE = re.compile(rf"(?<!{STX})\b(?:{'|'.join(map(re.escape, names))})\b")
        self.iter_element(root)


class Attributes(AttrListTreeprocessor):
    """Attributes in braces, where the whole of the braces is attributes; all other braces are text."""

    def run(self, doc: Element) -> None:
        """Give each span what stands directly behind it, then each block what stands at its end."""
        for element in doc.iter():
            if element.tag in SPANS and element.tail and (found := _BEHIND.match(element.tail)):
                self.assign_attrs(element, found[1])
                element.tail = element.tail[found.end() :]
        for element in doc.iter():
            if element.tag in AT_END:
                self._give(element, _AT_END)
            elif element.tag in IN_A_LINE_OF_ITS_OWN:
                self._give(element, _OWN_LINE)

    def _give(self, element: Element, pattern: re.Pattern[str]) -> None:
        """Give a block the attributes that its last text ends with; that of an item ends before the list in it."""
        children = [child.tag for child in element]
        end = next((at for at, tag in enumerate(children) if tag in ("ul", "ol")), len(children))
        last = element[end - 1] if end else None
        text = element.text if last is None else last.tail
        found = pattern.search(text) if text and "{" in text else None
        if text is None or found is None or (last is not None and not found[0].startswith((" ", "\n"))):
            return
        self.assign_attrs(element, found[1])
        if last is None:
            element.text = text[: found.start()]
        else:
            last.tail = text[: found.start()]

    def assign_attrs(self, elem: Element, attrs_string: str, *, strict: bool = False) -> str:  # noqa: ARG002
        """Give the element what the list says; nothing of it is left."""
        for name, value in join_attributes(elem.attrib, attrs_string).items():
            elem.set(name, value or (name if name.lower() in BOOLEAN_ATTRIBUTES["html"] else ""))
        return ""


def make_plain(extensions: tuple[str, ...], dialect: Dialect) -> markdown.Markdown:
    """The package with the dialect and a site's own extensions, and without shortcuts."""
    every: list[Any] = ["attr_list", "abbr", *extensions, dialect]
    return markdown.Markdown(extensions=every, output_format="html")
