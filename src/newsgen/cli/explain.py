"""`newsgen explain`: why a page is as it is."""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from newsgen.cli.terminal import faults, site_option
from newsgen.clock import moment
from newsgen.config import read_config
from newsgen.errors import printable
from newsgen.explain import Explanation, explain
from newsgen.messages import say
from newsgen.options import output_place


@click.command("explain")
@site_option
@click.argument("page")
@click.option("--output", type=click.Path(file_okay=False, path_type=Path), help="Of which output. Default: build/.")
@click.option("--at", metavar="TIME", help="Answers as of that moment. Default: now.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def explain_command(site: Path, *, page: str, output: Path | None, at: str | None, as_json: bool) -> None:
    """Say what PAGE was made from, what it asked, and why the last build made or kept it.

    PAGE is an address, such as /kinh-te/ or the whole https://…, or a file of content/, static/ or the output.
    """
    target = output_place(site, output)
    typed = os.path.abspath(page) if Path(page).exists() else page  # noqa: PTH100 - a link is kept, `..` is not
    with faults(say("nothing explained")):
        found = explain(site, target, typed, moment(at, os.environ, read_config(site).zone))
    click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=1) if as_json else "\n".join(_lines(found)))


def _lines(found: Explanation) -> Iterator[str]:
    yield printable(f"{found.url} is {found.output}")
    if found.shown_by or not found.templates:
        yield f"  {found.why}"
        yield from _part("shown by", found.shown_by)
        return
    yield from _part("made from", (*filter(None, (found.source,)), *found.templates, *found.files, *found.data))
    yield from _part("asked for", (f"{each.asked}: {each.answer}" for each in found.questions))
    yield f"{'made' if found.made else 'kept'} by the last build, because {found.why}"
    yield from _part("", found.because)
    if found.coming:
        yield from _part("the next build makes it again", found.coming)
    else:
        yield "the next build keeps it"


def _part(heading: str, lines: Iterator[str] | tuple[str, ...]) -> Iterator[str]:
    told = [printable(f"  {line}") for line in lines]
    if told and heading:
        yield heading
    yield from told
