"""Links of sponsored stories."""

import re

from markupsafe import Markup

OUTWARD = re.compile(r'<a((?=[^>]* href="(?:https?:)?//)[^>]*)>')


def sponsored(html: str) -> Markup:
    """The HTML with `rel="sponsored"` on every link that leaves the site, as search engines ask of paid links."""
    return Markup(OUTWARD.sub(_with_sponsored, str(html)))  # noqa: S704 - sanitised by content.bodies


def _with_sponsored(match: re.Match[str]) -> str:
    attributes = match[1]
    if ' rel="' in attributes:
        return "<a" + attributes.replace(' rel="', ' rel="sponsored ', 1) + ">"
    return f'<a{attributes} rel="sponsored">'
