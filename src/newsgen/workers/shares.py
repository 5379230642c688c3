"""Shares of the items, given to several processes that have inherited the function."""

import gc
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


LIFE = 600
"""Shares that one group of processes does together before the next one takes its place."""


def map_shares(
    function: Callable[[Item], Result], items: Sequence[Item], share: int, jobs: int
) -> Generator[list[Result]]:
    """The results of each share of so many items, in order, by that many processes; it ends early when one dies.

    A process copies each page of memory with an object that it looks at, for that counts references. So that none comes
    to have a copy of the whole site, others take over again and again, which share all pages anew.
    """
    with suppress(BrokenProcessPool):
        for start in range(0, len(items), LIFE * share):
            with _pool(function, jobs) as pool:
                yield from _submit_shares(pool, items[start : start + LIFE * share], share, 3 * jobs)


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
    gc.freeze()  # this process, too, would copy what it shares with its children, if it looked for garbage in it
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
    else:
        pool.shutdown()
    finally:
        gc.unfreeze()
