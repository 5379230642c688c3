"""Pictures alone in a paragraph become figures: the title is the caption, what follows "|" in it the credit."""

from html import escape

from selectolax.lexbor import LexborHTMLParser, LexborNode


def replace_html(node: LexborNode, html: str) -> None:
    """Put an element of this HTML in a node's place."""
    fresh = LexborHTMLParser(html, is_fragment=True).root
    if fresh is not None:
        node.replace_with(fresh)


def leave_out(node: LexborNode) -> None:
    """Take an element out of its tree, with the paragraph or link that holds nothing else."""
    parent = node.parent
    node.decompose()
    if parent is not None and parent.tag in ("p", "a") and not parent.text().strip() and len(parent.css("*")) == 1:
        leave_out(parent)


def make_figure(paragraph: LexborNode) -> None:
    """Turn a paragraph of pictures alone into a figure, or into a gallery of figures."""
    images = paragraph.css("img")
    if not images or paragraph.text().strip() or paragraph.css_first("video, iframe, audio"):
        return
    style = paragraph.attrs.get("class") or ""
    figures = [_one_figure(image, style) for image in images]
    replace_html(paragraph, figures[0] if len(figures) == 1 else f'<div class="gallery">{"".join(figures)}</div>')


def _one_figure(image: LexborNode, style: str) -> str:
    title = image.attrs.get("title") or ""
    caption, _, credit = (part.strip() for part in title.partition("|"))
    extra = " ".join(filter(None, (style, image.attrs.get("class"))))
    for name in ("title", "class"):
        if name in image.attrs:
            del image.attrs[name]
    parent = image.parent
    linked = parent is not None and parent.tag == "a" and len(parent.css("img")) == 1
    inner = (parent.html if linked and parent is not None else image.html) or ""
    text = escape(caption) + (f' <span class="credit">{escape(credit)}</span>' if credit else "")
    text = f"<figcaption>{text.strip()}</figcaption>" if text else ""
    return f'<figure class="{escape(f"picture {extra}".strip())}">{inner}{text}</figure>'


def set_alignment(cell: LexborNode) -> None:
    """A table cell's `align` becomes a class, which a strict content policy allows."""
    side = cell.attrs.get("align") or ""
    del cell.attrs["align"]
    if side in ("left", "center", "right"):
        cell.attrs["class"] = f"{cell.attrs.get('class') or ''} align-{side}".strip()
