import ctypes
import faulthandler
import multiprocessing
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from newsgen.workers.limits import TooSlow, time_limit
from newsgen.workers.pool import FEWEST_SHARES, SHARE, early_map, ordered_map
from newsgen.workers.processes import ItemLost
from newsgen.workers.shares import LIFE
from newsgen.workers.stages import TwoSteps

SMALL = FEWEST_SHARES * SHARE

PATIENCE = 30.0
"""Seconds after which something that must happen soon is taken not to happen."""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere all work is done in one process")


def eventually(holds):
    """Whether something comes to hold within PATIENCE."""
    until = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.01)
    return True


@pytest.fixture
def no_threads(monkeypatch):
    """Threads that other tests left in this process are not seen."""
    monkeypatch.setattr("newsgen.workers.pool.threading", SimpleNamespace(active_count=lambda: 1))


@pytest.mark.parametrize("count", [0, 1, SMALL - 1, SMALL, 201])
@pytest.mark.parametrize("jobs", [1, 2, 8])
def test_results_come_in_the_order_of_the_items(jobs, count):
    """However many processes share the work, the results are those of a plain map."""
    items = [f"tin {n}" for n in range(count)]
    assert list(map(str.upper, items)) == list(ordered_map(str.upper, items, jobs))


@pytest.mark.parametrize("share", [1, 7, 1000])
def test_the_size_of_a_share_does_not_show(share):
    """Small shares and one that takes all give the same."""
    assert [n * n for n in range(100)] == list(ordered_map(lambda n: n * n, range(100), 2, share=share))


def test_others_take_over_again_and_again():
    """No process lives through long work, so that none comes to have a copy of all that it shares with its parent."""
    workers = list(ordered_map(lambda _: os.getpid(), range(5 * LIFE), 2, share=2))
    lives = [set(workers[at : at + 2 * LIFE]) for at in range(0, 5 * LIFE, 2 * LIFE)]
    assert all(1 <= len(life) <= 2 for life in lives)
    assert sum(map(len, lives)) == len(set(workers))


class Counting(TwoSteps):
    """Gives each item with how many were begun before it ended."""

    def __init__(self):
        self.begun = 0

    def begin(self, item):
        self.begun += 1
        return -item

    def end(self, item, begun):
        return item, begun, self.begun


def test_all_items_of_a_share_are_begun_before_the_first_of_them_ends():
    """A worker takes the first step for its whole share; alone, each item is begun and ended."""
    found = list(ordered_map(Counting(), range(100), 2, share=10))
    assert [(n, -n) for n in range(100)] == [(item, begun) for item, begun, _ in found]
    assert {0} == {count % 10 for *_, count in found}
    assert [(n, -n, n + 1) for n in range(7)] == list(ordered_map(Counting(), range(7), 2))
    assert (3, -3, 1) == Counting()(3)


class Deadly(TwoSteps):
    """Item 50 kills its process in one of the two steps."""

    def __init__(self, step):
        self.step = step

    def begin(self, item):
        self._run("begin", item)

    def end(self, item, begun):
        self._run("end", item)
        return item

    def _run(self, step, item):
        if item == 50 and step == self.step:
            os._exit(1)


@pytest.mark.parametrize("step", ["begin", "end"])
def test_an_item_that_kills_its_worker_in_either_step_is_named(step):
    """The others have their results, whatever was begun with it."""
    expected = [n if n != 50 else "lost" for n in range(100)]
    assert expected == list(ordered_map(Deadly(step), range(100), 2, lost=lambda _: "lost"))


def test_the_first_results_come_before_the_last_are_made():
    """Results are taken while the rest is still at work."""
    assert 0 == next(ordered_map(lambda n: n, range(10_000), 2))


@pytest.mark.parametrize("jobs", [2, 3])
def test_work_is_shared_by_processes_of_their_own(jobs):
    """Large work is done outside this process, by as many as were asked for at most."""
    found = set(ordered_map(lambda _: os.getpid(), range(400), jobs))
    assert os.getpid() not in found
    assert 1 <= len(found) <= jobs


@pytest.mark.usefixtures("no_threads")
@pytest.mark.parametrize(("count", "jobs"), [(SMALL - 1, 8), (400, 1)])
def test_small_work_is_done_by_one_child(count, jobs):
    """Work that is not worth several processes, or is for one only, is done by one, and not by this one."""
    found = set(ordered_map(lambda _: os.getpid(), range(count), jobs))
    assert os.getpid() not in found
    assert 1 == len(found)


def test_no_work_needs_no_process(monkeypatch):
    """Where nothing is to be done nothing is forked."""
    monkeypatch.setattr(os, "fork", None)
    assert [] == list(ordered_map(str, [], 8))


def test_beside_threads_small_work_stays_here():
    """A process is not forked beside threads that may hold locks, for small work."""
    over = threading.Event()
    thread = threading.Thread(target=over.wait, daemon=True)
    thread.start()
    try:
        assert {os.getpid()} == set(ordered_map(lambda _: os.getpid(), range(3), 8))
    finally:
        over.set()
        thread.join()


def test_workers_inherit_what_cannot_travel():
    """A worker has everything that its function holds on to, locks and open files too."""
    held = {"lock": threading.Lock(), "base": 7}
    assert [7 + n for n in range(100)] == list(
        ordered_map(lambda n: held["base"] + n + held["lock"].locked(), range(100), 2)
    )


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_failure_comes_home(jobs):
    """What a worker raises is raised here, after the results before it, wherever the work is done."""

    def work(n):
        if n == 123:
            raise LookupError(f"tin {n}")
        return n

    taken = []
    with pytest.raises(LookupError, match="tin 123"):
        taken.extend(iter(ordered_map(work, range(200), jobs)))
    assert taken == list(range(len(taken)))
    assert len(taken) <= 123
    assert eventually(lambda: not multiprocessing.active_children())


def too_much() -> int:
    """More bytes than an item may take in a process as large as this one."""
    held = int(Path("/proc/self/statm").read_text().split()[5]) * resource.getpagesize()
    return 600 * 1024 * 1024 + held


DEATHS = {
    "exit": lambda: os._exit(9),
    "kill": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "fault": lambda: (faulthandler.disable(), ctypes.string_at(0)),
    "memory": lambda: bytearray(too_much()),
    "slowly more memory": lambda: [bytes(1000) for _ in range(too_much() // 1000)],
}
"""Ways in which an item ends its process."""


@pytest.mark.usefixtures("no_threads")
@pytest.mark.parametrize("count", [3, 100], ids=["small", "large"])
@pytest.mark.parametrize("death", DEATHS)
def test_deadly_items_are_told_and_the_others_done(count, death):
    """Of an item that ends its process, or takes too much memory, there is what `lost` says, and every other result."""
    parent = os.getpid()

    def work(n):
        if n in (1, 2) and os.getpid() != parent:
            DEATHS[death]()
        return n

    expected = [0, "lost 1", "lost 2", *range(3, count)]
    assert expected == list(ordered_map(work, range(count), 2, lost=lambda n: f"lost {n}"))
    assert eventually(lambda: not multiprocessing.active_children())


def test_many_small_items_may_take_much_together():
    """The limit is each item's own: what earlier ones left behind does not count."""
    kept = []

    def work(n):
        kept.append(bytearray(200 * 1024 * 1024))
        return n

    assert list(range(5)) == list(ordered_map(work, range(5), 2))


@pytest.mark.parametrize("deadly", [0, 57, 95])
@pytest.mark.parametrize(
    "end", [lambda: os._exit(9), lambda: os.kill(os.getpid(), signal.SIGKILL)], ids=["exit", "kill"]
)
def test_an_item_that_kills_its_worker_is_named(deadly, end):
    """A worker that dies is found, and the item that kills a fresh one again is told, after the results before it."""
    parent = os.getpid()

    def work(n):
        if n == deadly and os.getpid() != parent:
            end()
        return n

    taken = []
    with pytest.raises(ItemLost) as caught:
        taken.extend(iter(ordered_map(work, range(100), 2, share=20)))
    assert deadly == caught.value.item
    assert list(range(deadly)) == taken


@pytest.mark.usefixtures("no_threads")
@pytest.mark.parametrize("count", [71, 100], ids=["small", "large"])
def test_a_worker_that_dies_by_chance_costs_nothing(tmp_path, count):
    """When a worker was killed and the same item works again, every result is there in its place."""

    def work(n):
        if n == 70 and not (tmp_path / "dead").exists():
            (tmp_path / "dead").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return n

    assert list(range(count)) == list(ordered_map(work, range(count), 2, share=20))
    assert (tmp_path / "dead").exists()


def test_who_stops_early_leaves_no_workers():
    """When the results are not wanted any more the processes end."""
    results = ordered_map(lambda n: n, range(10_000), 2)
    assert 0 == next(results)
    results.close()
    assert eventually(lambda: not multiprocessing.active_children())


ORPHANS = """
import os, sys, time
from pathlib import Path
from newsgen.workers.pool import ordered_map

def work(n):
    Path(sys.argv[1], str(os.getpid())).touch()
    time.sleep(600)

list(ordered_map(work, range(200), 2))
"""


def is_alive(pid):
    """Whether a process runs, and is not only remembered by the system."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_no_worker_outlives_its_parent(tmp_path):
    """When the parent is killed at once, its workers die with it, in the middle of their work."""
    parent = subprocess.Popen([sys.executable, "-c", ORPHANS, str(tmp_path)], stderr=subprocess.DEVNULL)
    try:
        assert eventually(lambda: len(list(tmp_path.iterdir())) == 2)
        workers = [int(path.name) for path in tmp_path.iterdir()]
        assert all(map(is_alive, workers))
    finally:
        parent.kill()
        parent.wait()
    assert eventually(lambda: not any(map(is_alive, workers)))


def turn_for_ever():
    """Work without an end, in a frame of its own as the work of every limited block is.

    In Python 3.13 what a signal raises at the turn of a `while` with a condition passes by the `except` and `with` of
    that same frame.
    """
    while time.monotonic() >= 0:
        pass


def test_what_takes_too_long_is_ended():
    """A block that goes on past its limit is ended from inside."""
    with pytest.raises(TooSlow), time_limit(0.05):
        turn_for_ever()


def test_what_is_fast_enough_is_left_alone():
    """A block within its limit ends as it would, and the alarm and its handler are as before."""
    before = signal.getsignal(signal.SIGPROF)
    with time_limit(60):
        assert 0 < signal.getitimer(signal.ITIMER_PROF)[0] < 61  # the system rounds it up
    assert (0.0, before) == (signal.getitimer(signal.ITIMER_PROF)[0], signal.getsignal(signal.SIGPROF))


def test_the_alarm_is_put_back_after_a_failure():
    """A block that fails leaves no alarm behind it."""
    before = signal.getsignal(signal.SIGPROF)
    with pytest.raises(KeyError), time_limit(60):
        raise KeyError
    assert (0.0, before) == (signal.getitimer(signal.ITIMER_PROF)[0], signal.getsignal(signal.SIGPROF))


def test_a_worker_has_limits_of_its_own():
    """An item that takes too long in a worker is ended there, and the others are done."""

    def work(n):
        try:
            with time_limit(0.05 if n == 90 else 60):
                if n == 90:
                    turn_for_ever()
                return n
        except TooSlow:
            return -1

    assert [*range(90), -1, *range(91, 100)] == list(ordered_map(work, range(100), 2, share=20))


def test_another_thread_works_within_its_limit():
    """In a thread, which gets no signals, as in a preview, a block is ended too; one in time gives what it gives."""
    done = []

    def work():
        with time_limit(60):
            done.append(sum(range(100_000)))
        try:
            with time_limit(0.05):
                turn_for_ever()
        except TooSlow:
            done.append("ended")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert [sum(range(100_000)), "ended"] == done


def test_items_that_kill_their_worker_get_another_result(tmp_path):
    """With `lost` every other item has its own result, in order, and each deadly one what `lost` gives."""
    parent = os.getpid()

    def work(n):
        if n in (7, 57, 58) and os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGSEGV)
        return n

    expected = [-n if n in (7, 57, 58) else n for n in range(100)]
    assert expected == list(ordered_map(work, range(100), 2, share=20, lost=lambda n: -n))


def test_waiting_is_limited_too(monkeypatch):
    """What waits and does not work is ended as well, after some times as long."""
    monkeypatch.setattr("newsgen.workers.limits.WAITS", 1)
    with pytest.raises(TooSlow), time_limit(0.05):
        time.sleep(PATIENCE)


def test_a_library_that_does_not_come_back_is_ended(monkeypatch):
    """A loop that hears no limit of Python's costs its worker, and its item is named."""
    monkeypatch.setattr("newsgen.workers.processes.NATIVE_SECONDS", 1)
    parent = os.getpid()

    def work(n):
        while n == 30 and os.getpid() != parent:
            pass
        return n

    with pytest.raises(ItemLost) as caught:
        list(ordered_map(work, range(SMALL), 2, share=10))
    assert 30 == caught.value.item


@pytest.mark.parametrize("jobs", [1, 2])
def test_early_results_come_in_order(no_threads, jobs):
    """What was begun early gives the results of a plain map, also when it is asked for late."""
    with early_map(str.upper, ["tin một", "tin hai"], jobs) as results:
        time.sleep(0.1)
        assert ["TIN MỘT", "TIN HAI"] == list(results)


def test_early_work_is_begun_before_it_is_asked_for(no_threads, tmp_path):
    """With a process to spare the work goes on while this one does something else."""
    with early_map(lambda name: (tmp_path / name).touch(), ["a", "b"], 2):
        assert eventually(lambda: {"a", "b"} == {path.name for path in tmp_path.iterdir()})


def test_early_work_that_dies_is_done_here(no_threads):
    """A child that ends before its time leaves nothing undone."""
    me = os.getpid()

    def pid_or_death(n):
        if n and os.getpid() != me:
            os._exit(1)
        return os.getpid()

    with early_map(pid_or_death, [0, 1, 0], 2) as results:
        assert me != next(results)
        assert [me, me] == list(results)


def test_what_early_work_raises_is_raised_where_it_is_asked_for(no_threads):
    """A fault comes when the result would, and not before."""
    with early_map(lambda n: 1 // n, [1, 0], 2) as results:
        assert 1 == next(results)
        with pytest.raises(ZeroDivisionError):
            next(results)


def test_early_work_that_is_not_wanted_ends_with_the_block(no_threads):
    """Nobody waits for what is not asked for."""
    before = time.monotonic()
    with early_map(time.sleep, [PATIENCE], 2):
        pass
    assert time.monotonic() - before < PATIENCE / 2
