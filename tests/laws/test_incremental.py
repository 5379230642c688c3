"""The law: an incremental build leaves byte for byte what a clean build of the same sources leaves."""

from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import integers

from clean_builds import (
    IN_MEMORY,
    SEED,
    Keeping,
    Outcome,
    build_before,
    build_clean,
    build_here,
    census,
    chance,
    differences,
    lock_of,
    settled_clock,
    tier,
)
from edited_site import Desk, pick
from random_edits import FORMS, OPERATIONS, Edit, days, days_in_templates
from small_paper import small_paper
from template_edits import furnish

PARTS = 5
SEQUENCES = tier(10, 750) // PARTS
LENGTH = tier(12, 30)
PHASES = tier((Phase.generate,), (Phase.generate, Phase.shrink))
"""A failing day is shortened only in the deep tier, because that takes minutes."""

TEMPLATE_PARTS = tier(2, 50)
TEMPLATE_STEPS = tier(8, 30)
TEMPLATE_DAYS = 1
"""Fifteen hundred steps in the deep tier, each held to the law."""

LEDGERS: tuple[Keeping, ...] = ("keep", "check", "keep", "read")

PATIENCE = 2
"""After so many builds that fail, the editors undo what they did since the last good one."""


def started(folder: Path) -> Desk:
    """A desk with the small newspaper on it, built once."""
    desk = Desk(small_paper(folder))
    assert 0 == build_here(desk.site, desk.now).exit
    desk.keep()
    return desk


@dataclass(frozen=True)
class Step:
    """A build after an edit: the urls.lock that it found, what it was to do with it, and how it ended."""

    lock: bytes | None
    ledger: Keeping
    outcome: Outcome


def built(desk: Desk, edit: Edit, jobs: int = 1) -> Step:
    """The build after an edit, one in three by a child; one that fails leaves the tree and urls.lock alone."""
    before, lock, ledger = census(desk.site / "build"), lock_of(desk.site), pick(LEDGERS, edit.b)
    with settled_clock() if edit.settled else nullcontext():
        outcome = build_here(desk.site, desk.now, jobs=jobs, ledger=ledger, is_guarded=edit.b % 3 == 0)
    if outcome.exit:
        assert {} == differences(before, outcome.tree), f"after {edit} a failed build changed the output"
        assert lock == outcome.lock, f"after {edit} a failed build changed urls.lock"
    return Step(lock, ledger, outcome)


def hold_to_the_law(desk: Desk, step: Step, edits: list[Edit], jobs: int = 1) -> None:
    """A clean build in another folder ends as this one did: exit code, every word, urls.lock, and a good tree."""
    clean, outcome = build_before(desk.site, desk.now, step.lock, jobs=jobs, ledger=step.ledger), step.outcome
    told = f"NEWSGEN_LAW_SEED={SEED}, after {edits[-1]}, the last of {edits}"
    assert (clean.exit, clean.problems, clean.lock) == (outcome.exit, outcome.problems, outcome.lock), told
    if not clean.exit:
        assert {} == differences(clean.tree, outcome.tree), told


def applied(desk: Desk, edit: Edit) -> None:
    """Do an edit; what a killed build leaves is the old tree or the new one."""
    before = census(desk.site / "build")
    edit.apply(desk)
    if edit.operation == "kill_build":
        left = census(desk.site / "build")
        if differences(before, left):
            assert {} == differences(build_clean(desk.site, desk.now).tree, left), f"a mixed tree after {edit}"


def work(desk: Desk, edits: list[Edit], stride: int = 3) -> None:
    """Work through edits with a build after each; hold each failing one and one in `stride` to the law."""
    failed = 0
    for index, edit in enumerate(edits):
        if failed >= PATIENCE:
            desk.undo()
        applied(desk, edit)
        step = built(desk, edit, jobs=2 if edit.a % 4 == 0 else 1)
        if step.outcome.exit or index % stride == stride - 1 or index == len(edits) - 1:
            hold_to_the_law(desk, step, edits[: index + 1], jobs=2 if edit.a % 4 == 1 else 1)
        failed = failed + 1 if step.outcome.exit else 0
        if not failed:
            desk.keep()


@pytest.mark.parametrize("part", range(PARTS))
def test_incremental_is_clean(part):
    """After random edits of every kind an incremental build ends as a clean one of the same sources."""

    @seed(SEED + part)
    @settings(max_examples=SEQUENCES, phases=PHASES, suppress_health_check=list(HealthCheck))
    @given(days(LENGTH))
    def law(edits):
        with TemporaryDirectory(prefix="law-", dir=IN_MEMORY) as folder:
            work(started(Path(folder, "site")), edits)

    law()


@pytest.mark.parametrize("part", range(TEMPLATE_PARTS))
def test_templates_that_use_everything(part):
    """After random edits of templates with macros, imports, dynamic includes and loops over `news` and `data`, of the
    data they ask for and of all else, each build ends as a clean one: bytes, modes, exit code, words and urls.lock.
    """

    @seed(SEED + part)
    @settings(max_examples=TEMPLATE_DAYS, phases=PHASES, suppress_health_check=list(HealthCheck))
    @given(integers(0, 999), days_in_templates(TEMPLATE_STEPS))
    def law(number, edits):
        with TemporaryDirectory(prefix="law-", dir=IN_MEMORY) as folder:
            desk = started(Path(folder, "site"))
            furnish(desk, number)
            work(desk, edits, stride=1)

    law()


@pytest.mark.parametrize("operation", OPERATIONS)
def test_each_edit_alone(workshop, operation):
    """Each kind of edit by itself, in several forms, is followed as a clean build would."""
    random = chance(operation)
    desk = started(workshop / "site")
    done: list[Edit] = []
    forms = FORMS.get(operation, 3)
    for index in range(tier(forms, max(forms, 40))):
        a, b = (
            (index, index + index // forms) if operation in FORMS else (random.randrange(1000), random.randrange(1000))
        )
        done.append(Edit(operation, a, b, ("kept", "now", "1970", "2100")[index % 4], index % 4 == 0))
        applied(desk, done[-1])
        step = built(desk, done[-1])
        hold_to_the_law(desk, step, done, jobs=2 if index % 4 == 3 else 1)
        if step.outcome.exit:
            desk.undo()
        else:
            desk.keep()
