"""What the preview's server asks of the newsroom behind it, and what it is given."""

from dataclasses import dataclass
from typing import BinaryIO, Protocol

from newsgen.core.media_types import HTML
from newsgen.core.messages import Message


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: `location` where it sends on; `takes_script` where it is a whole page of the site's own.

    `file` is one of which parts may be asked for, in place of `data`; who sends it closes it.
    """

    status: int
    data: bytes = b""
    kind: str = HTML
    location: str = ""
    takes_script: bool = False
    file: BinaryIO | None = None


class Newsroom(Protocol):
    """Who knows the pages. The methods give what they have at once or when it is made, and never fail."""

    @property
    def number(self) -> int:
        """Which state of the site is shown; it grows with every change."""

    async def answer(self, path: str) -> Answer:
        """The page or file at a path."""

    async def facts(self, path: str) -> bytes:
        """JSON: what the bar shows of the page at a path."""

    async def stories(self, query: str, state: str) -> bytes:
        """A page: the stories with their states."""

    def state(self) -> bytes:
        """JSON: the number, and every problem."""

    def words(self) -> bytes:
        """JSON: what the script says, in the site's language."""

    def said(self, message: Message) -> str:
        """A message in the editor's language."""
