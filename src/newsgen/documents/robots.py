"""robots.txt: who may read what (RFC 9309), and where the indexes of sitemaps are."""

from newsgen.core.urls import absolute
from newsgen.documents.queries import Wire
from newsgen.model.pages import Page


def write(_page: Page, wire: Wire) -> bytes:
    """Every crawler by the policy of newsgen.yaml; without one, everybody may read everything."""
    config = wire.site.config
    paths = [f"Disallow: {path}" for path in config.robots.disallow] or ["Allow: /"]
    groups = [["User-agent: *", *paths]]
    for name, policy in config.robots.crawlers.items():
        groups.append([f"User-agent: {name}", *(["Disallow: /"] if policy == "deny" else paths)])
    if config.machines.sitemap:
        links = [site.permalinks.at("/sitemap.xml") for site in wire.site.trees]
        groups.append([f"Sitemap: {absolute(link.url, config.url)}" for link in links])
    return "\n\n".join("\n".join(lines) for lines in groups).encode() + b"\n"
