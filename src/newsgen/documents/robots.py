"""robots.txt: who may read what (RFC 9309), and where the indexes of sitemaps are."""

from collections.abc import Iterator

from newsgen.core.urls import make_absolute
from newsgen.documents.document import Paper
from newsgen.documents.queries import DocumentQueries
from newsgen.model.pages import DocumentOutput

name = "robots"


def plan(paper: Paper) -> Iterator[DocumentOutput[None]]:
    """One at the root of a host, where alone crawlers look for it."""
    if paper.is_main and not paper.edition.config.base:
        link = paper.edition.permalinks.at("/robots.txt")
        yield DocumentOutput(name, link.output, link.url, None)


def write(_output: DocumentOutput[None], ask: DocumentQueries) -> bytes:
    """Every crawler by the policy of newsgen.yaml; without one, everybody may read everything."""
    config = ask.edition.config
    paths = [f"Disallow: {path}" for path in config.robots.disallow] or ["Allow: /"]
    groups = [["User-agent: *", *paths]]
    for crawler, policy in config.robots.crawlers.items():
        groups.append([f"User-agent: {crawler}", *(["Disallow: /"] if policy == "deny" else paths)])
    if config.machines.sitemap:
        links = [one.permalinks.at("/sitemap.xml") for one in ask.newspaper.editions.values()]
        groups.append([f"Sitemap: {make_absolute(link.url, config.url)}" for link in links])
    return "\n\n".join("\n".join(lines) for lines in groups).encode() + b"\n"
