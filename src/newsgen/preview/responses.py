"""The interface between the preview's server and what makes its pages."""

from dataclasses import dataclass
from typing import BinaryIO, Protocol

from newsgen.core.media_types import HTML
from newsgen.core.messages import Message


@dataclass(frozen=True, slots=True)
class Response:
    """One response: `location` is that of a redirect; `takes_script` says that it is a whole page of the site.

    `file`, in place of `data`, is an open file of which ranges may be sent; whoever sends it closes it.
    """

    status: int
    data: bytes = b""
    kind: str = HTML
    location: str = ""
    takes_script: bool = False
    file: BinaryIO | None = None


class Backend(Protocol):
    """Makes what the server sends. Its methods never raise."""

    @property
    def number(self) -> int:
        """The number of the state that is shown; it grows with every change."""

    async def respond(self, path: str) -> Response:
        """The page or file at a path."""

    async def facts(self, path: str) -> bytes:
        """JSON: what the bar shows of the page at a path."""

    async def stories(self, query: str, state: str) -> bytes:
        """A page: the stories with their states."""

    def state(self) -> bytes:
        """JSON: the number, and every problem."""

    def strings(self) -> bytes:
        """JSON: the strings of the script, in the editor's language."""

    def localize(self, message: Message) -> str:
        """A message in the editor's language."""
