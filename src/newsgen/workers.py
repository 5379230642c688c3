"""Work over processes: each holds the whole site by inheritance, takes a share, and sends plain data home.

Processes are forked, so that nothing but shares and results travels; where the system does not fork, and for small
work, everything is done in this process. A worker that dies or hangs is found, and its item named.
"""

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from types import FrameType
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
SHARE = 40
"""Items a worker takes at a time."""

SMALL = 80
"""Below this many items the start of a process costs more than it saves."""

WAITS = 6
"""How many times as long as it may work an item may wait for something, such as a file of a slow disk."""

NATIVE_SECONDS = 40
"""Processor time after which a worker is ended that does not come back from a library."""

_PR_SET_PDEATHSIG = 1


class ItemLost(Exception):
    """The process that worked on an item died of it; `item` says which."""

    def __init__(self, item: Any) -> None:  # noqa: ANN401 - the item of whoever called
        super().__init__(item)
        self.item = item


class TooSlow(BaseException):
    """The work on one item took longer than its limit. No fault of the work itself, so nothing in it may catch it."""


def ordered_map(
    function: Callable[[Item], Result],
    items: Sequence[Item],
    jobs: int,
    *,
    share: int = SHARE,
    lost: Callable[[Item], Result] | None = None,
) -> Iterator[Result]:
    """The results of `function` for each item, in order, over at most `jobs` processes.

    A process may die of its work; then each item that is left gets one of its own, and of those that kill it again
    `lost` gives the result.

    Raises:
        ItemLost: for such an item, where there is no `lost`.
    """
    jobs = min(jobs, -(-len(items) // share))
    if jobs < 2 or len(items) < SMALL or sys.platform != "linux":
        with _alarms():
            yield from map(function, items)
        return
    shares = [items[start : start + share] for start in range(0, len(items), share)]
    with _pool(function, jobs) as pool:
        waiting: dict[int, Future[list[Result]]] = {}
        following = 0
        for number in range(len(shares)):
            while following < len(shares) and len(waiting) < 3 * jobs:
                waiting[following] = pool.submit(_work, shares[following])
                following += 1
            try:
                yield from waiting.pop(number).result()
            except BrokenProcessPool:
                yield from _one_by_one(function, shares[number:], lost)
                return


def _one_by_one(
    function: Callable[[Item], Result], shares: Sequence[Sequence[Item]], lost: Callable[[Item], Result] | None
) -> Iterator[Result]:
    """What is left after a worker died, a share at a time, and the items of a deadly one each in its own process."""
    for share in shares:
        for part in [share] if len(share) == 1 else [share, *([item] for item in share)]:
            try:
                with _pool(function, 1) as pool:
                    results = pool.submit(_work, part).result()
            except BrokenProcessPool:
                if len(part) == 1 and lost is None:
                    raise ItemLost(part[0]) from None
                if len(part) == 1 and lost is not None:
                    yield lost(part[0])
                continue
            yield from results
            if part is share:
                break


@contextmanager
def _pool(function: Callable[[Any], Any], jobs: int) -> Iterator[ProcessPoolExecutor]:
    context = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(jobs, context, initializer=_start, initargs=(function, os.getpid()))
    try:
        yield pool
    except (Exception, GeneratorExit):
        pool.shutdown(cancel_futures=True)
        raise
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()


_function: list[Callable[[Any], Any]] = []
"""What this worker process does; set once at its start, by inheritance and not by pickling."""


def _start(function: Callable[[Any], Any], parent: int) -> None:
    """In the worker: die with the parent, leave interrupts to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
    _function.append(function)
    _hear()


def _work(share: Sequence[Any]) -> list[Any]:
    results = []
    for item in share:
        _limit_native()
        results.append(_function[0](item))
    return results


def _limit_native() -> None:
    """Let the system end this worker where a library's own loop does not hear Python's limit."""
    import resource  # start-up: of workers only, and not on every system

    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime + NATIVE_SECONDS)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (limit if hard < 0 else min(limit, hard), hard))


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """End the block with TooSlow after that many seconds of processor time, or WAITS times as many of any other.

    A thread is limited in its processor time only.
    """
    if not _can_hear():
        with _watched(threading.get_ident(), seconds):
            yield
        return
    with _alarms():
        signal.setitimer(signal.ITIMER_PROF, seconds)
        signal.setitimer(signal.ITIMER_REAL, WAITS * seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.setitimer(signal.ITIMER_REAL, 0)


_heard: list[tuple[int, Any]] = []
"""The alarms that end what is too slow, and whose they were before; empty while they are not heard."""


def _can_hear() -> bool:
    return threading.current_thread() is threading.main_thread() and hasattr(signal, "setitimer")


def _hear() -> None:
    _heard.extend((number, signal.signal(number, _too_slow)) for number in (signal.SIGPROF, signal.SIGALRM))


@contextmanager
def _alarms() -> Iterator[None]:
    """Hear the alarms, for one item or for many: to change who hears them costs more than to set a clock."""
    if _heard or not _can_hear():
        yield
        return
    _hear()
    try:
        yield
    finally:
        while _heard:
            signal.signal(*_heard.pop())


def _too_slow(_signal: int, _frame: FrameType | None) -> None:
    raise TooSlow


@contextmanager
def _watched(thread: int, seconds: float) -> Iterator[None]:
    """The same limit for a thread, which gets no signals: another one looks at its clock, and raises in it."""
    clock = time.pthread_getcpuclockid(thread) if hasattr(time, "pthread_getcpuclockid") else time.CLOCK_MONOTONIC
    until = time.clock_gettime(clock) + seconds
    over, raising = threading.Event(), threading.Lock()

    def watch() -> None:
        wait = seconds
        while not over.wait(wait):
            wait = until - time.clock_gettime(clock)
            if wait <= 0:
                with raising:
                    if not over.is_set():
                        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(TooSlow))
                return

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        with raising:
            over.set()
        watcher.join()
