"""Looking at the files of a tree: whether they are as recorded, and which are not.

A file is trusted by its stamp (size, times, inode); when the stamp differs it is read and its digest taken. So a file
that somebody changed in the output is found, and made again. The staged tree shares its files with the live one, and
a file in it is known by its inode alone. First a sum over each tree is compared with the recorded one; file by file is
compared only where the sums differ, or the record may be out of date.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from stat import S_IFDIR, S_IFREG, S_ISDIR
from typing import NamedTuple
from zlib import crc32

from newsgen.core.digests import hash_bytes
from newsgen.core.stamps import make_stamp
from newsgen.publish.build_info import BUILD_INFO
from newsgen.publish.file_record import FILE, digest_of, file_in, make_file, weigh, weigh_place
from newsgen.publish.permissions import Permissions
from newsgen.publish.tree_record import TreeRecord, is_equal_weight

LIVE, STAGED = 0, 1


class Scan(NamedTuple):
    """What is in a tree's folder, as far as it differs from the record.

    `changes` are the recorded outputs that differ: None for one that is not there, or has other bytes; else the file
    with the stamp that it has now. `foreign` are files that newsgen did not put there, and folders ("a/") that are
    empty or lack their permissions. `is_there` says whether the folder is one of the record's; `is_exact` whether
    sums alone were compared.
    """

    changes: dict[str, bytes | None]
    foreign: list[str]
    is_there: bool = True
    is_exact: bool = False


@dataclass(slots=True)
class Look:
    """A look at the two trees of one output. `sides` says which of the recorded trees each is.

    `is_needed` says whether the files are looked at; `is_recent`, of each tree, that the record was written at the end
    of the last run that changed it, so that sums can be compared.
    """

    folders: tuple[Path, Path]
    sides: tuple[int, int]
    record: TreeRecord
    permissions: Permissions
    is_needed: bool = True
    is_recent: tuple[bool, bool] = (False, False)
    live: Scan | None = None

    def scan(self, which: int) -> Scan:
        """Scan the live tree (0) or the staged one (1)."""
        if which == LIVE:
            self.live = self._scan_live()
            return self.live
        live = self.live or self.scan(LIVE)
        return self._scan_staged(live)

    def _scan_live(self) -> Scan:
        if self._is_as_recorded(LIVE):
            return Scan({}, [], is_exact=True)
        return scan_folder(self.folders[LIVE], self._read_recorded(LIVE), self.permissions)

    def _scan_staged(self, live: Scan) -> Scan:
        if not live.changes and self._is_as_recorded(STAGED):
            return Scan({}, [], is_exact=True)
        recorded = self._read_recorded(STAGED)
        shared = {o: f for o, f in live.changes.items() if f is not None and len(self.record.read_all()[o]) == FILE}
        found = scan_folder(self.folders[STAGED], {**recorded, **shared}, self.permissions)
        also = {o: f for o, f in shared.items() if o not in found.changes}  # the same file, with the stamp it has now
        return found._replace(changes={**found.changes, **also})

    def _is_as_recorded(self, which: int) -> bool:
        """Whether a tree is as recorded, by its sum, or because nobody asks."""
        facts, side = self.record.facts, self.sides[which]
        if not self.is_recent[which] or facts is None:
            return False
        if not self.is_needed:
            return True
        if which == LIVE:
            found, expected = weigh_files(self.folders[which], self.permissions), facts.stamps[side]
        else:
            found, expected = weigh_places(self.folders[which]), facts.places[side]
        return found is not None and is_equal_weight(found, expected)

    def _read_recorded(self, which: int) -> dict[str, bytes]:
        side = self.sides[which]
        return {output: file_in(row, side) for output, row in self.record.read_all().items()}


def weigh_files(folder: Path, permissions: Permissions) -> int | None:
    """The sum of the weights of a tree's files; None where something is no file of newsgen, by its kind or mode."""
    total, pending = 0, [(0, os.fsencode(folder))]
    file_mode, folder_mode, group = S_IFREG | permissions.file, S_IFDIR | permissions.folder, permissions.group
    while pending:  # an archive has many files: what is done for each is kept short
        above, place = pending.pop()
        is_empty = True
        with os.scandir(place) as entries:
            for entry in entries:
                is_empty, status, path = False, entry.stat(follow_symlinks=False), crc32(entry.name, above)
                if group not in (-1, status.st_gid):
                    return None
                if status.st_mode == file_mode:
                    total += weigh(path, make_stamp(status))
                elif status.st_mode == folder_mode:
                    pending.append((crc32(b"/", path), entry.path))
                else:
                    return None
        if is_empty and above:
            return None
    return total - _weigh_build_info(folder)


def weigh_places(folder: Path) -> int | None:
    """The sum of the inodes of a tree's files; None where a folder is empty. Nothing but names is read."""
    total, pending = 0, [(0, os.fsencode(folder))]
    while pending:
        above, place = pending.pop()
        is_empty = True
        with os.scandir(place) as entries:
            for entry in entries:
                is_empty, path = False, crc32(entry.name, above)
                if entry.is_dir(follow_symlinks=False):
                    pending.append((crc32(b"/", path), entry.path))
                else:
                    total += weigh_place(path, entry.inode())
        if is_empty and above:
            return None
    try:
        return total - weigh_place(crc32(BUILD_INFO.encode()), os.lstat(folder / BUILD_INFO).st_ino)
    except OSError:
        return total


def _weigh_build_info(folder: Path) -> int:
    """The weight of newsgen.json, which is not recorded: whoever asks for a tree compares its bytes."""
    try:
        return weigh(crc32(BUILD_INFO.encode()), make_stamp(os.lstat(folder / BUILD_INFO)))
    except OSError:
        return 0


def scan_folder(folder: Path, recorded: Mapping[str, bytes], permissions: Permissions) -> Scan:
    """Look at every entry of a folder, and read the files whose stamps are not the recorded ones."""
    changes: dict[str, bytes | None] = dict.fromkeys(recorded)
    foreign: list[str] = []
    file_mode, folder_mode, group = S_IFREG | permissions.file, S_IFDIR | permissions.folder, permissions.group
    is_there = folder.is_dir()
    pending = [("", str(folder), True)] if is_there else []
    while pending:
        above, place, is_permitted = pending.pop()
        is_empty = True
        with os.scandir(place) as entries:
            for entry in entries:
                is_empty, output, status = False, above + entry.name, entry.stat(follow_symlinks=False)
                mode, is_in_group = status.st_mode, group in (-1, status.st_gid)
                if mode == file_mode and is_in_group:
                    file = _check_file(entry.path, status, recorded.get(output))
                    if file is not None and file == recorded[output]:
                        del changes[output]
                    elif file is not None:
                        changes[output] = file
                    elif output != BUILD_INFO:
                        foreign.append(output)
                elif S_ISDIR(mode):
                    pending.append((f"{output}/", entry.path, mode == folder_mode and is_in_group))
                else:
                    foreign.append(output)
        if above and (is_empty or not is_permitted):
            foreign.append(above)
    return Scan(changes, foreign, is_there and bool(recorded))


def _check_file(path: str, status: os.stat_result, recorded: bytes | None) -> bytes | None:
    """A recorded file with the stamp that it has now; None where its bytes are not the recorded ones."""
    if recorded is None:
        return None
    made = digest_of(recorded)
    found = make_file(made, make_stamp(status))
    return found if found == recorded or hash_bytes(Path(path).read_bytes()) == made else None
