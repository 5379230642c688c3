"""The index after an edit of texts alone: their segments and tiers are made anew from what is remembered of others.

It is byte for byte what `build.indexing` makes of all stories. What is not plain ends with `NotRemembered`.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

import msgspec
from msgspec import structs

from newsgen.body.searched_text import extract_searched_text
from newsgen.build.index_leaks import has_run
from newsgen.build.indexing import SEGMENTS, join_basis
from newsgen.build.remembered_paper import NotRemembered
from newsgen.build.workspace import Workspace
from newsgen.core.digests import hash_bytes
from newsgen.model.stories import Article
from newsgen.render.scanning import Canary
from newsgen.search.head import Names, write_head
from newsgen.search.reader import read_tiers
from newsgen.search.record import IndexRecord, KeptTier
from newsgen.search.segments import (
    GROUPS,
    Segment,
    SegmentStory,
    name_segment,
    read_groups,
    read_stories,
    write_segment,
)
from newsgen.search.shards import compress, find_head, find_index_folder
from newsgen.search.terms import StoryTexts, list_terms
from newsgen.search.tier_files import IndexFile, Spelling, make_shards, make_table
from newsgen.search.tiers import Part, Tier, divide, list_jobs
from newsgen.site.searched_stories import join_lead

EVERY_GROUP = range(GROUPS)


class EditedText(msgspec.Struct, frozen=True):
    """A story whose text changed: its new HTML, and the digest of this; `language` is that of its edition."""

    article: Article
    language: str
    html: str
    digest: str


class IndexChange(msgspec.Struct, frozen=True):
    """How an edit changes the index: new files by output, outputs that go, and what is remembered afterwards."""

    files: dict[str, bytes]
    gone: set[str]
    record: IndexRecord

    def digest_files(self) -> dict[str, str]:
        """The digests of the new files by output."""
        return {output: hash_bytes(data) for output, data in self.files.items()}


def change_index(workspace: Workspace, edits: Sequence[EditedText], canaries: Sequence[Canary]) -> IndexChange:
    """How these edits change the index.

    Raises:
        NotRemembered: when something of the last build is missing, or a hidden story may be shown.
    """
    change = IndexChange({}, set(), workspace.last_index)
    for language in dict.fromkeys(edit.language for edit in edits):
        editor = _IndexEditor(workspace, language, canaries)
        own = editor.change([edit for edit in edits if edit.language == language])
        change = IndexChange(change.files | own.files, change.gone | own.gone, change.record.join(own.record))
    return change


class _IndexEditor:
    """Changes the index of one edition."""

    def __init__(self, workspace: Workspace, language: str, canaries: Sequence[Canary]) -> None:
        self.workspace, self.language, self.canaries = workspace, language, canaries
        self.segments: Path = workspace.state / SEGMENTS
        self.folder, self.last = find_index_folder(language), workspace.last_index
        self.files: dict[str, bytes] = {}

    def change(self, edits: Sequence[EditedText]) -> IndexChange:
        """The new files of the edition, and its record."""
        parts = self.last.parts.get(self.language, [])
        by_part: dict[Part, dict[int, EditedText]] = {}
        for edit in edits:
            part, number = self._find_story(parts, edit.article)
            by_part.setdefault(part, {})[number] = edit
        changed = [self._change_part(part, by_part[part]) if part in by_part else part for part in parts]
        tiers = {f"{self.language}/{tier.name}": tier for tier in divide(changed)}
        kept = {key: self._change_tier(key, tier) for key, tier in tiers.items()}
        head = self._write_head(list(tiers.values()), kept)
        self._check_leaks(head, kept)
        files = {output: made for tier in kept.values() for output, made in tier.files.items()}
        before = [tier for key, tier in self.last.tiers.items() if key in kept]
        gone = {output for tier in before for output in tier.files if output not in files}
        record = IndexRecord({self.language: changed}, kept, {find_head(self.language): hash_bytes(head)})
        return IndexChange(self.files, gone, record)

    def _find_story(self, parts: Sequence[Part], article: Article) -> tuple[Part, int]:
        """The part that has a story, and the story's number in it."""
        date = article.date
        for part in parts:
            if part.year == date.year and part.month in (0, date.month):
                for number, story in enumerate(read_stories(self.segments / part.segment)):
                    if story.output == article.output:
                        return part, number
        raise NotRemembered(article.source)

    def _change_part(self, part: Part, edits: Mapping[int, EditedText]) -> Part:
        """Write the segment of a part with the edited stories."""
        path = self.segments / part.segment
        stories, entries = read_stories(path), read_groups(path, EVERY_GROUP)
        if entries is None or len(stories) != part.stories:
            raise NotRemembered(part.segment)
        segment = Segment(entries)
        for number, edit in edits.items():
            title, lead = edit.article.title, join_lead(edit.article)
            terms = list_terms(StoryTexts(title, lead, extract_searched_text(edit.html)))
            segment.replace_text(number, terms.text)
            stories[number] = SegmentStory(stories[number].output, stories[number].head, edit.digest)
        basis = join_basis(self.workspace.epoch, self.language, has_texts=True)
        name = name_segment(basis, (part.year, part.month, part.number), stories)
        data = segment.encode(stories)
        write_segment(self.segments / name, data)
        return structs.replace(part, segment=name, size=len(data))

    def _change_tier(self, key: str, tier: Tier) -> KeptTier:
        """The tier as it is, or with new shards and the files of stories that it had."""
        before = self.last.tiers.get(key)
        if before is None:
            raise NotRemembered(key)
        if before.key == tier.key:
            return before
        shards: dict[int, str] = {}
        files: dict[str, str] = {}
        for made, _ in self._make_shards(tier):
            for file in made:
                shards[file.number] = file.name
                self._add(file, files)
        beginning = f"{self.folder}{tier.name}d"
        docs = {output: made for output, made in before.files.items() if output.startswith(beginning)}
        names = [output.removeprefix(self.folder) for output in docs]
        names.sort(key=lambda name: int(name.partition(".")[0].removeprefix(f"{tier.name}d"), 16))
        table = make_table(tier, shards, names)
        self._add(table, files)
        return KeptTier(tier.key, files | docs, table.name, before.spellings)

    def _make_shards(self, tier: Tier) -> Iterator[tuple[list[IndexFile], list[Spelling]]]:
        for groups in list_jobs(tier):
            entries = [read_groups(self.segments / part.segment, groups) for part in tier.parts]
            yield make_shards(tier, [found if found is not None else _refuse(tier.key) for found in entries])

    def _add(self, file: IndexFile, files: dict[str, str]) -> None:
        output, data = f"{self.folder}{file.name}", compress(file.plain)
        files[output] = hash_bytes(data)
        self.files[output] = data

    def _write_head(self, tiers: Sequence[Tier], kept: Mapping[str, KeptTier]) -> bytes:
        """The head with the new tables; names and spellings are those of the last build."""
        output = find_head(self.language)
        if output not in self.last.files:
            raise NotRemembered(output)
        before = msgspec.json.decode(self.workspace.publication.read_made(output, self.last.files[output]))
        names = Names(before["sections"], before["authors"])
        head = write_head(tiers, [tier.table for tier in kept.values()], before["spellings"], names)
        self.files[output] = head
        return head

    def _check_leaks(self, head: bytes, kept: Mapping[str, KeptTier]) -> None:
        """Leave it to the search of all outputs where words of a hidden story may be in a shard."""
        digests = {output: made for tier in kept.values() for output, made in tier.files.items()}

        def read(name: str) -> bytes:
            output = f"{self.folder}{name}"
            return self.files.get(output) or self.workspace.publication.read_made(output, digests[output])

        if any(has_run(tier, canary) for tier in read_tiers(head, read) for canary in self.canaries):
            raise NotRemembered(self.language)


def _refuse(what: str) -> NoReturn:
    raise NotRemembered(what)
