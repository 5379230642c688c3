"""The static form of a body: its HTML for feeds, JSON and other programs, which have no script and no viewer."""

from selectolax.lexbor import LexborHTMLParser

from newsgen.body.attachments.plain_form import FIGURES, simplify_attachments
from newsgen.body.components.boxes import FOLDED
from newsgen.body.embeds.facade import FACADE, unfold_facades
from newsgen.body.figures import ENLARGE
from newsgen.body.live.arrange import remove_marks
from newsgen.body.live.entries import ENTRY

PAGE_ONLY = "page-only"
"""The class of what only the paper's own pages show, such as a button that needs a script."""


def make_static(html: str) -> str:
    """The HTML of a body without what only pages show: pictures of galleries are no links, charts are tables.

    Players of other sites are links with their stills, and folded answers are unfolded. A component gives its static
    form by this class: what a page adds to a picture, a text or a link has it.
    """
    figures = (f'<figure class="{name}' for name in FIGURES)
    marks = (f'<a class="{ENLARGE}"', FOLDED, PAGE_ONLY, f'class="{ENTRY}"', f'class="{FACADE} ', *figures)
    if not any(mark in html for mark in marks):
        return html
    tree = LexborHTMLParser(html, is_fragment=True)
    simplify_attachments(tree)
    for link in tree.css(f"a.{ENLARGE}"):
        link.unwrap()
    unfold_facades(tree)
    remove_marks(tree)
    for node in tree.css("details.question-answer"):
        node.attrs["open"] = ""
    for node in tree.css(f".{PAGE_ONLY}"):
        node.decompose()
    return tree.html or ""
