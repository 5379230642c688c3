"""The focus of a picture, as editors type it: what must be seen of it where it is cut."""

import re

from newsgen.core.messages import IT, say
from newsgen.core.schema import FieldFault
from newsgen.model.pictures import Focus

_PERCENT = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*%?[\s,;/]+(\d{1,3}(?:\.\d+)?)\s*%?")
_EXACT = re.compile(r"\d{1,3}(?:\.\d+)?%\s+\d{1,3}(?:\.\d+)?%")
_FORM = say("write how far from the left and from the top it lies, such as `30% 60%`")
_WORDS = {"left": "0% 50%", "right": "100% 50%", "top": "50% 0%", "bottom": "50% 100%", "center": "50% 50%"}

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
    text = value.strip() if isinstance(value, str) else ""
    match = _PERCENT.fullmatch(text)
    numbers = tuple(float(number) for number in match.groups()) if match else ()
    what = say("`{name}` is no place in a picture: “{text}”", name=IT, text=text)
    if (better := _WORDS.get(text.casefold(), "")) or (numbers and max(numbers) <= 100 and not _EXACT.fullmatch(text)):
        better = better or " ".join(f"{number:g}%" for number in numbers)
        raise FieldFault(what, say("write `{name}`", name=better), better)
    if not numbers or max(numbers) > 100:
        raise FieldFault(what, _FORM)
    return round(numbers[0], DECIMALS), round(numbers[1], DECIMALS)
