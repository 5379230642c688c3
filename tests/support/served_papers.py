"""Papers to read in a browser, served from this machine, with one story whose every word is known."""

import gzip
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import TypeVar

import yaml
from playwright.sync_api import Error, Page

from everything import everything_site
from newsgen.build.options import BuildOptions
from newsgen.build.pipeline import build
from newsgen.commands.init import init_site

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 9, 1, tzinfo=UTC)

FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
"""How Chromium is started: it reaches this machine alone."""

KINDS = {
    "home": "index.html",
    "section": "kinh-te/index.html",
    "article": "kinh-te/*/*/cau-lac-2-hop-long.html",
    "photo essay": "phong-su-anh/*/*/mua-nuoc-len.html",
    "English home": "en/index.html",
    "English article": "en/business/*/*/lac-river-bridge.html",
    "tag": "chu-de/song-lac/index.html",
    "topic above others": "chu-de/giao-thong/index.html",
    "author": "tac-gia/minh-an/index.html",
    "latest": "tin-moi-nhat/index.html",
    "archive": "luu-tru/index.html",
    "month": "luu-tru/2025/12/index.html",
    "page": "gioi-thieu.html",
    "404": "404.html",
}
"""A page of every kind that the demonstration has, by its output."""

KIND = re.compile(rb'<html lang="([^"]*)".*?<body[^>]* class="kind-([^"]*)"', re.DOTALL)
"""What a page says of its language and kind."""

LOADED_AGAIN = re.compile(r"Execution context was destroyed|Cannot find context|because of a navigation", re.IGNORECASE)
"""How Playwright says that a page was loaded anew while it was asked something."""

LOADS = 10
Asked = TypeVar("Asked")


def steadily(ask: Callable[[], Asked]) -> Asked:
    """What a page of the preview answers: it may load itself anew at any moment, and then it is asked again."""
    for _ in range(LOADS):
        try:
            return ask()
        except Error as error:
            if not LOADED_AGAIN.search(str(error)):
                raise
    return ask()


PATIENCE = 30.0
"""Seconds that a page may take for what a test waits for: a busy machine is slow."""


def until(page: Page, expression: str, arg: object = None) -> None:
    """Wait until this JavaScript expression is true on the page.

    Playwright's own wait_for_function compiles the expression again on the page at each look, which the page's content
    security policy forbids; it passes only when the first look succeeds.
    """
    deadline = monotonic() + PATIENCE
    while not steadily(lambda: page.evaluate(expression, arg)):
        assert monotonic() < deadline, f"never true in {PATIENCE:.0f} s: {expression}"
        page.wait_for_timeout(50)


ENDPOINT = "/dem.json"
TITLE = (
    "Phiên chợ mẫu: mười hai gian hàng mở cửa từ sáng sớm, người mua người bán hai bờ sông Lạc cùng nhau "
    "thử một cách cân đo mới"
)
CUT = "Phiên chợ mẫu: mười hai gian hàng mở cửa từ sáng sớm, người mua người bán hai bờ sông Lạc…"
STORY = f"""---
title: "{TITLE}"
date: 2026-08-07 07:51
slug: phien-cho-mau
summary: Một phiên chợ dựng lên để thử, và mọi gian hàng đều bán hết trước buổi trưa.
authors: [minh-an]
tags: [chợ mẫu, sông Lạc]
image:
  src: phien-cho-mau.webp
  alt: Một cây cầu qua sông
  caption: Cầu nhìn từ phía chợ.
  credit: "Ảnh: Minh An"
related: [kinh-te/cau-lac-2-hop-long.md, xa-hoi/ke-song-an-phuc.md]
---

Chợ mở lúc năm giờ.

## Cân và đo

Người bán cân hai lần, người mua gật đầu một lần.
"""


@dataclass(frozen=True, slots=True)
class Paper:
    """A built site and the address at which it is served."""

    folder: Path
    origin: str

    def find(self, pattern: str) -> str:
        """The address of the one output that the pattern names."""
        (found,) = self.folder.glob(pattern)
        return self.address(found)

    def kind(self, kind: str) -> str:
        """The address of the page of this kind."""
        return self.find(KINDS[kind])

    def story(self) -> str:
        """The address of the story whose every word is known."""
        return self.find("kinh-te/2026/08/phien-cho-mau.html")

    def pages(self) -> list[str]:
        """The addresses of all whole pages."""
        return [self.address(output) for output in self.files()]

    def files(self) -> list[Path]:
        """The outputs that are whole pages."""
        outputs = sorted(self.folder.rglob("*.html"))
        return [output for output in outputs if output.read_bytes().startswith(b"<!doctype html>")]

    def one_of_each_kind(self) -> dict[tuple[str, str], str]:
        """The address of one page of each kind in each language, by the two."""
        pages = {
            (found[2].decode(), found[1].decode()): output
            for output in sorted(self.folder.rglob("*.html"))
            if (found := KIND.search(output.read_bytes()))
        }
        return {kind: self.address(output) for kind, output in pages.items()}

    def stories_with_components(self) -> dict[str, str]:
        """The addresses of the stories with every component and of the live reports, by folder and name."""
        outputs = [one for name in ("phan", "truc-tiep") for one in sorted(self.folder.glob(f"tin/**/{name}.html"))]
        return {one.relative_to(self.folder).as_posix(): self.address(one) for one in outputs}

    def address(self, output: Path) -> str:
        """The address of an output, as readers see it."""
        return f"{self.origin}/{output.relative_to(self.folder).as_posix().removesuffix('index.html')}"


def build_demonstration(output: Path) -> None:
    """The newspaper of this repository, as it is."""
    build(BuildOptions(ROOT, output, NOW))


def build_variant(site: Path, output: Path, settings: Mapping[str, object]) -> None:
    """The newspaper of this repository with the known story added and other settings."""
    for name in ("content", "data", "static", "templates"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, site / name)
    config = yaml.safe_load((ROOT / "newsgen.yaml").read_text("utf-8")) | settings
    (site / "newsgen.yaml").write_text(yaml.safe_dump(config, allow_unicode=True), "utf-8")
    section = site / "content/kinh-te"
    (section / "phien-cho-mau.md").write_text(STORY, "utf-8")
    shutil.copy(section / "cau-lac-2-hop-long.webp", section / "phien-cho-mau.webp")
    build(BuildOptions(site, output, NOW))


def build_started(folder: Path) -> None:
    """A site as `newsgen init` makes it; `build/` is the folder to serve."""
    init_site(folder)
    build(BuildOptions(folder, folder / "build", NOW))


def build_everything(folder: Path) -> None:
    """The newspaper that holds everything a paper can; `www/` is the folder to serve, in which it lies below a path."""
    site = everything_site(folder / "site")
    build(BuildOptions(site, folder / "www/tin", NOW))


COMPRESSED = frozenset([".css", ".html", ".js", ".json", ".svg", ".xml"])


class _Handler(SimpleHTTPRequestHandler):
    """Plain files as a good host gives them: types with a charset, the paper's own 404 page. And a count of readers."""

    protocol_version = "HTTP/1.1"
    text = "; charset=utf-8"
    extensions_map = {  # noqa: RUF012 - the standard library's own form
        "": "application/octet-stream",
        ".css": f"text/css{text}",
        ".html": f"text/html{text}",
        ".ico": "image/x-icon",
        ".jpg": "image/jpeg",
        ".js": f"text/javascript{text}",
        ".json": "application/json",
        ".png": "image/png",
        ".svg": "image/svg+xml",
        ".webp": "image/webp",
        ".woff2": "font/woff2",
        ".xml": f"application/xml{text}",
    }

    def __init__(self, *arguments, headers: Mapping[str, str], is_compressed: bool, **named) -> None:
        self.extra, self.is_compressed = headers, is_compressed
        super().__init__(*arguments, **named)

    def send_head(self):
        """The head of an answer; texts go compressed where that is wanted, as nearly every host sends them."""
        path = Path(self.translate_path(self.path))
        if path.is_dir() and self.path.endswith("/"):
            path /= "index.html"
        if not self.is_compressed or path.suffix not in COMPRESSED or not path.is_file():
            return super().send_head()
        data = gzip.compress(path.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        return BytesIO(data)

    def end_headers(self) -> None:
        for name, value in self.extra.items():
            self.send_header(name, value)
        super().end_headers()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"] or 0))
        if self.path == ENDPOINT:
            self._answer(200, ".json", b'{"online": 140}')
        else:
            self.send_error(405)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        lost = Path(self.directory, "404.html")
        if code != 404 or not lost.is_file():
            super().send_error(code, message, explain)
            return
        self._answer(code, ".html", lost.read_bytes())

    def _answer(self, code: int, kind: str, body: bytes) -> None:
        self.send_response(code)
        self.send_header("Content-Type", self.extensions_map[kind])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *arguments) -> None:
        """Nothing: a test's own words are enough."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address) -> None:
        """A browser that closes in the middle of an answer is no fault."""


@contextmanager
def serve(folder: Path, headers: Mapping[str, str] | None = None, *, is_compressed: bool = False) -> Iterator[Paper]:
    """The built site served on a free port of this machine, each answer with these headers too."""
    handler = partial(_Handler, directory=str(folder), headers=headers or {}, is_compressed=is_compressed)
    with _Server(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield Paper(folder, f"http://127.0.0.1:{server.server_port}")
        finally:
            server.shutdown()
            thread.join()
