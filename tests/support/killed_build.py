"""Build a site in this process, which kills itself at one step on the disk: killed_build.py SITE STEP.

With the step -1 it lives, and prints every step that it took.
"""

import os
import signal
import sys
from pathlib import Path

from newsgen.core import stamps
from newsgen.workers import pool as workers
from papers import build_site

STEPS = (
    "open",
    "os.mkdir",
    "os.rename",
    "os.link",
    "os.remove",
    "os.rmdir",
    "os.scandir",
    "shutil.rmtree",
    "fcntl.flock",
    "sqlite3.connect",
    "ctypes.dlopen",
    "ctypes.dlsym",
)


def main(site: Path, deadly: int) -> None:
    """Count the steps as Python's audit events tell them, and die before the deadly one."""
    workers.GUARDS_SMALL = False
    stamps.RACY_NS = 10**18  # no file is trusted by its stamp, so that every run takes the same steps
    taken: list[str] = []

    def watch(event: str, _arguments: object) -> None:
        if event in STEPS:
            if len(taken) == deadly:
                os.kill(os.getpid(), signal.SIGKILL)
            taken.append(event)

    sys.addaudithook(watch)
    build_site(site)
    sys.stdout.write("\n".join(taken))


main(Path(sys.argv[1]), int(sys.argv[2]))
