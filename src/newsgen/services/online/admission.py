"""Admission of requests: from pages of the paper, from known addresses, at a limited rate for each line."""

from collections.abc import Iterable, Sequence
from ipaddress import IPv4Network, IPv6Network
from socket import AF_INET, AF_INET6, inet_pton

from newsgen.core.urls import read_url
from newsgen.services.online.pseudonyms import Address

MOST_LINES = 100_000
"""Lines of subscribers that are admitted in one minute."""

MAPPED = bytes(10) + b"\xff\xff"
"""The beginning of an IPv6 address that stands for one of IPv4."""

Network = IPv4Network | IPv6Network
PORTS = {"http": 80, "https": 443}


class NoAddress(Exception):
    """A request whose reader's address cannot be known."""


class Proxies:
    """The paper's own proxies, by their networks."""

    def __init__(self, networks: Iterable[Network]) -> None:
        self._networks = [(one.max_prefixlen // 8, int(one.network_address), int(one.netmask)) for one in networks]

    def include(self, address: Address) -> bool:
        """Whether the address is one of theirs."""
        number = int.from_bytes(address)
        return any(size == len(address) and number & mask == network for size, network, mask in self._networks)


def get_origin(url: str) -> str:
    """The origin of an address as browsers write it, "https://host" or "https://host:8080"; "" where it has none."""
    parts = read_url(url)
    if parts is None or parts.scheme not in PORTS or not parts.hostname:
        return ""
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    port = "" if parts.port in (None, PORTS[parts.scheme]) else f":{parts.port}"
    return f"{parts.scheme}://{_encode_host(host)}{port}"


def find_reader_address(peer: str, forwarded: Sequence[str], proxies: Proxies) -> Address:
    """The address of a reader: that of the connection, or the one that the paper's own proxies name.

    `forwarded` are the X-Forwarded-For headers. They are read from the end, and only as long as the address that wrote
    an entry is one of `proxies`: whatever stands before it may come from the reader's program. Where all addresses are
    those of proxies, the first one is the reader's.

    Raises:
        NoAddress: when a proxy of ours names no address.
    """
    address = pack_address(peer)
    if not proxies.include(address):
        return address
    named = [one.strip() for header in forwarded for one in header.split(",")]
    if not named:
        raise NoAddress("the proxy named no reader in X-Forwarded-For")
    while named and proxies.include(address):
        address = pack_address(named.pop())
    return address


def pack_address(text: str) -> Address:
    """An address as bytes, one of IPv4 that is written as IPv6 as IPv4. Raises NoAddress."""
    try:
        if ":" not in text:
            return Address(inet_pton(AF_INET, text))
        packed = inet_pton(AF_INET6, text.partition("%")[0])
    except (OSError, ValueError):
        raise NoAddress("X-Forwarded-For does not end with an address") from None
    return Address(packed.removeprefix(MAPPED))


class Rates:
    """How many requests of each subscriber's line are admitted in one minute."""

    def __init__(self, most: int, most_lines: int = MOST_LINES) -> None:
        self._most, self._most_lines = most, most_lines
        self._minute, self._heard = 0, dict[bytes, int]()

    def admit(self, line: bytes, minute: int) -> bool:
        """Note a request of a line, and tell whether it is admitted."""
        if minute != self._minute:
            self._minute, self._heard = minute, {}
        heard = self._heard.get(line, 0)
        if heard >= self._most or (not heard and len(self._heard) >= self._most_lines):
            return False
        self._heard[line] = heard + 1
        return True


def _encode_host(host: str) -> str:
    try:
        return host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        return host
