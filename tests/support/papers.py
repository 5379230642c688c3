"""Small newspapers for tests: joined in memory, planned, or built into a folder."""

import os
import subprocess
import sys
import warnings
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, NoReturn

from builders import NOW, article_source, page_source, site_config
from newsgen.build.options import BuildOptions, Progress
from newsgen.build.pipeline import build
from newsgen.cli import main
from newsgen.config.settings import Config
from newsgen.core.errors import Problem, Problems
from newsgen.model.content import Content
from newsgen.model.episodes import Episode
from newsgen.model.manuscripts import Manuscript
from newsgen.model.pages import DocumentOutput, Listing, Page
from newsgen.model.pictures import Picture
from newsgen.model.reports import BuildReport
from newsgen.model.taxonomy import Author
from newsgen.plan.page_parts import Frame
from newsgen.plan.pages import Plan
from newsgen.site.join import join
from newsgen.site.newspaper import Edition, Newspaper
from newsgen.site.queries import News

AT = ("--at", "2022-08-07 07:51")
"""The moment of the papers here, for the command line."""
ENGLISH = "language: en"
"""A line of newsgen.yaml that makes words in addresses and titles English."""


def join_paper(
    *manuscripts: Manuscript,
    config: Config | None = None,
    people: Iterable[Author] = (),
    pictures: Mapping[str, Picture] | None = None,
    broken: Iterable[str] = (),
    episodes: Mapping[str, Episode] | None = None,
    now: datetime = NOW,
    drafts: bool = False,
) -> tuple[Newspaper, list[Problem]]:
    """The newspaper of these manuscripts, and what joining them found wrong."""
    problems = Problems()
    authors, unread = {a.id: a for a in people}, frozenset(broken)
    inputs = Content(manuscripts, authors, pictures or {}, {}, unread, episodes=episodes or {})
    paper = join(config or site_config(ENGLISH), inputs, now, problems, drafts=drafts)
    return paper, problems.found


def newspaper(*manuscripts: Manuscript, **more: object) -> Newspaper:
    """The newspaper of manuscripts that have no fault."""
    paper, problems = join_paper(*manuscripts, **more)  # type: ignore[arg-type]
    assert [] == problems
    return paper


def edition(*manuscripts: Manuscript, **more: object) -> Edition:
    """The main edition of the newspaper of manuscripts that have no fault."""
    return newspaper(*manuscripts, **more).main


def planned(paper: Newspaper, share: Picture | None = None, code: str = "") -> list[Page]:
    """The pages of an edition of a newspaper, with interface strings as they are in the source."""
    return list(_plan(paper, share, code).pages())


def documents(paper: Newspaper) -> dict[str, DocumentOutput[Any]]:
    """What documents make of the main edition of a newspaper, by output."""
    plan = _plan(paper)
    return {one.output: one for one in plan.documents(list(plan.pages()))}


def _plan(paper: Newspaper, share: Picture | None = None, code: str = "") -> Plan:
    return Plan(Frame(paper, code, lambda text: text, share), News(paper.editions[code]))


def page_at(paper: Newspaper, output: str) -> Page:
    """The planned page of the main edition with this output."""
    return next(page for page in planned(paper) if page.output == output)


def listing(page: Page) -> Listing:
    """The list that a page shows."""
    assert isinstance(page.subject, Listing)
    return page.subject


def titles(cards: Iterable[object]) -> list[str]:
    """The titles of cards, articles or pages."""
    return [card.title for card in cards]  # type: ignore[attr-defined]


def build_site(
    site: Path,
    *,
    output: Path | None = None,
    at: datetime = NOW,
    drafts: bool = False,
    jobs: int = 0,
    clean: bool = False,
    cluster: str = "",
    progress: Progress = lambda _stage, _done, _total: None,
) -> BuildReport:
    """Build a folder's site as it stood at NOW, into its build/ unless told otherwise."""
    return build(BuildOptions(site, output or site / "build", at, drafts, jobs, clean, cluster=cluster), progress)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its path in it; empty for a folder that is not there."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


READ_AT_START = ("LANG", "LC_", "PYTHON", "TZ")
"""How the environment variables begin that Python reads when it starts."""


def run_newsgen(
    *arguments: str, site: Path, env: Mapping[str, str] | None = None, umask: int = -1
) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own, in the site's folder.

    The process is a fork of the test's, which saves Python's start; where `env` needs one, Python is started.
    """
    if sys.platform != "linux" or any(name.startswith(READ_AT_START) for name in env or {}):
        return start_newsgen(*arguments, site=site, env=env, umask=umask)
    with TemporaryFile() as out, TemporaryFile() as err:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # a fork beside the test runner's own threads
            child = os.fork()
        if child == 0:
            try:
                os.environ.pop("SOURCE_DATE_EPOCH", None)
                os.environ.update(env or {})
                os.chdir(site)
                os.umask(umask if umask >= 0 else os.umask(0))
                _run_and_exit(arguments, out, err)
            finally:
                os._exit(70)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        said = [_text(file) for file in (out, err)]
    return subprocess.CompletedProcess(["newsgen", *arguments], code, *said)


def _run_and_exit(arguments: tuple[str, ...], out: IO[bytes], err: IO[bytes]) -> NoReturn:
    """Run the command line in this process, which writes to these files, and end it."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(out.fileno(), 1)
    os.dup2(err.fileno(), 2)
    sys.stdin, sys.stdout = open(0, encoding="utf-8"), open(1, "w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", buffering=1)  # noqa: SIM115
    code = 0
    try:
        main(list(arguments), prog_name="python -m newsgen")
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 - Python's own way of ending with an exception
        sys.excepthook(*sys.exc_info())
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8")


def start_newsgen(
    *arguments: str, site: Path, env: Mapping[str, str] | None = None, umask: int = -1
) -> subprocess.CompletedProcess[str]:
    """Run the command line with a Python of its own, in the site's folder."""
    return subprocess.run(
        [sys.executable, "-m", "newsgen", *arguments],
        cwd=site,
        env={**clean_environment(), **(env or {})},
        capture_output=True,
        encoding="utf-8",
        umask=umask,
        check=False,
    )


def clean_environment() -> dict[str, str]:
    """The environment of the tests without what could change a build."""
    return {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}


def weekly() -> dict[str, str]:
    """The files of a small, lively paper: twelve stories of three sections, with tags, authors, links and a page."""
    files = {
        f"content/{('kinh-te', 'kinh-te/gia-ca', 'xa-hoi')[n % 3]}/tin-{n:02}.md": article_source(
            f"tags: [chung, 'loại {n % 4}', Nhãn]",
            f"authors: [{('Thu Trang', 'Bảo Long')[n % 2]}, minh-an]",
            f"pin: {'true' if n == 5 else 'false'}",
            title=f"Tin số {n}",
            date=f"2022-0{1 + n // 4}-1{n % 4} 07:0{n % 10}",
            body=f"Đoạn một của tin {n}.\n\n## Mục\n\n[Tin đầu](/kinh-te/tin-00.md) và **chữ đậm**.\n",
        )
        for n in range(12)
    }
    return {
        **files,
        "content/pages/lien-he.md": page_source(title="Liên hệ"),
        "data/authors/minh-an.yaml": "name: Minh An\nrole: Phóng viên\n",
        "static/logo.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>\n',
    }
