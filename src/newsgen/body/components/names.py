"""Names of components and of their arguments, which may be typed with or without diacritics."""

import re

from newsgen.core.text import strip_marks

NAME = re.compile(r"[a-z][a-z0-9-]*")
"""The form of a component's name, as it is declared."""


def fold_name(typed: str) -> str:
    """The form in which names are compared: `Hộp` is `hop`, `tiêu đề` and `tieu_de` are `tieu-de`."""
    return "-".join(re.split(r"[\s_-]+", strip_marks(typed.strip()).lower()))
