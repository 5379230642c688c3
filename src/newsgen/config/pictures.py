"""Settings of pictures, and their checks."""

from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec

from newsgen.config.taxonomies import Fault
from newsgen.core.messages import IT, say
from newsgen.core.site_files import CONTENT, STATIC
from newsgen.core.text import nfc

Originals = Literal["clean", "keep"]


class Pictures(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What becomes of pictures: whether private data is removed from the files that are published as they are.

    `quality` is that of photos that are converted; a picture of more than `max_megapixels` is refused.
    """

    originals: Originals | dict[str, Originals] = "clean"
    quality: Annotated[int, msgspec.Meta(ge=1, le=100)] = 82
    max_megapixels: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 100

    def are_cleaned(self, source: str) -> bool:
        """Whether private data is removed from a source: its own setting, or that of the nearest folder above it."""
        if not isinstance(self.originals, dict):
            return self.originals == "clean"
        settings, place = {nfc(name): setting for name, setting in self.originals.items()}, nfc(source)
        while place and place not in settings:
            place = place.rpartition("/")[0]
        return settings.get(place, "clean") == "clean"


def find_faults(pictures: Pictures) -> Iterator[Fault]:
    """Every fault of these settings."""
    for folder in pictures.originals if isinstance(pictures.originals, dict) else ():
        if folder.partition("/")[0] not in (CONTENT, STATIC) or folder.endswith("/"):
            what = say("`{name}` is no folder with pictures", name=IT)
            yield ("pictures", "originals", folder), what, say("write it from the site, such as `static/downloads`")
