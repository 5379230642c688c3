"""Shares of the items, given to several processes that have inherited the function."""

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from newsgen.workers.processes import interrupts_held, run_share, start_worker

Item = TypeVar("Item")
Result = TypeVar("Result")


def map_shares(
    function: Callable[[Item], Result], items: Sequence[Item], share: int, jobs: int
) -> Generator[list[Result]]:
    """The results of each share of so many items, in order, by that many processes; it ends early when one dies."""
    with suppress(BrokenProcessPool), _pool(function, jobs) as pool:
        yield from _submit_shares(pool, items, share, 3 * jobs)


def _submit_shares(pool: ProcessPoolExecutor, items: Sequence[Any], share: int, most: int) -> Iterator[list[Any]]:
    """The results of each share in order; at most so many shares are submitted before the first is done."""
    waiting: deque[Future[list[Any]]] = deque()
    for start in range(0, len(items), share):
        if len(waiting) == most:
            yield waiting.popleft().result()
        with interrupts_held():  # the pool forks its processes when it is given work
            waiting.append(pool.submit(run_share, items[start : start + share]))
    for future in waiting:
        yield future.result()


@contextmanager
def _pool(function: Callable[[Any], Any], jobs: int) -> Iterator[ProcessPoolExecutor]:
    context = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(jobs, context, initializer=start_worker, initargs=(function, os.getpid()))
    try:
        yield pool
    except (Exception, GeneratorExit):
        pool.shutdown(cancel_futures=True)
        raise
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()
