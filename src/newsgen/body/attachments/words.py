"""The words of newsgen's own that stand with attachments, by language."""

from types import MappingProxyType

WORDS = MappingProxyType(
    {
        "vi": MappingProxyType(
            {
                "download": "Tải dữ liệu",
                "more": "Còn {count} dòng nữa trong tệp.",
                "data": "Bảng số liệu",
                "columns": "Biểu đồ cột.",
                "bars": "Biểu đồ thanh.",
                "line": "Biểu đồ đường.",
                "range": "{series}: thấp nhất {low} ({low_label}), cao nhất {high} ({high_label}).",
                "thousand": "nghìn",
                "million": "triệu",
                "billion": "tỷ",
                "map": "Bản đồ.",
                "places": "Các địa điểm",
                "file": "Tải tệp",
                "page": "1 trang",
                "pages": "{count} trang",
                "kilobytes": "{size} KB",
                "megabytes": "{size} MB",
            }
        ),
        "en": MappingProxyType(
            {
                "download": "Download the data",
                "more": "{count} more rows are in the file.",
                "data": "Data as a table",
                "columns": "Column chart.",
                "bars": "Bar chart.",
                "line": "Line chart.",
                "range": "{series}: lowest {low} ({low_label}), highest {high} ({high_label}).",
                "thousand": "thousand",
                "million": "million",
                "billion": "billion",
                "map": "Map.",
                "places": "The places",
                "file": "Download the file",
                "page": "1 page",
                "pages": "{count} pages",
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
