"""The passes over each body, which stand in the order in which they run."""

from selectolax.lexbor import LexborHTMLParser

from newsgen.body.attachments.finding import show_attachments
from newsgen.body.context import BodyContext, BodyPass
from newsgen.body.embeds.links import embed_links
from newsgen.body.figures import label_box, make_figure, set_alignment
from newsgen.body.headings import CONTENTS, HEADINGS, find_repeated_anchors, lead_links, list_headings, set_anchors
from newsgen.body.lint import is_empty_heading
from newsgen.body.live.arrange import arrange_entries, name_entries
from newsgen.body.misread import find_misread
from newsgen.body.nodes import get_classes, replace_html
from newsgen.body.slips import find_slips
from newsgen.body.targets import allow_frames, find_targets

_BOXES = "input[type=checkbox][disabled]"


def name_anchors(tree: LexborHTMLParser, body: BodyContext) -> None:
    """Give headings and other places their names, and lead links inside the story there."""
    if body.tags.isdisjoint(HEADINGS) and ' id="' not in body.html and 'href="#' not in body.html:
        return
    anchors = set_anchors(tree)
    body.headings = anchors.headings
    body.problems.extend(find_repeated_anchors(anchors, body.mentions))
    for target in lead_links(tree, anchors) if 'href="#' in body.html else ():
        body.mentions.count(target)
        body.notes.add_dead_anchor(target, anchors.taken)
    if body.headings:
        body.notes.check_headings(body.headings, map(is_empty_heading, tree.css(", ".join(HEADINGS))))


def list_contents(tree: LexborHTMLParser, body: BodyContext) -> None:
    """Put the list of the headings where a paragraph asks for it."""
    if CONTENTS in body.html:
        list_headings(tree, body.headings)


def note_slips(tree: LexborHTMLParser, body: BodyContext) -> None:
    """Note what an editor should look at: slips that print, text that Markdown took for something else."""
    body.notes.check_body(tree, body.words, has_absent=body.has_absent)
    body.notes.found.extend(find_slips(tree, body.html, body.mentions))
    body.notes.found.extend(find_misread(tree, body.html, body.mentions))


def make_figures(tree: LexborHTMLParser, body: BodyContext) -> None:
    """Turn paragraphs of pictures alone into figures and galleries."""
    for paragraph in tree.css("p") if "img" in body.tags else ():
        make_figure(paragraph, body.site)


def label_boxes(tree: LexborHTMLParser, body: BodyContext) -> None:
    """Make the text of each task the label of its box."""
    for box in tree.css(_BOXES) if "input" in body.tags else ():
        label_box(box, body.site.language)


def dress_tables(tree: LexborHTMLParser, body: BodyContext) -> None:
    """Let tables scroll by themselves; alignment becomes a class, and heads of columns say what they are."""
    if "table" not in body.tags:
        return
    for cell in tree.css("td[align], th[align]"):
        set_alignment(cell)
    for cell in tree.css("thead th:not([scope])"):
        cell.attrs["scope"] = "col"
    for table in tree.css("table"):
        if table.parent is None or "table-scroll" not in get_classes(table.parent):
            replace_html(table, f'<div class="table-scroll" tabindex="0">{table.html}</div>')


PASSES: tuple[BodyPass, ...] = (
    find_targets,
    name_entries,
    name_anchors,
    list_contents,
    note_slips,
    show_attachments,
    allow_frames,
    embed_links,
    make_figures,
    label_boxes,
    dress_tables,
    arrange_entries,
)
"""What goes over each body, in this order."""
