"""The command line. Related commands share a module."""

import gc
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from newsgen import __version__
from newsgen.cli.terminal import (
    LazyGroup,
    die_of_interrupt,
    die_of_lost_interrupts,
    get_translation,
    site_option,
    tell,
    translate_command,
)
from newsgen.core.messages import choose_language, configure_gettext, localize, say

EXIT_BUG = 4

GARBAGE = (20_000, 50, 100)
"""The thresholds of garbage collection: nearly all the objects of an archive stay."""


COMMANDS = {
    "build": "build:build_command",
    "check": "check:check_command",
    "completion": "new_site:completion_command",
    "deploy": "exchange:deploy_command",
    "due": "stories:due_command",
    "explain": "explain:explain_command",
    "import": "exchange:import_command",
    "init": "new_site:init_command",
    "list": "stories:list_command",
    "new": "new_site:new_command",
    "online": "online:online_command",
    "pictures": "pictures:pictures_command",
    "serve": "serve:serve_command",
    "urls": "stories:urls_command",
}
"""Each command's module and name; a module is imported when its command is called."""


class Commands(LazyGroup):
    """All commands of newsgen and of plugins, with help in the user's language."""

    def make_context(self, *arguments: Any, **named: Any) -> click.Context:  # noqa: ANN401 - Click's own form
        """Parse the command line, with Click's own messages in the user's language."""
        configure_gettext(choose_language(os.environ, Path()), os.environ)
        return super().make_context(*arguments, **named)

    def format_help(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help of the group."""
        super(Commands, translate_command(self, get_translation())).format_help(context, formatter)

    def invoke(self, context: click.Context) -> Any:  # noqa: ANN401 - Click's own form
        """Run the command; die of an interrupt, where Click would exit with 1."""
        try:
            with die_of_lost_interrupts():
                return super().invoke(context)
        except KeyboardInterrupt:
            tell(say("interrupted"), err=True)
            die_of_interrupt()

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands, then those of plugins with their origins."""
        super().format_commands(context, formatter)
        from newsgen.cli.plugins import list_commands  # start-up: only for help

        rows = [
            (name, localize(what, get_translation())) for name, what in list_commands(_find_site(context), COMMANDS)
        ]
        if rows:
            with formatter.section(localize(say("Commands of plugins"), get_translation())):
                formatter.write_dl(rows)

    def list_commands(self, _context: click.Context | None) -> list[str]:
        """The names of all commands."""
        return list(COMMANDS)

    def list_all_commands(self, context: click.Context) -> list[str]:
        """The names of all commands, and of those of plugins."""
        from newsgen.cli.plugins import list_commands  # start-up: only for a name that is no command

        return [*COMMANDS, *(name for name, _ in list_commands(_find_site(context), COMMANDS))]

    def get_command(self, context: click.Context | None, name: str) -> click.Command | None:
        """A command of newsgen or of a plugin; None where there is none."""
        if name not in COMMANDS:
            from newsgen.cli.plugins import find_command  # start-up: only for a name that newsgen does not have

            added = find_command(_find_site(context), name)
            return translate_command(added, get_translation()) if added is not None else None
        module, _, attribute = COMMANDS[name].partition(":")
        command: click.Command = getattr(import_module(f"newsgen.cli.{module}"), attribute)
        return translate_command(command, get_translation())


def _find_site(context: click.Context | None) -> Path:
    """The folder of the site, by default the current one."""
    return (context.find_object(Path) if context is not None else None) or Path().resolve()


@click.group(
    cls=Commands, context_settings={"help_option_names": ["-h", "--help"]}, epilog="Documentation: the docs/ folder."
)
@click.version_option(__version__, "--version", "-V", message="newsgen %(version)s")
@site_option
@click.option("--debug", is_flag=True, help="Show Python tracebacks.")
@click.pass_context
def main(context: click.Context, *, debug: bool) -> None:
    """Publish a newspaper as static files: Markdown in content/, a finished site in build/."""
    gc.set_threshold(*GARBAGE)
    context.obj = context.obj or Path().resolve()
    context.call_on_close(_flush)
    if not debug:
        sys.excepthook = _bug


def _flush() -> None:
    """Flush; a pipe that was closed (`newsgen build | head`) is no error."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _bug(kind: type[BaseException], error: BaseException, _trace: object) -> None:
    text = f"newsgen: a bug in newsgen: {kind.__name__}: {error}. fix: run with --debug and report what it prints"
    click.echo(text, err=True)
    sys.stderr.flush()
    os._exit(EXIT_BUG)
