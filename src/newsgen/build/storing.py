"""Store the paper that a build published, for a next one in which only the texts of stories change."""

from collections.abc import Iterator, Mapping

import msgspec
from msgspec import structs

from newsgen.build.making import Rendered
from newsgen.build.paper_store import PaperStore, StoredAnswer, StoredBuild, StoredPage
from newsgen.build.plan import SitePlan
from newsgen.build.remembered_paper import SUBJECTS, UNSTORED, can_be_followed, digest_head, encode_page
from newsgen.build.traces import Reason, Traces
from newsgen.build.workspace import Workspace
from newsgen.core.digests import digest_of
from newsgen.core.messages import pack
from newsgen.core.queries import QueryTable
from newsgen.core.questions import IN, Answer
from newsgen.model.pages import Page
from newsgen.plan.story_pages import StoryPages

TEXT_QUERIES = ("manuscript", "places")
"""The queries whose answers depend on the text of a story."""


def store_paper(workspace: Workspace, outputs: SitePlan, rendered: Rendered, build_id: str) -> None:
    """Keep what the next build needs if only texts change: of all outputs, or of those that this build made."""
    old, traces, table = rendered.decision.earlier, rendered.traces, rendered.decision.answers.table
    store = PaperStore(workspace.state, workspace.epoch)
    try:
        known = store.find_build()
        if workspace.problems.errors or not can_be_followed(workspace):
            store.forget()
            return
        goes_on = bool(known.name) and known.name == old.name and known.numbering == traces.numbering
        if not goes_on:
            store.forget()
        sources = {output: source for output, source in _list_sources(outputs) if output in traces.entries}
        readers = _find_readers(outputs, traces)
        before = _find_readers(outputs, old) if goes_on else {}
        stale = [
            output
            for output, source in sources.items()
            if not goes_on
            or output in known.edited
            or traces.entries[output].reason is not Reason.KEPT
            or readers.get(source) != before.get(source)
        ]
        numbers = {number for output in stale for number in traces.list_questions(traces.entries[output])}
        rows = ((sources[output], _store_page(outputs, output, traces, readers)) for output in stale)
        build = StoredBuild(traces.name, build_id, traces.numbering, at=traces.at)
        store.put_canaries(rendered.search.scanner.canaries)
        store.put(build, workspace.survey, rows, _store_answers(table, traces, numbers), sources if goes_on else None)
    finally:
        store.close()


def _list_sources(outputs: SitePlan) -> Iterator[tuple[str, str]]:
    """The output of each page that is kept with its source; none of the pages of stories is made."""
    for part in outputs.pages.parts:
        if isinstance(part, StoryPages):
            yield from ((article.output, article.source) for article in part.articles)
        else:
            yield from ((page.output, page.source) for page in part if page.kind in SUBJECTS and page.source)


def _find_readers(outputs: SitePlan, traces: Traces) -> dict[str, tuple[str, ...]]:
    """The outputs, other than its own page, that asked about the text of a source, by that source."""
    by_path = {m.path: source for source, m in outputs.reading.by_source.items()}
    asking: dict[int, str] = {}
    for number, question in enumerate(traces.questions):
        own = question[2:] if question[0] == IN else question
        if own[0] in TEXT_QUERIES:
            asking[number] = by_path.get(str(own[1]), str(own[1])) if own[0] == "places" else str(own[1])
    found: dict[str, list[str]] = {}
    for output, entry in traces.entries.items() if asking else ():
        for number in traces.list_questions(entry):
            if number in asking:
                found.setdefault(asking[number], []).append(output)
    return {source: tuple(outputs) for source, outputs in found.items()}


def _store_page(outputs: SitePlan, output: str, traces: Traces, readers: Mapping[str, tuple[str, ...]]) -> StoredPage:
    page = outputs.by_output[output]
    assert isinstance(page, Page)  # noqa: S101 - it shows a source
    m, leads = outputs.reading.by_source[page.source], outputs.reading.files.get(page.source)
    own = tuple(readers.get(page.source, ()))
    trace = traces.entries[page.output]
    trace = structs.replace(trace, questions=traces.list_questions(trace), common=0)
    return StoredPage(page.output, encode_page(page), trace, m.digest, digest_head(m), leads, own)


def _store_answers(table: QueryTable, traces: Traces, numbers: set[int]) -> Iterator[tuple[int, StoredAnswer]]:
    """The answers at these positions, with the data of those that several pages ask for."""
    for number in sorted(numbers):
        question, answer = traces.questions[number], traces.answers[number]
        if answer is None:
            answer = Answer("")
        own = question[2:] if question[0] == IN else question
        data = b""
        if not answer.extract and own[0] not in UNSTORED and (found := table.find(question)) is not None:
            data = b"" if digest_of(found[1]) != answer.digest else msgspec.msgpack.encode(found[1], enc_hook=pack)
        yield number, StoredAnswer(question, answer, data)
