"""The focus of a picture, as editors type it: what must be seen of it where it is cut."""

import re
from collections.abc import Sequence

from newsgen.core.messages import IT, say
from newsgen.core.schema import FieldFault
from newsgen.model.pictures import Focus

_NUMBER, _WITH_COMMA = r"(\d{1,3}(?:\.\d+)?)\s*%?", r"(\d{1,3}(?:[.,]\d+)?)\s*%?"
_PERCENT = re.compile(rf"{_NUMBER}\s*,\s*{_NUMBER}")
_APART = re.compile(rf"{_WITH_COMMA}(?:\s+|\s*[;/]\s*){_WITH_COMMA}")
_EXACT = re.compile(r"\d{1,3}(?:\.\d+)?%\s+\d{1,3}(?:\.\d+)?%")
_FORM = say("write how far from the left and from the top it lies, such as `30% 60%`")
_ACROSS = {"left": 0, "trái": 0, "right": 100, "phải": 100}
_DOWN = {"top": 0, "trên": 0, "bottom": 100, "dưới": 100}
_MIDDLE = frozenset({"center", "centre", "middle", "giữa"})

DECIMALS = 2
"""Of a percentage: of the widest picture, this is less than a pixel."""


class FocusText:
    """A focus as it is typed. No dataclass: msgspec would read a mapping instead of a text."""

    __slots__ = ("focus",)

    def __init__(self, focus: Focus) -> None:
        self.focus = focus


def parse_focus(value: object) -> Focus:
    """The place in a picture that a text such as `30% 60%` names.

    Raises:
        FieldFault: for any other form.
    """
    is_list = isinstance(value, list)
    items = value if isinstance(value, list) else [value]
    text = " ".join(one.strip() for one in items if isinstance(one, str))
    match = _PERCENT.fullmatch(text) or _APART.fullmatch(text)
    numbers = tuple(float(number.replace(",", ".")) for number in match.groups()) if match else ()
    if not is_list and _EXACT.fullmatch(text) and max(numbers) <= 100:
        return round(numbers[0], DECIMALS), round(numbers[1], DECIMALS)
    what = say("`{name}` is no place in a picture: “{text}”", name=IT, text=f"[{text}]" if is_list else text)
    if (better := _find_place(text, numbers)) is None:
        raise FieldFault(what, _FORM)
    meant = " ".join(f"{number:g}%" for number in better)
    raise FieldFault(what, say("write `{name}`", name=meant), meant)


def _find_place(text: str, numbers: Sequence[float]) -> Sequence[float] | None:
    """The place that is meant with another form: a word such as "left top", or numbers, also parts of 1."""
    words = text.casefold().replace("-", " ").split()
    across, down = ([known[word] for word in words if word in known] for known in (_ACROSS, _DOWN))
    if words and len(across) < 2 and len(down) < 2 and {*words} <= {*_ACROSS, *_DOWN, *_MIDDLE}:
        return *(across or (50,)), *(down or (50,))
    if not numbers or max(numbers) > 100:
        return None
    return numbers if "%" in text or max(numbers) > 1 else [100 * number for number in numbers]
