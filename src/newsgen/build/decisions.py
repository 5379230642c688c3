"""Which outputs must be made again: the last build's traces compared with today's inputs and answers."""

from collections.abc import Iterator, Mapping

import msgspec
from msgspec.structs import replace

from newsgen.build import traces
from newsgen.build.page_digests import digest_page, digest_story_page
from newsgen.build.paper_store import load_traces
from newsgen.build.plan import SitePlan
from newsgen.build.traces import Origin, Traces, Why
from newsgen.build.workspace import Workspace
from newsgen.core.digests import digest_of
from newsgen.model.pages import Listing, Page
from newsgen.model.stories import Article, Card
from newsgen.plan.story_pages import StoryPages
from newsgen.render.renderer import Answers
from newsgen.site.story_changes import StoryChanges
from newsgen.site.story_digests import PartDigests
from newsgen.site.story_record import StoryRecord


class Decision(msgspec.Struct, frozen=True):
    """The outputs that must be made (`stale`), each with the reason, and what that was decided from.

    `earlier` are the traces of the build before, empty where they are of no use, which `origin` tells; `inputs` has the
    digest of each output's own input, `knowledge` is that of what queries answer from, `epoch` that of programs and
    settings, `changes` are those of each edition's stories.
    """

    earlier: Traces
    origin: Origin
    answers: Answers
    inputs: Mapping[str, str]
    epoch: str
    knowledge: str
    changes: Mapping[str, StoryChanges]
    stale: Mapping[str, Why]

    @property
    def digest(self) -> str:
        """The digest of what all outputs are made from."""
        return digest_plan(self.epoch, self.knowledge, self.inputs)


def decide(workspace: Workspace, outputs: SitePlan) -> Decision:
    """Decide which outputs must be made, and why."""
    with workspace.timed("render"):
        old = None if workspace.options.clean else load_traces(workspace.state)
        origin = traces.find_origin(old, workspace.epoch, clean=workspace.options.clean)
        earlier = old if old is not None and origin is Origin.CONTINUED else Traces()
        changes = {
            code: StoryChanges(earlier.stories.get(code, StoryRecord()), edition)
            for code, edition in outputs.newspaper.editions.items()
        }
        answers, inputs = outputs.make_answers(earlier.knowledge, changes), digest_inputs(outputs)
        stale = traces.decide(earlier, inputs, workspace.publication.has, answers.table.answer)
        return Decision(earlier, origin, answers, inputs, workspace.epoch, outputs.knowledge, changes, stale)


class _PageDigester:
    """Digests pages with all that they are made from; stories, cards, and what many pages have, once for all."""

    def __init__(self, outputs: SitePlan) -> None:
        self._manuscripts, self._leads = outputs.reading.by_source, outputs.reading.files
        self._parts, editions = PartDigests(), outputs.newspaper.editions
        self._stories = {code: edition.digests for code, edition in editions.items()}
        cards = ((edition.groups.cards, edition.digests.of_cards) for edition in editions.values())
        self._cards = {id(card): known for shown, digests in cards for card, known in zip(shown, digests, strict=True)}
        self._around: dict[tuple[str, int], bytes] = {}

    def digest(self, page: Page) -> str:
        """The digest of one page."""
        m, subject = self._manuscripts.get(page.source), page.subject
        text, leads = m.digest if m else None, self._leads.get(page.source)
        if isinstance(subject, Listing):
            cards = list(map(self._cards.get, map(id, subject.cards)))
            if None in cards:
                cards = list(map(self._find_card, subject.cards))
            return digest_of((replace(page, subject=replace(subject, cards=())), cards, (text, leads)))
        return digest_page(page, text, leads)

    def digest_stories(self, pages: StoryPages) -> Iterator[tuple[str, str]]:
        """The outputs of stories' pages, with the digest of each; none of the pages is made."""
        digests, manuscripts, leads = self._stories[pages.frame.code], self._manuscripts, self._leads
        for article, known in zip(pages.articles, digests.of_articles, strict=True):
            text = manuscripts[article.source].digest
            around = self._digest_around(pages, article)
            yield article.output, digest_story_page(known, around, text, leads.get(article.source))

    def _digest_around(self, pages: StoryPages, article: Article) -> bytes:
        """The digest of what a story's page has beside the story: one for all of a section without a picture."""
        if article.image is not None or pages.frame.cards is not None:
            return b"".join(map(self._parts.digest, pages.find_surroundings(article)))
        key = pages.frame.code, id(article.section)
        if key not in self._around:
            self._around[key] = b"".join(map(self._parts.digest, pages.find_surroundings(article)))
        return self._around[key]

    def _find_card(self, card: Card) -> bytes:
        return self._cards.get(id(card)) or self._stories[""].digest_card(card)


def digest_plan(epoch: str, knowledge: str, inputs: Mapping[str, str]) -> str:
    """The digest of what all outputs are made from."""
    return digest_of((epoch, knowledge, list(inputs.items())))


def digest_inputs(outputs: SitePlan) -> dict[str, str]:
    """The digest of each output's own input, by output. Whatever else a document is made from is an answer."""
    digester, inputs = _PageDigester(outputs), dict[str, str]()
    for part in outputs.pages.parts:
        if isinstance(part, StoryPages):
            inputs.update(digester.digest_stories(part))
        else:
            inputs.update((page.output, digester.digest(page)) for page in part)
    inputs.update((document.output, digest_of(document)) for document in outputs.documents)
    return inputs
