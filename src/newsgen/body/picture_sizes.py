"""Pictures of texts in several sizes: what browsers choose from, and how wide the theme shows them."""

from collections.abc import Sequence
from html import escape

from selectolax.lexbor import LexborNode

from newsgen.body.nodes import replace_html
from newsgen.config.settings import Config
from newsgen.media.renditions import FOLDER, Rendition, write_sources
from newsgen.model.pictures import Picture

NO_MOTION = "(prefers-reduced-motion: reduce)"
"""The readers who want pictures that do not move."""

IN_TEXT = 600
"""How many pixels wide a picture is shown at most in a line or a cell."""


def add_sources(image: LexborNode, planned: Sequence[Sequence[Rendition]], config: Config) -> None:
    """Give a picture its renditions, those of each format together, of which browsers load one.

    The WebP stands at the picture itself, another format in a `<source>` before it.
    """
    sizes = _write_sizes(image, config)
    sources = ""
    for one in planned:
        form, candidates = one[0].recipe.form, write_sources(one, config.base)
        if form == "webp":
            image.attrs["srcset"], image.attrs["sizes"] = candidates, sizes
        else:
            sources += f'<source type="image/{form}" srcset="{escape(candidates)}" sizes="{escape(sizes)}">'
    if sources:
        replace_html(image, f"<picture>{sources}{image.html}</picture>")


def add_still(image: LexborNode, still: Sequence[Rendition], avif: Picture | None, config: Config) -> None:
    """Give an animation its still, for readers who want no motion, and its AVIF."""
    sizes, written = _write_sizes(image, config), escape(write_sources(still, config.base))
    sources = f'<source media="{NO_MOTION}" srcset="{written}" sizes="{escape(sizes)}">'
    if avif is not None:
        sources += f'<source type="image/avif" srcset="{escape(avif.src)}">'
    replace_html(image, f"<picture>{sources}{image.html}</picture>")


def _write_sizes(image: LexborNode, config: Config) -> str:
    """How wide a picture is shown where it stands in a line or alone."""
    shown = image.attrs.get("width") or ""
    if shown.isdecimal() and int(shown) <= IN_TEXT:
        return f"(min-width: {int(shown) + 32}px) {shown}px, calc(100vw - 2rem)"
    return config.pictures.sizes.figure


def set_sizes(image: LexborNode, sizes: str) -> None:
    """Say how wide a picture of which newsgen made several sizes is shown."""
    around = image.parent
    for node in (image, *(around.css("source") if around is not None and around.tag == "picture" else ())):
        if "sizes" in node.attrs and f"/{FOLDER}/" in (node.attrs.get("srcset") or ""):
            node.attrs["sizes"] = sizes
