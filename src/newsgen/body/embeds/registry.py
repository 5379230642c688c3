"""Every provider of newsgen by its name in `markdown.embeds`. A new one is a function of addresses, and a line here."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from newsgen.body.embeds.maps import GOOGLE_MAPS, OPENSTREETMAP
from newsgen.body.embeds.posts import INSTAGRAM, SOUNDCLOUD, SPOTIFY, X
from newsgen.body.embeds.provider import Embeds, Provider
from newsgen.body.embeds.videos import FACEBOOK, TIKTOK, VIMEO, YOUTUBE
from newsgen.config.settings import EmbedName

PROVIDERS: Mapping[EmbedName, Provider] = MappingProxyType(
    {
        "youtube": YOUTUBE,
        "vimeo": VIMEO,
        "facebook": FACEBOOK,
        "tiktok": TIKTOK,
        "x": X,
        "instagram": INSTAGRAM,
        "spotify": SPOTIFY,
        "soundcloud": SOUNDCLOUD,
        "openstreetmap": OPENSTREETMAP,
        "google-maps": GOOGLE_MAPS,
    }
)

KNOWN = Embeds(PROVIDERS.values())
"""All providers of newsgen, whichever of them a site has switched on."""


def choose_providers(names: Iterable[EmbedName]) -> tuple[Provider, ...]:
    """The providers of these names."""
    return tuple(PROVIDERS[name] for name in dict.fromkeys(names))


def list_players(providers: Iterable[Provider]) -> tuple[str, ...]:
    """What addresses of the players begin with, as a content policy names it: without a query."""
    return tuple(dict.fromkeys(start.partition("?")[0] for one in providers for start in one.players))
