"""Read a site's folder: files → manuscripts, people, pictures, data. What a build begins with."""

import posixpath
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path

from msgspec import structs

from newsgen.body.engine import Engine, ExtensionFault, make_engine
from newsgen.config.reading import locate_setting
from newsgen.config.settings import Config
from newsgen.content.address_file import keep_published_slugs, read_address_file
from newsgen.content.articles import ArticleReader, Known, find_nothing
from newsgen.content.authors import read_people
from newsgen.content.data_files import read_data
from newsgen.content.front_page_data import read_banner, read_picks
from newsgen.content.read_cache import ReadCache, encode_manuscript
from newsgen.content.sharing import Sharing
from newsgen.content.source_text import read_body
from newsgen.content.sources import Sources
from newsgen.content.unreadable import collect_values
from newsgen.core.errors import ConfigError, Location, Problem, Problems, SourceMoved
from newsgen.core.messages import get_message, say
from newsgen.core.site_files import CONTENT, breaking
from newsgen.core.stamps import encode_if_settled, read_stamp
from newsgen.core.urls import add_base
from newsgen.media.assets import Assets
from newsgen.media.cards.style import CardPicture, CardStyle, StyleFault, make_style
from newsgen.media.episodes import find_episodes
from newsgen.media.lead_images import find_lead_pictures
from newsgen.media.scripts import find_running_parts, may_run
from newsgen.media.sidecars import SidecarReader
from newsgen.model.content import Content
from newsgen.model.manuscripts import Manuscript
from newsgen.model.pictures import CENTRE, Licence, Picture, Sidecar
from newsgen.model.stories import Banner
from newsgen.model.taxonomy import Author
from newsgen.workers.limits import TooSlow, time_limit
from newsgen.workers.pool import ordered_map

AT_ONCE = 500
"""Manuscripts that are put into the cache together."""

ARTICLE_SECONDS = 10.0
"""Processor time that one article may take to be read."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """The cache of earlier runs, and how many processes may read what is not in it.

    `stamps` are those of the articles' files, if they were taken just now.
    """

    cache: ReadCache
    jobs: int
    stamps: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A site as read: what joining needs, and what rendering bodies needs later.

    `files` are the sources of each story's lead picture, to be published, of its crops, and of its episode.
    `by_source` are the
    manuscripts again, in their order. `cards` is how social cards look, None where no story gets one.
    """

    site: Path
    config: Config
    inputs: Content
    sources: Sources
    assets: Assets
    engine: Engine
    files: Mapping[str, tuple[str, ...]]
    share: Picture | None
    by_source: Mapping[str, Manuscript]
    cards: CardStyle | None = None

    def with_manuscripts(self, read: Iterable[Manuscript]) -> "Reading":
        """A copy in which these manuscripts replace those of the same sources."""
        settled = keep_published_slugs(read, self.inputs.published, self.config)
        by_source = {**self.by_source, **{m.source: m for m in settled}}
        stories, intros = _separate_intros(by_source.values())
        inputs = replace(self.inputs, manuscripts=stories, intros=intros)
        return replace(self, inputs=inputs, by_source=by_source)

    def picture_bytes(self, source: str) -> int:
        """The size of an article's lead picture in bytes; 0 where it has none here, or one of several sizes."""
        lead = self.inputs.pictures.get(source)
        if lead is not None and lead.file is not None:
            return 0
        return (self.site / self.files[source][0]).stat().st_size if lead and lead.src.startswith("/") else 0

    def find_behind(self, source: str) -> CardPicture | None:
        """The picture behind the headline on an article's social card, if it has one that can be drawn."""
        lead = self.inputs.pictures.get(source)
        if lead is None or not lead.src.startswith("/") or not self.cards or not self.cards.shows_pictures:
            return None
        picture = self.files[source][0]
        digest = self.assets.examiner.examine(picture).digest
        return CardPicture(picture, digest, lead.focus or CENTRE) if digest else None

    def must_examine(self, source: str) -> bool:
        """Whether a file beside the stories is published only after `find_running_parts` looked at it."""
        folder = posixpath.dirname(source.removeprefix("content/"))
        return may_run(source) and self.config.markdown.raw_html_in(folder) != "allow"

    def running_parts(self, source: str, data: bytes) -> list[Problem]:
        """A problem for each part of a file that would run code when published; none where its folder is trusted."""
        return list(find_running_parts(source, data)) if self.must_examine(source) else []


def read_site(reader: "SiteReader", remembered: Remembered, now: datetime, problems: Problems) -> Reading:
    """Read everything but the bodies, for the paper of a moment; faults go to `problems`."""
    read = reader.read_manuscripts(remembered)
    for manuscript, faults in read.values():
        problems.extend((*faults, *(manuscript.warnings if manuscript else ())))
    return reader.assemble({source: m for source, (m, _) in read.items() if m is not None}, now, problems)


class StoryTexts:
    """The texts of the stories that were read, by the paths of their sources under content/."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    @cached_property
    def _by_path(self) -> dict[str, Manuscript]:
        return {m.path: m for m in self.reading.by_source.values()}

    def digest(self, path: str) -> str:
        """The digest of a story's file; "" where there is no story."""
        manuscript = self._by_path.get(path)
        return manuscript.digest if manuscript else ""

    def title(self, path: str) -> str:
        """The title of a story; "" where there is none."""
        manuscript = self._by_path.get(path)
        return manuscript.title if manuscript else ""

    def read(self, path: str) -> str:
        """The text behind a story's front matter.

        Raises:
            SourceMoved: when its file is no longer what was read.
        """
        manuscript = self._by_path[path]
        text = read_body(self.reading.site, manuscript.source, manuscript.digest)
        if text is None:
            raise SourceMoved(manuscript.source)
        return text


Read = tuple[Manuscript | None, Sequence[Problem]]
"""The result of reading an article: its manuscript, or None and the problems."""


EncodedRead = tuple[bytes | None, Sequence[Problem]]
"""The same from another process: the manuscript as bytes, from which texts come without their copies."""


class SiteReader:
    """Reads the files of a site that were found to be its sources."""

    def __init__(self, site: Path, config: Config, sources: Sources) -> None:
        self.site, self.config, self.sources = site, config, sources
        self.assets = Assets(site, sources.files, config.base, config.missing_level, config.pictures)
        self.assets.refused, self.assets.attachments = sources.refused, config.attachments
        try:
            self.engine = make_engine(config.markdown.engine, config.markdown.extensions, config.language)
        except ExtensionFault as fault:
            place, fix = locate_setting(site, "markdown", "extensions"), say("correct its name, or remove it")
            raise ConfigError(Problem(place, "bad-setting", get_message(fault), fix)) from None
        self.articles = ArticleReader(site, config, self.engine)
        faults = Problems()
        self.articles.judge_defaults(faults)
        faults.stop_on_errors(ConfigError)

    @cached_property
    def _sidecars(self) -> tuple[Mapping[str, Sidecar], Sequence[Problem]]:
        """The sidecars by the sources of their pictures, and what is wrong with them."""
        if not self.sources.sidecars:
            return {}, ()
        faults, pictures = Problems(), frozenset(self.sources.files.values())
        reader = SidecarReader(self.site, self.config.zone, self.assets.examiner)
        return reader.read_all(self.sources.sidecars, pictures, faults), faults.found

    def read_manuscripts(self, remembered: Remembered) -> dict[str, Read]:
        """The result for every source, in their order; several processes read those that changed."""
        cache, sources = remembered.cache, self.sources.articles
        stamps = self._read_stamps(remembered.stamps)
        known = {source: m for source, m in cache.find_by_stamps(stamps).items() if self.articles.is_whole(m)}
        sharing = Sharing()
        found: dict[str, Read] = {source: (sharing.share(source, known.get(source)), ()) for source in sources}
        new = [source for source in sources if source not in known]

        def read(source: str) -> EncodedRead:
            manuscript, faults = self.read(source, cache.find_by_digest)
            return encode_manuscript(manuscript) if manuscript is not None else None, faults

        results = ordered_map(read, new, remembered.jobs, lost=_report_crashed)
        rows: list[tuple[Manuscript, bytes, str]] = []
        for source, (data, faults) in zip(new, results, strict=True):
            found[source] = sharing.share(source, cache.decode(data) if data is not None else None), faults
            if data is not None and (manuscript := found[source][0]) is not None:
                rows.append((manuscript, data, stamps[source]))
            if len(rows) == AT_ONCE:
                cache.put(rows)
                rows.clear()
        cache.put(rows)
        cache.forget_except(stamps.keys())
        return found

    def _read_stamps(self, seen: Mapping[str, str] | None) -> Mapping[str, str]:
        """The stamp of each article's file with what newsgen.yaml gives to it; "" where it cannot be trusted."""
        if seen is None:
            now = time.time_ns()
            seen = {
                source: encode_if_settled(read_stamp(f"{self.site}/{source}"), now) for source in self.sources.articles
            }
        else:
            seen = {source: seen.get(source, "") for source in self.sources.articles}
        if not self.config.defaults:
            return seen
        given = self.articles.get_defaults
        return {source: f"{stamp} {given(source).key}" if stamp else "" for source, stamp in seen.items()}

    def read(self, source: str, known: Known = find_nothing) -> Read:
        """Read one source; `known` finds the manuscript that was read before from the same bytes."""
        faults = Problems()
        try:
            with time_limit(ARTICLE_SECONDS):
                return self.articles.read_one(source, faults, known), faults.found
        except TooSlow:
            return None, (_report_slow(source),)

    def assemble(self, read: Mapping[str, Manuscript], now: datetime, problems: Problems) -> Reading:
        """The whole reading at a moment: the manuscripts, by source, with everything around them.

        Faults go to `problems`.
        """
        site, config, sources = self.site, self.config, self.sources
        sidecars, faults = self._sidecars
        problems.extend(faults)
        assets = self.assets.at(now, sidecars)
        addresses = read_address_file(site, problems)
        manuscripts = tuple(keep_published_slugs(read.values(), addresses, config))
        read = dict(zip(read, manuscripts, strict=True))
        broken = [source for source in sources.articles if source not in read]
        remnants = tuple(remnant for source in broken if (remnant := self.articles.read_remnant(source)))
        leads = find_lead_pictures((*manuscripts, *remnants), assets, problems)
        shown = find_episodes(manuscripts, assets, problems)
        stories, intros = _separate_intros(manuscripts)
        inputs = Content(
            manuscripts=stories,
            intros=intros,
            people=read_people(site, sources.data, assets, problems),
            people_in=self._read_translated_people(assets, problems),
            pictures=leads.pictures,
            data=read_data(site, sources.data, problems),
            banners=self._read_banners(problems),
            picks=read_picks(site, sources.data, problems),
            published=addresses,
            broken=frozenset(source.removeprefix("content/") for source in broken),
            broken_values=collect_values(site, broken),
            remnants=remnants,
            logo=self._find_picture(assets, config.publisher.logo, ("publisher", "logo"), problems),
            favicon=_find_favicon(assets),
            licences=_list_licences(sidecars),
            episodes=shown.episodes,
        )
        self._report_missing(assets, problems)
        files = shown.add_files(leads.files)
        share = self._find_picture(assets, config.share_image, ("share_image",), problems)
        cards = self._read_cards(assets, problems)
        return Reading(site, config, inputs, sources, assets, self.engine, files, share, read, cards)

    def _read_cards(self, assets: Assets, problems: Problems) -> CardStyle | None:
        """How social cards look; None where there are none, or a file is missing or wrong."""
        settings, site = self.config.cards, self.site
        if settings.when == "none":
            return None
        logo = "/" + settings.logo.lstrip("/")
        asset = assets.find(logo, "") if settings.logo else None
        if settings.logo:
            problems.extend(assets.find_faults(asset, logo, "", locate_setting(site, "cards", "logo")))
            if asset is None or (asset.flaw and not asset.flaw.bar):
                return None
        try:
            return make_style(site, settings, asset.source if asset and not asset.flaw else "")
        except StyleFault as fault:
            problems.add(locate_setting(site, "cards", fault.setting), "bad-setting", fault.what, fault.fix)
            return None

    def _report_missing(self, assets: Assets, problems: Problems) -> None:
        """Report that there is no article, and that the picture of the podcast is not there."""
        self._find_picture(assets, self.config.podcast.image, ("podcast", "image"), problems)
        if not self.sources.articles:
            fix = say('write one with `newsgen new "Tiêu đề"`')
            problems.add(Location(CONTENT), "no-content", say("there is no article in content/"), fix)

    def _find_picture(self, assets: Assets, path: str, keys: tuple[str, ...], problems: Problems) -> Picture | None:
        """The picture of static/ whose path is the setting at `keys`; None where there is none."""
        if not path:
            return None
        written = "/" + path.lstrip("/")
        asset = assets.find(written, "")
        problems.extend(assets.find_faults(asset, written, "", locate_setting(self.site, *keys)))
        if asset is None or asset.flaw:
            return None
        alt = self.config.publisher.name if keys[0] == "publisher" else self.config.title
        return Picture(asset.url, alt, width=asset.width, height=asset.height)

    def _read_banners(self, problems: Problems) -> dict[str, Banner]:
        sources = [breaking(prefix) for prefix in ("", *(f"/{path}" for path in self._paths.values()))]
        site, data, zone = self.site, self.sources.data, self.config.zone
        found = {source: read_banner(site, data, zone, problems, source) for source in sources}
        return {
            source: structs.replace(banner, url=add_base(banner.url, self.config.base))
            for source, banner in found.items()
            if banner is not None
        }

    def _read_translated_people(self, assets: Assets, problems: Problems) -> dict[str, dict[str, Author]]:
        """The authors in other languages, from folders such as data/en/authors/."""
        site, data = self.site, self.sources.data
        folders = {code: f"data/{path}/authors/" for code, path in self._paths.items()}
        return {code: read_people(site, data, assets, problems, folder) for code, folder in folders.items()}

    @property
    def _paths(self) -> dict[str, str]:
        return {code: language.path for code, language in self.config.languages.items()}


def _separate_intros(manuscripts: Iterable[Manuscript]) -> tuple[tuple[Manuscript, ...], tuple[Manuscript, ...]]:
    """Separate the stories and standing pages from the `_index.md` of sections."""
    found = tuple(manuscripts)
    intros = tuple([m for m in found if m.is_intro])
    return tuple([m for m in found if not m.is_intro]) if intros else found, intros


def _report_slow(source: str) -> Problem:
    what = say("reading this article takes longer than {most:.0f} seconds", most=ARTICLE_SECONDS)
    fix = say("simplify its first paragraphs: many nested or unclosed brackets are slow")
    return Problem(Location(source), "reading-slow", what, fix)


def _report_crashed(source: str) -> EncodedRead:
    what = say("reading this article crashed its process, or takes more than 512 MB of memory")
    fix = say("find what in this text does it, and report it to newsgen")
    return None, (Problem(Location(source), "reading-crashed", what, fix),)


def _list_licences(sidecars: Mapping[str, Sidecar]) -> dict[str, Licence]:
    """The licences that end, by the sources of the pictures; those of pictures that nobody may see do not matter."""
    return {
        picture: Licence(sidecar.licence_until, Location(sidecar.source, *sidecar.licence_place))
        for picture, sidecar in sidecars.items()
        if sidecar.licence_until is not None and sidecar.has_consent
    }


def _find_favicon(assets: Assets) -> str:
    """The url of favicon.ico if the site lies below a path: browsers look for it at the root of the host alone."""
    asset = assets.find_output("favicon.ico") if assets.base else None
    return asset.url if asset is not None and not (asset.flaw and asset.flaw.bar) else ""
