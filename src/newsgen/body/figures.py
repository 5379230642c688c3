"""Figures of pictures alone in a paragraph. The title is the caption; what follows "|" in it is the credit."""

import re
from html import escape
from itertools import takewhile

from selectolax.lexbor import LexborNode

from newsgen.body.context import BodySite
from newsgen.body.nodes import is_inside, replace_html, walk_up, write_attributes_but
from newsgen.body.picture_sizes import set_sizes
from newsgen.core.urls import read_srcset, read_url

_NO_FIGURE = "video, iframe, audio, map, object, input"
"""Elements with which a paragraph is no figure."""

_WIDTH = re.compile(r"[1-9][0-9]{0,5}w\Z")
"""The width of a file in a `srcset`."""

_MANY = 3
"""From how many pictures on each of a gallery leads to its large version, which a viewer shows."""

ENLARGE = "enlarge"
"""The class of such a link, by which the theme knows it."""

_BLOCKS = frozenset(
    "blockquote details div dl figure h2 h3 h4 h5 h6 hr ol p pre section table ul video".split()  # noqa: SIM905
)
"""Elements that begin a line of their own."""

_BOX_NAMES = {"vi": "Việc", "en": "Task"}
"""The name of a task's box that has no words behind it."""

_PICTURE_NAMES = {"vi": "Ảnh {number}", "en": "Picture {number}"}
"""The name of a link to a picture without words."""


def make_figure(paragraph: LexborNode, site: BodySite) -> None:
    """Turn a paragraph of pictures alone into a figure, or into a gallery of figures.

    What stands around a picture stays around it, and what was typed for the paragraph goes to the figure or gallery.
    Three pictures or more are links to their large versions, where no other link was typed.
    """
    images = paragraph.css("img")
    if not images or paragraph.text().strip() or paragraph.css_first(_NO_FIGURE):
        return
    style = paragraph.attrs.get("class") or ""
    attributes = write_attributes_but(paragraph, "class")
    for image in images:
        set_sizes(image, site.config.pictures.sizes.choose(len(images)))
    captions = [_take_caption(image, style) for image in images]
    if len(images) == 1:
        style, text = captions[0]
        html = f'<figure class="{style}"{attributes}>{(paragraph.inner_html or "").strip()}{text}</figure>'
    else:
        inner = _split_images(paragraph, images)
        if len(images) >= _MANY:
            inner = [
                _link_large(html, image, site, number)
                for number, (html, image) in enumerate(zip(inner, images, strict=True), 1)
            ]
        inner[0] = _find_anchors(paragraph) + inner[0]
        figures = [
            f'<figure class="{style}">{html}{text}</figure>'
            for html, (style, text) in zip(inner, captions, strict=True)
        ]
        html = f'<div class="gallery"{attributes}>{"".join(figures)}</div>'
    replace_html(paragraph, html)


def _take_caption(image: LexborNode, style: str) -> tuple[str, str]:
    """The classes of a picture's figure and its caption, which are taken from the picture."""
    caption = write_caption(image.attrs.get("title") or "")
    style = " ".join(filter(None, ("picture", style, image.attrs.get("class"))))
    for name in ("title", "class"):
        if name in image.attrs:
            del image.attrs[name]
    return escape(style), caption


def write_caption(title: str) -> str:
    """The caption that a title gives, what follows "|" as the credit; "" where it says nothing."""
    caption, _, credit = (part.strip() for part in title.partition("|"))
    text = escape(caption) + (f' <span class="credit">{escape(credit)}</span>' if credit else "")
    return f"<figcaption>{text.strip()}</figcaption>" if text else ""


def _split_images(paragraph: LexborNode, images: list[LexborNode]) -> list[str]:
    """The pictures of a paragraph as HTML, each in all that stands around it; an id stays on the first of several."""
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
    return found


def _find_anchors(paragraph: LexborNode) -> str:
    """The places with names in a paragraph of pictures, as HTML."""
    return "".join(node.html or "" for node in paragraph.css("a[id], span[id]") if node.css_first("img") is None)


def _link_large(html: str, image: LexborNode, site: BodySite, number: int) -> str:
    """The HTML of a picture of a gallery, the one of this number, in a link to its large version."""
    target = _find_widest(image)
    parts = read_url(target)
    if parts is None or parts.scheme not in ("", "http", "https") or is_inside(image, "a"):
        return html
    attributes = f' class="{ENLARGE}" href="{escape(target)}"'
    if not (image.attrs.get("alt") or "").strip():
        attributes += f' aria-label="{escape(_get_words(_PICTURE_NAMES, site.language).format(number=number))}"'
    if parts.netloc.casefold() not in site.hosts:
        attributes += ' rel="external noopener"'
    return f"<a{attributes}>{html}</a>"


def _find_widest(image: LexborNode) -> str:
    """The address of the widest file of a picture."""
    sizes = [(int(size[:-1]), url) for url, size in read_srcset(image.attrs.get("srcset") or "") if _WIDTH.match(size)]
    return max(sizes)[1] if sizes else image.attrs.get("src") or ""


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
            box.attrs["aria-label"] = _get_words(_BOX_NAMES, language)
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


def _get_words(words: dict[str, str], language: str) -> str:
    return words.get(language.partition("-")[0], words["en"])
