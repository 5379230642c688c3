"""What answers a request: pages and files, the bar's facts, the list of stories, and the open line to each page.

Everything of the preview lives below /_newsgen/, so that nothing of a site's can meet it, and a page differs from the
built one only by the tag at its end.
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
from newsgen.preview.access import Door, path_of
from newsgen.preview.responses import Answer, Newsroom

OWN = "/_newsgen/"
CHUNK = 64 * 1024
"""Bytes of a file that are sent at a time."""

FOREIGN = say("This preview does not answer under that name. Allow one with `--allow-host NAME`.")
ONLY_READING = say("This preview answers GET and HEAD.")


class _Guarded(RequestHandler):
    """Lets in who may come in; answers GET and HEAD (others get 405 from Tornado), and lets nobody keep anything."""

    SUPPORTED_METHODS = ("GET", "HEAD")

    @property
    def newsroom(self) -> Newsroom:
        """Who knows the pages."""
        room: Newsroom = self.settings["newsroom"]
        return room

    def set_default_headers(self) -> None:
        """What every answer carries."""
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.clear_header("Server")

    def prepare(self) -> None:
        """Refuse requests that came under a foreign name or from a foreign page."""
        door: Door = self.settings["door"]
        if not door.lets_in(self.request.headers.get_list("Host"), self.request.headers.get("Origin")):
            self.refuse(403, FOREIGN)

    def refuse(self, status: int, why: Message) -> None:
        """End with one sentence, in the editor's language."""
        self.set_status(status)
        self.set_header("Content-Type", guess_type(".txt"))
        self.finish(f"{self.newsroom.said(why)}\n")

    def write_error(self, status_code: int, **_more: Any) -> None:  # noqa: ANN401 - Tornado's own form
        """One sentence and never a traceback."""
        failed = say("The preview cannot answer this ({status}).", status=status_code)
        self.refuse(status_code, ONLY_READING if status_code == 405 else failed)

    def compute_etag(self) -> None:
        """None: nothing is kept, so nothing is compared."""

    async def head(self) -> None:
        """As GET; Tornado leaves the body out."""
        await self.get()

    async def get(self) -> None:
        """What each handler has."""


class _Files(_Guarded, StaticFileHandler):  # type: ignore[misc]  # Tornado's own `get` takes a path
    """Sends a file that is open already, or the part that is asked for. Which file it is has been decided elsewhere."""

    answer: Answer
    opened: BinaryIO

    def initialize(self) -> None:  # type: ignore[override]
        """Nothing: no folder is served."""
        self.root = ""

    async def send(self, answer: Answer, file: BinaryIO) -> None:
        """Send a file, and close it. Parts are for GET; without dates and tags an If-Range can hold for nothing."""
        is_head = self.request.method == "HEAD"
        if is_head or "If-Range" in self.request.headers:
            self.request.headers.pop("Range", None)
        with file:
            self.answer, self.opened = answer, file
            await StaticFileHandler.get(self, "", include_body=not is_head)

    def validate_absolute_path(self, _root: str, absolute_path: str) -> str:
        """Any: the file is open."""
        return absolute_path

    def get_modified_time(self) -> None:
        """None: nothing is kept, so nothing is compared."""

    def get_content_type(self) -> str:
        """The media type that was found for it."""
        return self.answer.kind

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


class Pages(_Files):
    """The site: its pages and files."""

    async def get(self) -> None:  # type: ignore[override]
        """The page or file at the asked path, or the site's own 404 page."""
        path = path_of(self.request.uri or "")
        if path is None:
            self.refuse(400, say("That address is not UTF-8 text."))
            return
        if path.startswith(OWN):
            self.refuse(404, say("The preview has nothing there."))
            return
        number = self.newsroom.number  # before the page is drawn: what changes meanwhile is another number's
        answer = await self.newsroom.answer(path)
        self.set_header("X-Newsgen-Number", str(number))
        if answer.file is not None:
            await self.send(answer, answer.file)
            return
        self.set_status(answer.status)
        if answer.location:
            self.set_header("Location", answer.location)
        self.set_header("Content-Type", answer.kind)
        await self.finish(answer.data + self._tag(answer, number))

    def _tag(self, answer: Answer, number: int) -> bytes:
        # livereload puts its script before `</head>` of the first chunk, and so into no page that lacks one. At the
        # end it is in every page. A page that the script itself asks for comes as it will be built.
        if not answer.takes_script or self.request.headers.get("Sec-Fetch-Dest") == "empty":
            return b""
        return f'<script src="{OWN}client.js" data-newsgen="{number}" defer></script>'.encode()


class Script(_Guarded):
    """The browser's script."""

    async def get(self) -> None:
        """The script and its words."""
        self.set_header("Content-Type", guess_type(".js"))
        await self.finish(client_script() + b"newsgenPreview(" + self.newsroom.words() + b");\n")


class PageFacts(_Guarded):
    """What the bar shows."""

    async def get(self) -> None:
        """The facts of the page at `path`."""
        self.set_header("Content-Type", guess_type(".json"))
        await self.finish(await self.newsroom.facts(self.get_query_argument("path", "/")))


class Stories(_Guarded):
    """The list of stories."""

    async def get(self) -> None:
        """Those with the words `q` and the state `state`."""
        if not self.request.path.endswith("/"):
            self.redirect(OWN)
            return
        asked = self.get_query_argument("q", ""), self.get_query_argument("state", "")
        self.set_header("Content-Type", HTML)
        await self.finish(await self.newsroom.stories(*asked))


class Live(LiveReloadHandler):  # type: ignore[misc]  # livereload is untyped
    """One open page.

    livereload takes any Origin, and drops a reload within 3 s of the last. Here nothing is dropped: a page says which
    state it shows, and is told at once when there is another.
    """

    path = "/"

    def prepare(self) -> None:
        """Refuse connections that came under a foreign name or from a foreign page."""
        door: Door = self.settings["door"]
        hosts, origin = self.request.headers.get_list("Host"), self.request.headers.get("Origin")
        if not door.lets_in(hosts, origin):
            self.set_status(403)
            self.finish()

    def check_origin(self, origin: str) -> bool:
        """Whether a page of this origin may listen."""
        door: Door = self.settings["door"]
        return door.lets_origin(origin, self.request.headers.get("Host", ""))

    def open(self, *_path: str, **_named: str) -> None:
        """Wait for the page to say where it is, but not for ever."""
        IOLoop.current().call_later(connections.HELLO_SECONDS, self._expect)

    def _expect(self) -> None:
        if self not in self.settings["listeners"]:
            self.close()

    def on_message(self, message: str | bytes) -> None:
        """A page says where it is and what it shows."""
        try:
            said = json.loads(message)
            self.path, shown = str(said["path"]), int(said["number"])
        except (ValueError, KeyError, TypeError, RecursionError):
            self.close()
            return
        self.settings["listeners"].add(self)
        room: Newsroom = self.settings["newsroom"]
        if shown != room.number or said.get("asks"):
            self.send_message(room.state().decode())

    def send_message(self, message: str) -> None:
        """Tell the page; livereload's own way to do it swallows interrupts."""
        with suppress(WebSocketClosedError):
            self.write_message(message)

    def on_close(self) -> None:
        """The page is gone."""
        self.settings["listeners"].discard(self)


@cache
def client_script() -> bytes:
    """The browser's script."""
    return Path(__file__).with_name("client.js").read_bytes()
