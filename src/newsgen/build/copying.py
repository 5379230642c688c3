"""Copy static files, those beside the content that a public page shows, and social cards into the staged tree."""

import time
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from newsgen.build.leak_search import LeakSearch
from newsgen.build.memory import CopyRecord
from newsgen.build.plan import SitePlan
from newsgen.build.workspace import Workspace
from newsgen.core.digests import hash_bytes
from newsgen.core.errors import Problem, SourceMoved
from newsgen.core.messages import say
from newsgen.core.opening import read_inside
from newsgen.core.stamps import Stamp, encode_if_settled, read_stamp
from newsgen.core.urls import as_output
from newsgen.media.cards.recipe import CardDrawing
from newsgen.media.cards.style import SocialCard
from newsgen.media.cleaning.fault import PictureFault
from newsgen.media.originals import is_picture
from newsgen.media.picture_store import Made, PictureStore
from newsgen.media.pictures import digest_picture, examine_picture
from newsgen.media.recipes import Recipe, Resizing, choose_recipe, list_problems
from newsgen.media.renditions import Rendition, ShownCrop, ShownPicture, name_crop
from newsgen.media.scripts import is_drawing
from newsgen.render.scanning import Found, has_no_text, text_of
from newsgen.workers.pool import ordered_map

SHARE = 8
"""Pictures and cards that a worker takes at a time; of photos to convert it takes one."""

UNKNOWN = CopyRecord("", "", "")
CRASHED = say("the work on it crashed its process, or takes more than 512 MB of memory")


@dataclass(frozen=True, slots=True)
class FileToCopy:
    """One file that is published at `output`. `source` is its name in messages; without a `path` it is made of nothing.

    `recipe` says what is made of its bytes, None for nothing; `digest` is theirs where the output is named by it.
    `known` is what is remembered of it, if a tree has what would be made, else None.
    """

    output: str
    path: Path | None
    source: str
    recipe: Recipe | None
    stamp: str
    known: CopyRecord | None
    digest: str = ""


@dataclass(frozen=True, slots=True)
class CopiedFile:
    """One file that is copied. `source` is its name in messages; `found` is None where it was not searched.

    `written` is the stamp of a file that was written into the staged tree; `is_new` says that it was made by a costly
    recipe just now. Of one that cannot be published there are only the `problems`.
    """

    output: str
    record: CopyRecord
    source: str
    found: Found | None = None
    written: Stamp | None = None
    problems: tuple[Problem, ...] = ()
    is_new: bool = False

    @property
    def digest(self) -> str:
        """The digest of its bytes."""
        return self.record.digest


@dataclass(frozen=True, slots=True)
class Copier:
    """Copies files into the staged tree, without private data of pictures; searches their bytes and names for leaks."""

    workspace: Workspace
    outputs: SitePlan
    search: LeakSearch

    def copy_all(
        self, shown: Collection[str], pictures: Collection[ShownPicture], crops: Collection[ShownCrop] = ()
    ) -> Iterator[CopiedFile]:
        """Copy every file of static/ and of the theme, and those beside the content that pages show or link to.

        Of `pictures` all renditions are made; one that has none is copied as those `shown` are. Of parts of pictures
        only those `crops` are made.
        """
        reading = self.outputs.reading
        site, assets = reading.site, reading.sources.assets
        renditions, whole = self._find_renditions(pictures)
        shown = whole.union(shown).difference(reading.assets.barred)
        beside = {output: site / source for output, source in assets.items() if source in shown}
        renditions += self._find_crops(crops)
        looked = shown.union(one.source for one in renditions)
        self.workspace.problems.extend(self._find_scripts(source for source in assets.values() if source in looked))
        files = [self._look(output, path) for output, path in {**self.outputs.sources, **beside}.items()]
        files += [*renditions, *(self._look_at_card(card, source) for card, source in self.outputs.cards.values())]
        made = self._make_pictures([one for one in files if one.known is None and _takes_long(one)])
        told = {problem.what for problem in self.workspace.problems.found if problem.rule == "not-a-picture"}
        for one in files:
            copied = made.get(one.output) or self._copy(one)
            if copied.problems:
                flaw = examine_picture(site, one.source).flaw if told else None
                if flaw is None or flaw.what not in told:  # else a story tells the same
                    self.workspace.problems.extend(copied.problems)
                continue
            if copied.written is not None:
                self.workspace.publication.staged.take(one.output, copied.digest, copied.written)
            yield copied

    def _find_renditions(self, pictures: Collection[ShownPicture]) -> tuple[list[FileToCopy], set[str]]:
        """The renditions of pictures that pages show, and the sources of pictures that have none."""
        assets = self.outputs.reading.assets
        outputs = {source: output for output, source in assets.files.items()} if pictures else {}
        found: dict[str, FileToCopy] = {}
        whole: set[str] = set()
        for source, role in sorted(pictures):
            if source in assets.barred:
                continue
            asset = assets.find_output(outputs[source]) if source in outputs else None
            planned = list(assets.renditions.list_published(asset.file, role)) if asset and asset.file else []
            if not planned or asset is None or asset.motion == "kept":
                whole.add(source)
            for one in planned:
                found.setdefault(one.output, self._look_at(one, source, asset.digest if asset else ""))
        return list(found.values()), whole

    def _find_crops(self, crops: Collection[ShownCrop]) -> list[FileToCopy]:
        """The renditions of parts of pictures that pages show."""
        assets = self.outputs.reading.assets
        found: dict[str, FileToCopy] = {}
        for shown in sorted(crops, key=lambda one: (one.output, name_crop(one.crop), one.form, one.width)):
            asset = assets.find_output(shown.output)
            made = assets.renditions.find_crop(asset.file, shown) if asset is not None and asset.file else None
            if asset is not None and made is not None:
                found[made.output] = self._look_at(made, asset.source, asset.digest)
        return list(found.values())

    def _look_at(self, rendition: Rendition, source: str, digest: str) -> FileToCopy:
        """A rendition: its name tells whether it is that of the last build."""
        path, recipe = self.outputs.reading.site / source, rendition.recipe
        known = self.workspace.last.copied.get(rendition.output, UNKNOWN)
        is_same = known.path == str(path) and known.recipe == recipe.key
        is_there = is_same and self.workspace.publication.has(rendition.output, known.digest)
        return FileToCopy(rendition.output, path, source, recipe, "", known if is_there else None, digest)

    def _look(self, output: str, path: Path) -> FileToCopy:
        site, known = self.outputs.reading.site, self.workspace.last.copied.get(output, UNKNOWN)
        is_of_site = path.is_relative_to(site) and self.outputs.theme.root(path) is None
        source = str(path.relative_to(site)) if is_of_site else f"theme/static/{output}"
        recipe = choose_recipe(self.workspace.config.pictures, source) if is_of_site else None
        stamp = encode_if_settled(read_stamp(str(path)), time.time_ns())
        is_same = stamp and known[:2] == (str(path), stamp) and known.recipe == (recipe.key if recipe else "")
        is_there = is_same and self.workspace.publication.has(output, known.digest)
        return FileToCopy(output, path, source, recipe, stamp, known if is_there else None)

    def _look_at_card(self, card: SocialCard, source: str) -> FileToCopy:
        """A card as a file to copy: it is made of the story's lead picture, or of nothing but its texts."""
        reading, known = self.outputs.reading, self.workspace.last.copied.get(card.output, UNKNOWN)
        assert reading.cards is not None  # noqa: S101 - without it there are no cards
        recipe = CardDrawing(card, reading.cards, self.workspace.config.pictures.max_megapixels)
        is_there = known.recipe == recipe.key and self.workspace.publication.has(card.output, known.digest)
        path, source = (reading.site / card.picture.source, card.picture.source) if card.picture else (None, source)
        return FileToCopy(card.output, path, source, recipe, "", known if is_there else None)

    def _make_pictures(self, files: list[FileToCopy]) -> dict[str, CopiedFile]:
        """Have workers copy pictures; each by its output. What is made of one picture is made together."""
        jobs, progress = self.workspace.options.processes, self.workspace.progress
        costly: dict[Path, list[FileToCopy]] = {}
        cheap: list[list[FileToCopy]] = []
        for one in files:
            if one.path and one.recipe and one.recipe.is_costly:
                costly.setdefault(one.path, []).append(one)
            else:
                cheap.append([one])
        works = [*_split_works(costly.values())]
        made: dict[str, CopiedFile] = {}
        count = sum(map(len, works))
        for copies in ordered_map(self._copy_together, works, jobs, share=1, lost=_lose):
            made.update((copied.output, copied) for copied in copies)
            progress("pictures", len(made), count)
        for copies in ordered_map(self._copy_together, cheap, jobs, share=SHARE, lost=_lose):
            made.update((copied.output, copied) for copied in copies)
        return made

    def _copy(self, one: FileToCopy) -> CopiedFile:
        """Copy one file unless a tree has it."""
        if one.known is None:
            return self._copy_together([one])[0]
        return CopiedFile(one.output, one.known, one.source, self._search(one, None))

    def _copy_together(self, files: list[FileToCopy]) -> list[CopiedFile]:
        """Copy what is made of one file, in any process: the build takes note of what was written.

        Raises:
            SourceMoved: when it is not the file after which the outputs are named.
        """
        first = files[0]
        raw = self._read(first.path) if first.path else b""
        if first.digest and first.digest != digest_picture(raw):
            self.outputs.reading.assets.examiner.forget()
            raise SourceMoved(first.source)
        recipes = [one.recipe for one in files if one.recipe]
        if not recipes:
            return [self._write(first, Made(raw, "", is_new=False))]
        copied: list[CopiedFile] = []
        try:
            for one, made in zip(files, self._store.make_all(recipes, first.source, raw), strict=True):
                copied.append(self._write(one, made))
        except PictureFault as fault:
            copied += [_make_refused(one, fault) for one in files[len(copied) :]]
        return copied

    def _write(self, one: FileToCopy, made: Made) -> CopiedFile:
        """Write a file into the staged tree, unless a tree has it."""
        digest, recipe = hash_bytes(made.data), one.recipe.key if one.recipe else ""
        path, written = str(one.path or self.outputs.reading.site / one.source), None
        record = CopyRecord(path, one.stamp, digest, recipe, made.key)
        if not self.workspace.publication.has(one.output, digest):
            written = self.workspace.publication.staged.write_bytes(as_output(one.output), made.data)
        found = self._search(one, made.data)
        return CopiedFile(one.output, record, one.source, found, written, is_new=made.is_new)

    def _search(self, one: FileToCopy, data: bytes | None) -> Found | None:
        """What a search finds in a file; `data` is None where the file is that of the last build."""
        if not self.search.scanner.canaries:
            return None
        if data is not None:
            return self.search.new(one.output, text_of(one.output, data))
        if one.known is None or not self.search.must_read(one.output):
            return None
        published = (
            b"" if has_no_text(one.output) else self.workspace.publication.read_made(one.output, one.known.digest)
        )
        return self.search.again(one.output, text_of(one.output, published))

    def _find_scripts(self, sources: Iterable[str]) -> Iterator[Problem]:
        """A problem for each part of a file beside the content that would run code, unless its folder is trusted."""
        reading = self.outputs.reading
        for source in filter(reading.must_examine, sources):
            yield from reading.running_parts(source, read_inside(reading.site, reading.site / source))

    def _read(self, path: Path) -> bytes:
        return read_inside(self.outputs.theme.root(path) or self.outputs.reading.site, path)

    @property
    def _store(self) -> PictureStore:
        return PictureStore(self.outputs.reading.site)


def _takes_long(one: FileToCopy) -> bool:
    """Whether workers make it: a picture, a drawing or a card, which may take time or memory."""
    return one.recipe is not None and (one.recipe.is_costly or is_picture(one.source) or is_drawing(one.source))


def _make_refused(one: FileToCopy, fault: PictureFault) -> CopiedFile:
    """A file that cannot be published."""
    return CopiedFile(one.output, UNKNOWN, one.source, problems=list_problems(one.recipe, one.source, fault))


def _lose(files: list[FileToCopy]) -> list[CopiedFile]:
    return [_make_refused(one, PictureFault(CRASHED)) for one in files]


def _split_works(groups: Iterable[list[FileToCopy]]) -> Iterator[list[FileToCopy]]:
    """What is made of one file, by what can be made together: what is resized.

    A photo is converted by itself, and so is an animation in each format, which takes much of the time of a worker.
    """
    for files in groups:
        if resized := [one for one in files if isinstance(one.recipe, Resizing)]:
            yield resized
        yield from ([one] for one in files if not isinstance(one.recipe, Resizing))
