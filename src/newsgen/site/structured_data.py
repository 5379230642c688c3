"""Structured data of a page for search engines: JSON-LD in the words of schema.org.

Fields are those of Google Search Central's Article, Breadcrumb and Organization pages. Dates carry their zone; every
author shown is one object whose name is only a name.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from newsgen.config.taxonomies import TAGS
from newsgen.core.text import shorten
from newsgen.core.urls import make_absolute
from newsgen.media.renditions import share
from newsgen.model.live import LiveEntry
from newsgen.model.pages import Page
from newsgen.model.pictures import Picture
from newsgen.model.stories import Article, Body
from newsgen.model.taxonomy import Author
from newsgen.site.dates import format_timestamp
from newsgen.site.newspaper import Edition

Thing = dict[str, Any]

HEADLINE = 110
"""Characters of the headline of an entry that has none: Search Central shows no longer ones."""

UNSAFE = {c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}
"""Characters that could end a <script> or a line of one, and their escapes in JSON."""

_ENCODER = msgspec.json.Encoder(enc_hook=str)


def render_structured_data(page: Page, body: Body | None, edition: Edition) -> str:
    """The page's things as JSON that may stand inside <script>; "" for a page that has none."""
    things = _list_things(page, body, edition)
    if not things:
        return ""
    return encode_for_script({"@context": "https://schema.org", "@graph": things})


def encode_for_script(thing: Thing) -> str:
    """Texts, whole numbers, lists and mappings as JSON that may stand inside <script>."""
    try:
        text = _ENCODER.encode(thing).decode()
    except UnicodeEncodeError:  # half a character: who renders the page says where it is
        text = json.dumps(thing, ensure_ascii=False, separators=(",", ":"))
    for character, escape in UNSAFE.items():
        text = text.replace(character, escape)
    return text


def _list_things(page: Page, body: Body | None, edition: Edition) -> list[Thing]:
    if page.kind == "home":
        return [_describe_publisher(edition), _describe_website(edition)]
    breadcrumb = [_describe_breadcrumb(page, edition)] if len(page.breadcrumb) > 1 else []
    if isinstance(page.subject, Article):
        return [_describe_article(page, page.subject, body, edition), *breadcrumb]
    return breadcrumb


def _describe_article(page: Page, article: Article, body: Body | None, edition: Edition) -> Thing:
    publisher, entries = _describe_publisher(edition), body.entries if body else ()
    pictures: tuple[Picture, ...] = (article.image, *article.image.crops) if article.image else ()
    if page.has_card and page.image and not pictures:
        pictures = (page.image,)
    return _drop_blanks(
        {
            "@type": "LiveBlogPosting" if article.live else "NewsArticle",
            "@id": f"{page.canonical}#article",
            "mainEntityOfPage": page.canonical,
            "url": page.canonical,
            "headline": article.title,
            "alternativeHeadline": article.kicker,
            "description": article.summary,
            "image": [_describe_picture(picture, edition) for picture in pictures],
            "datePublished": format_timestamp(article.date),
            "dateModified": _find_last_change(article, entries),
            **(_describe_coverage(article, entries, page.canonical) if article.live else {}),
            "author": [_describe_person(author, edition) for author in article.authors] or [publisher],
            "publisher": publisher,
            "sponsor": {"@type": "Organization", "name": article.sponsor} if article.sponsor else {},
            "articleSection": _name_sections(article),
            "keywords": [term.name for term in article.every_term],
            "about": _describe_terms(article, edition),
            "wordCount": body.words if body else 0,
            "inLanguage": article.lang,
            "workTranslation": [
                {"@id": f"{make_absolute(one.url, edition.config.url)}#article", "inLanguage": one.lang}
                for one in article.translations
            ],
            "isAccessibleForFree": True,
            "correction": [
                {"@type": "CorrectionComment", "text": one.text, "datePublished": format_timestamp(one.date)}
                for one in article.corrections
            ],
        }
    )


def _describe_terms(article: Article, edition: Edition) -> list[Thing]:
    """What it is about: its terms, but for the tags."""
    terms = (term for term in article.every_term if term.taxonomy != TAGS)
    return [{"@type": "Thing", "name": term.name, "url": make_absolute(term.url, edition.config.url)} for term in terms]


def _find_last_change(article: Article, entries: Sequence[LiveEntry]) -> str:
    """The last change that readers know of; each entry of a live story is one."""
    changes = [format_timestamp(article.updated or article.date), *(entry.at for entry in entries)]
    return max(changes, key=datetime.fromisoformat)


def _describe_coverage(article: Article, entries: Sequence[LiveEntry], canonical: str) -> Thing:
    """When a live story is reported, and its entries, newest first."""
    start, end = (article.live.start, article.live.end) if article.live else (None, None)
    beginnings = [format_timestamp(start or article.date), *(entry.at for entry in entries[:1])]
    return {
        "coverageStartTime": min(beginnings, key=datetime.fromisoformat),
        "coverageEndTime": format_timestamp(end) if end else "",
        "liveBlogUpdate": [
            {
                "@type": "BlogPosting",
                "@id": f"{canonical}#{entry.id}",
                "url": f"{canonical}#{entry.id}",
                "headline": entry.title or shorten(entry.text, HEADLINE),
                "datePublished": entry.at,
                "articleBody": entry.text,
            }
            for entry in reversed(entries)
        ],
    }


def _describe_publisher(edition: Edition) -> Thing:
    """Who publishes the paper."""
    settings = edition.config.publisher
    return _drop_blanks(
        {
            "@type": "NewsMediaOrganization",
            "@id": f"{edition.config.url}/#publisher",
            "name": settings.name or edition.config.title,
            "url": f"{edition.config.url}/",
            "logo": _describe_picture(edition.logo, edition) if edition.logo else {},
            "sameAs": list(settings.same_as),
        }
    )


def _describe_website(edition: Edition) -> Thing:
    home = make_absolute(edition.permalinks.home.url, edition.config.url)
    return _drop_blanks(
        {
            "@type": "WebSite",
            "@id": f"{home}#website",
            "name": edition.config.title,
            "description": edition.config.description,
            "url": home,
            "inLanguage": edition.config.language,
            "publisher": {"@id": f"{edition.config.url}/#publisher"},
            "potentialAction": _describe_search(edition),
        }
    )


def _describe_search(edition: Edition) -> Thing:
    """How to search the paper; nothing where nobody can."""
    if edition.config.search.text == "none":
        return {}
    address = f"{make_absolute(edition.permalinks.search.url, edition.config.url)}?q={{search_term_string}}"
    return {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": address},
        "query-input": "required name=search_term_string",
    }


def _describe_breadcrumb(page: Page, edition: Edition) -> Thing:
    steps = [
        {"@type": "ListItem", "position": at, "name": crumb.title, "item": make_absolute(crumb.url, edition.config.url)}
        for at, crumb in enumerate(page.breadcrumb, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def _describe_person(author: Author, edition: Edition) -> Thing:
    return _drop_blanks(
        {
            "@type": "Person",
            "name": author.name,
            "url": make_absolute(author.url, edition.config.url),
            "jobTitle": author.role,
            "image": make_absolute(author.photo.src, edition.config.url) if author.photo else "",
            "sameAs": list(author.same_as),
        }
    )


def _name_sections(article: Article) -> str | list[str]:
    """Schema.org takes one section as a text, several as a list."""
    titles = [section.title for section in article.sections]
    return titles if len(titles) > 1 else "".join(titles)


def _describe_picture(picture: Picture, edition: Edition) -> Thing:
    picture = share(picture, edition.config)
    return _drop_blanks(
        {
            "@type": "ImageObject",
            "url": make_absolute(picture.src, edition.config.url),
            "width": picture.width,
            "height": picture.height,
            "caption": picture.caption or picture.alt,
            "creditText": picture.credit,
        }
    )


def _drop_blanks(thing: Thing) -> Thing:
    return {name: value for name, value in thing.items() if value not in (None, "", 0, [], {})}
