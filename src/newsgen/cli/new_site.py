"""`newsgen init`, `new` and `completion`."""

import os
from pathlib import Path

import click

from newsgen.build.clock import choose_moment
from newsgen.cli.terminal import format_folder, report_faults, site_option, tell
from newsgen.commands.init import init_site
from newsgen.commands.new import find_address, new_article
from newsgen.config.reading import read_config
from newsgen.core.messages import say


@click.command("new")
@site_option
@click.argument("title")
@click.option("--section", default="", help="The section's folder, such as kinh-te or kinh-te/nong-nghiep.")
@click.option("--at", metavar="TIME", help="The article's date. Default: now.")
@click.pass_obj
def new_command(site: Path, title: str, section: str, at: str | None) -> None:
    """Start an article: a draft with its front matter, in its section."""
    with report_faults(say("nothing written")):
        config = read_config(site)
        source = new_article(site, config, title, section, choose_moment(at, os.environ, config.zone))
        click.echo(source)
        address = f"http://127.0.0.1:8000{find_address(site, config, source)}"
        tell(say("newsgen serve shows it at {address}", address=address), err=True)


@click.command("init")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def init_command(folder: Path) -> None:
    """Make a small site in FOLDER that builds at once."""
    with report_faults(say("nothing written")):
        init_site(folder.absolute())
        tell(
            say(
                "A new site is in {place}\nNow: cd {folder} && newsgen build",
                place=format_folder(folder.absolute()),
                folder=folder,
            )
        )


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion_command(context: click.Context, shell: str) -> None:
    """Print the shell's completion script. Bash: `eval "$(newsgen completion bash)"`."""
    from click.shell_completion import get_completion_class  # start-up: rarely wanted

    completion = get_completion_class(shell)
    if completion is not None:
        click.echo(completion(context.find_root().command, {}, "newsgen", "_NEWSGEN_COMPLETE").source())
