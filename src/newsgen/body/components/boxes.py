"""Boxes around parts of a story: information, a quotation that stands out, questions and answers, columns."""

import re
from html import escape
from typing import Annotated

import msgspec
from msgspec import Meta
from selectolax.lexbor import LexborNode

from newsgen.body.components.blocks import find_blocks
from newsgen.body.components.contract import ComponentContext
from newsgen.body.components.writing import cut_text, parse_parts, write_title
from newsgen.body.nodes import write_attributes_but
from newsgen.core.errors import Edit, Location
from newsgen.core.messages import say

Title = Annotated[str, Meta(extra={"names": ("tiêu-đề",)})]

_QUESTION = re.compile(r"\s*(?:hỏi|question|q)\s*[:：]\s*", re.IGNORECASE)
_ANSWER = re.compile(r"\s*(?:đáp|trả lời|answer|a)\s*[:：]\s*", re.IGNORECASE)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_UNDERLINED = re.compile(r"^[^\n]*\S[^\n]*\n(-{2,})[ \t]*$", re.MULTILINE)
"""A row of hyphens directly below a text, which it makes a heading."""
_MOST_COLUMNS = 4
FOLDED = '<details class="question-answer">'
"""What begins a question whose answer is folded; feeds and JSON show it unfolded."""


class Titled(msgspec.Struct, frozen=True):
    """The arguments of a block that may have a title."""

    title: Title = ""


class Questions(Titled, frozen=True):
    """The arguments of questions and answers; `folded` answers are seen by a click on the question."""

    folded: Annotated[bool, Meta(extra={"names": ("gập",)})] = False


class Speaker(msgspec.Struct, frozen=True):
    """The arguments of a quotation: who said it."""

    who: Annotated[str, Meta(extra={"names": ("ai", "người-nói")})] = ""


class NoArguments(msgspec.Struct, frozen=True):
    """The arguments of a block that has none."""


def make_box(html: str, given: Titled) -> str:
    """Information beside the story."""
    return f'<aside class="info-box" role="note">{write_title(given.title)}{html}</aside>'


def make_quote(html: str, given: Speaker, context: ComponentContext) -> str:
    """A sentence that stands out, and who said it."""
    if not html.strip():
        context.tell(say("the quotation is empty"), say("write what was said below this line"))
    caption = f"<figcaption>{escape(given.who, quote=False)}</figcaption>" if given.who else ""
    return f'<figure class="pull-quote"><blockquote>{html}</blockquote>{caption}</figure>'


def make_questions(html: str, given: Questions, context: ComponentContext) -> str:
    """Questions and their answers: a question is a heading, a paragraph in bold, or one that begins with `Hỏi:`."""
    pairs: list[list[str]] = []
    for part in parse_parts(html):
        if (question := _read_question(part)) is not None:
            pairs.append([question])
        elif pairs:
            pairs[-1].append(_read_answer(part) if len(pairs[-1]) == 1 else part.html or "")
        else:
            break
    if not pairs:
        context.tell(
            say("this block does not begin with a question"),
            say("begin with one, such as `**Vì sao cầu chậm?**`, and write its answer in the paragraphs below"),
        )
    write = _write_folded if given.folded else _write_pair
    inner = "".join(write(question, "".join(answer)) for question, *answer in pairs)
    return f'<div class="questions">{write_title(given.title)}{inner}</div>'


def _write_pair(question: str, answer: str) -> str:
    return f'<div class="question-answer">{question}{answer}</div>'


def _write_folded(question: str, answer: str) -> str:
    if question.startswith("<p "):
        question = f"<span {question.removeprefix('<p ').removesuffix('</p>')}</span>"  # a summary holds no paragraph
    return f"{FOLDED}<summary>{question}</summary>{answer}</details>"


def _read_question(part: LexborNode) -> str | None:
    """The HTML of a question, None where an element is none."""
    html, text = part.inner_html or "", part.text()
    if part.tag in _HEADINGS:
        return f'<{part.tag}{write_attributes_but(part, "class")} class="question">{html}</{part.tag}>'
    if part.tag != "p":
        return None
    if label := _QUESTION.match(text):
        return f'<p class="question">{cut_text(html, label.end())}</p>'
    bold = part.css_first("strong")
    is_bold = bold is not None and bool(text.strip()) and bold.text().strip() == text.strip()
    return f'<p class="question">{html}</p>' if is_bold else None


def _read_answer(part: LexborNode) -> str:
    label = _ANSWER.match(part.text()) if part.tag == "p" else None
    return f"<p>{cut_text(part.inner_html or '', label.end())}</p>" if label else part.html or ""


def make_columns(html: str, _given: NoArguments, context: ComponentContext) -> str:
    """Parts of a text side by side, which `---` divides; where there are only blocks, each of them is one."""
    columns: list[list[str]] = [[]]
    parts = parse_parts(html)
    is_divided = len(parts) == _count_only_blocks(context.text)
    for part in parts:
        if part.tag == "hr":
            columns.append([])
        elif is_divided and columns[-1]:
            columns.append([part.html or ""])
        else:
            columns[-1].append(part.html or "")
    if not 1 < len(columns) <= _MOST_COLUMNS or not all(columns):
        _tell_columns(context, len(columns))
    inner = "".join(f"<div>{''.join(column)}</div>" for column in columns)
    return f'<div class="columns">{inner}</div>'


def _count_only_blocks(text: str) -> int:
    """How many blocks a text has that has nothing else, 0 for any other text."""
    found = find_blocks(text, lambda _: True, lambda _: False)
    outer = [block for block in found.blocks if block.depth == 0]
    inside = {line for block in outer for line in range(block.line, block.end + 1)}
    is_all = all(number in inside or not line.strip() for number, line in enumerate(found.lines))
    return len(outer) if is_all else 0


def _tell_columns(context: ComponentContext, count: int) -> None:
    if underlined := _UNDERLINED.search(context.text):
        line = context.line + 1 + context.text.count("\n", 0, underlined.start(1))
        edit = Edit(line, 1, line, 1, "\n")
        what = say("these hyphens make a heading of the text above them")
        context.tell(what, say("leave an empty line above them"), Location(context.source, line), (edit,))
        return
    values = {"count": count, "most": _MOST_COLUMNS}
    what = say("a block has two to {most} columns, and this one has {count}", **values)
    if 1 < count <= _MOST_COLUMNS:
        what = say("a column of this block is empty")
    context.tell(what, say("divide its columns by lines with `---`, with an empty line above and below each"))
