"""Every document of newsgen. A new one is a module, and a line here."""

from typing import Any

from newsgen.documents import (
    article_json,
    feeds,
    host_headers,
    host_redirects,
    latest_json,
    live_updates,
    opensearch,
    podcast,
    robots,
    sitemaps,
)
from newsgen.documents.document import Document

DOCUMENTS: tuple[Document[Any], ...] = (
    feeds,
    podcast,
    sitemaps,
    latest_json,
    article_json,
    live_updates,
    opensearch,
    host_headers,
    host_redirects,
    robots,
)
"""Each with its own type of subjects, which only its own `plan` and `write` know."""
