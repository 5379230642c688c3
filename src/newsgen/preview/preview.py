"""The preview: renders the page that a browser requests, and tells browsers of changes. It writes nothing to build/."""

import asyncio
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path
from threading import Thread
from typing import cast

import msgspec

from newsgen.config.reading import read_config
from newsgen.config.settings import Config
from newsgen.core.errors import ConfigError, MachineError, Problem, summarize, wrap_os_error
from newsgen.core.grouping import format_report
from newsgen.core.media_types import HTML, guess_type
from newsgen.core.messages import ENGLISH, Message, localize, say, translate_to
from newsgen.core.opening import open_inside, read_inside
from newsgen.core.site_files import ADDRESSES, FOLDERS, PLUGINS, SETTINGS
from newsgen.core.urls import to_output, to_url
from newsgen.media.cards.style import FOLDER as CARDS
from newsgen.media.renditions import FOLDER as RENDITIONS
from newsgen.model.pages import Page
from newsgen.preview.access import AccessList, is_loopback
from newsgen.preview.built_site import BuiltSite, find_built_site
from newsgen.preview.messages import StateMessage, describe_page, list_rows, show_problem
from newsgen.preview.page_cache import PageCache
from newsgen.preview.published_files import (
    PublishedFile,
    find_source,
    is_made,
    make_card,
    make_published,
    make_rendition,
)
from newsgen.preview.responses import Response
from newsgen.preview.search_index import SearchIndex
from newsgen.preview.server import PreviewServer
from newsgen.preview.story_list import StorySearch, render_list
from newsgen.preview.strings import translate_strings
from newsgen.preview.versions import Version, VersionOptions, Versions
from newsgen.preview.watcher import Batch, Watcher
from newsgen.render.theme import PACKAGED

CONSEQUENCE = say("the last good pages are shown")
BARE = '<!doctype html><meta charset="utf-8"><title>newsgen</title>'


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """The options of a preview. `names` are more hosts under which it answers; `follow` opens the story just saved.

    `is_present` says that the moment is now, so that pages of the last build may be shown until the site is read.
    """

    site: Path
    moment: Callable[[Config], datetime]
    drafts: bool = False
    host: str = "127.0.0.1"
    port: int = 8000
    names: tuple[str, ...] = ()
    follow: bool = False
    language: str = ENGLISH
    is_present: bool = False


class Preview:
    """One running preview. `show` prints a line in the terminal."""

    def __init__(self, options: ServeOptions, show: Callable[[str], None]) -> None:
        self.options, self.show, self.translate = options, show, translate_to(options.language)
        self.site = options.site
        self.versions = Versions(VersionOptions(options.site, options.moment, options.drafts, os.cpu_count() or 1))
        self.cache = PageCache(self.versions)
        self.server = PreviewServer(self, AccessList((options.host, *options.names)), self._begin)
        self.watch = Watcher(self.site, (*FOLDERS, PLUGINS), (SETTINGS, ADDRESSES))
        self._drawing = ThreadPoolExecutor(1, "draw")
        self._announced, self._search = 0, SearchIndex()
        self._reported: tuple[Problem, ...] = ()
        self._built: BuiltSite | None = None
        self._is_read = asyncio.Event()
        self._failure: Exception | None = None

    def open(self) -> str:
        """Take a port; gives the address of the front page.

        The site is read first, unless pages of its last build can be shown meanwhile.

        Raises:
            ConfigError: when newsgen.yaml is missing or wrong.
            MachineError: when there is no such port or host, or the site cannot be read.
        """
        config = read_config(self.site)
        self._built = find_built_site(self.site, config) if self.options.is_present else None
        if self._built is None:
            self._read()
            self._is_read.set()
        try:
            port = self.server.bind(self.options.host, self.options.port)
        except OSError as error:
            raise wrap_os_error(error, f"{self.options.host}:{self.options.port}") from error
        if not is_loopback(self.options.host):
            self.show(say("warning: others in this network can read this preview, drafts too. fix: leave out --host"))
        host = f"[{self.options.host}]" if ":" in self.options.host else self.options.host
        return f"http://{host}:{port}{config.base}/"

    def _read(self) -> None:
        """Read the site for the first time.

        Raises:
            ConfigError, MachineError: when there is nothing to show.
        """
        self.versions.look()
        if self.versions.newest is None:
            raise _choose_error(self.versions.problems)(*self.versions.problems)
        self._announced = self.versions.number
        self._report()

    def run(self) -> None:
        """Serve until interrupted.

        Raises:
            ConfigError, MachineError: when the site, read while it was served, cannot be shown.
        """
        try:
            self.server.serve(host=self.options.host)
        finally:
            self.watch.stop.set()
            self._drawing.submit(self.cache.close)
            self._drawing.shutdown()
        if self._failure is not None:
            raise self._failure

    @property
    def number(self) -> int:
        """The number of the state that is shown."""
        return self.versions.number

    async def respond(self, path: str) -> Response:
        """The page or file at a path."""
        if self._built is not None and not self._is_read.is_set():
            if (built := await asyncio.to_thread(self._built.respond, path)) is not None:
                return built
            await self._is_read.wait()
        version = self._version
        base = version.config.base
        if base and not path.startswith(f"{base}/"):
            return Response(302, location=f"{base}/") if path in ("/", base) else await self._page("404.html", 404)
        output = to_output(path.removeprefix(base))
        if output in version.pages:
            return await self._page(output, 200)
        if (answer := await self._file_at(output)) is not None:
            return answer
        if f"{output}/index.html" in version.pages:
            return Response(302, location=to_url(f"{output}/index.html", base))
        return await self._page("404.html", 404)

    async def _file_at(self, output: str) -> Response | None:
        """The static file or the file beside stories at an output; a page with the problems of one that is refused."""
        reading, file = self._version.reading, self._version.planned.sources.get(output)
        source = find_source(reading, output)
        if source in reading.assets.barred:
            return None
        is_file_made = await asyncio.to_thread(is_made, reading, source) if source else False
        if is_file_made:
            made = await asyncio.to_thread(make_published, reading, source)
            if made.problems or output in self.cache.faults:
                loop = asyncio.get_running_loop()
                await loop.run_in_executor(self._drawing, self._take_problems, output, made.problems)
            if made.problems:
                return self._show_problems(made.problems)
            return Response(200, made.data, guess_type(output)) if made.data is not None else None
        if output.startswith(f"{CARDS}/"):
            return await asyncio.to_thread(self._card, output)
        if output.startswith(f"{RENDITIONS}/"):
            return self._show_made(await asyncio.to_thread(make_rendition, reading, output), output)
        if (found := await asyncio.to_thread(self._search.find, output, self._version)) is not None:
            return Response(200, found, guess_type(output))
        if file is None and source:
            file = self.site / source
        return await asyncio.to_thread(self._file, file) if file is not None else None

    def _show_problems(self, problems: Iterable[Problem]) -> Response:
        """A page that says what is wrong with a file."""
        lines = escape("\n".join(format_report(tuple(problems), self.translate)))
        return Response(500, f"{BARE}<pre>{lines}</pre>".encode(), takes_script=True)

    async def facts(self, path: str) -> bytes:
        """JSON: what the bar shows of the page at a path, once the site is read."""
        await self._is_read.wait()
        arguments = self.versions, self.cache, path, self.translate
        facts = await asyncio.get_running_loop().run_in_executor(self._drawing, describe_page, *arguments)
        return msgspec.json.encode(facts)

    async def stories(self, query: str, state: str) -> bytes:
        """A page: the stories with their states, newest edits first."""
        await self._is_read.wait()
        search, language = StorySearch(query, state), self.options.language
        rows, count = await asyncio.to_thread(list_rows, self.versions, search)
        return render_list(rows, count, search, translate_strings(language), language).encode()

    def strings(self) -> bytes:
        """JSON: the strings of the browser's script."""
        return msgspec.json.encode(translate_strings(self.options.language))

    def localize(self, message: Message) -> str:
        """A message in the editor's language."""
        return localize(message, self.translate)

    def state(self) -> bytes:
        """JSON: the number, and every problem."""
        return self._message(())

    @property
    def _version(self) -> Version:
        return cast("Version", self.versions.newest)  # there is one since the site was read, and it never goes

    async def _page(self, output: str, status: int) -> Response:
        loop = asyncio.get_running_loop()
        copy, problems = await loop.run_in_executor(self._drawing, self._draw, output)
        page = self._version.pages.get(output)
        kind = HTML if isinstance(page, Page) else guess_type(output)  # a page may have any ending
        whole = kind.startswith("text/html") and not output.endswith(".fragment.html")
        if copy is not None:
            return Response(status, copy, kind, takes_script=whole)
        if not problems:  # deleted between two looks
            return Response(404, BARE.encode(), takes_script=True)
        return Response(500, BARE.encode(), takes_script=True)

    def _draw(self, output: str) -> tuple[bytes | None, list[Problem]]:
        with self._announcing():
            copy = self.cache.draw(output)
        return copy.data if copy is not None else None, self._problems()

    def _take_problems(self, output: str, problems: tuple[Problem, ...]) -> None:
        with self._announcing():
            self.cache.take_problems(output, problems)

    @contextmanager
    def _announcing(self) -> Iterator[None]:
        """Announce the state afterwards, if its problems have changed."""
        before = self.cache.problems()
        yield
        if self.cache.problems() != before or self.versions.number != self._announced:
            self._announce(())

    def _card(self, output: str) -> Response | None:
        """The social card at an output, if a story has it."""
        version = self._version
        found = version.planned.find_card(output, version.unseen.values())
        return self._show_made(make_card(version.reading, *found) if found else PublishedFile(), output)

    def _show_made(self, made: PublishedFile, output: str) -> Response | None:
        if made.problems:
            return self._show_problems(made.problems)
        return Response(200, made.data, guess_type(output)) if made.data is not None else None

    def _file(self, file: Path) -> Response | None:
        """A file, if it still lies in the site or a theme. A page in static/ takes the script."""
        theme = self.versions.newest.planned.theme if self.versions.newest else PACKAGED
        kind, root = guess_type(file.name), theme.root(file) or self.site
        try:
            if kind == HTML:
                return Response(200, read_inside(root, file), kind, takes_script=True)
            return Response(200, kind=kind, file=open_inside(root, file))
        except OSError:
            return None

    def _begin(self) -> None:
        Thread(target=self._watch, name="watch", daemon=True).start()

    def _watch(self) -> None:
        """Read the site, if it is not read yet, and take in every change from then on."""
        if not self._is_read.is_set():
            try:
                self._read()
            except Exception as error:  # noqa: BLE001 - `run` raises it
                self._failure = error
                self.server.stop()
                return
            self.server.call(self._is_read.set)
            self.server.broadcast(self._message(()))
        self.watch.run(self._take, self._warn_of_polling)

    def _warn_of_polling(self, error: OSError) -> None:
        self.show(say("newsgen: the system cannot tell what changes ({error}); looking at every file", error=error))

    def _take(self, batch: Batch) -> None:
        """Take in a batch of changes and announce them. Called in the watching thread."""
        if batch is not None and not batch and not self.versions.is_due() and self.versions.number == self._announced:
            return
        try:
            self._update(batch)
        except Exception as error:  # noqa: BLE001 - a bug in one change must not make the preview deaf to the next
            values = {"kind": type(error).__name__, "error": error}
            self.show(say("newsgen: a bug in newsgen: {kind}: {error}. fix: save again, or start again", **values))

    def _update(self, batch: Batch) -> None:
        before = self.versions.number
        self.versions.look(batch)
        if {before, self._announced} != {self.versions.number}:  # drawing a page may have announced the number
            self._drawing.submit(
                self._draw_open_pages, frozenset() if batch is None else self.versions.touched
            ).result()

    def _draw_open_pages(self, batch: frozenset[str]) -> None:
        """Draw the open pages, so that their problems are known; then announce the state."""
        outputs = [output for output in self._list_open_outputs() if output in self._version.pages]
        outputs += [page.output for page in self._find_pages(batch)]
        self.cache.recheck(outputs[:50])
        self._announce(batch)

    def _find_pages(self, batch: Iterable[str]) -> list[Page]:
        """The pages that are made from these sources."""
        return [page for page in map(self._version.find_page, sorted(batch)) if page]

    def _list_open_outputs(self) -> Iterable[str]:
        base = self._version.config.base
        return [to_output(path.removeprefix(base)) for path in self.server.list_open_paths()]

    def _announce(self, batch: Iterable[str]) -> None:
        self._announced = self.versions.number
        self.server.broadcast(self._message(batch))
        self._report()

    def _problems(self) -> list[Problem]:
        return sorted({*self.versions.problems, *self.cache.problems()})

    def _message(self, batch: Iterable[str]) -> bytes:
        if self.versions.newest is None:
            return msgspec.json.encode(StateMessage(self.versions.number, [], [], ""))
        version, touched = self._version, set(batch)
        sources = version.reading.sources
        files = [
            to_url(o, version.config.base)
            for o, s in (*sources.static.items(), *sources.assets.items())
            if s in touched
        ]
        saved = [page.url for page in self._find_pages(touched)]
        errors = [p.localized(self.translate) for p in self._problems() if p.level == "error"]
        problems = [show_problem(self.site, problem) for problem in errors]
        follow = saved[-1] if saved and self.options.follow else ""
        return msgspec.json.encode(StateMessage(self.versions.number, problems, files, follow))

    def _report(self) -> None:
        """Print the problems in the terminal, if they have changed."""
        problems = tuple(p for p in self._problems() if p.level == "error")
        if problems == self._reported:
            return
        self._reported = problems
        for line in format_report(problems, self.translate):
            self.show(line)
        self.show(summarize(problems, CONSEQUENCE) if problems else say("everything is mended"))


def _choose_error(problems: tuple[Problem, ...]) -> type[ConfigError | MachineError]:
    return ConfigError if any(p.location.path == SETTINGS for p in problems) else MachineError
