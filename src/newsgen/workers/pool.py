"""Work over processes: each holds the whole site by inheritance, takes a share, and sends plain data home.

Processes are forked, so that nothing but shares and results travels. Small work is done by one child, for a text may
bring a library down, and then its name must be told. Where the system does not fork, and beside other threads,
everything is done in this process. A worker that dies, hangs or takes too much memory is found, and its item named.
"""

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from newsgen.workers.limits import alarms
from newsgen.workers.processes import ItemLost, ahead, guarded_map, start, undisturbed, work

Item = TypeVar("Item")
Result = TypeVar("Result")
SHARE = 40
"""Items a worker takes at a time."""

SMALL = 80
"""Below this many items the start of a process costs more than it saves."""

GUARDS_SMALL = True
"""Whether small work is done by a child, and not in this process."""


class Pool(Protocol):
    """Who does work: this process, local ones, or those of a cluster. The results are the same from all."""

    def map(
        self, job: Callable[[Item], Result], items: Sequence[Item], lost: Callable[[Item], Result] | None = None
    ) -> Iterator[Result]:
        """The results of a job for the items, in order; `lost` gives that of an item of which its process died."""
        ...


class InProcess:
    """Works in this process."""

    def map(
        self,
        job: Callable[[Item], Result],
        items: Sequence[Item],
        lost: Callable[[Item], Result] | None = None,  # noqa: ARG002 - who dies of an item cannot tell of it
    ) -> Iterator[Result]:
        """The results of a job for the items, in order; `lost` is never asked."""
        with alarms():
            yield from map(job, items)


@dataclass(frozen=True, slots=True)
class LocalProcesses:
    """Works in at most so many processes, which inherit the job."""

    jobs: int

    def map(
        self, job: Callable[[Item], Result], items: Sequence[Item], lost: Callable[[Item], Result] | None = None
    ) -> Iterator[Result]:
        """As `ordered_map`."""
        return ordered_map(job, items, self.jobs, lost=lost)


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
        yield from InProcess().map(function, items)
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
                with undisturbed():  # the pool forks its processes when it is given work
                    waiting[following] = pool.submit(work, shares[following])
                following += 1
            try:
                yield from waiting.pop(number).result()
            except BrokenProcessPool:
                yield from _one_by_one(function, shares[number:], lost)
                return


@contextmanager
def early_map(function: Callable[[Item], Result], items: Sequence[Item], jobs: int) -> Iterator[Iterator[Result]]:
    """The results in order, worked out from now on by a child that ends with the block, if `jobs` are more than one.

    Without it this process works each out when it is asked for.
    """
    if jobs < 2 or sys.platform != "linux" or threading.active_count() > 1:
        yield map(function, items)
        return
    with ahead(function, items) as results:
        yield results


def _one_by_one(
    function: Callable[[Item], Result], shares: Sequence[Sequence[Item]], lost: Callable[[Item], Result] | None
) -> Iterator[Result]:
    """What is left after a worker died, a share at a time, and the items of a deadly one each in its own process."""
    for share in shares:
        for part in [share] if len(share) == 1 else [share, *([item] for item in share)]:
            try:
                with _pool(function, 1) as pool:
                    with undisturbed():
                        found = pool.submit(work, part)
                    results = found.result()
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
