"""Index: the files in which readers search, made of the stories and their bodies when these are rendered.

Segments are kept in the state folder: only those in which a story changed are made anew, and only the tiers in which
they are. The files are a function of the stories alone.
"""

import errno
import heapq
import os
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import NoReturn

import msgspec
from msgspec import structs

from newsgen.body.searched_text import extract_searched_text
from newsgen.build.index_leaks import find_runs
from newsgen.build.leak_search import LeakSearch
from newsgen.build.making import Rendered
from newsgen.build.plan import SitePlan
from newsgen.build.workspace import Workspace
from newsgen.core.digests import hash_bytes
from newsgen.core.stamps import Stamp
from newsgen.core.urls import as_output
from newsgen.publish.publication import Publication
from newsgen.render.renderer import PageDrawer
from newsgen.render.scanning import Found
from newsgen.search.head import Names, write_head
from newsgen.search.reader import read_tiers
from newsgen.search.record import IndexRecord, KeptTier
from newsgen.search.segments import Entry, Segment, name_segment, read_groups, write_segment
from newsgen.search.shards import compress, find_head, find_index_folder
from newsgen.search.terms import Terms, list_terms
from newsgen.search.tier_files import (
    MOST_SPELLINGS,
    IndexFile,
    Spelling,
    make_docs,
    make_shards,
    make_spellings,
    make_table,
)
from newsgen.search.tiers import Part, Tier, divide, list_jobs
from newsgen.site.searched_stories import SearchedStories, StoryPart
from newsgen.workers.pool import ordered_map

SEGMENTS = "segments"
"""The folder of segments in the state folder."""

DOCUMENTS = range(0)
"""Stands for the groups of a tier where its stories are meant."""


def index(workspace: Workspace, outputs: SitePlan, rendered: Rendered) -> None:
    """Make the index of each edition, into the staged tree; what is remembered of it goes to `rendered.index`."""
    if workspace.problems.errors:  # nothing will be published
        return
    with workspace.timed("render"):
        drawer = PageDrawer(outputs.reading, rendered.decision.answers, outputs.recorder, workspace.cache)
        maker = _IndexMaker(workspace, rendered, drawer)
        for edition in outputs.newspaper.editions.values():
            if edition.config.search.text != "none":
                rendered.index = rendered.index.join(maker.make(SearchedStories(edition)))
    tidy_segments(workspace.state, workspace.last_index, rendered.index)


def tidy_segments(state: Path, before: IndexRecord, now: IndexRecord) -> None:
    """Remove the segments of which nothing is made any more."""
    for name in before.segments.keys() - now.segments.keys():
        with suppress(OSError):
            (state / SEGMENTS / name).unlink()


def join_basis(epoch: str, language: str, *, has_texts: bool) -> str:
    """What all segments of an edition are made of beside its stories."""
    return f"{epoch} {language} {has_texts}"


class _MadeFile(msgspec.Struct, frozen=True):
    """A file of the index that was made: its output, the digest of its bytes, its stamp if it was written."""

    output: str
    digest: str
    stamp: Stamp | None
    found: Found


class _MadePart(msgspec.Struct, frozen=True):
    """Some files of a tier, their numbers by name, and spellings of their terms."""

    files: list[_MadeFile]
    numbers: dict[str, int]
    spellings: list[Spelling]


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes files of one index into the staged tree, in any process, and searches them for leaks."""

    publication: Publication
    search: LeakSearch
    folder: str

    def write(self, file: IndexFile) -> _MadeFile:
        """Write a file unless a tree has it."""
        return self.write_at(f"{self.folder}{file.name}", compress(file.plain), file.plain if file.is_text else b"")

    def write_at(self, output: str, data: bytes, text: bytes) -> _MadeFile:
        """Write a file that has this text."""
        made, stamp = hash_bytes(data), None
        if not self.publication.has(output, made):
            stamp = self.publication.staged.write_bytes(as_output(output), data)
        return _MadeFile(output, made, stamp, self.search.new(output, text) if text else Found())


@dataclass(frozen=True, slots=True)
class _SegmentJob:
    """Makes the segment of some stories in any process, and gives its size."""

    folder: Path
    stories: SearchedStories
    drawer: PageDrawer
    texts: Mapping[str, str]

    def __call__(self, named: tuple[str, StoryPart]) -> int:
        name, part = named
        segment = Segment()
        for number, rank in enumerate(part.ranks):
            segment.add(number, _list_own_terms(self.stories, self.drawer, rank))
        data = segment.encode(self.stories.list_part(part, self.texts))
        write_segment(self.folder / name, data)
        return len(data)


def _list_own_terms(stories: SearchedStories, drawer: PageDrawer, rank: int) -> Terms:
    """The terms of a story, by its rank."""
    article, text = stories.edition.articles[rank], ""
    if stories.has_texts:
        text = extract_searched_text(drawer.draw_text(article.source))
    return list_terms(stories.make_texts(article, text))


@dataclass(frozen=True, slots=True)
class _TierJob:
    """Makes files of a tier in any process: the shards of some groups, or for DOCUMENTS the files of its stories.

    It gives None where a segment cannot be read.
    """

    writer: _Writer
    segments: Path
    stories: SearchedStories
    tier: Tier
    parts: Sequence[StoryPart]

    def __call__(self, groups: range) -> _MadePart | None:
        if not groups:
            return self._write(make_docs(self.tier, list(self.stories.make_docs(self.parts))), [])
        entries: list[list[Entry]] = []
        for part in self.tier.parts:
            found = read_groups(self.segments / part.segment, groups)
            if found is None:
                return None
            entries.append(found)
        return self._write(*make_shards(self.tier, entries))

    def _write(self, files: Iterable[IndexFile], spellings: list[Spelling]) -> _MadePart:
        made, numbers = [], {}
        for file in files:
            made.append(self.writer.write(file))
            numbers[file.name] = file.number
        return _MadePart(made, numbers, spellings)


class _IndexMaker:
    """Makes indexes, with what is left of those of the last build."""

    def __init__(self, workspace: Workspace, rendered: Rendered, drawer: PageDrawer) -> None:
        self.workspace, self.rendered, self.drawer = workspace, rendered, drawer
        self.last, self.segments = workspace.last_index, workspace.state / SEGMENTS

    def make(self, stories: SearchedStories) -> IndexRecord:
        """Make the index of one edition."""
        language = stories.edition.config.language
        named = self._name_parts(stories)
        sizes = self._make_segments(stories, named)
        all_parts = [Part(one.year, one.month, len(one.ranks), sizes[n], n, one.number) for n, one in named.items()]
        tiers, parts, kept = divide(all_parts), iter(named.items()), dict[str, KeptTier]()
        writer = self._open_writer(language)
        for tier in tiers:
            own = dict([next(parts) for _ in tier.parts])
            key = f"{language}/{tier.name}"
            kept[key] = self._find_tier(key, tier) or self._make_tier(writer, stories, tier, own)
        spellings = make_spellings(chain.from_iterable(tier.spellings for tier in kept.values()))
        names = Names(stories.list_sections(), stories.list_authors())
        head = write_head(tiers, [tier.table for tier in kept.values()], spellings.name, names)
        made = [writer.write(spellings), writer.write_at(find_head(language), head, head)]
        self._search_shards(stories, head, kept, chain.from_iterable(one.ranks for one in named.values()))
        return IndexRecord({language: all_parts}, kept, self._take(made))

    def _open_writer(self, language: str) -> _Writer:
        return _Writer(self.workspace.publication, self.rendered.search, find_index_folder(language))

    def _name_parts(self, stories: SearchedStories) -> dict[str, StoryPart]:
        """The names of the segments of all parts, newest first: digests of what they are made of."""
        basis = join_basis(self.workspace.epoch, stories.edition.config.language, has_texts=stories.has_texts)
        texts = self.rendered.texts
        return {name_segment(basis, part[:3], stories.list_part(part, texts)): part for part in stories.parts}

    def _make_segments(
        self, stories: SearchedStories, named: dict[str, StoryPart], *, anew: bool = False
    ) -> dict[str, int]:
        """The sizes of segments by name; those that are not there are made, or all `anew`."""
        known = {} if anew else self.last.segments
        new = [one for one in named.items() if one[0] not in known or not (self.segments / one[0]).is_file()]
        self.segments.mkdir(exist_ok=True)
        job = _SegmentJob(self.segments, stories, self.drawer, self.rendered.texts)
        made = ordered_map(job, new, self.workspace.options.processes, share=1)
        sizes = dict(zip((name for name, _ in new), made, strict=True))
        return {name: sizes[name] if name in sizes else known[name] for name in named}

    def _find_tier(self, key: str, tier: Tier) -> KeptTier | None:
        """A tier of the last build that is the same, if all its files are still there."""
        kept, has = self.last.tiers.get(key), self.workspace.publication.has
        if kept is None or kept.key != tier.key or not all(has(*file) for file in kept.files.items()):
            return None
        self.rendered.target.update(kept.files)
        self._search_kept(kept, f"{tier.name}d")
        return kept

    def _make_tier(
        self, writer: _Writer, stories: SearchedStories, tier: Tier, named: dict[str, StoryPart]
    ) -> KeptTier:
        job = _TierJob(writer, self.segments, stories, tier, list(named.values()))
        items, jobs = [DOCUMENTS, *list_jobs(tier)], self.workspace.options.processes
        made = list(ordered_map(job, items, jobs, share=1))
        if None in made:  # a segment was damaged
            self._make_segments(stories, named, anew=True)
            made = list(ordered_map(job, items, jobs, share=1))
        docs, *shards = [part if part is not None else self._refuse() for part in made]
        table = make_table(tier, {n: name for part in shards for name, n in part.numbers.items()}, docs.numbers)
        files = self._take([*chain.from_iterable(part.files for part in (docs, *shards)), writer.write(table)])
        spellings = heapq.nlargest(MOST_SPELLINGS, chain.from_iterable(part.spellings for part in shards))
        return KeptTier(tier.key, files, table.name, spellings)

    def _refuse(self) -> NoReturn:
        """Tell that what was written a moment ago cannot be read."""
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(self.segments))

    def _search_kept(self, tier: KeptTier, beginning: str) -> None:
        """Search files of stories that are kept, whose names begin so, for stories that have become hidden since."""
        search = self.rendered.search
        for output in tier.files if search.scanner.canaries else ():
            if output.rpartition("/")[2].startswith(beginning):
                found = Found(files=search.named(output))
                if search.must_read(output):
                    found = search.again(output, zlib.decompress(self.workspace.publication.read(output)))
                if found != Found():
                    self.rendered.found[output] = found, ""

    def _search_shards(
        self, stories: SearchedStories, head: bytes, tiers: Mapping[str, KeptTier], ranks: Iterator[int]
    ) -> None:
        """Search the shards; `ranks` are those of all stories, newest first."""
        search, folder = self.rendered.search, find_index_folder(stories.edition.config.language)
        if not search.scanner.canaries:
            return
        read = self.workspace.publication.read_made
        digests = {output: made for tier in tiers.values() for output, made in tier.files.items()}
        readers = read_tiers(head, lambda name: read(f"{folder}{name}", digests[f"{folder}{name}"]))
        for reader, (key, tier) in zip(readers, tiers.items(), strict=True):
            own = list(islice(ranks, reader.stories))
            canaries = search.newly_hidden if tier is self.last.tiers.get(key) else search.scanner.canaries

            def list_own(number: int, own: Sequence[int] = own) -> Terms:
                return _list_own_terms(stories, self.drawer, own[number])

            for name, canary in find_runs(reader, canaries, list_own):
                output = f"{folder}{name}"
                before = self.rendered.found.get(output, (Found(), ""))[0]
                self.rendered.found[output] = structs.replace(before, leaks=(*before.leaks, canary)), ""

    def _take(self, made: Iterable[_MadeFile]) -> dict[str, str]:
        """Add files that were made; their digests by output."""
        files = {}
        for one in made:
            if one.stamp is not None:
                self.workspace.publication.staged.take(one.output, one.digest, one.stamp)
            if one.found != Found():
                self.rendered.found[one.output] = one.found, ""
            files[one.output] = self.rendered.target[one.output] = one.digest
        return files
