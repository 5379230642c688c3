"""How many readers are online: distinct ones, of the last five minutes, across midnight and restarts."""

from socket import inet_ntoa

import pytest

from builders import ZONE
from newsgen.services.online.counting import Counting, Rules
from newsgen.services.online.pseudonyms import Salts, make_instant
from newsgen.services.online.redis_store import RedisStore
from newsgen.services.online.store import Beat, MemoryStore, StoreFailed
from reader_count import Clock, address, paper, run


def test_readers_are_counted_once(tmp_path, store):
    """Three readers are three, however often they are heard of; the same address with another browser is another."""

    async def day():
        one = paper(tmp_path, redis=store)
        assert 1 == await one.online(1)
        assert 1 == await one.online(1, 1, 1)
        assert 3 == await one.online(2, 3, 1, 2, 3)
        other = await one.ask(peer=inet_ntoa(address(3)), agent="Another/1.0")
        assert 4 == other.json["online"]

    run(day())


def test_who_has_gone_is_not_counted(tmp_path, store):
    """A reader is online for five minutes after the last beat, and one who beats stays."""

    async def day():
        clock = Clock()
        one = paper(tmp_path, clock=clock, redis=store)
        assert 2 == await one.online(1, 2)
        for _ in range(4):
            clock.pass_minutes(1)
            assert 2 == await one.online(1)
        clock.pass_minutes(1)
        assert 1 == await one.online(1)

    run(day())


def test_midnight_counts_nobody_twice(tmp_path, store):
    """Every minute around the midnight of the paper's zone has the same three readers, though the salt changes."""

    async def day():
        clock = Clock("2022-08-07 23:50")
        one = paper(tmp_path, clock=clock, redis=store)
        await one.online(1, 2, 3)
        for _ in range(25):
            clock.pass_minutes(1)
            assert 3 == await one.online(1, 2, 3), clock.seconds

    run(day())


def test_a_salt_lives_for_a_day():
    """Pseudonyms of one reader on two days have nothing in common, and yesterday's salt is gone after five minutes."""
    made = iter([b"a" * 32, b"b" * 32])
    salts = Salts(lambda _size: next(made))
    clock = Clock("2022-08-07 12:00")
    first = salts.make_pseudonyms(address(1), "M", make_instant(clock(), ZONE))
    clock.pass_minutes(12 * 60 + 4)
    both = salts.make_pseudonyms(address(1), "M", make_instant(clock(), ZONE))
    clock.pass_minutes(1)
    second = salts.make_pseudonyms(address(1), "M", make_instant(clock(), ZONE))
    assert first[0] == both[0]
    assert second == both[1:]
    assert first[0].reader != second[0].reader
    assert first[0].address != second[0].address


def test_few_readers_are_not_told(tmp_path, store):
    """Below the least number the answer is null."""

    async def day():
        one = paper(tmp_path, redis=store, least=5)
        assert await one.online(1, 2, 3, 4) is None
        assert 5 == await one.online(5)

    run(day())


def test_after_a_restart_the_count_is_unknown_until_it_is_right(tmp_path, redis):
    """A new process does not know whom the old one saw: for five minutes it tells nothing, then it counts them once."""

    async def day():
        clock = Clock()
        assert 3 == await paper(tmp_path, clock=clock, redis=redis.url).online(1, 2, 3)
        again = paper(tmp_path, clock=clock, redis=redis.url)
        for _ in range(5):
            assert await again.online(1, 2, 3) is None
            clock.pass_minutes(1)
        assert 3 == await again.online(1, 2, 3)

    run(day())


def test_two_processes_share_a_count(tmp_path, redis):
    """Readers who meet one process and readers who meet another are one count."""

    async def day():
        clock = Clock()
        first = paper(tmp_path / "a", clock=clock, redis=redis.url)
        second = paper(tmp_path / "b", clock=clock, redis=redis.url)
        for _ in range(6):
            told = await first.online(1, 2), await second.online(3, 4, 5)
            clock.pass_minutes(1)
        assert (5, 5) == told

    run(day())


def test_two_papers_do_not_share_a_count(tmp_path, redis):
    """The keys of a paper carry its address."""

    async def day():
        first = paper(tmp_path / "a", redis=redis.url)
        settings = "title: B\nurl: https://khac.example\nonline: {endpoint: /api/online}\n"
        second = paper(tmp_path / "b", settings, redis=redis.url, origins=("https://baolacgiang.example",))
        assert 2 == await first.online(1, 2)
        assert 1 == await second.online(3)

    run(day())


def test_shared_addresses_make_the_count_approximate(tmp_path, store):
    """Where more than one reader in twenty has an address that others have too, the count is called approximate."""

    async def day():
        one = paper(tmp_path, redis=store)
        for number in range(9):
            await one.beat(number)
        assert {"online": 10, "approximate": False} == (await one.beat(9)).json
        assert {"online": 11, "approximate": True} == (
            await one.ask(peer=inet_ntoa(address(9)), agent="Another/1.0")
        ).json

    run(day())


@pytest.mark.parametrize("readers", [7, 140, 2_000, 50_000])
def test_the_error_is_below_two_percent(redis, readers):
    """Redis estimates from 7 to 50,000 readers within 2 %, with salts that are the same in each run of this test."""

    async def day():
        store, salts, at = RedisStore(redis.url, "x"), Salts(lambda size: b"s" * size), make_instant(Clock()(), ZONE)
        for start in range(0, readers, 5_000):
            numbers = range(start, min(start + 5_000, readers))
            beats = [Beat(salts.make_pseudonyms(address(number), "Mozilla/5.0", at)) for number in numbers]
            count = await store.add(beats, at, at.day)
        await store.close()
        return count.readers

    assert abs(run(day()) - readers) <= 0.02 * readers


def test_the_memory_of_a_process_is_exact_and_has_a_limit():
    """The store in memory refuses a new reader when it is full, keeps those it has, and takes new ones when they go."""

    async def day():
        clock = Clock()
        counting = Counting(MemoryStore(most_readers=100), Rules(ZONE, least=1), clock)
        for number in range(100):
            told = await counting.beat(address(number), "M")
        assert 100 == told.readers
        with pytest.raises(StoreFailed):
            await counting.beat(address(100), "M")
        assert 100 == (await counting.beat(address(99), "M")).readers
        clock.pass_minutes(5)
        assert await counting.beat(address(100), "M")

    run(day())
