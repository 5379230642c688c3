"""Checks links to other sites, with one request a second to each; no answer is no verdict."""

import socket
import ssl
import time
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal

import httpx
import msgspec

from newsgen import __version__
from newsgen.core.errors import Location, Problem
from newsgen.core.messages import say
from newsgen.core.urls import read_url

Verdict = Literal["alive", "dead", "unknown"]
GONE = (404, 410)
"""The statuses that mean that there is no such page; others, such as 403 and 429, do not."""

TOO_MANY = 429
KEPT: Mapping[str, float] = {"alive": 7 * 86400.0, "dead": 86400.0}
"""Seconds for which a verdict is kept."""

AGENT = f"newsgen/{__version__} (newsgen check --external)"


@dataclass(frozen=True, slots=True)
class Politeness:
    """Limits of requests: seconds between two to one host, seconds to wait for an answer, hosts at a time."""

    delay: float = 1.0
    patience: float = 10.0
    hosts: int = 8


class KnownLinks(msgspec.Struct):
    """Earlier verdicts: url → verdict and its time, in seconds since 1970. A hint."""

    links: dict[str, tuple[Verdict, float]] = {}


def ask_all(urls: Iterable[str], known: KnownLinks, politeness: Politeness, now: float) -> dict[str, Verdict]:
    """The verdict on each url, from `known` if it is fresh at `now`; new verdicts are added there."""
    verdicts: dict[str, Verdict] = {}
    by_host: dict[str, list[str]] = {}
    for url in urls:
        verdict, when = known.links.get(url, ("unknown", 0.0))
        if now - when < KEPT.get(verdict, 0.0):
            verdicts[url] = verdict
        else:
            parts = read_url(url)
            by_host.setdefault(parts.netloc.casefold() if parts else "", []).append(url)
    with ThreadPoolExecutor(politeness.hosts) as pool:
        for received in pool.map(lambda host: _ask_host(by_host[host], politeness), by_host):
            verdicts |= received
            known.links |= {url: (verdict, now) for url, verdict in received.items() if verdict != "unknown"}
    return verdicts


def find_dead_links(links: Mapping[str, tuple[Location, ...]], verdicts: Mapping[str, Verdict]) -> list[Problem]:
    """A warning for each place with a dead address."""
    fix = say("correct or remove it")
    return [
        Problem(place, "dead-external-link", say("there is no page at “{url}” any more", url=url), fix, "warning")
        for url, places in links.items()
        if verdicts.get(url) == "dead"
        for place in places
    ]


def _ask_host(urls: list[str], politeness: Politeness) -> dict[str, Verdict]:
    received: dict[str, Verdict] = {}
    with _make_client(politeness.patience) as client:
        for number, url in enumerate(urls):
            if number:
                time.sleep(politeness.delay)
            status = _find_status(client, url, politeness.delay)
            received[url] = "dead" if status in GONE else "alive" if 200 <= status < 300 else "unknown"
            if status == TOO_MANY:
                return {**dict.fromkeys(urls, "unknown"), **received}
    return received


def _make_client(patience: float) -> httpx.Client:
    """A client with the certificates of this machine that follows redirects."""
    trusted, headers = ssl.create_default_context(), {"User-Agent": AGENT, "Accept": "*/*"}
    return httpx.Client(headers=headers, timeout=patience, verify=trusted, follow_redirects=True, max_redirects=10)


def _find_status(client: httpx.Client, url: str, delay: float) -> int:
    """The status of an address, by HEAD, or by GET if that fails; 0 for no answer."""
    status = _ask(client, url, "HEAD")
    if status < 400 or status == TOO_MANY:
        return status
    time.sleep(delay)
    return _ask(client, url, "GET")


def _ask(client: httpx.Client, url: str, method: str) -> int:
    try:
        with client.stream(method, url) as answer:  # the body is not read
            return answer.status_code
    except httpx.ConnectError as error:
        return 404 if _has_no_host(error) else 0
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError):
        return 0


def _has_no_host(error: BaseException | None) -> bool:
    """Whether a connection failed because the host does not exist."""
    while error is not None:
        if isinstance(error, socket.gaierror):
            return error.errno == socket.EAI_NONAME
        error = error.__cause__ or error.__context__
    return False
