"""The words of newsgen's own that stand with attachments, by language."""

from types import MappingProxyType

WORDS = MappingProxyType(
    {
        "vi": MappingProxyType(
            {
                "download": "Tải dữ liệu",
                "more": "Còn {count} dòng nữa trong tệp.",
                "kilobytes": "{size} KB",
                "megabytes": "{size} MB",
            }
        ),
        "en": MappingProxyType(
            {
                "download": "Download the data",
                "more": "{count} more rows are in the file.",
                "kilobytes": "{size} KB",
                "megabytes": "{size} MB",
            }
        ),
    }
)


def say_in(language: str, name: str, **values: object) -> str:
    """One of these texts in a language, in English where there is no translation."""
    words = WORDS.get(language.partition("-")[0].partition("_")[0].casefold(), WORDS["en"])
    return words[name].format(**values)
