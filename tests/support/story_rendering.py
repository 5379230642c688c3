"""Reads one article and renders one body, the way a build would."""

import posixpath
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from builders import NOW, png, site_config, site_folder
from newsgen.body.body import BodyRenderer, LinkTargets
from newsgen.body.engine import PythonMarkdown, make_engine
from newsgen.config.settings import Config
from newsgen.content.articles import ArticleReader
from newsgen.content.sources import Sources, find_sources
from newsgen.core.errors import Problem, Problems
from newsgen.media.assets import Assets
from newsgen.media.sidecars import SidecarReader
from newsgen.model.manuscripts import Manuscript
from newsgen.model.stories import Body

HERE = "kinh-te/cau-lac-2.md"
FIRST_LINE = 5
STORIES = {
    HERE: "/kinh-te/cau-lac-2.html",
    "kinh-te/nhan-muon.md": "/kinh-te/nhan-muon.html",
    "kinh-te/nhap.md": None,
    "xa-hoi/ke-song.md": "/xa-hoi/ke-song.html",
    "phong-su-anh/mua-nuoc/index.md": "/phong-su-anh/mua-nuoc.html",
}
PAGES = ("/", "/tin-moi-nhat/")
FILES = {
    "content/kinh-te/cau.png": png(8, 6),
    "content/kinh-te/vải chín.png": png(5, 7),
    "content/xa-hoi/bang.pdf": "",
    "static/logo.png": png(20, 10),
    "static/phim.mp4": "",
}

NO_FILES: Mapping[str, str | bytes] = MappingProxyType({})


def shown(problems: Problems | tuple[Problem, ...]) -> list[str]:
    """Faults as `line:column rule`, in the order they were found."""
    found = problems.found if isinstance(problems, Problems) else problems
    return [f"{p.location.line}:{p.location.column} {p.rule}" for p in found]


def read_article(
    text: str | bytes, path: str = "kinh-te/a.md", config: Config | None = None
) -> tuple[Manuscript | None, Problems]:
    """The manuscript of a file with this text at content/<path>, and its faults."""
    problems = Problems()
    with TemporaryDirectory() as folder:
        site = site_folder(Path(folder), {f"content/{path}": text})
        reader = ArticleReader(site, config or site_config(), PythonMarkdown())
        return reader.read_one(f"content/{path}", problems), problems


def good_article(text: str | bytes, path: str = "kinh-te/a.md", config: Config | None = None) -> Manuscript:
    """The manuscript of a text that has no fault."""
    manuscript, problems = read_article(text, path, config)
    assert manuscript is not None, shown(problems)
    return manuscript


def body_of(
    text: str,
    config: Config | None = None,
    path: str = HERE,
    engine: str = "python-markdown",
    files: Mapping[str, str | bytes] = NO_FILES,
) -> Body:
    """The body of the story at content/<path> among the stories and files above, and `files` beside it."""
    config = config or site_config()
    with TemporaryDirectory() as folder:
        beside = {f"content/{posixpath.dirname(path)}/{name}": data for name, data in files.items()}
        site = site_folder(Path(folder), {**FILES, **beside})
        sources, problems = sources_of(site), Problems()
        assets = Assets(site, sources.files, config.base, config.missing_level)
        assets.attachments = config.attachments
        reader = SidecarReader(site, config.zone, assets.examiner)
        assets = assets.at(NOW, reader.read_all(sources.sidecars, sources.files.values(), problems))
        assert [] == problems.found
        targets = LinkTargets(STORIES, assets, PAGES.__contains__)
        return BodyRenderer(config, make_engine(engine, (), "vi"), targets).render(
            text, path, f"content/{path}", FIRST_LINE
        )


def live_body_of(text: str, began: datetime | None, engine: str = "python-markdown") -> Body:
    """The body of a live story that began then, without other files in its site."""
    config = site_config()
    with TemporaryDirectory() as folder:
        assets = Assets(site_folder(Path(folder), {}), {}, config.base, config.missing_level)
        renderer = BodyRenderer(config, make_engine(engine, (), "vi"), LinkTargets(STORIES, assets, PAGES.__contains__))
        return renderer.render(text, HERE, f"content/{HERE}", FIRST_LINE, began)


def sources_of(site: Path) -> Sources:
    """The sources of a site without a fault in them."""
    problems = Problems()
    found = find_sources(site, problems)
    assert [] == problems.found
    return found
