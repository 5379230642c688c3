"""One ordered map over processes: each inherits the whole site, takes shares of the items and sends results back.

Processes are forked, so that only shares and results are pickled. Small work is done by one child: a text may crash a
library, and the message has to name that text. Where the system does not fork, and beside other threads, everything
is done in this process. A worker that crashes, hangs or takes too much memory is noticed, and its item named.
"""

import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Protocol, TypeVar

import msgspec

from newsgen.workers.limits import handle_alarms
from newsgen.workers.processes import forked_child, guarded_map, read_results

Item = TypeVar("Item")
Result = TypeVar("Result")
SHARE = 40
"""Items a worker takes at a time."""

FEWEST_SHARES = 2
"""With fewer shares, starting several processes costs more than it saves."""

GUARDS_SMALL = True
"""Whether small work is done by a child instead of this process."""


class Pool(Protocol):
    """Where work is done: in this process, in local ones, or in a cluster. The results are the same."""

    def map(
        self, job: Callable[[Item], Result], items: Sequence[Item], lost: Callable[[Item], Result] | None = None
    ) -> Iterator[Result]:
        """The results of a job for the items, in order; `lost` gives the result for an item that killed its process."""


class LocalProcesses(msgspec.Struct, frozen=True):
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
    """The results of `function` for each item, in order, over at most `jobs` processes; one where there are few items.

    Where an item kills its process, or takes more memory than it may, one child after another does what is left; `lost`
    gives the result for an item that kills them again.

    Raises:
        ItemLost: for such an item, where there is no `lost`.
    """
    jobs = min(jobs, -(-len(items) // share))
    is_small = jobs < 2 or len(items) < FEWEST_SHARES * share
    if sys.platform != "linux" or (is_small and (not GUARDS_SMALL or threading.active_count() > 1)):
        with handle_alarms():
            yield from map(function, items)
        return
    done = 0
    if not is_small:
        from newsgen.workers.shares import map_shares  # start-up: only where several processes work

        with closing(map_shares(function, items, share, jobs)) as shares:
            for results in shares:
                yield from results
                done += len(results)
    yield from guarded_map(function, items[done:], lost)


@contextmanager
def early_map(function: Callable[[Item], Result], items: Sequence[Item], jobs: int) -> Iterator[Iterator[Result]]:
    """The results in order; with more than one of `jobs`, worked out from now on by a child that ends with the block.

    What a child that died has not sent, and everything where there is none, is worked out here when it is asked for.
    """
    if jobs < 2 or sys.platform != "linux" or threading.active_count() > 1:
        yield map(function, items)
        return
    with forked_child(function, items) as pipe:
        yield _complete(function, items, read_results(pipe))


def _complete(function: Callable[[Item], Result], items: Sequence[Item], results: Iterator[Result]) -> Iterator[Result]:
    done = 0
    for result in results:
        done += 1
        yield result
    yield from map(function, items[done:])
