"""`image` of the front matter, in its short and in its long form."""

from collections.abc import Collection

from newsgen.config.pictures import parse_shape
from newsgen.content.front_matter import Head, ImageForm
from newsgen.content.text_lists import list_items
from newsgen.core.text import squeeze
from newsgen.core.yaml_tree import Mapping, is_left_blank
from newsgen.model.manuscripts import ImageField, Reference


def read_image(head: Head, given: str | ImageForm) -> ImageField | None:
    """The picture that the front matter names; None for none. Words that are left out, or left blank, are None."""
    if isinstance(given, str):
        given = ImageForm(given.strip())
    if not given.src:
        return None
    node, path = head.tree.entries["image"][1], head.get_file("image")
    crops: tuple[Reference, ...] = ()
    shapes: tuple[Reference, ...] | None = None
    said: Collection[str] = ()
    if isinstance(node, Mapping):
        if given.crops is not None:
            named = [Reference(*item, path) for item in list_items(node.entries["crops"][1])]
            shapes = tuple(one for one in named if parse_shape(one.text) is not None)
            crops = tuple(one for one in named if parse_shape(one.text) is None)
        said = [name for name, (_, value) in node.entries.items() if not is_left_blank(value)]
        node = node.entries["src"][1]
    alt, caption, credit = (
        squeeze(text or "") if name in said else None
        for name, text in (("alt", given.alt), ("caption", given.caption), ("credit", given.credit))
    )
    focus = given.focus.focus if given.focus else None
    return ImageField(given.src, alt, caption, credit, node.line, node.column, crops, path, shapes, focus)
