"""Names and addresses that unreadable stories may have once they are fixed: others may refer to them."""

from collections.abc import Collection
from functools import cached_property

from newsgen.core.text import slugify
from newsgen.core.urls import to_output


class Unreadable:
    """Stories whose front matter is faulty.

    `paths` are their sources below content/. `values` are the texts of their front matter, whatever their fields: the
    address of such a story, or of a list that it begins, ends in one of them or in a name of its path.
    """

    def __init__(self, paths: Collection[str] = (), values: Collection[str] = ()) -> None:
        self.paths, self.values = paths, values

    def may_be_called(self, slug: str) -> bool:
        """Whether one of them may have this slug, tag or section."""
        return bool(self.paths) and slug in self._names

    def may_have(self, path: str) -> bool:
        """Whether a root-relative address may be one of theirs."""
        if not self.paths:
            return False
        output = _plain(path)
        return output in self._addresses or self.may_be_called(output.rpartition("/")[2])

    @cached_property
    def _names(self) -> frozenset[str]:
        steps = [step for path in self.paths for step in path.removesuffix(".md").split("/")]
        return frozenset(map(slugify, (*steps, *self.values))) - {""}

    @cached_property
    def _addresses(self) -> frozenset[str]:
        return frozenset(_plain(value) for value in self.values if value.startswith("/"))


def _plain(path: str) -> str:
    return to_output(path).removesuffix("/index.html").removesuffix(".html")
