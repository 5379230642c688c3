"""Every accented letter of Vietnamese, in every spelling that Unicode allows, leads to one address."""

import itertools
import unicodedata
from collections.abc import Iterator

import pytest

from builders import article_source, page_source, png, site_folder
from newsgen.core.text import nfc, slugify
from papers import build_site, tree

BASES = "aăâeêioôơuưy"
TONES = "\u0300\u0301\u0309\u0303\u0323"
LETTERS = sorted(
    {
        unicodedata.normalize("NFC", letter + tone)
        for base in BASES
        for letter in (base, base.upper())
        for tone in ("", *TONES)
    }
    - set("aeiouyAEIOUY")
)
LETTERS += ["đ", "Đ"]


def spellings(letter: str) -> Iterator[str]:
    """Composed, decomposed, half composed, and with its marks in any order."""
    yield letter
    base, *marks = unicodedata.normalize("NFD", letter)
    for order in itertools.permutations(marks):
        yield base + "".join(order)
        for count in range(1, len(order) + 1):
            yield unicodedata.normalize("NFC", base + "".join(order[:count])) + "".join(order[count:])


def test_there_are_134():
    """The alphabet is complete: 67 small letters with marks and as many capital ones."""
    assert 134 == len(LETTERS)


@pytest.mark.parametrize("letter", LETTERS)
def test_every_spelling_of_a_letter_gives_one_slug(letter):
    """All forms of a letter lead to one address, alone and in a word, and it is the base letter's."""
    forms = list(spellings(letter))
    expected = "d" if letter in "đĐ" else unicodedata.normalize("NFD", letter)[0].lower()
    assert {expected} == {slugify(form) for form in forms}
    assert {f"n{expected}ng-muoi"} == {slugify(f"N{form}ng muối") for form in forms}


def test_a_tree_named_in_the_other_form_builds_the_same_bytes(tmp_path):
    """Names, texts, links and tags in decomposed letters give the output of composed ones, byte for byte."""
    files: dict[str, str | bytes] = {
        "content/kinh-tế/giá vải.md": article_source(
            "tags: [Lạc Giang, nhãn lồng]",
            "authors: [Nguyễn Thị Ngọc Ánh]",
            "image: {src: chợ sớm.png, alt: Chợ sớm}",
            title="Giá vải thiều tăng mạnh",
            body="Xem [chợ](../xã-hội/chợ%20nổi.md) và ![ảnh](<chợ sớm.png>).\n\n## Đường về\n",
        ),
        "content/kinh-tế/chợ sớm.png": png(),
        "content/xã-hội/chợ nổi.md": article_source(
            title="Chợ nổi", body="Về [bến](/kinh-tế/giá%20vải.md#duong-ve).\n"
        ),
        "content/pages/giới-thiệu.md": page_source(),
        "data/giá.yaml": "nhãn: một\n",
        "static/ảnh/bìa.png": png(),
    }
    composed = site_folder(tmp_path / "nfc", {nfc(name): given for name, given in files.items()})
    decomposed = {
        unicodedata.normalize("NFD", name): unicodedata.normalize("NFD", given) if isinstance(given, str) else given
        for name, given in files.items()
    }
    other = site_folder(tmp_path / "nfd", decomposed)
    assert decomposed.keys() != files.keys()
    build_site(composed)
    build_site(other)
    assert tree(composed / "build") == tree(other / "build")
