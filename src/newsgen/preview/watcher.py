"""Watches a site's files, in a thread of its own. Changes that come together are one batch."""

from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from threading import Event

from watchfiles import watch

from newsgen.core.stamps import read_stamp

STEP = 50
"""A batch ends when nothing has changed for so many milliseconds."""

LONGEST = 1_000
"""It ends after so many milliseconds in any case."""

TICK = 200
"""The milliseconds between empty batches while nothing changes."""

Batch = frozenset[str] | None
"""The paths that changed, "/"-separated and relative to the site; None where any may have."""


class Watcher:
    """Watches the folders `folders` and the files `files` of a site until `stop` is set."""

    def __init__(self, site: Path, folders: Collection[str], files: Collection[str]) -> None:
        self.site, self.folders, self.files = site, folders, files
        self.stop = Event()
        self.polls = False
        self._seen = self._take_stamps()

    def run(self, take: Callable[[Batch], None], warn: Callable[[OSError], None]) -> None:
        """Call `take` with every batch, and with an empty one at every tick. `warn` is called when it begins to poll.

        The folders themselves and the files beside them are checked at every tick: a folder that is replaced, as by
        `git checkout`, is no longer watched by the system.
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
        """Batches until a folder is replaced; first None, for what changed before the watching began.

        A new folder may have the inode of the old one, so a change that the system reports of it counts too.
        """
        below = [self.site / name for name in self.folders if (self.site / name).is_dir()]
        if not below:
            self.stop.wait(TICK / 1000)
        events = watch(
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
        for changes in events if below else [set[tuple[object, str]]()]:
            if not begun:
                begun = True
                yield None
                continue
            batch = frozenset(self._find_changed()) | {
                Path(path).relative_to(self.site).as_posix() for _, path in changes
            }
            if not batch.isdisjoint(self.folders):
                return
            yield batch

    def _find_changed(self) -> set[str]:
        """The watched folders and files that have changed since the last call."""
        before, self._seen = self._seen, self._take_stamps()
        return {name for name, stamp in self._seen.items() if before[name] != stamp}

    def _take_stamps(self) -> dict[str, tuple[int, ...] | None]:
        files = {name: read_stamp(f"{self.site}/{name}") for name in self.files}
        return {**{name: self._identify(name) for name in self.folders}, **files}

    def _identify(self, folder: str) -> tuple[int, int] | None:
        """The device and inode of a folder; None where there is none."""
        try:
            status = (self.site / folder).stat()
        except OSError:
            return None
        return status.st_dev, status.st_ino
