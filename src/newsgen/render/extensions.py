"""What the plugins of a site add to rendering."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from newsgen.body.context import NO_ADDITIONS, BodyAdditions
from newsgen.documents.document import Document
from newsgen.documents.registry import DOCUMENTS
from newsgen.render.theme import PACKAGED, Theme


class Extensions(msgspec.Struct, frozen=True):
    """The themes, filters, passes over texts, components and documents of a site; by default newsgen's own."""

    theme: Theme = PACKAGED
    filters: Mapping[str, Callable[..., Any]] = msgspec.field(default_factory=dict)
    bodies: BodyAdditions = NO_ADDITIONS
    documents: tuple[Document[Any], ...] = DOCUMENTS


NO_EXTENSIONS = Extensions()
