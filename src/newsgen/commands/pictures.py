"""`newsgen pictures`: what the store of converted pictures holds."""

from pathlib import Path

from newsgen.build.memory import LastBuild
from newsgen.config.reading import read_config
from newsgen.core.sealed import load
from newsgen.core.site_files import STATE
from newsgen.media.picture_store import PictureStore


def remove_unused_pictures(site: Path) -> int:
    """Remove from the store what the last builds of a site did not use; how many entries.

    Raises:
        ConfigError: when there is no site.
    """
    read_config(site)
    builds = (load(LastBuild, path) for path in (site / STATE).glob("*/last"))
    used = {record.kept for build in builds if build is not None for record in build.copied.values()}
    return PictureStore(site).remove_others(used)
