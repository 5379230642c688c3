"""`newsgen deploy`: calls a deployer with the output of the last build, which it must not change."""

import json
from collections.abc import Callable
from pathlib import Path

import msgspec

from newsgen.api import Finished, FinishedFile
from newsgen.config.reading import read_config
from newsgen.core.errors import ConfigError, ContentError, Location, Problem
from newsgen.core.messages import Message, say
from newsgen.core.stamps import read_stamp
from newsgen.core.walk import walk_names
from newsgen.publish.file_list import FILE_LIST
from newsgen.publish.publication import find_state_folder, locked


def deploy(site: Path, output: Path, call: Callable[[Finished], object]) -> Finished:
    """Call a deployer with a finished output. No build can replace it meanwhile.

    Raises:
        ConfigError: when there is no output, or no list of its files.
        ContentError: when the output is not as the build left it, before or after the deployer was called.
        MachineError: when a build is going on.
    """
    read_config(site)
    with locked(find_state_folder(site, output)):
        finished = _read(output)
        for path, file in finished.files.items():
            stamp = read_stamp(str(output / path))
            if stamp is None or stamp[0] != file.size:
                what = say("this is not as the build left it")
                raise ContentError(_make_problem(output, path, what))
        before = _read_stamps(output)
        call(finished)
        changed = sorted(path for path, _ in before.items() ^ _read_stamps(output).items())
        if changed:
            what = say("the deployer changed this, which is for builds alone")
            raise ContentError(_make_problem(output, changed[0], what))
        return finished


def _read(output: Path) -> Finished:
    try:
        listing = json.loads((output / FILE_LIST).read_bytes())
        files = msgspec.convert(listing["files"], dict[str, FinishedFile])
        return Finished(output, listing["site"], files)
    except (OSError, ValueError, LookupError, TypeError):
        what = say("there is no list of files in {name}/", name=output.name)
        fix = say("write `machines: {manifest: true}` in newsgen.yaml, then run `newsgen build`")
        raise ConfigError(Problem(Location(output.name), "not-built", what, fix)) from None


def _make_problem(output: Path, path: str, what: Message) -> Problem:
    return Problem(Location(f"{output.name}/{path}"), "not-built", what, say("run `newsgen build`"))


def _read_stamps(output: Path) -> dict[str, tuple[int, ...] | None]:
    """Size, modification time and inode of every file, which a hard link to it does not change."""
    stamps = {path: read_stamp(str(output / path)) for path in walk_names(output)}
    return {path: (stamp[0], stamp[1], stamp[3]) if stamp else None for path, stamp in stamps.items()}
