"""Numbers in the cells of a file: read in both ways in which they are typed, and written as a language writes them."""

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import NamedTuple

from newsgen.core.locales import find_number_signs

LONGEST = 20
"""A longer run of digits is no number but a code."""

_EXACT = Context(prec=3 * LONGEST)
"""So that no digit is lost where a long number is written with the decimals of another."""

MINUS = "\u2212"

AMBIGUOUS = "?"
"""The sign of a number such as `1.234`, which may be a thousand or a little more than one."""

_SPACES = re.compile("[ \u00a0\u2009\u202f'’](?=\\d{3})")
_NUMBER = re.compile(r"([-+−–]?)[ \u00a0]?(\d[\d.,]*)[ \u00a0\u202f]?(%?)")
_GROUPS = {sign: re.compile(rf"\d{{1,3}}(?:{re.escape(sign)}\d{{3}})+") for sign in ",."}
_OTHER = {",": ".", ".": ","}


class Typed(NamedTuple):
    """A number as it is typed: its sign, its digits with points and commas, and whether it is in per cent.

    `decimal` is the sign before its decimals as far as it tells: "," or ".", "" where it has none of both, AMBIGUOUS.
    """

    minus: bool
    digits: str
    is_percent: bool
    decimal: str

    @property
    def is_grouped(self) -> bool:
        """Whether its thousands are parted, as far as that is certain."""
        return len(self.digits) > LONGEST or self.digits.count(".") + self.digits.count(",") > 1


def read_typed(text: str) -> Typed | None:
    """The number that a text may be; None for any other text, and for codes such as 007."""
    found = _NUMBER.fullmatch(_SPACES.sub("", text))
    if found is None or len(found[2]) > LONGEST:
        return None
    digits = found[2]
    if len(digits) > 1 and digits[0] == "0" and digits[1] not in ",.":
        return None
    decimal = _find_decimal(digits)
    return None if decimal is None else Typed(found[1] in ("-", MINUS, "–"), digits, found[3] == "%", decimal)


def _find_decimal(digits: str) -> str | None:
    """The sign before the decimals, "" where there is neither, AMBIGUOUS; None where it is no number."""
    signs = [sign for sign in digits if sign in ",."]
    if not signs:
        return ""
    last, kinds = signs[-1], set(signs)
    whole, _, rest = digits.rpartition(last)
    if not rest:
        return None
    if len(kinds) == 2:
        group = _OTHER[last]
        return last if signs.count(last) == 1 and _GROUPS[group].fullmatch(whole) else None
    if len(signs) > 1:
        return _OTHER[last] if _GROUPS[last].fullmatch(digits) else None
    return AMBIGUOUS if len(rest) == 3 and len(whole) <= 3 and whole != "0" else last


def convert(typed: Typed, decimal: str) -> Decimal | None:
    """The value of a number with this sign before its decimals; None where it is typed in the other way."""
    if typed.decimal not in ("", AMBIGUOUS, decimal):
        return None
    plain = typed.digits.replace(_OTHER[decimal], "").replace(decimal, ".")
    value = Decimal(plain)
    return value.copy_negate() if typed.minus else value


def count_decimals(value: Decimal) -> int:
    """How many decimals a value is typed with."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def write_number(value: Decimal, decimals: int, language: str, *, is_grouped: bool = True) -> str:
    """A value with so many decimals as a language writes it: 1.234,5 in Vietnamese."""
    rounded = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _EXACT)
    sign = MINUS if rounded < 0 else ""
    point, group = find_number_signs(language)
    whole, _, rest = f"{rounded.copy_abs():,f}".partition(".")
    whole = whole.replace(",", group if is_grouped else "")
    return f"{sign}{whole}{point}{rest}" if rest else f"{sign}{whole}"
