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
from markdown.extensions.footnotes import FN_BACKLINK_TEXT, NBSP_PLACEHOLDER, FootnoteExtension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.serializers import BOOLEAN_ATTRIBUTES  # type: ignore[attr-defined]
from markdown.treeprocessors import InlineProcessor, PrettifyTreeprocessor
from markdown.util import ETX, STX, AtomicString

from newsgen.content.alerts import Alerts
from newsgen.content.attributes import JOINED, LIST, read_attributes
from newsgen.content.blocks import PACKAGE, Blocks
from newsgen.content.inlines import MARK, Text

_RAW = re.compile(f"{STX}h([0-9]+){ETX}")
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
}
"""Parts of the package for which the dialect stands, by the registry that has them."""
_PACKAGE = PACKAGE | {"markdown.inlinepatterns", "markdown.preprocessors"}


class Dialect(Extension):
    """Has to be the last of the extensions. `reads_html` is whether HTML passes, or stands as it was typed."""

    def __init__(self, language: str, back: str, *, reads_html: bool = True) -> None:
        super().__init__()
        self._language, self._back, self._reads_html = language, back, reads_html

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - the package's name
        """Put the dialect's parts into the place of the package's."""
        blocks = Blocks(md, Alerts(self._language), md.parser)
        md.parser = blocks
        notes = Notes(self._back)
        notes.extendMarkdown(md)
        raw = RawHtml(md)
        spans = Spans(md, notes, raw)
        blocks.notes, blocks.raw = notes, raw
        blocks.reads_html = spans.reads_html = self._reads_html
        _drop_package_parts(md)
        md.preprocessors.register(Normalise(md), "normalize_whitespace", 30)
        md.treeprocessors.register(spans, "inline", 20)
        md.treeprocessors.register(Prettify(md), "prettify", 10)
        md.treeprocessors.register(Attributes(md), "attr_list", 8)
        md.treeprocessors.register(Abbreviations(md, blocks.abbreviations), "abbr", 7)
        md.postprocessors.register(raw, "newsgen_html", 35)
        md.registerExtension(self)
        self._kept = (raw, blocks)

    def reset(self) -> None:
        """Forget what the last text left."""
        raw, blocks = self._kept
        raw.reset()
        blocks.abbreviations.clear()


def _drop_package_parts(md: markdown.Markdown) -> None:
    for registry, names in ((getattr(md, which), names) for which, names in _PARTS.items()):
        for name in names:
            if name in registry and type(registry[name]).__module__ in _PACKAGE:
                registry.deregister(name)


class Normalise(Preprocessor):
    """One kind of line end, nothing on blank lines, and none of the package's own marks. Tabs stay."""

    def run(self, lines: list[str]) -> list[str]:
        """The lines of the text."""
        return normalised("\n".join(lines)).split("\n")


def normalised(source: str) -> str:
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
    """Keeps HTML as it was typed aside, from the blocks and spans to the page."""

    def __init__(self, md: markdown.Markdown) -> None:
        super().__init__(md)
        self._kept: list[str] = []

    def reset(self) -> None:
        """Forget the last text's."""
        self._kept = []

    def store(self, html: str) -> str:
        """A mark that stands for the HTML until the end."""
        self._kept.append(html)
        return f"{STX}h{len(self._kept) - 1}{ETX}"

    def run(self, text: str) -> str:
        """Put the HTML back."""
        return _RAW.sub(lambda found: self._kept[int(found[1])], text) if self._kept else text


class Spans(InlineProcessor):
    """The walk over the tree that reads the spans of each string; a site's own patterns come after."""

    def __init__(self, md: markdown.Markdown, notes: "Notes", raw: RawHtml) -> None:
        super().__init__(md)
        self.md: Any = md
        self.raw, self._notes, self.reads_html = raw, notes, True

    @property
    def references(self) -> dict[str, tuple[str, str]]:
        """The definitions of the text, by label."""
        return self.md.references  # type: ignore[no-any-return]

    def note(self, name: str) -> Element | None:
        """The number that leads to a note, if there is one of that name."""
        return self._notes.refer(name)

    @cached_property
    def own(self) -> list[Any]:
        """The patterns of a site's own extensions."""
        return list(self.md.inlinePatterns)

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Read every string of the tree but those that are marked as done."""
        for element in list(tree.iter()):
            self._read(element)
        if self.own:
            self.inlinePatterns = self.own  # type: ignore[assignment] # a list serves
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


class Notes(FootnoteExtension):
    """Footnotes in the order in which the text mentions them; those that nobody mentions come last."""

    def __init__(self, back: str) -> None:
        super().__init__(BACKLINK_TITLE=back, USE_DEFINITION_ORDER=False)

    def reset(self) -> None:
        """Forget the last text's."""
        super().reset()
        self._items: dict[str, Element] = {}
        self._names: dict[str, str] = {}

    def add(self, name: str, item: Element) -> None:
        """Put a note down; of two with one name the first counts."""
        if name.casefold() not in self._names:
            self._names[name.casefold()] = name
            self._items[name] = item
            self.footnotes[name] = ""

    def refer(self, name: str) -> Element | None:
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
        numbered = SubElement(box, "ol")
        for number, (name, item) in enumerate(self._items.items(), start=1):
            item.set("id", self.makeFootnoteId(name))
            numbered.append(item)
            self._lead_back(item, name, number)
        return box

    def _lead_back(self, item: Element, name: str, number: int) -> None:
        title = self.getConfig("BACKLINK_TITLE").format(number)
        place = {"href": f"#{self.makeFootnoteRefId(name)}", "class": "footnote-backref", "title": title}
        if len(item) and item[-1].tag == "p":
            last = item[-1]
            if len(last):
                last[-1].tail = (last[-1].tail or "") + NBSP_PLACEHOLDER
            else:
                last.text = (last.text or "") + NBSP_PLACEHOLDER
        else:
            last = SubElement(item, "p")
        SubElement(last, "a", place).text = FN_BACKLINK_TEXT


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

    HEADER_RE = re.compile(rf"(?:^|[ ]+)({LIST})[ ]*$")  # type: ignore[misc]
    BLOCK_RE = re.compile(rf"\n[ ]*({LIST})[ ]*$")  # type: ignore[misc]
    INLINE_RE = re.compile(rf"({LIST})")  # type: ignore[misc]

    def assign_attrs(self, elem: Element, attrs_string: str, *, strict: bool = False) -> str:  # noqa: ARG002
        """Give the element what the list says; nothing of it is left."""
        for name, value in read_attributes(attrs_string):
            if name in JOINED and (old := elem.get(name)):
                elem.set(name, f"{old} {value}")
            elif not value and name.lower() in BOOLEAN_ATTRIBUTES["html"]:
                elem.set(name, name)
            else:
                elem.set(name, value)
        return ""
