"""`newsgen serve`."""

import os
import webbrowser
from datetime import datetime
from pathlib import Path
from urllib.parse import urljoin

import click

from newsgen.build.clock import choose_moment
from newsgen.cli.terminal import report_faults, site_option, tell
from newsgen.config.reading import read_config
from newsgen.config.settings import Config
from newsgen.core.messages import choose_language, say


@click.command("serve")
@site_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Next free one if taken.")
@click.option("--drafts", is_flag=True, help="Show drafts and scheduled stories too.")
@click.option("--at", metavar="TIME", help='The paper of that moment, such as "2025-12-24 06:00". Default: now.')
@click.option("--open", "opens", is_flag=True, help="Open the front page in the browser.")
@click.option("--follow", is_flag=True, help="Let open pages go to the story just saved.")
@click.option(
    "--allow-host", "names", multiple=True, metavar="NAME", help="Answer under this name too. May be repeated."
)
@click.pass_obj
def serve_command(
    site: Path,
    *,
    host: str,
    port: int,
    drafts: bool,
    at: str | None,
    opens: bool,
    follow: bool,
    names: tuple[str, ...],
) -> None:
    """Show the site while it is written: every page as it will be built, brought up to date when a file is saved."""
    from newsgen.preview.preview import Preview, ServeOptions  # start-up: only a preview needs a server

    def now(config: Config) -> datetime:
        return choose_moment(at, os.environ, config.zone)

    def report(line: str) -> None:
        tell(line, err=True)

    with report_faults(say("nothing is served")):
        now(read_config(site))
        language = choose_language(os.environ, site)
        is_now = at is None and "SOURCE_DATE_EPOCH" not in os.environ
        options = ServeOptions(site, now, drafts, host, port, names, follow, language, is_present=is_now)
        preview = Preview(options, report)
        address = preview.open()
        stories = urljoin(address, "/_newsgen/")
        tell(say("The preview is at {address} · stories: {stories}", address=address, stories=stories))
        if opens:
            webbrowser.open(address)
        preview.run()
