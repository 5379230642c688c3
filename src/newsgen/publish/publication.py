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
from newsgen.core.site_files import STATE
from newsgen.core.writing import clear_place
from newsgen.publish.build_info import read_build_info, read_tree_digest
from newsgen.publish.exchange import exchange, sync_folder
from newsgen.publish.file_record import digest_of, has_digest, stamp_of
from newsgen.publish.looking import LIVE, STAGED, Look, Scan
from newsgen.publish.path_checks import is_mounted
from newsgen.publish.permissions import read_permissions
from newsgen.publish.tree import Tree
from newsgen.publish.tree_change import TreeChange, clear_folder, read_inode
from newsgen.publish.tree_record import RecordDamaged, TreeRecord, read_boot
from newsgen.workers.pool import early_map

LOCK_SECONDS = 30.0
LARGE = 2_000
"""Trees of more files are looked at by a process of their own."""

LOOKED_AT = 50_000
"""Files of an output at which every build looks; of more only where it is asked for, as a look costs as many steps."""


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

    Nothing in `live` is ever written to. After a commit the tree that was live gets what is new, so that between runs
    both trees have the same files; what a killed run left is found and put right. Up to `LOOKED_AT` files the trees are
    looked at, above that only where the `options` ask for it. With several `jobs` another process looks at large trees
    from the start; `close` ends it.
    """

    def __init__(self, output: Path, state: Path, site: str, jobs: int = 1, *, looks: bool = False) -> None:
        self.output, self.state, self.site, self.jobs = output, state, site, jobs
        self._tree = state / "tree"
        if self._tree.is_symlink() or self._tree.is_file():  # what a link leads to is somebody else's
            self._tree.unlink()
        state.mkdir(parents=True, exist_ok=True)
        _recover(output, state / "old")
        self._ending = ExitStack()
        self.close = self._ending.close
        self._record = TreeRecord(state / "trees.sqlite")
        self._ending.callback(self._record.close)
        self._is_settled = self._record.facts is not None and not self._record.facts.is_changing
        self._look = self._plan_look(looks=looks)
        is_large = self._look.is_needed and self._record.facts is not None and self._record.facts.files > LARGE
        scans = self._ending.enter_context(early_map(self._look.scan, (LIVE, STAGED), jobs if is_large else 1))
        self._is_exact = True
        self._trees = (self._open_tree(which, scan) for which, scan in zip((LIVE, STAGED), scans, strict=True))

    @cached_property
    def live(self) -> Tree:
        """The tree that readers see."""
        return next(self._trees)

    @cached_property
    def staged(self) -> Tree:
        """The tree that will replace the live one, without what is foreign in it; whoever asks for it changes it."""
        staged = self._staged
        self._record.mark()
        if staged.record is None:
            clear_folder(staged)
        else:
            staged.permissions.apply_to_root(staged.folder)
            for name in staged.foreign:
                staged.remove(name)
        staged.foreign.clear()
        return staged

    @cached_property
    def _staged(self) -> Tree:
        self.live  # noqa: B018 - it is the first of the two
        return next(self._trees)

    def is_whole(self, build_id: str) -> bool:
        """Whether the output is exactly the tree of this build, and that build came to its end."""
        return self._is_settled and self.live.is_whole and self.read_build_id() == build_id

    def read_build_id(self) -> str:
        """The build id of the tree that readers see now: what `is_whole` asks for in the next run."""
        return digest(read_build_info(self.output))

    def has(self, output: str, made: str) -> bool:
        """Whether one of the trees has a file of this digest at `output`."""
        return self.live.has(output, made) or self._staged.has(output, made)

    def published(self) -> dict[str, str]:
        """What the output holds: output → digest, "" for a file that newsgen did not put there."""
        return self.find_published([*self._record.read_all(), *self.live.foreign])

    def find_published(self, outputs: Iterable[str]) -> dict[str, str]:
        """As `published`, only of these outputs; one that the output folder does not have is left out."""
        foreign = {name for name in self.live.foreign if not name.endswith("/")}
        found = ((output, self.live.find(output)) for output in outputs)
        return {output: digest_of(file) if file else "" for output, file in found if file or output in foreign}

    def read(self, output: str) -> bytes:
        """The bytes of an output that one of the trees has."""
        tree = self.live if self.live.find(output) else self._staged
        return (tree.folder / output).read_bytes()

    def read_made(self, output: str, made: str) -> bytes:
        """The bytes of the file of this digest at `output`."""
        return (self._tree_with(output, made).folder / output).read_bytes()

    def size_of(self, output: str, made: str) -> int:
        """The size, in bytes, of the file of this digest at `output`."""
        file = self._tree_with(output, made).find(output)
        if file is None:
            raise KeyError(output)
        return stamp_of(file)[0]

    def _tree_with(self, output: str, made: str) -> Tree:
        return self.live if self.live.has(output, made) else self._staged

    def clear(self, wanted: Collection[str]) -> None:
        """Remove from the staged tree what is not wanted any more."""
        self.clear_gone([output for output in self._record.read_all() if output not in wanted])

    def clear_gone(self, gone: Iterable[str]) -> None:
        """As `clear`, where all that is published stays wanted but the outputs in `gone`."""
        staged = self.staged
        for output in gone:
            if staged.find(output) is not None:
                staged.remove(output)

    def commit(self, target: Mapping[str, str]) -> tuple[int, int]:
        """Make `target` (output → digest) the output; how many files are new or changed, and how many are gone."""
        recorded = self._record.read_all()
        made = {output: one for output, one in target.items() if not has_digest(recorded.get(output), one)}
        return self.commit_change(made, recorded.keys() - target.keys())

    def commit_change(self, made: Mapping[str, str], gone: Collection[str]) -> tuple[int, int]:
        """As `commit` of the published files without those in `gone` and with those in `made` (output → digest).

        Only where the output `is_whole`. New files are in the staged tree, written after `clear_gone`.
        """
        live, staged = self.live, self.staged
        change = TreeChange(self._record, live, staged, made, frozenset(gone), self.jobs)
        counted, info = change.count(), change.encode_info(self.site)
        is_there = not made and not gone and live.is_whole and read_build_info(self.output) == info
        if not is_there:
            self.clear_gone(gone)
            change.stage(info)
        try:
            new, old = (live, staged) if is_there else self._exchange()
            change.settle(new, old, is_exact=self._is_exact)
        except (OSError, RecordDamaged, KeyboardInterrupt):
            if read_build_info(self.output) != info:
                raise
            # The new tree is live: nothing after this makes the run a failed one.
        return counted

    def _exchange(self) -> tuple[Tree, Tree]:
        """Let the staged tree take the live one's place; the new live tree and the old one."""
        staged, old = self._tree, self.state / "old"
        if not self.output.exists():
            staged.rename(self.output)
        elif not exchange(staged, self.output):
            self.output.rename(old)
            staged.rename(self.output)
            old.rename(staged)
        sync_folder(self.output.parent)
        self.live.folder, self.staged.folder = staged, self.output
        return self.staged, self.live

    def _plan_look(self, *, looks: bool) -> Look:
        """What is to be looked at, by what the record says."""
        facts, folders = self._record.facts, (self.output, self._tree)
        roots, sides = (read_inode(self.output), read_inode(self._tree)), (0, 1)
        if facts is None:
            return Look(folders, sides, self._record, read_permissions(self.output))
        if facts.roots[1] == roots[0] or facts.roots[0] == roots[1]:
            sides = (1, 0)
        is_recent = not facts.is_changing and facts.boot == read_boot()
        is_recent = is_recent and read_tree_digest(self.output) == facts.digest.hex()
        return Look(
            folders,
            sides,
            self._record,
            read_permissions(self.output),
            is_needed=looks or facts.files <= LOOKED_AT or not facts.boot,
            is_recent=(
                is_recent and facts.roots[sides[0]] == roots[0],
                is_recent and facts.roots[sides[1]] == roots[1],
            ),
        )

    def _open_tree(self, which: int, scan: Scan) -> Tree:
        tree = Tree(self._look.folders[which], self._look.permissions, self._record, self._look.sides[which])
        tree.take_over(scan)
        self._is_exact = self._is_exact and scan.is_exact
        return tree


def _recover(output: Path, old: Path) -> None:
    """After a kill between two renames: the old tree comes back."""
    if old.is_symlink():
        old.unlink()
    elif old.is_dir() and not output.exists():
        old.rename(output)
    elif old.is_dir():
        shutil.rmtree(old)
