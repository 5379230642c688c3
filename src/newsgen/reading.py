"""Read a site's folder: files → manuscripts, people, pictures, data. The one act that opens the content room."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from newsgen.config import Config, setting_place
from newsgen.content.articles import ArticleReader, Known, unknown
from newsgen.content.assets import Assets
from newsgen.content.cache import ReadCache, stamp_text
from newsgen.content.data import read_data
from newsgen.content.markup import Engine, make_engine
from newsgen.content.people import read_people
from newsgen.content.sources import Sources
from newsgen.errors import Location, Problem, Problems
from newsgen.model import Manuscript, Picture
from newsgen.site.site import Inputs
from newsgen.workers import ordered_map


@dataclass(frozen=True, slots=True)
class Remembered:
    """What earlier runs read, and how many processes may read what they did not."""

    cache: ReadCache
    jobs: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A site as read: what joining needs, and what rendering bodies needs later.

    `files` are the sources of lead pictures, to be published.
    """

    site: Path
    config: Config
    inputs: Inputs
    sources: Sources
    assets: Assets
    engine: Engine
    files: Mapping[str, str]
    share: Picture | None


def read_site(site: Path, config: Config, sources: Sources, remembered: Remembered, problems: Problems) -> Reading:
    """Read everything but the bodies; faults go to `problems`."""
    reader = SiteReader(site, config, sources)
    read = reader.manuscripts(remembered)
    for _, faults in read.values():
        problems.extend(faults)
    return reader.assemble([m for m, _ in read.values() if m is not None], problems)


Read = tuple[Manuscript | None, Sequence[Problem]]
"""What became of one article's source: its manuscript, or why there is none."""


class SiteReader:
    """Reads the files of a site that were found to be its sources."""

    def __init__(self, site: Path, config: Config, sources: Sources) -> None:
        self.site, self.config, self.sources = site, config, sources
        self.assets = Assets(site, sources, config.base)
        self.engine = make_engine(config.markdown.engine, config.markdown.extensions, config.language)
        self.articles = ArticleReader(site, config, self.engine)

    def manuscripts(self, remembered: Remembered) -> dict[str, Read]:
        """What became of every source, in their order; only those that changed are read, over several processes."""
        cache, sources = remembered.cache, self.sources.articles
        stamps = {source: stamp_text((self.site / source).stat()) for source in sources}
        found: dict[str, Read] = {source: (cache.by_stamp(source, stamps[source]), ()) for source in sources}
        new = [source for source in sources if found[source][0] is None]
        reading = ordered_map(lambda source: self.read(source, cache.by_digest), new, remembered.jobs)
        found.update(zip(new, reading, strict=True))
        cache.put([(m, stamps[s]) for s in new if (m := found[s][0]) is not None])
        cache.forget_but(stamps.keys())
        return found

    def read(self, source: str, known: Known = unknown) -> Read:
        """What becomes of one source; `known` gives what was read before from the same bytes."""
        faults = Problems()
        return self.articles.read_one(source, faults, known), faults.found

    def assemble(self, manuscripts: Sequence[Manuscript], problems: Problems) -> Reading:
        """The whole reading: the manuscripts with everything around them; faults go to `problems`."""
        site, config, sources, assets = self.site, self.config, self.sources, self.assets
        pictures, files = _lead_pictures(manuscripts, assets, problems)
        read = {m.source for m in manuscripts}
        inputs = Inputs(
            manuscripts=tuple(manuscripts),
            people=read_people(site, sources.data, assets, problems),
            pictures=pictures,
            data=read_data(site, sources.data, problems),
            broken=frozenset(s.removeprefix("content/") for s in sources.articles if s not in read),
        )
        if not sources.articles:
            fix = 'write one with `newsgen new "Tiêu đề"`'
            problems.add(Location("content"), "no-content", "there is no article in content/", fix)
        share = _share(site, config, assets, problems)
        return Reading(site, config, inputs, sources, assets, self.engine, files, share)


def _lead_pictures(
    manuscripts: Sequence[Manuscript], assets: Assets, problems: Problems
) -> tuple[dict[str, Picture], dict[str, str]]:
    pictures: dict[str, Picture] = {}
    files: dict[str, str] = {}
    for m in manuscripts:
        if m.image is None:
            continue
        given = Picture(m.image.src, m.image.alt, m.image.caption, m.image.credit)
        if given.src.startswith(("https://", "http://")):
            pictures[m.source] = given
            continue
        folder = m.path.rpartition("/")[0]
        asset = assets.find(given.src, folder)
        if asset is None:
            place = Location(m.source, m.image.line, m.image.column)
            fix = assets.nearest(given.src, folder)
            problems.add(place, "missing-image", f"there is no picture “{given.src}”", fix)
            continue
        files[m.source] = asset.source
        pictures[m.source] = replace(given, src=asset.url, width=asset.width, height=asset.height)
    return pictures, files


def _share(site: Path, config: Config, assets: Assets, problems: Problems) -> Picture | None:
    if not config.share_image:
        return None
    asset = assets.find("/" + config.share_image.lstrip("/"), "")
    if asset is None:
        what = f"`share_image` names “{config.share_image}”, which does not exist"
        fix = assets.nearest("/" + config.share_image.lstrip("/"), "")
        problems.add(setting_place(site, "share_image"), "missing-image", what, fix)
        return None
    return Picture(asset.url, config.title, width=asset.width, height=asset.height)
