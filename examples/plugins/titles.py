"""Titles: a command that prints the titles of the newest stories, for a newsletter.

    $ newsgen titles --count 5

A file in `plugins/` with a function `command` is a command; newsgen.yaml need not switch it on.
"""

from typing import Annotated

import msgspec
from msgspec import Meta

from newsgen.api import Newsroom


class Options(msgspec.Struct):
    """What may be typed."""

    count: Annotated[int, Meta(ge=1, description="How many titles.")] = 10
    links: Annotated[bool, Meta(description="Print the address of each too.")] = False


def command(newsroom: Newsroom, options: Options) -> None:
    """Print the titles of the newest stories."""
    for card in newsroom.news.latest(options.count):
        print(f"{card.title}  {card.url}" if options.links else card.title)
