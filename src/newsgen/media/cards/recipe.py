"""The recipe of a card: what is drawn of a headline, with or without a picture behind."""

import posixpath
from dataclasses import dataclass

from newsgen.core.errors import Location, Problem
from newsgen.core.messages import Message, say
from newsgen.media.cards.drawing import draw_card
from newsgen.media.cards.style import CardStyle, SocialCard
from newsgen.media.cleaning.cleaner import clean_picture
from newsgen.media.cleaning.fault import PictureFault


@dataclass(frozen=True, slots=True)
class CardDrawing:
    """A card in the style of its paper; a picture behind it may have so many megapixels at most."""

    card: SocialCard
    style: CardStyle
    most: int

    @property
    def key(self) -> str:
        """The name of the card, which tells of all that it is drawn from."""
        return f"card {posixpath.basename(self.card.output)}"

    @property
    def is_costly(self) -> bool:
        """It is: some ten milliseconds."""
        return True

    def make(self, source: str, data: bytes) -> bytes:  # noqa: ARG002 - the name does not matter
        """The card; `data` is the file of the picture behind, b"" for none."""
        return draw_card(self.style.specify(self.card, data, self.most))

    def is_fit(self, made: bytes) -> bool:
        """Whether it is a clean JPEG."""
        try:
            return made[:2] == b"\xff\xd8" and clean_picture("JPEG", made) == made
        except PictureFault:
            return False

    def describe(self, source: str, why: Message) -> Problem:
        """The problem with a picture that cannot stand behind a headline."""
        name = posixpath.basename(source)
        what = say("no card can be drawn with the picture “{name}”: {why}", name=name, why=why)
        return Problem(Location(source), "not-a-picture", what, say("save it again in a picture editor"))
