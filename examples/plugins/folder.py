"""Folder: a deployer that brings a folder up to date, such as one that a web server shows.

    $ newsgen deploy folder --to /srv/www

Only what changed since the last time is copied, and what is gone is removed. newsgen.yaml needs
`machines: {manifest: true}`.
"""

import json
import shutil
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from newsgen.api import Finished

LIST = "newsgen-files.json"


class Options(msgspec.Struct):
    """What may be typed."""

    to: Annotated[str, Meta(description="The folder to bring up to date.")]


def deployer(finished: Finished, options: Options) -> None:
    """Bring a folder up to date."""
    target = Path(options.to)
    target.mkdir(parents=True, exist_ok=True)
    before = json.loads((target / LIST).read_text("utf-8"))["files"] if (target / LIST).exists() else {}
    for path, file in finished.files.items():
        if path not in before or before[path]["sha256"] != file.sha256:
            copy(finished.folder, target, path)
    for path in before.keys() - finished.files.keys():
        (target / path).unlink(missing_ok=True)
    copy(finished.folder, target, LIST)


def copy(folder: Path, target: Path, path: str) -> None:
    """Copy a file, whole or not at all."""
    place = target / path
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_name(f".{place.name}.part")
    shutil.copyfile(folder / path, part)
    part.replace(place)
