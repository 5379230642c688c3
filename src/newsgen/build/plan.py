"""The plan of a site: every page, document and copied file, before any is made, and what answers questions."""

import dataclasses
from collections import ChainMap
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

from newsgen.body.embeds.registry import list_players
from newsgen.body.link_targets import LinkTargets
from newsgen.build.editions import NO_EDITIONS, EditionPlan, Editions, plan_editions
from newsgen.checks.check import Examined
from newsgen.checks.registry import examine_plan
from newsgen.config.reading import locate_entries
from newsgen.content.reader import Reading, StoryTexts
from newsgen.core.digests import digest_of
from newsgen.core.errors import Location, Problem
from newsgen.core.joined import Joined
from newsgen.core.messages import say
from newsgen.core.queries import Answerer, QueryTable
from newsgen.core.questions import Recorder
from newsgen.core.site_files import SETTINGS
from newsgen.core.urls import parse_old_path, to_output
from newsgen.media.cards.style import SocialCard
from newsgen.media.renditions import FOLDER as RENDITIONS
from newsgen.model.pages import DocumentOutput, Page, PlannedOutput
from newsgen.model.stories import Article
from newsgen.plan.collisions import Claim, ClearOutputs, find_clear, find_collisions, list_claims, make_old_claim
from newsgen.plan.outputs import OutputsToMake
from newsgen.plugins.additions import list_query_names, make_checks, make_extensions
from newsgen.plugins.guards import PluginDigests
from newsgen.plugins.registry import NO_PLUGINS, Plugins
from newsgen.publish.build_info import BUILD_INFO
from newsgen.publish.file_list import FILE_LIST
from newsgen.render.context import list_languages, list_urls
from newsgen.render.crops import PictureCrops
from newsgen.render.renderer import Answers
from newsgen.render.templates import Renderer, Shared
from newsgen.render.theme import StaticFiles
from newsgen.search.shards import FOLDER as INDEX
from newsgen.site.join import join_unseen
from newsgen.site.newspaper import Newspaper
from newsgen.site.story_changes import StoryChanges

NO_STORY_CHANGES: Mapping[str, StoryChanges] = MappingProxyType({})


class SitePlan:
    """Every output of a site that was read and joined, and what answers the questions of renders.

    `pages` are made by templates, `documents` by modules of newsgen.documents; `sources` are the files to copy. Pages
    of `before`, an earlier plan, that would be the same are kept.
    """

    def __init__(
        self, reading: Reading, paper: Newspaper, plugins: Plugins = NO_PLUGINS, before: "SitePlan | None" = None
    ) -> None:
        self.plugins, self.theme = plugins, plugins.theme
        self.checks = make_checks(plugins)
        self._before: Editions = before.editions if before else NO_EDITIONS
        self._outputs_before = before.to_make if before else None
        self._clear: ClearOutputs | None = before._clear if before else None
        barred = reading.assets.barred
        static = {o: reading.site / source for o, source in reading.sources.static.items() if source not in barred}
        self.withheld = frozenset(o for o, source in reading.sources.static.items() if source in barred)
        self.sources: dict[str, Path] = {**self.theme.static(), **static}
        self.reading = reading
        self._plan(paper)
        if reused := self._find_reused():
            old = paper.old_addresses
            old = dataclasses.replace(old, gone=tuple(path for path in old.gone if path not in reused))
            self._plan(dataclasses.replace(paper, old_addresses=old))
        self._before, self._outputs_before = NO_EDITIONS, None

    def _plan(self, paper: Newspaper) -> None:
        """Plan all pages, and all documents but those that the site replaces by a file of its own."""
        self.newspaper, self.recorder = paper, Recorder()
        self.extensions = make_extensions(self.plugins, self.recorder.ask)
        self.editions: Editions = plan_editions(self.reading, paper, self.plugins, self.recorder.ask, self._before)
        players = list_players(self.extensions.bodies.providers)
        planned: list[Joined[Page]] = []
        self.documents: list[DocumentOutput[Any]] = []
        for edition in self.editions.values():
            pages = edition.plan.pages()
            documents = edition.plan.documents(pages, self.extensions.documents, players)
            planned.append(pages)
            self.documents += (one for one in documents if one.output not in self.reading.sources.static)
        self.pages: Joined[Page] = Joined(planned)
        outputs = Joined[PlannedOutput]((self.pages, self.documents))
        self.to_make: OutputsToMake = OutputsToMake(outputs, self._outputs_before)

    def _find_reused(self) -> set[str]:
        """The addresses that are gone and that another output has today: servers give that output, and no 410."""
        gone, base = self.newspaper.old_addresses.gone, self.newspaper.config.base
        if not gone:
            return set()
        taken = {*self.to_make.names, *self.sources, *self.reading.sources.assets}
        return {path for path in gone if to_output(path.removeprefix(base)) in taken}

    @property
    def by_output(self) -> Mapping[str, PlannedOutput]:
        """Every page and document, by its output."""
        return self.to_make.by_output

    @property
    def outputs(self) -> Collection[str]:
        """The paths of all pages, documents and copies."""
        return ChainMap[str, Any](self.sources, self.to_make.numbers).keys()

    @cached_property
    def searched(self) -> frozenset[str]:
        """The codes of the editions whose texts readers search."""
        editions = self.newspaper.editions.items()
        return frozenset(code for code, one in editions if one.config.search.has_texts(len(one.articles)))

    @cached_property
    def cards(self) -> Mapping[str, tuple[SocialCard, str]]:
        """The social cards by output, each with the source of its story; stories with the same texts share one."""
        found: dict[str, tuple[SocialCard, str]] = {}
        for edition in self.editions.values():
            for card, source in edition.plan.list_cards():
                found.setdefault(card.output, (card, source))
        return found

    def find_card(self, output: str, unseen: Iterable[Page] = ()) -> tuple[SocialCard, str] | None:
        """The social card at an output with the source of its story; `unseen` are the pages of stories to come."""
        if (found := self.cards.get(output)) is not None:
            return found
        for page in unseen:
            cards = self.editions[page.tree].plan.frame.cards
            card = cards.find(page.subject) if cards and isinstance(page.subject, Article) else None
            if card is not None and card.output == output:
                return card, page.source
        return None

    def find_page(self, source: str) -> Page | None:
        """The page that is made from a source."""
        manuscript = self.reading.by_source.get(source)
        url = self.newspaper.urls.get(manuscript.path) if manuscript else None
        page = self.by_output.get(to_output(url.removeprefix(self.newspaper.config.base))) if url else None
        return page if isinstance(page, Page) and page.source == source else None

    def plan_unseen(self) -> Iterator[Page]:
        """The pages of stories that readers cannot see yet, which only the preview shows."""
        for code, articles, standing in join_unseen(self.newspaper):
            yield from self.editions[code].plan.unseen(articles, standing)

    def check(self) -> list[Problem]:
        """Outputs that are wanted twice, and the problems that the checks of a plan find.

        Pages, documents, old addresses, files in static/ and files beside stories can want the same output.
        """
        paper, sources = self.newspaper, self.reading.sources
        checked = list(examine_plan(self.checks, Examined(self.reading, paper, self.outputs, self.theme)))
        beside = [BUILD_INFO, FILE_LIST, INDEX, RENDITIONS, *self.sources, *sources.assets]
        rules = {redirect.path: redirect for redirect in paper.old_addresses.redirects}
        redirected = {
            path: to_output(path.removeprefix(paper.config.base)) for path, r in rules.items() if not r.output
        }
        outputs = [*self.to_make.names, *beside, *redirected.values()]
        if (clear := find_clear(outputs, self._clear)) is not None:
            self._clear = clear
            return checked
        places = {source: m.get_place("slug") for source, m in self.reading.by_source.items()}
        places |= self._locate_old_addresses()
        files = [
            Claim(output, Location(source), say("the file {source}", source=source))
            for output, source in (*sources.static.items(), *sources.assets.items())
        ]
        theme = {o: self.theme.shown(path) for o, path in self.theme.static().items() if o not in sources.static}
        files += [Claim(output, Location(shown or ""), say("a file of the theme")) for output, shown in theme.items()]
        reserved = [Claim(BUILD_INFO, Location(SETTINGS), say("newsgen's own file"))]
        reserved.append(Claim(INDEX, Location(SETTINGS), say("newsgen's own folder of the search")))
        reserved.append(Claim(RENDITIONS, Location(SETTINGS), say("newsgen's own folder of pictures")))
        if paper.config.machines.manifest:
            reserved.append(Claim(FILE_LIST, Location(SETTINGS), say("the list of published files")))
        old = [make_old_claim(rules[path], output, places) for path, output in redirected.items()]
        return [*find_collisions([*reserved, *list_claims(self.to_make, places), *files, *old]), *checked]

    def _locate_old_addresses(self) -> dict[str, tuple[int, int]]:
        """The lines of newsgen.yaml and urls.lock with old addresses, by their path with the base path."""
        config, addresses = self.newspaper.config, self.reading.inputs.published
        places = {f"{config.base}{path}": (published.line, 1) for path, published in addresses.items()}
        for old, place in locate_entries(self.reading.site, "redirects").items() if config.redirects else ():
            places[f"{config.base}{parse_old_path(old, config.url)}"] = place.line, place.column
        return places

    def make_answers(self, knowledge: str = "", changes: Mapping[str, StoryChanges] = NO_STORY_CHANGES) -> Answers:
        """What answers the questions of renders.

        `knowledge` is that of the build that gave the earlier answers, `changes` those of each edition since then.
        """
        outputs, unreadable = self.outputs, self.reading.inputs.unreadable

        def exists(path: str) -> bool:
            output = to_output(path)
            return output in outputs or f"{output}/index.html" in outputs or unreadable.may_have(path)

        texts = StoryTexts(self.reading)
        urls, ask = self.newspaper.urls, self.recorder.ask
        targets = LinkTargets(urls, self.reading.assets, exists, ask, texts, self._find_story)
        is_known = bool(knowledge) and knowledge == self.knowledge
        documents = {code: one.document_queries for code, one in self.editions.items()}
        templates = {code: self._make_renderer(one) for code, one in self.editions.items()}
        main, plugins = templates[""], PluginDigests(self.plugins.digests)
        answerers: dict[str, list[Answerer]] = {code: [self.editions[code].news, documents[code]] for code in documents}
        answerers[""] += [targets, main.loader, main.static, main.data, PictureCrops(self.reading.assets), plugins]
        return Answers(
            QueryTable(answerers, is_known=is_known, changes=changes), targets, self.extensions, documents, templates
        )

    def _find_story(self, address: str) -> str | None:
        """The source of the story or page at a root-relative address."""
        output = to_output(address)
        return self._stories.get(output) or self._stories.get(f"{output}/index.html")

    @cached_property
    def _stories(self) -> dict[str, str]:
        base = self.newspaper.config.base
        return {to_output(url.removeprefix(base)): path for path, url in self.newspaper.urls.items() if url}

    def _make_renderer(self, planned: EditionPlan) -> Renderer:
        data, queries = self.reading.inputs.data, list_query_names(self.plugins)
        ask = self.recorder.ask
        shared = Shared(
            planned.news, data, StaticFiles(self.sources, ask, self.withheld), ask, queries, self.extensions
        )
        languages = list_languages(self.newspaper.links.editions)
        urls = list_urls(planned.plan.links)
        return Renderer(self.reading.site, planned.plan.edition.config, urls, shared, languages)

    @cached_property
    def knowledge(self) -> str:
        """The digest of everything that queries answer from, in all editions."""
        return digest_of((self.newspaper.old_addresses, [one.news.knowledge for one in self.editions.values()]))
