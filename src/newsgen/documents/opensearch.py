"""opensearch.xml: how browsers search the paper from their address bar (OpenSearch 1.1)."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from newsgen.core.urls import make_absolute
from newsgen.documents.document import Paper
from newsgen.documents.queries import DocumentQueries
from newsgen.documents.xml import add_child, serialize
from newsgen.model.pages import DocumentOutput

NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"
SHORT, LONG = 16, 1024
"""Characters of a short name and of a description."""

name = "opensearch"


def plan(paper: Paper) -> Iterator[DocumentOutput[None]]:
    """One in each language whose stories readers search."""
    if paper.edition.config.search.text != "none":
        link = paper.edition.permalinks.opensearch
        yield DocumentOutput(name, link.output, link.url, None)


def write(_output: DocumentOutput[None], ask: DocumentQueries) -> bytes:
    """The description of the search of one edition."""
    config, links = ask.edition.config, ask.edition.permalinks
    root = Element("OpenSearchDescription", {"xmlns": NAMESPACE})
    add_child(root, "ShortName", config.title[:SHORT])
    add_child(root, "LongName", config.title[: 3 * SHORT])
    add_child(root, "Description", (config.description or config.title)[:LONG])
    add_child(root, "InputEncoding", "UTF-8")
    add_child(root, "Language", config.language)
    if ask.edition.favicon:
        add_child(root, "Image", make_absolute(ask.edition.favicon, config.url))
    template = f"{make_absolute(links.search.url, config.url)}?q={{searchTerms}}"
    add_child(root, "Url", "", {"type": "text/html", "method": "get", "template": template})
    return serialize(root)
