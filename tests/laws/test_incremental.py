"""The law: an incremental build leaves byte for byte what a clean build of the same sources leaves."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from desk import Desk
from editing import FORMS, OPERATIONS, Edit, days
from hypothesis import HealthCheck, Phase, given, seed, settings
from lawbook import (
    IN_MEMORY,
    SEED,
    Outcome,
    build_clean,
    build_here,
    census,
    chance,
    differences,
    settled_clock,
    tier,
)
from smallpaper import small_paper

PARTS = 5
SEQUENCES = tier(15, 500) // PARTS
LENGTH = tier(15, 30)
PHASES = tier((Phase.generate,), (Phase.generate, Phase.shrink))
"""A failing day is shortened only in the deep tier, because that takes minutes."""

PATIENCE = 2
"""After so many builds that fail, the editors undo what they did since the last good one."""


def started(folder: Path) -> Desk:
    """A desk with the small newspaper on it, built once."""
    desk = Desk(small_paper(folder))
    assert 0 == build_here(desk.site, desk.now).exit
    desk.keep()
    return desk


def built(desk: Desk, edit: Edit, jobs: int = 1) -> Outcome:
    """The build after an edit; one that fails leaves the tree alone."""
    before = census(desk.site / "build")
    if edit.settled:
        with settled_clock():
            outcome = build_here(desk.site, desk.now, jobs=jobs)
    else:
        outcome = build_here(desk.site, desk.now, jobs=jobs)
    if outcome.exit:
        assert {} == differences(before, outcome.tree), f"after {edit} a failed build changed the output"
    return outcome


def hold_to_the_law(desk: Desk, outcome: Outcome, edits: list[Edit], jobs: int = 2) -> None:
    """A clean build ends as this one did, with the same problems and, when it succeeds, the same tree."""
    clean = build_clean(desk.site, desk.now, jobs=jobs)
    told = f"NEWSGEN_LAW_SEED={SEED}, after {edits[-1]}, the last of {edits}"
    assert (clean.exit, clean.problems) == (outcome.exit, outcome.problems), told
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


def work(desk: Desk, edits: list[Edit]) -> None:
    """Work through edits with a build after each, and hold every third and every failing one to the law."""
    failed = 0
    for index, edit in enumerate(edits):
        if failed >= PATIENCE:
            desk.undo()
        applied(desk, edit)
        outcome = built(desk, edit, jobs=2 if edit.a % 4 == 0 else 1)
        if outcome.exit or index % 3 == 2 or index == len(edits) - 1:
            hold_to_the_law(desk, outcome, edits[: index + 1], jobs=1 if edit.a % 4 == 0 else 2)
        failed = failed + 1 if outcome.exit else 0
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
        outcome = built(desk, done[-1])
        hold_to_the_law(desk, outcome, done)
        if outcome.exit:
            desk.undo()
        else:
            desk.keep()
