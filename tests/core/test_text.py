"""Slugs, folding and cuts, for Vietnamese first."""

import re
import unicodedata
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slugify import slugify as slugify_letters

from newsgen.core.text import (
    INVISIBLE,
    SLUG_BYTES,
    count_unspaced,
    find_invisible,
    fold,
    has_right_to_left,
    is_reserved,
    is_slug,
    is_unspaced,
    nfc,
    shorten,
    slugify,
    squeeze,
    strip_marks,
)

VOWELS = "a ă â e ê i o ô ơ u ư y"
TONES = "\u0300\u0301\u0303\u0309\u0323"
LETTERS = [unicodedata.normalize("NFC", v + t) for v in VOWELS.split() for t in ["", *TONES]]
ACCENTED = [letter for small in [*LETTERS, "đ"] if not small.isascii() for letter in (small, small.upper())]


def test_vietnamese_has_134_accented_letters():
    """The table these tests walk is the whole alphabet."""
    assert 134 == len(set(ACCENTED))


@pytest.mark.parametrize("letter", ACCENTED)
def test_each_accented_letter_becomes_its_base_letter_in_any_form(letter):
    """A letter gives one slug, its base letter, whatever the order of its marks."""
    base, *marks = unicodedata.normalize("NFD", letter)
    expected = base.replace("đ", "d").replace("Đ", "d").lower()
    spellings = {base + "".join(order) for order in permutations(marks)}
    spellings |= {letter, *(unicodedata.normalize("NFC", base + m) + "".join(marks).replace(m, "") for m in marks)}
    assert {expected} == {slugify(spelling) for spelling in spellings}


@given(st.text(st.characters(), max_size=300))
def test_a_slug_can_always_stand_in_an_address(text):
    """Any text gives [a-z0-9-] of at most 120 bytes, or nothing."""
    slug = slugify(text)
    assert re.fullmatch(r"[a-z0-9-]*", slug)
    assert SLUG_BYTES >= len(slug.encode())
    assert slug == "" or is_slug(slug)


@given(st.text(st.one_of(st.sampled_from(ACCENTED), st.characters()), max_size=60), st.sampled_from(["NFC", "NFD"]))
def test_a_slug_does_not_depend_on_the_unicode_form(text, form):
    """Composed and decomposed text have one slug."""
    assert slugify(text) == slugify(unicodedata.normalize(form, text))


COMMON = [*ACCENTED, *TONES, *"\u034e\u034f\u0350 aZ9"]
MARKED = st.text(st.one_of(st.sampled_from(COMMON), st.characters()), max_size=40)


@given(MARKED)
def test_marks_are_stripped_alike_at_once_and_one_by_one(text):
    """What is searched for the usual marks at once comes out as if each character were looked up."""
    letters = text.replace("₫", " dong ")
    letters = "".join("d" if c in "đð" else "D" if c in "ĐÐ" else c for c in letters)
    decomposed = unicodedata.normalize("NFKD", letters)
    expected = text if text.isascii() else "".join(c for c in decomposed if not unicodedata.combining(c))
    assert expected == strip_marks(text)


@given(st.text(st.sampled_from([*"aZ9 ", *ACCENTED]), max_size=60))
def test_words_alone_are_joined_as_python_slugify_does(text):
    """A text of letters, digits and spaces needs no search for anything else."""
    expected = slugify_letters(strip_marks(text), entities=False, decimal=False, hexadecimal=False)
    assert slugify(text) in (expected, f"{expected}-{slugify(text).rpartition('-')[2]}")


@given(st.text(st.sampled_from("ab c-"), max_size=300))
def test_a_slug_of_a_slug_is_itself(text):
    """What is a slug stays as it is."""
    assert slugify(slugify(text)) == slugify(text)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Nhãn muộn được mùa", "nhan-muon-duoc-mua"),
        ("Đường về Đà Nẵng", "duong-ve-da-nang"),
        ("Ðường", "duong"),  # the Icelandic letter that some keyboards give
        ("Giá 5.000₫", "gia-5-000-dong"),
        ("GDP tăng 8,2%, lạm phát 3.5%", "gdp-tang-8-2-lam-phat-3-5"),
        ("Lương tăng 75%", "luong-tang-75"),
        ("l’été, l'été", "l-ete-l-ete"),
        ("Nóng 40°C", "nong-40-c"),
        ("€100", "100"),
        ("Giờ ‘vàng’: 1/2", "gio-vang-1-2"),
        ("A & B", "a-b"),
        ("你好", "ni-hao"),
        ("  -- x -- ", "x"),
        ("🤷", ""),
        ("", ""),
    ],
)
def test_slugs(text, slug):
    """A title becomes its base letters with hyphens between the words."""
    assert slug == slugify(text)


def test_two_long_titles_that_differ_late_stay_apart():
    """A cut slug ends at a word and in a digest of the whole."""
    first, second = (slugify("mot hai ba bon nam " * 10 + end) for end in ("sau", "bay"))
    assert first != second
    assert first[:-8] == second[:-8]
    assert re.search(r"-(mot|hai|ba|bon|nam)-[0-9a-f]{8}$", first)


@pytest.mark.parametrize("text", ["a", "a-b", "2022-12", "a" * SLUG_BYTES])
def test_slugs_are_known(text):
    """Words of [a-z0-9] with single hyphens between can stand in an address."""
    assert is_slug(text)


@pytest.mark.parametrize("text", ["", "-a", "a-", "a--b", "A", "à", "a b", "a/b", "a\n", ".", "a" * (SLUG_BYTES + 1)])
def test_what_is_no_slug_is_refused(text):
    """Anything else cannot."""
    assert not is_slug(text)


@given(st.text(max_size=20))
def test_nfc_is_unicodes_composed_form(text):
    """Text comes out composed."""
    assert unicodedata.is_normalized("NFC", nfc(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Nông Nghiệp", "nông nghiệp"), ("nhãn", unicodedata.normalize("NFD", "Nhãn")), ("STRASSE", "straße")],
)
def test_folding_brings_spellings_together(one, other):
    """Case and Unicode form do not tell words apart."""
    assert fold(one) == fold(other)


def test_folding_keeps_accents_apart():
    """Accents do."""
    assert fold("ma") != fold("má")


@given(st.text(st.sampled_from("ab ,.\tđ"), max_size=40), st.integers(2, 45))
def test_a_cut_text_is_no_longer_than_asked_and_ends_at_a_word(text, length):
    """A cut keeps to its length, starts like the text, and ends in "…" only when something is missing."""
    short = shorten(text, length)
    assert length >= len(short)
    assert short == text or short.endswith("…")
    assert text.startswith(short.removesuffix("…"))
    assert (short == text) == (len(text) <= length)


@pytest.mark.parametrize(
    ("text", "length", "short"),
    [
        ("Nhãn muộn được mùa", 18, "Nhãn muộn được mùa"),
        ("Nhãn muộn được mùa", 17, "Nhãn muộn được…"),
        ("Nhãn muộn, được mùa", 11, "Nhãn muộn…"),
        ("Nhãn muộn được mùa", 10, "Nhãn muộn…"),
        ("Nhãnmuộnđượcmùa", 8, "Nhãnmuộ…"),
    ],
)
def test_cuts(text, length, short):
    """A long text ends at its last whole word, without the comma before the "…"."""
    assert short == shorten(text, length)


def test_squeezing_makes_one_line():
    """Lines, tabs and runs of spaces become single spaces."""
    assert "Nhãn muộn được mùa" == squeeze("\n Nhãn\tmuộn\n\n được  mùa ")


@pytest.mark.parametrize(("title", "slug"), [("&amp;", "amp"), ("R&amp;D", "r-amp-d"), ("Mã &#65;", "ma-65")])
def test_a_slug_is_of_the_text_as_typed(title, slug):
    """A title is text and no HTML: what looks like an entity is letters like any other."""
    assert slug == slugify(title)


@pytest.mark.parametrize(
    "name",
    ["con", "CON", "nul.html", "com1.tar.gz", "LPT9", "aux .txt", "a.", "a ", *(f"a{sign}b" for sign in '<>:"|?*\\')],
)
def test_a_name_that_some_system_refuses_is_known(name):
    """Devices of Windows with any ending, its signs, and a dot or space at the end."""
    assert is_reserved(name)


@pytest.mark.parametrize("name", ["conn", "icon", "con-so", "a.b", "com", "lpt10", "chợ.md", "a b", ".well-known"])
def test_an_ordinary_name_is_left_alone(name):
    """What only looks like one is none."""
    assert not is_reserved(name)


@pytest.mark.parametrize("title", ["Con", "CÒN", "nul", "Com1"])
def test_a_title_that_is_a_device_gets_another_slug(title):
    """The slug of a title is never a name that some system refuses, whatever its form."""
    slug = slugify(title)
    assert is_slug(slug)
    assert slug.startswith(f"{unicodedata.normalize('NFD', title)[0].lower()}")
    assert slug == slugify(unicodedata.normalize("NFD", title))
    assert not is_slug(slug.rpartition("-")[0])


@pytest.mark.parametrize(
    ("text", "expected"), [("chợ", False), ("", False), ("a\u202eb", True), ("العربية", True), ("😀", False)]
)
def test_what_runs_from_right_to_left_is_known(text, expected):
    """Arabic, Hebrew and the signs that turn a line; no other letter."""
    assert expected == has_right_to_left(text)


def test_every_invisible_character_is_found_by_its_bytes():
    """Of all code points up to U+FFFF exactly the invisible ones are found, each where it stands."""
    pattern = re.compile(f"[{INVISIBLE}]")
    for number in range(0x10000):
        text = f"a{chr(number)}"
        found = find_invisible(text, text.encode("utf-8", "surrogatepass"))
        assert bool(pattern.match(chr(number))) == (found is not None and found.start() == 1), hex(number)


@pytest.mark.parametrize(
    ("text", "length", "short"),
    [
        ("2025 年中国经济持续增长和稳定", 10, "2025 年中国经…"),
        ("中国经济，持续增长", 6, "中国经济…"),
        ("ผู้อ่านต้องการทราบเวลา", 4, "ผู้…"),
        ("กำกำกำ", 4, "กำ…"),
        ("ไปไปไป", 4, "ไป…"),
        ("xem 中国经济 rồi đi", 12, "xem 中国经济…"),
        ("xem 中国经济 rồi đi", 14, "xem 中国经济 rồi…"),
        ("🇻🇳🇻🇳🇻🇳🇻🇳", 4, "🇻🇳…"),
        ("👩‍👩‍👧👩‍👩‍👧", 8, "👩‍👩‍👧…"),
        ("👍🏽👍🏽👍🏽", 4, "👍🏽…"),
        (unicodedata.normalize("NFD", "ếếếế"), 6, unicodedata.normalize("NFD", "ế…")),
        ("nhãnnhãnnhãn", 6, "nhãnn…"),
        ("mùa nhãn muộn", 9, "mùa nhãn…"),
        ("👩‍👩‍👧👩‍👩‍👧", 4, "…"),
        ("ខ្មែរខ្មែរ", 5, "ខ្មែ…"),
    ],
)
def test_a_cut_ends_between_letters_as_readers_see_them(text, length, short):
    """Flags, joined emoji and letters with marks stay whole; writings without spaces end at a letter."""
    assert short == shorten(text, length)


@pytest.mark.parametrize(
    ("text", "letters", "rest"),
    [("mùa nhãn", 0, "mùa nhãn"), ("xem 中国，nhé", 2, "xem  nhé"), ("ผู้อ่าน", 4, " "), ("カタカナ", 4, " ")],
)
def test_letters_of_writings_without_spaces_are_counted(text, letters, rest):
    """Their marks and punctuation are not."""
    assert (letters, rest) == count_unspaced(text)


def test_every_letter_without_spaces_is_found():
    """The quick look at a text's bytes misses none of the letters that are counted one by one."""
    found = [chr(point) for point in range(0x110000) if not 0xD800 <= point < 0xE000 and is_unspaced(chr(point))]
    assert len(found) > 90_000
    assert [] == [letter for letter in found if " " not in count_unspaced(f"ấ{letter}ấ")[1]]
