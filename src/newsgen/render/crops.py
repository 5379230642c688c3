"""Parts of pictures that templates show: which, is recorded as questions, so that a build makes these and no others."""

from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from msgspec.structs import replace

from newsgen.config.pictures import Format, Shape
from newsgen.config.settings import Config
from newsgen.core.messages import say
from newsgen.core.queries import Query, QueryMethods
from newsgen.core.questions import OnQuestion, Question, ignore_question
from newsgen.core.urls import to_url
from newsgen.media.assets import Assets
from newsgen.media.renditions import Rendition, Renditions, ShownCrop, cut_picture, name_crop, read_crop, share
from newsgen.model.pictures import Picture, PictureFile

CROP = "crop"
"""The name of the query."""


class PictureCrops(QueryMethods):
    """Answers which renditions of parts of pictures there are."""

    def __init__(self, assets: Assets, on_question: OnQuestion = ignore_question) -> None:
        super().__init__(on_question)
        self._assets = assets

    @Query(say("the part {part} of the picture {output} as {form}, {width} pixels wide"), outside=True, keep=0)
    def crop(self, output: str, part: str, form: str, width: int) -> str:
        """Where a part of the picture that is published at `output` is published; "" for none."""
        crop, asset = read_crop(part), self._assets.find_output(output)
        if crop is None or asset is None or asset.file is None:
            return ""
        shown = ShownCrop(output, crop, cast("Format", form), width)
        found = self._assets.renditions.find_crop(asset.file, shown)
        return found.output if found is not None else ""


def list_crops(questions: Iterable[Question]) -> Iterator[ShownCrop]:
    """The renditions of parts of pictures that a render asked for."""
    for question in questions:
        if question[0] == CROP:
            _, output, part, form, width = cast("tuple[str, str, str, Format, int]", question)
            if (crop := read_crop(part)) is not None:
                yield ShownCrop(output, crop, form, width)


class PictureCutter:
    """Cuts pictures for the pages of one edition, and records what of them is shown."""

    def __init__(self, config: Config, on_question: OnQuestion) -> None:
        self._config, self._on_question = config, on_question
        self._renditions = Renditions(config.pictures)

    def cut(self, picture: Picture, shape: Shape) -> Picture:
        """The part of a picture around its focus; the picture itself where it has this shape, or cannot be cut."""
        part = cut_picture(picture, shape)
        middle = self._renditions.find_middle(part) if part is not None and part.crop is not None else None
        if part is None or middle is None:
            return picture
        self._record(part, [middle])
        src, size = to_url(middle.output, self._config.base), {"width": middle.width, "height": middle.height}
        return replace(picture, src=src, file=part, crops=(), focus=None, **size)

    def list_sizes(self, file: PictureFile, form: Format, widest: int) -> Sequence[Rendition]:
        """The renditions of a lead picture or of a part of it in a format, up to a width; none where it has none."""
        formats = self._config.pictures.formats
        if form not in (formats.lead if file.crop is None else formats.body):
            return ()
        planned = self._renditions.plan(file, form)
        shown = [one for one in planned if not widest or one.width <= widest] or planned[:1]
        self._record(file, shown)
        return shown

    def share(self, picture: Picture) -> Picture:
        """A picture as other sites show it."""
        shared = self._renditions.find_shared(picture.file) if picture.file is not None else None
        if picture.file is not None and shared is not None:
            self._record(picture.file, [shared])
        return share(picture, self._config)

    def _record(self, file: PictureFile, shown: Iterable[Rendition]) -> None:
        if file.crop is not None:
            for one in shown:
                self._on_question((CROP, file.output, name_crop(file.crop), one.recipe.form, one.width))
