"""The entries of live stories as JSON, from which open pages get what is new: no server has to answer them.

`latest.json` is what pages ask for again and again: a version and a count, always as small. Where the version is
another, `entries.json` has the versions of all batches, and `entries-3.json` the entries of one. Entries are numbered
from the oldest, `BATCH` to a batch, so that a new one changes only the last batch. Pages ask for a file of a version
with that behind its address, so that it may be kept for ever.
"""

from collections.abc import Iterator

import msgspec

from newsgen.documents.document import Paper
from newsgen.documents.json_feed import encode_json
from newsgen.documents.queries import DocumentQueries
from newsgen.model.live import BATCH, LiveEntry, divide, place_live_folder, tell_version, tell_versions
from newsgen.model.pages import DocumentOutput
from newsgen.site.dates import format_timestamp

name = "live updates"


class LiveFile(msgspec.Struct, frozen=True):
    """A file of a live story, which ends at `end`, "" for not yet.

    `batch` is its number from 1, 0 for the list of batches, None for the newest version.
    """

    source: str
    end: str
    batch: int | None


def plan(paper: Paper) -> Iterator[DocumentOutput[LiveFile]]:
    """The files of each live story."""
    edition = paper.edition
    for rank in edition.groups.by_feature.get("live", ()):
        article = edition.articles[rank]
        if article.live is None:
            continue
        folder = place_live_folder(f"/{article.output.removesuffix('index.html')}")
        end = format_timestamp(article.live.end) if article.live.end else ""
        batches = -(-article.live.entries // BATCH)
        for batch, file in ((None, "latest"), (0, "entries"), *((n, f"entries-{n}") for n in range(1, batches + 1))):
            link = edition.permalinks.from_root(f"{folder}{file}.json")
            subject = LiveFile(article.source, end, batch)
            yield DocumentOutput(name, link.output, link.url, subject, story=article.source)


def write(output: DocumentOutput[LiveFile], ask: DocumentQueries) -> bytes:
    """One file of a live story."""
    file = output.subject
    entries = ask.body(file.source).entries
    versions = tell_versions(entries)
    whole = {"version": tell_version(versions), "entries": len(entries)}
    if file.batch is None:
        return encode_json({**whole, "ended": file.end or None})
    if file.batch == 0:
        return encode_json({**whole, "batches": versions})
    batches = divide(entries)
    shown = batches[file.batch - 1] if file.batch <= len(batches) else ()
    return encode_json(
        {
            "version": versions[file.batch - 1] if shown else "",
            "entries": [_describe(entry) for entry in shown],
        }
    )


def _describe(entry: LiveEntry) -> dict[str, object]:
    return {
        "number": entry.number,
        "id": entry.id,
        "version": entry.version,
        "time": entry.at,
        "title": entry.title,
        "pinned": entry.is_pinned,
        "key": entry.is_key,
        "html": entry.html,
    }
