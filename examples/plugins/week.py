"""The week in numbers: a query and a filter for templates, and a document for other programs.

In newsgen.yaml:

    plugins: [week]

In a template:

    {% for day in news.busiest_days(3) %}{{ day.date }}: {{ day.stories|in_words }}{% endfor %}

`week.json` lists the newest stories by day.
"""

import json
from collections import Counter
from collections.abc import Iterator

import msgspec

from newsgen.api import DocumentOutput, DocumentQueries, News, Paper, Plugin, query

WORDS = ("no story", "one story", "two stories", "three stories")


class Day(msgspec.Struct, frozen=True):
    """A day and how many stories appeared on it."""

    date: str
    stories: int


def in_words(count: int) -> str:
    """A small number of stories in words: "two stories"."""
    return WORDS[count] if count < len(WORDS) else f"{count} stories"


@query("the {count} days with the most of the latest stories")
def busiest_days(news: News, count: int) -> tuple[Day, ...]:
    """The days on which most of the latest stories appeared, the busiest first."""
    days = Counter(card.date.date().isoformat() for card in news.latest(100))
    return tuple(
        Day(date, stories) for date, stories in sorted(days.items(), key=lambda day: (-day[1], day[0]))[:count]
    )


class Week:
    """week.json, one in each language of the paper."""

    name = "week"

    def plan(self, paper: Paper) -> Iterator[DocumentOutput[None]]:
        """The output, which has no subject of its own: all it shows is asked for."""
        link = paper.edition.permalinks.at("/week.json")
        yield DocumentOutput(self.name, link.output, link.url, None)

    def write(self, _output: DocumentOutput[None], ask: DocumentQueries) -> bytes:
        """The titles of the newest stories by day."""
        days: dict[str, list[str]] = {}
        for item in ask.stories("site", "", 20):
            days.setdefault(item.card.date.date().isoformat(), []).append(item.card.title)
        return json.dumps(days, ensure_ascii=False, indent=1).encode() + b"\n"


def plugin() -> Plugin:
    """What the week adds."""
    return Plugin(queries=(busiest_days,), filters={"in_words": in_words}, documents=(Week(),))
