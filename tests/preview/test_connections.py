"""Connections that say nothing, say it slowly or take nothing end; those of editors stay."""

import asyncio
from contextlib import suppress
from types import SimpleNamespace

import pytest

from async_running import run_async
from newsgen.preview import connections
from newsgen.preview.access import AccessList
from newsgen.preview.responses import Response
from newsgen.preview.server import PreviewServer

PATIENCE = 60
"""Seconds after which a connection that is still open is taken to stay so."""

HELLO = (
    b"GET /_newsgen/live HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


@pytest.fixture
def short(monkeypatch):
    """Bounds that end a test soon."""
    for name, value in {"REQUEST": 0.3, "STALLED": 0.3, "HELLO": 0.3, "PING": 0.3}.items():
        monkeypatch.setattr(f"newsgen.preview.connections.{name}_SECONDS", value)


def in_preview(visit, data=b"a page"):
    """What a visit to a preview of one page gives."""

    async def respond(_path):
        return Response(200, data, "text/plain")

    async def run():
        backend = SimpleNamespace(number=1, respond=respond, state=lambda: b"{}")
        server = PreviewServer(backend, AccessList(()), lambda: None)
        port = server.bind("127.0.0.1", 0)
        server.application()
        try:
            async with asyncio.timeout(PATIENCE):
                return await visit(port)
        finally:
            server.http.stop()
            await server.http.close_all_connections()

    return run_async(run())


async def said(port, *parts):
    """All that a connection gets until the server ends it, after it has said these parts."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for part in parts:
        writer.write(part)
        await writer.drain()
    try:
        return await reader.read()
    finally:
        writer.close()


@pytest.mark.parametrize("start", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: localhost\r\nX: "])
def test_a_request_that_does_not_end_is_ended(short, start):
    """A connection that says nothing, or the beginning of a request, is closed without an answer."""
    assert b"" == in_preview(lambda port: said(port, start))


def test_a_request_that_comes_a_letter_at_a_time_is_ended(short):
    """A head that takes too long as a whole is closed, though something comes of it now and then."""

    async def visit(port):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET / HTTP/1.1\r\nX: ")
        while not reader.at_eof():
            writer.write(b"x")
            try:
                await asyncio.wait_for(reader.read(1), 0.05)
            except TimeoutError:
                continue
            except ConnectionError:
                break
        writer.close()
        return True

    assert in_preview(visit)


def test_a_connection_kept_for_further_requests_ends_when_none_comes(short):
    """The first request is answered, and the waiting for a second one has an end."""
    assert in_preview(lambda port: said(port, b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")).endswith(b"a page")


def test_an_answer_that_nobody_takes_is_given_up(short):
    """A connection that asks for much and reads nothing is closed."""

    async def visit(port):
        _, writer = await asyncio.open_connection("127.0.0.1", port, limit=1024)
        writer.transport.pause_reading()
        writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        while len(asyncio.all_tasks()) == before:
            await asyncio.sleep(0.01)
        while len(asyncio.all_tasks()) > before:  # the task that serves the connection ends with it
            await asyncio.sleep(0.05)
        writer.transport.abort()
        return True

    async def count_first(port):
        nonlocal before
        before = len(asyncio.all_tasks())
        return await visit(port)

    before = 0
    assert in_preview(count_first, b"x" * 60_000_000)


@pytest.mark.parametrize("patient", ["HELLO", "PING"])
def test_a_page_that_never_says_where_it_is_is_let_go(short, monkeypatch, patient):
    """A websocket that does not say where it is, or does not answer whether it is there, is closed."""
    monkeypatch.setattr(f"newsgen.preview.connections.{patient}_SECONDS", 10 * PATIENCE)
    assert in_preview(lambda port: said(port, HELLO)).startswith(b"HTTP/1.1 101 ")


def test_there_are_only_so_many_connections(monkeypatch):
    """One too many is closed at once, and has its place when another has gone."""
    monkeypatch.setattr("newsgen.preview.connections.MOST", 2)
    get = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"

    async def visit(port):
        open_ones = [await asyncio.open_connection("127.0.0.1", port) for _ in range(2)]
        for reader, writer in open_ones:
            writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            await reader.readuntil(b"a page")
        with suppress(ConnectionError):
            assert b"" == await said(port)
        for _, writer in open_ones:
            writer.close()
            await writer.wait_closed()
        while True:
            try:
                found = await said(port, get)
            except ConnectionError:
                continue
            if found:
                return found

    assert in_preview(visit).endswith(b"a page")


def test_the_bounds_leave_room_for_a_newsroom():
    """Sixty editors with four open pages each are fewer than the bound."""
    assert 240 < connections.MOST
