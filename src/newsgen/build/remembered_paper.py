"""The paper of the last build, as its store has it: planned pages of stories, and answers that render them again.

Nothing is joined: whatever the store does not have ends the way with `NotRemembered`.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any, NoReturn, TypeVar, get_type_hints
from zoneinfo import ZoneInfo

import msgspec
from msgspec import structs
from msgspec.structs import fields, force_setattr

from newsgen.body.link_targets import LinkTargets
from newsgen.build.page_digests import digest_page
from newsgen.build.paper_store import PaperStore, StoredAnswer, StoredPage
from newsgen.build.workspace import Workspace
from newsgen.config.settings import Config
from newsgen.content.data_files import read_data
from newsgen.content.reader import Reading
from newsgen.content.sources import list_data
from newsgen.core.digests import digest_of
from newsgen.core.errors import Problems
from newsgen.core.messages import decode_message
from newsgen.core.queries import Query, QueryTable
from newsgen.core.questions import IN, Answer, OnQuestion, Question, Recorder, ask_in
from newsgen.core.urls import to_output
from newsgen.media.assets import Assets
from newsgen.model.manuscripts import TEXT_FIELDS, Manuscript
from newsgen.model.pages import Page
from newsgen.model.permalinks import Permalinks, StoryLinks
from newsgen.model.pictures import Picture
from newsgen.model.stories import Article, Card, Neighbours, Series, StandingPage
from newsgen.render.context import list_languages, list_urls
from newsgen.render.extensions import NO_EXTENSIONS
from newsgen.render.renderer import Answers
from newsgen.render.templates import Renderer, Shared
from newsgen.render.theme import StaticFiles
from newsgen.site.newspaper import Edition
from newsgen.site.queries import QUERIES, News

UNSTORED = frozenset({"template", "data", "data_names"})
"""The queries whose answers are not kept: they are found again from the files themselves."""

SUBJECTS: Mapping[str, type[Article] | type[StandingPage]] = {"article": Article, "page": StandingPage}
"""What is the subject of the pages that are kept, by their kind."""

Value = TypeVar("Value")


def can_be_followed(workspace: Workspace) -> bool:
    """Whether the next build of this site may be one of texts alone."""
    return not (workspace.plugins.loaded or workspace.config.machines.manifest)


def digest_head(m: Manuscript) -> str:
    """The digest of a manuscript but for what depends on its text, and on urls.lock."""
    blank = dict.fromkeys(TEXT_FIELDS, "")
    return digest_of(structs.replace(m, **blank, slug="" if m.former_slug else m.slug))


class NotRemembered(Exception):
    """The store does not have what a page needs, so that the whole paper has to be joined."""


class Unknown(Mapping[str, Any]):
    """Stands for a mapping of the whole paper, of which nothing is known."""

    def __getitem__(self, key: str) -> NoReturn:
        raise NotRemembered(key)

    def __iter__(self) -> Iterator[str]:
        raise NotRemembered

    def __len__(self) -> int:
        raise NotRemembered


class RememberedPaper:
    """Reads a store: pages as they were planned, and the answers of those that are taken in hand."""

    def __init__(self, store: PaperStore, config: Config) -> None:
        self.store, self.config = store, config
        self._stored: dict[Question, StoredAnswer] = {}
        self._numbers: dict[Question, int] = {}
        self._found: dict[Question, Any] = {}

    def read_plan(self, stored: StoredPage) -> Page:
        """The page as it was planned.

        Raises:
            NotRemembered: when the plan is not the one that its trace was made from.
        """
        page = decode_page(stored.plan, self.config.zone)
        if digest_page(page, stored.digest, stored.leads) != stored.trace.input:
            raise NotRemembered(stored.output)
        return page

    def take(self, stored: StoredPage) -> None:
        """Load the answers to the questions that a page asked.

        Raises:
            NotRemembered: when one is missing.
        """
        for number in stored.trace.questions:
            answer = self.store.find_answer(number)
            if answer is None:
                raise NotRemembered(stored.output)
            self._stored[answer.question] = answer
            self._numbers[answer.question] = number

    def find_number(self, question: Question) -> int:
        """The position of a question in the traces."""
        return self._numbers[question]

    def find_answer(self, question: Question) -> Answer:
        """The digest of the answer to a question.

        Raises:
            NotRemembered: when no page at hand has asked it.
        """
        stored = self._stored.get(question)
        if stored is None:
            raise NotRemembered(question)
        return stored.answer

    def find_value(self, query: Query, question: Question) -> Any:  # noqa: ANN401 - each query has its own answer
        """The answer to a question.

        Raises:
            NotRemembered: when it is not kept, or is not the one that was given.
        """
        if question not in self._found:
            answer, stored = self.find_answer(question), self._stored[question]
            value = self._make_again(query, answer.extract) if answer.extract else self._decode(query, stored.data)
            if digest_of(value) != answer.digest:
                raise NotRemembered(question)
            self._found[question] = value
        return self._found[question]

    def find_logo(self) -> Picture | None:
        """The publisher's logo, if a page at hand asked for it."""
        question = ("logo",)
        return self.find_value(News.queries["logo"], question) if question in self._stored else None

    def _decode(self, query: Query, data: bytes) -> Any:  # noqa: ANN401 - each query has its own answer
        if not data:
            raise NotRemembered(query.name)
        try:
            value = msgspec.msgpack.decode(data, type=find_type(query), dec_hook=decode_message)
        except (msgspec.MsgspecError, TypeError):
            raise NotRemembered(query.name) from None
        return restore_zone(value, self.config.zone)

    def _make_again(self, query: Query, extract: bytes) -> Any:  # noqa: ANN401 - each query has its own answer
        """The answer of which an extract was kept: addresses stand for the cards of stories."""
        kind, kept = find_type(query), msgspec.msgpack.decode(extract)
        if kind == tuple[Card, ...]:
            return tuple(map(self._find_card, kept))
        if kind is Neighbours:
            return Neighbours(*(url and self._find_card(url) for url in kept))
        if kind == Series | None:
            if not kept:
                return None
            name, part, total, urls = kept
            return Series(name, part, total, tuple(map(self._find_card, urls)))
        raise NotRemembered(query.name)

    def _find_card(self, url: str) -> Card:
        output = to_output(url.removeprefix(self.config.base))
        stored = self.store.find_output(output) or self.store.find_output(f"{output}/index.html")
        page = self.read_plan(stored) if stored is not None else None
        if page is None or not isinstance(page.subject, Article) or page.url != url:
            raise NotRemembered(url)
        return page.subject.card


class RememberedTable(QueryTable):
    """The answers of a remembered paper in place of those of today."""

    def __init__(self, paper: RememberedPaper) -> None:
        super().__init__({})
        self._paper = paper

    def answer(self, question: Question, earlier: Answer | None = None) -> Answer:  # noqa: ARG002
        """The answer of the last build."""
        return self._paper.find_answer(question)


class RememberedNews(News):
    """The queries of one edition, whose answers are those of the last build."""

    def __init__(self, edition: Edition, code: str, paper: RememberedPaper, on_question: OnQuestion) -> None:
        super().__init__(edition, ask_in(code, on_question))
        self._code, self._paper = code, paper

    def _answer(self, query: Query, question: Question, _arguments: tuple[Any, ...]) -> Any:  # noqa: ANN401
        asked = (IN, self._code, *question) if self._code else question
        return self._paper.find_value(query, asked)


class RememberedTargets(LinkTargets):
    """The targets of links, which are those of the last build."""

    paper: RememberedPaper

    def _answer(self, query: Query, question: Question, _arguments: tuple[Any, ...]) -> Any:  # noqa: ANN401
        return self.paper.find_value(query, question)


class RememberedFiles(StaticFiles):
    """The digests of static files, which are those of the last build."""

    def __init__(self, paper: RememberedPaper, on_question: OnQuestion) -> None:
        super().__init__({}, on_question)
        self._paper = paper

    def _answer(self, query: Query, question: Question, _arguments: tuple[Any, ...]) -> Any:  # noqa: ANN401
        return self._paper.find_value(query, question)


def make_answers(reading: Reading, paper: RememberedPaper, recorder: Recorder) -> Answers:
    """What answers the questions of renders of one remembered paper."""
    config, ask = reading.config, recorder.ask
    targets = RememberedTargets(Unknown(), Assets(reading.site, Unknown(), config.base), _refuse, ask, None, _refuse)
    targets.paper = paper
    links, data = StoryLinks(config).editions, read_data(reading.site, list_data(reading.site, Problems()), Problems())
    languages, files = list_languages(links), RememberedFiles(paper, ask)
    templates = {}
    for code, own in links.items():
        news = RememberedNews(_make_edition(own, paper), code, paper, ask)
        shared = Shared(news, data, files, ask, QUERIES)
        templates[code] = Renderer(reading.site, own.config, list_urls(own), shared, languages)
    return Answers(RememberedTable(paper), targets, NO_EXTENSIONS, {}, templates)


def _refuse(address: str) -> NoReturn:
    """Stands for what knows every address of the paper."""
    raise NotRemembered(address)


def _make_edition(links: Permalinks, paper: RememberedPaper) -> Edition:
    """An edition without its stories; only the settings, addresses and logo of it are asked for."""
    nothing: Any = Unknown()
    return Edition(
        config=links.config,
        permalinks=links,
        articles=(),
        pages=(),
        sections=nothing,
        taxonomies=nothing,
        terms=nothing,
        authors=nothing,
        chosen=nothing,
        logo=paper.find_logo(),
        favicon="",
        unlisted=(),
        notices=(),
        banner=None,
        picks=(),
        intros=nothing,
        kept=nothing,
    )


@cache
def find_type(query: Query) -> Any:  # noqa: ANN401 - what msgspec takes as a type
    """The type of a query's answers."""
    return get_type_hints(query.answer)["return"]


def encode_page(page: Page) -> bytes:
    """A planned page as bytes, in which mappings keep their order."""
    return msgspec.msgpack.encode(page)


_PLAIN = msgspec.defstruct(
    "_PLAIN", [(one.name, msgspec.Raw if one.name == "subject" else one.type) for one in fields(Page)]
)


def decode_page(data: bytes, zone: ZoneInfo) -> Page:
    """The page that `encode_page` encoded, with its moments in this zone.

    Raises:
        NotRemembered: when the bytes are no page of a story.
    """
    try:
        plain: Any = msgspec.msgpack.decode(data, type=_PLAIN)
        subject = msgspec.msgpack.decode(plain.subject, type=SUBJECTS[plain.kind])
    except (msgspec.MsgspecError, KeyError):
        raise NotRemembered from None
    values = {name: getattr(plain, name) for name in Page.__struct_fields__}
    page = Page(**{**values, "subject": subject})
    return restore_zone(page, zone)


def restore_zone(value: Value, zone: ZoneInfo) -> Value:
    """A value that was decoded just now with all its moments in a zone, which their bytes do not hold."""
    restored: Any = value
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            old = getattr(value, name)
            new = restore_zone(old, zone)
            if new is not old:
                force_setattr(value, name, new)
    elif isinstance(value, datetime):
        restored = value.astimezone(zone) if value.tzinfo is not None else value
    elif isinstance(value, list | tuple):
        new_items = [restore_zone(item, zone) for item in value]
        if any(new is not old for new, old in zip(new_items, value, strict=True)):
            restored = type(value)(new_items) if type(value) in (list, tuple) else type(value)(*new_items)
    elif isinstance(value, dict):
        restored = {key: restore_zone(item, zone) for key, item in value.items()}
    return restored  # type: ignore[no-any-return]
