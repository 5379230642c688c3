"""The table of old addresses as rules of servers and hosts: each file from the same two questions.

An old address answers 301 with where it leads, one that was removed for good 410. Each writer escapes what means
something in its own grammar, though `newsgen.core.urls.is_old_path` lets few such characters through.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote, unquote_to_bytes

from newsgen.config.publishing import Host
from newsgen.core.urls import SAFE, escape_url
from newsgen.documents.document import Paper
from newsgen.documents.queries import DocumentQueries
from newsgen.model.pages import DocumentOutput

FILES: Mapping[Host, str] = {
    "netlify": "_redirects",
    "nginx": "_server/redirects.nginx.conf",
    "apache": "_server/redirects.apache.conf",
    "caddy": "_server/redirects.caddy",
}

LONGEST_RULE = 64

PLACEHOLDERS = ":*"
"""With these a path of `_redirects` stands for others: `/:x` for every name, `/*` for everything."""

APACHE_KEEPS = "$-_.+!*'(),:@&=/~;"
"""What Apache does not escape in the path of an address that it sends."""

APACHE_TAKES = re.compile(r"[^\x00-\x1f\x7f\"\\?#{}]*")
"""Paths that Apache can be given unescaped: no quotes, and no braces, between which it puts a variable."""


name = "host redirects"


def plan(paper: Paper) -> Iterator[DocumentOutput[Host]]:
    """A file for every host, where there are old addresses."""
    old, links = paper.newspaper.old_addresses, paper.edition.permalinks
    for host, file in FILES.items() if paper.is_main and (old.redirects or old.gone) else ():
        link = links.at(f"/{file}")
        yield DocumentOutput(name, link.output, link.url, host)


def write(output: DocumentOutput[Host], ask: DocumentQueries) -> bytes:
    """The file of one host."""
    return {"netlify": _netlify, "nginx": _nginx, "apache": _apache, "caddy": _caddy}[output.subject](ask)


def _netlify(ask: DocumentQueries) -> bytes:
    """`_redirects`, as Netlify and Cloudflare Pages read it; both answer 404 for what is gone."""
    safe = "".join(sign for sign in SAFE if sign not in PLACEHOLDERS)
    return _lines(f"{quote(r.path, safe=safe)} {escape_url(r.target)} 301" for r in ask.redirects())


def _nginx(ask: DocumentQueries) -> bytes:
    """Maps for nginx's `http`; the `server` returns what they say (docs/addresses.md).

    A map compares plain text without regard to case and refuses it twice, so paths that differ in nothing else are
    written as regular expressions, which regard it.
    """
    twins = _twins(ask)
    moved = [f'  "{_nginx_key(r.path, twins)}" "{_nginx_target(r.target)}";' for r in ask.redirects()]
    gone = [f'  "{_nginx_key(path, twins)}" 1;' for path in ask.gone()]
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


def _apache(ask: DocumentQueries) -> bytes:
    """Rules of mod_alias, for a virtual host or an .htaccess.

    mod_alias escapes the path of a target itself. Where its escapes would be others than the target's, such as for
    `%2F`, the rule is one of mod_rewrite.
    """
    lines = []
    for r in ask.redirects():
        target = escape_url(r.target)
        if (plain := _apache_plain(target)) is not None:
            lines.append(f'RedirectMatch 301 "{_pattern(r.path)}" "{plain}"')
        else:
            target = re.sub(r"[$%]", r"\\\g<0>", target)
            lines += [
                "RewriteEngine On",
                f'RewriteCond %{{REQUEST_URI}} "{_pattern(r.path)}"',
                f'RewriteRule "^" "{target}" [R=301,NE,L]',
            ]
    return _lines([*lines, *(f'RedirectMatch 410 "{_pattern(path)}"' for path in ask.gone())])


def _caddy(ask: DocumentQueries) -> bytes:
    """Directives for a site of a Caddyfile.

    Caddy compares paths without regard to case, so those that differ in nothing else become regular expressions. An
    escaped target has no braces, between which Caddy would put the value of a variable.
    """
    twins, lines = _twins(ask), []
    for number, r in enumerate(ask.redirects()):
        matcher, definition = _caddy_matcher(r.path, f"@newsgen_moved_{number}", twins)
        lines += [*definition, f'redir {matcher} "{escape_url(r.target)}" 301']
    for number, path in enumerate(ask.gone()):
        matcher, definition = _caddy_matcher(path, f"@newsgen_gone_{number}", twins)
        lines += [*definition, f"respond {matcher} 410"]
    return _lines(lines)


def _lines(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def _twins(ask: DocumentQueries) -> frozenset[str]:
    """The old paths that differ from another one in case only."""
    paths = {*(r.path for r in ask.redirects()), *ask.gone()}
    counts = Counter(map(str.lower, paths))
    return frozenset(path for path in paths if counts[path.lower()] > 1)


def _pattern(path: str) -> str:
    """The regular expression of this path alone, for a place between double quotes."""
    return f"^{re.escape(path)}$".replace('"', '\\"')


def _nginx_key(path: str, twins: frozenset[str]) -> str:
    return f"~{_pattern(path)}" if path in twins else path.replace("\\", "\\\\").replace('"', '\\"')


def _nginx_target(target: str) -> str:
    """The target without the sign at which nginx would look for a variable."""
    return escape_url(target).replace("$", "%24")


def _apache_plain(target: str) -> str | None:
    """The target as mod_alias takes it, None where it would send another one."""
    path = re.split(r"[?#]", target, maxsplit=1)[0]
    try:
        plain = unquote_to_bytes(path).decode()
    except UnicodeDecodeError:
        return None
    as_sent = quote(plain, safe=APACHE_KEEPS)
    if not APACHE_TAKES.fullmatch(plain) or as_sent != re.sub(r"%..", lambda escape: escape[0].upper(), path):
        return None
    return f"{plain}{target[len(path) :]}".replace("$", "\\$")


def _caddy_matcher(path: str, name: str, twins: frozenset[str]) -> tuple[str, list[str]]:
    """The matcher of a path, and the line that defines it where it needs one."""
    if path in twins:
        return name, [f'{name} path_regexp "{_pattern(path)}"']
    escaped_quotes = path.replace('"', '\\"')
    return f'"{escaped_quotes}"', []
