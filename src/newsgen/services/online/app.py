"""The service as an ASGI application: one POST is heartbeat and answer, one GET gives the most read stories."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_address

import msgspec
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from newsgen.core.messages import say
from newsgen.services.online.admission import NoAddress, Proxies, Rates, find_reader_address, pack_address
from newsgen.services.online.counting import Counting, Online
from newsgen.services.online.pseudonyms import Address
from newsgen.services.online.store import StoreFailed
from newsgen.services.online.stories import Stories, Story

LARGEST = 1_024
"""Bytes of a request's body."""

BODY_LIMIT = 5.0
"""Seconds that a body may take to come."""

MOST_READ = 10
"""Stories of each language in the list."""

HEALTH = "/health"


class _Beat(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    story: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """Who is let in, and where. `most_read` is "" where there is no such list."""

    origins: frozenset[str]
    proxies: Proxies
    endpoint: str
    most_read: str = ""


class _Refused(Exception):
    """A request that is not answered as it wished; nothing of it was noted."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


class Service:
    """Answers requests. `tell` prints a line for whoever started the service."""

    def __init__(
        self, entry: Entry, counting: Counting, stories: Stories, rates: Rates, tell: Callable[[str], None]
    ) -> None:
        self._entry, self._counting, self._stories, self._rates, self._tell = entry, counting, stories, rates, tell
        self._has_warned = False

    def make_app(self) -> Starlette:
        """The application."""
        routes = [Route(self._entry.endpoint, self._online, methods=["POST"]), Route(HEALTH, self._health)]
        if self._entry.most_read:
            routes.append(Route(self._entry.most_read, self._most_read))
        return Starlette(routes=routes, lifespan=self._lifespan)

    @asynccontextmanager
    async def _lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        await self._stories.read(self._counting.now())
        yield
        await self._counting.close()

    async def _online(self, request: Request) -> Response:
        origin = request.headers.get("origin", "")
        if origin not in self._entry.origins:
            return _respond(403, {"error": "this is no page of the paper"})
        headers = {"Access-Control-Allow-Origin": origin, "Vary": "Origin"}
        try:
            online = await self._count(request)
        except _Refused as refused:
            return _respond(refused.status, {"error": str(refused)}, headers)
        except (NoAddress, StoreFailed) as error:
            return _respond(400 if isinstance(error, NoAddress) else 503, {"error": str(error)}, headers)
        return _respond(200, {"online": online.readers, "approximate": online.approximate}, headers)

    async def _count(self, request: Request) -> Online:
        address = self._find_address(request)
        minute, line = self._counting.hash_line(address)
        if not self._rates.admit(line, minute):
            raise _Refused(429, "too many questions from this address in one minute")
        story = _read_story(await _read_body(request))
        if story not in self._stories.known(self._counting.now()):
            story = ""
        return await self._counting.beat(address, request.headers.get("user-agent", ""), story)

    def _find_address(self, request: Request) -> Address:
        forwarded = request.headers.getlist("x-forwarded-for")
        peer = request.client.host if request.client else ""
        address = find_reader_address(peer, forwarded, self._entry.proxies)
        if forwarded and not self._has_warned and address == pack_address(peer) and ip_address(address).is_private:
            self._has_warned = True
            self._tell(
                say(
                    "warning: the readers that a proxy at {address} names are not believed. "
                    "fix: add --proxy {address} if it is yours",
                    address=peer,
                )
            )
        return address

    async def _most_read(self, _request: Request) -> Response:
        now = self._counting.now()
        known = self._stories.known(now)
        headers = {"Access-Control-Allow-Origin": "*"}
        try:
            read = await self._counting.most_read(known)
        except StoreFailed as error:
            return _respond(503, {"error": str(error)}, headers)
        stories = _choose_most_read([known[url] for url in read if url in known])
        at = datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds")
        return _respond(200, {"at": at, "stories": stories}, headers | {"Cache-Control": "public, max-age=60"})

    async def _health(self, _request: Request) -> Response:
        is_well = await self._counting.is_well()
        return _respond(200 if is_well else 503, {"store": "answers" if is_well else "fails"})


def _respond(status: int, value: object, headers: Mapping[str, str] | None = None) -> Response:
    always = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    again = {"Retry-After": "60"} if status in (429, 503) else {"Connection": "close"} if status in (408, 413) else {}
    return Response(msgspec.json.encode(value), status, {**always, **again, **(headers or {})}, "application/json")


async def _read_body(request: Request) -> bytes:
    """The body, whole. Raises _Refused for one that is too long, too slow or torn."""
    if int(request.headers.get("content-length") or 0) > LARGEST:
        raise _Refused(413, "the body is too long")
    body = b""
    try:
        async with asyncio.timeout(BODY_LIMIT):
            async for part in request.stream():
                body += part
                if len(body) > LARGEST:
                    raise _Refused(413, "the body is too long")
    except ClientDisconnect:
        raise _Refused(400, "the body is torn") from None
    except TimeoutError:
        raise _Refused(408, "the body is too slow") from None
    return body


def _read_story(body: bytes) -> str:
    try:
        return msgspec.json.decode(body, type=_Beat).story if body else ""
    except (ValueError, msgspec.MsgspecError):
        raise _Refused(400, 'the body is not such as {"story": "/…"}') from None


def _choose_most_read(stories: Sequence[Story]) -> list[Story]:
    chosen, counts = [], Counter[str]()
    for story in stories:
        counts[story.language] += 1
        if counts[story.language] <= MOST_READ:
            chosen.append(story)
    return chosen
