"""Sources: a box with what a story rests on, and a page for machines that counts them.

In newsgen.yaml:

    plugins: [{sources: {title: Nguồn}}]

In a story:

    :::sources Sở Nông nghiệp
    - [Báo cáo vụ nhãn](https://example.org/nhan)
    :::
"""

from html import escape

import msgspec

from newsgen.api import Plugin


class Options(msgspec.Struct):
    """What newsgen.yaml may say: the title of the boxes."""

    title: str = "Sources"


def plugin(options: Options) -> Plugin:
    """A component `sources`: a box with a title, whose argument says who gave them."""

    def sources(html: str, argument: str) -> str:
        giver = f" <small>{escape(argument)}</small>" if argument else ""
        return f'<aside class="sources"><h2>{escape(options.title)}{giver}</h2>{html}</aside>'

    return Plugin(components={"sources": sources})
