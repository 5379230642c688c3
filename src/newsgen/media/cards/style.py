"""How the cards of a paper look, and the card of each story, known by name before it is drawn."""

from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from newsgen.config.cards import Cards
from newsgen.core.code_digest import find_versions
from newsgen.core.digests import digest, digest_of
from newsgen.core.messages import Message, say
from newsgen.core.opening import read_inside
from newsgen.core.urls import Output, as_output
from newsgen.media.cards.drawing import CardFonts, CardSpec, check_font, check_logo, has_shaping
from newsgen.media.cards.fonts import BOLD, SEMIBOLD, Font, FontFault, find_bundled, open_font
from newsgen.media.cards.lines import clean_text, find_missing, needs_shaping
from newsgen.media.cleaning.fault import PictureFault
from newsgen.media.renditions import FOLDER as PICTURES
from newsgen.model.pictures import Focus

FOLDER = f"{PICTURES}/cards"
"""Where cards are published. A name is never given to other bytes, so that browsers may keep them for ever."""

VERSION = 2
"""Of the drawing: where it makes other bytes, all cards are drawn again, under other names."""

DIGITS = 16
"""Hexadecimal digits of a digest in the name of a card."""


class StyleFault(Exception):
    """A font or logo that cannot be drawn with: the setting that names it, and why."""

    def __init__(self, setting: str, what: Message, fix: Message) -> None:
        super().__init__(what)
        self.setting, self.what, self.fix = setting, what, fix


class CardTexts(NamedTuple):
    """The texts of a card as they are drawn: the headline, the names of the section and the paper; their language."""

    headline: str
    section: str
    paper: str
    lang: str


class CardPicture(NamedTuple):
    """The picture behind a headline: its source, the digest of its bytes, and what must be seen of it."""

    source: str
    digest: str
    focus: Focus


class SocialCard(msgspec.Struct, frozen=True, gc=False):
    """A card of a story: where it is published, its texts, and the picture behind them, None for none."""

    output: Output
    texts: CardTexts
    picture: CardPicture | None = None


class CardStyle:
    """How cards look: their fonts, colour and logo. `logo` is the file's bytes, b"" for none."""

    def __init__(self, settings: Cards, fonts: tuple[Font, Font], logo: bytes) -> None:
        self.settings, self.fonts, self.logo = settings, fonts, logo
        releases = find_versions(("pillow",)), has_shaping()
        parts = VERSION, settings.color, [font.digest for font in fonts], digest(logo), releases
        self._basis = digest_of(parts).encode()

    @property
    def shows_pictures(self) -> bool:
        """Whether lead pictures stand behind headlines."""
        return self.settings.when == "all" and self.settings.background == "picture"

    @cached_property
    def characters(self) -> frozenset[int]:
        """The characters that both fonts have."""
        headline, small = self.fonts
        return headline.characters & small.characters

    def clean(self, text: str) -> str:
        """A text as it is drawn."""
        return clean_text(text, self.characters)

    def find_missing(self, *texts: str) -> list[str]:
        """The letters of cleaned texts that cannot be drawn."""
        missing = {letter for text in texts for letter in find_missing(text, self.characters)}
        if not has_shaping():
            missing |= {letter for text in texts for letter in text if needs_shaping(letter)}
        return sorted(missing)

    def plan(self, texts: CardTexts, picture: CardPicture | None = None) -> SocialCard | None:
        """The card with these cleaned texts; None where it cannot be drawn."""
        if not texts.headline or self.find_missing(*texts[:3]):
            return None
        behind = f"{picture.digest} {picture.focus}" if picture else ""
        name = digest(self._basis, *map(str.encode, texts), behind.encode())[:DIGITS]
        return SocialCard(as_output(f"{FOLDER}/{name}.jpg"), texts, picture)

    def specify(self, card: SocialCard, picture: bytes, most: int) -> CardSpec:
        """What a card is drawn from; `picture` is the file of the picture behind, of `most` megapixels."""
        fonts = CardFonts(*(font.data for font in self.fonts))
        end = "…" if ord("…") in self.characters else "..."
        spec = CardSpec(*card.texts, self.settings.color, fonts, self.logo, picture, most=most, ellipsis=end)
        return replace(spec, focus=card.picture.focus) if card.picture else spec


def make_style(site: Path, settings: Cards, logo: str) -> CardStyle:
    """The style of these settings; `logo` is the source of the logo's file, "" for none.

    Raises:
        StyleFault: when a font or the logo cannot be used.
        OSError: when the machine refuses a file.
    """
    fonts = find_bundled(BOLD), find_bundled(SEMIBOLD)
    if settings.font:
        own = _open_own_font(site, settings.font)
        fonts = own, own
    data = read_inside(site, site / logo) if logo else b""
    if data:
        try:
            check_logo(data)
        except PictureFault:
            what = say("the logo “{name}” cannot be drawn on a card", name=settings.logo)
            raise StyleFault("logo", what, say("save it as PNG in a picture editor")) from None
    return CardStyle(settings, fonts, data)


def _open_own_font(site: Path, path: str) -> Font:
    try:
        font = open_font(read_inside(site, site / path))
        check_font(font.data)
        return font
    except FileNotFoundError:
        what = say("there is no font “{name}”", name=path)
        raise StyleFault("font", what, say("correct the path, or put the file there")) from None
    except FontFault:
        what = say("“{name}” is no TrueType or OpenType font", name=path)
        raise StyleFault("font", what, say("take the font as a .ttf or .otf file")) from None
