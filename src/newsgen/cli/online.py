"""`newsgen online`."""

from pathlib import Path

import click

from newsgen.cli.terminal import report_faults, site_option, tell
from newsgen.core.messages import say


@click.command("online")
@site_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8010, show_default=True, help="The port to listen on.")
@click.option(
    "--redis",
    default="",
    metavar="URL",
    envvar="NEWSGEN_REDIS",
    help="Count in Redis or Valkey, such as unix:///run/redis.sock. Default: in memory.",
)
@click.option(
    "--proxy", "proxies", multiple=True, metavar="ADDRESS", help="Believe X-Forwarded-For from here. May be repeated."
)
@click.option(
    "--origin", "origins", multiple=True, metavar="URL", help="Pages from here are the paper's too. May be repeated."
)
@click.option(
    "--stories",
    multiple=True,
    metavar="PLACE",
    help="File or address of latest.json, for the most read. May be repeated. Default: those in build/.",
)
@click.option(
    "--least", type=click.IntRange(1, 1000), default=5, show_default=True, help="Tell no smaller number of readers."
)
@click.option(
    "--rate",
    type=click.IntRange(1, 1_000_000),
    default=120,
    show_default=True,
    help="Questions that one address may ask in a minute.",
)
@click.pass_obj
def online_command(
    site: Path,
    *,
    host: str,
    port: int,
    redis: str,
    proxies: tuple[str, ...],
    origins: tuple[str, ...],
    stories: tuple[str, ...],
    least: int,
    rate: int,
) -> None:
    """Count the readers who are on the paper now, and the stories most read today. Needs the extra “online”."""
    from newsgen.services.online.service import OnlineOptions, OnlineService  # start-up: only this command needs it

    with report_faults(say("nobody is counted")):
        options = OnlineOptions(site, host, port, redis, proxies, origins, stories, least, rate)
        service = OnlineService(options, lambda line: tell(line, err=True))
        address = service.open()
        if redis:
            tell(say("Readers are counted at {address}, in the store that --redis names", address=address))
        else:
            tell(say("Readers are counted at {address}, in memory", address=address))
        service.run()
