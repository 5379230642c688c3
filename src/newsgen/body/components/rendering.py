"""Renders the blocks of a text: calls their components with the HTML in them, and tells what is wrong with them."""

from collections.abc import Callable, Iterator
from functools import cache

from newsgen.body.components.arguments import Reading, read_arguments
from newsgen.body.components.blocks import DEEPEST, SIGN, Block, Outline, fill_blocks, find_blocks, mark_blocks
from newsgen.body.components.contract import ComponentContext, DeclaredComponent
from newsgen.body.components.misread_lines import Kind, Misread, MisreadLine, correct_name, find_misread, has_unseen
from newsgen.body.context import BodyContext
from newsgen.core.errors import Edit, Level, Location, PluginFailed, Problem
from newsgen.core.messages import Message, get_message, say

_LONGEST = 40
"""How many characters of a line a message has."""


def outline_blocks(body: BodyContext) -> Outline:
    """The blocks of a body. What is wrong with their lines is told."""
    components = body.site.components
    is_known = cache(lambda name: components.find(name) is not None)
    found = find_blocks(body.text, is_known, cache(lambda name: components.suggest(name) is None))
    misread = find_misread(found, is_known)
    body.problems.extend(_find_faults(found, misread, body))
    body.notes.found.extend(_find_slips(found, misread, body))
    return found


def convert_blocks(body: BodyContext, found: Outline, convert: Callable[[str], str | None]) -> str | None:
    """The sanitised HTML of a text with blocks; None where `convert`, which gives sanitised HTML, fails."""
    marked = mark_blocks(body.text, found)
    html = convert(marked.text)
    if html is None:
        return None
    return fill_blocks(html, marked, lambda block, inner: _render_block(body, found, block, inner))


def _render_block(body: BodyContext, found: Outline, block: Block, inner: str) -> str:
    """The HTML of a block, sanitised; "" where its arguments are wrong or its component fails."""
    component = body.site.components.find("-".join(block.name.split()))
    assert component is not None  # noqa: S101 - only the name of a component begins a block
    place = Location(body.source, body.first_line + block.line)
    reading = Reading(None, component.faults) if component.faults else read_arguments(component, block, place)
    body.problems.extend(reading.problems)
    if reading.problems:
        return ""
    try:
        html = _call(component, body, found, block, (inner, reading.given))
    except PluginFailed as error:
        fix = say("correct the plugin, or remove this block")
        body.problems.add(place, "plugin-failed", get_message(error), fix)
        return ""
    return html if component.is_own or body.raw_html == "allow" else body.site.sanitiser.clean(html)


def _call(
    component: DeclaredComponent, body: BodyContext, found: Outline, block: Block, given: tuple[str, object]
) -> str:
    if not component.wants_context:
        return component.call(*given)
    site, line = body.site, body.first_line + block.line
    context = ComponentContext(
        name=block.name,
        language=site.language,
        source=body.source,
        line=line,
        folder=body.folder,
        base=site.config.base,
        text=found.get_text(block),
        targets=body.targets,
        problems=body.problems,
        files=body.files,
        began=body.began,
    )
    return component.call(*given, context)


def _find_faults(found: Outline, misread: Misread, body: BodyContext) -> Iterator[Problem]:
    """What is wrong with the lines of blocks: unknown names, blocks without an end, blocks too deep in others."""
    for block in found.unknown:
        yield _tell_unknown(found, block, body)
    for block in found.open:
        yield _tell_open(found, block, misread.ends.get(block.line), body)
    if found.deep is not None:
        what = say("this block lies in more than {most} others", most=DEEPEST - 1)
        place = Location(body.source, body.first_line + found.deep.line)
        yield Problem(place, "markdown-depth", what, say("take it out of the blocks around it"))


def _tell_open(found: Outline, block: Block, end: MisreadLine | None, body: BodyContext) -> Problem:
    """The fault of a block without an end, at the line that was meant to end it, if there is one."""
    line = body.first_line + block.line
    if end is None:
        row = ":" * _count_colons(found, block)
        what, fix = say("this block has no end"), say("write `{row}` alone in a line below it", row=row)
        return Problem(Location(body.source, line), "open-block", what, fix)
    what = say("this line does not end the block “{name}” of line {line}", name=block.name, line=line)
    return _tell_misread(found, end, body, ("open-block", what, "error"))


def _find_slips(found: Outline, misread: Misread, body: BodyContext) -> Iterator[Problem]:
    """Warnings of lines that readers see as colons: those meant as lines of blocks, and rows that end no block."""
    for one in misread.told:
        what = say("readers see this line as it was typed: a block begins with `:::` and its name at the left edge")
        if has_unseen(found.lines[one.line]):
            what = say("readers see this line as it was typed: there is a character in it that nobody sees")
        elif one.kind is Kind.WHOLE:
            what = say("readers see this line as it was typed: a block begins and ends in lines of its own")
        elif one.kind is Kind.END:
            what = say("readers see this row of colons: it ends a block only at the left edge, alone in its line")
        yield _tell_misread(found, one, body, ("stray-colons", what, "warning"))
    for number in misread.idle:
        what, fix = say("readers see this row of colons: it ends no block"), say("delete it")
        yield Problem(Location(body.source, body.first_line + number), "stray-colons", what, fix, "warning")


def _tell_misread(found: Outline, one: MisreadLine, body: BodyContext, told: tuple[str, Message, Level]) -> Problem:
    """A problem of a line that was misread: `told` are its rule, what is wrong and its level."""
    rule, what, level = told
    place = Location(body.source, body.first_line + one.line)
    edit = Edit(place.line, 1, place.line, len(found.lines[one.line]) + 1, one.written)
    head, *below = one.written.split("\n")
    fix = say("write this line as `{line}`, at the left edge", line=head)
    if has_unseen(found.lines[one.line]):
        fix = say("delete this line, and type `{line}`", line=head)
    if below:
        fix = say("write `{line}` in a line of its own below `{above}`", line=below[0], above=_shorten(head))
    if one.kind is Kind.WHOLE:
        fix = say("write three lines: `{first}`, `{second}` and `{third}`", first=head, second=below[0], third=below[1])
    return Problem(place, rule, what, fix, level, (edit,))


def _shorten(line: str) -> str:
    """The last words of a line."""
    return line if len(line) <= _LONGEST else f"…{line[-_LONGEST:].partition(' ')[2]}"


def _tell_unknown(found: Outline, block: Block, body: BodyContext) -> Problem:
    """The fault of a line that begins a block whose name no component has."""
    line = body.first_line + block.line
    column = found.lines[block.line].index(block.name) + 1
    what = say("no component is called “{name}”", name=block.name)
    rest = found.lines[block.line].lstrip(": ").rstrip()
    meant = correct_name(rest, lambda name: body.site.components.find(name) is not None)
    if meant != rest:
        edit = Edit(line, column, line, column + len(rest), meant)
        fix = say("write this line as `{line}`, at the left edge", line=f"{SIGN}{meant}")
        return Problem(Location(body.source, line, column), "unknown-component", what, fix, edits=(edit,))
    if (close := body.site.components.suggest(block.name)) is not None:
        edit = Edit(line, column, line, column + len(block.name), close)
        fix = say("did you mean `{name}`?", name=close)
        return Problem(Location(body.source, line, column), "unknown-component", what, fix, edits=(edit,))
    as_text = f"\\{found.lines[block.line].split()[0]}"
    values = {"text": as_text, "names": ", ".join(body.site.components.list_names())}
    fix = say("write `{text}` where it is no block", **values)
    if values["names"]:
        fix = say("use one of {names}, or write `{text}` where it is no block", **values)
    return Problem(Location(body.source, line, column), "unknown-component", what, fix)


def _count_colons(found: Outline, block: Block) -> int:
    line = found.lines[block.line]
    return len(line) - len(line.lstrip(":"))
