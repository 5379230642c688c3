"""The parts of a drawing in SVG. Places from left to right are shares of its width, all others are pixels.

So a drawing fills the page of any reader, while its text keeps the size in which it is read.
"""

from decimal import Decimal
from html import escape
from typing import Literal

NARROWEST = 280
"""The width in pixels for which drawings are laid out: that of a text on the narrowest phone."""

Anchor = Literal["start", "middle", "end"]


def write_share(share: float) -> str:
    """A share of the width, as SVG has it."""
    return f"{100 * share:.2f}".rstrip("0").rstrip(".") + "%"


def draw_text(text: str, x: str, y: float, anchor: Anchor = "start", more: str = "") -> str:
    """A text whose baseline is at `y`; `more` are further attributes."""
    side = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text x="{x}" y="{y:g}"{side}{more}>{escape(text)}</text>'


def draw_line(x: tuple[str, str], y: tuple[float, float], style: str) -> str:
    """A straight line."""
    return f'<line class="{style}" x1="{x[0]}" x2="{x[1]}" y1="{y[0]:g}" y2="{y[1]:g}"/>'


def describe_mark(value: Decimal, title: str) -> tuple[str, str]:
    """What a mark tells of its value: the attribute for programs, and the element that browsers show as a hint."""
    return f' data-value="{value:f}"', f"<title>{escape(title)}</title>"


def draw_svg(parts: list[str], height: float, style: str, width: str = "100%") -> str:
    """A drawing of these parts, whose text runs from left to right."""
    box = f'class="{style}" width="{width}" height="{height:g}" direction="ltr"'
    return f'<svg {box} aria-hidden="true" focusable="false">{"".join(parts)}</svg>'
