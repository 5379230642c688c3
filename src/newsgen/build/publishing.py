"""Publish what was rendered and verified: exchange the output, then save hints for the next build."""

from contextlib import suppress

from newsgen.build.address_book import AddressBook
from newsgen.build.changes import Changes
from newsgen.build.making import Rendered
from newsgen.build.memory import LastBuild
from newsgen.build.plan import SitePlan
from newsgen.build.storing import store_paper
from newsgen.build.verifying import Findings
from newsgen.build.workspace import Workspace
from newsgen.core.errors import SourceMoved
from newsgen.core.sealed import save
from newsgen.media.picture_store import PictureStore
from newsgen.model.reports import BuildReport
from newsgen.publish.file_list import write_file_list
from newsgen.site.lifecycle import find_span


def publish(workspace: Workspace, outputs: SitePlan, rendered: Rendered, findings: Findings) -> BuildReport:
    """Make what was rendered the output, in one step, and report what changed.

    Raises:
        SourceMoved: when the site was changed since it was opened, other than in its stories.
    """
    if workspace.has_moved_beside_stories():
        raise SourceMoved("")
    report = workspace.report
    target = {output: made for output, made in rendered.target.items() if output not in findings.withheld}
    with workspace.timed("publish"):
        workspace.progress("publish", 0, 1)
        _exchange(workspace, outputs, rendered, target)
        if workspace.options.addresses == "keep":
            book = AddressBook(outputs.reading, outputs.pages, outputs.newspaper.old_addresses)
            workspace.problems.extend(book.keep())
    # The site is published: without these hints the next build only makes more.
    with suppress(OSError, KeyboardInterrupt, TypeError, ValueError, OverflowError):
        _count(workspace, outputs, rendered, findings)
        _remember(workspace, outputs, rendered, findings)
    if rendered.times is not None:
        decision = rendered.decision
        report.profile = rendered.times.make_profile(
            decision.earlier, decision.origin, workspace.config, decision.answers.table
        )
    return report


def _exchange(workspace: Workspace, outputs: SitePlan, rendered: Rendered, target: dict[str, str]) -> None:
    """Exchange the output, and list the addresses that changed."""
    publication, report = workspace.publication, workspace.report
    before = publication.published()
    if workspace.config.machines.manifest:
        write_file_list(publication, target, workspace.config.url)
    report.changed, report.removed = publication.commit(target)
    old, base = outputs.newspaper.old_addresses, workspace.config.base
    changes = Changes(base, old, outputs.by_output, rendered.decision.earlier, rendered.traces)
    report.addresses = changes.find(before, target)


def _count(workspace: Workspace, outputs: SitePlan, rendered: Rendered, findings: Findings) -> None:
    """Count in the report what this build did."""
    report = workspace.report
    report.pages, report.files = len(outputs.to_make), len(rendered.copied) - len(findings.withheld)
    report.stories = sum(len(one.articles) for one in outputs.newspaper.editions.values())
    report.pictures = sum(copied.is_new for copied in rendered.copied.values())
    report.made, report.kept = rendered.made, report.pages - rendered.made
    report.warnings = sorted(set(workspace.problems.warnings))


def _remember(workspace: Workspace, outputs: SitePlan, rendered: Rendered, findings: Findings) -> None:
    """Save hints for the next build."""
    report, now, read = workspace.report, workspace.options.now, outputs.reading.inputs
    span = find_span(read.manuscripts, now, read.banners, read.licences)
    since, until = (at.isoformat() if at else "" for at in span)
    (workspace.state / "last").unlink(missing_ok=True)  # the two are of one run, or there are only the traces
    save(rendered.traces, workspace.state / "traces")
    build_id = workspace.publication.read_build_id()
    store_paper(workspace, outputs, rendered, build_id)
    last = LastBuild(
        inputs=workspace.inputs(),
        choices=workspace.choices(),
        since=since,
        until=until,
        build_id=build_id,
        numbers=(report.pages, report.files, report.stories),
        warnings=tuple(report.warnings),
        copied={name: one.record for name, one in rendered.copied.items() if name not in findings.withheld},
        canaries=tuple(canary.key for canary in rendered.search.scanner.canaries),
        excused=frozenset(findings.excused),
        named=findings.files,
        at=now.isoformat(),
    )
    if rendered.index != workspace.last_index:
        save(rendered.index, workspace.state / "index")
    save(last, workspace.state / "last")
    if kept := {record.kept for record in last.copied.values() if record.kept}:
        PictureStore(workspace.options.site).tidy(kept)
    outputs.reading.assets.examiner.remember()
