"""The script takes words apart and folds them as newsgen does when it writes the index."""

import random
import unicodedata

import pytest
from playwright.sync_api import Page

from newsgen.search.folding import fold, make_exact, split_exact
from newsgen.search.terms import find_bucket
from search_pages import SEARCH
from syllables import list_syllables

SCRIPT = """async ([act, texts]) => {
  const { search, index } = document.querySelector(".search").dataset;
  const engine = await import(index);
  await engine.open(search);
  return texts.map((text) => engine[act](text));
}"""


@pytest.fixture(scope="module")
def page(browser, searched):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{searched.origin}/{SEARCH}")
    yield page
    context.close()


def run(page: Page, act: str, texts: list[str]) -> list:
    return page.evaluate(SCRIPT, [act, texts])


def known_letters() -> list[str]:
    """The letters of the first plane that Python knows, in the form in which they are compared."""
    letters = (chr(code) for code in range(0x10000) if unicodedata.category(chr(code))[0] == "L")
    return sorted({make_exact(letter) for letter in letters})


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_every_letter_is_folded_as_in_the_index(page, form):
    """What Python and the script make of each letter of any script is the same, composed or not."""
    letters = [unicodedata.normalize(form, letter) for letter in known_letters()]
    assert len(letters) > 40_000
    folded = run(page, "fold", letters)
    assert [] == [
        (one, ours, script) for one, script in zip(letters, folded, strict=True) if (ours := fold(one)) != script
    ]


def test_every_vietnamese_syllable_is_folded_as_in_the_index(page):
    """Each syllable of Vietnamese, in both forms and cases, is split and folded to the same plain letters."""
    syllables = list_syllables()
    assert len(syllables) > 15_000
    plain = [fold(one) for one in syllables]
    assert all(one.isascii() for one in plain)
    assert plain == run(page, "fold", syllables)
    typed = [unicodedata.normalize("NFD", one).upper() for one in syllables]
    assert [[one] for one in syllables] == run(page, "split", typed)


def test_texts_are_split_as_in_the_index(page):
    """Random texts with letters, marks, signs and digits of many scripts fall into the same words."""
    chance = random.Random(11)  # noqa: S311 - the same texts each time
    codes = [code for code in range(0x20, 0x1F000) if unicodedata.category(chr(code)) not in {"Cn", "Cs", "Co"}]
    common = "  aăâbcdđeêghiklmnoôơpqrstuưvxy0123456789.,-–“”!?/_'’\u0301\u0300\u0323"
    texts = [
        "".join(chance.choice(common) if chance.random() < 0.6 else chr(chance.choice(codes)) for _ in range(20))
        for _ in range(5000)
    ]
    found = run(page, "split", texts)
    assert [] == [
        (one, ours, script) for one, script in zip(texts, found, strict=True) if (ours := split_exact(one)) != script
    ]


def test_terms_are_looked_up_where_the_index_has_them(page):
    """The script looks for words and neighbours in the file in which newsgen writes them."""
    queries = ["nhãn", "Nhãn lồng", "đò", "đường", "Straße", "Ὀδυσσεύς", "lớp 10", "ở nhà"]
    plans = run(page, "parse", queries)
    ours = [find_bucket(" ".join(split_exact(query))) for query in queries]
    assert ours == [plan["units"][0]["bucket"] for plan in plans]
