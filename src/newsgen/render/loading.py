"""The first picture of a text loads at once; those below it wait until a reader comes near."""

import re

from markupsafe import Markup

_ATTRIBUTES = r'(?: [^\s"=<>]+(?:="[^"]*")?)*'
_FIRST = re.compile(rf'<(?:video{_ATTRIBUTES} poster="|img(?P<own>{_ATTRIBUTES}) loading="lazy")')
NEAR = 1200
"""How many characters of HTML may stand before a picture that is likely to be on the first screen."""


def eager(html: str) -> Markup:
    """The HTML with its first picture not lazy, and of high priority where it stands near the beginning.

    The poster of a video is never lazy: where it comes first, the pictures below still wait.
    """
    return Markup(_FIRST.sub(_at_once, str(html), count=1))  # noqa: S704 - sanitised by body.body


def _at_once(match: re.Match[str]) -> str:
    own = match["own"]
    if own is None:
        return match[0]
    is_urgent = match.start() <= NEAR and " fetchpriority=" not in own
    return f"<img{own}" + (' fetchpriority="high"' if is_urgent else "")
