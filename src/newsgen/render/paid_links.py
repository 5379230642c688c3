"""Links of sponsored stories."""

import re

from markupsafe import Markup

_REL = re.compile(r' rel="([^"]*)"')
OUTWARD = re.compile(r'<a((?=[^>]* href="(?:https?:)?//)[^>]*)>')


def sponsored(html: str) -> Markup:
    """The HTML with `rel="sponsored"` on every link that leaves the site, as search engines ask of paid links."""
    return Markup(OUTWARD.sub(_with_sponsored, str(html)))  # noqa: S704 - sanitised by body.body


def _with_sponsored(match: re.Match[str]) -> str:
    attributes = match[1]
    if typed := _REL.search(attributes):
        if "sponsored" in typed[1].split():
            return match[0]
        return "<a" + attributes.replace(' rel="', ' rel="sponsored ', 1) + ">"
    return f'<a{attributes} rel="sponsored">'
