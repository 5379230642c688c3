"""The table of old addresses as rules of servers and hosts: each file from the same two questions.

An old address answers 301 with where it leads, one that was removed for good 410. Paths hold only characters that mean
nothing in any of the four languages (`newsgen.urls.OLD`), so that little is left to escape.
"""

import re
from collections.abc import Iterable
from urllib.parse import quote, unquote

from newsgen.model import Page
from newsgen.site.wire import Wire
from newsgen.urls import SAFE

RULE_FILES = {
    "_redirects": "redirects",
    "_server/redirects.nginx.conf": "nginx",
    "_server/redirects.apache.conf": "apache",
    "_server/redirects.caddy": "caddy",
}
"""Output → writer."""

LONGEST_RULE = 64


def hosts(_page: Page, wire: Wire) -> bytes:
    """`_redirects`, as Netlify and Cloudflare Pages read it; both answer 404 for what is gone."""
    return _lines(f"{quote(r.path, safe=SAFE)} {r.target} 301" for r in wire.redirects())


def nginx(_page: Page, wire: Wire) -> bytes:
    """Maps for nginx's `http`; the `server` returns what they say (docs/addresses.md)."""
    moved = [f'  "{r.path}" "{_plain(r.target)}";' for r in wire.redirects()]
    gone = [f'  "{path}" 1;' for path in wire.gone()]
    size = LONGEST_RULE
    while size < max((len(line.encode()) for line in (*moved, *gone)), default=0) + LONGEST_RULE:
        size *= 2
    lines = [
        f"map_hash_bucket_size {size};",
        f"map_hash_max_size {max(2048, 2 * max(len(moved), len(gone)))};",
        *("map $uri $newsgen_redirect {", '  default "";', *moved, "}"),
        *("map $uri $newsgen_gone {", "  default 0;", *gone, "}"),
    ]
    return _lines(lines)


def apache(_page: Page, wire: Wire) -> bytes:
    """Rules of mod_alias, for a virtual host or an .htaccess."""
    moved = [f'RedirectMatch 301 "^{re.escape(r.path)}$" "{_apache_target(r.target)}"' for r in wire.redirects()]
    return _lines([*moved, *(f'RedirectMatch 410 "^{re.escape(path)}$"' for path in wire.gone())])


def caddy(_page: Page, wire: Wire) -> bytes:
    """Directives for a site of a Caddyfile."""
    moved = [f'redir "{r.path}" "{r.target}" 301' for r in wire.redirects()]
    return _lines([*moved, *(f'respond "{path}" 410' for path in wire.gone())])


def _lines(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def _plain(target: str) -> str:
    """The target without the sign at which nginx would look for a variable."""
    return target.replace("$", "%24")


def _apache_target(target: str) -> str:
    """The target as Apache wants it: it escapes what it sends itself."""
    return unquote(target).replace("\\", "\\\\").replace("$", "\\$").replace('"', "%22")
