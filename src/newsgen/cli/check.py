"""`newsgen check`."""

import json
import os
import sys
from dataclasses import replace
from pathlib import Path

import click

from newsgen.build.clock import choose_moment
from newsgen.build.options import BuildOptions, resolve_output
from newsgen.cli.terminal import (
    encode_problems,
    get_translation,
    print_problems,
    report_faults,
    show_progress,
    site_option,
    tell,
)
from newsgen.commands.check import CheckReport, check, check_other_sites
from newsgen.config.reading import read_config
from newsgen.core.errors import (
    MOVING,
    UNREADABLE,
    ContentError,
    MachineError,
    NewsgenError,
    Problem,
    escape_unprintable,
    summarize,
)
from newsgen.core.extras import require
from newsgen.core.grouping import LINES_SHOWN
from newsgen.core.messages import Translate, localize, say

CONSEQUENCE = say("nothing written")


@click.command("check")
@site_option
@click.option("--at", metavar="TIME", help='The paper of that moment, such as "2025-12-24 06:00". Default: now.')
@click.option("--drafts", is_flag=True, help="Look at drafts and scheduled stories too.")
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.option("--external", is_flag=True, help="Ask other sites whether the pages that stories link to are there.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="How to tell. Default: text.",
)
@click.option("--all", "tells_all", is_flag=True, help="Print each problem, also those that are many of a kind.")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.pass_obj
def check_command(
    site: Path, *, at: str | None, drafts: bool, strict: bool, external: bool, form: str, tells_all: bool, as_json: bool
) -> None:
    """Tell all that a build would refuse, and an editor's warnings. Nothing is published."""
    with report_faults(CONSEQUENCE):
        try:
            now = choose_moment(at, os.environ, read_config(site).zone)
            if external:
                require("links", "newsgen check --external")
            options = BuildOptions(site, resolve_output(site, None), now, drafts)
            with show_progress() as bar:
                report = check(options, bar)
            if external:
                report = replace(report, problems=check_other_sites(options, report))
            code = choose_exit_code(report.problems, strict=strict)
        except NewsgenError as error:
            report, code = CheckReport(error.problems, 0, {}), error.exit_code
        _tell(report, "json" if as_json else form, None if tells_all else LINES_SHOWN)
        sys.exit(code)


def choose_exit_code(problems: tuple[Problem, ...], *, strict: bool) -> int:
    """0 for success, 1 for errors (with `strict` also for warnings), 3 where the machine refused a file."""
    errors = [problem for problem in problems if problem.level == "error"]
    if any(problem.rule in (UNREADABLE, MOVING) for problem in errors):
        return MachineError.exit_code
    return ContentError.exit_code if errors or (strict and problems) else 0


def _tell(report: CheckReport, form: str, most: int | None) -> None:
    if form == "json":
        facts = {"stories": report.stories, "problems": encode_problems(report.problems)}
        click.echo(json.dumps(facts, ensure_ascii=False, indent=1))
    elif form == "github":
        translate = get_translation()
        for problem in report.problems:
            click.echo(format_annotation(problem, translate))
    else:
        print_problems(report.problems, most)
    if report.problems:
        tell(summarize(report.problems, CONSEQUENCE), err=True)
    elif form == "text":
        single = say("1 story or page, no problems")
        several = say("{stories:,} stories and pages, no problems", stories=report.stories)
        tell(single if report.stories == 1 else several)


def format_annotation(problem: Problem, translate: Translate = str) -> str:
    """A problem as an annotation of a workflow of GitHub."""
    place = problem.location
    path, title = _escape_property(place.path), _escape_property(problem.rule)
    where = f"file={path},line={place.line},col={place.column},title={title}"
    what, fix = problem.sentences
    sentence = localize(say("{what}. fix: {fix}", what=what, fix=fix), translate)
    message = escape_unprintable(sentence).replace("%", "%25")
    return f"::{problem.level} {where}::{message}"


def _escape_property(text: str) -> str:
    return escape_unprintable(text).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
