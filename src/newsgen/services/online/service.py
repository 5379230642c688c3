"""The service that counts readers: its settings from newsgen.yaml and the command line, its port, its run."""

import logging
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newsgen.config.reading import locate_setting, read_config
from newsgen.config.settings import Config
from newsgen.core.errors import ConfigError, Location, Problem, wrap_os_error
from newsgen.core.extras import require
from newsgen.core.messages import say
from newsgen.core.site_files import OUTPUT

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from newsgen.services.online.admission import Network
    from newsgen.services.online.app import Entry
    from newsgen.services.online.store import Store

LATEST = "latest.json"
CONNECTIONS = 4_000
"""Connections that are open at once; further ones are told to come again (503)."""
KEEP_ALIVE = 75
"""Seconds for which a connection is kept: a proxy uses it for many readers, and a reader comes back after 60."""


@dataclass(frozen=True, slots=True)
class OnlineOptions:
    """One service's choices. Without `redis` it counts in its own memory; `rate` is for an address in a minute."""

    site: Path
    host: str = "127.0.0.1"
    port: int = 8010
    redis: str = ""
    proxies: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()
    least: int = 5
    rate: int = 120


class OnlineService:
    """One service. `tell` prints a line for whoever started it, `now` gives seconds since 1970.

    Raises:
        ConfigError: when the extra is not installed, newsgen.yaml has no endpoint, or an option is wrong.
    """

    def __init__(
        self, options: OnlineOptions, tell: Callable[[str], None], now: Callable[[], float] = time.time
    ) -> None:
        require("online", "newsgen online")
        self.options, self._tell, self._now = options, tell, now
        self.config = read_config(options.site)
        self.app = self._assemble()
        self._socket: socket.socket | None = None

    def open(self) -> str:
        """Take the port; gives the address of the endpoint. Raises MachineError when it cannot be had."""
        host, port = self.options.host, self.options.port
        try:
            family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
            self._socket = socket.create_server((host, port), family=family, backlog=2_048)
        except OSError as error:
            raise wrap_os_error(error, f"{host}:{port}") from error
        shown = f"[{host}]" if ":" in host else host
        return f"http://{shown}:{self._socket.getsockname()[1]}{_get_path(self.config.online.endpoint)}"

    def run(self) -> None:
        """Answer until interrupted or terminated. No request is logged, for that would store addresses."""
        import uvicorn  # start-up: an extra, and only its server needs it

        from newsgen.services.online.protocol import BoundedProtocol  # start-up: an extra

        logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
        settings = uvicorn.Config(
            self.app,
            http=BoundedProtocol,
            ws="none",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            limit_concurrency=CONNECTIONS,
            timeout_keep_alive=KEEP_ALIVE,
            timeout_graceful_shutdown=5,
        )
        uvicorn.Server(settings).run(sockets=[self._socket] if self._socket else None)

    def _assemble(self) -> "Starlette":
        from newsgen.services.online.admission import Rates  # start-up: an extra
        from newsgen.services.online.app import Service  # start-up: an extra
        from newsgen.services.online.counting import Counting, Rules  # start-up: an extra
        from newsgen.services.online.stories import Stories  # start-up: an extra

        config, options = self.config, self.options
        entry = self._make_entry()
        self.counting = Counting(_make_store(config, options.redis), Rules(config.zone, options.least), self._now)
        places = tuple(_list_latest_files(options, config)) if entry.most_read else ()
        self.stories = Stories(places, config.url, self._tell)
        return Service(entry, self.counting, self.stories, Rates(options.rate), self._tell).make_app()

    def _make_entry(self) -> "Entry":
        from newsgen.services.online.admission import Proxies, get_origin  # start-up: an extra
        from newsgen.services.online.app import Entry  # start-up: an extra

        online = self.config.online
        if not online.endpoint:
            place, fix = locate_setting(self.options.site, "online"), say("write `online: {endpoint: /api/online}`")
            what = say("`online.endpoint` is empty, so no page would ask for the count")
            raise ConfigError(Problem(place, "bad-setting", what, fix))
        origins = {given: get_origin(given) for given in (self.config.url, *self.options.origins)}
        for given, origin in origins.items():
            if not origin:
                what = say("`--origin` is not an address: “{address}”", address=given)
                fix = say("write `https://host`, as in the browser's address bar")
                raise ConfigError(Problem(Location("--origin"), "bad-value", what, fix))
        proxies = Proxies(_read_networks(self.options.proxies))
        most_read = _get_path(online.most_read) if online.most_read else ""
        return Entry(frozenset(origins.values()), proxies, _get_path(online.endpoint), most_read)


def _make_store(config: Config, redis: str) -> "Store":
    from newsgen.services.online.store import MemoryStore  # start-up: an extra

    if not redis:
        return MemoryStore()
    from newsgen.services.online.redis_store import RedisStore  # start-up: an extra

    try:
        return RedisStore(redis, urlsplit(config.url).netloc + config.base)
    except ValueError:
        what = say("`--redis` is not the address of a store")
        fix = say("write `redis://host:6379/0` or `unix:///path/of/redis.sock`")
        raise ConfigError(Problem(Location("--redis"), "bad-value", what, fix)) from None


def _list_latest_files(options: OnlineOptions, config: Config) -> Iterator[str]:
    """Where the stories are named: as the options say, or in each language's latest.json of build/."""
    if options.stories:
        yield from options.stories
        return
    for one in config.editions.values():
        yield str(options.site / OUTPUT / one.prefix.strip("/") / LATEST)


def _read_networks(texts: tuple[str, ...]) -> Iterator["Network"]:
    for text in texts:
        try:
            yield ip_network(text)
        except ValueError:
            what = say("`--proxy` is no address and no network: “{text}”", text=text)
            fix = say("write the address of the proxy, such as `127.0.0.1` or `10.0.0.0/8`")
            raise ConfigError(Problem(Location("--proxy"), "bad-value", what, fix)) from None


def _get_path(endpoint: str) -> str:
    return urlsplit(endpoint).path or "/"
