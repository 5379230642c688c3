"""Every document of newsgen. A new one is a module, and a line here."""

from collections.abc import Iterable, Iterator
from typing import Any

from newsgen.documents import (
    article_json,
    feeds,
    host_headers,
    host_redirects,
    latest_json,
    robots,
    sitemaps,
)
from newsgen.documents.document import Document, Paper
from newsgen.model.pages import DocumentOutput

DOCUMENTS: tuple[Document[Any], ...] = (
    feeds,
    sitemaps,
    latest_json,
    article_json,
    host_headers,
    host_redirects,
    robots,
)
"""Each with its own type of subjects, which only its own `plan` and `write` know."""


def plan(paper: Paper, documents: Iterable[Document[Any]] = DOCUMENTS) -> Iterator[DocumentOutput[Any]]:
    """The outputs of all documents."""
    for document in documents:
        yield from document.plan(paper)
