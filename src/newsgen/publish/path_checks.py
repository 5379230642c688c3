"""Checks of the paths that a command may write to: not a site's sources, not another output, also behind links.

Every path on the command line is resolved and checked before anything is read or made.
"""

import json
import os
import sys
from contextlib import suppress
from pathlib import Path

from newsgen.core.errors import ConfigError, Location, Problem
from newsgen.core.messages import Message, say
from newsgen.core.site_files import SETTINGS, SOURCES, STATE
from newsgen.publish.build_info import is_newsgen_output, read_tree_digest

MOUNTS = Path("/proc/self/mountinfo")


def resolve_path(given: Path) -> Path:
    """The real path of a path as typed: absolute, links resolved in every step but the last."""
    path = Path(os.path.join(os.getcwd(), given))  # noqa: PTH109, PTH118 - `..` stays, for it may follow a link
    if path.name in ("", ".."):
        return Path(os.path.realpath(path))
    return Path(os.path.realpath(path.parent)) / path.name


def explain_refusal(place: Path) -> Message | None:
    """Why nothing may be written at a real path: it is part of some site or output; None where it may."""
    for folder in place.parents:
        if os.path.lexists(folder) and not folder.is_dir():
            return say("{folder} is not a folder", folder=folder)
        if (folder / SETTINGS).is_file() and _is_source(folder, place):
            return say("it lies among the site's sources")
        if read_tree_digest(folder):
            return say("it lies in an output of newsgen")
    if any(name.startswith(".") and name.endswith(STATE) for name in place.parts):
        return say("it is where newsgen keeps what it remembers")
    return None


def _is_source(site: Path, place: Path) -> bool:
    above = (place, *place.parents)
    return any(site / name in above or Path(os.path.realpath(site / name)) in above for name in SOURCES)


def check_output(site: Path, output: Path) -> None:
    """Refuse an output that newsgen did not make, or that holds the sources.

    Raises:
        ConfigError: saying why, and what to do.
    """
    real = resolve_path(output)
    reason = None
    fix = say("choose another folder with `--output DIR`, or empty this one yourself")
    if real == Path(os.path.realpath(site)) or _holds_source(site, real):
        reason = say("it holds the site's own sources")
    elif _is_source(site, real):
        reason = say("it lies among the site's sources")
    elif output.is_symlink() or (output.exists() and not output.is_dir()):
        reason = say("it is not a folder of its own")
    elif refusal := explain_refusal(real):
        reason = refusal
    elif output.is_dir() and any(output.iterdir()) and not is_newsgen_output(output):
        reason = say("it holds files, and newsgen did not make it")
    elif is_mounted(real):
        reason = say("it is a mount point, which no other folder can replace in one step")
        inside = _shown(output / "site", site)
        fix = say("build into a folder in it, such as `--output {folder}`, or mount its parent", folder=inside)
    if reason:
        what = say("will not write into {folder}: {reason}", folder=_shown(output, site), reason=reason)
        raise ConfigError(Problem(Location(_shown(output, site)), "foreign-output", what, fix))


def check_state(site: Path, output: Path, state: Path) -> None:
    """Refuse a folder for what newsgen remembers that is a link into sources or into the output, or leads nowhere.

    Raises:
        ConfigError: saying why, and what to do.
    """
    reason = None
    real = Path(os.path.realpath(state))
    folder = state.parent if state.parent.name == STATE else state
    if not folder.is_dir() and os.path.lexists(folder):
        reason = say("it is a link that leads nowhere") if folder.is_symlink() else say("it is not a folder")
    elif _is_source(site, real) or _holds_source(site, real):
        reason = say("it leads to the site's sources")
    elif resolve_path(output) in (real, *real.parents):
        reason = say("it leads into the output")
    if reason:
        what = say("newsgen keeps what it remembers in {name}/, and {reason}", name=folder.name, reason=reason)
        fix = say("remove `{folder}`: newsgen makes it anew", folder=_shown(folder, site))
        raise ConfigError(Problem(Location(_shown(folder, site)), "foreign-state", what, fix))


def check_report(site: Path, output: Path, report: Path) -> None:
    """Refuse a file for a build's report that is a source, lies in the output, or holds something else.

    Raises:
        ConfigError: saying why, and what to do.
    """
    real = Path(os.path.realpath(report))
    reason = explain_refusal(real)
    fix = say("name a file elsewhere, such as `--report report.json`")
    if not reason and _is_source(site, real):
        reason = say("it lies among the site's sources")
    elif not reason and resolve_path(output) in (real, *real.parents):
        reason = say("it lies in the output")
    elif not reason and real.is_dir():
        reason = say("it is a folder")
    elif not reason and not real.parent.is_dir():
        reason = say("there is no folder {folder}", folder=real.parent)
        fix = say("make the folder first, or name a file in another one")
    elif not reason and not _may_be_replaced(real):
        reason = say("it holds something other than a report")
        fix = say("name a new file, or remove this one yourself")
    if reason:
        what = say("will not write the report to {file}: {reason}", file=_shown(report, site), reason=reason)
        raise ConfigError(Problem(Location(_shown(report, site)), "bad-report", what, fix))


def is_mounted(folder: Path) -> bool:
    """Whether another file system, or another folder, is mounted at a real place."""
    if not folder.is_dir():
        return False
    if os.path.ismount(folder):
        return True
    with suppress(OSError):  # a folder of the same file system looks like any other, but for this list
        lines = MOUNTS.read_bytes().splitlines() if sys.platform == "linux" else []
        return os.fsencode(folder) in {_unescaped(line.split()[4]) for line in lines}
    return False


def _unescaped(path: bytes) -> bytes:
    r"""A path as the kernel lists it, where `\040` is a space."""
    for character in b" \t\n\\":
        path = path.replace(b"\\%03o" % character, bytes([character]))
    return path


def _holds_source(site: Path, place: Path) -> bool:
    """Whether a real place has sources of the site in it."""
    return any(place in Path(os.path.realpath(site / name)).parents for name in SOURCES)


def _may_be_replaced(path: Path) -> bool:
    """Whether a file is not there, empty, no file at all (a pipe, a device), or an earlier report."""
    if not path.is_file() or path.stat().st_size == 0:
        return True
    try:
        facts = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        return False
    return isinstance(facts, dict) and {"pages", "problems"} <= facts.keys()


def _shown(path: Path, site: Path) -> str:
    return path.relative_to(site).as_posix() if site in path.parents else str(path)
