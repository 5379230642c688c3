"""Spreadsheet: an importer that makes a story of each row of a CSV file.

    $ newsgen import spreadsheet stories.csv --status draft

The columns are title, date, section, slug and text; others are written below `extra:`.
"""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from newsgen.api import ImportedFile


class Options(msgspec.Struct):
    """What may be typed."""

    status: Annotated[Literal["published", "draft"], Meta(description="What the stories are.")] = "published"


def importer(source: str, options: Options) -> Iterator[ImportedFile]:
    """Make a story of each row of a CSV file."""
    with Path(source).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            section, slug, text = row.pop("section"), row.pop("slug"), row.pop("text")
            lines = [f"{name}: {json.dumps(row.pop(name), ensure_ascii=False)}" for name in ("title", "date")]
            lines += ["status: draft"] if options.status == "draft" else []
            lines += [f"extra: {json.dumps(row, ensure_ascii=False)}"] if row else []
            yield ImportedFile(f"{section}/{slug}.md", "\n".join(["---", *lines, "---", "", text, ""]))
