"""Footnotes of the native engine as the default engine has them: all of them, in the order of their mentions."""

import re
from collections.abc import Container, Iterable
from urllib.parse import quote, unquote

BEGIN = '<section class="footnotes" data-footnotes>'
"""What the native engine writes before the notes."""

NOTE = re.compile(r"^[ \t>]*(?:(?:[-*+:]|\d+[.)])[ \t]+)*\[\^([^\]\s]+)\]:", re.MULTILINE)
"""The line in which a note begins, with its name."""
_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})")
_SHOWN = re.compile(r'^<li id="fn-([^"]*)">', re.MULTILINE)
_MENTION = re.compile(r'href="#fn-([^"]*)" id="[^"]*" data-footnote-ref>(\d+)<')
_WAY_BACK = re.compile(r'( data-footnote-backref-idx=")\d+')
_MARK = "\x02"
_SAFE = "-_.!~*'()/?:@&=+$,"
_MENTIONED = r'(?:<sup class="footnote-ref">(?:(?!</sup>).)*</sup>|\[\^[^\]]*\])'
_MARKED = re.compile(rf"<p>{_MARK}{_MENTIONED}*</p>\n")


def rename_repeated(text: str) -> str:
    """The text with unique names of footnotes: mentions of a repeated name lead to the first.

    The engine would put what stands between the two among the notes.
    """
    names = [name.casefold() for name in NOTE.findall(text)]
    if len(set(names)) == len(names) and not any("[" in name for name in names):
        return text
    taken: set[str] = set()
    lines = text.split("\n")
    fence = ""
    for number, line in enumerate(lines):
        if found := _FENCE.match(line):
            fence = "" if fence and found[1].startswith(fence) else fence or found[1]
        elif not fence and (note := NOTE.match(line)):
            free = _take_name(note[1].replace("[", "-"), taken)  # one with a bracket cannot be mentioned
            lines[number] = f"{line[: note.start(1)]}{free}{line[note.end(1) :]}"
    return "\n".join(lines)


def find_unmentioned(text: str, html: str) -> list[str]:
    """The names of notes that the text may define and that the HTML does not have."""
    shown = {unquote(name).casefold() for name in _SHOWN.findall(html)}
    names = {name.casefold(): name for name in reversed(NOTE.findall(text))}
    return [names[folded] for folded in reversed(names) if folded not in shown]


def mention_notes(text: str, names: Iterable[str]) -> str:
    """The text with a first paragraph that mentions these notes; `without_mentions` takes it out of the HTML.

    A last one would be a part of the code or HTML that a text ends with and does not close.
    """
    return f"{_MARK}{''.join(f'[^{name}]' for name in names)}\n\n{text}"


def remove_mentions(html: str, names: Iterable[str]) -> str:
    """The HTML without that paragraph, and without ways back to it."""
    html = _MARKED.sub("", html, count=1)
    for name in names:
        way_back = rf' ?<a href="#fnref-{re.escape(quote(name, safe=_SAFE))}" class="footnote-backref"[^>]*>↩</a>'
        html = re.sub(way_back, "", html, flags=re.IGNORECASE)
    return html


def find_free_name(name: str, taken: Container[str]) -> str:
    """The name of a note, or that name with the lowest number that is not `taken` (without regard to case)."""
    free, number = name, 2
    while free.casefold() in taken:
        free, number = f"{name}-{number}", number + 1
    return free


def _take_name(name: str, taken: set[str]) -> str:
    free = find_free_name(name, taken)
    taken.add(free.casefold())
    return free


def sort_notes(html: str, *, is_numbered: bool = True) -> str:
    """The HTML with its notes in the order in which the text mentions them, then those that only notes mention.

    `is_numbered` is whether the notes that the text mentions have their numbers already.
    """
    body, begin, end = html.partition(BEGIN)
    names: set[str] = set()
    end = _SHOWN.sub(lambda item: f'<li id="fn-{_take_name(item[1], names)}">', end)
    if is_numbered and "data-footnote-ref>" not in end:
        return f"{body}{begin}{end}"
    head, *pieces = _SHOWN.split(end.partition("</ol>\n</section>")[0])
    items = dict(zip(pieces[::2], pieces[1::2], strict=True))
    order = dict.fromkeys(name for name, _ in _MENTION.findall(body))
    for name in (waiting := list(order)):
        for other, _ in _MENTION.findall(items.get(name, "")):
            if other not in order:
                order[other] = None
                waiting.append(other)
    order.update(dict.fromkeys(items))
    numbers = {name: str(number) for number, name in enumerate(order, start=1)}
    written = [head]
    for name in order:
        item = _WAY_BACK.sub(rf"\g<1>{numbers[name]}", items.get(name, ""))
        written.append(f'<li id="fn-{name}">{item}')
    whole = f"{body}{begin}{''.join(written)}</ol>\n</section>{end.partition('</ol>' + chr(10) + '</section>')[2]}"
    return _MENTION.sub(lambda found: f"{found[0][: -len(found[2]) - 1]}{numbers.get(found[1], found[2])}<", whole)
