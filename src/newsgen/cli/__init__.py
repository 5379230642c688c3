"""The command line: parses, calls an act, prints, exits. Commands that belong together share a file."""

import gc
import os
import sys
from pathlib import Path

import click

from newsgen import __version__
from newsgen.cli.build import build_command
from newsgen.cli.check import check_command
from newsgen.cli.desk import due_command, list_command, urls_command
from newsgen.cli.explain import explain_command
from newsgen.cli.serve import serve_command
from newsgen.cli.start import completion_command, init_command, new_command
from newsgen.cli.terminal import site_option

EXIT_BUG = 4

GARBAGE = (20_000, 50, 100)
"""How much is made before Python looks for cycles of garbage: nearly all the objects of an archive stay."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, epilog="Documentation: the docs/ folder.")
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


COMMANDS = (
    init_command,
    new_command,
    serve_command,
    build_command,
    check_command,
    list_command,
    due_command,
    explain_command,
    urls_command,
    completion_command,
)

for command in COMMANDS:
    main.add_command(command)
