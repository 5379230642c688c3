"""What characters a font has."""

import io
from random import Random
from unicodedata import normalize

import pytest
from PIL import ImageFont

from card_texts import bundled, syllables
from newsgen.media.cards.fonts import BOLD, SEMIBOLD, FontFault, find_bundled, read_characters


@pytest.mark.parametrize("name", [BOLD, SEMIBOLD])
def test_the_fonts_have_every_vietnamese_letter(name):
    """Newsgen's own fonts draw every syllable in every case, and the signs of newspapers."""
    letters = set("".join(syllables())) | set("".join(syllables()).upper()) | set("“”‘’–—…₫€%°·•«»0123456789")
    assert [] == sorted(letter for letter in letters if ord(letter) not in find_bundled(name).characters)
    assert all(normalize("NFC", letter) == letter for letter in letters)


def test_the_table_is_what_pillow_draws():
    """A character is in the table exactly where it is drawn other than one that no font has."""
    font = ImageFont.truetype(io.BytesIO(bundled().headline), 40, layout_engine=ImageFont.Layout.BASIC)
    nothing = bytes(font.getmask("\uffff"))
    for code in range(0x20, 0x3000):
        if code not in (0x20, 0xA0, 0x0D):
            is_drawn = bytes(font.getmask(chr(code))) != nothing
            assert is_drawn == (code in find_bundled(BOLD).characters), hex(code)


def test_a_damaged_font_is_told():
    """Whatever is changed or cut, the table is read or refused, and never takes long."""
    random, whole = Random(3), bundled().small  # noqa: S311
    for _ in range(300):
        data = bytearray(whole)
        start = random.choice((0, data.index(b"cmap"), random.randrange(len(data))))
        for at in range(start, start + random.randrange(1, 40)):
            if at < len(data):
                data[at] = random.randrange(256)
        try:
            read_characters(bytes(data[: random.choice((len(data), random.randrange(len(data))))]))
        except FontFault:
            continue


@pytest.mark.parametrize("data", [b"", b"\0\1\0\0", b"wOF2" + bytes(90), b"<svg/>", b"OTTO" + bytes(90)])
def test_what_is_no_font_is_refused(data):
    """A file without a table of characters is no font."""
    with pytest.raises(FontFault):
        read_characters(data)
