"""What a body shows of one attachment: the file, and the words of the story about it."""

import msgspec

from newsgen.core.errors import Location
from newsgen.model.attachments import Attachment, Kind


class ShownFile(msgspec.Struct, frozen=True):
    """An attachment in a paragraph of its own. `form` is what follows "#" in its address, as it was typed.

    `place` is that of the address in the story, `url` the one that readers load the file from, `style` the classes that
    the editor gave it.
    """

    kind: Kind
    attachment: Attachment
    url: str
    place: Location
    form: str = ""
    alt: str = ""
    caption: str = ""
    credit: str = ""
    style: str = ""
