"""What happens to a site against its editors' will: broken files, a changed output, lost memory, a killed build."""

import os
import shutil
import signal
import sys
import warnings
from pathlib import Path

from clean_builds import build_here
from edited_site import Desk, pick

DISK_EVENTS = ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "ctypes.dlsym", "os.truncate")
"""Python's audit events of what changes the disk; opening for writing is told by its flags."""


def break_source(desk: Desk, a: int, b: int) -> None:
    """A source is saved with a fault, to be found by both builds."""
    story = pick(desk.stories(), b)
    path, data = pick(
        (
            (story, b"---\ntitle: [\n---\n"),
            (story, story.read_bytes().replace(b"---\n", b"", 1)),
            (story, story.read_bytes() + b"\xff\n"),
            (story, story.read_bytes() + "\n![](không có.png)\n".encode()),
            (story, b""),
            (desk.site / "data" / "contacts.yaml", b"box: [\n"),
            (desk.site / "data" / "authors" / "minh-an.yaml", b"nam: Minh An\n"),
            (desk.site / "templates" / "article.html", b"{% if %}"),
            (desk.site / "templates" / "partials" / "lines.html", b"{{ nope }}"),
            (desk.site / "templates" / "partials" / "box-b.html", b'{% include "partials/nowhere.html" %}'),
            (desk.site / "newsgen.yaml", b"title: [\n"),
        ),
        a,
    )
    desk.write(path, data)


def repair(desk: Desk, a: int, b: int) -> None:
    """Everything is as when it was last good."""
    desk.undo()


def tamper_file(desk: Desk, a: int, b: int) -> None:
    """Somebody edits a published file: in place, so that other names of the same file show it too, or as a new one."""
    path = _published(desk, a)
    if path is None:
        return
    before, data = path.stat().st_mtime_ns, path.read_bytes()
    changed = (bytes([data[0] ^ 1]) + data[1:] if data else b"x") if b % 2 else data + b"<!-- sua tay -->"
    if b % 3 == 0:
        path.unlink()
    with path.open("r+b" if path.exists() else "wb") as file:
        file.write(changed)
    desk.date(path, before)


def tamper_tree(desk: Desk, a: int, b: int) -> None:
    """Somebody deletes, adds, links or moves published files and folders, or changes their modes."""
    build, path = desk.site / "build", _published(desk, a)
    if path is None:
        return
    acts = (
        path.unlink,
        lambda: shutil.rmtree(path.parent if path.parent != build else build / "kinh-te", ignore_errors=True),
        lambda: (build / f"la-{b}.html").write_text("lạ"),
        lambda: (build / "la" / "sau").mkdir(parents=True, exist_ok=True),
        lambda: path.chmod(0o600),
        lambda: path.parent.chmod(0o700),
        lambda: (path.unlink(), path.symlink_to(desk.site / "newsgen.yaml")),
        lambda: (path.unlink(), path.mkdir(), (path / "x").write_text("x")),
        lambda: path.rename(path.with_name("doi-ten.html")),
        lambda: Path(shutil.copyfile(path, build / "chep")).replace(path),
        lambda: shutil.rmtree(build),
    )
    pick(acts, b)()


def forget(desk: Desk, a: int, b: int) -> None:
    """What earlier builds remembered is lost: all of it, or one file or folder."""
    state = desk.site / ".newsgen"
    known = sorted(state.rglob("*"))
    if b % 2 or not known:
        shutil.rmtree(state, ignore_errors=True)
    elif pick(known, a).is_dir():
        shutil.rmtree(pick(known, a))
    else:
        pick(known, a).unlink()


def kill_build(desk: Desk, a: int, b: int) -> None:
    """A build is killed at one of the steps that change the disk, with all its processes or only the first."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # a fork beside the test runner's own threads
        child = os.fork()
    if child == 0:
        _build_until(desk, a % 160)
    os.waitpid(child, 0)
    if b % 2:
        _end_group(child)


def _build_until(desk: Desk, deadly: int) -> None:
    os.setpgid(0, 0)
    steps = iter(range(deadly))

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        if (writes or event in DISK_EVENTS) and next(steps, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    try:
        sys.addaudithook(watch)
        build_here(desk.site, desk.now, jobs=2, ledger="keep", is_guarded=True)
    finally:
        os._exit(0)


def _end_group(group: int) -> None:
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return


def _published(desk: Desk, number: int) -> Path | None:
    files = [path for path in desk.files("build") if path.name != "newsgen.json" and not path.is_symlink()]
    return pick(files, number) if files else None
