"""Defaults of each language: the words in addresses and the patterns of dates."""

from collections.abc import Mapping
from typing import TypeVar

import msgspec

from newsgen.config import taxonomies
from newsgen.config.settings import Addresses, Config, Dates, Language, base_language

WORDS = {
    "vi": Addresses("tin-moi-nhat", "trang", "chu-de", "tac-gia", "luu-tru", "dinh-chinh", "tim-kiem"),
    "en": Addresses("latest", "page", "topic", "author", "archive", "corrections", "search"),
}

PATTERNS = {
    "vi": Dates(
        article="'Đăng ngày' dd - MM - yyyy",
        stamp="dd/MM/yyyy h:mm a",
        short="dd/MM/yyyy",
        long="EEEE, d 'tháng' M, yyyy",
        month="'Tháng' M 'năm' yyyy",
    ),
    "en": Dates(
        article="'Published' d MMMM yyyy",
        stamp="d MMM yyyy, h:mm a",
        short="d MMM yyyy",
        long="EEEE, d MMMM yyyy",
        month="MMMM yyyy",
    ),
}

Words = TypeVar("Words", Addresses, Dates)


def complete(config: Config) -> Config:
    """The settings with the words and patterns that newsgen.yaml leaves to the language."""
    return msgspec.structs.replace(
        config,
        url=config.url.rstrip("/"),
        addresses=_fill(config.addresses, WORDS, config.language),
        dates=_fill(config.dates, PATTERNS, config.language),
        taxonomies=taxonomies.complete(config.taxonomies),
        languages={code: _complete(code, language) for code, language in config.languages.items()},
    )


def _complete(code: str, language: Language) -> Language:
    return msgspec.structs.replace(
        language,
        path=language.path or code.casefold().replace("_", "-"),
        addresses=_fill(language.addresses, WORDS, code),
        dates=_fill(language.dates, PATTERNS, code),
    )


def _fill(settings: Words, defaults: Mapping[str, Words], language: str) -> Words:
    default = defaults.get(base_language(language), defaults["en"])
    missing = {name: getattr(default, name) for name in settings.__struct_fields__ if not getattr(settings, name)}
    return msgspec.structs.replace(settings, **missing)
