"""A whole tree is made ready beside the output and takes its place in one step: OLD or NEW, never a mix.

It lies on the output's file system. A run that is killed leaves the output as it was.
"""

import os
import shutil
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path

from newsgen.core.digests import digest
from newsgen.core.errors import Location, MachineError, Problem
from newsgen.core.messages import say
from newsgen.core.sealed import load, save
from newsgen.core.site_files import STATE
from newsgen.core.writing import clear_place
from newsgen.publish.exchange import exchange, sync, sync_folder
from newsgen.publish.mark import MARK, mark_bytes, mark_of, marked_digest
from newsgen.publish.places import is_mounted
from newsgen.publish.rights import Rights, rights_of
from newsgen.publish.tree import Found, Manifest, Tree, look_through
from newsgen.workers.pool import early_map

LOCK_SECONDS = 30.0
LARGE = 2_000
"""Above this many files a tree is looked through by a process of its own."""


def state_folder(site: Path, output: Path) -> Path:
    """Where runs keep their lock, the other tree and what they remember.

    It lies below .newsgen/ of the site, or beside an output elsewhere, for both must be on one disk.
    """
    state = site / STATE
    if output.parent == site and _is_on_disk_of(state, site):
        return state / output.name
    return output.parent / f".{output.name}{STATE}"


def _is_on_disk_of(state: Path, site: Path) -> bool:
    """Whether a folder can be renamed from one to the other, where the first is there at all."""
    try:
        return state.stat().st_dev == site.stat().st_dev and not is_mounted(Path(os.path.realpath(state)))
    except OSError:
        return True


@contextmanager
def locked(state: Path, wait: float = LOCK_SECONDS) -> Iterator[None]:
    """Hold the site's lock; it dies with its holder. `wait` is in seconds.

    Raises:
        MachineError: when another run still holds it after `wait`.
    """
    state.mkdir(parents=True, exist_ok=True)
    from filelock import lock_descriptor  # start-up: many commands read what was published, and lock nothing

    clear_place(state / "lock")
    with open(state / "lock", "a+", opener=_open_no_link) as file:
        until = time.monotonic() + wait
        while not lock_descriptor(file.fileno(), blocking=False):
            if time.monotonic() >= until:
                raise MachineError(_busy(state / "lock"))
            time.sleep(0.05)
        file.truncate(0)
        file.write(f" {os.getpid()}, since {time.strftime('%H:%M:%S')}")
        file.flush()
        yield


def _open_no_link(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o666)


def _busy(lock: Path) -> Problem:
    with lock.open("rb", buffering=0) as file:
        file.seek(1)  # nobody else reads the first byte of a locked file on Windows
        process = file.read().decode("utf-8", "replace")
    what = say("another build (process {process}) is running", process=process or say("unknown"))
    return Problem(Location(lock.name), "locked", what, say("wait for it, or stop it"))


class Publication:
    """One run's way to the output: `live` is what readers see, `coming` the tree that is brought forward.

    Nothing of `live` is ever written to. What a killed run left in `coming` is found by its stamps and made again.
    Where there are `jobs` for it, another process looks through large trees from the start; `close` ends it.
    """

    def __init__(self, output: Path, state: Path, site: str, jobs: int = 1) -> None:
        self.output, self.state, self.site = output, state, site
        self.manifests = state / "manifests"
        for folder in (self.manifests, state / "tree"):
            if folder.is_symlink() or folder.is_file():  # what a link leads to is somebody else's
                folder.unlink()
        self.manifests.mkdir(parents=True, exist_ok=True)
        _recover(output, state / "old")
        self._ending = ExitStack()
        self.close = self._ending.close
        rights = rights_of(output)
        trees = [(folder, self._manifest(folder), rights) for folder in (output, state / "tree")]
        is_large = max(len(manifest.files) for _, manifest, _ in trees) > LARGE
        looked = self._ending.enter_context(early_map(_look, trees, jobs if is_large else 1))
        self._trees = (Tree(*tree, found) for tree, found in zip(trees, looked, strict=True))

    @cached_property
    def live(self) -> Tree:
        """The tree that readers see."""
        return next(self._trees)

    @cached_property
    def coming(self) -> Tree:
        """The tree that is brought forward."""
        self.live  # noqa: B018 - it is the first of the two
        return next(self._trees)

    def is_whole(self, mark: str) -> bool:
        """Whether the output is exactly the tree whose mark has this digest."""
        return self.live.is_whole and digest(mark_of(self.output)) == mark

    def mark_digest(self, target: Mapping[str, str]) -> str:
        """The digest of the mark of a tree of these files."""
        return digest(mark_bytes(self.site, target))

    def _manifest(self, folder: Path) -> Manifest:
        mark = marked_digest(folder)
        known = load(Manifest, self.manifests / mark) if mark else None
        return known or Manifest()

    def present(self, output: str, made: str) -> bool:
        """Whether one of the trees holds these very bytes at `output`."""
        return self.live.has(output, made) or self.coming.has(output, made)

    def before(self) -> dict[str, str]:
        """What the output holds: output → digest, "" for what newsgen did not put there."""
        held = {output: made for output, (made, _) in self.live.files.items()}
        return {**dict.fromkeys((name for name in self.live.foreign if not name.endswith("/")), ""), **held}

    def bytes_of(self, output: str) -> bytes:
        """The bytes of an output that one of the trees holds."""
        tree = self.live if output in self.live.files else self.coming
        return (tree.folder / output).read_bytes()

    def bytes_of_made(self, output: str, made: str) -> bytes:
        """The bytes at `output` that have this digest, from the tree that holds them."""
        tree = self.live if self.live.has(output, made) else self.coming
        return (tree.folder / output).read_bytes()

    def clear(self, wanted: Collection[str]) -> None:
        """Remove from the coming tree what is not wanted any more, or was not put there by newsgen."""
        self.coming.folder.mkdir(parents=True, exist_ok=True)
        self.coming.rights.give_root(self.coming.folder)
        for output in [*self.coming.foreign, *(self.coming.files.keys() - wanted)]:
            self.coming.drop(output)
        self.coming.foreign.clear()
        self.coming.straighten()

    def commit(self, target: Mapping[str, str]) -> tuple[int, int]:
        """Make `target` (output → digest) the output; how many files are new or changed, and how many are gone."""
        mark = mark_bytes(self.site, target)
        here = self.live.files.keys() == target.keys() and all(map(self.live.has, target.keys(), target.values()))
        if here and not self.live.foreign and not self.live.skewed and mark_of(self.output) == mark:
            return 0, 0
        changed = sum(not self.live.holds(output, made) for output, made in target.items())
        there = {*self.live.files, *(name for name in self.live.foreign if not name.endswith("/"))}
        gone = len(there - target.keys())
        self.clear(target.keys())
        lacking = [output for output, made in target.items() if not self.coming.has(output, made)]
        for output in lacking:
            self.coming.take(output, self.live)
        # A link more, or one less, has given files of the live tree other stamps.
        if self.live.is_whole and (self.live.look_again(self.coming) or lacking):
            self._remember(self.live)
        self.coming.drop(MARK)
        self.coming.put(MARK, mark, "")
        del self.coming.files[MARK]
        sync(self.coming.folder)
        self._remember(self.coming)
        try:
            self._swap()
            sync_folder(self.output.parent)
            self._forget()
        except (OSError, KeyboardInterrupt):
            if mark_of(self.output) != mark:
                raise
            # The new tree is live: nothing after this makes the run a failed one.
        return changed, gone

    def _remember(self, tree: Tree) -> None:
        save(Manifest(tree.files), self.manifests / tree.mark())

    def _swap(self) -> None:
        coming, old = self.coming.folder, self.state / "old"
        if not self.output.exists():
            coming.rename(self.output)
        elif not exchange(coming, self.output):
            self.output.rename(old)
            coming.rename(self.output)
            old.rename(coming)

    def _forget(self) -> None:
        """Remove the manifests of trees that are no more."""
        kept = {marked_digest(self.output), marked_digest(self.coming.folder)}
        for path in self.manifests.iterdir():
            if path.name not in kept:
                path.unlink()


def _look(tree: tuple[Path, Manifest, Rights]) -> Found:
    return look_through(tree[0], tree[1].files, tree[2])


def _recover(output: Path, old: Path) -> None:
    """After a kill between two renames: the old tree comes back."""
    if old.is_symlink():
        old.unlink()
    elif old.is_dir() and not output.exists():
        old.rename(output)
    elif old.is_dir():
        shutil.rmtree(old)
