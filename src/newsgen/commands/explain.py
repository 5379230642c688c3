"""`newsgen explain`: what an output was made from, what it asked, and why the last build made or kept it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from newsgen.build.decisions import digest_inputs
from newsgen.build.memory import LastBuild
from newsgen.build.options import BuildOptions
from newsgen.build.paper_store import load_traces
from newsgen.build.stages import join, plan, read
from newsgen.build.traces import Reason, Trace, Traces, describe_reason
from newsgen.build.workspace import Workspace, run_locked
from newsgen.commands.find_output import Name, find_output
from newsgen.config.defaults import DefaultSource
from newsgen.config.reading import read_config
from newsgen.content.articles import ArticleReader
from newsgen.content.reader import Reading
from newsgen.core.errors import ConfigError, Location, Problem, Problems
from newsgen.core.messages import Message, say
from newsgen.core.queries import QueryTable
from newsgen.core.questions import Question
from newsgen.core.sealed import load
from newsgen.core.urls import to_url
from newsgen.media.cards.style import FOLDER as CARDS
from newsgen.media.lead_images import find_taken_words
from newsgen.media.renditions import FOLDER
from newsgen.publish.publication import find_state_folder
from newsgen.render.theme import PACKAGED
from newsgen.search.record import IndexRecord

EMPTY = Message("")
MATERIALS = ("template", "data")
"""The queries of the files that a page was made from."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A question of a page in words, today's answer, and whether that differs from the one that the page read."""

    question: Question
    asked: Message
    answer: Message
    changed: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is known of one output.

    `source` is the file whose body it shows, or which it is a copy of; `given` are the fields of its front matter that
    come from `defaults` of newsgen.yaml; `templates`, `files` and `data` are what else it was made from. `made` says
    whether the last build made it, `why` gives the reason, `because` the questions whose answers had changed. `coming`
    are the reasons for which the next build would make it again. `shown_by` are the pages that show a copied file.
    `words` are those of the lead picture that the front matter leaves out, each with the file that tells it.
    """

    url: str
    output: str
    source: str
    given: tuple[DefaultSource, ...] = ()
    templates: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    questions: tuple[Answered, ...] = ()
    made: bool = False
    why: Message = EMPTY
    because: tuple[Message, ...] = ()
    coming: tuple[Message, ...] = ()
    shown_by: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)


def explain(site: Path, output: Path, wanted: str, now: datetime) -> Explanation:
    """Explain one page or file of the last build into `output`, absolute; answers are those of `now`.

    `wanted` is a url, a root-relative path, a path in the output or of a source, as typed in the current folder.

    Raises:
        ConfigError: when nothing was built, or nothing of that name; naming the nearest.
        MachineError: when a build that is going on does not end, or the site keeps changing (`moving-sources`).
    """
    config = read_config(site)
    state = find_state_folder(site, output)
    traces, last = load_traces(state), load(LastBuild, state / "last")
    if traces is None or last is None:
        what, fix = say("no build of {name}/ is remembered", name=output.name), say("run `newsgen build` first")
        raise ConfigError(Problem(Location(output.name), "not-built", what, fix))
    copies = {name: _name_copy(Path(copied[0]), site) for name, copied in last.copied.items()}
    index = set((load(IndexRecord, state / "index") or IndexRecord()).list_outputs())
    names = _list_names(traces, dict.fromkeys(index, "") | copies, config.base)
    name = find_output(wanted, names, (site, output), config.url)
    if name in index:
        return Explanation(
            to_url(name, config.base), name, "", why=say("a file in which readers search, made of the stories")
        )
    entry = traces.entries.get(name)
    if entry is None:
        return _explain_copy(name, copies[name], traces, config.base)
    options = BuildOptions(site, output, now, traces.drafts, jobs=1)
    return run_locked(options, lambda workspace: _Explaining(workspace, traces).explain(name), problems=Problems)


def _name_copy(source: Path, site: Path) -> str:
    """The name of a copied file in messages."""
    if source.is_relative_to(site):
        return source.relative_to(site).as_posix()
    return PACKAGED.shown(source) or str(source)


def _list_names(traces: Traces, copies: Mapping[str, str], base: str) -> Iterator[Name]:
    for output, entry in traces.entries.items():
        yield Name(output, to_url(output, base), entry.source)
    for output, source in copies.items():
        yield Name(output, to_url(output, base), source)


def _list_shown(entry: Trace) -> tuple[str, ...]:
    """The sources of the files that a page shows or links to, and of the pictures that it shows in several sizes."""
    return tuple(sorted({*entry.files, *(source for source, _ in entry.pictures)}))


def _explain_copy(output: str, source: str, traces: Traces, base: str) -> Explanation:
    """Explain a copied file: its source, and the pages that show it."""
    asking = {number for number, question in enumerate(traces.questions) if tuple(question) == ("static", output)}
    entries, ask = traces.entries.items(), traces.list_questions
    pages = tuple(
        to_url(o, base) for o, e in entries if source in (e.source, *_list_shown(e)) or not asking.isdisjoint(ask(e))
    )
    why = say("a copy of {source}", source=source)
    if output.startswith(f"{CARDS}/"):
        why = say("a social card, drawn for {source}", source=source)
    elif output.startswith(f"{FOLDER}/"):
        why = say("made of {source}", source=source)
    return Explanation(to_url(output, base), output, source, why=why, shown_by=pages)


@dataclass(frozen=True, slots=True)
class _Explaining:
    """Explains pages of an open site."""

    workspace: Workspace
    traces: Traces

    def explain(self, output: str) -> Explanation:
        """Explain a page. Errors of the site are ignored."""
        entry, content = self.traces.entries[output], read(self.workspace)
        outputs = plan(self.workspace, content, join(self.workspace, content))
        queries = outputs.make_answers().table
        questions = tuple(self._describe(number, queries) for number in self.traces.list_questions(entry))
        made_from = {kind: [q for q in questions if q.question[0] == kind] for kind in MATERIALS}
        return Explanation(
            url=to_url(output, self.workspace.config.base),
            output=output,
            source=entry.source,
            given=_find_defaults(content, entry.source),
            templates=tuple(q.answer for q in made_from["template"]),
            files=_list_shown(entry),
            data=tuple(f"data/{q.question[1]}" for q in made_from["data"]),
            questions=tuple(q for q in questions if q.question[0] not in MATERIALS),
            made=entry.reason is not Reason.KEPT,
            why=describe_reason(entry.reason, self.traces.origin, entry.source),
            because=tuple(queries.describe(self.traces.moved[number]) for number in entry.moved),
            words=find_taken_words(m, content.assets) if (m := content.by_source.get(entry.source)) else {},
            coming=tuple(self._list_reasons(output, digest_inputs(outputs).get(output), questions)),
        )

    def _describe(self, number: int, queries: QueryTable) -> Answered:
        question, earlier = tuple(self.traces.questions[number]), self.traces.answers[number]
        changed = not queries.answer(question, earlier).is_same(earlier)
        return Answered(question, queries.describe(question), queries.describe_answer(question), changed)

    def _list_reasons(self, output: str, input_: str | None, questions: tuple[Answered, ...]) -> Iterator[Message]:
        """Why the next build would make the page again."""
        entry = self.traces.entries[output]
        if self.workspace.epoch != self.traces.epoch:
            yield say("newsgen.yaml, newsgen itself or one of its libraries has changed since")
        if input_ is None:
            yield say("the paper has no such page any more")
        elif input_ != entry.input:
            yield say("{source} has changed since", source=entry.source or say("what it lists"))
        if not self.workspace.publication.live.has(output, entry.digest):
            yield say("its file in the output is missing or was changed by hand")
        for question in questions:
            if question.changed:
                yield say("{question}: the answer has changed since", question=question.asked)


def _find_defaults(reading: Reading, source: str) -> tuple[DefaultSource, ...]:
    """The entries of `defaults` that give fields to a story."""
    if source not in reading.by_source or not reading.config.defaults:
        return ()
    return ArticleReader(reading.site, reading.config, reading.engine).find_default_sources(source)
