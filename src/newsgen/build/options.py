"""The options of a build, and how it reports its progress."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from newsgen.core.site_files import OUTPUT
from newsgen.core.writing import STANDARD_OUTPUT
from newsgen.publish.path_checks import check_report, resolve_path

Progress = Callable[[str, int, int], None]
"""Called with a stage, how much of it is done, and how much there is."""


def quiet(_stage: str, _done: int, _total: int) -> None:
    """Show no progress."""


def resolve_output(site: Path, output: Path | None) -> Path:
    """The real path of an output, by default the site's build/; a link in its last part stays."""
    return resolve_path(output or site / OUTPUT)


def resolve_report(site: Path, output: Path, report: Path | None) -> Path | None:
    """The real path of a build's report, or `-` for standard output.

    Raises:
        ConfigError: when a report must not lie there.
    """
    if report is None or report == STANDARD_OUTPUT:
        return report
    check_report(site, output, report)
    return Path(os.path.realpath(report))


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """The options of one build.

    `now` is the moment of the paper; `output` is absolute; `jobs` is how many processes, 0 for one a core; `clean`
    ignores the hints of earlier builds; `profile` measures each page. `addresses` says how urls.lock is used: "read"
    takes old addresses from it, "check" also refuses to lose one, "keep" also updates it. `cluster` is the address of
    Dask workers that render, or `local:N` for N that are started here; "" for none. `looks` looks at each file of an
    output, however many these are.
    """

    site: Path
    output: Path
    now: datetime
    drafts: bool = False
    jobs: int = 0
    clean: bool = False
    profile: bool = False
    addresses: Literal["read", "check", "keep"] = "read"
    cluster: str = ""
    looks: bool = False

    @property
    def processes(self) -> int:
        """How many processes may work."""
        if self.cluster:  # beside the threads of a cluster's client no process is forked
            return 1
        return self.jobs or len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else self.jobs or 1
