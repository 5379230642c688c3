"""Jobs in two steps, which a worker takes one after the other for a whole share of the items."""

from abc import ABC, abstractmethod
from typing import Generic, TypeVar

Item = TypeVar("Item", contravariant=True)
Begun = TypeVar("Begun")
Result = TypeVar("Result", covariant=True)


class TwoSteps(ABC, Generic[Item, Begun, Result]):
    """A job whose first step a worker takes for all items of its share, and then the second.

    What runs several times in a row finds its code in the caches of the processor, and takes less time.
    """

    @abstractmethod
    def begin(self, item: Item) -> Begun:
        """The first step for an item."""

    @abstractmethod
    def end(self, item: Item, begun: Begun) -> Result:
        """The second step, with what the first one gave; its result is that of the job."""

    def __call__(self, item: Item) -> Result:
        """Both steps for one item."""
        return self.end(item, self.begin(item))
