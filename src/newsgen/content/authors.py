"""data/authors/<id>.yaml → authors. Each problem has its line and column."""

from pathlib import Path

import msgspec

from newsgen.core.errors import Location, Problems
from newsgen.core.messages import say
from newsgen.core.schema import Filled, Schema
from newsgen.core.text import is_slug, squeeze
from newsgen.core.yaml_recovery import read_file
from newsgen.core.yaml_tree import Node, follow
from newsgen.media.assets import Assets
from newsgen.model.pictures import Picture
from newsgen.model.taxonomy import Author

FOLDER = "data/authors/"
WEB = ("https://", "http://")


class AuthorFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The fields of an author's file."""

    name: Filled
    role: str = ""
    bio: str = ""
    photo: str = ""
    same_as: tuple[str, ...] = ()


SCHEMA = Schema(AuthorFile, say("an author's file"))


def read_people(
    site: Path, data: tuple[str, ...], assets: Assets, problems: Problems, folder: str = FOLDER
) -> dict[str, Author]:
    """The authors of a folder by id, which is the file's name. Their urls are empty until the site is joined."""
    people = {}
    for source in data:
        if source.startswith(folder) and source.endswith(".yaml"):
            author = _read(site, source, source.removeprefix(folder).removesuffix(".yaml"), assets, problems)
            if author is not None:
                people[author.id] = author
    return people


def _read(site: Path, source: str, name: str, assets: Assets, problems: Problems) -> Author | None:
    file = read_file(site, source, problems)
    if file is None:
        return None
    if not is_slug(name):
        fix = say("name the file by the author's id, such as `first-last.yaml`")
        problems.add(Location(source), "bad-slug", say("“{name}” cannot be an author's id", name=name), fix)
        return None
    tree = file.tree
    fields = SCHEMA.read(tree, source, problems)
    sound = fields or AuthorFile(**{"name": "?", **SCHEMA.sound_fields(tree)})
    for number, address in enumerate(sound.same_as):
        if not address.startswith(WEB):
            what = say("`same_as` is not a web address: “{address}”", address=address)
            place = _locate(tree, source, "same_as", number)
            problems.add(place, "bad-value", what, say("write `https://…`"))
    photo = _find_photo(sound, _locate(tree, source, "photo"), assets, problems)
    if fields is None or not file.is_whole:
        return None
    return Author(name, squeeze(fields.name), "", squeeze(fields.role), squeeze(fields.bio), photo, fields.same_as)


def _locate(tree: Node | None, source: str, *keys: str | int) -> Location:
    node = follow(tree, keys)
    return Location(source, node.line, node.column) if node is not None else Location(source)


def _find_photo(fields: AuthorFile, place: Location, assets: Assets, problems: Problems) -> Picture | None:
    if not fields.photo or fields.photo.startswith(WEB):
        return Picture(fields.photo, fields.name) if fields.photo else None
    asset = assets.find(fields.photo, "")
    problems.extend(assets.find_faults(asset, fields.photo, "", place))
    if asset is None or asset.flaw:
        return None
    return Picture(asset.url, fields.name, width=asset.width, height=asset.height)
