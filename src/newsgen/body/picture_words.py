"""The words of a picture that a body leaves out, from its sidecar or the picture itself.

Markdown cannot say that a picture has no alternative text: an empty one is left out. In a title, what follows "|" is
the credit; with a "|" both are said.
"""

from selectolax.lexbor import LexborNode

from newsgen.body.context import BodyContext
from newsgen.body.lint import is_figure, note_taken_words
from newsgen.model.pictures import Asset

_BAR, _OTHER_BAR = "|", "¦"
"""A bar in a text would begin the credit."""


def complete_words(image: LexborNode, src: str, asset: Asset, body: BodyContext) -> None:
    """Give a picture the words that it lacks; caption and credit where it becomes a figure."""
    alt, title = (image.attrs.get("alt") or "").strip(), (image.attrs.get("title") or "").strip()
    lacks_title = _BAR not in title and is_figure(image)
    if alt and not lacks_title:
        return
    words = body.targets.picture_words(asset.source, body.site.language)
    lacking = {"alt": not alt, "caption": lacks_title and not title, "credit": lacks_title}
    told = {"alt": words.alt, "caption": words.caption, "credit": words.credit}
    names = [name for name, word in told.items() if lacking[name] and word.text and word.source == asset.source]
    body.notes.found.extend(note_taken_words(body.mentions.locate(src), names))
    if not alt and words.alt.text:
        image.attrs["alt"] = words.alt.text
    if lacks_title:
        caption = title or words.caption.text.replace(_BAR, _OTHER_BAR)
        credit = words.credit.text
        if caption != title or credit:
            image.attrs["title"] = f"{caption} {_BAR} {credit}" if credit else caption
