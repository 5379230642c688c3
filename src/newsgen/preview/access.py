"""Access to the preview: Host and Origin are checked against a list of names, and paths must be plain text.

Against "DNS rebinding": a page of another site can make a browser send requests to this machine, under a name that
resolves to 127.0.0.1. Such a request has that name as its Host, so only names on the list are answered.
"""

from collections.abc import Iterable, Sequence
from urllib.parse import unquote_to_bytes, urlsplit

from newsgen.core.text import nfc

LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]"})
EVERYWHERE = frozenset({"", "0.0.0.0", "::", "[::]"})  # noqa: S104 - to warn of them


class AccessList:
    """The names under which a preview answers."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.names = LOCAL | {add_brackets(name.casefold()) for name in names if name not in EVERYWHERE}

    def allows(self, hosts: Sequence[str], origin: str | None) -> bool:
        """Whether a request with these Host headers and this Origin, if any, may be answered."""
        if len(hosts) != 1 or parse_host(hosts[0]) not in self.names:
            return False
        return origin is None or self.allows_origin(origin, hosts[0])

    def allows_origin(self, origin: str, host: str) -> bool:
        """Whether an origin is this very host, and the host is on the list."""
        try:
            parts = urlsplit(origin)
        except ValueError:
            return False
        is_host = parts.netloc.casefold() == host.casefold()
        return parts.scheme in ("http", "https") and is_host and parse_host(host) in self.names


def parse_host(host: str) -> str:
    """The name in a Host header, without its port; "" where it cannot be read."""
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port
    except ValueError:
        return ""
    return add_brackets(parts.hostname or "") if parts.netloc == host and "@" not in host else ""


def add_brackets(name: str) -> str:
    """An address as it stands in a Host header: IPv6 in brackets."""
    return f"[{name}]" if ":" in name and not name.startswith("[") else name


def parse_path(target: str) -> str | None:
    """The path of a request as NFC text; None when it is not UTF-8, or has control characters or backslashes."""
    if not target.startswith("/"):
        return None
    try:
        path = unquote_to_bytes(target.partition("?")[0].encode("latin-1")).decode()
    except UnicodeError:
        return None
    return nfc(path) if path.isprintable() and "\\" not in path else None


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server on this host."""
    return add_brackets(host) in LOCAL or host.startswith("127.")
