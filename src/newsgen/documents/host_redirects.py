"""The table of old addresses as rules of servers and hosts; each file is made from the same two answers.

An old address answers 301 and the address that it leads to, one that was removed for good 410. Each writer escapes
what its grammar reserves, though `newsgen.core.urls.is_old_path` lets few such characters through.
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
    writers = {"netlify": _write_netlify, "nginx": _write_nginx, "apache": _write_apache, "caddy": _write_caddy}
    return writers[output.subject](ask)


def _write_netlify(ask: DocumentQueries) -> bytes:
    """`_redirects`, as Netlify and Cloudflare Pages read it; both answer 404 for what is gone."""
    safe = "".join(sign for sign in SAFE if sign not in PLACEHOLDERS)
    return _join_lines(f"{quote(r.path, safe=safe)} {escape_url(r.target)} 301" for r in ask.redirects())


def _write_nginx(ask: DocumentQueries) -> bytes:
    """Maps for nginx's `http`; the `server` returns what they say (docs/addresses.md).

    A map ignores case in plain text and refuses the same text twice, so paths that differ in case only are written
    as regular expressions, which are case-sensitive.
    """
    twins = _find_twins(ask)
    moved = [f'  "{_write_nginx_key(r.path, twins)}" "{_write_nginx_target(r.target)}";' for r in ask.redirects()]
    gone = [f'  "{_write_nginx_key(path, twins)}" 1;' for path in ask.gone()]
    size = LONGEST_RULE
    while size < max((len(line.encode()) for line in (*moved, *gone)), default=0) + LONGEST_RULE:
        size *= 2
    lines = [
        f"map_hash_bucket_size {size};",
        f"map_hash_max_size {max(2048, 2 * max(len(moved), len(gone)))};",
        *("map $uri $newsgen_redirect {", '  default "";', *moved, "}"),
        *("map $uri $newsgen_gone {", "  default 0;", *gone, "}"),
    ]
    return _join_lines(lines)


def _write_apache(ask: DocumentQueries) -> bytes:
    """Rules of mod_alias, for a virtual host or an .htaccess.

    mod_alias escapes the path of a target itself. Where its escapes would be others than the target's, such as for
    `%2F`, the rule is one of mod_rewrite.
    """
    lines = []
    for r in ask.redirects():
        target = escape_url(r.target)
        if (plain := _unescape_for_apache(target)) is not None:
            lines.append(f'RedirectMatch 301 "{_write_pattern(r.path)}" "{plain}"')
        else:
            target = re.sub(r"[$%]", r"\\\g<0>", target)
            lines += [
                "RewriteEngine On",
                f'RewriteCond %{{REQUEST_URI}} "{_write_pattern(r.path)}"',
                f'RewriteRule "^" "{target}" [R=301,NE,L]',
            ]
    return _join_lines([*lines, *(f'RedirectMatch 410 "{_write_pattern(path)}"' for path in ask.gone())])


def _write_caddy(ask: DocumentQueries) -> bytes:
    """Directives for a site of a Caddyfile.

    Caddy ignores case in paths, so those that differ in case only become regular expressions. An
    escaped target has no braces, between which Caddy would put the value of a variable.
    """
    twins, lines = _find_twins(ask), []
    for number, r in enumerate(ask.redirects()):
        matcher, definition = _write_caddy_matcher(r.path, f"@newsgen_moved_{number}", twins)
        lines += [*definition, f'redir {matcher} "{escape_url(r.target)}" 301']
    for number, path in enumerate(ask.gone()):
        matcher, definition = _write_caddy_matcher(path, f"@newsgen_gone_{number}", twins)
        lines += [*definition, f"respond {matcher} 410"]
    return _join_lines(lines)


def _join_lines(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def _find_twins(ask: DocumentQueries) -> frozenset[str]:
    """The old paths that differ from another one in case only."""
    paths = {*(r.path for r in ask.redirects()), *ask.gone()}
    counts = Counter(map(str.lower, paths))
    return frozenset(path for path in paths if counts[path.lower()] > 1)


def _write_pattern(path: str) -> str:
    """The regular expression of this path alone, for a place between double quotes."""
    return f"^{re.escape(path)}$".replace('"', '\\"')


def _write_nginx_key(path: str, twins: frozenset[str]) -> str:
    return f"~{_write_pattern(path)}" if path in twins else path.replace("\\", "\\\\").replace('"', '\\"')


def _write_nginx_target(target: str) -> str:
    """The target without the sign at which nginx would look for a variable."""
    return escape_url(target).replace("$", "%24")


def _unescape_for_apache(target: str) -> str | None:
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


def _write_caddy_matcher(path: str, name: str, twins: frozenset[str]) -> tuple[str, list[str]]:
    """The matcher of a path, and the line that defines it where it needs one."""
    if path in twins:
        return name, [f'{name} path_regexp "{_write_pattern(path)}"']
    escaped_quotes = path.replace('"', '\\"')
    return f'"{escaped_quotes}"', []
