"""Which outputs must be made again: the last build's ledger held to what they would be made from today."""

from collections.abc import Mapping
from dataclasses import dataclass

from msgspec.structs import replace

from newsgen.build import traces
from newsgen.build.plan import Planned
from newsgen.build.traces import Ledger, Origin, Why
from newsgen.build.workspace import Workspace
from newsgen.core.digests import digest_of
from newsgen.model.pages import Listing, Page
from newsgen.model.stories import Card
from newsgen.render.renderer import Answers


@dataclass(frozen=True, slots=True)
class Decision:
    """What must be made (`stale`), each output with the reason, and what that was decided by.

    `known` is the ledger of the build before, empty where it is of no use, which `origin` says; `own` the digest of
    each output's own input; `knowledge` that of all that queries answer from;
    `epoch` that of programs and settings.
    """

    known: Ledger
    origin: Origin
    answers: Answers
    own: Mapping[str, str]
    epoch: str
    knowledge: str
    stale: Mapping[str, Why]

    @property
    def digest(self) -> str:
        """The digest of what all outputs are made from."""
        return plan_digest(self.epoch, self.knowledge, self.own)


def decide(workspace: Workspace, outputs: Planned) -> Decision:
    """Decide which outputs must be made, and why."""
    with workspace.timed("render"):
        old = workspace.recall(Ledger, "ledger")
        origin = traces.origin(old, workspace.epoch, clean=workspace.options.clean)
        known = old if old is not None and origin is Origin.CONTINUED else Ledger()
        answers, own = outputs.answers(known.knowledge), own_digests(outputs)
        stale = traces.decide(known, own, workspace.publication.has, answers.table.answer)
        return Decision(known, origin, answers, own, workspace.epoch, outputs.knowledge, stale)


def plan_digest(epoch: str, knowledge: str, own: Mapping[str, str]) -> str:
    """The digest of what all outputs are made from."""
    return digest_of((epoch, knowledge, list(own.items())))


def own_digests(outputs: Planned) -> dict[str, str]:
    """The digest of each output's own input, by output. What else a document is made from, it asks for."""
    digests = {source: m.digest for source, m in outputs.reading.by_source.items()}
    leads, of = outputs.reading.files, PageDigests().of
    own: dict[str, str] = {p.output: of(p, digests.get(p.source), leads.get(p.source)) for p in outputs.pages}
    own.update((one.output, digest_of(one)) for one in outputs.documents)
    return own


class PageDigests:
    """Digests of pages and of what else they are made from. A card stands in many lists, and is digested once."""

    def __init__(self) -> None:
        self._cards: dict[int, tuple[Card, str]] = {}

    def of(self, page: Page, *made_from: object) -> str:
        """The digest of one page with what it is made from."""
        if not isinstance(page.subject, Listing):
            return digest_of((page, made_from))
        listing, cards = replace(page.subject, cards=()), [self._card(card) for card in page.subject.cards]
        return digest_of((replace(page, subject=listing), cards, made_from))

    def _card(self, card: Card) -> str:
        known = self._cards.get(id(card))
        if known is None:
            known = self._cards[id(card)] = card, digest_of(card)
        return known[1]
