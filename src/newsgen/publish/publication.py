"""Publish a whole tree in one step: it is staged beside the output and exchanged with it, OLD or NEW, never a mix.

It lies on the output's file system. A run that is killed leaves the output as it was.
"""

import os
import shutil
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path

from newsgen.core.digests import digest
from newsgen.core.errors import Location, MachineError, Problem
from newsgen.core.messages import say
from newsgen.core.sealed import load, save
from newsgen.core.site_files import STATE
from newsgen.core.writing import clear_place
from newsgen.publish.build_info import BUILD_INFO, encode_build_info, read_build_info, read_tree_digest
from newsgen.publish.exchange import exchange, sync, sync_folder
from newsgen.publish.path_checks import is_mounted
from newsgen.publish.permissions import Permissions, read_permissions
from newsgen.publish.tree import Manifest, Scan, Tree, scan_folder
from newsgen.workers.pool import early_map

LOCK_SECONDS = 30.0
LARGE = 2_000
"""Trees of more files are scanned by a process of their own."""


def find_state_folder(site: Path, output: Path) -> Path:
    """Where runs keep their lock, the staged tree and what they remember.

    It lies below .newsgen/ of the site, or beside an output elsewhere, since both trees must be on one disk.
    """
    state = site / STATE
    if output.parent == site and _is_on_disk_of(state, site):
        return state / output.name
    return output.parent / f".{output.name}{STATE}"


def _is_on_disk_of(state: Path, site: Path) -> bool:
    """Whether a folder can be renamed from the state folder to the site; also where there is no state folder yet."""
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
                raise MachineError(_lock_problem(state / "lock"))
            time.sleep(0.05)
        file.truncate(0)
        file.write(f" {os.getpid()}, since {time.strftime('%H:%M:%S')}")
        file.flush()
        yield


def _open_no_link(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o666)


def _lock_problem(lock: Path) -> Problem:
    with lock.open("rb", buffering=0) as file:
        file.seek(1)  # nobody else reads the first byte of a locked file on Windows
        process = file.read().decode("utf-8", "replace")
    what = say("another build (process {process}) is running", process=process or say("unknown"))
    return Problem(Location(lock.name), "locked", what, say("wait for it, or stop it"))


class Publication:
    """One run's way to the output: `live` is the tree that readers see, `staged` the one that will replace it.

    Nothing in `live` is ever written to. What a killed run left in `staged` is found by its stamps and made again.
    With several `jobs` another process scans large trees from the start; `close` ends it.
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
        permissions = read_permissions(output)
        trees = [(folder, self._read_manifest(folder), permissions) for folder in (output, state / "tree")]
        is_large = max(len(manifest.files) for _, manifest, _ in trees) > LARGE
        scans = self._ending.enter_context(early_map(_scan, trees, jobs if is_large else 1))
        self._trees = (Tree(*tree, scan) for tree, scan in zip(trees, scans, strict=True))

    @cached_property
    def live(self) -> Tree:
        """The tree that readers see."""
        return next(self._trees)

    @cached_property
    def staged(self) -> Tree:
        """The tree that will replace the live one."""
        self.live  # noqa: B018 - it is the first of the two
        return next(self._trees)

    def is_whole(self, build_id: str) -> bool:
        """Whether the output is exactly the tree of this build."""
        return self.live.is_whole and digest(read_build_info(self.output)) == build_id

    def build_id(self, target: Mapping[str, str]) -> str:
        """What tells a tree of these files from others: the digest of its newsgen.json."""
        return digest(encode_build_info(self.site, target))

    def read_build_id(self) -> str:
        """The build id of the tree that readers see now: what `is_whole` asks for in the next run."""
        return digest(read_build_info(self.output))

    def _read_manifest(self, folder: Path) -> Manifest:
        name = read_tree_digest(folder)
        manifest = load(Manifest, self.manifests / name) if name else None
        return manifest or Manifest()

    def has(self, output: str, made: str) -> bool:
        """Whether one of the trees has a file of this digest at `output`."""
        return self.live.has(output, made) or self.staged.has(output, made)

    def published(self) -> dict[str, str]:
        """What the output holds: output → digest, "" for a file that newsgen did not put there."""
        files = {name: "" for name in self.live.foreign if not name.endswith("/")}
        return files | {output: made for output, (made, _) in self.live.files.items()}

    def find_published(self, outputs: Iterable[str]) -> dict[str, str]:
        """As `published`, only of these outputs; one that the output folder does not have is left out."""
        published = self.published()
        return {output: published[output] for output in outputs if output in published}

    def read(self, output: str) -> bytes:
        """The bytes of an output that one of the trees has."""
        tree = self.live if output in self.live.files else self.staged
        return (tree.folder / output).read_bytes()

    def read_made(self, output: str, made: str) -> bytes:
        """The bytes of the file of this digest at `output`."""
        return (self._tree_with(output, made).folder / output).read_bytes()

    def size_of(self, output: str, made: str) -> int:
        """The size, in bytes, of the file of this digest at `output`."""
        return self._tree_with(output, made).files[output][1][0]

    def _tree_with(self, output: str, made: str) -> Tree:
        return self.live if self.live.has(output, made) else self.staged

    def clear(self, wanted: Collection[str]) -> None:
        """Remove from the staged tree what is not wanted any more, or was not put there by newsgen."""
        self._clear(self.staged.files.keys() - wanted)

    def clear_gone(self, gone: Collection[str]) -> None:
        """As `clear`, where all that is published stays wanted but the outputs in `gone`."""
        self.clear(self.live.files.keys() - gone)

    def _clear(self, unwanted: Collection[str]) -> None:
        staged = self.staged
        staged.folder.mkdir(parents=True, exist_ok=True)
        staged.permissions.apply_to_root(staged.folder)
        for output in [*staged.foreign, *unwanted]:
            staged.remove(output)
        staged.foreign.clear()

    def commit(self, target: Mapping[str, str]) -> tuple[int, int]:
        """Make `target` (output → digest) the output; how many files are new or changed, and how many are gone."""
        info = encode_build_info(self.site, target)
        live, staged = self.live, self.staged
        is_there = live.files.keys() == target.keys() and all(map(live.has, target.keys(), target.values()))
        if is_there and not live.foreign and read_build_info(self.output) == info:
            return 0, 0
        changed = sum(not live.holds(output, made) for output, made in target.items())
        gone = len(self.published().keys() - target.keys())
        self.clear(target.keys())
        missing = [output for output, made in target.items() if not staged.has(output, made)]
        for output in missing:
            staged.link_from(output, live)
        # A link more, or one less, has given files of the live tree other stamps.
        if live.is_whole and (live.refresh_stamps(staged) or missing):
            self._save_manifest(live)
        staged.remove(BUILD_INFO)
        staged.write(BUILD_INFO, info, "")
        del staged.files[BUILD_INFO]
        sync(staged.folder)
        self._save_manifest(staged)
        try:
            self._swap()
            sync_folder(self.output.parent)
            self._remove_old_manifests()
        except (OSError, KeyboardInterrupt):
            if read_build_info(self.output) != info:
                raise
            # The new tree is live: nothing after this makes the run a failed one.
        return changed, gone

    def commit_change(self, made: Mapping[str, str], gone: Collection[str]) -> tuple[int, int]:
        """As `commit` of the published files without those in `gone` and with those in `made` (output → digest).

        Only where the output `is_whole`. New files are in the staged tree, written after `clear_gone`.
        """
        kept = {output: digest for output, (digest, _) in self.live.files.items() if output not in gone}
        return self.commit({**kept, **made})

    def _save_manifest(self, tree: Tree) -> None:
        save(Manifest(tree.files), self.manifests / tree.digest())

    def _swap(self) -> None:
        staged, old = self.staged.folder, self.state / "old"
        if not self.output.exists():
            staged.rename(self.output)
        elif not exchange(staged, self.output):
            self.output.rename(old)
            staged.rename(self.output)
            old.rename(staged)

    def _remove_old_manifests(self) -> None:
        kept = {read_tree_digest(self.output), read_tree_digest(self.staged.folder)}
        for path in self.manifests.iterdir():
            if path.name not in kept:
                path.unlink()


def _scan(tree: tuple[Path, Manifest, Permissions]) -> Scan:
    folder, manifest, permissions = tree
    return scan_folder(folder, manifest.files, permissions)


def _recover(output: Path, old: Path) -> None:
    """After a kill between two renames: the old tree comes back."""
    if old.is_symlink():
        old.unlink()
    elif old.is_dir() and not output.exists():
        old.rename(output)
    elif old.is_dir():
        shutil.rmtree(old)
