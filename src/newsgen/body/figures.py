"""Figures of pictures alone in a paragraph. The title is the caption; what follows "|" in it is the credit."""

from html import escape
from itertools import takewhile

from selectolax.lexbor import LexborNode

from newsgen.body.nodes import replace_html, walk_up, write_attributes_but

_NO_FIGURE = "video, iframe, audio, map, object, input"
"""Elements with which a paragraph is no figure."""

_BLOCKS = frozenset(
    "blockquote details div dl figure h2 h3 h4 h5 h6 hr ol p pre section table ul video".split()  # noqa: SIM905
)
"""Elements that begin a line of their own."""

_BOX_NAMES = {"vi": "Việc", "en": "Task"}
"""The name of a task's box that has no words behind it."""


def make_figure(paragraph: LexborNode) -> None:
    """Turn a paragraph of pictures alone into a figure, or into a gallery of figures.

    What stands around a picture stays around it, and what was typed for the paragraph goes to the figure or gallery.
    """
    images = paragraph.css("img")
    if not images or paragraph.text().strip() or paragraph.css_first(_NO_FIGURE):
        return
    style = paragraph.attrs.get("class") or ""
    attributes = write_attributes_but(paragraph, "class")
    captions = [_take_caption(image, style) for image in images]
    if len(images) == 1:
        style, text = captions[0]
        html = f'<figure class="{style}"{attributes}>{(paragraph.inner_html or "").strip()}{text}</figure>'
    else:
        inner = _split_images(paragraph, images)
        figures = [
            f'<figure class="{style}">{html}{text}</figure>'
            for html, (style, text) in zip(inner, captions, strict=True)
        ]
        html = f'<div class="gallery"{attributes}>{"".join(figures)}</div>'
    replace_html(paragraph, html)


def _take_caption(image: LexborNode, style: str) -> tuple[str, str]:
    """The classes of a picture's figure and its caption, which are taken from the picture."""
    title = image.attrs.get("title") or ""
    caption, _, credit = (part.strip() for part in title.partition("|"))
    style = " ".join(filter(None, ("picture", style, image.attrs.get("class"))))
    for name in ("title", "class"):
        if name in image.attrs:
            del image.attrs[name]
    text = escape(caption) + (f' <span class="credit">{escape(credit)}</span>' if credit else "")
    return escape(style), f"<figcaption>{text.strip()}</figcaption>" if text else ""


def _split_images(paragraph: LexborNode, images: list[LexborNode]) -> list[str]:
    """The pictures of a paragraph as HTML, each in all that stands around it; an id stays on the first of several."""
    before = "".join(node.html or "" for node in paragraph.css("a[id], span[id]") if node.css_first("img") is None)
    seen: set[int] = set()
    found = []
    for image in images:
        html = image.html or ""
        for around in takewhile(lambda node: node.mem_id != paragraph.mem_id, walk_up(image)):
            if around.tag == "picture":
                html = around.html or ""
            else:
                attributes = write_attributes_but(around, "id" if around.mem_id in seen else "")
                html = f"<{around.tag}{attributes}>{html}</{around.tag}>"
            seen.add(around.mem_id)
        found.append(html)
    return [before + found[0], *found[1:]]


def set_alignment(cell: LexborNode) -> None:
    """A table cell's `align` becomes a class, which a strict content policy allows."""
    side = cell.attrs.get("align") or ""
    del cell.attrs["align"]
    if side in ("left", "center", "right"):
        cell.attrs["class"] = f"{cell.attrs.get('class') or ''} align-{side}".strip()


def label_box(box: LexborNode, language: str) -> None:
    """Make what follows a task's box in its line the label of the box, as screen readers ask for.

    A box with no words behind it, or outside a list, gets a name in the language.
    """
    line = [box]
    while (following := line[-1].next) is not None and following.tag not in _BLOCKS:
        line.append(following)
    if not _begins_item(box) or not any(_has_words(node) for node in line[1:]):
        if not _has_name(box):
            box.attrs["aria-label"] = _BOX_NAMES.get(language.partition("-")[0], _BOX_NAMES["en"])
        return
    html = "".join(node.html or "" for node in line)
    for node in line[1:]:
        node.decompose()
    replace_html(box, f"<label>{html.rstrip()}</label>")


def _begins_item(box: LexborNode) -> bool:
    return box.css_matches(":is(li, li > p) > input[disabled]:first-child")


def _has_words(node: LexborNode) -> bool:
    pictures = [node] if node.tag == "img" else node.css("img")
    return bool(node.text().strip()) or any((picture.attrs.get("alt") or "").strip() for picture in pictures)


def _has_name(box: LexborNode) -> bool:
    """Whether a box has a name of its own, may get one from a label elsewhere, or stands in a label that has words."""
    if any((box.attrs.get(name) or "").strip() for name in ("aria-label", "aria-labelledby", "title", "id")):
        return True
    label = next((around for around in walk_up(box) if around.tag == "label"), None)
    return label is not None and _has_words(label)
