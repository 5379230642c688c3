"""`newsgen build`."""

import os
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Literal

import click

from newsgen.build.clock import choose_moment
from newsgen.build.options import BuildOptions, resolve_output, resolve_report
from newsgen.build.pipeline import build
from newsgen.cli.terminal import (
    STAGES,
    format_folder,
    get_translation,
    print_problems,
    report_faults,
    show_progress,
    site_option,
    tell,
    write_report,
)
from newsgen.config.reading import read_config
from newsgen.core.errors import ContentError, Problem
from newsgen.core.extras import require
from newsgen.core.messages import Message, localize, say
from newsgen.core.rules import MIGRATING
from newsgen.model.reports import BuildReport, Cost
from newsgen.publish.build_info import read_build_info


def _check_address(_context: click.Context, _parameter: click.Parameter, given: str) -> str:
    """Refuse what is no address of a cluster."""
    if given and not re.fullmatch(r"local:[1-9]\d*|(\w+://)?[^\s/]+:\d+", given):
        what = say("write an address such as tcp://10.0.0.1:8786, or local:2")
        raise click.BadParameter(localize(what, get_translation()))
    return given


@click.command("build")
@site_option
@click.option("--output", type=click.Path(file_okay=False, path_type=Path), help="Where to. Default: build/.")
@click.option("--at", metavar="TIME", help='The paper of that moment, such as "2025-12-24 06:00". Default: now.')
@click.option("--drafts", is_flag=True, help="Show drafts and scheduled stories too.")
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Processes to use. Default: one a core.")
@click.option("--cluster", metavar="ADDRESS", callback=_check_address, default="", help="Dask workers, or local:N.")
@click.option("--clean", is_flag=True, help="Make everything again, whatever earlier builds left.")
@click.option("--verify", "verified", is_flag=True, help="Build once more, clean and aside, and compare.")
@click.option("--profile", is_flag=True, help="Print where the time went, and which setting would help.")
@click.option("--report", type=click.Path(path_type=Path), metavar="FILE", help="Write what was done as JSON.")
@click.pass_obj
def build_command(
    site: Path,
    *,
    output: Path | None,
    at: str | None,
    drafts: bool,
    jobs: int | None,
    cluster: str,
    clean: bool,
    verified: bool,
    profile: bool,
    report: Path | None,
) -> None:
    """Build the site. Either the whole new site is published, or nothing is changed."""
    target = resolve_output(site, output)
    before = read_build_info(target)

    def left() -> str:
        if read_build_info(target) in (before, b""):
            return say("{output}/ unchanged", output=target.name)
        return say("{output}/ is the new paper; build again to finish", output=target.name)

    with report_faults(left):
        wanted = resolve_report(site, target, report)
    with report_faults(left, wanted):
        if cluster:
            require("cluster", "newsgen build --cluster")
        config = read_config(site)
        now, addresses = choose_moment(at, os.environ, config.zone), _use_addresses(at, output, drafts=drafts)
        options = BuildOptions(site, target, now, drafts, jobs or 0, clean, profile, addresses, cluster, verified)
        with show_progress() as bar:
            start, done = time.perf_counter(), build(options, bar)
        took = time.perf_counter() - start
    if verified:
        _verify(options, wanted)
    write_report(wanted, done, done.warnings)
    with suppress(OSError):  # the site is published, even if nobody reads this
        _print_report(done, is_migrating=config.migrating)
        values = {"counted": _format_counts(done), "seconds": took, "output": format_folder(target)}
        tell(say("{counted} in {seconds:.1f} s → {output}", **values))


def _print_report(done: BuildReport, *, is_migrating: bool) -> None:
    """Print the warnings and the profile of a build, and how far a migration is."""
    print_problems(done.warnings)
    for line in format_profile(done):
        tell(line)
    if is_migrating:
        tell(_summarize_migration(done.warnings))


def _verify(options: BuildOptions, report: Path | None) -> None:
    """Compare the output with a clean build; exit with 1 if they differ."""
    from newsgen.commands.verify import verify  # start-up: only where it is asked for

    with report_faults(lambda: say("{output}/ is published", output=options.output.name), report):
        if differing := verify(options):
            raise ContentError(*differing)


def _use_addresses(at: str | None, output: Path | None, *, drafts: bool) -> Literal["read", "check", "keep"]:
    """How urls.lock is used: builds of other moments only read it, builds into other folders do not write it."""
    if at is not None or drafts:
        return "read"
    return "check" if output is not None else "keep"


def _summarize_migration(warnings: Sequence[Problem]) -> Message:
    """How much a site that migrates has still to mend."""
    links, pictures = (sum(problem.rule == rule for problem in warnings) for rule in MIGRATING)
    if not links and not pictures:
        return say("migrating: no dead link and no missing picture is left; remove `migrating: true` from newsgen.yaml")
    return say("migrating: dead links: {links:,}, missing pictures: {pictures:,}", links=links, pictures=pictures)


def _format_counts(done: BuildReport) -> Message:
    if done.stories == 1:
        return say("1 story, {pages:,} pages, {files:,} files", pages=done.pages, files=done.files)
    counts = {"stories": done.stories, "pages": done.pages, "files": done.files}
    return say("{stories:,} stories, {pages:,} pages, {files:,} files", **counts)


def format_profile(done: BuildReport) -> Iterator[str]:
    """The lines of a build's profile, if it has one."""
    profile = done.profile
    if profile is None:
        return
    yield say("seconds of each stage")
    for stage, seconds in done.seconds.items():
        yield Message("  {seconds:8.3f}  {stage}", {"seconds": seconds, "stage": STAGES.get(stage, stage)})
    if not profile.templates:
        yield say("nothing was rendered")
        return
    yield say("pages made: {made:,} of {pages:,}", made=done.made, pages=done.pages)
    yield from (Message("  {pages:8,}  {why}", {"pages": pages, "why": why}) for why, pages in profile.reasons.items())
    yield from _format_costs(say("seconds of each template and document, all processes together"), profile.templates)
    yield say("  {seconds:8.3f}  of them in Markdown", seconds=profile.markdown)
    yield from _format_costs(say("slowest pages"), profile.slowest)
    yield from _format_costs(say("pages made again for an answer that had changed"), profile.moved)
    yield from (say("hint: {hint}", hint=hint) for hint in profile.hints)


def _format_costs(heading: str, costs: Sequence[Cost]) -> Iterator[str]:
    if costs:
        yield heading
    for cost in costs:
        values = {"seconds": cost.seconds, "name": cost.name, "pages": cost.pages}
        if cost.pages == 1:
            yield Message("  {seconds:8.3f}  {name}", values)
        else:
            yield say("  {seconds:8.3f}  {name} ({pages:,} pages)", **values)
