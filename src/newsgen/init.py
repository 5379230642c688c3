"""`newsgen init`: a small site that builds at once and whose files teach by example."""

import shutil
from pathlib import Path

from newsgen.errors import ConfigError, Location, Problem
from newsgen.urls_lock import write_ledger

STARTER = Path(__file__).parent / "starter"


def init_site(folder: Path) -> None:
    """Copy the starter site into a new or empty folder, and begin its urls.lock.

    Raises:
        ConfigError: when the folder holds something.
    """
    if folder.exists() and any(folder.iterdir()):
        what = f"{folder} is not empty"
        fix = "name a new folder: `newsgen init bao-moi`"
        raise ConfigError(Problem(Location(folder.name), "not-empty", what, fix))
    shutil.copytree(STARTER, folder, dirs_exist_ok=True)
    write_ledger(folder, {})
