"""`newsgen import` and `newsgen deploy`, whose work is done by plugins."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from newsgen.cli.plugins import Act, find_function
from newsgen.cli.terminal import LazyGroup, get_translation, site_option, tell, translate_command
from newsgen.core.messages import localize, say
from newsgen.plugins.functions import DEPLOYER, IMPORTER, FunctionKind, PluginFunctions


class PluginGroup(LazyGroup):
    """A group whose commands are the functions of one kind that plugins add."""

    def __init__(self, kind: FunctionKind, act: Act, *arguments: click.Argument, **named: Any) -> None:  # noqa: ANN401 - Click's
        typed = [(argument.name or "").upper() for argument in arguments]
        super().__init__(subcommand_metavar=" ".join(["NAME", *typed, "[OPTIONS]"]), **named)
        self.kind, self.act, self.arguments = kind, act, arguments

    def list_commands(self, context: click.Context) -> list[str]:
        """The names of all commands."""
        return list(PluginFunctions(context.obj, self.kind).offered)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """A command; None where there is none."""
        command = find_function(PluginFunctions(context.obj, self.kind), name, self.act, *self.arguments)
        return translate_command(command, get_translation()) if command is not None else None

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands with their origins."""
        offered = PluginFunctions(context.obj or Path(), self.kind).offered
        rows = [(name, ", ".join(function.origin for function in functions)) for name, functions in offered.items()]
        if rows:
            with formatter.section(localize(say("Of plugins"), get_translation())):
                formatter.write_dl(rows)


def _import(site: Path, call: Callable[..., Any], typed: dict[str, Any]) -> None:
    from newsgen.commands.import_files import import_files  # start-up: only where something is imported

    written, there = import_files(site, call(typed["source"]))
    tell(say("{written:,} files written, {there:,} were already there", written=written, there=there))


def _deploy(site: Path, call: Callable[..., Any], _typed: dict[str, Any]) -> None:
    from newsgen.build.options import resolve_output  # start-up: only where something is deployed
    from newsgen.commands.deploy import deploy  # start-up: as above

    finished = deploy(site, resolve_output(site, None), call)
    tell(say("deployed: {files:,} files", files=len(finished.files)))


import_command = site_option(
    PluginGroup(
        IMPORTER,
        _import,
        click.Argument(["source"]),
        name="import",
        help="Bring stories into content/ with the importer NAME of a plugin. Nothing that is there is changed.",
    )
)
deploy_command = site_option(
    PluginGroup(
        DEPLOYER,
        _deploy,
        name="deploy",
        help="Bring the output of the last build elsewhere with the deployer NAME of a plugin.",
    )
)
