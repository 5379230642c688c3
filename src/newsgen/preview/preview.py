"""The preview: the pipeline cut to the one page that the browser asks for. Nothing is written into build/."""

import asyncio
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Thread
from typing import cast

import msgspec

from newsgen.config.settings import Config
from newsgen.core.errors import ConfigError, MachineError, Problem, summarize, wrap_os_error
from newsgen.core.grouping import format_report
from newsgen.core.media_types import HTML, guess_type
from newsgen.core.messages import ENGLISH, Message, localize, say, translate_to
from newsgen.core.opening import open_inside, read_inside
from newsgen.core.site_files import ADDRESSES, FOLDERS, PLUGINS, SETTINGS
from newsgen.core.urls import to_output, to_url
from newsgen.model.pages import Page
from newsgen.preview.access import Door, is_loopback
from newsgen.preview.messages import Facts, Told, facts_of, rows_of, told_problem, wordlist
from newsgen.preview.page_cache import Press
from newsgen.preview.responses import Answer
from newsgen.preview.server import PreviewServer
from newsgen.preview.story_list import Asked, stories_page
from newsgen.preview.versions import Version, VersionOptions, Versions
from newsgen.preview.watcher import Batch, Watch
from newsgen.render.theme import PACKAGED

CONSEQUENCE = say("the last good pages are shown")
BARE = '<!doctype html><meta charset="utf-8"><title>newsgen</title>'


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """One preview's choices. `names` are further hosts under which it answers; `follow` opens the story just saved."""

    site: Path
    moment: Callable[[Config], datetime]
    drafts: bool = False
    host: str = "127.0.0.1"
    port: int = 8000
    names: tuple[str, ...] = ()
    follow: bool = False
    language: str = ENGLISH


class Preview:
    """One running preview. `show` prints a line for whoever started it."""

    def __init__(self, options: ServeOptions, show: Callable[[str], None]) -> None:
        self.options, self.show, self.translate = options, show, translate_to(options.language)
        self.site = options.site
        self.versions = Versions(VersionOptions(options.site, options.moment, options.drafts, os.cpu_count() or 1))
        self.press = Press(self.versions)
        self.server = PreviewServer(self, Door((options.host, *options.names)), self._begin)
        self.watch = Watch(self.site, (*FOLDERS, PLUGINS), (SETTINGS, ADDRESSES))
        self._pressroom = ThreadPoolExecutor(1, "press")
        self._told = 0
        self._said: tuple[Problem, ...] = ()

    def open(self) -> str:
        """Read the site and take a port; gives the address of the front page.

        Raises:
            ConfigError: when newsgen.yaml is missing or wrong.
            MachineError: when there is no such port or host, or the site cannot be read.
        """
        self.versions.look()
        if self.versions.newest is None:
            raise _family(self.versions.problems)(*self.versions.problems)
        try:
            port = self.server.bind(self.options.host, self.options.port)
        except OSError as error:
            raise wrap_os_error(error, f"{self.options.host}:{self.options.port}") from error
        self._told = self.versions.number
        self._report()
        if not is_loopback(self.options.host):
            self.show(say("warning: others in this network can read this preview, drafts too. fix: leave out --host"))
        host = f"[{self.options.host}]" if ":" in self.options.host else self.options.host
        return f"http://{host}:{port}{self.versions.newest.config.base}/"

    def run(self) -> None:
        """Serve until interrupted."""
        try:
            self.server.serve(host=self.options.host)
        finally:
            self.watch.stop.set()
            self._pressroom.submit(self.press.close)
            self._pressroom.shutdown()

    @property
    def number(self) -> int:
        """Which state of the site is shown."""
        return self.versions.number

    async def answer(self, path: str) -> Answer:
        """The page or file at a path."""
        version = self._version
        base = version.config.base
        if base and not path.startswith(f"{base}/"):
            return Answer(302, location=f"{base}/") if path in ("/", base) else await self._page("404.html", 404)
        output = to_output(path.removeprefix(base))
        if output in version.pages:
            return await self._page(output, 200)
        if (answer := await self._file_at(output)) is not None:
            return answer
        if f"{output}/index.html" in version.pages:
            return Answer(302, location=to_url(f"{output}/index.html", base))
        return await self._page("404.html", 404)

    async def _file_at(self, output: str) -> Answer | None:
        """The static file or the file beside stories at an output; only an error's page for one that would run code."""
        reading, file = self._version.reading, self._version.planned.sources.get(output)
        source = reading.sources.assets.get(output)
        if file is None and source is not None and reading.must_examine(source):
            loop = asyncio.get_running_loop()
            data, is_refused = await loop.run_in_executor(self._pressroom, self._examined, output)
            if is_refused:
                return Answer(500, BARE.encode(), takes_script=True)
            return Answer(200, data, guess_type(output)) if data is not None else None
        if file is None and source is not None:
            file = self.site / source
        return await asyncio.to_thread(self._file, file) if file is not None else None

    async def facts(self, path: str) -> bytes:
        """JSON: what the bar shows of the page at a path."""
        facts = await asyncio.get_running_loop().run_in_executor(self._pressroom, self._facts, path)
        return msgspec.json.encode(facts)

    async def stories(self, query: str, state: str) -> bytes:
        """A page: the stories with their states, newest edits first."""
        asked, language = Asked(query, state), self.options.language
        rows, count = await asyncio.to_thread(rows_of, self.versions, asked)
        return stories_page(rows, count, asked, wordlist(language), language).encode()

    def words(self) -> bytes:
        """JSON: what the browser's script says."""
        return msgspec.json.encode(wordlist(self.options.language))

    def said(self, message: Message) -> str:
        """A message in the editor's language."""
        return localize(message, self.translate)

    def state(self) -> bytes:
        """JSON: the number, and every problem."""
        return self._message(())

    @property
    def _version(self) -> Version:
        return cast("Version", self.versions.newest)  # there is one since `open`, and it never goes

    async def _page(self, output: str, status: int) -> Answer:
        loop = asyncio.get_running_loop()
        copy, problems = await loop.run_in_executor(self._pressroom, self._drawn, output)
        page = self._version.pages.get(output)
        kind = HTML if isinstance(page, Page) else guess_type(output)  # a page may have any ending
        whole = kind.startswith("text/html") and not output.endswith(".fragment.html")
        if copy is not None:
            return Answer(status, copy, kind, takes_script=whole)
        if not problems:  # deleted between two looks
            return Answer(404, BARE.encode(), takes_script=True)
        return Answer(500, BARE.encode(), takes_script=True)

    def _drawn(self, output: str) -> tuple[bytes | None, list[Problem]]:
        with self._telling():
            copy = self.press.draw(output)
        return copy.data if copy is not None else None, self._problems()

    def _examined(self, output: str) -> tuple[bytes | None, bool]:
        """A file's bytes, and whether a build would refuse it."""
        with self._telling():
            data = self.press.examine(output)
        return data, output in self.press.faults

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Tell the browsers afterwards where other faults are known than before."""
        before = self.press.problems()
        yield
        if self.press.problems() != before or self.versions.number != self._told:
            self._tell(())

    def _file(self, file: Path) -> Answer | None:
        """A file, if it still lies in the site or a theme. A page in static/ takes the script."""
        theme = self.versions.newest.planned.theme if self.versions.newest else PACKAGED
        kind, root = guess_type(file.name), theme.root(file) or self.site
        try:
            if kind == HTML:
                return Answer(200, read_inside(root, file), kind, takes_script=True)
            return Answer(200, kind=kind, file=open_inside(root, file))
        except OSError:
            return None

    def _facts(self, path: str) -> Facts:
        return facts_of(self.versions, self.press, path, self.translate)

    def _begin(self) -> None:
        Thread(target=self.watch.run, args=(self._take, self._polls), name="watch", daemon=True).start()

    def _polls(self, error: OSError) -> None:
        self.show(say("newsgen: the system cannot tell what changes ({error}); looking at every file", error=error))

    def _take(self, batch: Batch) -> None:
        """Take in a batch of changes, and tell the browsers. Belongs to the watching thread."""
        if batch is not None and not batch and not self.versions.is_due() and self.versions.number == self._told:
            return
        try:
            self._bring_forward(batch)
        except Exception as error:  # noqa: BLE001 - a bug in one change must not make the preview deaf to the next
            values = {"kind": type(error).__name__, "error": error}
            self.show(say("newsgen: a bug in newsgen: {kind}: {error}. fix: save again, or start again", **values))

    def _bring_forward(self, batch: Batch) -> None:
        before = self.versions.number
        self.versions.look(batch)
        if {before, self._told} != {self.versions.number}:  # whoever draws a page may have told the number already
            self._pressroom.submit(self._bring, frozenset() if batch is None else self.versions.touched).result()

    def _bring(self, batch: frozenset[str]) -> None:
        """Draw what is looked at, so that its faults are known and it is there when asked for; then tell."""
        outputs = [output for output in self._shown() if output in self._version.pages]
        outputs += [page.output for page in self._saved(batch)]
        self.press.recheck(outputs[:50])
        self._tell(batch)

    def _saved(self, batch: Iterable[str]) -> list[Page]:
        """The pages that are made from the files of a batch."""
        return [page for page in map(self._version.page_from, sorted(batch)) if page]

    def _shown(self) -> Iterable[str]:
        base = self._version.config.base
        return [to_output(path.removeprefix(base)) for path in self.server.shown()]

    def _tell(self, batch: Iterable[str]) -> None:
        self._told = self.versions.number
        self.server.tell(self._message(batch))
        self._report()

    def _problems(self) -> list[Problem]:
        return sorted({*self.versions.problems, *self.press.problems()})

    def _message(self, batch: Iterable[str]) -> bytes:
        version, touched = self._version, set(batch)
        sources = version.reading.sources
        files = [
            to_url(o, version.config.base)
            for o, s in (*sources.static.items(), *sources.assets.items())
            if s in touched
        ]
        saved = [page.url for page in self._saved(touched)]
        errors = [p.localized(self.translate) for p in self._problems() if p.level == "error"]
        problems = [told_problem(self.site, problem) for problem in errors]
        follow = saved[-1] if saved and self.options.follow else ""
        return msgspec.json.encode(Told(self.versions.number, problems, files, follow))

    def _report(self) -> None:
        """Say in the terminal what the browser shows, where it is news."""
        problems = tuple(p for p in self._problems() if p.level == "error")
        if problems == self._said:
            return
        self._said = problems
        for line in format_report(problems, self.translate):
            self.show(line)
        self.show(summarize(problems, CONSEQUENCE) if problems else say("everything is mended"))


def _family(problems: tuple[Problem, ...]) -> type[ConfigError | MachineError]:
    return ConfigError if any(p.location.path == SETTINGS for p in problems) else MachineError
