"""A pool of Dask workers: on other computers, or in processes of this one that share no memory.

A job travels as plain data, by name. Everything else it opens by its path, so workers share the site's disk.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from typing import Any, TypeVar

from distributed import Client, KilledWorker, LocalCluster

from newsgen.workers.processes import ItemLost

Item = TypeVar("Item")
Result = TypeVar("Result")
SHARE = 40
"""Items a worker takes at a time."""

LOCAL = "local:"
"""The beginning of an address that asks for a number of processes on this computer."""


class Cluster(AbstractContextManager["Cluster"]):
    """A pool of the workers at an address, such as `tcp://10.0.0.1:8786`; `local:2` starts two, which end with it.

    Raises:
        OSError: when nobody answers at the address.
        ValueError: when it is no address.
    """

    def __init__(self, address: str) -> None:
        with ExitStack() as ending:
            if address.startswith(LOCAL):
                count = int(address.removeprefix(LOCAL))
                quiet = {"dashboard_address": None, "silence_logs": 50}
                address = ending.enter_context(LocalCluster(n_workers=count, threads_per_worker=1, **quiet))
            self._client = ending.enter_context(Client(address, set_as_default=False))
            self._ending = ending.pop_all()

    def __exit__(self, *_error: object) -> None:
        self._ending.close()

    def map(
        self, job: Callable[[Item], Result], items: Sequence[Item], lost: Callable[[Item], Result] | None = None
    ) -> Iterator[Result]:
        """The results for the items, in order; `lost` gives the result for an item that killed its workers.

        Raises:
            ItemLost: for such an item, where there is no `lost`.
        """
        shares = [items[start : start + SHARE] for start in range(0, len(items), SHARE)]
        futures = [self._submit(job, share) for share in shares]
        for share, future in zip(shares, futures, strict=True):
            try:
                results = future.result()
            except KilledWorker:
                results = [self._run_alone(job, item, lost) for item in share]
            yield from results

    def _submit(self, job: Callable[[Item], Result], share: Sequence[Item]) -> Any:  # noqa: ANN401 - Dask's future
        return self._client.submit(run_share, job, share, pure=False)

    def _run_alone(self, job: Callable[[Item], Result], item: Item, lost: Callable[[Item], Result] | None) -> Result:
        try:
            result: Result = self._submit(job, [item]).result()[0]
        except KilledWorker:
            if lost is None:
                raise ItemLost(item) from None
            return lost(item)
        return result


def run_share(job: Callable[[Any], Any], share: Sequence[Any]) -> list[Any]:
    """In a worker: the results for a share of the items."""
    return [job(item) for item in share]
