"""Lists of texts in front matter: of any texts, and of crops."""

from newsgen.config.pictures import find_shape_fault
from newsgen.core.messages import IT, say
from newsgen.core.schema import FieldFault, FieldFaults
from newsgen.core.yaml_hints import is_plain, quote
from newsgen.core.yaml_tree import Node, Scalar, Sequence


class TextList(tuple[str, ...]):
    """A list of texts, or one text with commas between."""

    __slots__ = ()


class CropList(TextList):
    """The same for `crops`: names of files, and shapes such as `16:9`."""

    __slots__ = ()


def read_text_list(value: object) -> TextList:
    """The texts of a list, or of one text with commas between.

    Raises:
        FieldFault: for anything else.
        FieldFaults: as above, at each item.
    """
    what = say("`{name}` must be a list of texts", name=IT)
    if isinstance(value, str):
        value = value.split(",") if value.strip() else []
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return TextList(text for item in value if (text := " ".join(item.split())))
    if isinstance(value, list) and (texts := _quote_colons(value)):
        better = f"[{', '.join(texts)}]"
        fix = say("put a text that holds a colon in quotes: `{better}`", better=better)
        raise FieldFault(what, fix, better)
    fix = say("write `[first, second]` or `first, second`")
    if isinstance(value, list):
        raise FieldFaults(FieldFault(what, fix, path=(at,)) for at, one in enumerate(value) if not isinstance(one, str))
    raise FieldFault(what, fix)


def read_crops(value: object) -> CropList:
    """The texts of `crops`, of which those that are meant as shapes are shapes.

    Raises:
        FieldFault: for anything else.
        FieldFaults: as above, at each item.
    """
    if isinstance(value, list):  # `16: 9` is a mapping for YAML
        value = [" : ".join(*item.items()) if _is_pair(item) else item for item in value]
    texts = read_text_list(value)
    found = [(at, find_shape_fault(text)) for at, text in enumerate(value if isinstance(value, list) else texts)]
    faults = [FieldFault(*fault, path=(at,) if isinstance(value, list) else ()) for at, fault in found if fault]
    if faults and not isinstance(value, list) and len(texts) > 1:  # the place of one alone is not known
        faults = [FieldFault(fault.what, fault.fix) for fault in faults]
    if faults:
        raise FieldFaults(faults)
    return CropList(texts)


def _is_pair(item: object) -> bool:
    return isinstance(item, dict) and len(item) == 1 and all(map(str.isdecimal, map(str, *item.items())))


def _quote_colons(items: list[object]) -> list[str]:
    """The texts of a list, quoted where YAML read a text with a colon as a mapping; [] where other values are in it."""
    texts = []
    for item in items:
        if isinstance(item, dict) and len(item) == 1 and isinstance(value := next(iter(item.values())), str):
            texts.append(quote(f"{next(iter(item))}: {value}"))
        elif isinstance(item, str):
            texts.append(item if is_plain(item) and not any(sign in item for sign in ",[]{}") else quote(item))
        else:
            return []
    return texts


def list_items(node: Node) -> list[tuple[str, int, int]]:
    """The texts of a list with their places."""
    if isinstance(node, Sequence):
        found = [(" ".join(i.text.split()), i.line, i.column) for i in node.items if isinstance(i, Scalar)]
    elif isinstance(node, Scalar):
        found = [(" ".join(text.split()), node.line, node.column) for text in node.text.split(",")]
    else:
        found = []
    return [item for item in found if item[0]]
