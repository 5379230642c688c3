"""House style: words that the paper does not use, and sections in which nothing was published for long.

In newsgen.yaml:

    plugins:
      - house-style:
          words: {tại thời điểm này: bây giờ}
          days: 14
    rules:
      house-style/avoided-word: error

`newsgen check` and the preview's bar tell both rules; a build tells neither.
"""

from collections.abc import Iterator
from datetime import timedelta

import msgspec

from newsgen.api import Check, Examined, Location, Plugin, Problem, Story


class Options(msgspec.Struct):
    """What newsgen.yaml may say: words with what to write for each, and after how many days a section is quiet."""

    words: dict[str, str] = {}
    days: int = 30


def plugin(options: Options) -> Plugin:
    """Two checks: one looks at each story, one at the paper."""

    def find_avoided_words(story: Story) -> Iterator[Problem]:
        for avoided, better in options.words.items():
            if avoided in story.text:
                what = f"the paper does not write “{avoided}”"
                yield Problem(story.place(avoided), "avoided-word", what, f"write “{better}”")

    def find_quiet_sections(paper: Examined) -> Iterator[Problem]:
        edition, longest = paper.newspaper.main, timedelta(days=options.days)
        for name, ranks in edition.groups.by_section.items():
            newest = edition.articles[ranks[-1]]
            if paper.newspaper.now - newest.card.date > longest:
                what = f"nothing was published in the section “{name}” for more than {options.days} days"
                yield Problem(Location(newest.source), "quiet-section", what, "write something")

    return Plugin(
        checks=(
            Check(rules=["avoided-word"], story=find_avoided_words),
            Check(rules=["quiet-section"], paper=find_quiet_sections),
        )
    )
