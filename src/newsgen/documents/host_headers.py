"""Headers for the hosts: security for every answer, long caching for files whose address changes with their bytes.

The same table is written in the syntax of Netlify and Cloudflare Pages (`_headers`), nginx, Apache and Caddy.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from newsgen.body.embeds.registry import choose_providers, list_players
from newsgen.config.publishing import Host
from newsgen.config.settings import Config
from newsgen.documents.document import Paper
from newsgen.documents.queries import DocumentQueries
from newsgen.media.renditions import FOLDER
from newsgen.model.pages import DocumentOutput
from newsgen.search.shards import find_index_folder

FILES: Mapping[Host, str] = {
    "netlify": "_headers",
    "nginx": "_server/headers.nginx.conf",
    "apache": "_server/headers.apache.conf",
    "caddy": "_server/headers.caddy",
}
FOR_EVER = "public, max-age=31536000, immutable"
A_MONTH = "public, max-age=2592000"
A_DAY = "public, max-age=86400, stale-while-revalidate=604800"
"""For the paper's own files, which keep their address when their bytes change."""
TYPES = ("avif", "css", "gif", "ico", "jpeg", "jpg", "js", "png", "svg", "webp", "woff2")
"""The endings of files that pages show or load. `_headers` has no rule for them, since it joins all that match."""

SCRIPTS = ("newsgen", "before-after", "embeds", "gallery", "live", "search", "search-index", "tables")
"""The scripts of the theme that pages load."""

name = "host headers"


class HeaderFile(msgspec.Struct, frozen=True):
    """The file of a host; `players` is what addresses of players that a page may show begin with."""

    host: Host
    players: tuple[str, ...] = ()


def plan(paper: Paper) -> Iterator[DocumentOutput[HeaderFile]]:
    """A file for each host in newsgen.yaml."""
    edition = paper.edition
    own = list_players(choose_providers(edition.config.markdown.embeds))
    for host in edition.config.machines.headers if paper.is_main else ():
        link = edition.permalinks.at(f"/{FILES[host]}")
        yield DocumentOutput(name, link.output, link.url, HeaderFile(host, (*own, *paper.players)))


def write(output: DocumentOutput[HeaderFile], ask: DocumentQueries) -> bytes:
    """The file of one host."""
    config, host = ask.edition.config, output.subject.host
    every, cached = list_security_headers(config, output.subject.players), list_caching_headers(config)
    if host == "netlify":
        lines = _write_netlify(f"{config.base}/*", every, cached)
    else:
        files = rf"^{re.escape(config.base)}/.*\.({'|'.join(TYPES)})$"
        lines = {"nginx": _write_nginx, "apache": _write_apache, "caddy": _write_caddy}[host](every, cached, files)
    return "\n".join(lines).encode() + b"\n"


def list_security_headers(config: Config, players: Iterable[str] = ()) -> dict[str, str]:
    """The headers of every answer: name → value; frames of these players may be shown."""
    return {
        "Content-Security-Policy": config.machines.content_security_policy or _write_policy(config, players),
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "X-Content-Type-Options": "nosniff",
    }


def list_caching_headers(config: Config) -> dict[str, str]:
    """Cache-Control by path: what is named with digests of its bytes, of the theme, pictures and the search; fonts."""
    base = config.base
    searched = [one for one in config.editions.values() if one.search.text != "none"]
    return {
        f"{base}/theme/newsgen.css": FOR_EVER,
        **{f"{base}/theme/{name}.js": FOR_EVER for name in SCRIPTS},
        f"{base}/theme/fonts/*": A_MONTH,
        f"{base}/{FOLDER}/*": FOR_EVER,
        **{f"{base}/{find_index_folder(one.language)}*": FOR_EVER for one in searched},
    }


def _write_policy(config: Config, players: Iterable[str]) -> str:
    """What the theme needs: its own files, pictures and sound over https, players of others, the count of readers."""
    hosts = (f"https://{host}" for host in config.markdown.video_hosts)
    frames = " ".join(dict.fromkeys((*players, *hosts))) or "'none'"
    online = (config.online.endpoint, config.online.most_read)
    counting = dict.fromkeys("/".join(address.split("/")[:3]) for address in online if address.startswith("http"))
    directives = {
        "default-src": "'self'",
        "base-uri": "'self'",
        "connect-src": " ".join(("'self'", *counting)),
        "form-action": "'self'",
        "frame-ancestors": "'self'",
        "frame-src": frames,
        "img-src": "'self' https: data:",
        "media-src": "'self' https:",
        "object-src": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def _write_netlify(everything: str, every: Mapping[str, str], cached: Mapping[str, str]) -> list[str]:
    lines = [everything, *(f"  {name}: {value}" for name, value in every.items())]
    for path, value in cached.items():
        lines += [path, f"  Cache-Control: {value}"]
    return lines


def _write_nginx(every: Mapping[str, str], cached: Mapping[str, str], files: str) -> list[str]:
    """For `include` in a `server` block. A location that adds a header inherits none, so each repeats them all."""
    headers = [f'add_header {name} "{value}" always;' for name, value in every.items()]
    lines = ["# include _server/headers.nginx.conf; in the server block.", *headers]
    places = {
        f"= {path}" if not path.endswith("*") else f"^~ {path.removesuffix('*')}": cached[path] for path in cached
    }
    for where, value in {**places, f'~* "{files}"': A_DAY}.items():
        lines += [
            f"location {where} {{",
            f'    add_header Cache-Control "{value}";',
            *(f"    {header}" for header in headers),
            "}",
        ]
    return lines


def _write_apache(every: Mapping[str, str], cached: Mapping[str, str], files: str) -> list[str]:
    """For `Include` in a virtual host; needs mod_headers."""
    lines = ["# Include _server/headers.apache.conf in the virtual host; needs mod_headers."]
    # A `%` begins a variable there.
    lines += [f'Header always set {name} "{value.replace("%", "%%")}"' for name, value in every.items()]
    # Of several that match, Apache takes the last.
    patterns = {f"(?i){files}": A_DAY}
    patterns |= {
        f"^{re.escape(path.removesuffix('*'))}{'' if path.endswith('*') else '$'}": cached[path] for path in cached
    }
    for pattern, value in patterns.items():
        lines += [f'<LocationMatch "{pattern}">', f'    Header set Cache-Control "{value}"', "</LocationMatch>"]
    return lines


def _write_caddy(every: Mapping[str, str], cached: Mapping[str, str], files: str) -> list[str]:
    """For `import` in a site block."""
    lines = ["# import _server/headers.caddy in the site block.", "header {"]
    lines += [f'    {name} "{value}"' for name, value in every.items()]
    lines += ["}", "@newsgen_files {", f"    path_regexp (?i){files}", f"    not path {' '.join(cached)}", "}"]
    lines += [f'header @newsgen_files Cache-Control "{A_DAY}"']
    lines += [f'header {path} Cache-Control "{value}"' for path, value in cached.items()]
    return lines
