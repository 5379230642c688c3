"""Draw a card: a pure function of its texts, files and colour to the bytes of a JPEG without anything but pixels."""

import io
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple
from unicodedata import bidirectional

import msgspec

from newsgen.core.text import has_right_to_left
from newsgen.media.cards.colors import BLACK, WHITE, Color, choose_ink, mix, parse_color
from newsgen.media.cards.fonts import FontFault
from newsgen.media.cards.lines import SIZES, Measure, Place, cut, fit
from newsgen.media.resizing import encode_picture, open_picture
from newsgen.model.pictures import Crop

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1200, 630
MARGIN = 72
NAME, SMALL = 34, 30
"""The sizes of the paper's name and of the section's, in pixels."""

LOGO = 460, 60
"""The most width and height of a logo."""

WORDMARK = 2.0
"""A logo that is so many times as wide as high stands for the paper's name, any other beside it."""

RULE = MARGIN + LOGO[1] + 26
"""Where the line under the paper's name is, in pixels from above."""

BETWEEN = 20
"""Pixels between a logo and the paper's name, and between the section's name and the headline."""

LEADING = 1.22
"""The least height of a line, as a part of its size: marks over Vietnamese capitals need it."""

SHADE = 0.66
"""How dark a picture is behind text: white on white would have a contrast of more than 7."""

MOST_LOGO = 25
"""Megapixels of a logo."""

QUALITY = 86
SHARP = 0
"""Colours are kept for each pixel: text has hard edges."""


class CardFonts(NamedTuple):
    """The bytes of two fonts."""

    headline: bytes
    small: bytes


class CardSpec(msgspec.Struct, frozen=True):
    """All that a card is drawn from.

    `lang` is the language of the texts, `color` that of the ground, `logo` the file of a picture that stands for the
    paper's name, b"" for none. `picture` is the file of the picture behind, of so many megapixels at `most`, b"" for
    none; `focus` is what must be seen of it, in per cent of its width and height. `ellipsis` ends a text that is cut.
    """

    headline: str
    section: str
    paper: str
    lang: str
    color: str
    fonts: CardFonts
    logo: bytes = b""
    picture: bytes = b""
    focus: tuple[float, float] = (50.0, 50.0)
    most: int = 100
    ellipsis: str = "…"


class Text(NamedTuple):
    """A text on a card: the point of its baseline where it begins, which `anchor` names, its size, and its font.

    `is_below` says that it stands at the foot of the card.
    """

    text: str
    x: int
    y: int
    size: int
    anchor: str
    is_bold: bool
    is_below: bool = False

    def find_font(self, fonts: CardFonts) -> "FreeTypeFont":
        """Its font."""
        return load_font(fonts.headline if self.is_bold else fonts.small, self.size)


def draw_card(spec: CardSpec) -> bytes:
    """The card as a JPEG of 1200 × 630 pixels.

    Raises:
        PictureFault: when a picture cannot be read.
    """
    from PIL import ImageDraw  # start-up: only where cards are drawn

    logo = _open_logo(spec.logo) if spec.logo else None
    texts = place_texts(spec, logo.size if logo else (0, 0))
    if spec.picture:
        image, ink = _draw_picture(spec, min(text.y - text.size for text in texts if text.is_below)), WHITE
    else:
        image, ink = _draw_color(spec.color)
    draw = ImageDraw.Draw(image)
    if logo:
        left = WIDTH - MARGIN - logo.width if is_right_to_left(spec.headline) else MARGIN
        image.paste(logo, (left, MARGIN + (LOGO[1] - logo.height) // 2), logo)
    for text in texts:
        font, (way, lang) = text.find_font(spec.fonts), _shape(text.text, spec)
        draw.text((text.x, text.y), text.text, ink, font, text.anchor, direction=way, language=lang)
    return encode_picture(image, "jpeg", QUALITY)


def place_texts(spec: CardSpec, logo: tuple[int, int] = (0, 0)) -> list[Text]:
    """Every text of a card in its place, beside a logo of this width and height."""
    is_turned = is_right_to_left(spec.headline)
    edge, anchor, way = (WIDTH - MARGIN, "rs", -1) if is_turned else (MARGIN, "ls", 1)
    wide = WIDTH - 2 * MARGIN
    texts = []
    if not logo[0] or logo[0] < WORDMARK * logo[1]:
        start = logo[0] + BETWEEN if logo[0] else 0
        name = cut(spec.paper, wide - start, NAME, _measure(spec, spec.fonts.headline), spec.ellipsis)
        texts.append(
            Text(name, edge + way * start, MARGIN + LOGO[1] // 2 + NAME * 36 // 100, NAME, anchor, is_bold=True)
        )
    font = spec.fonts.headline
    heights = {size: max(sum(load_font(font, size).getmetrics()), LEADING * size) for size in SIZES}
    room = HEIGHT - MARGIN - RULE - 2 * BETWEEN - (SMALL + BETWEEN) * bool(spec.section)
    place = Place(wide, room, heights.__getitem__)
    size, lines = fit(spec.headline, place, _measure(spec, font), spec.ellipsis)
    above, below = load_font(font, size).getmetrics()
    for number, line in enumerate(reversed(lines)):
        y = HEIGHT - MARGIN - min(below, size // 4) - round(number * heights[size])
        texts.append(Text(line, edge, y, size, anchor, is_bold=True, is_below=True))
    if spec.section:
        name = cut(spec.section, wide, SMALL, _measure(spec, spec.fonts.small), spec.ellipsis)
        y = texts[-1].y - min(above, round(1.1 * size)) - BETWEEN
        texts.append(Text(name, edge, y, SMALL, anchor, is_bold=False, is_below=True))
    return texts


def is_right_to_left(text: str) -> bool:
    """Whether a text begins on the right: its first letter is Arabic, Hebrew or the like."""
    if not has_right_to_left(text):
        return False
    return next((bidirectional(c) != "L" for c in text if bidirectional(c) in ("L", "R", "AL")), False)


@lru_cache(maxsize=32)
def load_font(data: bytes, size: int) -> "FreeTypeFont":
    """A font in a size, with the layout of all scripts where Pillow has it."""
    from PIL import ImageFont  # start-up: only where cards are drawn

    engine = ImageFont.Layout.RAQM if has_shaping() else ImageFont.Layout.BASIC
    return ImageFont.truetype(io.BytesIO(data), size, layout_engine=engine)


@cache
def has_shaping() -> bool:
    """Whether Pillow lays out scripts whose letters are joined, reordered or go from right to left."""
    from PIL import features  # start-up: only where cards are drawn

    return bool(features.check("raqm"))


def _measure(spec: CardSpec, font: bytes) -> Measure:
    @cache
    def measure(text: str, size: int) -> float:
        way, lang = _shape(text, spec)
        return load_font(font, size).getlength(text, direction=way, language=lang)

    return measure


def _shape(text: str, spec: CardSpec) -> tuple[Literal["rtl", "ltr"] | None, str | None]:
    """The direction and the language of a text for the layout of all scripts; the basic one takes neither."""
    if not has_shaping():
        return None, None
    return "rtl" if is_right_to_left(text) else "ltr", spec.lang


def _draw_color(color: str) -> "tuple[Image, Color]":
    """A ground of one colour with the line under the paper's name, and the colour of text on it."""
    from PIL import Image, ImageDraw  # start-up: only where cards are drawn

    ground = parse_color(color)
    ink = choose_ink(ground)
    image = Image.new("RGB", (WIDTH, HEIGHT), ground)
    ImageDraw.Draw(image).rectangle((MARGIN, RULE, WIDTH - MARGIN - 1, RULE + 1), mix(ground, ink, 0.3))
    return image, ink


def _draw_picture(spec: CardSpec, top: int) -> "Image":
    """The picture, cut to the card around its focus, and dark where text stands: from `top` down, and at the head."""
    from PIL import Image  # start-up: only where cards are drawn

    across, down = map(round, spec.focus)
    image = open_picture(spec.picture, WIDTH, spec.most, Crop(WIDTH, HEIGHT, across, down)).image
    if image.size != (WIDTH, HEIGHT):  # a small one has no part of exactly this shape
        image = image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    if image.mode == "RGBA":
        image = Image.alpha_composite(Image.new("RGBA", image.size, WHITE), image).convert("RGB")
    shades = [max(_fade(top - y, 150), _fade(y - MARGIN - LOGO[1], 90)) for y in range(HEIGHT)]
    mask = Image.new("L", (1, HEIGHT))
    mask.putdata([round(255 * SHADE * shade) for shade in shades])
    image.paste(BLACK, (0, 0), mask.resize((WIDTH, HEIGHT)))
    return image


def check_font(data: bytes) -> None:
    """Check that text can be drawn with a font.

    Raises:
        FontFault: when it cannot.
    """
    try:
        load_font(data, SIZES[0]).getmask("Aa")
    except OSError as error:
        raise FontFault from error


def check_logo(data: bytes) -> None:
    """Check that a logo can be drawn.

    Raises:
        PictureFault: when it cannot.
    """
    _open_logo(data)


def _fade(distance: int, over: int) -> float:
    """1 where the distance is none, 0 from `over` on, and softly between."""
    part = min(1.0, max(0.0, distance / over))
    return 1 - part * part * (3 - 2 * part)


def _open_logo(data: bytes) -> "Image":
    """A logo in the size of its place.

    Raises:
        PictureFault: when it is damaged, or has too many pixels.
    """
    from PIL import Image  # start-up: only where cards are drawn

    logo = open_picture(data, LOGO[0], MOST_LOGO).image.convert("RGBA")
    logo.thumbnail(LOGO, Image.Resampling.LANCZOS)
    return logo
