"""The desk at which editors work: the folder of a site, the moment, and how files on it are read and written."""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from builders import NOW
from clean_builds import sources

T = TypeVar("T")

STAMPS = ("now", "now", "kept", "a second back", "a second on", "1970", "2100")
"""What time a written file may show: tools, backups and wrong clocks do all of these."""

A_SECOND = 10**9
YEAR_2100 = 4_102_444_800 * A_SECOND


@dataclass
class Desk:
    """A site's folder and the moment of its next build. `stamp` is the time that written files get.

    `good` are the moment and the sources of the last build that succeeded, `serial` the number of the last new thing.
    """

    site: Path
    now: datetime = NOW
    stamp: str = "now"
    serial: int = 0
    good: tuple[datetime, dict[str, bytes]] = field(default=(NOW, {}))

    def stories(self) -> list[Path]:
        """The files of all stories."""
        return [path for path in sorted((self.site / "content").rglob("*.md")) if path.parent.name != "pages"]

    def files(self, folder: str, pattern: str = "*") -> list[Path]:
        """The files below a folder of the site."""
        return [path for path in sorted((self.site / folder).rglob(pattern)) if path.is_file()]

    def new_number(self) -> int:
        """A number that nothing has yet."""
        self.serial += 1
        return self.serial

    def write(self, path: Path, data: str | bytes, *, replace: bool = False) -> None:
        """Write a file in place, or beside and renamed over it, and give it the time of `stamp`."""
        before = path.stat().st_mtime_ns if path.exists() else None
        path.parent.mkdir(parents=True, exist_ok=True)
        target = path.with_name(f".{path.name}.new") if replace else path
        target.write_bytes(data.encode() if isinstance(data, str) else data)
        target.replace(path)
        self.date(path, before)

    def date(self, path: Path, before: int | None) -> None:
        """Give a file the time of `stamp`; `before` is the time in nanoseconds that it had."""
        before = path.stat().st_mtime_ns if before is None else before
        times = {
            "kept": before,
            "a second back": before - A_SECOND,
            "a second on": before + A_SECOND,
            "1970": 0,
            "2100": YEAR_2100,
        }
        if self.stamp in times:
            os.utime(path, ns=(times[self.stamp], times[self.stamp]))

    def set_field(self, path: Path, name: str, value: str) -> None:
        """Give a field of an article's head another value, or remove it with an empty one."""
        text = path.read_text("utf-8")
        line = f"{name}: {value}\n" if value else ""
        changed, count = re.subn(rf"(?m)^{name}: .*\n", lambda _: line, text, count=1)
        if not count:
            changed = text.replace("\n---\n", f"\n{line}---\n", 1)
        self.write(path, changed)

    def replace(self, path: Path, pattern: str, value: str, *, whole: bool = False) -> None:
        """Replace what first matches in a file; `whole` writes a new file in its place."""
        text = path.read_text("utf-8")
        self.write(path, re.sub(pattern, lambda _: value, text, count=1), replace=whole)

    def keep(self) -> None:
        """Remember what there is as good."""
        self.good = self.now, sources(self.site)

    def undo(self) -> None:
        """Bring the moment and the sources back to those of the last build that succeeded."""
        self.now, wanted = self.good
        present = sources(self.site)
        for name in present.keys() - wanted.keys():
            (self.site / name).unlink()
        self.remove_empty_folders()
        for name, data in wanted.items():
            if present.get(name) != data:
                self.write(self.site / name, data)

    def remove_empty_folders(self) -> None:
        """Remove folders of sources without a file, as a version control system would."""
        for top in ("content", "static", "templates", "data"):
            for root, _folders, _names in os.walk(self.site / top, topdown=False):
                if not os.listdir(root):  # noqa: PTH208
                    Path(root).rmdir()


def pick(things: Sequence[T], number: int) -> T:
    """One of some things, whatever their number."""
    return things[number % len(things)]
