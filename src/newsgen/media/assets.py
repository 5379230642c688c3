"""Pictures and other files that stories show or link to: where they are, and the sizes of pictures."""

import posixpath
import re
from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from itertools import chain
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from newsgen.config.attachments import Attachments
from newsgen.config.pictures import Pictures
from newsgen.core.errors import Level, Location, Problem
from newsgen.core.filenames import find_nearest_file
from newsgen.core.messages import Message, say
from newsgen.core.site_files import CONTENT, STATIC
from newsgen.core.text import nfc
from newsgen.core.urls import as_output, to_url
from newsgen.media.attachments import describe_attachment
from newsgen.media.examined import PictureExaminer
from newsgen.media.photos import locate_output, name_published
from newsgen.media.picture_words import choose_words
from newsgen.media.renditions import CROP, FOLDER, ROLES, Rendition, Renditions, find_stem, read_crop
from newsgen.media.sidecars import list_barred
from newsgen.model.attachments import Attachment, name_kind
from newsgen.model.pictures import Asset, Flaw, Focus, Picture, PictureWords, Sidecar

DEFAULT = Pictures()
_RENDITION = re.compile(rf"{FOLDER}/(?:(?P<stem>.+)\.)?\d+\.[0-9a-f]+\.\w+")
_CROP = re.compile(rf"(?:(?P<stem>.+)\.)?(?P<crop>{CROP.pattern})")
_LOCAL = re.compile(r"(?:[a-z]|file):", re.IGNORECASE)
_CURLY = "“”„«»‘’ "
_CAPTION = re.compile(r"(.+?)\s+[“„«‘](.*)[”“»’]")
"""A path and a caption in curly quotes, which Markdown takes as part of the path."""


class Assets:
    """The files that content may refer to: `files` are their sources by output.

    `missing_level` is the level of a problem with one that is absent; `pictures` are the settings of pictures.
    `sidecars` are by the sources of their pictures, `barred` those of pictures that must not be published. `refused`
    are the paths of files and folders that are there and cannot be used: whoever found them has told why.
    `attachments` are the settings of tables.
    """

    def __init__(
        self,
        site: Path,
        files: Mapping[str, str],
        base: str,
        missing_level: Level = "error",
        pictures: Pictures = DEFAULT,
    ) -> None:
        self.site, self.files, self.base, self.missing_level, self.pictures = site, files, base, missing_level, pictures
        self.examiner, self.renditions = PictureExaminer(site, pictures.max_megapixels), Renditions(pictures)
        self.sidecars: Mapping[str, Sidecar] = {}
        self.barred: Mapping[str, Sidecar] = {}
        self.refused: AbstractSet[str] = frozenset()
        self.attachments = Attachments()

    def at(self, now: datetime, sidecars: Mapping[str, Sidecar]) -> "Assets":
        """The same files with these sidecars, as they may be shown at a moment."""
        assets = Assets(self.site, self.files, self.base, self.missing_level, self.pictures)
        assets.sidecars, assets.barred = sidecars, list_barred(sidecars, now)
        assets.examiner, assets.refused, assets.attachments = self.examiner, self.refused, self.attachments
        return assets

    def reuse(self, before: "Assets", touched: Collection[str]) -> None:
        """Reuse what an earlier reading of the site found in files, except in `touched` sources."""
        self.examiner.reuse(before.examiner, touched)

    def find(self, written: str, folder: str) -> Asset | None:
        """The file that `written` refers to from a source in `folder` (relative to content/), if there is one.

        "/a.jpg" starts at the site's root (static/ or content/), anything else at the source's folder.
        """
        output = locate(written, folder)
        return self.find_output(output) if output is not None else None

    def find_output(self, output: str) -> Asset | None:
        """The file that is published at `output`, if there is one."""
        source = self.files.get(output)
        if source is None:
            return None
        found = to_url(output, self.base), as_output(output)
        if (sidecar := self.barred.get(source)) is not None:
            return Asset(source, *found, flaw=_describe_bar(posixpath.basename(source), sidecar))
        info = self.examiner.examine(source)
        return Asset(source, *found, info.width, info.height, info.flaw, info.digest, info.motion)

    def has(self, source: str) -> bool:
        """Whether there is such a file."""
        return self.files.get(locate_output(source)) == source

    def is_refused(self, written: str, folder: str) -> bool:
        """Whether `written` refers to a file, or to one in a folder, that is there and cannot be used."""
        path = _locate_file(written, folder) if self.refused else None
        return path is not None and not self.refused.isdisjoint((path, *map(str, PurePosixPath(path).parents)))

    def find_words(self, source: str, language: str) -> PictureWords:
        """What the sidecar of a picture and the picture itself tell to a story in a language."""
        return choose_words(self.sidecars.get(source), self.examiner.read_words(source), source, language)

    def describe_attachment(self, source: str) -> Attachment:
        """What a story shows of a file that is no picture."""
        facts, sidecar = self.examiner.examine_attachment(source), self.sidecars.get(source)
        return describe_attachment(source, facts, sidecar, self.attachments)

    def find_focus(self, source: str) -> Focus | None:
        """What must be seen of a picture where it is cut, as its sidecar says."""
        sidecar = self.sidecars.get(source)
        return sidecar.focus if sidecar is not None else None

    def show(self, asset: Asset) -> Picture:
        """A file as pages show it: in a middle width, or as it is where it has no renditions."""
        return self.renditions.show(asset, self.base)

    def find_rendition(self, output: str) -> tuple[str, Rendition] | None:
        """The source of a picture and its rendition that is published at `output`, if there is one."""
        if (named := _RENDITION.fullmatch(output)) is None:
            return None
        stem, part = named["stem"], _CROP.fullmatch(named["stem"] or "")
        crop = read_crop(part["crop"]) if part is not None else None
        stems = {stem, *((part["stem"],) if part is not None else ())}
        same = [one for one in self.files if None in stems or find_stem(one) in stems]
        for asset in filter(None, map(self.find_output, same)):
            if (file := asset.file) is None:
                continue
            planned = chain(*(self.renditions.list_published(file, role) for role in ROLES))
            planned = chain(planned, self.renditions.list_crop(file, crop) if crop is not None else ())
            if (one := next((one for one in planned if one.output == output), None)) is not None:
                return asset.source, one
        return None

    def suggest(self, written: str, folder: str) -> Message:
        """The fix for a missing file: the nearest existing name, or where to put the file."""
        if (quoted := _CAPTION.fullmatch(written)) and self.find(quoted[1], folder):
            return say("write `{name}` with straight quotes", name=f'{quoted[1]} "{quoted[2]}"')
        for meant in (written.strip(_CURLY), _escape(written)):
            if meant != written and self.find(meant, folder):
                return say("did you mean `{name}`?", name=meant)
        output = locate(written, folder)
        if output is None:
            return say("keep to files inside the site")
        directory, name = posixpath.split(output)
        beside = [posixpath.basename(f) for f in self.files if posixpath.dirname(f) == directory]
        if (close := find_nearest_file(name, beside)) is not None:
            head, slash, _ = written.partition("?")[0].rpartition("/")
            return say("did you mean `{name}`?", name=f"{head}{slash}{close}")
        return say("put the file at {path}", path=f"{'static' if written.startswith('/') else 'content'}/{output}")

    def _find_folder(self, written: str, folder: str) -> str:
        """The folder that has the name of a missing picture; "" for none. A site that is being moved has many."""
        path = _locate_file(written, folder) if self.missing_level == "error" else None
        places = [f"{root}/{path}" for root in (CONTENT, STATIC)] if path and Path(path).suffix else []
        return next((place for place in places if (self.site / place).is_dir()), "")

    def find_faults(self, asset: Asset | None, written: str, folder: str, place: Location) -> list[Problem]:
        """Why the file that `written` refers to at `place` cannot be shown; none where it can."""
        if asset is None and self.is_refused(written, folder):
            return []
        noun = name_kind(written)
        if asset is None and (source := self._find_folder(written, folder)):
            what = say("this is a folder, and stories show a {noun} of this name", noun=noun)
            fix = say("rename it, and put the {noun} in its place", noun=noun)
            return [Problem(Location(source), "not-a-picture", what, fix)]
        if asset is None and (name := get_local_name(written)):
            what = say(
                "the {noun} “{name}” lies on your own computer, where no reader can see it", noun=noun, name=written
            )
            return [Problem(place, "missing-image", what, self.suggest_copy(name, folder), self.missing_level)]
        if asset is None:
            what = say("there is no {noun} “{name}”", noun=noun, name=written)
            return [Problem(place, "missing-image", what, self.suggest(written, folder), self.missing_level)]
        if (flaw := asset.flaw) is None or flaw.bar == "licence":
            return []
        if flaw.bar:
            return [Problem(place, "no-consent", flaw.what, flaw.fix, "warning")]
        return [Problem(place, "not-a-picture", flaw.what, flaw.fix)]

    def suggest_copy(self, name: str, folder: str) -> Message:
        """The fix for a path on an editor's own computer; `name` is that of its file."""
        if self.find(name, folder) is not None:
            return say("write `{name}`", name=name)
        return say("copy it to content/{path} and write `{name}`", path=posixpath.join(folder, name), name=name)


def _escape(name: str) -> str:
    """The name of a file as an address, in which `%` and `#` mean something else."""
    return name.replace("%", "%25").replace("#", "%23")


def _describe_bar(name: str, sidecar: Sidecar) -> Flaw:
    """Why nobody may see a file; of a licence that has ended nobody is told."""
    noun = name_kind(name)
    if sidecar.has_consent:
        what = say("the licence of the {noun} “{name}” has ended", noun=noun, name=name)
        return Flaw(what, say("show another {noun}", noun=noun), "licence")
    what = say("the {noun} “{name}” is not published, since its sidecar says `consent: false`", noun=noun, name=name)
    return Flaw(what, say("show another {noun}, or none", noun=noun), "consent")


def get_local_name(written: str) -> str:
    r"""The name of the file at a path of one computer (`C:\Anh\cho.jpg`, `file:///…`), "" for any other path."""
    return re.split(r"[\\/:]", unquote(written))[-1] if _LOCAL.match(written) else ""


def locate(written: str, folder: str) -> str | None:
    """The output path of a relative or root-relative address of a file; None when it leaves the site."""
    path = _locate_file(written, folder)
    return name_published(path) if path is not None else None


def _locate_file(written: str, folder: str) -> str | None:
    """The same for the file itself, which a photo that is converted is not."""
    path = nfc(unquote(written.partition("?")[0].partition("#")[0]))
    joined = posixpath.normpath(path.lstrip("/") if path.startswith("/") else posixpath.join(folder, path))
    if joined == ".." or joined.startswith("../") or "\\" in joined or "\0" in joined:
        return None
    return joined
