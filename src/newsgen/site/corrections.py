"""What the paper has put right: for the page of all corrections, and as a feed."""

from collections.abc import Callable, Iterable
from heapq import nlargest

from msgspec.structs import replace

from newsgen.model.pages import Feed, Item
from newsgen.model.stories import Article, CorrectionEntry

KINDS = ("correction", "clarification", "update")


def about(translate: Callable[[str], str]) -> str:
    """What the list of corrections holds."""
    return translate("What we have put right in stories after they were published.")


def feed(translate: Callable[[str], str], home: str) -> Feed:
    """The feed of corrections, of the page whose url is `home`, in the words of `translate`."""
    nouns = tuple(map(translate, ("Correction", "Clarification", "Update")))
    return Feed("corrections", "", "", translate("Corrections"), about(translate), home, 0, nouns=nouns)


def newest(articles: Iterable[Article], count: int) -> tuple[CorrectionEntry, ...]:
    """The newest corrections of these stories, newest first."""
    found = (
        CorrectionEntry(c.date, c.kind, c.text, article.card, number, article.first_url)
        for article in articles
        for number, c in enumerate(article.corrections, 1)
    )
    return tuple(nlargest(count, found, key=lambda entry: (entry.date, entry.card.url)))


def as_items(entries: Iterable[CorrectionEntry], feed: Feed) -> tuple[Item, ...]:
    """Corrections as a feed's items: what was put right under the story's title, at the moment when it was."""
    nouns = dict(zip(KINDS, feed.nouns, strict=True))
    return tuple(
        Item(
            replace(
                entry.card,
                title=f"{nouns[entry.kind]}: {entry.card.title}",
                date=entry.date,
                updated=None,
                summary=entry.text,
                image=None,
                authors=(),
            ),
            (),
            "",
            f"correction-{entry.number}",
            entry.first_url,
        )
        for entry in entries
    )
