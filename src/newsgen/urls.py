"""Outputs and urls: the two spellings of one address, and the site's base path."""

import re
import unicodedata
from functools import lru_cache
from urllib.parse import SplitResult, quote, unquote, urlsplit

SAFE = "/-._~!$&'()*+,;=:@"
"""What a path keeps unescaped (RFC 3986, section 3.3)."""


PLAIN = re.compile(r"[A-Za-z0-9/._~-]*")
"""Paths that need no escape."""


def read_url(text: str) -> SplitResult | None:
    """The parts of an address as typed; None for one that cannot be read, such as "//[x"."""
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return None
    return parts


def base_path(site_url: str) -> str:
    """The path under which the site lies: "" for a site at its host's root, else such as "/bao"."""
    return urlsplit(site_url).path.rstrip("/")


def url_of(output: str, base: str = "") -> str:
    """The url of an output: "a/index.html" is "/a/"."""
    path = (
        ""
        if output == "index.html"
        else output.removesuffix("/index.html") + "/"
        if output.endswith("/index.html")
        else output
    )
    return f"{base}/{path if PLAIN.fullmatch(path) else quote(path, safe=SAFE)}"


def output_of(path: str) -> str:
    """The output of a root-relative path as typed in a pattern: "/a/" is "a/index.html"."""
    steps = path.strip("/") if "//" not in path else "/".join(step for step in path.split("/") if step)
    if path.endswith("/"):
        return f"{steps}/index.html" if steps else "index.html"
    return steps


def absolute(url: str, site_url: str) -> str:
    """The url with the site's scheme and host; one that has its own is left alone."""
    if not url.startswith("/") or url.startswith("//"):
        return url
    return _origin(site_url) + url


@lru_cache(maxsize=64)
def _origin(site_url: str) -> str:
    parts = urlsplit(site_url)
    return f"{parts.scheme}://{parts.netloc}"


OLD = re.compile(r"(/[\w.~+,@!()=&;:'-]*)+")
"""Paths that can stand in every server's rules."""


def old_path(text: str, site_url: str) -> str | None:
    """The path from the site's root that an old address names, unescaped; None for one that can have no redirect."""
    parts = read_url(text.strip())
    if parts is None or parts.query or parts.fragment or "?" in text or "#" in text:
        return None
    if parts.netloc and parts.netloc != urlsplit(site_url).netloc:
        return None
    path = unicodedata.normalize("NFC", unquote(parts.path))
    base = base_path(site_url)
    if parts.netloc and base:
        path = path.removeprefix(base)
    steps = path.strip("/").split("/")
    if not OLD.fullmatch(path) or {"", ".", ".."} & set(steps):
        return None
    return path


def path_of(url: str, base: str) -> str:
    """The path from the site's root, unescaped, of one of its urls."""
    return unquote(url.removeprefix(base))
