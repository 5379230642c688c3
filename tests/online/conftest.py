"""The tests of the count: each in memory and in a Redis of their own where it makes a difference."""

from collections.abc import Iterator

import pytest

from reader_count import RunningRedis, running_redis


@pytest.fixture(scope="session")
def own_redis() -> Iterator[RunningRedis]:
    """One Redis for all tests that only fill it."""
    with running_redis() as redis:
        yield redis


@pytest.fixture
def redis(own_redis: RunningRedis) -> RunningRedis:
    """A Redis with nothing in it."""
    own_redis.empty()
    return own_redis


@pytest.fixture(params=["memory", "redis"])
def store(request: pytest.FixtureRequest) -> str:
    """The value of `--redis`: "" for memory, or the address of an empty Redis."""
    return request.getfixturevalue("redis").url if request.param == "redis" else ""
