"""The sentences that `newsgen new` writes where an editor is to write; left in, readers would see them."""

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Placeholders:
    """What stands for a summary, for what a picture shows, its caption and credit, and for the first paragraph."""

    summary: str
    alt: str
    caption: str
    credit: str
    opening: str
    other: str


PLACEHOLDERS = {
    "vi": Placeholders(
        summary="Một hai câu tóm tắt tin (sapo), khoảng 30 đến 50 chữ.",
        alt="Ảnh chụp gì",
        caption="Chú thích",
        credit="Ảnh: Tên",
        opening="Đoạn mở đầu của tin.",
        other="ten-tin-khac",
    ),
    "en": Placeholders(
        summary="One or two sentences that sum up the story, about 30 words.",
        alt="What the picture shows",
        caption="Caption",
        credit="Photo: Name",
        opening="The first paragraph of the story.",
        other="another-story",
    ),
}
"""By language."""

LEFT_IN = frozenset(
    getattr(texts, field.name) for texts in PLACEHOLDERS.values() for field in fields(texts) if field.name != "other"
)
"""All of them but the names of stories."""

OPENINGS = tuple(texts.opening for texts in PLACEHOLDERS.values())
"""The first paragraphs."""


def get_placeholders(language: str) -> Placeholders:
    """Those of a language, such as `vi` or `en-GB`; English where there are none of its own."""
    return PLACEHOLDERS.get(language.partition("-")[0].casefold(), PLACEHOLDERS["en"])
