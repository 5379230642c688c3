"""`newsgen list`, `due` and `urls`."""

import json
import os
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click
from msgspec import structs

from newsgen.build.clock import choose_moment
from newsgen.cli.terminal import get_translation, report_faults, site_option, tell
from newsgen.commands.stories import Due, Instant, Survey, survey
from newsgen.commands.timers import build_command, write_crontab, write_service, write_timer
from newsgen.config.reading import read_config
from newsgen.core.errors import escape_unprintable
from newsgen.core.messages import Translate, localize, say
from newsgen.model.manuscripts import Status

STATUSES = {
    Status.DRAFT.word: say("draft"),
    Status.SCHEDULED.word: say("scheduled"),
    Status.EMBARGOED.word: say("embargoed"),
    Status.PUBLISHED.word: say("published"),
    Status.EXPIRED.word: say("expired"),
    Status.WITHDRAWN.word: say("withdrawn"),
}
"""How a terminal names each of `Status`."""

at_option = click.option("--at", metavar="TIME", help="As it stands at that moment. Default: now.")
json_option = click.option("--json", "as_json", is_flag=True, help="As JSON.")


def _survey(site: Path, at: str | None) -> Survey:
    return survey(site, choose_moment(at, os.environ, read_config(site).zone))


def _print_json(values: list[dict[str, object]]) -> None:
    click.echo(json.dumps(values, ensure_ascii=False, indent=1, default=_text))


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


@click.command("list")
@site_option
@click.option("--status", multiple=True, type=click.Choice(list(STATUSES)), help="Only these; may be repeated.")
@at_option
@json_option
@click.pass_obj
def list_command(site: Path, *, status: tuple[str, ...], at: str | None, as_json: bool) -> None:
    """List the stories with where each stands on its way to readers, newest first."""
    with report_faults(say("nothing listed")):
        rows = _survey(site, at).list_stories(frozenset(status))
        if as_json:
            _print_json([asdict(row) for row in rows])
            return
        translate = get_translation()
        words = {name: localize(word, translate) for name, word in STATUSES.items()}
        width = max(map(len, words.values()))
        for row in rows:
            word = words[row.status].ljust(width)
            click.echo(escape_unprintable(f"{word}  {row.date:%Y-%m-%d %H:%M}  {row.source}  {row.title}"))


@click.command("due")
@site_option
@at_option
@json_option
@click.option("--cron", is_flag=True, help="As lines for a crontab.")
@click.option(
    "--systemd",
    type=click.Choice(["both", "service", "timer"]),
    is_flag=False,
    flag_value="both",
    help="As a systemd service and its timer, or one of them.",
)
@click.pass_obj
def due_command(site: Path, *, at: str | None, as_json: bool, cron: bool, systemd: str | None) -> None:
    """Tell every coming moment at which a build would change something. Exit 1 when the last build missed one."""
    with report_faults(say("nothing told")):
        due = _survey(site, at).find_due()
        if as_json:
            instants = [(True, i) for i in due.overdue] + [(False, i) for i in due.coming]
            _print_json([{**structs.asdict(i), "overdue": is_overdue} for is_overdue, i in instants])
        elif cron:
            for line in write_crontab((i.at for i in due.coming), build_command(site)):
                click.echo(line)
        elif systemd:
            click.echo(_format_units(due, site, systemd), nl=False)
        else:
            translate = get_translation()
            overdue = localize(say("overdue"), translate)
            for instant in due.overdue:
                click.echo(f"{overdue}  {_format_instant(instant, translate)}")
            for instant in due.coming:
                click.echo(f"{' ' * len(overdue)}  {_format_instant(instant, translate)}")
    if due.overdue:
        sys.exit(1)


def _format_units(due: Due, site: Path, wanted: str) -> str:
    """The units of systemd; there is no timer if nothing is due, since systemd would refuse it."""
    service = write_service(build_command(site))
    timer = write_timer(i.at for i in due.coming) if due.coming else f"# {say('nothing is due')}\n"
    if wanted == "both":
        return f"# newsgen.service\n{service}\n# newsgen.timer\n{timer}"
    return service if wanted == "service" else timer


def _format_instant(instant: Instant, translate: Translate) -> str:
    what = localize(instant.what, translate)
    return escape_unprintable(f"{instant.at:%Y-%m-%d %H:%M}  {what}  {instant.source}  {instant.title}")


@click.command("urls")
@site_option
@click.argument("action", type=click.Choice(["accept"]))
@click.pass_obj
def urls_command(site: Path, action: str) -> None:  # noqa: ARG001 - there is one so far
    """Begin urls.lock, or accept that published addresses are gone for good."""
    with report_faults(say("nothing accepted")):
        for path in _survey(site, None).accept():
            tell(say("gone: {path}", path=path))
