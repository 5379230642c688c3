"""Child processes and what they may take: each dies with its parent, has its limits, and sends plain data home."""

import ctypes
import gc
import os
import pickle
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, BinaryIO, NoReturn, TypeVar

from newsgen.workers.limits import hear

Item = TypeVar("Item")
Result = TypeVar("Result")
TRIES_ALONE = 2
"""How many children an item of small work may kill before it is told: the first may have died by chance."""

NATIVE_SECONDS = 40
"""Processor time after which a worker is ended that does not come back from a library."""

NATIVE_BYTES = 512 * 1024 * 1024
"""Memory that an item may take, with those of a second before it. Where the site holds more, as much as it holds."""

LOOK_SECONDS = 1.0
"""Processor time between two settings of these limits, for to look what is held costs more than many an item."""

_PR_SET_PDEATHSIG = 1


class ItemLost(Exception):
    """The process that worked on an item died of it; `item` says which."""

    def __init__(self, item: Any) -> None:  # noqa: ANN401 - the item of whoever called
        super().__init__(item)
        self.item = item


def guarded_map(
    function: Callable[[Item], Result], items: Sequence[Item], lost: Callable[[Item], Result] | None
) -> Iterator[Result]:
    """The results from one child, and from another for what is left when it died of an item."""
    done, deaths = 0, 0
    while done < len(items):
        with _child(function, items[done:]) as pipe:
            for result in _results(pipe):
                deaths, done = 0, done + 1
                yield result
        deaths += done < len(items)
        if deaths == TRIES_ALONE:
            if lost is None:
                raise ItemLost(items[done])
            yield lost(items[done])
            deaths, done = 0, done + 1


@contextmanager
def ahead(function: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Iterator[Result]]:
    """The results in order, from a child that begins at once and ends with the block; this process makes up for it."""
    with _child(function, items) as pipe:
        yield _made_up(function, items, _results(pipe))


def _made_up(function: Callable[[Item], Result], items: Sequence[Item], results: Iterator[Result]) -> Iterator[Result]:
    done = 0
    for result in results:
        done += 1
        yield result
    yield from map(function, items[done:])


@contextmanager
def undisturbed() -> Iterator[None]:
    """Hold an interrupt back while a process is forked: Python loses one that comes in a hook of the fork."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _child(function: Callable[[Any], Any], items: Sequence[Any]) -> Iterator[BinaryIO]:
    """A child that works on the items, and what it sends; it ends with the block."""
    reading, writing = os.pipe()
    parent = os.getpid()
    with undisturbed():
        child = os.fork()
        if not child:
            os.close(reading)
            _send_all(function, items, parent, writing)
    os.close(writing)
    try:
        with os.fdopen(reading, "rb") as pipe:
            yield pipe
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _send_all(function: Callable[[Any], Any], items: Sequence[Any], parent: int, writing: int) -> NoReturn:
    """In the child: send each result, or what was raised, and end without any of the parent's endings."""
    try:
        worker = start(function, parent)
        with os.fdopen(writing, "wb") as pipe:
            for item in items:
                try:
                    sent = True, worker.work([item])[0]
                except Exception as error:  # noqa: BLE001 - it is raised again where the results are taken
                    sent = False, error
                pipe.write(pickle.dumps(sent))
                pipe.flush()
                if not sent[0]:
                    break
    finally:
        os._exit(0)


def _results(pipe: BinaryIO) -> Iterator[Any]:
    """What a child sends until it ends; what it raised is raised."""
    while True:
        try:
            is_result, sent = pickle.load(pipe)  # noqa: S301 - from this program's own child
        except (EOFError, pickle.UnpicklingError):
            return
        if not is_result:
            raise sent
        yield sent


class Worker:
    """What a worker process does, with the limits of its items."""

    def __init__(self, function: Callable[[Any], Any]) -> None:
        self._function = function
        self._limited = float("-inf")

    def work(self, share: Sequence[Any]) -> list[Any]:
        """The results of a share's items. The process ends where one of them takes too much."""
        results = []
        for item in share:
            self._limit_native()
            try:
                results.append(self._function(item))
            except MemoryError:
                os._exit(1)
        return results

    def _limit_native(self) -> None:
        """Let the system end this worker where a library's loop does not hear Python's limit, or takes all memory."""
        import resource  # start-up: of workers only, and not on every system

        spent = time.process_time()
        if spent < self._limited + LOOK_SECONDS:
            return
        self._limited = spent
        _lower(resource.RLIMIT_CPU, int(spent + LOOK_SECONDS + NATIVE_SECONDS))
        with Path("/proc/self/statm").open("rb") as file:
            held = int(file.read().split()[5]) * resource.getpagesize()
        _lower(resource.RLIMIT_DATA, held + max(NATIVE_BYTES, held))


_worker: ContextVar[Worker] = ContextVar("worker")
"""What this process is; set once at its start, by inheritance and not by pickling."""


def start(function: Callable[[Any], Any], parent: int) -> Worker:
    """In the child: die with the parent, leave interrupts to it, and be ready to `work`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
    gc.freeze()  # the inherited site stays: to look through it for garbage would copy its memory
    hear()
    worker = Worker(function)
    _worker.set(worker)
    return worker


def work(share: Sequence[Any]) -> list[Any]:
    """In a child of a pool: the results of a share's items."""
    return _worker.get().work(share)


def _lower(kind: int, limit: int) -> None:
    import resource  # start-up: of workers only, and not on every system

    _, hard = resource.getrlimit(kind)
    resource.setrlimit(kind, (limit if hard < 0 else min(limit, hard), hard))
