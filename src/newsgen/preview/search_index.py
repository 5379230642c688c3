"""The files in which readers search, as the preview has them: of headlines, leads, tags and authors, never of texts.

They are made when a browser asks for the head, of the newest version, and kept for the files that it then asks for.
"""

from threading import Lock

from newsgen.preview.versions import Version
from newsgen.search.head import Names, write_head
from newsgen.search.segments import Entry, Segment
from newsgen.search.shards import FOLDER, compress, find_head
from newsgen.search.terms import list_terms
from newsgen.search.tier_files import IndexFile, make_docs, make_shards, make_spellings, make_table
from newsgen.search.tiers import Part, Tier
from newsgen.site.newspaper import Edition
from newsgen.site.searched_stories import SearchedStories

BYTES = 16
"""About how many bytes a term takes in a segment, of which the number of files follows."""


class SearchIndex:
    """The files of the newest version that a browser asked for."""

    def __init__(self) -> None:
        self._serial, self._files, self._lock = 0, dict[str, bytes](), Lock()

    def find(self, output: str, version: Version) -> bytes | None:
        """The bytes of a file; None where there is no such file."""
        if not output.startswith(f"{FOLDER}/"):
            return None
        with self._lock:
            heads = {find_head(one.config.language): one for one in version.planned.newspaper.editions.values()}
            if (edition := heads.get(output)) is not None and edition.config.search.text != "none":
                if self._serial != version.serial:
                    self._serial, self._files = version.serial, {}
                if output not in self._files:
                    self._files.update(_make_files(edition))
            return self._files.get(output)


def _make_files(edition: Edition) -> dict[str, bytes]:
    """The whole index of an edition, by output."""
    stories, segment = SearchedStories(edition), Segment()
    ranks = range(len(edition.articles) - 1, -1, -1)
    for number, rank in enumerate(ranks):
        segment.add(number, list_terms(stories.make_texts(edition.articles[rank], "")))
    entries: list[Entry] = segment.list_entries()
    tiers, tables, files = [], [], list[IndexFile]()
    spellings = make_spellings(())
    if ranks:
        newest = edition.articles[-1].date
        tier = Tier("m", (Part(newest.year, newest.month, len(ranks), BYTES * len(entries), ""),))
        shards, found = make_shards(tier, [entries])
        docs = list(make_docs(tier, list(stories.make_docs(stories.parts))))
        table = make_table(tier, {shard.number: shard.name for shard in shards}, [doc.name for doc in docs])
        spellings, files = make_spellings(found), [*shards, *docs, table]
        tiers, tables = [tier], [table.name]
    names = Names(stories.list_sections(), stories.list_authors())
    language = edition.config.language
    made = {f"{FOLDER}/{language}/{file.name}": compress(file.plain) for file in (*files, spellings)}
    return {**made, find_head(language): write_head(tiers, tables, spellings.name, names)}
