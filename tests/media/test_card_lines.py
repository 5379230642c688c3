"""Headlines in the lines of a card: the size, where lines are broken, and where a text is cut."""

from random import Random
from unicodedata import normalize

import pytest

from card_texts import headline
from newsgen.core.text import split_letters
from newsgen.media.cards.fonts import BOLD, find_bundled
from newsgen.media.cards.lines import MOST_LINES, SIZES, Place, clean_text, cut, find_missing, fit

PLACE = Place(1000, 300, lambda size: size * 1.25)
LATIN = find_bundled(BOLD).characters


def measure(text: str, size: int) -> float:
    """The width of a text in which each letter is half as wide as it is high."""
    return len(text) * size / 2


@pytest.mark.parametrize(
    ("words", "size", "count"),
    [(1, 64, 1), (6, 64, 1), (10, 64, 2), (18, 64, 3), (21, 56, 3), (30, 40, 3), (60, 40, 3)],
)
def test_the_size_follows_from_the_length(words, size, count):
    """A headline is as large as it fits into three lines, and never smaller than the smallest size."""
    found, lines = fit(" ".join(["bốn!"] * words), PLACE, measure)
    assert (size, count) == (found, len(lines))


def test_a_headline_that_fits_is_whole():
    """No word is lost, cut or moved where the headline fits."""
    random = Random(7)  # noqa: S311
    for _ in range(300):
        text = clean_text(headline(random), LATIN)
        size, lines = fit(text, PLACE, measure)
        assert size in SIZES
        assert len(lines) <= MOST_LINES
        assert all(measure(line, size) <= PLACE.width for line in lines)
        if not lines[-1].endswith("…"):
            assert text.replace(" ", "") == "".join(lines).replace(" ", "")


def test_a_headline_that_is_too_long_is_cut_at_a_word():
    """What is shown ends at a whole word with “…”, without a comma before it."""
    words = [f"từ{number}," for number in range(200)]
    size, lines = fit(" ".join(words), PLACE, measure)
    assert (SIZES[-1], MOST_LINES) == (size, len(lines))
    shown = " ".join(lines)
    assert shown.endswith("…")
    assert [word.rstrip(",") for word in shown.removesuffix("…").split()][-1] in [word[:-1] for word in words]
    assert "," not in shown[-2:]


def test_lines_are_balanced():
    """No line is left with one short word where the others are full."""
    _, lines = fit("một hai ba bốn năm sáu bảy tám chín mười mốt", PLACE, measure)
    assert max(map(len, lines)) - min(map(len, lines)) <= 5


def test_a_word_longer_than_a_line_is_broken():
    """A web address stands in as many lines as it takes, and is cut in the last one."""
    size, lines = fit("a" * 130, PLACE, measure)
    assert (40, [49, 49, 32]) == (size, list(map(len, lines)))
    _, lines = fit("a" * 200, PLACE, measure)
    assert ["a" * 49, "a" * 49, "a" * 48 + "…"] == lines


def test_scripts_without_spaces_are_broken_between_letters():
    """Chinese is broken anywhere but before a closing sign; a word of Latin letters in it stays whole."""
    text = "湄公河两岸龙眼丰收，采购商提前预订iPhone全园《河》出口价格上涨，果农喜笑颜开期待新季"
    _, lines = fit(text, Place(400, 300, lambda size: size * 1.25), lambda text, size: len(text) * size)
    assert all(line[0] not in "，》" for line in lines)
    assert all(line[-1] != "《" for line in lines)
    _, lines = fit("水" * 8 + "iPhone", Place(660, 300, lambda size: size * 1.25), lambda text, size: len(text) * size)
    assert "iPhone" in lines[-1]


def test_a_name_is_cut_at_a_word():
    """A section's name that is longer than the card ends in “…”."""
    assert "Kinh tế" == cut("Kinh tế", 500, 40, measure)
    assert "Kinh tế, nông…" == cut("Kinh tế, nông nghiệp", 290, 40, measure)
    assert "Kinh tế…" == cut("Kinh tế, nông nghiệp", 240, 40, measure)
    assert "aaaa…" == cut("a" * 90, 100, 40, measure)


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        ("  Nhãn\n muộn ", "Nhãn muộn"),
        (normalize("NFD", "Nhãn lồng"), "Nhãn lồng"),
        ("Cháy 🔥 lớn", "Cháy lớn"),
        ("👨‍👩‍👧 Gia đình", "Gia đình"),
        ("1️⃣ Một", "1 Một"),
        ("🇻🇳 Việt Nam", "Việt Nam"),
        ("đồng\u202f₫", "đồng\u00a0₫"),
        ("Hà\u2011Nội", "Hà-Nội"),
        ("bí\u00admật\u200b", "bímật"),
        ("25 °C ✓", "25 °C"),
        ("🔥", ""),
    ],
)
def test_what_has_no_letter_is_left_out(written, drawn):
    """Emoji and signs that the font lacks are not drawn; what looks alike takes the place of some."""
    assert drawn == clean_text(written, LATIN)
    assert [] == find_missing(drawn, LATIN)


@pytest.mark.parametrize(
    ("text", "missing"), [("Sông 河", ["河"]), ("Привет", list("Привет")), ("مرحبا", list("مرحبا"))]
)
def test_letters_that_a_font_lacks_are_found(text, missing):
    """Letters are never left out: a headline without some of them would say something else."""
    assert sorted(set(missing)) == find_missing(clean_text(text, LATIN), LATIN)


def test_letters_of_several_characters_stay_together():
    """Marks, joined emoji and flags belong to the letter before them."""
    assert ["a\u0323", "b", "👨‍👩‍👧", "🇻🇳", "🇻🇳"] == split_letters("a\u0323b👨‍👩‍👧🇻🇳🇻🇳")
