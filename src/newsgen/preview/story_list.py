"""The list of stories at /_newsgen/, as a page of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import jinja2

from newsgen.model.manuscripts import Status

MOST_LISTED = 200
"""How many stories the list shows at most."""


@dataclass(frozen=True, slots=True)
class Row:
    """One story: `url` is "" where no page shows it, `state` the word of a `Status`.

    `edited` is when its file last changed.
    """

    title: str
    source: str
    url: str
    state: str
    date: str
    edited: str


@dataclass(frozen=True, slots=True)
class StorySearch:
    """What an editor searches for: words, and a state or ""."""

    query: str
    state: str


def render_list(rows: Sequence[Row], count: int, search: StorySearch, words: Mapping[str, str], language: str) -> str:
    """The page that lists stories, newest edits first; `count` is how many were found."""
    states = [status.word for status in Status]
    return _template().render(rows=rows, count=count, search=search, states=states, words=words, language=language)


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    return environment.from_string(Path(__file__).with_name("stories.html").read_text("utf-8"))
