"""`newsgen init`: makes a small site that builds at once and serves as an example."""

import os
import shutil
from pathlib import Path

from newsgen.content.address_file import write_address_file
from newsgen.core.errors import ConfigError, Location, Problem
from newsgen.core.messages import say
from newsgen.publish.path_checks import explain_refusal

STARTER = Path(__file__).parent.parent / "starter"


def init_site(folder: Path) -> None:
    """Copy the starter site into a new or empty folder, and begin urls.lock; on an error nothing is left.

    Raises:
        ConfigError: when the folder holds something, or is a part of another site.
        OSError: when the machine refuses it.
    """
    folder = Path(os.path.realpath(folder))
    what = say("{folder} is not empty", folder=folder) if folder.is_dir() and any(folder.iterdir()) else None
    if not folder.is_dir() and os.path.lexists(folder):
        what = say("{folder} is no folder", folder=folder)
    if what is not None:
        fix = say("name a new folder: `newsgen init bao-moi`")
        raise ConfigError(Problem(Location(folder.name), "not-empty", what, fix))
    if reason := explain_refusal(folder):
        what = say("will not make a site in {folder}: {reason}", folder=folder, reason=reason)
        fix = say("name a folder elsewhere")
        raise ConfigError(Problem(Location(folder.name), "not-empty", what, fix))
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        shutil.copytree(STARTER, folder, dirs_exist_ok=True)
        write_address_file(folder, {})
    except BaseException:
        _remove_content(folder)
        for path in missing:
            if path.is_dir():
                path.rmdir()
        raise


def _remove_content(folder: Path) -> None:
    """Remove what is in a folder, which was empty before."""
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
