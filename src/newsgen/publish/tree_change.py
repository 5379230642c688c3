"""One commit: it stages a new tree, and after the exchange brings the other tree up to date."""

import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from newsgen.core.digests import hash_bytes
from newsgen.publish.build_info import BUILD_INFO, digest_file, encode_build_info, format_digest
from newsgen.publish.exchange import sync
from newsgen.publish.file_record import Sums, digest_of, is_same_place, make_file, make_row
from newsgen.publish.sharing import Sharer
from newsgen.publish.tree import Tree
from newsgen.publish.tree_record import Facts, TreeRecord, make_facts


@dataclass(frozen=True)
class TreeChange:
    """A change of the recorded files: `made` (output → digest) are in the staged tree, those in `gone` go.

    `live` is the tree that readers saw before. `jobs` is how many processes may work.
    """

    record: TreeRecord
    live: Tree
    staged: Tree
    made: Mapping[str, str]
    gone: Collection[str]
    jobs: int
    _copies: dict[str, bytes] = field(default_factory=dict)

    @cached_property
    def _foreign(self) -> frozenset[str]:
        """The files in the live tree that newsgen did not put there."""
        return frozenset(name for name in self.live.foreign if not name.endswith("/"))

    def count(self) -> tuple[int, int]:
        """How many files of the new output are new or changed, and how many files of the old one are gone."""
        live, find = self.live, self.record.find
        known: Iterable[str] = self.record.read_all() if live.record is None else live.changes
        lost = [output for output in known if live.find(output) is None and self._is_kept(output)]
        changed = [output for output, made in self.made.items() if not self._was_there(output, made)]
        gone = [output for output in self.gone if output in self._foreign or live.find(output) is not None]
        foreign = [name for name in self._foreign if name not in self.made and find(name) is None]
        return len(lost) + len(changed), len(gone) + len(foreign)

    def _was_there(self, output: str, made: str) -> bool:
        """Whether a file of this digest was at `output`, though newsgen may not know that it put it there."""
        if output in self._foreign:
            path = self.live.folder / output
            return path.is_file() and hash_bytes(path.read_bytes()) == made
        return self.live.has(output, made)

    def encode_info(self, site: str) -> bytes:
        """The bytes of newsgen.json for the new output.

        Raises:
            RecordDamaged: when the record lacks a file that is there.
        """
        facts = self.record.facts
        sums = facts.sums if facts is not None else Sums()
        for output in (*self.gone, *self.made):
            row = self.record.find(output)
            if row is not None:
                sums.files -= 1
                sums.digest -= digest_file(output, row[:32])
            elif output in self.gone or (facts is not None and self._is_overlooked(output)):
                self.record.fail()
        for output, made in self.made.items():
            sums.files += 1
            sums.digest += digest_file(output, bytes.fromhex(made))
        return encode_build_info(site, sums.files, format_digest(sums.digest))

    def _is_overlooked(self, output: str) -> bool:
        """Whether a file is there of which nothing is known."""
        return output not in self._foreign and (self.live.folder / output).is_file()

    def stage(self, info: bytes) -> None:
        """Make the staged tree whole: with what it shares with the live one, and with newsgen.json (`info`).

        Raises:
            OSError: when the machine refuses it.
        """
        live, staged = self.live, self.staged
        for output in self._list_strays():
            staged.remove(output)
        for output, stamp, copy in Sharer(live, staged).share_all(self._list_missing(), self.jobs):
            made = digest_of(live.find(output) or b"")
            live.take(output, made, stamp)
            staged.take(output, made, copy or stamp)
        staged.remove(BUILD_INFO)
        staged.write_bytes(BUILD_INFO, info)
        sync(staged.folder)

    def _list_strays(self) -> list[str]:
        """The outputs that were written into the staged tree, and do not belong in it after all."""
        files = self.staged.changes.items()
        return [output for output, file in files if file is not None and digest_of(file) != self._find_wanted(output)]

    def _list_missing(self) -> list[str]:
        """The outputs that the staged tree lacks.

        Raises:
            KeyError: when the live one lacks such a file too.
        """
        live, staged, missing = self.live, self.staged, []
        for output in self.record.read_all() if staged.record is None else [*staged.changes]:
            wanted = self._find_wanted(output)
            if wanted and not staged.has(output, wanted):
                if not live.has(output, wanted):
                    raise KeyError(output)
                missing.append(output)
        return missing

    def _find_wanted(self, output: str) -> str:
        """The digest of the file that the new output has; "" for none."""
        if output in self.made:
            return self.made[output]
        row = self.record.find(output) if output not in self.gone else None
        return "" if row is None else digest_of(row)

    def _is_kept(self, output: str) -> bool:
        return output not in self.gone and output not in self.made

    def settle(self, new: Tree, old: Tree, *, is_exact: bool) -> None:
        """Give the old tree the files of the new one, and record both. `is_exact` says that the recorded sums hold.

        Raises:
            OSError, RecordDamaged: when the machine refuses it. Then the record says that a run has not ended.
        """
        is_done = False
        try:
            self._catch_up(new, old)
            is_done = True
        finally:
            self._save(new, old, is_exact=is_exact, is_done=is_done)

    def _catch_up(self, new: Tree, old: Tree) -> None:
        if old.record is None:
            clear_folder(old)
        else:
            gone = [o for o in _list_touched(new, old) if new.find(o) is None and old.find(o) is not None]
            for output in (*old.foreign, *gone):
                old.remove(output)
        for output, stamp, copy in Sharer(new, old).share_all(self._list_unlike(new, old), self.jobs):
            made = digest_of(new.find(output) or b"")
            new.take(output, made, stamp)
            if copy is not None:
                self._copies[output] = make_file(made, copy)
        if self._copies:
            sync(old.folder)

    def _list_unlike(self, new: Tree, old: Tree) -> Iterator[str]:
        """The outputs of the new tree that the old one does not share with it. Each has a newsgen.json of its own."""
        if old.record is None:
            yield from (output for output in self.record.read_all() if new.find(output) is not None)
            yield from (output for output in new.changes if self.record.find(output) is None and new.changes[output])
        else:
            for output in _list_touched(new, old):
                here, there = new.find(output), old.find(output)
                if here is not None and (there is None or not is_same_place(here, there)):
                    yield output

    def _save(self, new: Tree, old: Tree, *, is_exact: bool, is_done: bool) -> None:
        record = self.record
        sums = record.facts.sums if record.facts is not None else Sums()
        if not is_exact:
            sums = Sums()
            for output, row in record.read_all().items():
                sums.add(output, row)
        roots = read_inode(new.folder), read_inode(old.folder)

        def change_rows() -> Iterator[tuple[str, bytes | None]]:
            for output in _list_touched(new, old):
                before, file = record.find(output), new.find(output)
                if before is not None:
                    sums.add(output, before, -1)
                row = make_row(file, self._copies.get(output), new.side) if file is not None else None
                if row is not None:
                    sums.add(output, row)
                yield output, row

        def conclude() -> Facts:
            return make_facts(sums, roots if new.side == 0 else roots[::-1], is_changing=not is_done)

        record.save(change_rows(), conclude)


def clear_folder(tree: Tree) -> None:
    """Empty the folder of a tree of which nothing is known, or make it."""
    if tree.folder.exists():
        shutil.rmtree(tree.folder)
    tree.folder.mkdir(parents=True)
    tree.permissions.apply_to_root(tree.folder)


def read_inode(path: Path) -> int:
    """The inode of a file or folder; 0 where there is none."""
    try:
        return path.lstat().st_ino
    except OSError:
        return 0


def _list_touched(new: Tree, old: Tree) -> list[str]:
    """The outputs of which something differs from the record in one of two trees."""
    return [*new.changes, *(output for output in old.changes if output not in new.changes)]
