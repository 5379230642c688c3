"""Find the lead pictures that front matter names, and their crops, with addresses and sizes."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec
from msgspec.structs import replace

from newsgen.config.pictures import parse_shape
from newsgen.core.errors import Problem, Problems
from newsgen.core.messages import say
from newsgen.core.urls import to_url
from newsgen.media.assets import Assets
from newsgen.media.renditions import cut_file
from newsgen.model.manuscripts import ImageField, Manuscript, PartialManuscript, Reference
from newsgen.model.pictures import CENTRE, Asset, Crop, Picture


class LeadPictures(msgspec.Struct, frozen=True):
    """The lead pictures of stories by source, and the files to publish with them, the picture before its crops."""

    pictures: Mapping[str, Picture] = msgspec.field(default_factory=dict)
    files: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=dict)


def find_lead_pictures(
    manuscripts: Iterable[Manuscript | PartialManuscript], assets: Assets, problems: Problems
) -> LeadPictures:
    """Find the pictures that front matter names; missing ones are added to `problems`."""
    pictures: dict[str, Picture] = {}
    files: dict[str, tuple[str, ...]] = {}
    for m in manuscripts:
        if m.image is None:
            continue
        found = list(_find_pictures(m, m.image, assets, problems))
        if found and found[0][0] is not None:
            lead, *crops = (picture for picture, _ in found if picture is not None)
            lead = replace(lead, focus=m.image.focus or assets.find_focus(found[0][1]))
            crops += _cut_shapes(m, m.image, lead, assets, problems)
            pictures[m.source] = replace(lead, crops=tuple(crops)) if crops else lead
            if here := tuple(source for _, source in found if source):
                files[m.source] = here
    return LeadPictures(pictures, files)


def find_taken_words(m: Manuscript, assets: Assets) -> dict[str, str]:
    """The words of a story's lead picture that its front matter leaves out, each with the file that tells it."""
    image = m.image
    asset = assets.find(image.src, m.path.rpartition("/")[0]) if image is not None else None
    if image is None or asset is None or asset.flaw or None not in (image.alt, image.caption, image.credit):
        return {}
    found = assets.find_words(asset.source, m.lang)
    pairs = {"alt": (image.alt, found.alt), "caption": (image.caption, found.caption)}
    pairs["credit"] = image.credit, found.credit
    return {name: word.source for name, (given, word) in pairs.items() if given is None and word.text}


def _find_pictures(
    m: Manuscript | PartialManuscript, image: ImageField, assets: Assets, problems: Problems
) -> Iterable[tuple[Picture | None, str]]:
    """Each picture, None for a missing one, and its source, "" for one of another site."""
    folder = m.path.rpartition("/")[0]
    words: tuple[str, str, str] | None = None  # those of the picture are those of its crops
    for named in image.references:
        asset = assets.find(named.text, folder)
        if named.text.startswith(("https://", "http://")):
            yield Picture(named.text, image.alt or "", image.caption or "", image.credit or ""), ""
        elif asset is None or asset.flaw:
            problems.extend(assets.find_faults(asset, named.text, folder, named.place(m.source)))
            yield None, ""
        else:
            words = words or _complete_words(m, image, asset, assets)
            alt, caption, credit = words
            yield replace(assets.show(asset), alt=alt, caption=caption, credit=credit), asset.source


def _cut_shapes(
    m: Manuscript | PartialManuscript, image: ImageField, lead: Picture, assets: Assets, problems: Problems
) -> Iterator[Picture]:
    """The crops of a lead picture in the shapes that its story or the settings name."""
    named, asset = image.shapes, assets.find(image.src, m.path.rpartition("/")[0])
    if asset is None or asset.file is None:
        problems.extend(_report_uncut(one, m.source, lead) for one in named or ())
        return
    is_story = isinstance(m, Manuscript) and not m.is_page and not m.is_intro
    shapes = assets.pictures.shapes if is_story else ()
    if named is not None:
        shapes = tuple(shape for one in named if (shape := parse_shape(one.text)) is not None)
    for shape in dict.fromkeys(shapes):
        part = cut_file(asset.file, Crop(*shape, *(lead.focus or CENTRE)))
        shared = assets.renditions.find_shared(part) if part.crop is not None else None
        if shared is not None:
            size = {"width": shared.width, "height": shared.height}
            yield replace(lead, src=to_url(shared.output, assets.base), file=part, focus=None, **size)


def _report_uncut(named: Reference, source: str, lead: Picture) -> Problem:
    """The problem of a shape to which a picture cannot be cut."""
    what = say(
        "“{name}” cannot be cut to {shape}: it is a drawing or an icon, or lies on another site",
        name=lead.src.rpartition("/")[2],
        shape=named.text,
    )
    fix = say("remove `{shape}`, or write the name of a file with this shape", shape=named.text)
    return Problem(named.place(source), "no-crop", what, fix, "warning")


def _complete_words(
    m: Manuscript | PartialManuscript, image: ImageField, asset: Asset, assets: Assets
) -> tuple[str, str, str]:
    """The alternative text, caption and credit of a lead picture: what front matter leaves out, its file tells."""
    alt, caption, credit = image.alt, image.caption, image.credit
    if alt is None or caption is None or credit is None:
        found = assets.find_words(asset.source, m.lang if isinstance(m, Manuscript) else "")
        alt = found.alt.text if alt is None else alt
        caption = found.caption.text if caption is None else caption
        credit = found.credit.text if credit is None else credit
    return alt, caption, credit
