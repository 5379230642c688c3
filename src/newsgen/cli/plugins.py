"""Functions of plugins as commands; the fields of a msgspec.Struct are their options."""

import os
import re
import typing
from collections.abc import Callable, Collection, Iterator, Sequence
from inspect import cleandoc, getdoc
from pathlib import Path
from typing import Any

import click
import msgspec
from msgspec.structs import FieldInfo

from newsgen.cli.terminal import report_faults, site_option
from newsgen.core.messages import Message, say
from newsgen.plugins.functions import COMMAND, LoadedFunction, PluginFunction, PluginFunctions

Act = Callable[[Path, Callable[..., Any], dict[str, Any]], None]
"""Calls a plugin's function, which lacks only its first argument, for a site and the arguments that were typed."""


def find_command(site: Path, name: str) -> click.Command | None:
    """The command of a plugin; None where there is none."""
    return find_function(PluginFunctions(site, COMMAND), name, _run)


def list_commands(site: Path, taken: Collection[str]) -> Iterator[tuple[str, Message]]:
    """The commands of plugins with their origins, or why they cannot be called; `taken` are newsgen's own."""
    for name, (first, *others) in PluginFunctions(site, COMMAND).offered.items():
        if name in taken:
            yield name, say("{origin}: cannot be called, for newsgen has a command of this name", origin=first.origin)
        elif others:
            values = {"one": first.origin, "other": others[0].origin}
            yield name, say("cannot be called, for two plugins have it: {one} and {other}", **values)
        else:
            yield name, Message(first.origin)


def find_function(functions: PluginFunctions, name: str, act: Act, *arguments: click.Argument) -> click.Command | None:
    """The function that a plugin adds under a name, as a command; None where there is none."""
    with report_faults(say("nothing done")):
        function = functions.find(name)
        loaded = functions.load(function) if function is not None else None
        return _make_command(functions, function, loaded, act, arguments) if function and loaded else None


def _make_command(
    functions: PluginFunctions,
    function: PluginFunction,
    loaded: LoadedFunction,
    act: Act,
    arguments: Sequence[click.Argument],
) -> click.Command:
    options = [_make_option(field) for field in msgspec.structs.fields(loaded.options)] if loaded.options else []
    names = {argument.name for argument in arguments}

    @click.pass_context
    def run(context: click.Context, /, **values: Any) -> None:  # noqa: ANN401 - Click's own form
        typed = {name: values.pop(name) for name in names if name}
        given = [_read_options(loaded.options, values)] if loaded.options else []
        if context.find_root().params.get("debug"):
            act(context.obj, lambda *first: loaded.call(*first, *given), typed)
            return
        title = say("`{command}` did not finish", command=functions.get_command_line(function))
        with report_faults(title), functions.run(function):
            act(context.obj, lambda *first: loaded.call(*first, *given), typed)

    text = cleandoc(getdoc(loaded.call) or "")
    return site_option(click.Command(function.name, callback=run, params=[*arguments, *options], help=text))


def _run(site: Path, call: Callable[..., Any], _typed: dict[str, Any]) -> None:
    from newsgen.api import News, Newsroom  # start-up: only for commands of plugins
    from newsgen.build.clock import choose_moment  # start-up: as above
    from newsgen.build.options import resolve_output  # start-up: as above
    from newsgen.commands.stories import survey  # start-up: as above
    from newsgen.config.reading import read_config  # start-up: as above
    from newsgen.core.questions import ignore_question  # start-up: as above
    from newsgen.plugins.additions import make_news  # start-up: as above
    from newsgen.plugins.loading import load_plugins  # start-up: as above

    def open_news() -> News:
        config = read_config(site)
        found = survey(site, choose_moment(None, os.environ, config.zone))
        return make_news(load_plugins(site, config), found.newspaper.main, ignore_question)

    call(Newsroom(site, resolve_output(site, None), open_news))


def _make_option(field: FieldInfo) -> click.Option:
    """The option of a field."""
    kind, text = field.type, ""
    if typing.get_origin(kind) is typing.Annotated:
        text = next((meta.description or "" for meta in kind.__metadata__ if isinstance(meta, msgspec.Meta)), "")
        kind = kind.__origin__
    name = field.name.replace("_", "-")
    given: dict[str, Any] = {"required": field.required, "help": text}
    if isinstance(field.default, str | int | float) and field.default != "":
        given |= {"default": field.default, "show_default": True}
    if kind is bool:
        flag = f"--{name}/--no-{name}" if field.required or field.default else f"--{name}"
        return click.Option([flag, field.name], is_flag=True, **{**given, "show_default": False})
    is_list = typing.get_origin(kind) in (list, tuple, set, frozenset)
    choices = typing.get_args(kind) if typing.get_origin(kind) is typing.Literal else ()
    shape = click.Choice([*map(str, choices)]) if choices else {int: click.INT, float: click.FLOAT}.get(kind)
    return click.Option([f"--{name}", field.name], type=shape, multiple=is_list, **given)


def _read_options(kind: type[msgspec.Struct], values: dict[str, Any]) -> msgspec.Struct:
    """The options from the values that were typed."""
    names = {field.name: field.encode_name for field in msgspec.structs.fields(kind)}
    given = {names[name]: value for name, value in values.items() if value not in (None, ())}
    try:
        return msgspec.convert(given, kind, strict=False)
    except msgspec.ValidationError as error:
        words, _, name = str(error.__cause__ or error).partition(" - at `$.")
        option = re.split(r"\W", name)[0].replace("_", "-")
        raise click.BadParameter(words, param_hint=f"--{option}" if option else None) from None
