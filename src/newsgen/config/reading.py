"""Read newsgen.yaml: its settings, or every fault in it with line and column."""

import time
from pathlib import Path

from newsgen.config.checks import find_faults
from newsgen.config.language_words import complete
from newsgen.config.settings import Config
from newsgen.config.taxonomies import Keys
from newsgen.core import yaml_tree as yamltree
from newsgen.core.decoding import decode
from newsgen.core.errors import ConfigError, Location, Problem, Problems
from newsgen.core.messages import Message, fill_name, say
from newsgen.core.schema import Schema
from newsgen.core.site_files import CONTENT, SETTINGS
from newsgen.core.yaml_recovery import read_all
from newsgen.core.yaml_tree import Mapping, Node, follow

SCHEMA = Schema(Config, Message(SETTINGS))

SAVING = 0.1
"""Seconds after which a missing or faulty newsgen.yaml is read once more."""


def read_config(site: Path) -> Config:
    """The settings of the site in the folder `site`.

    Raises:
        ConfigError: with every fault found, or that there is no newsgen.yaml.
    """
    try:
        return parse_config(_read_text(site))
    except ConfigError as error:
        if not (site / CONTENT).is_dir():
            raise
        time.sleep(SAVING)  # it may just be saved, or checked out
        try:
            return parse_config(_read_text(site))
        except ConfigError as again:
            raise again from error


def _read_text(site: Path) -> str:
    try:
        raw = (site / SETTINGS).read_bytes()
    except FileNotFoundError:
        what = say("there is no {file} in {site}, so this is not the root of a newsgen site", file=SETTINGS, site=site)
        fix = say("run newsgen in the site's folder or with `--site DIR`; `newsgen init DIR` makes a new site")
        raise ConfigError(Problem(Location(SETTINGS), "no-config", what, fix)) from None
    except OSError as error:
        what = say("{file} cannot be read: {reason}", file=SETTINGS, reason=error.strerror)
        raise ConfigError(Problem(Location(SETTINGS), "no-config", what, say("check the file's permissions"))) from None
    text = decode(raw, SETTINGS)
    if isinstance(text, Problem):
        raise ConfigError(text)
    return text


def parse_config(text: str) -> Config:
    """The settings in the text of a newsgen.yaml.

    Raises:
        ConfigError: with every fault found.
    """
    problems = Problems()
    tree, slips = read_all(text, SETTINGS, ())
    problems.extend(slips)
    if tree is None:
        problems.stop_on_errors(ConfigError)
    config = SCHEMA.read(tree, SETTINGS, problems)
    if isinstance(tree, Mapping) and tree.unread:  # faults of other settings may follow from it
        problems.stop_on_errors(ConfigError)
    given = SCHEMA.sound_fields(tree)
    completed = complete(config or Config(**{"title": "?", "url": "https://unknown.example", **given}))
    refused = {problem.location for problem in problems.found}
    for keys, what, fix in find_faults(completed):
        place = _locate(tree, keys)
        if config is not None or (keys[0] in given and place not in refused):
            name = ".".join(key for key in keys if isinstance(key, str))
            problems.add(place, "bad-setting", fill_name(what, name), fix)
    problems.stop_on_errors(ConfigError)
    return completed


def locate_setting(site: Path, *keys: str | int) -> Location:
    """Where newsgen.yaml has the setting `keys`, for faults that are found after reading it."""
    return _locate(_parse(site), keys)


def find_setting(site: Path, key: str) -> Node | None:
    """The node of a setting in newsgen.yaml, with the places of its parts; None where it is not set."""
    return follow(_parse(site), (key,))


def locate_entries(site: Path, key: str) -> dict[str, Location]:
    """Where newsgen.yaml has each entry of the mapping `key`, by the entry's name."""
    tree = _parse(site)
    node = follow(tree, (key,))
    return {name: _locate(tree, (key, name)) for name in node.entries} if isinstance(node, Mapping) else {}


def _parse(site: Path) -> Node | None:
    return yamltree.parse(_read_text(site), SETTINGS)


def _locate(tree: Node | None, keys: Keys) -> Location:
    line, column = 1, 1
    for key in keys:
        below = follow(tree, (key,))
        if below is None:
            break
        at = tree.entries[str(key)][0] if isinstance(tree, Mapping) and isinstance(below, Mapping) else below
        line, column, tree = at.line, at.column, below
    return Location(SETTINGS, line, column)
