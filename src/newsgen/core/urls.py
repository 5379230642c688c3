"""Outputs and urls, the two forms of one address, and the site's base path.

`Output` is the type of every path that newsgen writes below the output folder. Only `as_output` makes one; it refuses a
path that could lead elsewhere.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NewType
from urllib.parse import SplitResult, quote, unquote, urlsplit

from newsgen.core.messages import Message, say
from newsgen.core.text import find_invisible, is_reserved

Output = NewType("Output", str)
"""A path in the output folder, such as "kinh-te/a.html": relative, "/"-separated, without steps ".."."""

STEP_BYTES, OUTPUT_BYTES = 255, 1024
"""The longest name and the longest path, in bytes, that common systems take."""

_STEP = r"(?!\.{1,2}(?:/|\Z))[^/\x00-\x1f\x7f\ud800-\udfff]+"
_OUTPUT = re.compile(rf"{_STEP}(?:/{_STEP})*")


class NotAnOutput(ValueError):
    """A path that does not name a file below the output folder."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path!a} does not name a file below the output folder")


def is_output(path: str) -> bool:
    """Whether a path names a file below the output folder."""
    return _OUTPUT.fullmatch(path) is not None


def leads_out(path: str) -> bool:
    """Whether a path that is joined to a folder may lead out of it."""
    return path.startswith("/") or "\0" in path or not {"", ".", ".."}.isdisjoint(path.removesuffix("/").split("/"))


def as_output(path: str) -> Output:
    """The path as an output.

    Raises:
        NotAnOutput: when it could lead out of the output folder, or has a character that file names cannot have.
    """
    if not is_output(path):
        raise NotAnOutput(path)
    return Output(path)


SAFE = "/-._~!$&'()*+,;=:@"
"""Characters that a path need not escape (RFC 3986, section 3.3)."""


PLAIN = re.compile(r"[A-Za-z0-9/._~-]*")
"""Paths in which nothing is escaped."""


def read_url(text: str) -> SplitResult | None:
    """The parts of an address as typed; None for one that cannot be parsed, such as "//[x"."""
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return None
    return parts


def base_path(site_url: str) -> str:
    """The path of the site on its host: "" for the root, else such as "/bao"."""
    return urlsplit(site_url).path.rstrip("/")


def to_url(output: str, base: str = "") -> str:
    """The url of an output: "/a/" for "a/index.html"."""
    is_index = output == "index.html" or output.endswith("/index.html")
    path = output.removesuffix("index.html") if is_index else output
    return f"{base}/{path if PLAIN.fullmatch(path) else quote(path, safe=SAFE)}"


def to_output(path: str) -> str:
    """The output of a root-relative path: "a/index.html" for "/a/"."""
    steps = path.strip("/") if "//" not in path else "/".join(step for step in path.split("/") if step)
    if path.endswith("/"):
        return f"{steps}/index.html" if steps else "index.html"
    return steps


ADDRESS_ATTRIBUTES = ("href", "src", "poster", "cite", "action", "formaction", "data", "background", "longdesc")
"""The attributes of HTML that hold one address; `srcset` holds several (HTML Living Standard, attributes index)."""

_CANDIDATE = re.compile(r"[\s,]*([^\s,]\S*[^\s,]|[^\s,])(?:\s+([^\s,]+))?\s*(?:,|$)")


def read_srcset(value: str) -> list[tuple[str, str]]:
    """The addresses of a `srcset`, each with its width or density, "" where it has none.

    An address may hold commas, and neither begins nor ends with one (HTML Living Standard, 4.8.4.2.1).
    """
    return _CANDIDATE.findall(value)


def write_srcset(candidates: Iterable[tuple[str, str]]) -> str:
    """The `srcset` of addresses with their widths or densities."""
    return ", ".join(f"{url} {size}".strip() for url, size in candidates)


def make_absolute(url: str, site_url: str) -> str:
    """The url with the site's scheme and host; one with a scheme stays as it is, and `//host` gets the scheme."""
    if not url.startswith("/"):
        return url
    origin = _origin(site_url)
    return f"{origin.partition('//')[0]}{url}" if url.startswith("//") else origin + url


@lru_cache(maxsize=64)
def _origin(site_url: str) -> str:
    parts = urlsplit(site_url)
    return f"{parts.scheme}://{parts.netloc}"


OLD_PATH = re.compile(r"(/[\w.~+,@!()=&;:'-]*)+")
"""Paths that the rules of every server can have."""

_NOT_IN_URLS = re.compile(r"%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]")
"""What an address may have only in escaped form (RFC 3986, appendix A)."""


_IRI = re.compile(
    r"(?:https?://[^/?#]|(?!https?:)[A-Za-z][A-Za-z0-9+.-]*:[^\s/])[^\x00-\x20\x7f-\xa0<>\"{}|\\^`\u2028\u2029]*"
)


def is_iri(text: str) -> bool:
    """Whether a text is an IRI with a scheme (RFC 3987), as the ids of feeds must be (RFC 4287, section 4.2.6)."""
    return _IRI.fullmatch(text) is not None and not find_invisible(text, text.encode("utf-8", "surrogatepass"))


def is_old_path(path: str) -> bool:
    """Whether an unescaped path from the site's root can be an old address of the site."""
    if path.startswith("//") or not OLD_PATH.fullmatch(path) or {"", ".", ".."} & set(path.strip("/").split("/")):
        return False
    return unicodedata.is_normalized("NFC", path)


def escape_url(url: str) -> str:
    """An address with everything escaped that must be; escapes in it stay."""
    return _NOT_IN_URLS.sub(lambda found: quote(found[0], safe="", errors="replace"), url)


def parse_old_path(text: str, site_url: str) -> str | None:
    """The unescaped path from the site's root of an old address; None for one that can have no redirect."""
    path, fault = _check_old_path(text, site_url)
    return None if fault else path


def explain_old_path(text: str, site_url: str) -> tuple[Message, str]:
    """Why an old address can have no redirect, and the address that was meant, "" where that is not known."""
    fault = _check_old_path(text, site_url)[1]
    plain = text.strip().partition("#")[0].partition("?")[0]
    better = plain if plain != text.strip() and plain.startswith("/") and parse_old_path(plain, site_url) else ""
    return fault or Message(""), better


def _check_old_path(text: str, site_url: str) -> tuple[str, Message | None]:
    """The path of an old address, and why it can have no redirect, None where it can."""
    parts = read_url(text.strip())
    if parts is None:
        return "", say("it cannot be read as an address")
    if parts.query or parts.fragment or "?" in text or "#" in text:
        return "", say("it has a `?` or `#`, of which no server is told")
    if parts.netloc and parts.netloc != urlsplit(site_url).netloc:
        return "", say("it is on another host, {host}", host=parts.netloc)
    path = unicodedata.normalize("NFC", unquote(parts.path))
    base = base_path(site_url)
    if parts.netloc and base:
        path = path.removeprefix(base)
    if not path.startswith("/"):
        return "", say("it does not begin with `/`")
    if not OLD_PATH.fullmatch(path):
        odd = next((c for c in path if not OLD_PATH.fullmatch(f"/{c}")), "")
        sign = say("a space") if odd == " " else f"“{odd}”"
        return "", say("it holds {sign}, which not every server can be told", sign=sign)
    return (path, None) if is_old_path(path) else ("", say("it has an empty step, `.` or `..`"))


def parse_page_path(text: str, site_url: str) -> tuple[str, Message | None]:
    """The path from the site's root that `url:` asks for, and why no page can have it, None where one can.

    A path whose last step has no ending becomes that of a folder: "/a" gives "/a/".
    """
    path, fault = _check_old_path(text, site_url)
    if fault:
        return "", fault
    steps = path.strip("/").split("/")
    if any(map(is_reserved, steps)):
        return "", say("it has a step that some systems refuse as the name of a file")
    if steps[0].startswith("_") or any(step.startswith(".") for step in steps):
        return "", say("it has a step that begins with `.` or `_`, as files for servers do")
    return path if path.endswith("/") or "." in steps[-1] else f"{path}/", None


def guess_page_path(text: str, site_url: str) -> str:
    """The path that was meant by one that no page can have; "" where that is not known."""
    plain = text.strip().partition("#")[0].partition("?")[0]
    better = re.sub("/+", "/", f"/{plain}")
    return "" if parse_page_path(better, site_url)[1] else better


def add_base(written: str, base: str) -> str:
    """The url of a root-relative address that may lack the base path; other addresses as they are."""
    is_inside = written.startswith("/") and written != base and not written.startswith(f"{base}/")
    return f"{base}{written}" if base and is_inside else written


def to_path(url: str, base: str) -> str:
    """The unescaped path from the site's root of one of its urls."""
    return unquote(url.removeprefix(base))
