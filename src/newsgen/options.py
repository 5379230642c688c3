"""What a run is told: the choices of whoever started it, and whom it tells how far it is."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

Progress = Callable[[str, int, int], None]
"""Told of a stage, how much of it is done, and how much there is."""


def quiet(_stage: str, _done: int, _total: int) -> None:
    """No progress is shown."""


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """One run's choices.

    `now` is the moment whose paper is made; `output` is absolute; `jobs` is how many processes, 0 for one a core;
    `clean` forgets what earlier runs left; `profile` takes the times of pages. `ledger` says what becomes of urls.lock:
    "read" takes old addresses from it, "check" also refuses to lose one, "keep" also brings it forward.
    """

    site: Path
    output: Path
    now: datetime
    drafts: bool = False
    jobs: int = 0
    clean: bool = False
    profile: bool = False
    ledger: Literal["read", "check", "keep"] = "read"

    @property
    def processes(self) -> int:
        """How many processes may work."""
        return self.jobs or len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else self.jobs or 1
