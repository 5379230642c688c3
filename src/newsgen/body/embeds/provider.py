"""What a provider of players is, and the table of those that a site has."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Literal, NamedTuple
from urllib.parse import parse_qsl

import msgspec

from newsgen.core.urls import read_url

Kind = Literal["video", "sound", "post", "map"]
"""What a player shows, by which it is named and drawn."""

_OTHER_HOSTS = ("www.", "m.", "mobile.")
_MOST_FIELDS = 60


_LABELS = r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?"
HOST_NAME = re.compile(_LABELS)
"""The form of a host of a provider."""

PLAYER_START = re.compile(rf"https://{_LABELS}/[\w/.~?=&%+-]*", re.ASCII)
"""The form of what addresses of players begin with: it can stand in a content policy."""


class Player(msgspec.Struct, frozen=True):
    """What can be shown in place of a link.

    `address` is that of the player, "" where there is none for this link, which then stays a link. `width` by `height`
    is its shape; without a width it is as wide as the text, and `height` are pixels. `page` is where the link leads,
    "" for where it was typed to lead.
    """

    address: str = ""
    kind: Kind = "video"
    width: int = 16
    height: int = 9
    page: str = ""


class Provider(msgspec.Struct, frozen=True):
    """A site whose videos, posts, sounds or maps can be shown in a story.

    `name` is what readers call it. `hosts` are those of its addresses, without `www.`, `m.` and `mobile.`; `find` gives
    the player of one of them, None for an address that is only a link. `players` are what addresses of its players
    begin with, up to a `/` behind the host at least: no page loads any other.
    """

    name: str
    hosts: tuple[str, ...]
    players: tuple[str, ...]
    find: Callable[[str], Player | None]


class Address(NamedTuple):
    """An address in parts: its host in small letters without `www.` and the like, and the steps of its path."""

    host: str
    steps: tuple[str, ...]
    fields: Mapping[str, str]
    fragment: str


class Found(NamedTuple):
    """A player, and whose it is."""

    provider: Provider
    player: Player


def read_host(address: str) -> str:
    """The host of an address over http or https, as tables of providers have it; "" for any other."""
    parts = read_url(address)
    if parts is None or parts.scheme not in ("http", "https"):
        return ""
    host = parts.netloc.casefold()
    return next((host.removeprefix(other) for other in _OTHER_HOSTS if host.startswith(other)), host)


def read_address(address: str) -> Address | None:
    """An address over http or https in parts; of a field that stands twice the first counts."""
    host, parts = read_host(address), read_url(address)
    if not host or parts is None:
        return None
    try:
        fields = dict(reversed(parse_qsl(parts.query, max_num_fields=_MOST_FIELDS)))
    except ValueError:
        return None
    return Address(host, tuple(step for step in parts.path.split("/") if step), fields, parts.fragment)


class Embeds:
    """The providers of a site, by the hosts of their addresses. Of two with one host the first counts."""

    def __init__(self, providers: Iterable[Provider]) -> None:
        self._by_host: dict[str, Provider] = {}
        for provider in providers:
            for host in provider.hosts:
                self._by_host.setdefault(host, provider)

    def knows(self, address: str) -> bool:
        """Whether an address is of a provider, which need not have a player for it."""
        return read_host(address) in self._by_host

    def find(self, address: str) -> Found | None:
        """The player of an address; None where it is only a link.

        Raises:
            PluginFailed: when the provider is a plugin's, and fails.
        """
        provider = self._by_host.get(read_host(address))
        player = provider.find(address) if provider is not None else None
        if provider is None or player is None or not is_of(player, provider):
            return None
        return Found(provider, player)


def is_of(player: Player, provider: Provider) -> bool:
    """Whether the address of a player, if it has one, begins as those of its provider do."""
    return not player.address or player.address.startswith(provider.players)
