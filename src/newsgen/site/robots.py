"""robots.txt: who may read the paper (RFC 9309)."""

from newsgen.model import Page
from newsgen.site.queries import News


def write(_page: Page, _news: News) -> bytes:
    """Everybody may read everything."""
    return b"User-agent: *\nAllow: /\n"
