"""Settings of social cards, and their checks."""

import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from newsgen.config.taxonomies import Fault
from newsgen.core.messages import IT, say
from newsgen.core.site_files import STATIC

COLOR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
FONTS = (".ttf", ".otf")
ACCENT = "#a3151c"
"""The colour of the theme."""


class Cards(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which stories get a picture of their headline, which other sites show, and how it looks.

    `background` is what stands behind the headline of a story with a lead picture; `color` is the ground of all others.
    """

    when: Literal["none", "missing", "all"] = "none"
    background: Literal["picture", "color"] = "picture"
    color: str = ACCENT
    logo: str = ""
    font: str = ""


def find_faults(cards: Cards) -> Iterator[Fault]:
    """Every fault of these settings."""
    if not COLOR.fullmatch(cards.color):
        what = say("`{name}` is no colour: “{color}”", name=IT, color=cards.color)
        yield ("cards", "color"), what, say('write `color: "{color}"`', color=ACCENT)
    if cards.logo.casefold().endswith(".svg"):
        what = say("`{name}` is an SVG, which cannot be drawn on a card", name=IT)
        yield ("cards", "logo"), what, say("export it as PNG, or leave it out: the paper's name stands in its place")
    if cards.font and not (cards.font.startswith(f"{STATIC}/") and cards.font.casefold().endswith(FONTS)):
        what = say("`{name}` is no font of the site: “{path}”", name=IT, path=cards.font)
        yield ("cards", "font"), what, say("write the path of a TrueType or OpenType font: `static/fonts/name.ttf`")
