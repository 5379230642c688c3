"""What a run is told: the choices of whoever started it, and whom it tells how far it is."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from newsgen.core.site_files import OUTPUT
from newsgen.publish.path_checks import check_report, resolve_path

STANDARD_OUTPUT = Path("-")
"""What `--report` is told to write to a program that reads what this one prints."""

Progress = Callable[[str, int, int], None]
"""Told of a stage, how much of it is done, and how much there is."""


def quiet(_stage: str, _done: int, _total: int) -> None:
    """No progress is shown."""


def output_place(site: Path, output: Path | None) -> Path:
    """The real place of the output that was asked for, or of the site's own; a link in its last step stays."""
    return resolve_path(output or site / OUTPUT)


def report_place(site: Path, output: Path, report: Path | None) -> Path | None:
    """Where the report of a build goes: its real place, or `-` for the standard output.

    Raises:
        ConfigError: when it must not lie there.
    """
    if report is None or report == STANDARD_OUTPUT:
        return report
    check_report(site, output, report)
    return Path(os.path.realpath(report))


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """One run's choices.

    `now` is the moment whose paper is made; `output` is absolute; `jobs` is how many processes, 0 for one a core;
    `clean` forgets what earlier runs left; `profile` takes the times of pages. `ledger` says what becomes of urls.lock:
    "read" takes old addresses from it, "check" also refuses to lose one, "keep" also brings it forward.
    `cluster` is the address of Dask workers that render, or `local:N` for N that are started here; "" for none.
    """

    site: Path
    output: Path
    now: datetime
    drafts: bool = False
    jobs: int = 0
    clean: bool = False
    profile: bool = False
    ledger: Literal["read", "check", "keep"] = "read"
    cluster: str = ""

    @property
    def processes(self) -> int:
        """How many processes may work."""
        if self.cluster:  # beside the threads of a cluster's client no process is forked
            return 1
        return self.jobs or len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else self.jobs or 1
