"""Alerts: a quotation that begins with `[!NOTE]` is a box with a title in the site's language.

https://docs.github.com/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github
"""

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

TITLES = {
    "vi": {
        "note": "Lưu ý",
        "tip": "Mẹo",
        "important": "Quan trọng",
        "warning": "Cảnh báo",
        "caution": "Thận trọng",
    },
    "en": {"note": "Note", "tip": "Tip", "important": "Important", "warning": "Warning", "caution": "Caution"},
}
_MARK = re.compile(r"\s*\[!(note|tip|important|warning|caution)\][ \t]*(.*)$", re.IGNORECASE)


def alert_titles(language: str) -> dict[str, str]:
    """The title of each kind of alert in a language."""
    return TITLES.get(language.partition("-")[0], TITLES["en"])


def begin_alert(line: str, titles: Mapping[str, str]) -> Element | None:
    """The box and title of an alert whose first line this is; None for an ordinary quotation."""
    found = _MARK.match(line) if "[!" in line else None
    if found is None:
        return None
    kind = found[1].lower()
    box = Element("div", {"class": f"markdown-alert markdown-alert-{kind}"})
    title = SubElement(box, "p", {"class": "markdown-alert-title"})
    title.text = AtomicString(found[2].strip() or titles[kind])
    return box
