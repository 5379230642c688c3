"""`newsgen explain`."""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

import click

from newsgen.build.clock import choose_moment
from newsgen.build.options import resolve_output
from newsgen.cli.terminal import get_translation, report_faults, site_option
from newsgen.commands.explain import Answered, Explanation, explain
from newsgen.config.reading import read_config
from newsgen.core.errors import escape_unprintable
from newsgen.core.messages import Message, localize, say
from newsgen.core.site_files import SETTINGS


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
    target = resolve_output(site, output)
    typed = os.path.abspath(page) if Path(page).exists() else page  # noqa: PTH100 - a link is kept, `..` is not
    with report_faults(say("nothing explained")):
        explanation = explain(site, target, typed, choose_moment(at, os.environ, read_config(site).zone))
    if as_json:
        click.echo(json.dumps(asdict(explanation), ensure_ascii=False, indent=1))
        return
    translate = get_translation()
    for line in _format_lines(explanation):
        click.echo(escape_unprintable(localize(line, translate)).rstrip())


def _format_lines(explanation: Explanation) -> Iterator[str]:
    yield say("{url} is {output}", url=explanation.url, output=explanation.output)
    if not (explanation.templates or explanation.questions):
        yield _indent(explanation.why)
        yield from _format_part(say("shown by"), explanation.shown_by)
        return
    sources = (explanation.source, *explanation.templates, *explanation.files, *explanation.data)
    yield from _format_part(say("made from"), filter(None, sources))
    given = ({"field": g.field, "path": g.path, "place": f"{SETTINGS}:{g.line}"} for g in explanation.given)
    yield from _format_part(
        say("given by `defaults`"), (say("`{field}` by `{path}` ({place})", **values) for values in given)
    )
    words = ({"field": name, "source": source} for name, source in explanation.words.items())
    yield from _format_part(
        say("words of the lead picture"), (say("`{field}` from {source}", **values) for values in words)
    )
    yield from _format_part(say("asked for"), map(_format_question, explanation.questions))
    if explanation.made:
        yield say("made by the last build, because {why}", why=explanation.why)
    else:
        yield say("kept by the last build, because {why}", why=explanation.why)
    yield from _format_part("", explanation.because)
    if explanation.coming:
        yield from _format_part(say("the next build makes it again"), explanation.coming)
    else:
        yield say("the next build keeps it")


def _format_question(question: Answered) -> Message:
    return Message("{asked}: {answer}", {"asked": question.asked, "answer": question.answer})


def _indent(line: str) -> Message:
    return Message("  {line}", {"line": line})


def _format_part(heading: str, lines: Iterable[str]) -> Iterator[str]:
    indented = [_indent(line) for line in lines]
    if indented and heading:
        yield heading
    yield from indented
