"""`podcast` of the front matter, in its short and in its long form."""

from newsgen.content.front_matter import Head, PodcastForm
from newsgen.core.yaml_tree import Mapping, Node
from newsgen.model.manuscripts import EpisodeField, Reference


def read_episode(head: Head, given: str | PodcastForm) -> EpisodeField | None:
    """The episode that the front matter names; None for none."""
    if isinstance(given, str):
        given = PodcastForm(given.strip())
    if not given.file.strip():
        return None
    node = head.tree.entries["podcast"][1]
    return EpisodeField(
        Reference(given.file.strip(), *_find_place(node, "file")),
        _refer(node, "transcript", given.transcript),
        _refer(node, "chapters", given.chapters),
        given.season,
        given.episode,
        given.type,
        given.explicit,
    )


def _refer(node: Node, name: str, text: str) -> Reference | None:
    return Reference(text.strip(), *_find_place(node, name)) if text.strip() else None


def _find_place(node: Node, name: str) -> tuple[int, int]:
    """The line and column of a value."""
    node = node.entries[name][1] if isinstance(node, Mapping) else node
    return node.line, node.column
