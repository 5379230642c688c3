"""The count of readers for tests: a clock that is set, requests without a network, a Redis of one's own."""

import asyncio
import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Coroutine, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from ipaddress import IPv4Address
from pathlib import Path
from socket import inet_ntoa
from tempfile import TemporaryDirectory
from typing import TypeVar

from redis import Redis
from redis.exceptions import RedisError

from async_running import run_async
from builders import CONFIG, moment, site_folder
from newsgen.services.online.pseudonyms import Address
from newsgen.services.online.service import OnlineOptions, OnlineService
from tooling import needed

ORIGIN = "https://baolacgiang.example"
ENDPOINT = "/api/online"
MOST_READ = "/api/online/most-read"
SETTINGS = f"{CONFIG}online: {{endpoint: {ENDPOINT}, most_read: {MOST_READ}}}\n"
Given = TypeVar("Given")


class Clock:
    """Seconds since 1970, as they are set."""

    def __init__(self, text: str = "2022-08-07 07:51") -> None:
        self.seconds = moment(text).timestamp()

    def __call__(self) -> float:
        return self.seconds

    def pass_minutes(self, minutes: float) -> None:
        """Let time pass."""
        self.seconds += minutes * 60


@dataclass
class Answer:
    """What a request got."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)


@dataclass
class Paper:
    """A service without a network: `lines` are what it told whoever started it. Used in one event loop."""

    site: Path
    service: OnlineService
    clock: Clock
    lines: list[str] = field(default_factory=list)

    async def ask(self, method: str = "POST", path: str = ENDPOINT, **request) -> Answer:
        """Send a request; see `request_of`."""
        return await request_of(self.service.app, method, path, **request)

    async def beat(self, reader: int, story: str = "") -> Answer:
        """A beat of the reader of this number, each with an address of their own."""
        return await self.ask(peer=inet_ntoa(address(reader)), body=json.dumps({"story": story}).encode())

    def name_stories(self, *urls: str) -> None:
        """Let the paper have these stories; those below /en/ are English."""
        languages = ["en" if url.startswith("/en/") else "vi" for url in urls]
        named = [
            {"url": f"{ORIGIN}{url}", "title": f"Tin {url}", "language": language}
            for url, language in zip(urls, languages, strict=True)
        ]
        self.service.stories.take("test", json.dumps({"stories": named}).encode())

    async def read_stories(self) -> None:
        """Let the service look for its stories now."""
        await self.service.stories.read(self.clock())

    async def online(self, *readers: int) -> int | None:
        """What the last of these readers is told."""
        for reader in readers:
            answer = await self.beat(reader)
            assert 200 == answer.status, answer
        return answer.json["online"]


OPEN: list[Paper] = []
"""The papers of the test that runs."""


def paper(folder: Path, settings: str = SETTINGS, clock: Clock | None = None, **options) -> Paper:
    """The service of a small paper; every number is told unless `least` says other."""
    site = site_folder(folder / "site", {}, settings)
    clock, lines = clock or Clock(), []
    service = OnlineService(OnlineOptions(site, **{"least": 1, **options}), lines.append, clock)
    OPEN.append(Paper(site, service, clock, lines))
    return OPEN[-1]


async def request_of(
    app,
    method: str,
    path: str,
    *,
    origin: str | None = ORIGIN,
    peer: str = "198.51.100.7",
    agent: str = "Mozilla/5.0",
    headers: Sequence[tuple[str, str]] = (),
    body: bytes | Sequence[bytes | None] = b"",
) -> Answer:
    """The answer of an ASGI application. A body in parts is torn where b"" stands, and no more comes after None."""
    parts = [body] if isinstance(body, bytes) else list(body)
    sent = [("user-agent", agent), *([("origin", origin)] if origin is not None else []), *headers]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in sent],
        "client": (peer, 40_000),
        "server": ("127.0.0.1", 80),
    }
    messages = [{"type": "http.request", "body": part, "more_body": True} for part in parts if part is not None]
    if isinstance(body, bytes) or parts[-1]:
        messages[-1]["more_body"] = False
    elif parts[-1] == b"":
        messages[-1] = {"type": "http.disconnect"}
    answered = []

    async def receive():
        return messages.pop(0) if messages else await asyncio.Future()

    async def send(message):
        answered.append(message)

    await app(scope, receive, send)
    start, rest = answered[0], answered[1:]
    told = {name.decode().lower(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], told, b"".join(one.get("body", b"") for one in rest))


def run(coroutine: Coroutine[None, None, Given]) -> Given:
    """What a coroutine gives, in a loop of its own; every paper that it used is closed."""

    async def whole() -> Given:
        try:
            return await coroutine
        finally:
            while OPEN:
                await OPEN.pop().service.counting.close()

    return run_async(whole())


@contextmanager
def running_service(site: Path, port: int, *options: str) -> Iterator[None]:
    """`newsgen online` as it is started from a terminal, on a port of this machine."""
    command = [sys.executable, "-m", "newsgen", "online", "--site", str(site), "--port", str(port), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert "Readers are counted at" in process.stdout.readline()
            yield
        finally:
            process.terminate()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def address(reader: int) -> Address:
    """The address of the reader of this number."""
    return Address((IPv4Address("10.200.0.0") + reader).packed)


class RunningRedis:
    """A Redis of this test's own, on a socket in its folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._program = needed(shutil.which("redis-server") or shutil.which("valkey-server"), "redis-server")

    def start(self) -> None:
        """Start it, and wait until it answers."""
        settings = {"port": "0", "unixsocket": f"{self.folder}/redis.sock", "dir": str(self.folder), "save": ""}
        words = [word for key, value in settings.items() for word in (f"--{key}", value)]
        self.process = subprocess.Popen([self._program, *words], stdout=subprocess.DEVNULL)
        for _ in range(1_000):
            with suppress(RedisError, OSError), self.client() as client:
                client.ping()
                return
            assert self.process.poll() is None, "redis-server has ended"
            time.sleep(0.02)
        raise AssertionError("redis-server does not answer")

    @property
    def url(self) -> str:
        """Its address."""
        return f"unix://{self.folder}/redis.sock"

    def client(self) -> Redis:
        """A connection to it, to look what it holds."""
        return Redis.from_url(self.url)

    def empty(self) -> None:
        """Let it forget everything, and its limits."""
        with self.client() as client:
            client.flushall()
            client.config_set("maxmemory", 0)

    def dump(self) -> bytes:
        """All that it would write to disk: its file, and every key with what it holds."""
        with self.client() as client:
            client.save()
            keys = list(client.scan_iter())
            return (self.folder / "dump.rdb").read_bytes() + b"".join(key + (client.dump(key) or b"") for key in keys)

    def stop(self) -> None:
        """End it."""
        self.process.kill()
        self.process.wait()


@contextmanager
def running_redis() -> Iterator[RunningRedis]:
    """A Redis that listens on a socket alone. Its folder has a short name, for a socket's may have 107 bytes."""
    with TemporaryDirectory(prefix="redis") as name:
        redis = RunningRedis(Path(name))
        redis.start()
        try:
            yield redis
        finally:
            redis.stop()
