"""Find the lead pictures that front matter names, and their crops, with addresses and sizes."""

from collections.abc import Iterable, Mapping

import msgspec
from msgspec.structs import replace

from newsgen.core.errors import Problems
from newsgen.media.assets import Assets
from newsgen.model.manuscripts import ImageField, Manuscript, PartialManuscript
from newsgen.model.pictures import Picture


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


def _find_pictures(
    m: Manuscript | PartialManuscript, image: ImageField, assets: Assets, problems: Problems
) -> Iterable[tuple[Picture | None, str]]:
    """Each picture, None for a missing one, and its source, "" for one of another site."""
    folder = m.path.rpartition("/")[0]
    for named in image.references:
        asset = assets.find(named.text, folder)
        if named.text.startswith(("https://", "http://")):
            yield Picture(named.text, image.alt, image.caption, image.credit), ""
        elif asset is None or asset.flaw:
            problems.extend(assets.find_faults(asset, named.text, folder, named.place(m.source)))
            yield None, ""
        else:
            size = asset.width, asset.height
            yield Picture(asset.url, image.alt, image.caption, image.credit, *size), asset.source
