"""One object for a value that many manuscripts have (authors, tags, sections, places), which halves their memory."""

from sys import intern

from msgspec.structs import force_setattr

from newsgen.model.manuscripts import Manuscript

SHARED = ("authors", "lang", "places", "section", "other_terms", "extra", "also_in", "replacement", "defaults_digest")
"""The fields of a manuscript whose values are often the same."""


class Sharing:
    """Makes equal values of the manuscripts of one site one object."""

    def __init__(self) -> None:
        self._known: dict[object, object] = {}
        self._empty: dict[str, object] = {}

    def share(self, source: str, m: Manuscript | None) -> Manuscript | None:
        """The manuscript of a source, if it has one, changed in place: it was just read, and nothing else has it."""
        if m is None:
            return None
        force_setattr(m, "source", source)
        for ref in m.tags:
            force_setattr(ref, "text", intern(ref.text))
        for name in SHARED:
            value = getattr(m, name)
            if value:  # what is empty is one object for all, but a mapping
                if value.__class__ is not dict:
                    force_setattr(m, name, self._known.setdefault(value, value))
            elif value.__class__ is dict:
                force_setattr(m, name, self._empty)
        return m
