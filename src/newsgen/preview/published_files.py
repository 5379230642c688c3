"""Files of the site as a build publishes them, for the preview."""

import msgspec

from newsgen.content.reader import Reading
from newsgen.core.errors import Problem
from newsgen.core.opening import open_inside, read_inside
from newsgen.media.cards.recipe import CardDrawing
from newsgen.media.cards.style import SocialCard
from newsgen.media.cleaning.cleaner import CLEANABLE
from newsgen.media.cleaning.fault import PictureFault
from newsgen.media.originals import is_picture
from newsgen.media.picture_store import PictureStore
from newsgen.media.pictures import HEAD, guess_kind
from newsgen.media.recipes import choose_recipe, list_problems
from newsgen.media.scripts import is_drawing


class PublishedFile(msgspec.Struct, frozen=True):
    """The bytes of a file as a build publishes it, or the problems for which it does not; neither if it has gone."""

    data: bytes | None = None
    problems: tuple[Problem, ...] = ()


def find_source(reading: Reading, output: str) -> str:
    """The file of the site that is published at an output; "" where there is none."""
    sources = reading.sources
    return sources.static.get(output) or sources.assets.get(output) or ""


def is_made(reading: Reading, source: str) -> bool:
    """Whether a build examines a file, or makes other bytes of it, before it publishes it."""
    if is_picture(source) or is_drawing(source) or _is_examined(reading, source):
        return True
    try:
        with open_inside(reading.site, reading.site / source) as file:
            return guess_kind(file.read(HEAD)) in CLEANABLE
    except OSError:
        return False


def make_published(reading: Reading, source: str) -> PublishedFile:
    """What a build publishes of a file."""
    recipe = choose_recipe(reading.config.pictures, source)
    try:
        data = read_inside(reading.site, reading.site / source)
        if _is_examined(reading, source) and (problems := reading.running_parts(source, data)):
            return PublishedFile(problems=tuple(problems))
        return PublishedFile(PictureStore(reading.site).make(recipe, source, data) if recipe else data)
    except OSError:
        return PublishedFile()
    except PictureFault as fault:
        return PublishedFile(problems=list_problems(recipe, source, fault))


def make_card(reading: Reading, card: SocialCard, source: str) -> PublishedFile:
    """The social card of the story at a source."""
    assert reading.cards is not None  # noqa: S101 - without it there are no cards
    recipe = CardDrawing(card, reading.cards, reading.config.pictures.max_megapixels)
    source = card.picture.source if card.picture else source
    try:
        data = read_inside(reading.site, reading.site / source) if card.picture else b""
        return PublishedFile(PictureStore(reading.site).make(recipe, source, data))
    except OSError:
        return PublishedFile()
    except PictureFault as fault:
        return PublishedFile(problems=list_problems(recipe, source, fault))


def make_rendition(reading: Reading, output: str) -> PublishedFile:
    """The rendition of a picture that is published at an output, if a picture has it."""
    source, rendition = reading.assets.find_rendition(output) or ("", None)
    if rendition is None or source in reading.assets.barred:
        return PublishedFile()
    try:
        data = read_inside(reading.site, reading.site / source)
        return PublishedFile(PictureStore(reading.site).make(rendition.recipe, source, data))
    except OSError:
        return PublishedFile()
    except PictureFault as fault:
        return PublishedFile(problems=list_problems(rendition.recipe, source, fault))


def _is_examined(reading: Reading, source: str) -> bool:
    return source.startswith("content/") and reading.must_examine(source)
