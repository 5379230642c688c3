"""Child processes: each dies with its parent, has limits of time and memory, and sends its results back."""

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

from newsgen.workers.limits import install_handlers
from newsgen.workers.stages import TwoSteps

Item = TypeVar("Item")
Result = TypeVar("Result")
TRIES_ALONE = 2
"""How many children an item may kill before it counts as lost: the first may have died by chance."""

NATIVE_SECONDS = 40
"""Processor time after which the system ends a worker that does not return from a library."""

NATIVE_BYTES = 512 * 1024 * 1024
"""Memory that the items of a second may take together. Where the site itself takes more, as much as that again."""

LOOK_SECONDS = 1.0
"""Processor time between two settings of these limits: reading /proc costs more than many items."""

GARBAGE = 20_000
"""Objects that a worker makes between two collections of garbage: a few megabytes, and few items make any garbage."""

_PR_SET_PDEATHSIG = 1


class ItemLost(Exception):
    """The process that worked on `item` died, and a second one too."""

    def __init__(self, item: Any) -> None:  # noqa: ANN401 - the item of whoever called
        super().__init__(item)
        self.item = item


def guarded_map(
    function: Callable[[Item], Result], items: Sequence[Item], lost: Callable[[Item], Result] | None
) -> Iterator[Result]:
    """The results from one child; when it dies, the next one does what is left."""
    done, deaths = 0, 0
    while done < len(items):
        with forked_child(function, items[done:]) as pipe:
            for result in read_results(pipe):
                deaths, done = 0, done + 1
                yield result
        deaths += done < len(items)
        if deaths == TRIES_ALONE:
            if lost is None:
                raise ItemLost(items[done])
            yield lost(items[done])
            deaths, done = 0, done + 1


@contextmanager
def interrupts_held() -> Iterator[None]:
    """Hold interrupts back while a process is forked: Python loses one that comes in a hook of the fork."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def forked_child(function: Callable[[Any], Any], items: Sequence[Any]) -> Iterator[BinaryIO]:
    """A child that works on the items, as the pipe on which it sends the results; it ends with the block."""
    reading, writing = os.pipe()
    parent = os.getpid()
    with interrupts_held():
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
    """In the child: send each result, or what was raised, and exit without running the parent's handlers."""
    try:
        worker = start_worker(function, parent)
        with os.fdopen(writing, "wb") as pipe:
            for item in items:
                try:
                    sent = True, worker.run([item])[0]
                except Exception as error:  # noqa: BLE001 - the parent raises it
                    sent = False, error
                pipe.write(pickle.dumps(sent))
                pipe.flush()
                if not sent[0]:
                    break
    finally:
        os._exit(0)


def read_results(pipe: BinaryIO) -> Iterator[Any]:
    """The results that a child sends until it ends; raises what it raised."""
    while True:
        try:
            is_result, sent = pickle.load(pipe)  # noqa: S301 - from this program's own child
        except (EOFError, pickle.UnpicklingError):
            return
        if not is_result:
            raise sent
        yield sent


class Worker:
    """The function of a worker process, run within the limits of an item."""

    def __init__(self, function: Callable[[Any], Any]) -> None:
        self._function = function
        self._limited = float("-inf")

    def run(self, share: Sequence[Any]) -> list[Any]:
        """The results for a share of the items. The process ends where one of them takes too much memory."""
        job = self._function
        if not isinstance(job, TwoSteps):
            return [self._call(job, item) for item in share]
        begun = [self._call(job.begin, item) for item in share]
        return [self._call(job.end, item, one) for item, one in zip(share, begun, strict=True)]

    def _call(self, step: Callable[..., Any], *given: Any) -> Any:  # noqa: ANN401 - whatever the job works on
        self._limit_native()
        try:
            return step(*given)
        except MemoryError:
            os._exit(1)

    def _limit_native(self) -> None:
        """Let the system end this worker where a library's loop ignores the alarm, or takes all memory."""
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
"""Set once, when a worker starts: its function is inherited, not pickled."""


def start_worker(function: Callable[[Any], Any], parent: int) -> Worker:
    """In the child: die with the parent, leave interrupts to it, and set the function that `run_share` calls."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
    gc.freeze()  # the inherited site stays: collecting garbage in it would copy its memory
    gc.set_threshold(GARBAGE)
    install_handlers()
    worker = Worker(function)
    _worker.set(worker)
    return worker


def run_share(share: Sequence[Any]) -> list[Any]:
    """In a worker of a pool: the results for a share of the items."""
    return _worker.get().run(share)


def _lower(kind: int, limit: int) -> None:
    import resource  # start-up: of workers only, and not on every system

    _, hard = resource.getrlimit(kind)
    resource.setrlimit(kind, (limit if hard < 0 else min(limit, hard), hard))
