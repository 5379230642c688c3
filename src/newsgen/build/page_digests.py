"""Digests of pages' own inputs, the same whether a page was planned just now or remembered."""

from newsgen.core.digests import digest, digest_of, encode
from newsgen.model.pages import Page
from newsgen.model.stories import Article
from newsgen.site.story_digests import PartDigests, StoryDigests

Leads = tuple[str, ...] | None
"""The sources of a story's lead picture and its crops, None where it has none."""


def digest_page(page: Page, text: str | None, leads: Leads) -> str:
    """The digest of a page that is no list: of its plan, the digest of its source (`text`) and its lead picture."""
    if not isinstance(page.subject, Article) or page.noindex:
        return digest_of((page, (text, leads)))
    story, parts = StoryDigests(()).digest_article(page.subject), PartDigests()
    around = b"".join(map(parts.digest, (page.feeds, page.breadcrumb, page.image)))
    return digest_story_page(story, around, text, leads)


def digest_story_page(story: bytes, around: bytes, text: str | None, leads: Leads) -> str:
    """The digest of a story's page, of the digests of the story and of what stands around it."""
    return digest(story, around, encode((text, leads)))
