"""The plugins that a site has switched on. What they add is in `additions`, which takes longer to import."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from newsgen.render.theme import Theme

if TYPE_CHECKING:
    from newsgen.api import Plugin


class LoadedPlugin(msgspec.Struct, frozen=True):
    """A plugin that is switched on. `digest` is that of its code and options, `origin` is where it is from."""

    name: str
    plugin: "Plugin"
    digest: str
    origin: str


@dataclass(frozen=True)
class Plugins:
    """The plugins of a site, in the order of newsgen.yaml."""

    loaded: tuple[LoadedPlugin, ...] = ()

    @cached_property
    def digests(self) -> Mapping[str, str]:
        """The digest of the code and options of each, by name."""
        return {one.name: one.digest for one in self.loaded}

    @cached_property
    def theme(self) -> Theme:
        """The themes of the plugins, before the packaged one."""
        return Theme({one.name: one.plugin.theme for one in self.loaded if one.plugin.theme is not None})


NO_PLUGINS = Plugins()
