"""Cards as they are drawn: where glyphs are, that they are the same each time, and the contrast of text."""

import io
import subprocess
import sys
from random import Random
from unicodedata import normalize

import pytest
from PIL import Image, ImageDraw

from builders import png
from card_texts import card_spec, headline
from newsgen.core.digests import hash_bytes
from newsgen.media.cards import drawing
from newsgen.media.cards.colors import choose_ink, measure_contrast, parse_color
from newsgen.media.cards.drawing import HEIGHT, MARGIN, SHADE, WIDTH, draw_card, load_font, place_texts
from newsgen.media.cleaning.cleaner import clean_picture
from newsgen.media.cleaning.fault import PictureFault

SEED = 20260801


def photo(width: int = 300, height: int = 200, color: str = "#00ff00", kind: str = "JPEG", **more: object) -> bytes:
    """A picture of one colour."""
    made = io.BytesIO()
    Image.new("RGB", (width, height), color).save(made, kind, **more)
    return made.getvalue()


def boxes(spec, texts):
    """The box of the glyphs of each text."""
    for text in texts:
        font = text.find_font(spec.fonts)
        left, top, right, bottom = font.getbbox(text.text, anchor=text.anchor)
        yield text, (text.x + left, text.y + top, text.x + right, text.y + bottom)


@pytest.mark.parametrize(("shaped", "count"), [(True, 2000), (False, 100)])
def test_no_glyph_touches_the_edge(monkeypatch, shaped, count):
    """The glyphs of 2,000 headlines stay in the card's margins; without the layout of all scripts, too."""
    monkeypatch.setattr(drawing, "has_shaping", lambda: shaped)
    load_font.cache_clear()
    random = Random(SEED)  # noqa: S311
    for number in range(count):
        spec = card_spec(headline(random), section=headline(random)[: random.randrange(1, 90)] or "K")
        texts = place_texts(spec)
        for text, (left, top, right, bottom) in boxes(spec, texts):
            near = number, text.text, (left, top, right, bottom)
            assert MARGIN - 8 <= left, near
            assert right <= WIDTH - MARGIN + 8, near
            assert 24 <= top, near
            assert bottom <= HEIGHT - 24, near
        baselines = [text.y for text in texts if text.is_below]
        assert min(baselines) > drawing.RULE + drawing.SMALL
    load_font.cache_clear()


def test_the_border_of_a_card_is_empty():
    """Nothing is drawn in the outermost pixels, whatever the headline."""
    random = Random(SEED)  # noqa: S311
    for _ in range(15):
        image = Image.open(io.BytesIO(draw_card(card_spec(headline(random), color="#ffffff")))).convert("L")
        ImageDraw.Draw(image).rectangle((24, 24, WIDTH - 25, HEIGHT - 25), 255)
        assert image.getextrema()[0] >= 250


def test_a_card_has_its_size_and_nothing_but_pixels():
    """A card is a JPEG of 1200 × 630 pixels that cleaning leaves as it is."""
    made = draw_card(card_spec())
    image = Image.open(io.BytesIO(made))
    assert ("JPEG", (WIDTH, HEIGHT)) == (image.format, image.size)
    assert made == clean_picture("JPEG", made)


def test_both_unicode_forms_give_one_card():
    """A headline in NFD, as some computers type it, gives the same bytes as in NFC."""
    title = "Nhãn lồng Hưng Yên: trồng ở đồng bằng, ngọt nhất nước"
    assert draw_card(card_spec(normalize("NFC", title))) == draw_card(card_spec(normalize("NFD", title)))


@pytest.mark.parametrize("change", [{"section": "Xã hội"}, {"paper": "Báo khác"}, {"color": "#003366"}])
def test_whatever_is_told_is_drawn(change):
    """Another section, paper or colour gives another card."""
    assert draw_card(card_spec()) != draw_card(card_spec(**change))


def test_processes_draw_the_same():
    """Two other processes draw byte for byte the same card."""
    program = (
        "from card_texts import card_spec; from newsgen.core.digests import hash_bytes; "
        "from newsgen.media.cards.drawing import draw_card; print(hash_bytes(draw_card(card_spec())))"
    )
    run = [sys.executable, "-c", f"import sys; sys.path[:0] = {sys.path!r}; {program}"]
    told = {subprocess.run(run, capture_output=True, check=True, text=True).stdout.strip() for _ in range(2)}
    assert {hash_bytes(draw_card(card_spec()))} == told


@pytest.mark.parametrize("color", ["#fff", "#000", "#a3151c", "#777", "#767676", "#f6f4f0", "#00ff00", "#e8590c"])
def test_text_is_read_on_every_colour(color):
    """The contrast of text with the ground is at least 4.5."""
    assert measure_contrast(choose_ink(parse_color(color)), parse_color(color)) >= 4.5


def test_text_is_read_on_every_grey():
    """No grey is without an ink."""
    assert all(measure_contrast(choose_ink((grey,) * 3), (grey,) * 3) >= 4.5 for grey in range(256))


def test_text_is_read_on_a_white_picture():
    """Behind text even a white picture is dark enough for white letters."""
    grey = round(255 * (1 - SHADE))
    assert measure_contrast((255, 255, 255), (grey, grey, grey)) >= 4.5
    image = Image.open(io.BytesIO(draw_card(card_spec("Nhãn", picture=photo(color="#ffffff")))))
    assert image.getpixel((WIDTH - 20, HEIGHT - 20))[0] <= grey + 4
    assert image.getpixel((WIDTH - 20, 300))[0] >= 235


@pytest.mark.parametrize(("focus", "color"), [((0.0, 50.0), (255, 0, 0)), ((100.0, 50.0), (0, 0, 255))])
def test_a_picture_is_cut_around_its_focus(focus, color):
    """Of a wide picture the part with the focus is seen."""
    wide = Image.new("RGB", (3000, 300), (255, 0, 0))
    wide.paste((0, 0, 255), (1500, 0, 3000, 300))
    made = io.BytesIO()
    wide.save(made, "PNG")
    card = Image.open(io.BytesIO(draw_card(card_spec("N", picture=made.getvalue(), focus=focus))))
    assert all(abs(a - b) < 40 for a, b in zip(card.getpixel((600, 300)), color, strict=True))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_every_kind_of_picture_is_drawn(kind):
    """What browsers show can stand behind a headline."""
    card = Image.open(io.BytesIO(draw_card(card_spec("N", picture=photo(kind=kind)))))
    red, green, blue = card.getpixel((600, 300))
    assert green > 200 > 60 > max(red, blue)


@pytest.mark.parametrize("picture", [b"", b"no picture", photo()[:200], png()[:40]])
def test_a_damaged_picture_is_told(picture):
    """A picture that cannot be read is a fault of that picture, and no crash."""
    if not picture:
        assert draw_card(card_spec(picture=picture))
        return
    with pytest.raises(PictureFault):
        draw_card(card_spec(picture=picture))


def test_a_huge_picture_is_refused():
    """More megapixels than allowed are not decoded."""
    with pytest.raises(PictureFault):
        draw_card(card_spec(picture=png(2000, 1001), most=2))


def test_a_logo_stands_beside_the_name_and_a_wordmark_in_its_place():
    """A square logo moves the paper's name aside; one that is twice as wide as high stands for it."""
    beside, alone = (place_texts(card_spec(), size)[0] for size in ((60, 60), (120, 60)))
    assert ("Báo Lạc Giang", MARGIN + 80) == (beside.text, beside.x)
    assert "Báo Lạc Giang" != alone.text
    logo = photo(400, 100, "#ffff00", "PNG")
    card = Image.open(io.BytesIO(draw_card(card_spec(logo=logo))))
    assert card.getpixel((MARGIN + 100, MARGIN + 30))[1] > 200


@pytest.mark.skipif(not drawing.has_shaping(), reason="Pillow has no Raqm here")
def test_arabic_begins_on_the_right():
    """A headline from right to left has the right margin; one that only quotes it has the left."""
    spec = card_spec()
    turned = place_texts(drawing.CardSpec("مرحبا", "", "Báo", "ar", spec.color, spec.fonts))
    assert {("rs", WIDTH - MARGIN)} == {(text.anchor, text.x) for text in turned}
    quoting = place_texts(drawing.CardSpec("Chữ مرحبا", "", "Báo", "vi", spec.color, spec.fonts))
    assert {("ls", MARGIN)} == {(text.anchor, text.x) for text in quoting}
