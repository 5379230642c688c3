"""What a document is: a kind of output that is made without a template."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar

import msgspec

from newsgen.documents.queries import DocumentQueries
from newsgen.model.pages import DocumentOutput, Page
from newsgen.site.newspaper import Edition, Newspaper

S = TypeVar("S")


class Paper(msgspec.Struct, frozen=True):
    """One edition of the newspaper, as documents are planned from it.

    `pages` are all its pages, `others` those that are not of stories in lists; `translate` gives interface strings in
    its language. `players` is what addresses of players that plugins bring begin with.
    """

    newspaper: Newspaper
    edition: Edition
    pages: Sequence[Page]
    translate: Callable[[str], str]
    others: Sequence[Page] = ()
    players: tuple[str, ...] = ()

    @property
    def is_main(self) -> bool:
        """Whether this is the main edition, which has what is there once for all editions."""
        return self.edition is self.newspaper.main


class Document(Protocol[S]):
    """Plans and writes outputs of one kind, whose subjects have the type `S`. A module can be a document."""

    @property
    def name(self) -> str:
        """The name of the document, which each of its outputs holds. No two documents have the same."""

    def plan(self, paper: Paper, /) -> Iterable[DocumentOutput[S]]:
        """Every output of this document. Whatever else its bytes depend on, `write` asks for."""

    def write(self, output: DocumentOutput[S], ask: DocumentQueries, /) -> bytes:
        """The bytes of one output. What is asked of `ask` is recorded, so that a changed answer makes it again."""
