"""What a site makes: every page, document and copied file, before any is made, and who answers what renders ask."""

import dataclasses
from collections.abc import Collection, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from newsgen.body.link_targets import LinkTargets
from newsgen.build.editions import NO_EDITIONS, Editions, PlannedEdition, plan_editions, views
from newsgen.checks.check import Examined
from newsgen.checks.registry import examine_plan
from newsgen.config.reading import locate_entries
from newsgen.content.reader import Reading, StoryTexts
from newsgen.core.digests import digest_of
from newsgen.core.errors import Location, Problem
from newsgen.core.messages import say
from newsgen.core.queries import Answerer, QueryTable
from newsgen.core.questions import Recorder
from newsgen.core.site_files import SETTINGS
from newsgen.core.urls import parse_old_path, to_output
from newsgen.model.pages import DocumentOutput, Page, PlannedOutput
from newsgen.plan.collisions import (
    Claim,
    ClearOutputs,
    find_clear,
    find_collisions,
    list_claims,
    make_old_claim,
)
from newsgen.plugins.additions import make_checks, make_extensions, query_names
from newsgen.plugins.guards import PluginDigests
from newsgen.plugins.registry import NO_PLUGINS, Plugins
from newsgen.publish.build_info import BUILD_INFO
from newsgen.publish.file_list import FILE_LIST
from newsgen.render.context import Urls
from newsgen.render.renderer import Answers
from newsgen.render.templates import Renderer, Shared
from newsgen.site.join import join_unseen
from newsgen.site.newspaper import Newspaper


class Planned:
    """Everything that a site as it was read and joined is made into, and who answers the questions of renders.

    `pages` are made by templates, `documents` by modules of newsgen.documents; `sources` are the files that are copied.
    Of `before`, what an earlier paper was made into, the pages are kept that would be the same.
    """

    def __init__(
        self, reading: Reading, paper: Newspaper, plugins: Plugins = NO_PLUGINS, before: "Planned | None" = None
    ) -> None:
        self.plugins, self.theme = plugins, plugins.theme
        self.checks = make_checks(plugins)
        self._before: Editions = before.editions if before else NO_EDITIONS
        self._clear: ClearOutputs | None = before._clear if before else None
        static = {output: reading.site / source for output, source in reading.sources.static.items()}
        self.sources: dict[str, Path] = {**self.theme.static(), **static}
        self._begin(reading, paper)
        self.pages, self.documents = self._plan()
        if reused := self._reused(paper):
            old = paper.old_addresses
            old = dataclasses.replace(old, gone=tuple(path for path in old.gone if path not in reused))
            self._begin(reading, dataclasses.replace(paper, old_addresses=old))
            self.pages, self.documents = self._plan()
        self._before = NO_EDITIONS

    def _plan(self) -> tuple[list[Page], list[DocumentOutput[Any]]]:
        """All pages, and all outputs of documents but those in whose place the paper has a file of its own."""
        pages: list[Page] = []
        documents: list[DocumentOutput[Any]] = []
        own = self.reading.sources.static
        for edition in self.editions.values():
            in_edition = edition.plan.pages()
            pages += in_edition
            planned = edition.plan.documents(in_edition, self.extensions.documents)
            documents += (one for one in planned if one.output not in own)
        return pages, documents

    @property
    def to_make(self) -> list[PlannedOutput]:
        """Every output that is made from the paper: the pages, then those of documents."""
        return [*self.pages, *self.documents]

    def _reused(self, paper: Newspaper) -> set[str]:
        """The addresses of what is gone that something else has today: servers give that, and no 410."""
        if not paper.old_addresses.gone:
            return set()
        taken, base = {one.output for one in self.to_make} | self.sources.keys(), paper.config.base
        taken |= self.reading.sources.assets.keys()
        return {path for path in paper.old_addresses.gone if to_output(path.removeprefix(base)) in taken}

    def _begin(self, reading: Reading, paper: Newspaper) -> None:
        self.reading, self.newspaper = reading, paper
        self.recorder = Recorder()
        self.extensions = make_extensions(self.plugins, self.recorder.ask)
        self.editions = plan_editions(reading, paper, self.plugins, self.recorder.ask, self._before)

    @cached_property
    def by_output(self) -> dict[str, PlannedOutput]:
        """All that is made from the paper, by its output."""
        return {one.output: one for one in self.to_make}

    @cached_property
    def outputs(self) -> Collection[str]:
        """What is written, as pages, documents and copies."""
        return {**self.by_output, **self.sources}.keys()

    def page_from(self, source: str) -> Page | None:
        """The page that is made from a source."""
        manuscript = self.reading.by_source.get(source)
        url = self.newspaper.urls.get(manuscript.path) if manuscript else None
        page = self.by_output.get(to_output(url.removeprefix(self.newspaper.config.base))) if url else None
        return page if isinstance(page, Page) and page.source == source else None

    def unseen(self) -> Iterator[Page]:
        """The pages of stories that readers cannot see yet: the preview shows them, and no build makes them."""
        for code, articles, standing in join_unseen(self.newspaper):
            yield from self.editions[code].plan.unseen(articles, standing)

    def collisions(self) -> list[Problem]:
        """Addresses wanted twice, by pages, documents, old addresses, files in static/ and files beside stories.

        And what the checks of a plan tell, such as settings and blocks of templates that name what is not there.
        """
        paper, sources = self.newspaper, self.reading.sources
        unmet = list(examine_plan(self.checks, Examined(self.reading, paper, self.outputs, self.theme)))
        beside = [BUILD_INFO, FILE_LIST, *self.sources, *sources.assets]
        rules = {redirect.path: redirect for redirect in paper.old_addresses.redirects}
        asked = {path: to_output(path.removeprefix(paper.config.base)) for path, r in rules.items() if not r.output}
        made = self.by_output if len(self.by_output) == len(self.to_make) else [one.output for one in self.to_make]
        outputs = [*made, *beside, *asked.values()]
        if (clear := find_clear(outputs, self._clear)) is not None:
            self._clear = clear
            return unmet
        places = {source: m.slug_place for source, m in self.reading.by_source.items()} | self._old_places()
        own = [*sources.static.items(), *sources.assets.items()]
        files = [Claim(output, Location(source), say("the file {source}", source=source)) for output, source in own]
        theme = {o: self.theme.shown(path) for o, path in self.theme.static().items() if o not in sources.static}
        files += [Claim(output, Location(shown or ""), say("a file of the theme")) for output, shown in theme.items()]
        reserved = [Claim(BUILD_INFO, Location(SETTINGS), say("newsgen's own file"))]
        if paper.config.machines.manifest:
            reserved.append(Claim(FILE_LIST, Location(SETTINGS), say("the list of published files")))
        old = [make_old_claim(rules[path], output, places) for path, output in asked.items()]
        return [*find_collisions([*reserved, *list_claims(self.to_make, places), *files, *old]), *unmet]

    def _old_places(self) -> dict[str, tuple[int, int]]:
        """Where in newsgen.yaml and urls.lock the old addresses stand, by their path as browsers ask for it."""
        config, ledger = self.newspaper.config, self.reading.inputs.published
        places = {f"{config.base}{path}": (published.line, 1) for path, published in ledger.items()}
        for old, place in locate_entries(self.reading.site, "redirects").items() if config.redirects else ():
            places[f"{config.base}{parse_old_path(old, config.url)}"] = place.line, place.column
        return places

    def answers(self, knowledge: str = "") -> Answers:
        """What answers the questions of renders. `knowledge` is that with which the earlier answers were given."""
        outputs, unreadable = self.outputs, self.reading.inputs.unreadable

        def exists(path: str) -> bool:
            output = to_output(path)
            return output in outputs or f"{output}/index.html" in outputs or unreadable.may_have(path)

        texts = StoryTexts(self.reading)
        urls, ask = self.newspaper.urls, self.recorder.ask
        targets = LinkTargets(urls, self.reading.assets, exists, ask, texts, self._story_at)
        is_known = bool(knowledge) and knowledge == self.knowledge
        documents = {code: one.document_queries for code, one in self.editions.items()}
        templates = {code: self._renderer(one) for code, one in self.editions.items()}
        main, plugins = templates[""], PluginDigests(self.plugins.digests)
        answerers: dict[str, list[Answerer]] = {code: [self.editions[code].news, documents[code]] for code in documents}
        answerers[""] += [targets, main.loader, main.static, main.data, plugins]
        return Answers(QueryTable(answerers, is_known=is_known), targets, self.extensions, documents, templates)

    def _story_at(self, address: str) -> str | None:
        """The source of the story or page at a root-relative address."""
        output = to_output(address)
        return self._by_output.get(output) or self._by_output.get(f"{output}/index.html")

    @cached_property
    def _by_output(self) -> dict[str, str]:
        base = self.newspaper.config.base
        return {to_output(url.removeprefix(base)): path for path, url in self.newspaper.urls.items() if url}

    def _renderer(self, one: PlannedEdition) -> Renderer:
        data, queries = self.reading.inputs.data, query_names(self.plugins)
        shared = Shared(one.news, data, self.sources, self.recorder.ask, queries, self.extensions)
        edition, links = one.plan.edition, one.plan.links
        urls = Urls(
            links.home.url, links.latest.url, links.archive().url, links.latest_fragment.url, links.corrections.url
        )
        return Renderer(self.reading.site, edition.config, urls, shared, views(self.newspaper))

    @cached_property
    def knowledge(self) -> str:
        """The digest of all that queries answer from, in every edition."""
        return digest_of((self.newspaper.old_addresses, [one.news.knowledge for one in self.editions.values()]))
