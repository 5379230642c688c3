"""Limits on connections: how many a preview has at once, and how long each may be idle.

A sleeping browser, a network scanner or a broken proxy opens connections and leaves them. Each takes a file descriptor,
of which a process often has no more than a thousand.
"""

from typing import Any

from tornado.httpserver import HTTPServer
from tornado.ioloop import PeriodicCallback
from tornado.iostream import IOStream

MOST = 256
"""How many connections there may be; any more are closed at once."""

REQUEST_SECONDS = 30.0
"""How long a connection may take to send its next request."""

STALLED_SECONDS = 60.0
"""How long a connection may accept nothing of what is sent to it."""

HELLO_SECONDS = 10.0
"""How long an open page may take to send its path."""

PING_SECONDS = 20.0
"""How often an open page is pinged."""


class BoundedServer(HTTPServer):
    """Tornado's server with limits: by itself it waits an hour for a request, and for ever for a reader."""

    def initialize(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401 - Tornado's own form
        """Tornado's constructor."""
        named.update(idle_connection_timeout=REQUEST_SECONDS, body_timeout=REQUEST_SECONDS)
        super().initialize(*arguments, **named)
        self._sent: dict[IOStream, int] = {}
        self._sweep = PeriodicCallback(self._close_stalled, STALLED_SECONDS * 1000)
        self._sweep.start()

    def handle_stream(self, stream: IOStream, address: tuple[Any, ...]) -> None:
        """Take a new connection, or close it where there are too many."""
        self._sent = {opened: sent for opened, sent in self._sent.items() if not opened.closed()}
        if len(self._sent) >= MOST:
            stream.close()
            return
        self._sent[stream] = -1
        super().handle_stream(stream, address)

    def stop(self) -> None:
        """Take no new connections."""
        self._sweep.stop()
        super().stop()

    def _close_stalled(self) -> None:
        for stream, sent in list(self._sent.items()):
            now = stream._total_write_done_index  # Tornado has no public name for the bytes sent
            if stream.writing() and now == sent:
                stream.close()
            self._sent[stream] = now if stream.writing() else -1
