"""What one run makes of a plan: what is already there, who makes what, and which files are copied."""

import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from newsgen.build.leak_places import Tracer, shared_sources
from newsgen.build.memory import Last
from newsgen.build.options import Progress, quiet
from newsgen.build.plan import Planned
from newsgen.build.profile import TimedMaker, Times
from newsgen.build.state import Look
from newsgen.build.traces import Entry, Ledger, LedgerWriter, decide
from newsgen.build.withholding import NONE, Findings
from newsgen.content.read_cache import ReadCache
from newsgen.content.reader import Reading
from newsgen.core.digests import digest, digest_of
from newsgen.core.errors import Location, Problem, Problems
from newsgen.core.messages import say
from newsgen.core.opening import read_inside
from newsgen.core.site_files import SETTINGS
from newsgen.core.stamps import stamp_at, trusted
from newsgen.core.urls import as_output
from newsgen.model.pages import DocumentOutput, Listing, Page, PlannedOutput
from newsgen.model.stories import Body, Card
from newsgen.render.renderer import Answers, Made, PageMaker
from newsgen.render.scanning import Found, Scanner, text_of
from newsgen.site.newspaper import Site
from newsgen.workers.pool import ordered_map

BODIES_AT_ONCE = 500
Copied = dict[str, tuple[str, str, str]]


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


class Work(Planned):
    """One run's plan and its carrying out. `target` (output → digest) is complete after `render`.

    Two pages that want one path cannot both be written: `may_write` is False then, and no page is.
    """

    def __init__(self, reading: Reading, site: Site, look: Look, cache: ReadCache) -> None:
        super().__init__(reading, site, look.plugins)
        self.publication, self.cache = look.publication, cache
        self.writer = LedgerWriter(look.epoch, self.knowledge)
        self.target: dict[str, str] = {}
        self.copied: Copied = {}
        self.made = 0
        self.may_write = True
        self.progress: Progress = quiet
        self.times: Times | None = None
        self.known = Ledger()
        self.scanner = Scanner()
        self.findings = Findings()
        self.shown: set[str] = set()
        self._bodies: list[tuple[str, str, bytes]] = []
        self.faulty: dict[str, Body] = {}
        """The bodies, without their HTML, of stories that cannot be shown, by source."""
        self._failed: set[tuple[Location, str]] = set()

    @property
    def ledger(self) -> Ledger:
        """What this run leaves for the next."""
        return self.writer.ledger

    def render(self, old: Ledger, last: Last, jobs: int, problems: Problems) -> None:
        """Make the pages that are not there already, and find the files that pages show."""
        self.known, answers, own = old, self.answers(old.knowledge), self.own()
        stale = decide(old, own, self.publication.present, answers.table.answer)
        self.publication.clear({*own, *self.sources, *self.reading.sources.assets})
        for output, entry in old.entries.items():
            if output in own and output not in stale:
                self.writer.keep(output, entry, old, answers.table.answer)
                self.target[output] = entry.made
                self.shown.update(entry.files)
                problems.extend(entry.warnings)
        self._search_kept(last, jobs)
        pages = [one for one in self.to_make if one.output in stale]
        # To its very end: a generator that is left before is ended where nobody hears an interrupt.
        maker = self._maker(answers)
        for page, made in zip(pages, self._made(maker, pages, jobs), strict=True):
            why = stale[page.output]
            moved = self.writer.moved(why, old)
            entry = Entry(own[page.output], (), made.made, made.files, made.warnings, _source(page), why.reason, moved)
            self._take(made, entry, problems)
            if self.times is not None:
                self.times.note(page, why, made)
        broken = [source for source in self.reading.sources.articles if source not in self.reading.by_source]
        for source, body in zip(broken, ordered_map(maker.inspect, broken, jobs, lost=_unknown), strict=True):
            problems.extend(body.problems)
            self.faulty[source] = body
        self._copy(last, problems)
        problems.extend(self._tracer().problems(self.findings.leaks))

    def _search_kept(self, last: Last, jobs: int) -> None:
        """Find what kept pages show of stories that have come to be hidden since these pages were made.

        Those that were excused are searched again, for the stories that excused them may no longer say it.
        """
        source_of: dict[str, str] = {page.output: page.source for page in self.pages}
        newly = self.scanner.among(last.canaries)

        def search(output: str) -> Found:
            scanner = self.scanner if output in last.excused else newly
            return scanner.search(output, self.publication.bytes_of(output), source_of.get(output, ""))

        kept = [output for output in self.target if newly.canaries or output in last.excused]
        for output in self.target:
            self._recall(output, last)
        for output, found in zip(kept, ordered_map(search, kept, jobs), strict=True):
            self._note(output, found, source_of.get(output, ""), last)

    def _recall(self, output: str, last: Last) -> None:
        """Take over which files an unchanged output was found to name."""
        if output in last.named:
            self.findings.files[output] = last.named[output]

    def _note(self, output: str, found: Found, source: str, last: Last) -> None:
        """Take what was found in an output that is searched again, beside what was found before."""
        files = found.files.with_those(last.named.get(output, NONE))
        self.findings.add(output, Found(found.leaks, files, found.is_excused), source)

    def _tracer(self) -> Tracer:
        """Who finds where leaks come from."""
        return Tracer(
            self.reading.site, shared_sources(self.reading.site, self.reading.sources.data), self.scanner.public
        )

    def own(self) -> dict[str, str]:
        """The digest of each output's own input, by output. What else a document is made from, it asks for."""
        digests = {source: m.digest for source, m in self.reading.by_source.items()}
        leads, of = self.reading.files, PageDigests().of
        own: dict[str, str] = {p.output: of(p, digests.get(p.source), leads.get(p.source)) for p in self.pages}
        own.update((one.output, digest_of(one)) for one in self.documents)
        return own

    def _made(self, maker: PageMaker, pages: Sequence[PlannedOutput], jobs: int) -> Iterator[Made]:
        for made in ordered_map(maker.make, pages, jobs, lost=_lost):
            self.made += 1
            self.progress("render", self.made, len(pages))
            yield made

    def _maker(self, answers: Answers) -> PageMaker:
        kind = PageMaker if self.times is None else TimedMaker
        maker = kind(self.reading, answers, self.recorder, self.publication, self.cache)
        maker.scanner, maker.may_write = self.scanner, self.may_write
        return maker

    def _take(self, made: Made, entry: Entry, problems: Problems) -> None:
        if made.faults:
            problems.extend(problem for problem in made.faults if self._is_news(problem))
            if made.faulty is not None:
                self.faulty[entry.source] = made.faulty
            return
        self.shown.update(made.files)
        self.findings.add(made.output, made.found, entry.source)
        problems.extend(made.warnings)
        if made.found.leaks:
            return
        if made.stamp is not None:
            self.publication.coming.files[made.output] = (made.made, made.stamp)
        self.target[made.output] = made.made
        self.writer.add(made.output, entry, dict(zip(made.questions, made.answers, strict=True)))
        if made.body is not None:
            self._bodies.append(made.body)
            if len(self._bodies) >= BODIES_AT_ONCE:
                self.remember_bodies()

    def _is_news(self, problem: Problem) -> bool:
        """Whether no other page failed at the same place by the same rule: one slip in a template fails many."""
        key = (problem.location, problem.rule)
        if key in self._failed:
            return False
        self._failed.add(key)
        return True

    def remember_bodies(self) -> None:
        """Put the bodies rendered so far into the cache."""
        self.cache.put_bodies(self._bodies)
        self._bodies.clear()

    def _copy(self, last: Last, problems: Problems) -> None:
        """Bring static files, and those beside the content that a public page shows, into the coming tree.

        All are searched, their names too. Static files that only hidden stories show are left out.
        """
        site, assets = self.reading.site, self.reading.sources.assets
        beside = {output: source for output, source in assets.items() if source in self.shown}
        problems.extend(self._running(beside.values()))
        newly = self.scanner.among(last.canaries)
        for output, path in {**self.sources, **{output: site / source for output, source in beside.items()}}.items():
            data = self._copy_one(output, path, last.copied.get(output, ("", "", "")))
            if self.scanner.canaries:
                self._search_copy(output, path, data, newly, last)
        if self.scanner.canaries:
            self._withhold()

    def _search_copy(self, output: str, path: Path, data: bytes | None, newly: Scanner, last: Last) -> None:
        """Find what a copied file shows; `data` is None where it is known to be that of the run before."""
        scanner = self.scanner if data is not None or output in last.excused else newly
        if not scanner.canaries:
            self._recall(output, last)
            return
        data = self._bytes(path) if data is None else data
        found = scanner.search(output, text_of(output, data))
        before = NONE if scanner is self.scanner else last.named.get(output, NONE)
        site = self.reading.site
        source = str(path.relative_to(site)) if path.is_relative_to(site) else f"theme/static/{output}"
        found = Found(found.leaks, found.files.with_those(before), found.is_excused)
        self.findings.add(output, found, source, is_copy=True)

    def _withhold(self) -> None:
        """Leave out the static files that only hidden stories show, and note who says the path of a hidden file.

        Where a story could not be read or a page not made, the files that it shows are not known: no path is judged.
        """
        canaries, sources = self.scanner.canaries, self.reading.sources
        named = {canary.file for canary in canaries if canary.file}
        static = {f for f in named if f in sources.static and sources.static[f] not in self.shown}
        withheld = self.findings.withheld(static)
        self.findings.drop(withheld)
        for output in withheld:
            del self.target[output], self.copied[output]
        beside = {f for f in named if f in sources.assets and sources.assets[f] not in self.shown}
        if not self._failed and not self.reading.inputs.broken:
            self.findings.leaks += self.findings.paths_said(canaries, withheld | beside)

    def _running(self, sources: Iterable[str]) -> Iterator[Problem]:
        """A problem for each part of a file beside the content that would run code, unless its folder is trusted."""
        reading = self.reading
        for source in filter(reading.must_examine, sources):
            yield from reading.running_parts(source, read_inside(reading.site, reading.site / source))

    def _bytes(self, path: Path) -> bytes:
        """The bytes of a file of the site, or of the theme."""
        return read_inside(self.theme.root(path) or self.reading.site, path)

    def _copy_one(self, output: str, path: Path, known: tuple[str, str, str]) -> bytes | None:
        """Bring one file; its bytes, or None where it is known to be the one that was there."""
        stamp = trusted(stamp_at(str(path)), time.time_ns())
        made, data = known[2], None
        if not (stamp and known[:2] == (str(path), stamp) and self.publication.present(output, made)):
            data = self._bytes(path)
            made = digest(data)
            if not self.publication.present(output, made):
                self.publication.coming.put(as_output(output), data, made)
        self.target[output] = made
        self.copied[output] = (str(path), stamp, made)
        return data


def _unknown(_source: str) -> Body:
    """Nothing more is known of a broken story whose text crashes its process."""
    return Body("")


def _source(output: PlannedOutput) -> str:
    """The file whose body an output shows, "" where it shows none."""
    return output.source if isinstance(output, Page) else ""


def _lost(page: PlannedOutput) -> Made:
    what = say("rendering {url} crashed its process, or takes more than 512 MB of memory", url=page.url)
    fix = say("find what in this text or its template does it, and report it to newsgen")
    place = Location(SETTINGS if isinstance(page, DocumentOutput) else page.source or f"theme/{page.template}")
    return Made(page.output, faults=(Problem(place, "render-crashed", what, fix),))
