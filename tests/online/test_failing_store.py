"""A store that is down, full, slow or refuses: 503, nothing counted, and all well when it is back."""

import asyncio

import pytest

from builders import ZONE
from newsgen.services.online import counting
from newsgen.services.online.counting import Counting, Rules
from newsgen.services.online.store import MemoryStore, StoreFailed
from reader_count import MOST_READ, Clock, address, paper, run, running_redis


def test_a_store_that_is_down(tmp_path):
    """Without a store nobody is counted and pages are told so with 503; a store that is back is used again."""

    async def day(redis):
        one = paper(tmp_path, redis=redis.url)
        one.name_stories("/a.html")
        assert 1 == await one.online(1)
        redis.stop()
        for answer in (await one.ask(), await one.ask("GET", MOST_READ), await one.ask("GET", "/health")):
            assert 503 == answer.status
        assert "60" == (await one.ask()).headers["retry-after"]
        redis.start()
        assert 2 == await one.online(2, 3)

    with running_redis() as redis:
        run(day(redis))


def test_a_store_that_was_never_there(tmp_path):
    """The service starts without its store, says 503, and does not end."""

    async def day():
        one = paper(tmp_path, redis=f"unix://{tmp_path}/none.sock")
        assert 503 == (await one.ask()).status
        assert 503 == (await one.ask("GET", "/health")).status

    run(day())


def test_a_store_that_is_full(tmp_path, redis):
    """A Redis at its limit of memory refuses, so nothing of the request is stored."""

    async def day():
        one = paper(tmp_path, redis=redis.url)
        assert 1 == await one.online(1)
        with redis.client() as client:
            client.config_set("maxmemory", 1)
            keys = client.dbsize()
            answer = await one.beat(2)
            assert (503, keys) == (answer.status, client.dbsize())
            client.config_set("maxmemory", 0)
        assert 2 == await one.online(3)

    run(day())


def test_a_store_that_refuses(tmp_path, redis):
    """A Redis that wants a password, or holds something else under our key, is a store that fails."""

    async def day():
        one = paper(tmp_path, redis=redis.url)
        assert 1 == await one.online(1)
        with redis.client() as client:
            for key in client.scan_iter():
                client.delete(key)
                client.set(key, "x")
            assert 503 == (await one.beat(1)).status

    run(day())


class Stuck(MemoryStore):
    """A store that does not answer until it is let go."""

    def __init__(self):
        super().__init__()
        self.free = asyncio.Event()
        self.asked = 0

    async def add(self, *given):
        self.asked += 1
        await self.free.wait()
        return await super().add(*given)


def test_a_store_that_is_slow(monkeypatch):
    """A store that does not answer in time has failed, for all who wait; the next are counted."""
    monkeypatch.setattr(counting, "LIMIT", 0.01)

    async def day():
        store = Stuck()
        one = Counting(store, Rules(ZONE, least=1), Clock())
        told = await asyncio.gather(*(one.beat(address(n), "M") for n in range(5)), return_exceptions=True)
        assert [StoreFailed] * 5 == [type(answer) for answer in told]
        store.free.set()
        assert 1 == (await one.beat(address(9), "M")).readers

    run(day())


def test_readers_who_wait_go_to_the_store_together():
    """While the store is busy further readers wait, and are noted in one step; too many are refused at once."""

    async def day():
        store = Stuck()
        one = Counting(store, Rules(ZONE, least=1), Clock())
        first = asyncio.create_task(one.beat(address(0), "M"))
        await asyncio.sleep(0)
        waiting = [asyncio.create_task(one.beat(address(n), "M")) for n in range(1, counting.MOST_WAITING + 1)]
        while store.asked < 1:
            await asyncio.sleep(0)
        with pytest.raises(StoreFailed):
            await one.beat(address(9), "M")
        store.free.set()
        told = await asyncio.gather(first, *waiting)
        assert (2, counting.MOST_WAITING + 1) == (store.asked, told[-1].readers)

    run(day())


def test_a_page_that_has_gone_harms_nobody():
    """A reader who does not wait for the answer is counted, and the others get theirs."""

    async def day():
        store = Stuck()
        one = Counting(store, Rules(ZONE, least=1), Clock())
        gone = asyncio.create_task(one.beat(address(1), "M"))
        stays = asyncio.create_task(one.beat(address(2), "M"))
        await asyncio.sleep(0)
        gone.cancel()
        store.free.set()
        assert 2 == (await stays).readers

    run(day())
