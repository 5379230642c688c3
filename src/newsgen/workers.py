"""Work over processes: each holds the whole site by inheritance, takes a share, and sends plain data home.

Processes are forked, so that nothing but shares and results travels. Small work is done by one child, for a text may
bring a library down, and then its name must be told. Where the system does not fork, and beside other threads,
everything is done in this process. A worker that dies, hangs or takes too much memory is found, and its item named.
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

from newsgen.children import ItemLost, guarded_map, start, work

Item = TypeVar("Item")
Result = TypeVar("Result")
SHARE = 40
"""Items a worker takes at a time."""

SMALL = 80
"""Below this many items the start of a process costs more than it saves."""

GUARDS_SMALL = True
"""Whether small work is done by a child, and not in this process."""

WAITS = 6
"""How many times as long as it may work an item may wait for something, such as a file of a slow disk."""


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

    A process may die of its work, or of more memory than an item may take; then each item that is left gets one of its
    own, and of those that kill it again `lost` gives the result.

    Raises:
        ItemLost: for such an item, where there is no `lost`.
    """
    jobs = min(jobs, -(-len(items) // share))
    is_small = jobs < 2 or len(items) < SMALL
    if sys.platform != "linux" or (is_small and (not GUARDS_SMALL or threading.active_count() > 1)):
        yield from map(function, items)
        return
    if is_small:
        yield from guarded_map(function, items, lost)
        return
    shares = [items[start : start + share] for start in range(0, len(items), share)]
    with _pool(function, jobs) as pool:
        waiting: dict[int, Future[list[Result]]] = {}
        following = 0
        for number in range(len(shares)):
            while following < len(shares) and len(waiting) < 3 * jobs:
                waiting[following] = pool.submit(work, shares[following])
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
                    results = pool.submit(work, part).result()
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
    pool = ProcessPoolExecutor(jobs, context, initializer=start, initargs=(function, os.getpid()))
    try:
        yield pool
    except (Exception, GeneratorExit):
        pool.shutdown(cancel_futures=True)
        raise
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """End the block with TooSlow after that many seconds of processor time, or WAITS times as many of any other.

    A thread is limited in its processor time only.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        with _watched(threading.get_ident(), seconds):
            yield
        return
    clocks = ((signal.ITIMER_PROF, signal.SIGPROF, seconds), (signal.ITIMER_REAL, signal.SIGALRM, WAITS * seconds))
    before = [(number, signal.signal(number, _too_slow)) for _, number, _ in clocks]
    for clock, _, length in clocks:
        signal.setitimer(clock, length)
    try:
        yield
    finally:
        for clock, _, _ in clocks:
            signal.setitimer(clock, 0)
        for number, handler in before:
            signal.signal(number, handler)


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
