"""How many beats the count of readers takes: `python benchmarks/online.py --seconds 20`, `--soak 600`, `--error`.

The service runs as `newsgen online` behind a proxy that this program plays: every request comes over one of a few
connections that stay open, and names another reader in X-Forwarded-For. The service, its Redis and this program share
the machine, so the processor time of each is told beside the rate. `--soak` beats at a steady rate for that many
seconds and tells the memory as it goes. `--error` counts readers in Redis under fresh salts and compares.
"""

import argparse
import asyncio
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import IPv4Address
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from newsgen.services.online.pseudonyms import Address, Salts, make_instant
from newsgen.services.online.redis_store import RedisStore
from newsgen.services.online.store import Beat

ORIGIN = "https://baolacgiang.example"
SETTINGS = (
    "title: Bao\nurl: https://baolacgiang.example\nonline: {endpoint: /api/online, most_read: /api/online/most-read}\n"
)
STORIES = 50
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass
class Watched:
    """A process that is measured."""

    name: str
    pid: int
    at_start: float = 0.0

    def seconds(self) -> float:
        """Processor seconds since `begin`."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS - self.at_start

    def begin(self) -> None:
        """Measure from here."""
        self.at_start = 0.0
        self.at_start = self.seconds()

    def megabytes(self) -> float:
        """Resident memory."""
        return int(Path(f"/proc/{self.pid}/statm").read_text().split()[1]) * PAGE / 1e6


@dataclass
class Load:
    """What the connections do together. `pause` is in seconds between two beats of a connection."""

    readers: int
    pause: float = 0.0
    sent: int = 0
    answered: int = 0
    refused: int = 0
    times: list[float] = field(default_factory=list)
    ends: float = 0.0

    def request(self) -> bytes:
        """The beat of the next reader."""
        self.sent += 1
        reader = self.sent * 7919 % self.readers
        body = f'{{"story":"/s{reader % (STORIES * 2)}.html"}}'
        address = IPv4Address("10.0.0.0") + reader
        return (
            "POST /api/online HTTP/1.1\r\nHost: baolacgiang.example\r\n"
            f"Origin: {ORIGIN}\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\nX-Forwarded-For: {address}\r\n"
            f"Content-Type: text/plain;charset=UTF-8\r\nContent-Length: {len(body)}\r\n\r\n{body}"
        ).encode()


class Connection(asyncio.Protocol):
    """One connection of the proxy: it sends a beat, waits for its answer, and sends the next."""

    def __init__(self, load: Load) -> None:
        self.load, self.done = load, asyncio.get_running_loop().create_future()
        self.heard = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self.transport = transport
        self.send()

    def send(self) -> None:
        """Send the next, or end."""
        if time.monotonic() >= self.load.ends:
            self.transport.close()
            return
        self.began = time.perf_counter()
        self.transport.write(self.load.request())  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        """A part of an answer has come; the next beat waits for its end."""
        self.heard += data
        head, end, body = self.heard.partition(b"\r\n\r\n")
        if not end or len(body) < int(head.lower().partition(b"content-length:")[2].split()[0]):
            return
        self.load.times.append(time.perf_counter() - self.began)
        self.load.answered += 1
        self.load.refused += not head.startswith(b"HTTP/1.1 200")
        self.heard = b""
        if self.load.pause:
            asyncio.get_running_loop().call_later(self.load.pause, self.send)
        else:
            asyncio.get_running_loop().call_soon(self.send)

    def connection_lost(self, error: Exception | None) -> None:
        """The end."""
        if not self.done.done():
            self.done.set_result(error)


@contextmanager
def redis(folder: Path) -> Iterator[Watched]:
    """A Redis of this program's own."""
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if program is None:
        sys.exit("redis-server is not installed")
    words = ["--port", "0", "--unixsocket", str(folder / "redis.sock"), "--dir", str(folder), "--save", ""]
    process = subprocess.Popen([program, *words], stdout=subprocess.DEVNULL)
    try:
        while not (folder / "redis.sock").exists():
            time.sleep(0.05)
        yield Watched("redis", process.pid)
    finally:
        process.kill()
        process.wait()


@contextmanager
def service(folder: Path, url: str, port: int) -> Iterator[Watched]:
    """The service of a small paper."""
    (folder / "newsgen.yaml").write_text(SETTINGS)
    stories = [{"url": f"{ORIGIN}/s{n}.html", "title": f"Tin {n}", "language": "vi"} for n in range(STORIES)]
    (folder / "latest.json").write_text(json.dumps({"stories": stories}))
    words = [
        "--site",
        str(folder),
        "--port",
        str(port),
        "--proxy",
        "127.0.0.1",
        "--stories",
        str(folder / "latest.json"),
    ]
    command = [
        sys.executable,
        "-m",
        "newsgen",
        "online",
        *words,
        "--rate",
        "1000000",
        *(["--redis", url] if url else []),
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        if not process.stdout.readline():
            sys.exit("the service did not start")
        yield Watched("service", process.pid)
    finally:
        process.terminate()
        process.wait()


async def beat(load: Load, port: int, connections: int, seconds: float) -> None:
    """Load the service."""
    load.ends = time.monotonic() + seconds
    loop = asyncio.get_running_loop()
    made = [await loop.create_connection(lambda: Connection(load), "127.0.0.1", port) for _ in range(connections)]
    await asyncio.gather(*(protocol.done for _, protocol in made))


def measure(store: str, arguments: argparse.Namespace) -> None:
    """The rate that the service takes, with the processor time of each who takes part."""
    with TemporaryDirectory(prefix="online") as name:
        folder = Path(name)
        with redis(folder) as stored, service(folder, store and f"unix://{name}/redis.sock", arguments.port) as served:
            watched = [served, *([stored] if store else []), Watched("loader", os.getpid())]
            asyncio.run(beat(Load(arguments.readers), arguments.port, arguments.connections, 2))
            for one in watched:
                one.begin()
            load = Load(arguments.readers)
            began = time.monotonic()
            asyncio.run(beat(load, arguments.port, arguments.connections, arguments.seconds))
            passed = time.monotonic() - began
            spent = {one.name: one.seconds() for one in watched}
            cut = statistics.quantiles(load.times, n=100)
            print(f"{store or 'memory'}: {load.answered / passed:,.0f} beats/s, {load.refused} refused", end="; ")
            print(f"median {cut[49] * 1e3:.1f} ms, p99 {cut[98] * 1e3:.1f} ms; {served.megabytes():.0f} MB")
            cores = ", ".join(f"{name} {used / passed:.2f}" for name, used in spent.items())
            own = sum(used for name, used in spent.items() if name != "loader")
            print(f"  cores: {cores} (load {os.getloadavg()[0]:.1f}); {load.answered / own:,.0f} beats a core-second")


def soak(store: str, arguments: argparse.Namespace) -> None:
    """The memory of the service over a long time at a steady rate."""
    with TemporaryDirectory(prefix="online") as name:
        folder = Path(name)
        with redis(folder) as stored, service(folder, store and f"unix://{name}/redis.sock", arguments.port) as served:
            began, total, refused = time.monotonic(), 0, 0
            while time.monotonic() - began < arguments.soak:
                load = Load(arguments.readers, pause=arguments.connections / arguments.steady)
                asyncio.run(beat(load, arguments.port, arguments.connections, min(30, arguments.soak)))
                total, refused = total + load.answered, refused + load.refused
                told = f"{served.megabytes():.1f} MB, redis {stored.megabytes():.1f} MB"
                print(f"{time.monotonic() - began:5.0f} s: {total:,} beats, {refused} refused; {told}", flush=True)


async def errors(url: str, rounds: int) -> None:
    """How far the estimate is from the truth."""
    store, zone = RedisStore(url, "error"), ZoneInfo("Asia/Ho_Chi_Minh")
    moment = 1_700_000_000
    for readers in (7, 140, 2_000, 10_000, 50_000):
        found = []
        for _ in range(rounds):
            moment += 3_600  # nobody of an earlier round is online
            salts, at = Salts(), make_instant(moment, zone)
            addresses = [Address((IPv4Address("10.0.0.0") + reader).packed) for reader in range(readers)]
            for start in range(0, readers, 5_000):
                beats = [Beat(salts.make_pseudonyms(a, "Mozilla/5.0", at)) for a in addresses[start : start + 5_000]]
                count = await store.add(beats, at, at.day)
            found.append((count.readers - readers) / readers)
        worst, mean = max(found, key=abs), statistics.fmean(map(abs, found))
        print(
            f"{readers:>6} readers: error {mean:.2%} in the mean, {worst:+.2%} at worst, of {rounds} rounds", flush=True
        )
    await store.close()


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--connections", type=int, default=50)
    parser.add_argument("--readers", type=int, default=20_000)
    parser.add_argument("--port", type=int, default=8011)
    parser.add_argument("--stores", default="redis,memory")
    parser.add_argument("--soak", type=float, default=0)
    parser.add_argument("--steady", type=float, default=300, help="beats a second while soaking")
    parser.add_argument("--error", action="store_true")
    parser.add_argument("--rounds", type=int, default=20)
    arguments = parser.parse_args()
    if arguments.error:
        with TemporaryDirectory(prefix="online") as name, redis(Path(name)):
            asyncio.run(errors(f"unix://{name}/redis.sock", arguments.rounds))
        return
    for store in arguments.stores.split(","):
        (soak if arguments.soak else measure)("" if store == "memory" else store, arguments)


if __name__ == "__main__":
    main()
