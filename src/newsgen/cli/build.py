"""`newsgen build`."""

import os
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, Literal

import click

from newsgen.build import BuildOptions, build
from newsgen.cli.terminal import faults, print_problems, progress, shown, site_option, write_report
from newsgen.clock import moment
from newsgen.config import read_config
from newsgen.model import BuildReport


@click.command("build")
@site_option
@click.option("--output", type=click.Path(file_okay=False, path_type=Path), help="Where to. Default: build/.")
@click.option("--at", metavar="TIME", help='The paper of that moment, such as "2025-12-24 06:00". Default: now.')
@click.option("--drafts", is_flag=True, help="Show drafts and scheduled stories too.")
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Processes to use. Default: one a core.")
@click.option("--clean", is_flag=True, help="Make everything again, whatever earlier builds left.")
@click.option(
    "--report", type=click.File("w", "utf-8", lazy=False), metavar="FILE", help="Write what was done as JSON."
)
@click.pass_obj
def build_command(
    site: Path,
    *,
    output: Path | None,
    at: str | None,
    drafts: bool,
    jobs: int | None,
    clean: bool,
    report: IO[str] | None,
) -> None:
    """Build the site. Either the whole new site is published, or nothing is changed."""
    target = Path(os.path.abspath(output or site / "build"))  # noqa: PTH100 - a link is kept, `..` is not
    unchanged = f"{target.name}/ unchanged"
    with faults(unchanged, report):
        zone = read_config(site).zone
        now = moment(at, os.environ, zone)
        options = BuildOptions(site, target, now, drafts, jobs or 0, clean, _ledger(at, output, drafts=drafts))
        start = time.perf_counter()
        with progress() as bar:
            done = build(options, bar)
        took = time.perf_counter() - start
    with suppress(OSError):  # what is published is published, though nobody listens
        print_problems(done.warnings)
        write_report(report, done, done.warnings)
        click.echo(f"{_counted(done)} in {took:.1f} s → {shown(target)}")


def _ledger(at: str | None, output: Path | None, *, drafts: bool) -> Literal["read", "check", "keep"]:
    """What becomes of urls.lock: previews of other moments only read it, builds into other folders do not write it."""
    if at is not None or drafts:
        return "read"
    return "check" if output is not None else "keep"


def _counted(done: BuildReport) -> str:
    stories = "1 story" if done.stories == 1 else f"{done.stories:,} stories"
    return f"{stories}, {done.pages:,} pages, {done.files:,} files"
