"""Closes HTML elements where they were typed to end, and reports those without an end.

A browser takes `<iframe … />` for the beginning of a frame that holds the rest of the page, and ends `<?php` at the
first `>`. No text of a story may vanish that way, and no comment may become visible.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

from newsgen.body.source_positions import Mentions
from newsgen.core.errors import Edit, Problem
from newsgen.core.messages import Message, say

_VOID = "area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr"
_RAW = frozenset(["iframe", "noembed", "noframes", "plaintext", "pre", "script", "style", "textarea", "title", "xmp"])
"""Elements whose text is everything up to their end tag."""

_TO_THE_END = frozenset({"pre", "script", "style", "textarea"})
"""Elements that Markdown too reads up to their end tag, even where they close themselves."""

_SWALLOWING = frozenset({"audio", "details", "math", "svg", "template", "video"})
"""Elements whose content is hidden, always or at first, or is not published."""

_TRUSTED = _SWALLOWING | {"canvas", "dialog", "object", "select"}
"""The same in HTML that is not sanitised."""

_NAMES = "|".join(sorted((_RAW | _TRUSTED) - {"pre"}))
_SIGN = re.compile(rf"<(?:[!?A-Z]|/?(?:{_NAMES})\b)")
_SELF_CLOSED = re.compile(rf"<(?!(?:{_VOID})\b)[a-z][^<>]*/>")
_OPEN_QUOTE = re.compile(r"""=\s*(?:"[^"<>]*[<>]|'[^'<>]*[<>])""")

_ATTRIBUTES = r"""(?:=\s*+(?:"[^"]*+"|'[^']*+'|(?!["']))|[^>=])*+"""
_PIECE = re.compile(
    rf"<!--|<\?|<!\[CDATA\[|<![A-Za-z]|</([A-Za-z][^\s/>]*+)[^>]*+>|<([A-Za-z][^\s/>]*+)({_ATTRIBUTES})>|<(?=/?[A-Za-z])|&lt;!--"
)
_BLOCK = re.compile(r"\n</?(?:p|h[1-6]|[uod]l|li|blockquote|pre|div|table|hr|section)\b")
"""A block inside an attribute: its quotation mark was not closed, and the lines below became HTML."""

_UNQUOTED = re.compile(r"""=\s*[^\s"'=]+/\Z""")
_ENDS = {"<!--": "-->", "<?": "?>", "<![CDATA[": "]]>"}
_NAME = re.compile(r"</?[A-Za-z][^\s/>]*|<[!?]+(?:\[CDATA\[|--|[A-Za-z]*)")


MOST = 50
"""How many problems of a kind are reported for one body."""


@dataclass(slots=True)
class Closed:
    """HTML whose elements end where they were typed.

    `unclosed` are the places in the engine's HTML of what has no end, `shown` those of comments that came to be text,
    `dropped` those of instructions and the like, which are left out.
    """

    html: str
    unclosed: list[int] = field(default_factory=list)
    shown: list[int] = field(default_factory=list)
    dropped: list[int] = field(default_factory=list)


def close_html(html: str, *, is_trusted: bool = False) -> Closed:
    """The HTML with every typed element closed. Comments and instructions stay only in trusted HTML."""
    return _Closing(html, is_trusted=is_trusted).run() if _is_suspicious(html) else Closed(html)


def _is_suspicious(html: str) -> bool:
    """Whether anything may have to be closed; false for nearly every story."""
    if html.count("<") != html.count(">") or "&lt;!--" in html or _SIGN.search(html) or _OPEN_QUOTE.search(html):
        return True
    return "/>" in html and _SELF_CLOSED.search(html) is not None


class _Closing:
    """One text of HTML, read once."""

    def __init__(self, html: str, *, is_trusted: bool) -> None:
        self.html, self.is_trusted = html, is_trusted
        self.swallowing = _TRUSTED if is_trusted else _SWALLOWING
        self.found = Closed("")
        self.pieces: list[str] = []
        self.done = 0
        self.open: dict[str, list[int]] = {name: [] for name in self.swallowing}
        self.endless: set[str] = set()
        self.codes = 0

    def run(self) -> Closed:
        at = 0
        while piece := _PIECE.search(self.html, at):
            at = self._take(piece)
        self.found.unclosed = sorted([*self.found.unclosed, *chain(*self.open.values())])
        self.found.html = "".join([*self.pieces, self.html[self.done :]])
        return self.found

    def _take(self, piece: re.Match[str]) -> int:
        """Read one tag, comment or instruction, and give the index behind it."""
        start, end = piece.span()
        mark = piece[0]
        if mark == "&lt;!--":
            if not self.codes:
                self.found.shown.append(start)
        elif mark in _ENDS:
            return self._skip(mark, start)
        elif mark.startswith("<!"):
            if (end := self.html.find(">", start)) < 0:
                return self._give_up(start)
            end += 1
        elif name := piece[2]:
            return self._begin(name.lower(), piece)
        elif name := piece[1]:
            self._end(name.lower())
        else:
            return self._give_up(start)
        return end

    def _skip(self, mark: str, start: int) -> int:
        """Skip a comment, an instruction or a CDATA section."""
        end = self.html.find(_ENDS[mark], start + 2)
        if end < 0:
            return self._give_up(start)
        end += len(_ENDS[mark])
        if not self.is_trusted:
            if mark != "<!--":
                self.found.dropped.append(start)
            self._replace(start, end, "")
        return end

    def _begin(self, name: str, piece: re.Match[str]) -> int:
        start, end = piece.span()
        if "<" in piece[3] and _BLOCK.search(piece[3]):
            return self._give_up(start)
        if name in ("code", "pre"):
            self.codes += 1
        if name not in _TO_THE_END and piece[3].endswith("/") and not _UNQUOTED.search(piece[3]):
            if not re.fullmatch(_VOID, name):
                self._replace(end - 2, end, f"></{name}>")
                self.codes -= name in ("code", "pre")
            return end
        if name in self.swallowing:
            self.open[name].append(start)
        if name not in _RAW or (name == "pre" and not piece[3].endswith("/")):
            return end
        if name not in self.endless:
            close = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(self.html, end)
            if close is not None:
                return close.start()
            self.endless.add(name)
        self.found.unclosed.append(start)
        self._replace(end, end, f"</{name}>")
        return end

    def _end(self, name: str) -> None:
        self.codes = max(0, self.codes - (name in ("code", "pre")))
        if opened := self.open.get(name):
            opened.pop()

    def _give_up(self, start: int) -> int:
        """Remove what has no end, up to the end of the text."""
        self.found.unclosed.append(start)
        self._replace(start, len(self.html), "")
        return len(self.html)

    def _replace(self, start: int, end: int, new: str) -> None:
        self.pieces += (self.html[self.done : start], new)
        self.done = end


def find_closing_problems(html: str, closed: Closed, mentions: Mentions) -> Iterator[Problem]:
    """The problems of HTML without an end, of comments that readers would see, and of what was removed."""
    for start in closed.unclosed[:MOST]:
        yield _report_unclosed(html, start, mentions)
    for start in closed.shown[:MOST]:
        index = _find_in_source(html, start, mentions.text)
        if index is not None and mentions.text.startswith("<!--", index) and mentions.text[index - 1 : index] != "\\":
            what = say("readers would see this comment: in the middle of a paragraph it may hold no blank line")
            fix = say("begin it in a line of its own, and end it with `-->`")
            yield Problem(mentions.locate_index(index), "unclosed-html", what, fix)
    for start in closed.dropped[:MOST]:
        index = _find_in_source(html, start, mentions.text)
        what = say("`{tag}` is not published", tag=_name_tag(html, start))
        place = mentions.beginning if index is None else mentions.locate_index(index)
        yield Problem(place, "dropped-html", what, say("remove it"), "warning")


def _report_unclosed(html: str, start: int, mentions: Mentions) -> Problem:
    name, index = _name_tag(html, start), _find_in_source(html, start, mentions.text)
    place = mentions.beginning if index is None else mentions.locate_index(index)
    what: Message = say("`{tag}` has no end, so that the text behind it would be lost", tag=name)
    end = _ENDS.get(name) or (_ENDS["<?"] if name.startswith("<?") else f"</{name[1:]}>")
    fix = say("write `{end}` where it ends", end=end)
    edits: tuple[Edit, ...] = ()
    tag = _PIECE.match(html, start)
    if name.startswith("<!") and name not in _ENDS:
        fix = say("write `{end}` where it ends", end=">")
    elif tag is None or not (tag[2] or name in _ENDS or name.startswith("<?")):
        fix = say("close its quotation marks, and write `{end}` behind it", end=">")
    elif tag[2] and (name[1:].lower() == "iframe" or "src=" in tag[3] or tag[3].endswith("/")):
        fix = say("write `{end}` behind the tag", end=end)
        if index is not None and mentions.text.startswith(tag[0], index):
            behind = index + len(tag[0])
            edits = (mentions.make_edit(behind, behind, end),)
    return Problem(place, "unclosed-html", what, fix, edits=edits)


def _name_tag(html: str, start: int) -> str:
    """The beginning of a piece of HTML that names it: `<iframe`, `<!--`, `<?php`."""
    found = _NAME.match(html, start)
    return found[0] if found else "<!--"


def _find_in_source(html: str, start: int, text: str) -> int | None:
    """The index in the source of what stands at an index of the HTML."""
    is_shown = html.startswith("&", start)
    line = html[start:].split("\n", 1)[0].split(">", 1)[0]
    if not is_shown and text.count(line) == 1:
        return text.index(line)
    name = "<!--" if is_shown else _name_tag(html, start)
    pattern = re.compile(rf"(?:<|&lt;|&#60;|&#x3c;){re.escape(name[1:])}", re.IGNORECASE)
    number = sum(1 for _ in pattern.finditer(html, 0, start + len(name) + 3 * is_shown))
    places = [found.start() for found in pattern.finditer(text)]
    return places[min(number, len(places)) - 1] if places and number else None
