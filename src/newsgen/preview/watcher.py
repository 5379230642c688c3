"""Watching a site's files, in a thread of its own: the system says what changed, and a burst comes as one batch."""

from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from threading import Event

from watchfiles import watch

from newsgen.core.stamps import read_stamp

STEP = 50
"""A burst is over when nothing changed for so many milliseconds."""

LONGEST = 1_000
"""And is handed on after so many, though it goes on."""

TICK = 200
"""How long a quiet wait may be, in milliseconds: then the clock and the site's own folder are looked at."""

Batch = frozenset[str] | None
"""The paths that changed, "/"-separated and relative to the site; None where anything may have."""


class Watch:
    """Watches the folders `folders` and the files `files` of a site until `stop` is set."""

    def __init__(self, site: Path, folders: Collection[str], files: Collection[str]) -> None:
        self.site, self.folders, self.files = site, folders, files
        self.stop = Event()
        self.polls = False
        self._seen = self._look()

    def run(self, take: Callable[[Batch], None], warn: Callable[[OSError], None]) -> None:
        """Hand every batch to `take`, an empty one at every quiet tick. `warn` hears that the system cannot tell.

        The folders themselves and the files beside them are looked at at every tick: a folder that is replaced, as by
        `git checkout`, takes its watch with it.
        """
        while not self.stop.is_set():
            try:
                for batch in self._batches():
                    take(batch)
            except FileNotFoundError:
                continue
            except OSError as error:
                if self.polls:
                    raise
                self.polls = True
                warn(error)

    def _batches(self) -> Iterator[Batch]:
        """Batches until one of the folders is another one; first None, for what changed before this watch began.

        A folder that went and came again may bear the old one's number, so what the system says of it counts too.
        """
        below = [self.site / name for name in self.folders if (self.site / name).is_dir()]
        if not below:
            self.stop.wait(TICK / 1000)
        told = watch(
            *below,
            watch_filter=None,
            step=STEP,
            debounce=LONGEST,
            rust_timeout=TICK,
            yield_on_timeout=True,
            stop_event=self.stop,
            raise_interrupt=False,
            force_polling=self.polls or None,
            ignore_permission_denied=True,
        )
        begun = False
        for changes in told if below else [set[tuple[object, str]]()]:
            if not begun:
                begun = True
                yield None
                continue
            own = frozenset(self._own())
            batch = own | {Path(path).relative_to(self.site).as_posix() for _, path in changes}
            if not batch.isdisjoint(self.folders):
                return
            yield batch

    def _own(self) -> list[str]:
        """Which of the folders and files are others than at the last look."""
        before, self._seen = self._seen, self._look()
        return [name for name, stamp in self._seen.items() if before[name] != stamp]

    def _look(self) -> dict[str, tuple[int, ...] | None]:
        files = {name: read_stamp(f"{self.site}/{name}") for name in self.files}
        return {**{name: self._identity(name) for name in self.folders}, **files}

    def _identity(self, folder: str) -> tuple[int, int] | None:
        """Which folder it is, whatever lies in it."""
        try:
            status = (self.site / folder).stat()
        except OSError:
            return None
        return status.st_dev, status.st_ino
