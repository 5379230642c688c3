"""Emphasis, links, code and the other spans, as CommonMark 0.31 and GitHub read them.

One walk over a string makes a row of tokens; emphasis is paired on that row; one sweep over it makes the tree. Nothing
is read twice, so the time is bound by the length of the string.
https://spec.commonmark.org/0.31.2/#phase-2-inline-structure
"""

import re
from bisect import bisect_left
from typing import Any, NamedTuple, Protocol
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AMP_SUBSTITUTE, ETX, STX, AtomicString, code_escape

from newsgen.body.attributes import SPANS
from newsgen.body.bare_addresses import Address, extend_mailbox, find_address, is_bracketed
from newsgen.body.comrak_additions import BRACES, TAG_NAME, VOID
from newsgen.body.emphasis import TAGS, Run, Runs
from newsgen.body.links import ENTITY, LABEL, decode_reference, find_target, normalise_label

_MAIL = r"(?<![A-Za-z0-9.+-])[A-Za-z0-9.+-][A-Za-z0-9.+_-]{0,63}+@(?=[A-Za-z0-9_-]{1,63}+\.[A-Za-z0-9])"
_SPECIAL = re.compile(r"[\\`\[\]<&]|!\[|\*+|_+|~+|(?<! ) {2,}+\n *|(?<![A-Za-z])(?:https?|ftp)://|(?<![^\s*_~(])www\.")
_WITH_MAIL = re.compile(f"(?:mailto:)?{_MAIL}|{_SPECIAL.pattern}")
MARK = re.compile(r"[\\`*_~\[<&@]|  \n|://|www\.")
"""What a string needs for anything to be read in it."""
_ESCAPABLE = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_TICKS = re.compile(r"`+")
_NOTE = re.compile(r"\[\^([^\]\[\s]+)\]")
_LINK = re.compile(r"<([A-Za-z][A-Za-z0-9.+-]{1,31}:[^\s<>]*+)>")
_MAIL_LINK = re.compile(r"<(?:mailto:)?([A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]++@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*+)>")
_ATTRIBUTE = r"""\s++[A-Za-z_:][\w.:-]*+(?:\s*+=\s*+(?:[^\s"'=<>`]++|'[^']*+'|"[^"]*+"))?"""
_TAG = re.compile(rf"<(?:([A-Za-z][A-Za-z0-9-]*+)(?:{_ATTRIBUTE})*+\s*+/?|/([A-Za-z][A-Za-z0-9-]*+)\s*+)>", re.ASCII)
_ENDS = (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"))
_DECLARATION = re.compile(r"<![A-Za-z][^>]*+>")


class Reader(Protocol):
    """What is defined in the whole story."""

    md: Any
    raw: Any
    reads_html: bool

    def make_reference(self, name: str) -> Element | None:
        """The number that leads to a note, if there is one of that name."""
        ...


class _Bracket:
    """A `[` or `![` that may begin a link or picture."""

    __slots__ = ("end", "index", "is_image", "is_nesting", "run")

    def __init__(self, index: int, end: int, run: Run | None) -> None:
        self.index, self.end, self.run = index, end, run
        self.is_image = self.is_nesting = False


class _Opening(NamedTuple):
    """The token at which a link or picture begins."""

    element: Element


_CLOSING = object()


class Text:
    """One string, read: `lead` is the text before the first element, `elements` the rest.

    `reader` knows the rest of the story.
    """

    def __init__(self, reader: Reader, text: str) -> None:
        self.reader, self.text = reader, text
        self.tokens: list[Any] = []
        self.runs = Runs()
        self.brackets: list[_Bracket] = []
        self.inactive = 0  # so many of the brackets hold a link already, and begin none
        self.is_bracketed = False  # behind a `[`, up to any `]`; a bare address there may be the text of a link
        self.typed: list[tuple[str, int]] = []  # elements typed as HTML that are open, by name and place
        self.raw_links = 0  # `<a …>` typed as HTML and not closed yet
        self.ticks: dict[int, list[int]] | None = None
        self.missing: set[str] = set()
        self._read()
        self.runs.pair(None)
        root = self._build()
        self.lead, self.elements = root.text, list(root)

    def _read(self) -> None:
        text, tokens, at, done = self.text, self.tokens, 0, 0
        search = (_WITH_MAIL if "@" in text else _SPECIAL).search
        while found := search(text, at):
            start = found.start()
            if start > done:
                tokens.append(text[done:start])
            done = at = self._take(found[0], start, found.end())
        if done < len(text):
            tokens.append(text[done:])

    def _take(self, mark: str, start: int, end: int) -> int:
        """Read what begins with the mark; the result is where the text goes on."""
        first = mark[0]
        if first in "*_~" and "@" not in mark:
            self.tokens.append(self.runs.add(self.text, first, start, end) or mark)
            return end
        match first:
            case "\\":
                return self._read_escape(end)
            case "`":
                return self._read_code(start)
            case "[" | "!":
                return self._open_bracket(start, end)
            case "]":
                return self._close_bracket(end)
            case "<":
                return self._read_angle(start)
            case "&":
                return self._read_entity(start)
            case " ":
                self.tokens += (Element("br"), "\n")
                return end
        return self._read_address(start, mark)

    def _read_escape(self, end: int) -> int:
        following = self.text[end : end + 1]
        if following == "\n":
            self.tokens += (Element("br"), "\n")
            return end + 1
        if following not in _ESCAPABLE:
            self.tokens.append("\\")
            return end
        if following == "&":
            self.tokens.append(f"{AMP_SUBSTITUTE}amp;")
        else:
            self.tokens.append(f"{STX}{ord(following)}{ETX}")
        return end + 1

    def _read_code(self, start: int) -> int:
        if self.ticks is None:
            self.ticks = {}
            for found in _TICKS.finditer(self.text, start):
                self.ticks.setdefault(len(found[0]), []).append(found.start())
        begin = _TICKS.match(self.text, start).end()  # type: ignore[union-attr]
        places = self.ticks.get(begin - start, [])
        index = bisect_left(places, begin)
        if index == len(places):
            self.tokens.append(self.text[start:begin])
            return begin
        code = self.text[begin : places[index]].replace("\n", " ")
        if code.startswith(" ") and code.endswith(" ") and code.strip(" "):
            code = code[1:-1]
        element = Element("code")
        element.text = AtomicString(code_escape(code))
        self.tokens.append(element)
        return places[index] + begin - start

    def _open_bracket(self, start: int, end: int) -> int:
        if (found := self._find_mention(end - 1)) and (note := self.reader.make_reference(found[1])) is not None:
            self.tokens += (self.text[start : end - 1], note)
            self.is_bracketed = False
            return found.end()
        if self.brackets:
            self.brackets[-1].is_nesting = True
        self.is_bracketed = True
        bracket = _Bracket(len(self.tokens), end, self.runs.last)
        bracket.is_image = end - start == 2
        self.brackets.append(bracket)
        self.tokens.append(self.text[start:end])
        return end

    def _find_mention(self, at: int) -> re.Match[str] | None:
        """What mentions a note there: what leads somewhere else is a link."""
        found = _NOTE.match(self.text, at)
        return None if found is None or find_target(self.text, found.end(), is_strict=True) else found

    def _close_bracket(self, end: int) -> int:
        self.is_bracketed = False
        if not self.brackets:
            self.tokens.append("]")
            return end
        is_active = len(self.brackets) > self.inactive
        bracket = self.brackets.pop()
        self.inactive = min(self.inactive, len(self.brackets))
        target = self._find_target(bracket, end) if is_active or bracket.is_image else None
        if target is None:
            self.tokens.append("]")
            return end
        address, title, after = target
        element = Element("img" if bracket.is_image else "a")
        element.set("src" if bracket.is_image else "href", escape_references(address))
        if title:
            element.set("title", escape_references(title))
        self.runs.pair(bracket.run)
        self.tokens[bracket.index] = _Opening(element)
        self.tokens.append(_CLOSING)
        if not bracket.is_image:
            self.inactive = len(self.brackets)
        return after

    def _find_target(self, bracket: _Bracket, end: int) -> tuple[str, str, int] | None:
        if found := find_target(self.text, end):
            return found
        references = self.reader.md.references
        if not references:
            return None
        label = LABEL.match(self.text, end)
        if label and label[1].strip():
            named, after = label[1], label.end()
        elif bracket.is_nesting or end - bracket.end > 1000:
            return None
        else:
            named, after = self.text[bracket.end : end - 1], end + 2 if self.text.startswith("[]", end) else end
        known = references.get(normalise_label(named))
        return (*known, after) if known else None

    def _read_angle(self, start: int) -> int:
        text = self.text
        if found := _LINK.match(text, start):
            self._add_link(found[1], escape_references(found[1]))
            return found.end()
        if found := _MAIL_LINK.match(text, start):
            self._add_link(f"mailto:{found[1]}", found[1])
            return found.end()
        end = self._find_html_end(start) if self.reader.reads_html else None
        if end is None:
            self.tokens.append("<")
            return start + 1
        self.tokens.append(self.reader.raw.store(text[start:end]))
        return self._give_attributes(text[start:end], end)

    def _give_attributes(self, tag: str, end: int) -> int:
        """Give the element whose tag was typed there what stands in braces behind it; where the text goes on."""
        found = TAG_NAME.match(tag)
        name = found[1].lower() if found else ""
        if name not in SPANS:
            return end
        if not tag.startswith("</"):
            self.typed.append((name, self.reader.raw.last))
            if name not in VOID:
                return end
        while self.typed:
            other, place = self.typed.pop()
            if other == name:
                given = BRACES.match(self.text, end)
                if given is None:
                    break
                self.reader.raw.change(place, given[0])
                return given.end()
        return end

    def _find_html_end(self, start: int) -> int | None:
        text = self.text
        if found := _TAG.match(text, start):
            if (found[1] or found[2]).lower() == "a":
                self.raw_links = 1 if found[1] else 0
            return found.end()
        if found := _DECLARATION.match(text, start):
            return found.end()
        for begin, end in _ENDS:
            if text.startswith(begin, start) and end not in self.missing:
                if begin == "<!--" and text.startswith((">", "->"), start + 4):
                    return text.index(">", start) + 1
                if (at := text.find(end, start + len(begin))) >= 0:
                    return at + len(end)
                self.missing.add(end)
        return None

    def _add_link(self, address: str, shown: str) -> None:
        element = Element("a", {"href": escape_references(address)})
        element.text = AtomicString(shown)
        self.tokens.append(element)

    def _read_entity(self, start: int) -> int:
        found = ENTITY.match(self.text, start)
        known = decode_reference(found[1], found[2], found[3]) if found else None
        if found is None or known is None:
            self.tokens.append(f"{AMP_SUBSTITUTE}amp;")
            return start + 1
        self.tokens.append(found[0] if known != "\ufffd" else known)  # the serializer leaves references alone
        return found.end()

    def _read_address(self, start: int, mark: str) -> int:
        found = None if self.is_bracketed and "@" not in mark else find_address(self.text, start, mark)
        if found is None:
            self.tokens.append(mark)
            return start + len(mark)
        self.tokens.append(found.shown if self.raw_links else found)
        return start + len(found.shown)

    def _build(self) -> Element:
        """The tree of the tokens: an element that holds all."""
        inside = [Element("div")]
        said: list[str] = []
        links = 0
        for place, token in enumerate(self.tokens, start=1):
            if type(token) is Address:
                token = self._make_link_or_text(token, place, said, links)
            if type(token) is str:
                said.append(token)
                continue
            if links and type(token) is Element and token.tag == "a":
                said.append(str(token.text))
                continue
            if type(token) is Run and not token.opened and not token.closed:
                said.append(token.mark * token.left)
                continue
            _flush(inside[-1], said)
            if type(token) is Element:
                inside[-1].append(token)
            elif type(token) is Run:
                _emphasise(token, inside, said)
            elif token is _CLOSING:
                closed = inside.pop()
                links -= closed.tag == "a"
                if closed.tag == "img":
                    _name_image(closed)
            else:
                inside[-1].append(token.element)
                inside.append(token.element)
                links += token.element.tag == "a"
        _flush(inside[0], said)
        return inside[0]

    def _make_link_or_text(self, address: Address, place: int, said: list[str], links: int) -> Element | str:
        """What a bare address becomes: in a link it is text, and so is some mailbox before the token at that place."""
        if links or ("@" in address.shown and (self._goes_on(place) or is_bracketed(said))):
            return escape_references(address.shown)
        return _make_link(extend_mailbox(address, said) if said and "@" in address.shown else address)

    def _goes_on(self, place: int) -> bool:
        """Whether a `_` that stays text is the next token: a mailbox does not end before it."""
        following = self.tokens[place] if place < len(self.tokens) else ""
        if type(following) is str:
            return following.startswith("_")
        return type(following) is Run and following.mark == "_" and following.left > 0 and not following.closed


def _emphasise(run: Run, inside: list[Element], said: list[str]) -> None:
    for _ in range(run.closed):
        inside.pop()
    if run.left:
        said.append(run.mark * run.left)
    if run.opened:
        _flush(inside[-1], said)
    for size in reversed(run.opened):
        element = SubElement(inside[-1], TAGS[run.mark, size])
        inside.append(element)


def escape_references(text: str) -> str:
    """Text as a value of the tree, in which `&` begins references."""
    return text.replace("&", "&amp;") if "&" in text else text


def _flush(element: Element, said: list[str]) -> None:
    """Add the text that was read to the element."""
    if not said:
        return
    text = "".join(said)
    said.clear()
    if len(element):
        last = element[-1]
        last.tail = f"{last.tail}{text}" if last.tail else text
    else:
        element.text = f"{element.text}{text}" if element.text else text


def _make_link(address: Address) -> Element:
    element = Element("a", {"href": escape_references(address.href)})
    element.text = AtomicString(escape_references(address.shown))
    return element


def _name_image(image: Element) -> None:
    """Turn what stands in a picture's brackets into the text that describes it."""
    said = [image.text or ""]
    for inner in image.iter():
        if inner is not image:
            said += (inner.get("alt") or "", inner.text or "", inner.tail or "")
    image.text, image[:] = None, []
    image.set("alt", "".join(said))
