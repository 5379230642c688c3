"""Renders the blocks of a text: calls their components with the HTML in them, and tells what is wrong with them."""

from collections.abc import Callable, Iterator
from functools import cache

from newsgen.body.components.arguments import Reading, read_arguments
from newsgen.body.components.blocks import DEEPEST, Block, Outline, fill_blocks, find_blocks, mark_blocks
from newsgen.body.components.contract import ComponentContext, DeclaredComponent
from newsgen.body.context import BodyContext
from newsgen.core.errors import Edit, Location, PluginFailed, Problem
from newsgen.core.messages import get_message, say


def outline_blocks(body: BodyContext) -> Outline:
    """The blocks of a body. What is wrong with their lines is told."""
    components = body.site.components
    is_known = cache(lambda name: components.find(name) is not None)
    found = find_blocks(body.text, is_known, cache(lambda name: components.suggest(name) is None))
    body.problems.extend(_find_faults(found, body))
    body.notes.found.extend(_find_slips(found, body))
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


def _find_faults(found: Outline, body: BodyContext) -> Iterator[Problem]:
    """What is wrong with the lines of blocks: unknown names, blocks without an end, blocks too deep in others."""
    for block in found.unknown:
        yield _tell_unknown(found, block, body)
    for block in found.open:
        row = ":" * _count_colons(found, block)
        what, fix = say("this block has no end"), say("write `{row}` alone in a line below it", row=row)
        yield Problem(Location(body.source, body.first_line + block.line), "open-block", what, fix)
    if found.deep is not None:
        what = say("this block lies in more than {most} others", most=DEEPEST - 1)
        place = Location(body.source, body.first_line + found.deep.line)
        yield Problem(place, "markdown-depth", what, say("take it out of the blocks around it"))


def _find_slips(found: Outline, body: BodyContext) -> Iterator[Problem]:
    """Warnings of lines that readers see as colons: blocks that are indented, and rows that end no block."""
    for number in found.indented:
        what = say("readers see this line as it was typed: a block begins at the left edge of its line")
        place = Location(body.source, body.first_line + number)
        yield Problem(place, "stray-colons", what, say("write it at the left edge"), "warning")
    for number in found.idle if found.blocks else ():
        what, fix = say("readers see this row of colons: it ends no block"), say("delete it")
        yield Problem(Location(body.source, body.first_line + number), "stray-colons", what, fix, "warning")


def _tell_unknown(found: Outline, block: Block, body: BodyContext) -> Problem:
    """The fault of a line that begins a block whose name no component has."""
    line = body.first_line + block.line
    column = found.lines[block.line].index(block.name) + 1
    what = say("no component is called “{name}”", name=block.name)
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
