"""The sentences of `newsgen new` that an editor is to replace."""

import msgspec


class Placeholders(msgspec.Struct, frozen=True):
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
"""The placeholders of each language."""

LEFT_IN = frozenset(
    text
    for texts in PLACEHOLDERS.values()
    for text in (texts.summary, texts.alt, texts.caption, texts.credit, texts.opening)
)
"""All of them but the names of stories."""

OPENINGS = tuple(texts.opening for texts in PLACEHOLDERS.values())
"""The first paragraph in each language."""


def get_placeholders(language: str) -> Placeholders:
    """The placeholders of a language such as `vi` or `en-GB`, in English where there are none."""
    return PLACEHOLDERS.get(language.partition("-")[0].casefold(), PLACEHOLDERS["en"])
