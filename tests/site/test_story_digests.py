"""Digests of stories: the same for the same story, another one for any other."""

from msgspec.structs import asdict, replace

from builders import NOW, article, card
from newsgen.model.episodes import Episode
from newsgen.model.manuscripts import Correction, Coverage, SeriesPart
from newsgen.model.pictures import Picture
from newsgen.model.stories import Translation
from newsgen.model.taxonomy import Author, SectionRef, Term
from newsgen.site.story_digests import StoryDigests

SECTION = SectionRef("xa-hoi", "Xã hội", "/xa-hoi/")
OTHER_CARDS = {
    "title": "Tin khác",
    "url": "/kinh-te/khac.html",
    "date": NOW.replace(hour=1),
    "updated": NOW,
    "section": None,
    "summary": "Khác.",
    "image": Picture("/a.webp"),
    "kicker": "Phóng sự",
    "authors": (Author("thu-trang", "Thu Trang", ""),),
    "lang": "en",
    "pinned": True,
    "sponsor": "Một hãng",
    "also_in": (SECTION,),
    "live": True,
}
OTHER_STORIES = {
    "lead": "Tự viết.",
    "source": "content/kinh-te/khac.md",
    "output": "kinh-te/khac.html",
    "slug": "khac",
    "terms": {"tags": (Term("lua", "Lúa", "/tag/lua/"),)},
    "extra": {"a": 1},
    "corrections": (Correction(NOW, "update", "Sửa"),),
    "series": SeriesPart("Mùa"),
    "translations": (Translation("en", "English", "A story", "/en/a.html"),),
    "appeared": NOW,
    "weight": 1,
    "first_url": "/cu.html",
    "guid": "tag:1",
    "live": Coverage(),
    "episode": Episode("/a.mp3", "audio/mpeg", 1),
}


def digests(*stories):
    """The digests of these stories."""
    return StoryDigests(stories)


def test_any_other_field_of_a_card_makes_another_digest():
    """No field of a card is left out."""
    assert list(OTHER_CARDS) == list(asdict(card()))
    cards = [card(), *(replace(card(), **{name: value}) for name, value in OTHER_CARDS.items())]
    stories = [replace(article(), card=one) for one in cards]
    found = digests(*stories)
    assert (len(cards), len(cards)) == (len(set(found.of_cards)), len(set(found.of_articles)))


def test_any_other_field_of_a_story_makes_another_digest():
    """No field of a story is left out; its card stays what it was."""
    assert ["card", *OTHER_STORIES] == list(asdict(article()))
    stories = [article(), *(replace(article(), **{name: value}) for name, value in OTHER_STORIES.items())]
    found = digests(*stories)
    assert (1, len(stories)) == (len(set(found.of_cards)), len(set(found.of_articles)))


def test_letters_that_move_from_title_to_summary_make_another_digest():
    """The boundary between the two counts."""
    cards = [replace(card(), title="Nhãn muộn", summary=""), replace(card(), title="Nhãn ", summary="muộn")]
    assert 2 == len(set(digests(*(replace(article(), card=one) for one in cards)).of_cards))


def test_the_same_story_has_the_same_digest_whatever_its_objects():
    """Digests are compared with those of another process."""
    assert digests(article()).of_articles == digests(article()).of_articles
