"""All outputs that a build may make, found by their paths without making the pages of stories."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import overload

from newsgen.core.joined import Joined
from newsgen.model.pages import PlannedOutput
from newsgen.plan.story_pages import StoryPages


class OutputsToMake(Sequence[PlannedOutput]):
    """Every page and document in the order of the plan, with their paths (`names`); `parts` are what it joins.

    Where the paths are those of `before`, what was worked out of them is kept.
    """

    def __init__(self, outputs: Joined[PlannedOutput], before: "OutputsToMake | None" = None) -> None:
        self._outputs, self.parts = outputs, outputs.parts
        self.names = [name for part in self.parts for name in _list_names(part)]
        if before is not None and "numbers" in vars(before) and before.names == self.names:
            self.names, vars(self)["numbers"] = before.names, before.numbers

    def __len__(self) -> int:
        return len(self._outputs)

    def __iter__(self) -> Iterator[PlannedOutput]:
        return iter(self._outputs)

    @overload
    def __getitem__(self, index: int) -> PlannedOutput: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[PlannedOutput]: ...
    def __getitem__(self, index: int | slice) -> PlannedOutput | Sequence[PlannedOutput]:
        """The output of a number in the plan, or several as a list."""
        return self._outputs[index]

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each output in the plan, by its path."""
        return {name: number for number, name in enumerate(self.names)}

    @property
    def by_output(self) -> Mapping[str, PlannedOutput]:
        """Each output by its path."""
        return OutputsByPath(self, {})


class OutputsByPath(Mapping[str, PlannedOutput]):
    """Outputs by their paths, with `others` that are in no plan."""

    def __init__(self, outputs: OutputsToMake, others: Mapping[str, PlannedOutput]) -> None:
        self._outputs, self._others = outputs, others

    def __getitem__(self, output: str) -> PlannedOutput:
        other = self._others.get(output)
        return other if other is not None else self._outputs[self._outputs.numbers[output]]

    def __contains__(self, output: object) -> bool:
        return output in self._others or output in self._outputs.numbers

    def __iter__(self) -> Iterator[str]:
        return iter({**self._outputs.numbers, **self._others})

    def __len__(self) -> int:
        return len(self._outputs.numbers.keys() | self._others.keys())


def _list_names(part: Sequence[PlannedOutput]) -> Iterator[str]:
    if isinstance(part, StoryPages):
        return (article.output for article in part.articles)
    return (one.output for one in part)
