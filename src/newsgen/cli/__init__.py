"""The command line: parses, calls an act, prints, exits. Commands that belong together share a file."""

import gc
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from newsgen import __version__
from newsgen.cli.terminal import die_of_interrupt, localized, no_interrupt_lost, site_option, spoken, tell
from newsgen.core.messages import choose_language, configure_gettext, localize, say

EXIT_BUG = 4

GARBAGE = (20_000, 50, 100)
"""How much is made before Python looks for cycles of garbage: nearly all the objects of an archive stay."""


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
    "serve": "serve:serve_command",
    "urls": "stories:urls_command",
}
"""Each command and where it is, for a build needs nothing of the preview."""


class Commands(click.Group):
    """A group whose commands are imported when they are asked for, and whose help is in the user's language."""

    def make_context(self, *arguments: Any, **named: Any) -> click.Context:  # noqa: ANN401 - Click's own form
        """Parse the command line; what Click itself says of it is in the user's language."""
        configure_gettext(choose_language(os.environ, Path()), os.environ)
        return super().make_context(*arguments, **named)

    def format_help(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help of the group."""
        super(Commands, localized(self, spoken())).format_help(context, formatter)

    def invoke(self, context: click.Context) -> Any:  # noqa: ANN401 - Click's own form
        """Run the command; interrupted before or after its own work, die of that too, where Click would exit with 1."""
        try:
            with no_interrupt_lost():
                return super().invoke(context)
        except KeyboardInterrupt:
            tell(say("interrupted"), err=True)
            die_of_interrupt()

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands, then those of plugins, each with where it comes from."""
        super().format_commands(context, formatter)
        from newsgen.cli.plugins import list_commands  # start-up: only for help

        rows = [(name, localize(what, spoken())) for name, what in list_commands(_site_of(context), COMMANDS)]
        if rows:
            with formatter.section(localize(say("Commands of plugins"), spoken())):
                formatter.write_dl(rows)

    def list_commands(self, _context: click.Context | None) -> list[str]:
        """The names of all."""
        return list(COMMANDS)

    def get_command(self, context: click.Context | None, name: str) -> click.Command | None:
        """One command, newsgen's own or a plugin's; None where there is no such."""
        if name not in COMMANDS:
            from newsgen.cli.plugins import find_command  # start-up: only for a name that newsgen does not have

            added = find_command(_site_of(context), name)
            return localized(added, spoken()) if added is not None else None
        module, _, attribute = COMMANDS[name].partition(":")
        command: click.Command = getattr(import_module(f"newsgen.cli.{module}"), attribute)
        return localized(command, spoken())


def _site_of(context: click.Context | None) -> Path:
    """The folder whose plugins are looked at before a command has chosen its site."""
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
    """A reader that went away (`newsgen build | head`) is no fault."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _bug(kind: type[BaseException], error: BaseException, _trace: object) -> None:
    text = f"newsgen: a bug in newsgen: {kind.__name__}: {error}. fix: run with --debug and report what it prints"
    click.echo(text, err=True)
    sys.stderr.flush()
    os._exit(EXIT_BUG)
