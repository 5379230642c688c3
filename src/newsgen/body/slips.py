r"""Slips that print: text that looks like Markdown or like a template and is shown to readers as it was typed.

The rendered HTML is searched, since text in code is meant as it is, and Markdown that was read is no slip. A slip is
reported where the source has the same text. What the source spells in another way (`\*\*`) is meant to be shown.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsgen.body.nodes import is_inside, walk_up
from newsgen.body.source_positions import Mentions
from newsgen.core.errors import Problem
from newsgen.core.messages import Message, say

_BULLET = "•●▪▫◦‣∙○■□❖➢➤\u00b7\uf0a7\uf0b7"
_QUOTE = "\"“„«'‘"
_SIGNS = (
    b"**",
    b"__",
    b"](",
    b"] (",
    b"{{",
    b"{%",
    b"{.",
    b"{#",
    b"{:",
    b"[gallery",
    b"[caption",
    b"[embed",
    b"[playlist",
    b"[^",
    b"[!",
    b"##",
)
"""Text that the HTML of a slip has, and that of most bodies has not."""

_FIRST = b"*_]{[#"
"""One character of each of them: single characters are found many times as fast."""

_BULLETS_MAY_BEGIN = frozenset(bullet.encode()[0] for bullet in _BULLET)
_BULLETS_IN_BYTES = tuple(bullet.encode() for bullet in _BULLET)
_QUOTES_MAY_BEGIN = frozenset(quote.encode()[0] for quote in _QUOTE)
_SPEECH_SIGNS = tuple(f"- {quote}".encode() for quote in _QUOTE)
MOST = 200
"""How many slips of one body are reported."""

TEMPLATE = re.compile(
    r"\{\{[<%]-?\s*(?P<shortcode>[A-Za-z][\w./-]*)|\{%-?\s*(?P<tag>(?!end)[A-Za-z]\w*)"
    r"|\{\{-?\s*(?P<value>[A-Za-z_$.][\w.$]*)[^{}\n]*\}\}|\[(?P<wordpress>gallery|caption|embed|playlist)\s[^\]\n]*=[^\]\n]*\]"
    r"|(?P<eaten>\{\{\}\})"
)
"""Markup of other programs: Hugo's shortcodes, tags and values of Jekyll and Jinja, WordPress' shortcodes.

The last is what is left of `{{<name>}}`, whose middle is taken for an HTML tag.
"""

_EATEN = re.compile(
    r"""\{\{<([A-Za-z][\w-]*)(?:\s+[A-Za-z_:][\w.:-]*(?:=(?:"[^"<>\n]*"|'[^'<>\n]*'|[^\s"'<>=`]+))?)*\s*/?>\}\}"""
)
_TARGET = r"\(((?:[^()\n]|\([^()\n]*\))*)\)"
_MARKDOWN = re.compile(
    rf"(?P<picture>!\[[^\]\n]*\] ?{_TARGET})"
    r"|(?P<link>(?<!!)\[[^\[\]\n]+\] ?\((?:https?://[^()\s]+|\.{0,2}/[^()\n]*|[^()\n]+\.(?:md|html?|pdf|docx?|xlsx?))\))"
    r"|(?P<strong>(?<![\w*])\*\*(?!\*)[^*]{1,300}?(?<!\*)\*\*(?!\*))"
    r"|(?P<under>(?<![\w_])__(?!_)[^_\n]{1,300}?__(?![\w_]))"
    r"|(?P<heading>^\#{2,6}[^\W\d_][^\n]*)",
    re.MULTILINE,
)
_LEFT = re.compile(
    r"(?P<note>\[\^[^][\n]{1,60}\](?!:))|(?P<kind>^\[![^\W\d_]+\])"
    r"|(?P<braces>(?<!\{)\{(?::[ ]?)?[ ]?[.#][^\W\d][^{}\n]*\}|(?<!\{)\{:[ ][^{}\n]*\})"
    r"|(?P<tag></?[A-Za-z][A-Za-z0-9]*:[A-Za-z][^<>\n]*>)",
    re.MULTILINE,
)
"""Marks that lead to nothing: of a note, of an alert, of attributes; tags of word processors, which are no HTML."""
_WRITTEN = re.compile(rf"(!?\[[^\]\n]*\]) ?{_TARGET}")
_INSIDE = re.compile(r"<?([^<>\"“”„«»]+?)>?(?:\s+[\"“”„«]([^\"“”„«»]*)[\"“”»])?\s*")
_BULLETS = re.compile(rf"^[{_BULLET}][ \t\xa0]*(?=\S)", re.MULTILINE)
_MARK = re.compile(rf"[{_BULLET}][ \t\xa0]*")
_SPEECH = re.compile(rf"[{_QUOTE}][^\"”»’']*[.!?…,][\"”»’'][ ,.–—-]*[^\W\d_]")
"""Speech and who says it: `“Anh đi đâu?” - chị hỏi`. A list of sentences in quotes has no such item."""

_ITEM = re.compile(rf"^[ \t>]*([-*+][ \t]+)(?=[{_QUOTE}])", re.MULTILINE)
_LETTER = re.compile(r"[^\W\d_]")
_CODE_SIGNS = re.compile(r"[{}<>=;|\\$#_/]|\S[ \t]{2,}\S")
_CODE = frozenset({"code", "pre", "kbd", "samp", "script", "style"})
_BLOCKS = frozenset(
    ["p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "dt", "dd", "pre", "div", "blockquote", "figcaption"]
)
_HIDDEN = "\ufffc"


@dataclass(slots=True)
class _Block:
    """The text of one paragraph or the like: `shown` has none of its code, at the same indexes."""

    tag: str
    text: str = ""
    shown: str = ""


def find_slips(tree: LexborHTMLParser, html: str, mentions: Mentions) -> Iterator[Problem]:
    """A warning for each slip in a body; `html` is the text of the tree."""
    if (
        has_slip_signs(html.encode("utf-8", "surrogatepass"))
        or "<pre><code>" in html
        or ("&lt;" in html and _LEFT.search(mentions.text) is not None)
        or ("<li>" in html and has_speech_signs(mentions.text.encode("utf-8", "surrogatepass")))
    ):
        yield from islice(_Slips(tree, mentions).find(), MOST)


def has_slip_signs(html: bytes) -> bool:
    """Whether HTML or its texts, in UTF-8, have a sign of a slip; nearly no body has."""
    return (any(character in html for character in _FIRST) and any(sign in html for sign in _SIGNS)) or (
        any(first in html for first in _BULLETS_MAY_BEGIN) and any(bullet in html for bullet in _BULLETS_IN_BYTES)
    )


def has_speech_signs(text: bytes) -> bool:
    """Whether a text as it was typed, in UTF-8, has what may be an item of a list and may be speech."""
    return any(first in text for first in _QUOTES_MAY_BEGIN) and any(sign in text for sign in _SPEECH_SIGNS)


def find_template_markup(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """The markup of templates in a text, each with the name that it is known by."""
    for found in TEMPLATE.finditer(text):
        yield found, next((name for kind, name in found.groupdict().items() if name and kind != "eaten"), "")


def describe_template_markup(markup: re.Match[str], name: str) -> tuple[Message, Message]:
    """The message and the fix for template markup."""
    if markup["wordpress"]:
        shown = f"[{name} …]"
    elif markup["tag"]:
        shown = f"{{% {name} … %}}"
    elif markup["value"]:
        shown = f"{{{{ {name} }}}}"
    else:
        shown = f"{{{{% {name} %}}}}" if markup[0][2:3] == "%" else f"{{{{< {name} >}}}}"
    what = say("readers see the template markup `{shown}` as it was typed", shown=shown)
    return what, say("write in Markdown what it stands for, or delete it")


class _Slips:
    """The slips of one body."""

    def __init__(self, tree: LexborHTMLParser, mentions: Mentions) -> None:
        self.tree, self.mentions, self.source = tree, mentions, mentions.text
        self.before = ""
        self.eaten = _EATEN.finditer(self.source)
        self.items = list(_ITEM.finditer(self.source))

    def find(self) -> Iterator[Problem]:
        blocks = list(self._split_blocks())
        for block in blocks:
            yield from self._find_templates(block)
            yield from self._find_markdown(block)
            yield from self._find_left(block)
            self.before += f"{block.text}\n"
        yield from self._find_bullets(blocks)
        for code in self.tree.css("pre > code:not([class])"):
            yield from self._find_indented(code)
        for items in self.tree.css("ul"):
            yield from self._find_speech(items)

    def _split_blocks(self) -> Iterator[_Block]:
        """The texts of the body in order; those of a picture are separate blocks."""
        block, owner = _Block(""), -1
        root = self.tree.root
        for node in root.traverse(include_text=True) if root is not None else ():
            if node.tag == "img":
                for name in ("alt", "title"):
                    text = node.attrs.get(name) or ""
                    yield _Block("img", text, text)
            elif node.tag == "br":
                block.text, block.shown = f"{block.text}\n", f"{block.shown}\n"
            elif node.tag == "-text":
                parent, is_code = _find_block(node)
                if parent is None or parent.mem_id != owner:
                    yield block
                    block, owner = _Block(parent.tag or "" if parent else ""), parent.mem_id if parent else -1
                text = node.text()
                block.text += text
                block.shown += _HIDDEN * len(text) if is_code else text
        yield block

    def _find_in_source(self, block: _Block, found: re.Match[str]) -> int:
        """The index of this text in the source; -1 where the source spells it in another way."""
        number = self.before.count(found[0]) + block.text.count(found[0], 0, found.start())
        at = -1
        for _ in range(number + 1):
            at = self.source.find(found[0], at + 1)
            if at < 0:
                break
        return at

    def _find_templates(self, block: _Block) -> Iterator[Problem]:
        for found, name in find_template_markup(block.shown):
            if not name:
                eaten = next(self.eaten, None)
                at, name = (eaten.start(), eaten[1]) if eaten else (self._find_in_source(block, found), "…")
            else:
                at = self._find_in_source(block, found)
            if at >= 0:
                what, fix = describe_template_markup(found, name)
                yield Problem(self.mentions.locate_index(at), "template-markup", what, fix, "warning")

    def _find_markdown(self, block: _Block) -> Iterator[Problem]:
        for found in _MARKDOWN.finditer(block.shown) if block.tag != "img" else ():
            better = _correct(found, block.shown[found.end() : found.end() + 1])
            if better is None or _HIDDEN in found[0] or (at := self._find_in_source(block, found)) < 0:
                continue
            shown = found[0] if len(found[0]) < 60 else f"{found[0][:60]}…"
            what = say("readers see `{text}` as it was typed: it is almost Markdown", text=shown.replace("\n", " "))
            if better == found[0]:
                fix = say("leave an empty line between it and the HTML around it, or write it as HTML")
                yield Problem(self.mentions.locate_index(at), "unread-markdown", what, fix, "warning")
                continue
            edit = self.mentions.make_edit(at, at + len(found[0]), better)
            fix = say("write `{name}`", name=better.strip().replace("\n", " "))
            if better.startswith(found[0]):
                fix = say("put a space behind it")
            yield Problem(self.mentions.locate_index(at), "unread-markdown", what, fix, "warning", (edit,))

    def _find_left(self, block: _Block) -> Iterator[Problem]:
        """Marks of Markdown without effect."""
        for found in _LEFT.finditer(block.shown) if block.tag != "img" else ():
            if (at := self._find_in_source(block, found)) >= 0 and self.source[at - 1 : at] != "\\":
                yield Problem(self.mentions.locate_index(at), "unread-markdown", *_describe_left(found), "warning")

    def _find_bullets(self, blocks: list[_Block]) -> Iterator[Problem]:
        """Lists that are typed with bullets: lines of one paragraph, or paragraphs below each other."""
        starts: list[int] = []
        at, bullet = 0, ""
        for line in self._list_bullet_lines(blocks):
            if line[:1] != bullet:
                if len(starts) > 1:
                    yield self._report_list(starts)
                starts, bullet = [], line[:1]
            if bullet and (found := self.source.find(line, at)) >= 0:
                starts.append(found)
                at = found + 1

    def _list_bullet_lines(self, blocks: list[_Block]) -> Iterator[str]:
        """The lines of paragraphs that begin with a bullet, and an empty one after each row of them."""
        for block in blocks:
            if block.text.strip():
                lines = [line for line in block.shown.split("\n") if _BULLETS.match(line)] if block.tag == "p" else []
                yield from lines or ("",)
        yield ""

    def _report_list(self, starts: list[int]) -> Problem:
        marks = (_MARK.match(self.source, start) for start in starts)
        edits = tuple(self.mentions.make_edit(mark.start(), mark.end(), "- ") for mark in marks if mark)
        what = say(
            "these lines begin with “{bullet}” and are no list: readers see them one after the other",
            bullet=self.source[starts[0]],
        )
        fix = say("begin each with `- `")
        return Problem(self.mentions.locate_index(starts[0]), "unread-markdown", what, fix, "warning", edits)

    def _find_indented(self, code: LexborNode) -> Iterator[Problem]:
        """A paragraph that is indented by a tab or four spaces."""
        lines = code.text().rstrip("\n").split("\n")
        if not _is_prose(lines[0].strip()) or any(map(_CODE_SIGNS.search, lines)) or is_inside(code, "li"):
            return
        found = re.compile(rf"^(?:\t| {{4}})[ \t]*{re.escape(lines[0].strip())}", re.MULTILINE).search(self.source)
        if found is None:
            return
        edits, at = [], found.start()
        for line in self.source[at:].split("\n")[: len(lines)]:
            if indent := len(line) - len(line.lstrip(" \t")):
                edits.append(self.mentions.make_edit(at, at + indent, ""))
            at += len(line) + 1
        what = say("this paragraph is shown as code, since it is indented")
        fix = say("begin its lines without spaces and tabs")
        yield Problem(self.mentions.locate_index(found.start()), "indented-text", what, fix, "warning", tuple(edits))

    def _find_speech(self, items: LexborNode) -> Iterator[Problem]:
        """Lines of dialogue that begin with a hyphen."""
        texts = [item.text().strip() for item in items.iter() if item.tag == "li"]
        if len(texts) > 1 and not any(map(_SPEECH.match, texts)):
            return
        for text in texts:
            if text[:1] not in tuple(_QUOTE):
                continue
            start = re.escape(text.split("\n")[0][:12])
            line = next((item for item in self.items if re.compile(start).match(self.source, item.end())), None)
            if line is None:
                continue
            self.items.remove(line)
            at = line.start(1)
            above = self.source[: line.start()].rstrip(" \t")
            is_first = not above or above.endswith("\n\n")
            edit = self.mentions.make_edit(at, line.end(1), "– " if is_first else "\n– ")
            what = say("this line of speech becomes an item of a list, since it begins with a hyphen")
            fix = say("begin it with a dash: `– `")
            yield Problem(self.mentions.locate_index(at), "listed-speech", what, fix, "warning", (edit,))


def _correct(found: re.Match[str], following: str) -> str | None:
    """The corrected text, the text itself where no correction is known, None where it is no slip."""
    text = found[0]
    if found["heading"]:
        marks = len(text) - len(text.lstrip("#"))
        return f"{text[:marks]} {text[marks:]}"
    if found["strong"] or found["under"]:
        mark, inner = text[:2], text[2:-2]
        core = inner.strip()
        if not _LETTER.search(core):
            return None
        if core == inner:
            if found["under"]:
                return None
            return f"{text} " if following[:1].isalnum() and not inner[-1].isalnum() else text
        head, tail = inner[: len(inner) - len(inner.lstrip())], inner[len(inner.rstrip()) :]
        if head and tail and found["under"]:
            return None
        return f"{head}{mark}{core}{mark}{'' if following.isspace() else tail}"
    return _write_link(text)


def _describe_left(found: re.Match[str]) -> tuple[Message, Message]:
    """The message and the fix for a mark without effect."""
    text = found[0]
    if found["note"]:
        what = say("readers see `{text}` as it was typed: there is no note of that name", text=text)
        return what, say("write the note in a line of its own: `{text}: …`, or delete the mark", text=text)
    if found["kind"]:
        what = say("readers see `{text}` as it was typed: there is no such alert", text=text)
        return what, say("write one of {choices}", choices="[!NOTE], [!TIP], [!IMPORTANT], [!WARNING], [!CAUTION]")
    if found["tag"]:
        what = say("readers see `{text}` as it was typed: it is no tag of HTML", text=text)
        return what, say("delete it, as often as it stands there")
    what = say("readers see `{text}` as it was typed: it stands where it says nothing", text=text)
    return what, say("write it at the end of a heading, or in the line directly below a paragraph or an item")


def _write_link(text: str) -> str | None:
    parts = _WRITTEN.fullmatch(text)
    inside = _INSIDE.fullmatch(parts[2].strip()) if parts else None
    if parts is None or inside is None:
        return text
    address = f"<{inside[1]}>" if re.search(r"\s", inside[1]) else inside[1]
    return f'{parts[1]}({address} "{inside[2]}")' if inside[2] else f"{parts[1]}({address})"


def _find_block(node: LexborNode) -> tuple[LexborNode | None, bool]:
    """The block that a text stands in, and whether it is code."""
    is_code = False
    for above in walk_up(node):
        is_code = is_code or above.tag in _CODE
        if above.tag in _BLOCKS:
            return above, is_code or is_inside(above, "pre")
    return None, is_code


def _is_prose(line: str) -> bool:
    """Whether a line begins like a sentence, and not like code."""
    start = line.lstrip(f"{_QUOTE}–—- ")[:1]
    return start.isupper() and line.count(" ") > 1 and (not line.isascii() or line[-1] in '.!?:,"”')
