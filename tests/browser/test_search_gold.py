"""What readers look for is among the first results."""

from search_gold import GOLD
from search_pages import ask

WANTED = 57


def test_readers_find_what_they_look_for(reader, searched):
    """For 57 of 60 queries the story is among the first three of three thousand."""
    page = reader.page()
    missed = []
    for query, slugs in GOLD:
        found = [url.rpartition("/")[2].removesuffix(".html") for url, _ in ask(page, searched, query)]
        if not {*found[:3]} & {*slugs}:
            missed.append((query, found[:3]))
    assert len(GOLD) - len(missed) >= WANTED, missed
