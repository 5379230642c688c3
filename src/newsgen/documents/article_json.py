"""Files for other programs of the paper: latest.json, and an article's own JSON beside its page."""

from typing import Any

from newsgen.core.urls import absolute
from newsgen.documents.json_feed import encode
from newsgen.documents.queries import Wire
from newsgen.model.pages import Item, Page
from newsgen.model.pictures import Picture
from newsgen.model.stories import Article
from newsgen.site.dates import timestamp

LATEST = 50
"""Stories in latest.json."""


def beside(output: str) -> str:
    """The path of an article's JSON: "a/b.html" has "a/b.json", "a/b/index.html" has "a/b/index.json"."""
    return f"/{output.removesuffix('.html')}.json"


def write_latest(_page: Page, wire: Wire) -> bytes:
    """The newest stories as lists show them, newest first."""
    config, home = wire.site.config, wire.site.permalinks.home.url
    stories = [_card(item, wire) for item in wire.stories("site", "", LATEST)]
    told = {"title": config.title, "url": absolute(home, config.url), "language": config.language}
    return encode({**told, "stories": stories})


def write_article(page: Page, wire: Wire) -> bytes:
    """A story as its page shows it: the body as HTML with root-relative addresses, and its words counted."""
    article = page.subject
    assert isinstance(article, Article)  # noqa: S101 - planned so
    body = wire.body(article.source)
    told = _card(Item(article.card, article.every_term, article.source), wire)
    return encode({**told, "words": body.words, "minutes": body.minutes, "html": body.html})


def _card(item: Item, wire: Wire) -> dict[str, Any]:
    card, site_url = item.card, wire.site.config.url
    section = card.section
    return {
        "url": absolute(card.url, site_url),
        "title": card.title,
        "kicker": card.kicker,
        "summary": card.summary,
        "sponsor": card.sponsor or None,
        "language": card.lang,
        "published": timestamp(card.date),
        "updated": timestamp(card.updated) if card.updated else None,
        "section": {"id": section.id, "title": section.title, "url": absolute(section.url, site_url)}
        if section
        else None,
        "authors": [{"id": one.id, "name": one.name, "url": absolute(one.url, site_url)} for one in card.authors],
        **_terms(item, wire),
        "image": _picture(card.image, site_url),
    }


def _terms(item: Item, wire: Wire) -> dict[str, list[dict[str, str]]]:
    """The story's terms by taxonomy, the tags first."""
    site = wire.site
    return {
        name: [
            {"id": term.id, "name": term.name, "url": absolute(term.url, site.config.url)}
            for term in item.terms
            if term.taxonomy == name
        ]
        for name in site.taxonomies
    }


def _picture(picture: Picture | None, site_url: str) -> dict[str, Any] | None:
    if picture is None:
        return None
    return {
        "url": absolute(picture.src, site_url),
        "width": picture.width,
        "height": picture.height,
        "alt": picture.alt,
        "caption": picture.caption,
        "credit": picture.credit,
    }
