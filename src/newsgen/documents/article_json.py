"""The JSON of an article beside its page, for other programs."""

from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from newsgen.body.static_form import make_static
from newsgen.core.urls import make_absolute
from newsgen.documents.document import Paper
from newsgen.documents.feed_items import write_whole_addresses
from newsgen.documents.json_feed import encode_json
from newsgen.documents.queries import DocumentQueries
from newsgen.model.pages import DocumentOutput, FeedItem
from newsgen.model.pictures import Picture
from newsgen.model.stories import Article
from newsgen.site.dates import format_timestamp

name = "article.json"


def plan(paper: Paper) -> Iterator[DocumentOutput[Article]]:
    """One for each listed story, where newsgen.yaml asks for them."""
    edition = paper.edition
    for article in edition.articles if edition.config.machines.article_json else ():
        link = edition.permalinks.from_root(_place_beside(article.output))
        yield DocumentOutput(name, link.output, link.url, article, story=article.source)


def write(output: DocumentOutput[Article], ask: DocumentQueries) -> bytes:
    """A story as its page shows it: the body as HTML with whole addresses, and its words counted.

    What only pages show is left out.
    """
    article = output.subject
    body = ask.body(article.source)
    story = describe_story(FeedItem(article.card, article.every_term, article.source), ask)
    tree = LexborHTMLParser(make_static(body.html), is_fragment=True)
    write_whole_addresses(tree, ask.edition.config.url)
    return encode_json({**story, "words": body.words, "minutes": body.minutes, "html": tree.html or ""})


def _place_beside(output: str) -> str:
    """The path of an article's JSON: "a/b.html" has "a/b.json", "a/b/index.html" has "a/b/index.json"."""
    return f"/{output.removesuffix('.html')}.json"


def describe_story(item: FeedItem, ask: DocumentQueries) -> dict[str, Any]:
    """A story without its body, with whole addresses."""
    card, site_url = item.card, ask.edition.config.url
    section = card.section
    return {
        "url": make_absolute(card.url, site_url),
        "title": card.title,
        "kicker": card.kicker,
        "summary": card.summary,
        "sponsor": card.sponsor or None,
        "language": card.lang,
        "published": format_timestamp(card.date),
        "updated": format_timestamp(card.updated) if card.updated else None,
        "section": {"id": section.id, "title": section.title, "url": make_absolute(section.url, site_url)}
        if section
        else None,
        "authors": [{"id": one.id, "name": one.name, "url": make_absolute(one.url, site_url)} for one in card.authors],
        **_describe_terms(item, ask),
        "image": _describe_picture(ask.share(card.image) if card.image else None, site_url),
    }


def _describe_terms(item: FeedItem, ask: DocumentQueries) -> dict[str, list[dict[str, str]]]:
    """The story's terms by taxonomy, the tags first."""
    edition = ask.edition
    return {
        taxonomy: [
            {"id": term.id, "name": term.name, "url": make_absolute(term.url, edition.config.url)}
            for term in item.terms
            if term.taxonomy == taxonomy
        ]
        for taxonomy in edition.taxonomies
    }


def _describe_picture(picture: Picture | None, site_url: str) -> dict[str, Any] | None:
    if picture is None:
        return None
    return {
        "url": make_absolute(picture.src, site_url),
        "width": picture.width,
        "height": picture.height,
        "alt": picture.alt,
        "caption": picture.caption,
        "credit": picture.credit,
    }
