"""Find the lead pictures that front matter names, and their crops, with addresses and sizes."""

from collections.abc import Iterable, Mapping

import msgspec
from msgspec.structs import replace

from newsgen.core.errors import Problems
from newsgen.media.assets import Assets
from newsgen.model.manuscripts import ImageField, Manuscript, PartialManuscript
from newsgen.model.pictures import Asset, Picture


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
