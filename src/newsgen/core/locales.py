"""Facts about languages from Unicode's CLDR, as Babel has it: name, direction, country."""

from functools import lru_cache
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.core import get_global


@lru_cache(maxsize=64)
def get_language_name(code: str) -> str:
    """A language's name in itself, such as "English" or "Tiếng Việt"; the code where it is unknown."""
    locale = _find_locale(code)
    name = locale.get_display_name() if locale else None
    return name[:1].upper() + name[1:] if name else code


@lru_cache(maxsize=64)
def get_direction(code: str) -> Literal["ltr", "rtl"]:
    """The value of HTML's `dir` for texts of a language: "rtl" for Arabic, Hebrew, Persian and others."""
    locale = _find_locale(code)
    return "rtl" if locale and locale.character_order == "right-to-left" else "ltr"


@lru_cache(maxsize=64)
def add_territory(code: str) -> str:
    """A language with its country, as in Open Graph: "vi_VN" for vi, "en_GB" for en-GB; the code where unknown."""
    locale = _find_locale(code)
    if locale is None:
        return code.replace("-", "_")
    full = get_global("likely_subtags")
    with_script = f"{locale.language}_{locale.script}" if locale.script else locale.language
    territory = locale.territory or str(full.get(with_script) or full.get(locale.language) or "").partition("_")[2][-2:]
    return f"{locale.language}_{territory}" if territory else locale.language


@lru_cache(maxsize=64)
def find_number_signs(code: str) -> tuple[str, str]:
    """What a language writes before decimals and between thousands: "," and "." in Vietnamese."""
    locale = _find_locale(code)
    signs = locale.number_symbols.get("latn", {}) if locale else {}
    return str(signs.get("decimal", ".")), str(signs.get("group", ","))


def _find_locale(code: str) -> Locale | None:
    """The locale of a language code; that of the language alone where its region is unknown."""
    for name in (code.replace("-", "_"), code.replace("_", "-").partition("-")[0]):
        try:
            return Locale.parse(name)
        except (ValueError, UnknownLocaleError):
            continue
    return None
