"""What a render asked: the record from which newsgen knows when a page must be made again.

A question is plain data, its first part the kind: `("latest", 10, None)`, `("template", "base.html")`. Whoever answers
one tells the recorder; the answer's digest is taken once a build, however many pages asked.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager

Question = tuple[Hashable, ...]
Asked = Callable[[Question], None]


class Recorder:
    """Collects the questions of one render at a time, in the order in which they were first asked."""

    def __init__(self) -> None:
        self._open: list[dict[Question, None]] = []

    def ask(self, question: Question) -> None:
        """Note a question for every recording that is open."""
        for recording in self._open:
            recording[question] = None

    @contextmanager
    def recording(self) -> Iterator[dict[Question, None]]:
        """What is asked inside; recordings may lie inside one another."""
        asked: dict[Question, None] = {}
        self._open.append(asked)
        try:
            yield asked
        finally:
            self._open.pop()


def unheard(_question: Question) -> None:
    """Where nobody listens."""
