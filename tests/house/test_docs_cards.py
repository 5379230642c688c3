"""The card in docs/cards.md is one of the demonstration paper, as it is drawn today."""

import io

from PIL import Image, ImageChops, ImageStat

from newsgen.config.reading import read_config
from newsgen.media.cards.drawing import draw_card
from newsgen.media.cards.style import CardTexts, make_style
from source_modules import ROOT

STORY = ROOT / "content/van-hoa/thu-vien-so.md"
DIFFERENCE = 3
"""How much a channel may differ on average: other releases of the libraries round otherwise."""


def draw_example() -> bytes:
    """The card of the story."""
    config = read_config(ROOT)
    style = make_style(ROOT, config.cards, "static/apple-touch-icon.png")
    title = next(line.removeprefix("title: ") for line in STORY.read_text("utf-8").splitlines() if "title: " in line)
    card = style.plan(CardTexts(title, config.sections["van-hoa"].title, config.title, "vi"))
    assert card is not None
    return draw_card(style.specify(card, b"", 100))


def test_the_card_in_the_docs_is_drawn_so():
    """docs/images/card.jpg shows what newsgen draws; `python tests/house/test_docs_cards.py` writes it anew."""
    shown, drawn = (Image.open(file) for file in (ROOT / "docs/images/card.jpg", io.BytesIO(draw_example())))
    assert shown.size == drawn.size
    assert max(ImageStat.Stat(ImageChops.difference(shown, drawn)).mean) < DIFFERENCE


if __name__ == "__main__":
    (ROOT / "docs/images/card.jpg").write_bytes(draw_example())
