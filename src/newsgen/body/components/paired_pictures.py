"""Two pictures of one place, before and after, which a script of the theme lays upon each other."""

import re
from html import escape
from typing import Annotated

import msgspec
from msgspec import Meta

from newsgen.body.components.contract import ComponentContext
from newsgen.core.messages import say

_PICTURE = re.compile(r"<img\b")
_BETWEEN = re.compile(r"</p>\s*<p>")
_NEEDED = 2


class Caption(msgspec.Struct, frozen=True):
    """The arguments of two pictures: the caption of both."""

    caption: Annotated[str, Meta(extra={"names": ("chú-thích",)})] = ""


def make_comparison(html: str, given: Caption, context: ComponentContext) -> str:
    """Two pictures side by side, or with script one upon the other with a slider that uncovers it."""
    count = len(_PICTURE.findall(html))
    if count != _NEEDED:
        what = say("this block takes two pictures, and has {count}", count=count)
        context.tell(what, say("write both below this line, each as `![what it shows](file.jpg)`"))
    # Pictures of one paragraph stand side by side.
    inner = _BETWEEN.sub("\n", html)
    caption = f"<figcaption>{escape(given.caption, quote=False)}</figcaption>" if given.caption else ""
    return f'<figure class="before-after">{inner}{caption}</figure>'
