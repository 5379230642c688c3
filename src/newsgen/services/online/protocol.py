"""uvicorn's HTTP with two bounds that it lacks: how large the head of a request may be, and how long it may take."""

from asyncio import TimerHandle, Transport

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LARGEST = 32_768
"""Bytes of a request's target and headers."""

LIMIT = 10.0
"""Seconds for a head to come, from its first byte; for the first one of a connection, from its beginning."""


class BoundedProtocol(HttpToolsProtocol):
    """A connection that is closed when a head is too large or too slow."""

    _size = 0
    _timer: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """A connection begins, and its first request with it."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """It ends."""
        self._stop()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Bytes have come; those of a head are counted."""
        super().data_received(data)
        self._size = 0 if self._timer is None else self._size + len(data)
        if self._size > LARGEST and not self.transport.is_closing():
            self.send_400_response("The head of this request is too large.")

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self._stop()
        self._wait()

    def on_headers_complete(self) -> None:
        """Its head is whole."""
        self._stop()
        super().on_headers_complete()

    def _wait(self) -> None:
        self._timer = self.loop.call_later(LIMIT, self._close)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _close(self) -> None:
        self._timer = None
        self.transport.close()
