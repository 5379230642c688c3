"""Work over processes: each holds the whole site by inheritance, takes a share, and sends plain data home.

Processes are forked, so that nothing but shares and results travels; where the system does not fork, and for small
work, everything is done in this process. A worker that dies or hangs is found, and its item named.
"""

import ctypes
import multiprocessing
import os
import signal
import struct
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from mmap import mmap
from types import FrameType
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
SHARE = 40
"""Items a worker takes at a time."""

SMALL = 80
"""Below this many items the start of a process costs more than it saves."""

LOOK_SECONDS = 1.0
"""How often the processes are looked at while nothing comes from them."""

HUNG_LOOKS = 60
"""At so many looks at the same item a process hangs, and is ended. What only computes is ended by `time_limit`."""

_PR_SET_PDEATHSIG = 1
_PLACE = struct.Struct("qq")


class ItemLost(Exception):
    """The process that worked on an item died of it, or `hung` and was ended; `item` says which."""

    def __init__(self, item: Any, *, hung: bool) -> None:  # noqa: ANN401 - the item of whoever called
        super().__init__(item)
        self.item, self.hung = item, hung


class TooSlow(BaseException):
    """The work on one item took longer than its limit. No fault of the work itself, so nothing in it may catch it."""


def ordered_map(
    function: Callable[[Item], Result], items: Sequence[Item], jobs: int, *, share: int = SHARE
) -> Iterator[Result]:
    """The results of `function` for each item, in order, over at most `jobs` processes.

    Raises:
        ItemLost: when a process died or hung; the item is the one that does it again on its own.
    """
    jobs = min(jobs, -(-len(items) // share))
    if jobs < 2 or len(items) < SMALL or sys.platform != "linux":
        yield from map(function, items)
        return
    shares = [items[start : start + share] for start in range(0, len(items), share)]
    with _pool(function, jobs) as (pool, watch):
        waiting: dict[int, Future[list[Result]]] = {}
        following = 0
        for number in range(len(shares)):
            while following < len(shares) and len(waiting) < 3 * jobs:
                waiting[following] = pool.submit(_work, shares[following])
                following += 1
            try:
                yield from watch.result_of(waiting.pop(number))
            except BrokenProcessPool:
                yield from _one_by_one(function, shares[number:])
                return


def _one_by_one(function: Callable[[Item], Result], shares: Sequence[Sequence[Item]]) -> Iterator[Result]:
    """What is left after a worker died, each item in a process that may die of it."""
    for item in (item for share in shares for item in share):
        with _pool(function, 1) as (pool, watch):
            try:
                yield from watch.result_of(pool.submit(_work, [item]))
            except BrokenProcessPool:
                raise ItemLost(item, hung=watch.has_ended_one) from None


class _Watch:
    """What each process is at, in memory that the processes share; ends those that hang."""

    def __init__(self, jobs: int) -> None:
        self._taken = multiprocessing.get_context("fork").Value("i", 0)
        self._memory = mmap(-1, jobs * _PLACE.size)
        self._place = self._begun = 0
        self._looks: dict[tuple[int, int], int] = {}
        self.has_ended_one = False

    def join(self) -> None:
        """In the process: take a place."""
        with self._taken.get_lock():
            self._place = self._taken.value * _PLACE.size
            self._taken.value += 1

    def begins(self) -> None:
        """In the process: an item is begun."""
        self._begun += 1
        _PLACE.pack_into(self._memory, self._place, os.getpid(), self._begun)

    def rests(self) -> None:
        """In the process: nothing is to be done."""
        _PLACE.pack_into(self._memory, self._place, 0, 0)

    def result_of(self, future: "Future[list[Result]]") -> list[Result]:
        """The result when it is there, as `Future.result`; meanwhile processes that hang are killed."""
        while not wait((future,), LOOK_SECONDS).done:
            items = [item for item in _PLACE.iter_unpack(self._memory[:]) if item[0]]
            self._looks = {(pid, begun): self._looks.get((pid, begun), 0) + 1 for pid, begun in items}
            for (pid, _), looks in self._looks.items():
                if looks >= HUNG_LOOKS:
                    self.has_ended_one = True
                    os.kill(pid, signal.SIGKILL)
        return future.result()


@contextmanager
def _pool(function: Callable[[Any], Any], jobs: int) -> Iterator[tuple[ProcessPoolExecutor, _Watch]]:
    context, watch = multiprocessing.get_context("fork"), _Watch(jobs)
    pool = ProcessPoolExecutor(jobs, context, initializer=_start, initargs=(function, watch, os.getpid()))
    try:
        yield pool, watch
    except (Exception, GeneratorExit):
        pool.shutdown(cancel_futures=True)
        raise
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()


_task: list[tuple[Callable[[Any], Any], _Watch]] = []
"""What this worker process does, and who watches it; set once at its start, by inheritance and not by pickling."""


def _start(function: Callable[[Any], Any], watch: _Watch, parent: int) -> None:
    """In the worker: die with the parent, leave interrupts to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
    watch.join()
    _task.append((function, watch))


def _work(share: Sequence[Any]) -> list[Any]:
    function, watch = _task[0]
    results = []
    try:
        for item in share:
            watch.begins()
            results.append(function(item))
    finally:
        watch.rests()
    return results


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """End the block with TooSlow after that many seconds of processor time; no limit where signals cannot be used."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGPROF, _too_slow)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _too_slow(_signal: int, _frame: FrameType | None) -> None:
    raise TooSlow
