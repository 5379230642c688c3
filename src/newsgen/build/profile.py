"""Where the time of a build went, and which setting would help (`--profile`)."""

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from newsgen.build.options import BuildOptions
from newsgen.build.page_maker import RenderedOutput
from newsgen.build.traces import Origin, Reason, Traces, Why, describe_reason
from newsgen.config.settings import Config
from newsgen.core.messages import Message, say
from newsgen.core.queries import QueryTable
from newsgen.core.questions import Question
from newsgen.model.pages import Page, PlannedOutput
from newsgen.model.reports import Cost, Profile

LONGEST = 10
"""How many slow pages and changed questions are listed."""

MANY = 100
"""With so many pages or more, a setting is worth a hint."""

LONG = 1.0
"""With so many seconds or more, it is too."""


@dataclass(slots=True)
class Times:
    """Each page that a build made: the page, why it was made, its seconds and those of its body."""

    processes: int
    cores: int
    pages: list[tuple[PlannedOutput, Why, float, float]] = field(default_factory=list)

    @classmethod
    def begin(cls, options: BuildOptions) -> "Times":
        """No times yet."""
        return cls(options.processes, dataclasses.replace(options, jobs=0).processes)

    def add(self, page: PlannedOutput, why: Why, made: RenderedOutput) -> None:
        """Add a page that was made."""
        self.pages.append((page, why, *made.seconds))

    def make_profile(self, old: Traces, origin: Origin, config: Config, queries: QueryTable) -> Profile:
        """The profile. `old` are the traces that the positions in reasons refer to; `queries` describe questions."""
        templates: defaultdict[str, list[float]] = defaultdict(list)
        moved: defaultdict[Question, list[float]] = defaultdict(list)
        reasons: Counter[str] = Counter()
        for page, why, seconds, _ in self.pages:
            templates[page.template if isinstance(page, Page) else page.document].append(seconds)
            source = say("its source") if isinstance(page, Page) and page.source else ""
            reasons[describe_reason(why.reason, origin, source)] += 1
            for number in why.moved:
                moved[old.questions[number]].append(seconds)
        slowest = sorted((Cost(page.url, 1, seconds) for page, _, seconds, _ in self.pages), key=_longest)
        questions = [Cost(queries.describe(question), len(times), sum(times)) for question, times in moved.items()]
        return Profile(
            templates=tuple(sorted((Cost(name, len(t), sum(t)) for name, t in templates.items()), key=_longest)),
            slowest=tuple(slowest[:LONGEST]),
            moved=tuple(sorted(questions, key=lambda cost: (-cost.pages, cost.name))[:LONGEST]),
            reasons=dict(reasons.most_common()),
            markdown=sum(body for _, _, _, body in self.pages),
            hints=tuple(suggest_settings(self, old.questions, config)),
        )


def _longest(cost: Cost) -> tuple[float, str]:
    return -cost.seconds, cost.name


def suggest_settings(times: Times, questions: Sequence[Question], config: Config) -> list[Message]:
    """Hints that each name a setting which would have made this build shorter."""
    total = sum(seconds for _, _, seconds, _ in times.pages)
    markdown = sum(body for _, _, _, body in times.pages)
    hints: list[Message] = []
    boxes = sum(_is_for_latest(page, why, questions) for page, why, _, _ in times.pages)
    if config.latest.mode == "inline" and boxes >= MANY:
        hints.append(
            say(
                "the box of the latest stories re-rendered {count:,} pages: `latest: {{mode: fragment}}` keeps them",
                count=boxes,
            )
        )
    if config.markdown.engine == "python-markdown" and markdown >= LONG and markdown >= total / 3:
        hints.append(
            say(
                "Markdown took {markdown:.1f} of {total:.1f} seconds of rendering: `markdown: {{engine: commonmark}}` "
                "renders these texts in less time; docs/markdown.md says what it reads otherwise",
                markdown=markdown,
                total=total,
            )
        )
    if times.processes < times.cores and total >= LONG:
        values = {"used": times.processes, "cores": times.cores}
        hints.append(say("{used} of {cores} cores worked: leave out `--jobs`, or give a larger number", **values))
    return hints


def _is_for_latest(page: PlannedOutput, why: Why, questions: Sequence[Question]) -> bool:
    """Whether a story's page was made only because the paper's latest stories changed."""
    only_latest = all(questions[number][0] == "latest" for number in why.moved)
    return isinstance(page, Page) and page.kind == "article" and why.reason is Reason.ANSWERS and only_latest
