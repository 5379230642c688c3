"""A build in which only the texts of stories changed: their pages are rendered from the remembered paper.

The pages, answers and warnings of the last build hold for all others. Whatever is not plain, such as another headline,
a file that came or went, a fault, words of a hidden story, or a question that was not asked before, ends this way with
`NotRemembered`, and the whole paper is read and joined. Both ways give the same output and the same report.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial

import msgspec
from msgspec import structs

from newsgen.build.address_book import AddressBook
from newsgen.build.changes import Changes
from newsgen.build.index_edits import EditedText, IndexChange, change_index
from newsgen.build.indexing import tidy_segments
from newsgen.build.leak_search import NONE, LeakSearch, read_typed
from newsgen.build.page_digests import digest_page
from newsgen.build.page_maker import PageMaker, RenderedOutput, describe_crash
from newsgen.build.paper_store import PaperStore, StoredPage, list_stale
from newsgen.build.remembered_paper import (
    NotRemembered,
    RememberedPaper,
    can_be_followed,
    digest_head,
    make_answers,
)
from newsgen.build.traces import Reason, Trace, Traces
from newsgen.build.workspace import Workspace
from newsgen.content.address_file import has_address_file, read_address_file
from newsgen.content.read_cache import encode_manuscript
from newsgen.content.reader import Reading, SiteReader
from newsgen.content.sources import Sources
from newsgen.core.errors import Problem, Problems, SourceMoved
from newsgen.core.questions import Recorder
from newsgen.core.sealed import save
from newsgen.core.urls import as_output
from newsgen.media.assets import Assets
from newsgen.model.content import Content
from newsgen.model.manuscripts import Manuscript
from newsgen.model.pages import Page, PlannedOutput
from newsgen.model.reports import BuildReport
from newsgen.model.stories import Article
from newsgen.render.renderer import PageDrawer
from newsgen.render.scanning import Found, Scanner
from newsgen.site.redirects import RedirectTable

MOST = 50
"""With more edited stories than these, joining the paper costs less than what it saves."""

OF_ADDRESSES = ("silent-change", "empty-update")
"""The rules of warnings that a comparison with urls.lock gives."""


class EditedStory(msgspec.Struct, frozen=True):
    """A story whose text changed: its manuscript now, its page, and what is stored of the page."""

    manuscript: Manuscript
    page: Page
    stored: StoredPage

    @property
    def input(self) -> str:
        """The digest of the page's own input now."""
        return digest_page(self.page, self.manuscript.digest, self.stored.leads)


class TextEdits(msgspec.Struct, frozen=True):
    """All stories whose texts changed, the paper of the last build, and a reading that knows no other stories."""

    stories: Sequence[EditedStory]
    paper: RememberedPaper
    reading: Reading


def follow_text_edits(workspace: Workspace) -> BuildReport | None:
    """Build a site in which only texts of stories changed since the last build; None where more has changed.

    Raises:
        SourceMoved: when the site was changed since it was opened.
    """
    if workspace.options.profile or not can_be_followed(workspace) or not workspace.is_last_at_hand():
        return None
    store = PaperStore(workspace.state, workspace.epoch)
    try:
        edits = _find_edits(workspace, store)
        made = _render(workspace, edits)
        warnings = _list_warnings(workspace, edits, made)
        index = _change_index(workspace, edits, made)
    except (NotRemembered, LookupError):
        return None
    else:
        return _publish(workspace, edits, made, warnings, index)
    finally:
        store.close()


def _find_edits(workspace: Workspace, store: PaperStore) -> TextEdits:
    """The stories that are not those of the last build.

    Raises:
        NotRemembered, LookupError: when more than texts has changed.
    """
    build = store.find_build()
    if not build.name or build.build_id != workspace.last.build_id:
        raise NotRemembered
    stale = list(list_stale(workspace.survey, store.find_folders()))
    if len(stale) > MOST:
        raise NotRemembered
    paper, stories = RememberedPaper(store, workspace.config), []
    reader = SiteReader(workspace.options.site, workspace.config, Sources((), {}, {}, ()))
    for source in stale:
        stored = store.find_page(source)
        now, faults = reader.read(source, workspace.cache.find_by_digest)
        if stored is None or now is None or faults or digest_head(now) != stored.head:
            raise NotRemembered(source)
        if now.digest != stored.digest:
            if stored.readers:
                raise NotRemembered(source)
            paper.take(stored)
            stories.append(EditedStory(now, paper.read_plan(stored), stored))
    return TextEdits(stories, paper, _make_reading(workspace, reader, stories))


def _make_reading(workspace: Workspace, reader: SiteReader, stories: Sequence[EditedStory]) -> Reading:
    """A reading of the edited stories alone."""
    site, config, problems = workspace.options.site, workspace.config, Problems()
    published = read_address_file(site, problems) if has_address_file(site) else {}
    if problems.found:
        raise NotRemembered
    return Reading(
        site,
        config,
        Content(manuscripts=(), people={}, pictures={}, data={}, published=published),
        reader.sources,
        Assets(site, {}, config.base, config.missing_level),
        reader.engine,
        {one.manuscript.source: one.stored.leads for one in stories if one.stored.leads is not None},
        None,
        {one.manuscript.source: one.manuscript for one in stories},
    )


def _render(workspace: Workspace, edits: TextEdits) -> list[RenderedOutput]:
    """Render the pages of the edited stories; nothing is written yet.

    Raises:
        NotRemembered: when a page cannot be made, or shows other files or asks other questions than before.
    """
    with workspace.timed("render"):
        recorder, pages = Recorder(), [one.page for one in edits.stories]
        drawer = PageDrawer(
            edits.reading, make_answers(edits.reading, edits.paper, recorder), recorder, workspace.cache
        )
        searched = {one.page.tree for one in edits.stories if one.stored.trace.text}
        maker = PageMaker(drawer, _make_search(workspace, edits.paper.store), None, searched)
        workspace.progress("render", 0, len(pages))
        made = []
        with workspace.workers() as pool:
            for number, one in enumerate(pool.map(maker, pages, describe_crash), 1):
                workspace.progress("render", number, len(pages))
                made.append(one)
        for story, one in zip(edits.stories, made, strict=True):
            found = Found(files=workspace.last.named.get(one.output, NONE))
            trace = story.stored.trace
            is_same = set(one.files) == set(trace.files) and set(one.pictures) == set(trace.pictures)
            if one.faults or one.found != found or not is_same or set(one.crops) != set(trace.crops):
                raise NotRemembered(one.output)
        return made


def _make_search(workspace: Workspace, store: PaperStore) -> LeakSearch:
    """The search for words of hidden stories, for which no published story is an excuse.

    Raises:
        NotRemembered: when a story excuses words of a hidden one, or the words are not known.
    """
    last, canaries = workspace.last, store.find_canaries()
    if last.excused or {canary.key for canary in canaries} != set(last.canaries):
        raise NotRemembered
    return LeakSearch(Scanner(canaries, partial(read_typed, workspace.options.site), (), workspace.config.base), last)


def _list_warnings(workspace: Workspace, edits: TextEdits, made: Sequence[RenderedOutput]) -> list[Problem]:
    """The warnings of the whole paper now.

    Raises:
        NotRemembered: when there is an error among them.
    """
    of_page = {warning for one in edits.stories for warning in one.stored.trace.warnings}
    sources = {one.manuscript.source for one in edits.stories}
    if any(warning.location.path not in sources for warning in of_page):
        raise NotRemembered
    problems = Problems(workspace.config.rules)
    for one in made:
        problems.extend(one.warnings)
    if workspace.options.addresses != "read":
        problems.extend(_make_book(edits).check_changes())
    if problems.errors:
        raise NotRemembered
    kept = [
        warning
        for warning in workspace.last.warnings
        if warning not in of_page and not (warning.rule in OF_ADDRESSES and warning.location.path in sources)
    ]
    return sorted({*kept, *problems.warnings})


def _make_book(edits: TextEdits) -> AddressBook:
    return AddressBook(edits.reading, [one.page for one in edits.stories], RedirectTable())


def _change_index(workspace: Workspace, edits: TextEdits, made: Sequence[RenderedOutput]) -> IndexChange | None:
    """How the edits change what readers search; None where they do not."""
    both = [(edit, one) for edit, one in zip(edits.stories, made, strict=True) if one.text != edit.stored.trace.text]
    if not both:
        return None
    with workspace.timed("render"):
        recorder, editions = Recorder(), workspace.config.editions
        answers = make_answers(edits.reading, edits.paper, recorder)
        drawer = PageDrawer(edits.reading, answers, recorder, workspace.cache)
        changed = []
        for edit, one in both:
            article, language = edit.page.subject, editions[edit.page.tree].language
            if isinstance(article, Article):
                changed.append(EditedText(article, language, drawer.draw_text(article.source), one.text))
        return change_index(workspace, changed, edits.paper.store.find_canaries())


def _publish(
    workspace: Workspace,
    edits: TextEdits,
    made: Sequence[RenderedOutput],
    warnings: list[Problem],
    index: IndexChange | None,
) -> BuildReport:
    """Publish the pages, and bring what is remembered up to date."""
    if workspace.has_moved():
        raise SourceMoved("")
    report, publication = workspace.report, workspace.publication
    report.pages, report.files, report.stories = workspace.last.numbers
    report.made, report.kept, report.warnings = len(made), report.pages - len(made), warnings
    traces = {
        story.stored.output: _trace(story, one, edits.paper) for story, one in zip(edits.stories, made, strict=True)
    }
    with workspace.timed("publish"):
        workspace.progress("publish", 0, 1)
        if made:
            target = {output: trace.digest for output, trace in traces.items()}
            target |= index.digest_files() if index is not None else {}
            before = publication.find_published([*target, *(index.gone if index is not None else ())])
            _write(workspace, edits, made, index)
            old = Traces(entries={one.stored.output: one.stored.trace for one in edits.stories})
            pages: dict[str, PlannedOutput] = {one.page.output: one.page for one in edits.stories}
            changes = Changes(workspace.config.base, RedirectTable(), pages, old, Traces(entries=traces))
            report.addresses = changes.find(before, target)
        if made and workspace.options.addresses == "keep":
            report.warnings = sorted({*warnings, *_make_book(edits).keep()})
    with suppress(OSError, KeyboardInterrupt, TypeError, ValueError, OverflowError):
        workspace.cache.put_bodies([one.body for one in made if one.body is not None])
        _remember(workspace, edits, traces, index)
    return report


def _write(workspace: Workspace, edits: TextEdits, made: Sequence[RenderedOutput], index: IndexChange | None) -> None:
    """Write the pages, and the files of the index, into the staged tree, and make it the output."""
    publication = workspace.publication
    gone = index.gone if index is not None else set[str]()
    publication.clear_gone(gone)
    target = index.digest_files() if index is not None else {}
    for output, data in index.files.items() if index is not None else ():
        if not publication.has(output, target[output]):
            publication.staged.write(as_output(output), data, target[output])
    for story, one in zip(edits.stories, made, strict=True):
        target[one.output] = one.digest
        if one.data is not None and not publication.has(one.output, one.digest):
            publication.staged.write(story.page.output, one.data, one.digest)
    workspace.report.changed, workspace.report.removed = publication.commit_change(target, gone)


def _trace(story: EditedStory, made: RenderedOutput, paper: RememberedPaper) -> Trace:
    return structs.replace(
        story.stored.trace,
        input=story.input,
        questions=tuple(map(paper.find_number, made.questions)),
        digest=made.digest,
        files=made.files,
        pictures=made.pictures,
        crops=made.crops,
        text=made.text,
        warnings=made.warnings,
        reason=Reason.OWN_INPUT,
        moved=(),
    )


def _remember(workspace: Workspace, edits: TextEdits, traces: Mapping[str, Trace], index: IndexChange | None) -> None:
    """Save hints for the next build."""
    store, at = edits.paper.store, workspace.options.now.isoformat()
    build, build_id = store.find_build(), workspace.publication.read_build_id()
    stamp = workspace.survey.stamp_story
    manuscripts = [one.manuscript for one in edits.stories]
    workspace.cache.put([(m, encode_manuscript(m), stamp(m.source)) for m in manuscripts])
    pages = [
        (
            one.manuscript.source,
            structs.replace(one.stored, trace=traces[one.stored.output], digest=one.manuscript.digest),
        )
        for one in edits.stories
    ]
    edited = tuple(sorted({*build.edited, *traces}))
    build = structs.replace(build, build_id=build_id, later=True, edited=edited, made=tuple(traces), at=at)
    store.put(build, workspace.survey, pages)
    last = structs.replace(
        workspace.last,
        inputs=workspace.inputs(),
        build_id=build_id,
        warnings=tuple(workspace.report.warnings),
        at=at,
    )
    if index is not None:
        save(index.record, workspace.state / "index")
        tidy_segments(workspace.state, workspace.last_index, index.record)
    save(last, workspace.state / "last")
