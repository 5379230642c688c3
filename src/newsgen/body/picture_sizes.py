"""Pictures of texts in several sizes: what browsers choose from, and how wide the theme shows them."""

from collections.abc import Sequence
from html import escape

from selectolax.lexbor import LexborNode

from newsgen.body.nodes import replace_html
from newsgen.config.settings import Config
from newsgen.media.renditions import FOLDER, Rendition, write_sources

IN_TEXT = 600
"""How many pixels wide a picture is shown at most in a line or a cell."""


def add_sources(image: LexborNode, planned: Sequence[Sequence[Rendition]], config: Config) -> None:
    """Give a picture its renditions, those of each format together, of which browsers load one.

    The WebP stands at the picture itself, another format in a `<source>` before it.
    """
    shown = image.attrs.get("width") or ""
    is_small = shown.isdecimal() and int(shown) <= IN_TEXT
    sizes = (
        f"(min-width: {int(shown) + 32}px) {shown}px, calc(100vw - 2rem)" if is_small else config.pictures.sizes.figure
    )
    sources = ""
    for one in planned:
        form, candidates = one[0].recipe.form, write_sources(one, config.base)
        if form == "webp":
            image.attrs["srcset"], image.attrs["sizes"] = candidates, sizes
        else:
            sources += f'<source type="image/{form}" srcset="{escape(candidates)}" sizes="{sizes}">'
    if sources:
        replace_html(image, f"<picture>{sources}{image.html}</picture>")


def set_sizes(image: LexborNode, sizes: str) -> None:
    """Say how wide a picture of which newsgen made several sizes is shown."""
    around = image.parent
    for node in (image, *(around.css("source") if around is not None and around.tag == "picture" else ())):
        if f"/{FOLDER}/" in (node.attrs.get("srcset") or ""):
            node.attrs["sizes"] = sizes
