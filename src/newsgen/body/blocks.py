"""The block structure of a text as CommonMark 0.31 reads it: paragraphs, lists, quotations, code, tables, notes.

It takes the place of the `markdown` package's block parser and leaves the same kind of tree, so that the package's own
and a site's extensions work on it. Each line is looked at once: first which open blocks it continues, then which blocks
it begins. The work is bound by the length of the text times the depth of its nesting, and the depth has a limit.
https://spec.commonmark.org/0.31.2/#appendix-a-parsing-strategy
"""

import re
from collections.abc import Callable, Mapping
from functools import cached_property
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element, SubElement

import markdown
from markdown.blockparser import BlockParser
from markdown.util import AtomicString, code_escape

from newsgen.body.alerts import begin_alert
from newsgen.body.attributes import read_code_attributes
from newsgen.body.links import read_references, unescape
from newsgen.body.paragraphs import PROSE
from newsgen.body.tables import add_row, make_row, read_delimiters, split_cells

DEPTH = 100
"""How deep blocks may be nested; a deeper text raises RecursionError."""

PACKAGE = frozenset(
    f"markdown.{name}"
    for name in [
        "blockprocessors",
        "extensions.abbr",
        "extensions.def_list",
        "extensions.fenced_code",
        "extensions.footnotes",
        "extensions.md_in_html",
        "extensions.sane_lists",
        "extensions.tables",
    ]
)
"""Modules whose block processors this parser replaces; those of other modules come from a site's extensions."""

_LEADING = re.compile(r"(?:[ >*+\-#:]|\d{1,9}+[.)])*+\t[ \t>*+\-#:\d.)]*+")
_SPACES = re.compile(r" *")
_FENCE = re.compile(r"(`{3,})([^`]*)$|(~{3,})(.*)$")
_HEADING = re.compile(r"(#{1,6})(?: +(.*)|)$")
_CLOSING = re.compile(r"(?:^| )#+ *(?= \{:?[^{}]*\} *$|$)")
_RULE = re.compile(r"(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})$")
_UNDERLINE = re.compile(r"(?:=+|-+) *$")
_MARKER = re.compile(r"(?:([*+-])|([0-9]{1,9})([.)]))(?= |$)")
_NOTE = re.compile(r"\[\^([^\]\s]+)\]: *")
_DETAIL = re.compile(r": +")
_ABBREVIATION = re.compile(r"\*\[([^\\\]]+)\] ?: *(\S.*)$")
_TASK = re.compile(r"\[([ xX])\](?:\s+|$)")
_OPEN = re.compile(r"""(<[A-Za-z][^<>]*?)\s+markdown(?:\s*=\s*(?:"[^"]*"|'[^']*'|[\w-]+))?(?=[\s/>])""")

_BLOCK_TAGS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|"
    "fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|"
    "menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|"
    "track|ul"
)
_ATTRIBUTE = r"""\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?"""
_ALONE = re.compile(rf"(?:<[A-Za-z][A-Za-z0-9-]*(?:{_ATTRIBUTE})*\s*/?>|</[A-Za-z][A-Za-z0-9-]*\s*>)\s*$", re.ASCII)
# How a block of HTML begins and ends; those without an end stop before a blank line.
HTML: list[tuple[re.Pattern[str], re.Pattern[str] | None]] = [
    (
        re.compile(r"<(?:script|pre|textarea|style)(?:\s|>|$)", re.I),
        re.compile(r"</(?:script|pre|textarea|style)>", re.I),
    ),
    (re.compile(r"<!--"), re.compile(r"-->")),
    (re.compile(r"<[?]"), re.compile(r"[?]>")),
    (re.compile(r"<![A-Za-z]"), re.compile(r">")),
    (re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>")),
    (re.compile(rf"</?(?:{_BLOCK_TAGS})(?:\s|/?>|$)", re.I), None),
]  # fmt: skip

_DOCUMENT, _QUOTE, _LIST, _ITEM, _NOTE_BODY, _DETAILS = "document", "quote", "list", "item", "note", "details"
_PARAGRAPH, _CODE, _FENCED, _RAW, _TABLE = "paragraph", "code", "fenced", "raw", "table"
_TAKE_ALL = frozenset({_CODE, _FENCED, _RAW})


class _Block:
    """A block that is still open.

    `offset` is how far its content is indented, a fence's indentation, or how much its element held before; `marker` is
    its list's or fence's character; `parts` are the first and last line of each block in it, by which a list knows
    whether blank lines part its items.
    """

    __slots__ = ("element", "end", "is_loose", "kind", "lines", "marker", "offset", "parts", "seen", "start")

    def __init__(self, kind: str, element: Element, start: int) -> None:
        self.kind, self.element, self.start, self.seen = kind, element, start, start
        self.lines: list[str] = []
        self.parts: list[tuple[int, int]] = []
        self.marker, self.offset, self.is_loose = "", 0, False
        self.end: Any = None


OPEN, APART, ABBREVIATION = "open", "apart", "abbreviation"
"""Lines that the native engine does not know: a tag that says `markdown="1"`; one before which it wants a blank line,
for terms explained in several paragraphs, or a rule or table below a reference; the definition of an abbreviation."""


class Blocks(BlockParser):
    """The package's block parser, with this module's reading of blocks."""

    def __init__(self, md: markdown.Markdown, alert_titles: Mapping[str, str], old: BlockParser) -> None:
        super().__init__(md)
        self.blockprocessors = old.blockprocessors
        self.alert_titles = alert_titles
        self.reads_html = True
        self.is_quick = False
        self.footnotes: Any = None
        self.raw: Any = None
        self.abbreviations: dict[str, str] = {}
        self.unshared: list[tuple[str, int, int]] = []
        self.tight: list[Element] = []

    def reset(self) -> None:
        """Forget what the last text left: abbreviations, lines that other engines do not know, items of tight lists."""
        self.tight.clear()
        self.abbreviations.clear()
        self.unshared.clear()

    def parseChunk(self, parent: Element, text: str) -> None:  # noqa: N802 - the package's name
        """Read a text into the element."""
        _Reading(self, parent).read(text)

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:  # noqa: N802 - the package's name
        """Read blocks of text into the element; as in the package, they are used up."""
        text = "\n\n".join(blocks)
        blocks.clear()
        self.parseChunk(parent, text)

    @cached_property
    def site_processors(self) -> list[Any]:
        """The block processors of a site's own extensions."""
        return [processor for processor in self.blockprocessors if type(processor).__module__ not in PACKAGE]


class _Reading:
    """One text on its way into the tree."""

    def __init__(self, parser: Blocks, root: Element) -> None:
        self.parser, self.md = parser, parser.md
        self.stack = [_Block(_DOCUMENT, root, 0)]
        self.number = 0
        self.indent = 0
        self.paragraph = self.terms = (0, 0)
        self.starts: dict[str, tuple[Callable[[str, int, _Block], int | None], ...]] = {
            ">": (self._begin_quote,),
            "#": (self._add_heading,),
            "`": (self._begin_fence,),
            "~": (self._begin_fence,),
            "<": (self._begin_html,),
            "=": (self._add_underlined,),
            "-": (self._add_underlined, self._add_rule, self._begin_item, self._begin_table),
            "*": (self._take_abbreviation, self._add_rule, self._begin_item),
            "_": (self._add_rule,),
            "+": (self._begin_item,),
            "[": (self._begin_note,),
            ":": (self._begin_table, self._begin_details),
            "|": (self._begin_table,),
            **dict.fromkeys("0123456789", (self._begin_item,)),
        }

    def read(self, text: str) -> None:
        """Read the whole text."""
        if processors := self.parser.site_processors:
            self._read_with(processors, text)
        else:
            self._read_lines(text if text.endswith("\n") else f"{text}\n")
        while len(self.stack) > 1:
            self._close()

    def _read_with(self, processors: list[Any], text: str) -> None:
        """Read block by block, a site's own processors first."""
        blocks = text.split("\n\n")
        while blocks:
            root = self.stack[0].element
            for processor in processors:
                if processor.test(root, blocks[0]) and processor.run(root, blocks) is not False:
                    while len(self.stack) > 1:
                        self._close()
                    break
            else:
                self._read_lines(f"{blocks.pop(0)}\n\n")

    def _read_lines(self, text: str) -> None:
        position, size, is_quick = 0, len(text), self.parser.is_quick
        stack, prose = self.stack, PROSE.match
        while position < size:
            if is_quick and len(stack) == 1 and (found := prose(text, position)):
                self.number += 2
                self.paragraph = (self.number, self.number)
                stack[0].parts = [*stack[0].parts[-1:], self.paragraph]
                SubElement(stack[0].element, "p").text = found["text"].rstrip(" ")
                position = found.end()
                continue
            end = text.find("\n", position)
            self._read_line(text[position:end])
            position = end + 1

    def _read_line(self, raw: str) -> None:
        self.number += 1
        line = raw
        if "\t" in raw and (found := _LEADING.match(raw)):
            line = found[0].expandtabs(4) + raw[found.end() :]
        depth, at = self._continue_blocks(line, raw)
        if depth == 0:
            return
        container = self.stack[depth - 1]
        if container.kind in _TAKE_ALL:
            self._take(container, line[at:])
            return
        depth, at, is_done = self._begin_blocks(line, at, depth)
        if is_done:
            return
        container = self.stack[depth - 1]
        rest = line[at:].lstrip(" ")
        tip = self.stack[-1]
        if rest and depth < len(self.stack) and tip.kind == _PARAGRAPH:
            tip.lines.append(rest)  # a lazy line: the paragraph goes on without its quotation's or item's mark
            return
        self._close_from(depth)
        if not rest:
            return
        if container.kind == _PARAGRAPH:
            container.lines.append(rest)
        elif container.kind == _TABLE and rest != "|":
            add_row(container.element, rest, container.end)
            container.seen = self.number
        else:
            self._make_room(container)
            self._open(_PARAGRAPH, Element("p")).lines.append(rest)

    def _continue_blocks(self, line: str, raw: str) -> tuple[int, int]:  # noqa: C901 - one case a kind of block
        """The number of open blocks that the line continues, 0 if it is used up; and the index behind their marks."""
        at, depth = 0, 1
        stack = self.stack
        while depth < len(stack):
            block = stack[depth]
            kind = block.kind
            here = _SPACES.match(line, at).end()  # type: ignore[union-attr]
            is_blank, indent = here == len(line), here - at
            if kind == _QUOTE:
                if is_blank or indent > 3 or line[here] != ">":
                    break
                at = here + 2 if line.startswith(" ", here + 1) else here + 1
                block.seen = self.number
            elif kind in (_ITEM, _NOTE_BODY, _DETAILS):
                if is_blank:
                    if kind == _ITEM and not block.parts and depth == len(stack) - 1:
                        break  # an item may begin with one blank line
                    at = min(here, at + block.offset)
                elif indent < block.offset:
                    break
                else:
                    at += block.offset
            elif kind == _FENCED:
                if indent <= 3 and line.startswith(block.marker, here) and not line[here:].strip(f"{block.marker[0]} "):
                    block.seen = self.number
                    self._close()
                    return 0, 0
                if at == 0:  # what was typed, with its tabs
                    self._take(block, raw[min(block.offset, len(raw) - len(raw.lstrip(" "))) :])
                    return 0, 0
                at = min(here, at + block.offset)
            elif kind == _CODE:
                if indent < 4 and not is_blank:
                    break
                at = min(here, at + 4) if is_blank else at + 4
            elif (kind == _RAW and is_blank and block.end is None) or (kind in (_PARAGRAPH, _TABLE) and is_blank):
                break
            depth += 1
        return depth, at

    def _begin_blocks(self, line: str, at: int, depth: int) -> tuple[int, int, bool]:
        """Open the blocks that begin in the line: their number, the index behind them, whether the line is used up."""
        stack = self.stack
        while True:
            here = _SPACES.match(line, at).end()  # type: ignore[union-attr]
            if here == len(line):
                return depth, at, False
            container = stack[depth - 1]
            self.indent = here - at
            if self.indent >= 4:
                if stack[-1].kind == _PARAGRAPH:
                    return self._leave_list(depth), at, False
                self._take(self._open_in(container, _CODE, "pre"), line[at + 4 :])
                return depth, at, True
            for start in self.starts.get(line[here], ()):
                after = start(line, here, container)
                if after is not None:
                    break
            else:
                return self._leave_list(depth), at, False
            if after < 0:
                return len(stack), at, True
            depth, at = len(stack), after

    def _leave_list(self, depth: int) -> int:
        """The depth at which text goes on: a list takes items only."""
        return depth - 1 if self.stack[depth - 1].kind == _LIST else depth

    def _open(self, kind: str, element: Element) -> _Block:
        if len(self.stack) > DEPTH:
            raise RecursionError
        block = _Block(kind, element, self.number)
        self.stack.append(block)
        return block

    def _take(self, block: _Block, text: str) -> None:
        """Add a line to code or HTML, which a line may end."""
        block.lines.append(text)
        if text.strip(" "):
            block.seen = self.number
        if block.kind == _RAW and block.end is not None and block.end.search(text):
            self._close_from(len(self.stack) - 1)

    def _make_room(self, container: _Block, *, is_item: bool = False) -> Element:
        """Close what the line does not continue, and a paragraph, table or list that a new block ends."""
        depth = self.stack.index(container) + 1
        if container.kind in (_PARAGRAPH, _TABLE):
            depth -= 1
        self._close_from(depth)
        if self.stack[-1].kind == _LIST and not is_item:
            self._close()
        return self.stack[-1].element

    def _close_from(self, depth: int) -> None:
        while len(self.stack) > depth:
            self._close()

    def _add(self, container: _Block, element: Element) -> int:
        """Add a block of one line."""
        self._make_room(container).append(element)
        self.stack[-1].parts.append((self.number, self.number))
        return -1

    def _open_in(self, container: _Block, kind: str, tag: str) -> _Block:
        return self._open(kind, SubElement(self._make_room(container), tag))

    # What a line may begin with. Each gives where the line goes on, -1 if it is used up, None if it is something else.

    def _begin_quote(self, line: str, here: int, container: _Block) -> int | None:
        parent = self._make_room(container)
        if (alert := begin_alert(line[here + 1 :], self.parser.alert_titles)) is not None:
            parent.append(alert)
            self._open(_QUOTE, alert)
            return -1
        self._open(_QUOTE, SubElement(parent, "blockquote"))
        return here + 2 if line.startswith(" ", here + 1) else here + 1

    def _add_heading(self, line: str, here: int, container: _Block) -> int | None:
        found = _HEADING.match(line, here)
        if found is None:
            return None
        element = Element(f"h{len(found[1])}")
        element.text = _CLOSING.sub("", (found[2] or "").strip(" ")).strip(" ")
        return self._add(container, element)

    def _begin_fence(self, line: str, here: int, container: _Block) -> int | None:
        found = _FENCE.match(line, here)
        if found is None:
            return None
        block = self._open_in(container, _FENCED, "pre")
        block.marker, block.offset = found[1] or found[3], self.indent
        block.end = (found[2] if found[1] else found[4]).strip()
        return -1

    def _begin_html(self, line: str, here: int, container: _Block) -> int | None:
        if not self.parser.reads_html:
            return None
        ends = [end for begin, end in HTML if begin.match(line, here)]
        if not ends and (container.kind == _PARAGRAPH or not _ALONE.match(line, here)):
            return None
        end = ends[0] if ends else None
        self._make_room(container)
        block = self._open(_RAW, self.stack[-1].element)
        block.end = end
        text = open_tag(line) if end is None else line
        self._take(block, text[here - self.indent :])
        if text != line:  # `markdown="1"`: what follows is Markdown without a blank line before it
            self.parser.unshared.append((OPEN, self.number, len(line) - here))
            self._close()
            if self.stack[-1].kind == _ITEM:
                self.stack[-2].is_loose = True
        return -1

    def _add_underlined(self, line: str, here: int, container: _Block) -> int | None:
        if container.kind != _PARAGRAPH or not _UNDERLINE.match(line, here):
            return None
        text = read_references(container.lines, self.md.references)
        if not text:
            container.lines = []
            self.parser.unshared.append((APART, self.number, len(line) - here))
            return None
        self.stack.pop()
        SubElement(self.stack[-1].element, "h1" if line[here] == "=" else "h2").text = text
        self.stack[-1].parts.append((container.start, self.number))
        return -1

    def _add_rule(self, line: str, here: int, container: _Block) -> int | None:
        return self._add(container, Element("hr")) if _RULE.match(line, here) else None

    def _begin_item(self, line: str, here: int, container: _Block) -> int | None:
        found = _MARKER.match(line, here)
        if found is None:
            return None
        start = _SPACES.match(line, found.end()).end()  # type: ignore[union-attr]
        is_empty = start == len(line)
        if container.kind == _PARAGRAPH and (is_empty or (found[2] and int(found[2]) != 1)):
            return None
        self._make_room(container, is_item=True)
        marker = found[1] or found[3]
        if self.stack[-1].kind != _LIST or self.stack[-1].marker != marker:
            self._open_list(marker, found[2])
        if is_empty or start - found.end() > 4:
            start = min(found.end() + 1, len(line))
        item = self._open(_ITEM, SubElement(self.stack[-1].element, "li"))
        item.offset = self.indent + max(start, found.end() + 1) - here
        return start

    def _open_list(self, marker: str, number: str | None) -> None:
        if self.stack[-1].kind == _LIST:
            self._close()
        element = SubElement(self.stack[-1].element, "ul" if number is None else "ol")
        if number is not None and int(number) != 1:
            element.set("start", str(int(number)))
        self._open(_LIST, element).marker = marker

    def _begin_note(self, line: str, here: int, container: _Block) -> int | None:
        found = _NOTE.match(line, here)
        if found is None or self.parser.footnotes is None:
            return None
        self._make_room(container)
        block = self._open(_NOTE_BODY, Element("li"))
        block.marker, block.offset = found[1], 4
        return found.end()

    def _begin_details(self, line: str, here: int, container: _Block) -> int | None:
        found = _DETAIL.match(line, here)
        if found is None:
            return None
        is_next = container.kind == _LIST and container.marker == ":"
        first = container.start if container.kind == _PARAGRAPH else self.paragraph[0]
        terms = None if is_next else self._take_terms(container)
        if not is_next and terms is None:
            return None
        self._make_room(container, is_item=is_next)
        if terms is not None:
            opened = self._open_terms(terms[0])
            opened.start, opened.is_loose, opened.end = first, terms[1], len(line) - here
        block = self._open(_DETAILS, SubElement(self.stack[-1].element, "dd"))
        block.offset = self.indent + min(found.end() - here, 4)
        return found.end()

    def _take_terms(self, container: _Block) -> tuple[list[str], bool] | None:
        """The lines of the paragraph above, which are terms, taken from it; and whether a blank line follows them."""
        if container.kind == _PARAGRAPH:
            lines, container.lines = container.lines, []
            return lines, False
        if self.stack[-1] is not container or not container.parts or not len(container.element):
            return None
        last = container.element[-1]
        box = last[0] if len(last) and last[0].tag == "input" else None
        if last.tag != "p" or last.tail or (len(last) and box is None) or container.parts[-1] != self.paragraph:
            return None
        container.element.remove(last)
        container.parts.pop()
        text = last.text if box is None else f"[{'x' if box.get('checked') else ' '}] {(box.tail or '').strip()}"
        return (text or "").split("\n"), True

    def _open_terms(self, lines: list[str]) -> _Block:
        parent = self.stack[-1].element
        is_next = bool(self.stack[-1].parts) and self.stack[-1].parts[-1] == self.terms
        if is_next and len(parent) and parent[-1].tag == "dl" and not parent[-1].tail:
            element = parent[-1]
        else:
            element = SubElement(parent, "dl")
        SubElement(element, "dt").text = "\n".join(lines).rstrip(" ")
        block = self._open(_LIST, element)
        block.marker, block.offset = ":", len(element)
        return block

    def _take_abbreviation(self, line: str, here: int, container: _Block) -> int | None:  # noqa: ARG002 - as its siblings
        found = _ABBREVIATION.match(line, here)
        if found is None:
            return None
        self.parser.abbreviations[found[1].strip()] = found[2].strip()
        self.parser.unshared.append((ABBREVIATION, self.number, len(line) - here))
        return -1

    def _begin_table(self, line: str, here: int, container: _Block) -> int | None:
        if container.kind != _PARAGRAPH or "-" not in line or container.end:
            return None
        sides = read_delimiters(line[here:])
        if sides is None or len(split_cells(container.lines[-1])) != len(sides):
            container.end = sides  # a paragraph in which one table was typed wrong holds no other
            return None
        head = container.lines.pop()
        if container.lines and not read_references(container.lines, {}):
            self.parser.unshared.append((APART, self.number - 1, len(head)))
        heads = split_cells(head)
        self._make_room(container)
        block = self._open(_TABLE, SubElement(self.stack[-1].element, "table"))
        block.start -= 1
        make_row(SubElement(block.element, "thead"), "th", heads, sides)
        block.end = sides
        return -1

    # How each kind of block ends.

    def _close(self) -> None:
        """Close the innermost open block."""
        block = self.stack.pop()
        parent = self.stack[-1]
        if block.kind == _PARAGRAPH and not block.lines:  # its lines became terms, or the head of a table
            return
        end = block.seen
        if block.kind == _PARAGRAPH:
            end = block.start + len(block.lines) - 1
            self._end_paragraph(block, parent, end)
        elif block.kind in _TAKE_ALL:
            self._end_lines(block)
        elif block.kind == _LIST:
            end = self._end_list(block)
        elif block.kind == _NOTE_BODY:
            self.parser.footnotes.add(block.marker, block.element)
        elif block.kind == _DETAILS and not parent.is_loose and _has_paragraphs(block.element):
            self.parser.unshared.append((APART, parent.seen, parent.end))
        if block.parts and block.kind not in (_QUOTE, _LIST):
            end = block.parts[-1][1]
        if block.kind == _ITEM and parent.kind == _LIST:
            parent.is_loose = parent.is_loose or _has_gaps(block.parts)
        parent.parts.append((block.start, end))

    def _end_list(self, block: _Block) -> int:
        """Note the items of a tight list, whose paragraphs are taken apart when their spans are read; its last line."""
        items = block.element[block.offset :]
        is_terms = block.marker == ":"
        if not block.is_loose and not (any(map(_has_paragraphs, items)) if is_terms else _has_gaps(block.parts)):
            self.parser.tight.extend(item for item in items if item.tag != "dt")
        if not is_terms:
            return block.parts[-1][1]
        self.terms = (block.start, self.number - 1)
        return self.number - 1  # blank lines behind explanations part no items

    def _end_paragraph(self, block: _Block, parent: _Block, end: int) -> None:
        text = read_references(block.lines, self.md.references)
        if not text:
            if parent.parts and parent.parts[-1] == self.terms:
                self.terms = (block.start, end)  # addresses of references part no terms
            return
        element = SubElement(parent.element, "p")
        self.paragraph = (block.start, end)
        task = _TASK.match(text) if parent.kind == _ITEM and not parent.parts else None
        if task is None:
            element.text = text
            return
        box = SubElement(element, "input", {"type": "checkbox", "disabled": "disabled"})
        if task[1] != " ":
            box.set("checked", "checked")
        box.tail = f" {text[task.end() :]}"

    def _end_lines(self, block: _Block) -> None:
        lines = block.lines
        if block.kind != _FENCED:
            while lines and not lines[-1].strip(" "):
                lines.pop()
        text = "\n".join(lines)
        if block.kind == _RAW:
            add_text(block.element, self.parser.raw.store(f"\n{text}\n"))
            return
        code = SubElement(block.element, "code", read_code_attributes(unescape(block.end)) if block.end else {})
        code.text = AtomicString(code_escape(f"{text}\n")) if lines else None


def _has_gaps(parts: list[tuple[int, int]]) -> bool:
    """Whether blank lines part the blocks."""
    return any(after[0] > before[1] + 1 for before, after in pairwise(parts))


def _has_paragraphs(explanation: Element) -> bool:
    """Whether there are several, which stay apart."""
    return sum(child.tag == "p" for child in explanation) > 1


def unwrap_paragraphs(item: Element) -> None:
    """Put what stands in an item's paragraphs into the item itself."""
    children, item[:] = list(item), []
    for child in children:
        if child.tag != "p":
            item.append(child)
            continue
        add_text(item, child.text or "")
        item.extend(child)
        if child.tail:
            add_text(item, child.tail)


def open_tag(line: str) -> str:
    """The line without the `markdown="1"` of its tag."""
    return _OPEN.sub(r"\1", line)


def add_text(parent: Element, text: str, between: str = "\n") -> None:
    """Add text behind all that an element holds, in a line of its own."""
    if not text:
        return
    if len(parent):
        last = parent[-1]
        last.tail = f"{last.tail}{between}{text}" if last.tail else text
    else:
        parent.text = f"{parent.text}{between}{text}" if parent.text else text
