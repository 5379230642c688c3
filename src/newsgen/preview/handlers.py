"""The request handlers: pages and files, the bar's facts, the list of stories, and a WebSocket to each open page.

Everything of the preview is below /_newsgen/, where no site has a page. A page differs from the built one only by the
tag at its end.
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from os import SEEK_END
from pathlib import Path
from typing import Any, BinaryIO

from livereload.handlers import LiveReloadHandler
from tornado.ioloop import IOLoop
from tornado.web import RequestHandler, StaticFileHandler
from tornado.websocket import WebSocketClosedError

from newsgen.core.media_types import HTML, guess_type
from newsgen.core.messages import Message, say
from newsgen.preview import connections
from newsgen.preview.access import AccessList, parse_path
from newsgen.preview.responses import Backend, Response

PREVIEW = "/_newsgen/"
CHUNK = 64 * 1024
"""Bytes of a file that are sent at a time."""

FOREIGN = say("This preview does not answer under that name. Allow one with `--allow-host NAME`.")
ONLY_READING = say("This preview answers GET and HEAD.")


def _is_allowed(handler: RequestHandler) -> bool:
    access: AccessList = handler.settings["access"]
    return access.allows(handler.request.headers.get_list("Host"), handler.request.headers.get("Origin"))


class _GuardedHandler(RequestHandler):
    """Checks access, answers GET and HEAD (Tornado refuses others with 405), and forbids caching."""

    SUPPORTED_METHODS = ("GET", "HEAD")

    @property
    def backend(self) -> Backend:
        """What makes the pages."""
        backend: Backend = self.settings["backend"]
        return backend

    def set_default_headers(self) -> None:
        """The headers of every response."""
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.clear_header("Server")

    def prepare(self) -> None:
        """Refuse a request with a foreign Host or Origin."""
        if not _is_allowed(self):
            self.refuse(403, FOREIGN)

    def refuse(self, status: int, why: Message) -> None:
        """Respond with one sentence, in the editor's language."""
        self.set_status(status)
        self.set_header("Content-Type", guess_type(".txt"))
        self.finish(f"{self.backend.localize(why)}\n")

    def write_error(self, status_code: int, **_more: Any) -> None:  # noqa: ANN401 - Tornado's own form
        """Respond with one sentence and never a traceback."""
        failed = say("The preview cannot answer this ({status}).", status=status_code)
        self.refuse(status_code, ONLY_READING if status_code == 405 else failed)

    def compute_etag(self) -> None:
        """None, as nothing is cached."""

    async def head(self) -> None:
        """Respond as to GET; Tornado leaves the body out."""
        await self.get()

    async def get(self) -> None:
        """Respond; each handler has its own."""


class _FileHandler(_GuardedHandler, StaticFileHandler):  # type: ignore[misc]  # Tornado's own `get` takes a path
    """Sends an open file, or a range of it."""

    response: Response
    opened: BinaryIO

    def initialize(self) -> None:  # type: ignore[override]
        """Set no folder."""
        self.root = ""

    async def send(self, response: Response, file: BinaryIO) -> None:
        """Send a file and close it. There are no ranges for HEAD, nor for If-Range, as files have no dates and tags."""
        is_head = self.request.method == "HEAD"
        if is_head or "If-Range" in self.request.headers:
            self.request.headers.pop("Range", None)
        with file:
            self.response, self.opened = response, file
            await StaticFileHandler.get(self, "", include_body=not is_head)

    def validate_absolute_path(self, _root: str, absolute_path: str) -> str:
        """Accept any path, as the file is open."""
        return absolute_path

    def get_modified_time(self) -> None:
        """None, as nothing is cached."""

    def get_content_type(self) -> str:
        """The media type that was found for it."""
        return self.response.kind

    def get_content_size(self) -> int:
        """Its size in bytes."""
        return self.opened.seek(0, SEEK_END)

    def get_cache_time(self, *_file: object) -> int:
        """0 seconds, whatever its address says of its version."""
        return 0

    def get_content(  # type: ignore[override]  # Tornado's own opens a path
        self, _path: str, start: int | None = None, end: int | None = None
    ) -> Iterator[bytes]:
        """The bytes from `start` to `end`."""
        left = (self.opened.seek(0, SEEK_END) if end is None else end) - self.opened.seek(start or 0)
        while left > 0 and (chunk := self.opened.read(min(left, CHUNK))):
            left -= len(chunk)
            yield chunk


class PageHandler(_FileHandler):
    """The site: its pages and files."""

    async def get(self) -> None:  # type: ignore[override]
        """Send the page or file at the path, or the site's 404 page."""
        path = parse_path(self.request.uri or "")
        if path is None:
            self.refuse(400, say("That address is not UTF-8 text."))
            return
        if path.startswith(PREVIEW):
            self.refuse(404, say("The preview has nothing there."))
            return
        number = self.backend.number  # before the page is drawn: what changes meanwhile is another number's
        response = await self.backend.respond(path)
        self.set_header("X-Newsgen-Number", str(number))
        if response.file is not None:
            await self.send(response, response.file)
            return
        self.set_status(response.status)
        if response.location:
            self.set_header("Location", response.location)
        self.set_header("Content-Type", response.kind)
        await self.finish(response.data + self._tag(response, number))

    def _tag(self, response: Response, number: int) -> bytes:
        # livereload puts its script before `</head>` of the first chunk, and so into no page that lacks one. At the
        # end it is in every page. A page that the script itself asks for comes as it will be built.
        if not response.takes_script or self.request.headers.get("Sec-Fetch-Dest") == "empty":
            return b""
        return f'<script src="{PREVIEW}client.js" data-newsgen="{number}" defer></script>'.encode()


class ScriptHandler(_GuardedHandler):
    """The browser's script."""

    async def get(self) -> None:
        """Send the script and its strings."""
        self.set_header("Content-Type", guess_type(".js"))
        await self.finish(client_script() + b"newsgenPreview(" + self.backend.strings() + b");\n")


class FactsHandler(_GuardedHandler):
    """The facts of a page for the bar."""

    async def get(self) -> None:
        """Send the facts of the page at `path`."""
        self.set_header("Content-Type", guess_type(".json"))
        await self.finish(await self.backend.facts(self.get_query_argument("path", "/")))


class StoryListHandler(_GuardedHandler):
    """The list of stories."""

    async def get(self) -> None:
        """Send the stories with the words `q` and the state `state`."""
        if not self.request.path.endswith("/"):
            self.redirect(PREVIEW)
            return
        query, state = self.get_query_argument("q", ""), self.get_query_argument("state", "")
        self.set_header("Content-Type", HTML)
        await self.finish(await self.backend.stories(query, state))


class LiveHandler(LiveReloadHandler):  # type: ignore[misc]  # livereload is untyped
    """The WebSocket of one open page.

    livereload accepts any Origin, and drops a reload within 3 s of the last. Here nothing is dropped: a page sends the
    number that it shows, and gets a message whenever there is another.
    """

    path = "/"

    def prepare(self) -> None:
        """Refuse a connection with a foreign Host or Origin."""
        if not _is_allowed(self):
            self.set_status(403)
            self.finish()

    def check_origin(self, origin: str) -> bool:
        """Whether a page of this origin may connect."""
        access: AccessList = self.settings["access"]
        return access.allows_origin(origin, self.request.headers.get("Host", ""))

    def open(self, *_path: str, **_named: str) -> None:
        """Wait a while for the page to send its path."""
        IOLoop.current().call_later(connections.HELLO_SECONDS, self._expect)

    def _expect(self) -> None:
        if self not in self.settings["listeners"]:
            self.close()

    def on_message(self, message: str | bytes) -> None:
        """Take a page's path and the number that it shows."""
        try:
            received = json.loads(message)
            self.path, number = str(received["path"]), int(received["number"])
        except (ValueError, KeyError, TypeError, RecursionError):
            self.close()
            return
        self.settings["listeners"].add(self)
        backend: Backend = self.settings["backend"]
        if number != backend.number or received.get("asks"):
            self.send_message(backend.state().decode())

    def send_message(self, message: str) -> None:
        """Send a message to the page; livereload's own method swallows interrupts."""
        with suppress(WebSocketClosedError):
            self.write_message(message)

    def on_close(self) -> None:
        """Forget the page."""
        self.settings["listeners"].discard(self)


@cache
def client_script() -> bytes:
    """The browser's script."""
    return Path(__file__).with_name("client.js").read_bytes()
