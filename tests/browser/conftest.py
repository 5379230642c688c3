"""A browser that reaches this machine alone, and a reader who notices every fault on the pages visited."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright

from built_once import built_once
from search_pages import build_searched
from served_papers import (
    ENDPOINT,
    FLAGS,
    PATIENCE,
    Paper,
    build_demonstration,
    build_everything,
    build_started,
    build_variant,
    serve,
)
from tooling import NODE_MODULES, needed


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder carries the mark `browser`: `pytest -m "not browser"` leaves them out."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium() -> str:
    return needed(shutil.which("chromium") or shutil.which("chromium-browser"), "chromium")


@pytest.fixture(scope="session")
def java() -> str:
    return needed(shutil.which("java"), "java")


@pytest.fixture(scope="session")
def node() -> str:
    return needed(shutil.which("node"), "node")


@pytest.fixture(scope="session")
def tool() -> Callable[[str], str]:
    """Gives the path of a file in one of the npm packages of package.json."""
    return lambda path: needed(NODE_MODULES / path, f"npm's {path}")


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        expect.set_options(timeout=PATIENCE * 1_000)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paper]:
    """The demonstration as it is."""
    with serve(built_once(tmp_path_factory, "demonstration", build_demonstration)) as paper:
        yield paper


@pytest.fixture(scope="session")
def inline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paper]:
    """The demonstration with the known story, its settings unchanged."""
    site = built_once(tmp_path_factory, "inline", lambda site: build_variant(site, site / "build", {}))
    with serve(site / "build") as paper:
        yield paper


@pytest.fixture(scope="session")
def fragment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paper]:
    """The known story too, with the shared latest box, a count of readers, and lists of many pages."""
    settings = {"latest": {"mode": "fragment"}, "online": {"endpoint": ENDPOINT}, "lists": {"page": 5}}
    site = built_once(tmp_path_factory, "fragment", lambda site: build_variant(site, site / "build", settings))
    with serve(site / "build") as paper:
        yield paper


@pytest.fixture(scope="session")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paper]:
    """A new site of `newsgen init`."""
    with serve(built_once(tmp_path_factory, "started", build_started) / "build") as paper:
        yield paper


@pytest.fixture(scope="session")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paper]:
    """The newspaper that holds everything a paper can, below a path of its host."""
    with serve(built_once(tmp_path_factory, "everything", build_everything) / "www") as paper:
        yield paper


@pytest.fixture(scope="session")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paper]:
    """A paper of three thousand stories, below a path of its host."""
    with serve(built_once(tmp_path_factory, "searched", build_searched) / "www") as paper:
        yield paper


class Reader:
    """Opens pages, and keeps every console error, script error and request to another machine."""

    def __init__(self, browser: Browser) -> None:
        self._browser, self._contexts = browser, list[BrowserContext]()
        self.faults: list[str] = []

    def context(self, **options) -> BrowserContext:
        """A new reader's browser: own storage, own settings."""
        context = self._browser.new_context(**options)
        context.set_default_timeout(PATIENCE * 1_000)
        context.on("console", lambda said: self._note(said.text, said.page) if said.type == "error" else None)
        context.on("weberror", lambda fault: self._note(str(fault.error), fault.page))
        context.on("request", self._asked)
        self._contexts.append(context)
        return context

    def page(self, width: int = 1280, **options) -> Page:
        """An empty page of this width, in pixels."""
        return self.context(viewport={"width": width, "height": 800}, **options).new_page()

    def open(self, address: str, width: int = 1280, **options) -> Page:
        """The page at this address."""
        page = self.page(width, **options)
        page.goto(address)
        return page

    def forgive(self, words: str) -> None:
        """Forget the faults that say this, which must have happened."""
        kept = [fault for fault in self.faults if words not in fault]
        assert len(kept) < len(self.faults), f"nothing said “{words}”: {self.faults}"
        self.faults = kept

    def close(self) -> None:
        for context in self._contexts:
            context.close()

    def _note(self, what: str, page: Page | None) -> None:
        self.faults.append(f"{urlsplit(page.url).path if page else 'a page'}: {what}")

    def _asked(self, request: Request) -> None:
        asked = urlsplit(request.url)
        if asked.scheme in ("http", "https", "ws", "wss") and asked.hostname != "127.0.0.1":
            self.faults.append(f"a request to another machine: {request.url}")


@pytest.fixture
def reader(browser: Browser) -> Iterator[Reader]:
    reader = Reader(browser)
    yield reader
    reader.close()
    assert [] == reader.faults
