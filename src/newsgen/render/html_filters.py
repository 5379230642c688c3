"""The filters `eager` and `sponsored`, which change the HTML of a text."""

import re

from markupsafe import Markup

_ATTRIBUTES = r'(?: [^\s"=<>]+(?:="[^"]*")?)*'
_FIRST_PICTURE = re.compile(rf'<(?:video{_ATTRIBUTES} poster="|img(?P<attributes>{_ATTRIBUTES}) loading="lazy")')
_REL = re.compile(r' rel="([^"]*)"')
_OUTWARD_LINK = re.compile(r'<a((?=[^>]* href="(?:https?:)?//)[^>]*)>')

NEAR = 1200
"""How many characters of HTML may precede a picture that is likely to be on the first screen."""


def load_eagerly(html: str) -> Markup:
    """The HTML with its first picture not lazy, and of high priority if it is near the beginning.

    The poster of a video is never lazy: where it comes first, the pictures below stay lazy.
    """
    return Markup(_FIRST_PICTURE.sub(_replace_lazy, str(html), count=1))  # noqa: S704 - sanitised by body.body


def _replace_lazy(match: re.Match[str]) -> str:
    attributes = match["attributes"]
    if attributes is None:
        return match[0]
    is_urgent = match.start() <= NEAR and " fetchpriority=" not in attributes
    return f"<img{attributes}" + (' fetchpriority="high"' if is_urgent else "")


def mark_sponsored(html: str) -> Markup:
    """The HTML with `rel="sponsored"` on every link that leaves the site, as search engines want of paid links."""
    return Markup(_OUTWARD_LINK.sub(_add_sponsored, str(html)))  # noqa: S704 - sanitised by body.body


def _add_sponsored(match: re.Match[str]) -> str:
    attributes = match[1]
    if rel := _REL.search(attributes):
        if "sponsored" in rel[1].split():
            return match[0]
        return "<a" + attributes.replace(' rel="', ' rel="sponsored ', 1) + ">"
    return f'<a{attributes} rel="sponsored">'
