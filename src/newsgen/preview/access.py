"""Who may come in, and by which address: Host and Origin against a list, paths as text or not at all.

A page of somebody else's site can make a browser ask this machine, under any name that it lets resolve to 127.0.0.1
("DNS rebinding"). Such a request carries that name as its Host, so only names on the list are answered.
"""

from collections.abc import Iterable, Sequence
from urllib.parse import unquote_to_bytes, urlsplit

from newsgen.core.text import nfc

LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]"})
EVERYWHERE = frozenset({"", "0.0.0.0", "::", "[::]"})  # noqa: S104 - to warn of them


class Door:
    """The names under which a preview answers."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.names = LOCAL | {bracketed(name.casefold()) for name in names if name not in EVERYWHERE}

    def lets_in(self, hosts: Sequence[str], origin: str | None) -> bool:
        """Whether a request with these Host headers and this Origin, if any, is one of ours."""
        if len(hosts) != 1 or host_name(hosts[0]) not in self.names:
            return False
        return origin is None or self.lets_origin(origin, hosts[0])

    def lets_origin(self, origin: str, host: str) -> bool:
        """Whether a page of this origin was served under this very Host, which is on the list."""
        try:
            parts = urlsplit(origin)
        except ValueError:
            return False
        same = parts.netloc.casefold() == host.casefold()
        return parts.scheme in ("http", "https") and same and host_name(host) in self.names


def host_name(host: str) -> str:
    """The name in a Host header, without its port; "" where it cannot be read."""
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port
    except ValueError:
        return ""
    return bracketed(parts.hostname or "") if parts.netloc == host and "@" not in host else ""


def bracketed(name: str) -> str:
    """An address as it stands in a Host header: IPv6 in brackets."""
    return f"[{name}]" if ":" in name and not name.startswith("[") else name


def path_of(target: str) -> str | None:
    """The path of a request as text, NFC; None when it is none: not UTF-8, with control characters or backslashes."""
    if not target.startswith("/"):
        return None
    try:
        path = unquote_to_bytes(target.partition("?")[0].encode("latin-1")).decode()
    except UnicodeError:
        return None
    return nfc(path) if path.isprintable() and "\\" not in path else None


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server on this host."""
    return bracketed(host) in LOCAL or host.startswith("127.")
