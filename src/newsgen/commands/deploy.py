"""`newsgen deploy`: a deployer gets the output of the last build with the list of its files, and changes none."""

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
    """Have a finished output brought elsewhere. No build replaces it meanwhile.

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
                raise ContentError(_fault(output, path, what))
        before = _stamps(output)
        call(finished)
        changed = sorted(path for path, _ in before.items() ^ _stamps(output).items())
        if changed:
            what = say("the deployer changed this, which is for builds alone")
            raise ContentError(_fault(output, changed[0], what))
        return finished


def _read(output: Path) -> Finished:
    try:
        given = json.loads((output / FILE_LIST).read_bytes())
        files = msgspec.convert(given["files"], dict[str, FinishedFile])
        return Finished(output, given["site"], files)
    except (OSError, ValueError, LookupError, TypeError):
        what = say("there is no list of files in {name}/", name=output.name)
        fix = say("write `machines: {manifest: true}` in newsgen.yaml, then run `newsgen build`")
        raise ConfigError(Problem(Location(output.name), "not-built", what, fix)) from None


def _fault(output: Path, path: str, what: Message) -> Problem:
    return Problem(Location(f"{output.name}/{path}"), "not-built", what, say("run `newsgen build`"))


def _stamps(output: Path) -> dict[str, tuple[int, ...] | None]:
    """Size, change and inode of every file. A hard link to a file changes none of them."""
    found = {path: read_stamp(str(output / path)) for path in walk_names(output)}
    return {path: (stamp[0], stamp[1], stamp[3]) if stamp else None for path, stamp in found.items()}
