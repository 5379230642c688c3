"""`make messages`: bring the catalogues of messages up to date with what newsgen says."""

import ast
import io
import os
import re
import sys
from functools import cache
from inspect import cleandoc
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from source_modules import modules

os.environ["NEWSGEN_LANG"] = "en"  # the command's help is said when its module is imported

from newsgen.cli import COMMANDS, main
from newsgen.core.messages import DOMAIN, LANGUAGES, LOCALE

FIELD = re.compile(r"(?<!\{)\{([^{}]*)\}(?!\})")

CLICK = (
    "Usage:",
    "Options",
    "Commands",
    "Show this message and exit.",
    "Show the version and exit.",
    "Error: {message}",
    "Try '{command} {option}' for help.",
    "No such command {name!r}.",
    "No such option {name!r}.",
    "Did you mean {possibility}?",
    "(Did you mean one of: {possibilities}?)",
    "Missing argument",
    "Missing option",
    "Missing command.",
    "Missing parameter",
    "Invalid value: {message}",
    "Invalid value for {param_hint}: {message}",
    "Got unexpected extra argument ({args})",
    "Got unexpected extra arguments ({args})",
    "Option {name!r} requires an argument.",
    "{name} {filename!r} does not exist.",
    "{name} {filename!r} is a file.",
    "{name} {filename!r} is a directory.",
    "{value!r} is not a valid {number_type}.",
    "{value} is not in the range {range}.",
    "{value!r} is not {choice}.",
    "Missing parameter: {param_name}",
    "Option {name!r} does not take a value.",
    "{value!r} is not one of {choices}.",
    "default: {default}",
    "required",
    "file",
    "directory",
    "path",
)
"""What Click says; it may have other words in another release, which are English then."""


def fields(template: str) -> set[str]:
    """The names that a template wants values for."""
    return {re.split("[!:]", field)[0] for field in FIELD.findall(template)}


def said() -> list[tuple[str, ast.expr]]:
    """The first argument of every call of `say`, with its place."""
    return [
        (f"{one.file}:{node.lineno}", node.args[0])
        for one in modules()
        for node in ast.walk(one.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say"
    ]


@cache
def templates() -> frozenset[str]:
    """Every template of a message."""
    found = {text.value for _, text in said() if isinstance(text, ast.Constant)}
    return frozenset({*found, *helps(), *CLICK})


def helps() -> set[str]:
    """What `--help` prints of every command."""
    commands = [main, *(main.get_command(None, name) for name in COMMANDS)]
    texts = {cleandoc(command.help or "") for command in commands} | {command.epilog for command in commands}
    options = [p for command in commands for p in command.params if isinstance(p, click.Option)]
    return {text for text in texts | {option.help for option in options} if text}


def catalogue(language: str) -> Path:
    """The file of a language's translations."""
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read_catalogue(language: str) -> Catalog:
    """A language's translations, empty where there are none yet."""
    path = catalogue(language)
    return read_po(io.BytesIO(path.read_bytes() if path.exists() else b""), locale=language)


def updated(language: str) -> Catalog:
    """A language's catalogue with every template, in order, and its translations as far as there are any."""
    old, new = read_catalogue(language), Catalog(locale=language, project="newsgen", fuzzy=False)
    for template in sorted(templates()):
        known = old.get(template)
        new.add(template, known.string if known else "")
    return new


if __name__ == "__main__":
    os.environ["NEWSGEN_LANG"] = "en"  # help is collected as it is written
    for language in LANGUAGES[1:]:
        path = catalogue(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue_now = updated(language)
        with path.open("wb") as file:
            write_po(file, catalogue_now, width=0, omit_header=True)
        missing = sum(not message.string for message in catalogue_now if message.id)
        sys.stdout.write(f"{path.name} ({language}): {missing} without a translation\n")
