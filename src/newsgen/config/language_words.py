"""The words of addresses and the patterns of dates that a language has where newsgen.yaml gives none."""

from typing import TypeVar

import msgspec

from newsgen.config import taxonomies
from newsgen.config.settings import Addresses, Config, Dates, Language, base_language

WORDS = {
    "vi": Addresses("tin-moi-nhat", "trang", "chu-de", "tac-gia", "luu-tru", "dinh-chinh"),
    "en": Addresses("latest", "page", "topic", "author", "archive", "corrections"),
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
    """The settings with the words and patterns that their languages give where newsgen.yaml does not."""
    return msgspec.structs.replace(
        config,
        url=config.url.rstrip("/"),
        addresses=_words_of(config.language, config.addresses),
        dates=_patterns_of(config.language, config.dates),
        taxonomies=taxonomies.complete(config.taxonomies),
        languages={code: _complete(code, language) for code, language in config.languages.items()},
    )


def _complete(code: str, language: Language) -> Language:
    return msgspec.structs.replace(
        language,
        path=language.path or code.casefold().replace("_", "-"),
        addresses=_words_of(code, language.addresses),
        dates=_patterns_of(code, language.dates),
    )


def _words_of(language: str, given: Addresses) -> Addresses:
    return _fill(given, WORDS.get(base_language(language), WORDS["en"]))


def _patterns_of(language: str, given: Dates) -> Dates:
    return _fill(given, PATTERNS.get(base_language(language), PATTERNS["en"]))


def _fill(given: Words, defaults: Words) -> Words:
    missing = {name: getattr(defaults, name) for name in given.__struct_fields__ if not getattr(given, name)}
    return msgspec.structs.replace(given, **missing)
