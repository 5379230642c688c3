"""A time limit for the work on one item, which ends it from inside."""

import _signal  # type: ignore[import-not-found]  # what `signal` is made of
import ctypes
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from types import FrameType
from typing import Any

WAITS = 6
"""An item may wait, as for a file on a slow disk, this many times as long as it may work."""


class TooSlow(BaseException):
    """The work on one item took longer than its limit. A BaseException, so that `except Exception` lets it pass.

    `plugin` is the name of the plugin that was running, "" for none.
    """

    plugin = ""


def time_limit(seconds: float) -> AbstractContextManager[None]:
    """End the block with TooSlow after that many seconds of processor time, or WAITS times as many of wall time.

    In other threads than the main one only processor time is limited. The block calls what is limited and has no loop
    of its own: in Python 3.13 what is raised at the turn of a loop may pass by the `with` of the same frame.
    """
    return _Alarm(seconds) if _gets_signals() else _watch(threading.get_ident(), seconds)


class _Alarm(AbstractContextManager[None]):
    """The limit for a block in the main thread; a class, since there is one for every item."""

    __slots__ = ("_before", "_seconds")

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def __enter__(self) -> None:
        self._before = [] if _are_handled() else install_handlers()
        signal.setitimer(signal.ITIMER_PROF, self._seconds)
        signal.setitimer(signal.ITIMER_REAL, WAITS * self._seconds)

    def __exit__(self, *_error: object) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        if self._before:
            restore_handlers(self._before)


ALARMS = tuple(getattr(signal, name) for name in ("SIGPROF", "SIGALRM") if hasattr(signal, name))
"""The signals that end what is too slow; Windows has none."""


def _gets_signals() -> bool:
    return threading.current_thread() is threading.main_thread() and hasattr(signal, "setitimer")


def _are_handled() -> bool:
    """Whether this process handles the alarms."""
    return _signal.getsignal(signal.SIGPROF) is _too_slow  # that of `signal` takes long to look for another name


def install_handlers() -> list[tuple[int, Any]]:
    """Handle the alarms in this process from now on; the result is the handlers of before."""
    return [(number, signal.signal(number, _too_slow)) for number in ALARMS]


def restore_handlers(before: list[tuple[int, Any]]) -> None:
    """Leave the alarms to the handlers of before."""
    for number, handler in before:
        signal.signal(number, handler)


@contextmanager
def handle_alarms() -> Iterator[None]:
    """Handle the alarms in the block, for one item or many: installing handlers costs more than setting a timer."""
    if not _gets_signals() or _are_handled():
        yield
        return
    before = install_handlers()
    try:
        yield
    finally:
        restore_handlers(before)


def _too_slow(_signal: int, _frame: FrameType | None) -> None:
    raise TooSlow


@contextmanager
def _watch(thread: int, seconds: float) -> Iterator[None]:
    """The same limit for another thread, which gets no signals: a second thread watches its clock and raises in it."""
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
