"""Which outputs must be made again: the last build's traces compared with today's inputs and answers."""

from collections.abc import Mapping
from dataclasses import dataclass

from msgspec.structs import replace

from newsgen.build import traces
from newsgen.build.paper_store import load_traces
from newsgen.build.plan import SitePlan
from newsgen.build.traces import Origin, Traces, Why
from newsgen.build.workspace import Workspace
from newsgen.core.digests import digest_of
from newsgen.model.pages import Listing, Page
from newsgen.model.stories import Card
from newsgen.render.renderer import Answers


@dataclass(frozen=True, slots=True)
class Decision:
    """The outputs that must be made (`stale`), each with the reason, and what that was decided from.

    `earlier` are the traces of the build before, empty where they are of no use, which `origin` tells; `inputs` has the
    digest of each output's own input, `knowledge` is that of what queries answer from, `epoch` that of programs and
    settings.
    """

    earlier: Traces
    origin: Origin
    answers: Answers
    inputs: Mapping[str, str]
    epoch: str
    knowledge: str
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
        answers, inputs = outputs.make_answers(earlier.knowledge), digest_inputs(outputs)
        stale = traces.decide(earlier, inputs, workspace.publication.has, answers.table.answer)
        return Decision(earlier, origin, answers, inputs, workspace.epoch, outputs.knowledge, stale)


def digest_plan(epoch: str, knowledge: str, inputs: Mapping[str, str]) -> str:
    """The digest of what all outputs are made from."""
    return digest_of((epoch, knowledge, list(inputs.items())))


def digest_inputs(outputs: SitePlan) -> dict[str, str]:
    """The digest of each output's own input, by output. Whatever else a document is made from is an answer."""
    digests = {source: m.digest for source, m in outputs.reading.by_source.items()}
    leads, cards = outputs.reading.files, dict[int, str]()

    def digest_card(card: Card) -> str:
        """A card stands in many lists, and is digested once."""
        if id(card) not in cards:
            cards[id(card)] = digest_of(card)
        return cards[id(card)]

    def digest_page(page: Page) -> str:
        made_from = digests.get(page.source), leads.get(page.source)
        if not isinstance(page.subject, Listing):
            return digest_of((page, made_from))
        listing = replace(page.subject, cards=())
        return digest_of((replace(page, subject=listing), list(map(digest_card, page.subject.cards)), made_from))

    return {
        **{page.output: digest_page(page) for page in outputs.pages},
        **{document.output: digest_of(document) for document in outputs.documents},
    }
