"""Blocks in a text: where they begin and end, found in one pass over its lines.

A block begins and ends in lines of their own, at the left edge. Its end is the next row of as many colons that ends no
block inside it. What stands in code, in `<pre>` or in a comment is text, and so is prose with colons.

The text of a block stays where it is, between two paragraphs that mark its lines: so the whole story is one text, whose
footnotes and addresses of links are found from everywhere.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

import msgspec

from newsgen.core.digests import digest

SIGN = ":::"
"""What every text with a block has."""

DEEPEST = 10
"""How deep blocks may lie in one another."""

_LETTERS = r"[^\W\d_][\w\u0300-\u036f-]*"
_BLANK = r"[ \t\xa0]"
_OPENING = re.compile(rf"(:{{3,}})([ \xa0]?)({_LETTERS})(?:{_BLANK}+(.*))?")
_SECOND = re.compile(rf"({_LETTERS})(?:{_BLANK}+|$)")
_ROW = re.compile(rf":{{3,}}{_BLANK}*")
_CODE = re.compile(r" {0,3}((?:(?:[-+*]|\d{1,9}[.)]) +)*)(`{3,}|~{3,})")
_VERBATIM = re.compile(r" {0,3}<(?:(pre|script|style|textarea)(?=[\s>]|$)|(!--))", re.IGNORECASE)


class Block(msgspec.Struct, frozen=True):
    """A block, from `line` to `end`, lines of a text from 0. `words` stand behind its name, in `column` from 1."""

    name: str
    words: str
    column: int
    line: int
    end: int
    depth: int = 0


@dataclass(slots=True)
class Outline:
    """The blocks of a text, in the order of their ends. `open` begin and have no end, `deep` is the first too deep.

    `unknown` are those that begin as a block does, with a name that no component has. `idle` are the lines of rows that
    end no block.
    """

    lines: list[str]
    blocks: list[Block] = field(default_factory=list)
    open: list[Block] = field(default_factory=list)
    unknown: list[Block] = field(default_factory=list)
    deep: Block | None = None
    idle: list[int] = field(default_factory=list)

    def get_text(self, block: Block) -> str:
        """What stands in a block, as it was typed."""
        return "\n".join(self.lines[block.line + 1 : block.end])


class _Opening(msgspec.Struct, frozen=True):
    """A line that begins a block with a row of this many colons."""

    block: Block
    colons: int
    is_known: bool


def find_blocks(text: str, is_known: Callable[[str], bool], is_prose: Callable[[str], bool]) -> Outline:
    """The blocks of a text. `is_prose` says of an unknown name behind a space that it is no misspelled one."""
    found = Outline(text.split("\n"))
    stack: list[_Opening] = []
    counts: dict[int, int] = {}
    for number, line in list_text_lines(found.lines):
        if not line.startswith(SIGN):
            continue
        if _ROW.fullmatch(line):
            colons = len(line.rstrip())
            if counts.get(colons):
                _close(found, stack, counts, colons, number)
            else:
                found.idle.append(number)
            continue
        line = line.rstrip()
        opening = _OPENING.fullmatch(line)
        if opening is None or line.endswith(SIGN):
            continue
        name, words = _split_name(opening, is_known)
        known = is_known(name)
        if not known and opening[2] and is_prose(name):
            continue
        block = Block(name, words, len(line) - len(words) + 1, number, number, len(stack))
        stack.append(_Opening(block, len(opening[1]), known))
        counts[len(opening[1])] = counts.get(len(opening[1]), 0) + 1
        if len(stack) > DEEPEST and found.deep is None:
            found.deep = block
    _leave_open(found, stack)
    found.open.sort(key=lambda block: block.line)
    found.unknown.sort(key=lambda block: block.line)
    return found


def _split_name(opening: re.Match[str], is_known: Callable[[str], bool]) -> tuple[str, str]:
    """The name and the words of a line that begins a block; `hỏi đáp` is a name where `hỏi-đáp` is one."""
    name, words = opening[3], opening[4] or ""
    second = _SECOND.match(words)
    if second is None:
        return name, words
    if is_known(f"{name} {second[1]}") or (not is_known(name) and is_known(f"{name}-{second[1]}")):
        return opening.string[opening.start(3) : opening.start(4) + second.end(1)], words[second.end() :]
    return name, words


def _close(found: Outline, stack: list[_Opening], counts: dict[int, int], colons: int, number: int) -> None:
    """End the innermost block that a row of this many colons began; those inside it have no end."""
    while (last := stack.pop()).colons != colons:
        counts[last.colons] -= 1
        _leave_open(found, [last])
    counts[colons] -= 1
    ended = msgspec.structs.replace(last.block, end=number)
    if ended.depth < DEEPEST:
        (found.blocks if last.is_known else found.unknown).append(ended)


def _leave_open(found: Outline, openings: Sequence[_Opening]) -> None:
    for one in openings:
        if one.block.depth < DEEPEST:
            (found.open if one.is_known else found.unknown).append(one.block)


def is_opening(line: str, is_known: Callable[[str], bool]) -> bool:
    """Whether a line begins a block of a known name."""
    opening = _OPENING.fullmatch(line)
    return opening is not None and is_known(_split_name(opening, is_known)[0])


def list_text_lines(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The lines that are text: those of fenced code, of `<pre>` and the like, and of comments are none."""
    fence, end = _NO_FENCE, ""
    for number, line in enumerate(lines):
        if fence.is_in_item and line[:1].strip():
            fence = _NO_FENCE  # the item has ended, and so has what stands in it
        if end:
            end = "" if end in line.lower() else end
            continue
        if not line.startswith(SIGN):
            if "<" in line and not fence.mark and (begun := _VERBATIM.match(line)):
                end = f"</{begun[1].lower()}>" if begun[1] else "-->"
                end = "" if end in line.lower()[begun.end() :] else end
                continue
            if ("`" in line or "~" in line) and (followed := _follow_fence(line, fence)) != fence:
                fence = followed
                continue
        if not fence.mark:
            yield number, line


class _Fence(msgspec.Struct, frozen=True):
    """The code fence that is open at a line, "" for none. One in the item of a list ends with the item."""

    mark: str = ""
    is_in_item: bool = False


_NO_FENCE = _Fence()


def _follow_fence(line: str, fence: _Fence) -> _Fence:
    """The code fence that is open behind a line."""
    found = _CODE.match(line)
    if found is None:
        return fence
    item, mark = found.groups()
    if not fence.mark:
        return _NO_FENCE if mark[0] == "`" and "`" in line[found.end() :] else _Fence(mark, is_in_item=bool(item))
    closes = mark[0] == fence.mark[0] and len(mark) >= len(fence.mark) and not line.strip(" \t" + mark[0])
    return _NO_FENCE if closes else fence


@dataclass(slots=True)
class Marked:
    """A text with a paragraph in place of each line that begins or ends a block: `token`, a letter and a number."""

    text: str
    token: str
    outline: Outline


def mark_blocks(text: str, outline: Outline) -> Marked:
    """Put paragraphs that a rendering leaves as they are in place of the lines of the blocks."""
    token = f"component{digest(text.encode('utf-8', 'surrogatepass'))[:12]}"
    lines = list(outline.lines)
    for number, block in enumerate(outline.blocks):
        lines[block.line] = f"\n{token}o{number}\n"
        lines[block.end] = f"\n{token}c{number}\n"
    return Marked("\n".join(lines), token, outline)


def fill_blocks(html: str, marked: Marked, make: Callable[[Block, str], str]) -> str:
    """Replace each block by what `make` gives for it and the HTML in it, the inner ones first.

    Where a mark is no paragraph, such as in HTML that was not ended, both lines of the block are text as typed.
    """
    pieces = re.split(rf"<p>{marked.token}([oc]\d+)</p>", html)
    stack: list[tuple[str, list[str]]] = [("", [pieces[0]])]
    for mark, following in zip(pieces[1::2], pieces[2::2], strict=True):
        if mark[0] == "o":
            stack.append((mark[1:], []))
        elif stack[-1][0] == mark[1:]:
            _, inner = stack.pop()
            stack[-1][1].append(make(marked.outline.blocks[int(mark[1:])], "".join(inner)))
        else:
            stack[-1][1].append(f"<p>{marked.token}{mark}</p>")
        stack[-1][1].append(following)
    filled = "".join(
        f"{marked.token}o{number}{''.join(inner)}" if number else "".join(inner) for number, inner in stack
    )
    return _show_marks(filled, marked) if marked.token in filled else filled


def _show_marks(html: str, marked: Marked) -> str:
    """The HTML with the lines that were typed in place of the marks that are left."""

    def show(mark: re.Match[str]) -> str:
        block = marked.outline.blocks[int(mark[2])]
        return escape(marked.outline.lines[block.line if mark[1] == "o" else block.end], quote=False)

    return re.sub(rf"\n?{marked.token}([oc])(\d+)\n?", show, html)
