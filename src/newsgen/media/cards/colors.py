"""Colours of cards, and the contrast of text on them (WCAG 2.2, 1.4.3)."""

Color = tuple[int, int, int]
"""Red, green and blue, 0 to 255."""

WHITE, BLACK, INK = (255, 255, 255), (0, 0, 0), (26, 25, 24)
LEAST = 4.5
"""The least contrast of text that is read with ease."""


def parse_color(text: str) -> Color:
    """The colour of `#rgb` or `#rrggbb`."""
    digits = text.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def measure_contrast(one: Color, other: Color) -> float:
    """The contrast of two colours, 1 to 21."""
    light, dark = sorted((_measure_luminance(one), _measure_luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def choose_ink(ground: Color) -> Color:
    """The colour of text on a ground: the nearest to white or black, soft where that is read as well."""
    if measure_contrast(WHITE, ground) >= measure_contrast(BLACK, ground):
        return WHITE
    return INK if measure_contrast(INK, ground) >= 2 * LEAST else BLACK


def mix(one: Color, other: Color, part: float) -> Color:
    """The first colour with a part, 0 to 1, of the second."""
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _measure_luminance(color: Color) -> float:
    channels = [value / 255 for value in color]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
