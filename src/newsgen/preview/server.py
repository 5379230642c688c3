"""The preview's server: livereload's, with what it lacks."""

import errno
import logging
import socket
from collections.abc import Callable, Collection
from functools import partial
from typing import Any, ClassVar

from livereload import Server
from livereload.handlers import LiveReloadHandler
from livereload.watcher import Watcher
from tornado.ioloop import IOLoop
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from newsgen.preview import connections
from newsgen.preview.access import AccessList
from newsgen.preview.handlers import FactsHandler, LiveHandler, PageHandler, ScriptHandler, StoryListHandler
from newsgen.preview.responses import Backend

PORTS = 20
"""How many ports after the wanted one are tried."""

CONNECTED = 4096
"""The largest message, in bytes, that a browser may send."""


class _Unpolled(Watcher):  # type: ignore[misc]  # livereload is untyped
    """livereload polls every file each 0.8 s in the request loop; here a thread watches the files instead."""

    def __init__(self, begin: Callable[[], None]) -> None:
        super().__init__()
        self._begin = begin

    def watch(self, *_arguments: Any, **_named: Any) -> None:  # noqa: ANN401 - livereload's own form
        """Nothing is polled."""

    def start(self, _callback: Callable[[], None]) -> bool:
        self._begin()
        return True


class PreviewServer(Server):  # type: ignore[misc]  # livereload is untyped
    """livereload's server with newsgen's handlers. `begin` is called in the loop's thread when it listens."""

    script: ClassVar[bytes] = b""

    def __init__(self, backend: Backend, access: AccessList, begin: Callable[[], None]) -> None:
        super().__init__(watcher=_Unpolled(begin))
        self.backend, self.access = backend, access
        self.sockets: list[socket.socket] = []
        self.listeners: set[LiveHandler] = set()

    def bind(self, host: str, port: int) -> int:
        """Take the port, or the next free one; gives which.

        Raises:
            OSError: when there is none, or no such host.
        """
        for wanted in range(port, port + PORTS if port else 1):
            try:
                self.sockets = bind_sockets(wanted, host)
                return int(self.sockets[0].getsockname()[1])
            except OSError as error:
                if error.errno != errno.EADDRINUSE or wanted == port + PORTS - 1:
                    raise
        raise OSError(errno.EADDRINUSE, "Address already in use")

    def application(self, *_where: Any, **_named: Any) -> None:  # noqa: ANN401 - livereload's own form
        """Listen on the sockets of `bind`. livereload's /forcereload is left out: any page could call it."""
        LiveReloadHandler.watcher = self.watcher
        LiveReloadHandler._last_reload_time = None
        self.loop = IOLoop.current()
        app = Application(
            self.get_web_handlers(b""),
            backend=self.backend,
            access=self.access,
            listeners=self.listeners,
            log_function=lambda _handler: None,
            websocket_max_message_size=CONNECTED,
            websocket_ping_interval=connections.PING_SECONDS,
            websocket_ping_timeout=connections.PING_SECONDS,
        )
        self.http = connections.BoundedServer(app)
        self.http.add_sockets(self.sockets)

    def get_web_handlers(self, _script: bytes) -> list[tuple[str, type[RequestHandler]]]:
        """The handler of each path."""
        return [
            (r"/_newsgen/live", LiveHandler),
            (r"/_newsgen/client\.js", ScriptHandler),
            (r"/_newsgen/page\.json", FactsHandler),
            (r"/_newsgen/?", StoryListHandler),
            (r".*", PageHandler),
        ]

    def call(self, act: Callable[[], None]) -> None:
        """Call a function in the server's thread. May be called from any thread."""
        self.loop.add_callback(act)

    def stop(self) -> None:
        """End `serve`. May be called from any thread."""
        self.call(self.loop.stop)

    def broadcast(self, message: bytes) -> None:
        """Send a message to every open page. May be called from any thread."""
        self.call(partial(self._send, message.decode()))

    def list_open_paths(self) -> Collection[str]:
        """The paths of the pages that are open."""
        return {listener.path for listener in self.listeners.copy()}

    def _send(self, message: str) -> None:
        for listener in self.listeners.copy():
            listener.send_message(message)

    def _setup_logging(self) -> None:
        """Log nothing: newsgen itself tells what happens."""
        for name in ("livereload", "tornado"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
