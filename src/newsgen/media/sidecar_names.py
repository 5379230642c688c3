"""The names of sidecars: `cau.jpg.yaml` beside the picture `cau.jpg` says what newsgen cannot read in the picture."""

import re

from newsgen.model.attachments import find_kind

_SIDECAR = re.compile(
    r"(?P<picture>.*[^/]\.(?:jpg|jpeg|jpe|jfif|png|apng|gif|webp|avif|bmp|ico|heic|heif|hif|svg))\.ya?ml",
    re.IGNORECASE | re.DOTALL,
)


def is_sidecar(source: str) -> bool:
    """Whether a file is a sidecar by its name, whether or not its picture is there."""
    return name_picture(source) != ""


def name_picture(source: str) -> str:
    """The source of the picture, table or other attachment to which a sidecar belongs; "" for any other file."""
    if found := _SIDECAR.fullmatch(source):
        return found["picture"]
    beside, _, ending = source.rpartition(".")
    is_attachment = (
        ending.casefold() in ("yaml", "yml") and find_kind(beside) and beside.rpartition("/")[2].rpartition(".")[0]
    )
    return beside if is_attachment else ""
