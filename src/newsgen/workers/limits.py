"""Limits of time for the work on one item, which end it from inside."""

import ctypes
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

WAITS = 6
"""How many times as long as it may work an item may wait for something, such as a file of a slow disk."""


class TooSlow(BaseException):
    """The work on one item took longer than its limit. No fault of the work itself, so nothing in it may catch it.

    `plugin` is the name of the plugin that was at work, "" for none.
    """

    plugin = ""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """End the block with TooSlow after that many seconds of processor time, or WAITS times as many of any other.

    A thread is limited in its processor time only. The block calls what is limited and has no loop of its own: in
    Python 3.13 what is raised at the turn of a loop may pass by the `with` of the same frame.
    """
    if not _can_hear():
        with _watched(threading.get_ident(), seconds):
            yield
        return
    with alarms():
        signal.setitimer(signal.ITIMER_PROF, seconds)
        signal.setitimer(signal.ITIMER_REAL, WAITS * seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.setitimer(signal.ITIMER_REAL, 0)


ALARMS = tuple(getattr(signal, name) for name in ("SIGPROF", "SIGALRM") if hasattr(signal, name))
"""The alarms that end what is too slow; Windows has none."""


def _can_hear() -> bool:
    return threading.current_thread() is threading.main_thread() and hasattr(signal, "setitimer")


def hear() -> list[tuple[int, Any]]:
    """Hear the alarms in this process from now on; whose they were before."""
    return [(number, signal.signal(number, _too_slow)) for number in ALARMS]


@contextmanager
def alarms() -> Iterator[None]:
    """Hear the alarms, for one item or for many: to change who hears them costs more than to set a clock."""
    if not _can_hear() or signal.getsignal(signal.SIGPROF) is _too_slow:
        yield
        return
    before = hear()
    try:
        yield
    finally:
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
