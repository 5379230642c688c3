"""The short way of builds in which only texts changed ends as the long way does: tree, report, words and hints."""

from contextlib import nullcontext
from unittest import mock

import pytest

from builders import article_source
from clean_builds import census, chance, lock_of, settled_clock, tier
from edited_site import Desk, pick
from newsgen.build import text_edits
from newsgen.build.options import BuildOptions
from newsgen.build.paper_store import load_traces
from newsgen.build.pipeline import build
from newsgen.core.errors import NewsgenError
from newsgen.publish.publication import find_state_folder
from newsgen.workers import pool
from random_edits import OPERATIONS, Edit
from small_paper import small_paper

STEPS = tier(40, 400)
PARTS = tier(2, 10)
QUOTED = "Thành phố sắp công bố quy hoạch bến sông"
HIDDEN = article_source(
    "status: draft",
    "image: /tac-gia/minh-an.png",
    title=QUOTED,
    body="Bản nháp này có một câu dài mà chưa ai được đọc trước ngày công bố chính thức.\n",
)
"""A story that readers cannot see yet."""

TEXTS = ("edit_body", "edit_within_size", "edit_page")
OTHERS = tuple(name for name in OPERATIONS if name not in ("make_include_cycle", "kill_build"))


def told(site, desk, *, is_short, ledger, is_guarded):
    """How a build ended: everything that it reports, its output and its traces."""
    way = nullcontext() if is_short else mock.patch.object(text_edits, "follow_text_edits", lambda _workspace: None)
    options = BuildOptions(site, site / "build", desk.now, jobs=1, addresses=ledger)
    with way, mock.patch.object(pool, "GUARDS_SMALL", is_guarded):
        try:
            report = build(options)
        except NewsgenError as error:
            return "failed", sorted(error.problems), census(site / "build"), lock_of(site)
    counts = (report.pages, report.made, report.kept, report.changed, report.files, report.stories, report.removed)
    traces = load_traces(find_state_folder(site, options.output))
    entries = {
        output: (
            entry.input,
            {traces.questions[number]: traces.answers[number] for number in traces.list_questions(entry)},
            entry.digest,
            sorted(entry.files),
            sorted(entry.pictures),
            set(entry.crops),
            entry.warnings,
            entry.source,
            entry.reason,
            [traces.moved[number] for number in entry.moved],
        )
        for output, entry in traces.entries.items()
    }
    return counts, report.warnings, report.addresses, entries, census(site / "build"), lock_of(site)


@pytest.mark.parametrize("part", range(PARTS))
def test_the_short_way_ends_as_the_long_way(workshop, part, monkeypatch):
    """After random edits, most of them of texts, builds of two copies of a site end alike, one going the short way."""
    random, taken = chance(f"text edits {part}"), []
    follow = text_edits.follow_text_edits

    def count(workspace):
        report = follow(workspace)
        taken.append(report is not None and report.made > 0)
        return report

    monkeypatch.setattr(text_edits, "follow_text_edits", count)
    ledger = "keep"
    desks = [Desk(small_paper(workshop / name)) for name in ("short", "long")]
    for desk in desks if part % 2 else ():
        desk.write(desk.site / "content/xa-hoi/nhap.md", HIDDEN)
    for number in range(STEPS):
        kind = random.choice(TEXTS if random.random() < 0.7 else OTHERS)
        edit = Edit(kind, random.randrange(1000), random.randrange(1000), "now", number == 0 or random.random() < 0.5)
        ledger = random.choice(("keep", "check", "read")) if random.random() < 0.1 else ledger
        is_guarded, quotes = random.random() < 0.3, part % 2 and random.random() < 0.1
        outcomes = []
        with settled_clock() if edit.settled else nullcontext():
            for desk, is_short in zip(desks, (True, False), strict=True):
                edit.apply(desk) if number else None
                if quotes:
                    story = pick(desk.stories(), edit.a)
                    desk.write(story, f"{story.read_text('utf-8')}\n{QUOTED}\n")
                outcomes.append(told(desk.site, desk, is_short=is_short, ledger=ledger, is_guarded=is_guarded))
        assert outcomes[0] == outcomes[1], (part, number, edit)
        for desk in desks:
            desk.undo() if outcomes[0][0] == "failed" else desk.keep()
    assert any(taken)  # how many is a matter of the clock: the long way is taken where files are too young
