"""`newsgen pictures`."""

from pathlib import Path

import click

from newsgen.cli.terminal import report_faults, site_option, tell
from newsgen.commands.pictures import remove_unused_pictures
from newsgen.core.messages import say


@click.command("pictures")
@site_option
@click.argument("action", type=click.Choice(["gc"]))
@click.pass_obj
def pictures_command(site: Path, action: str) -> None:  # noqa: ARG001 - there is one so far
    """Remove the converted pictures in .newsgen/ that the last builds did not use."""
    with report_faults(say("nothing removed")):
        tell(say("pictures removed: {count}", count=remove_unused_pictures(site)))
