"""What plugins may import from newsgen: a change of it is a change for everybody who wrote one."""

import dataclasses
import inspect
import re

from newsgen import api

NAMES = """
    BodyContext BodyPass Check Command Component ComponentContext Deployer Document DocumentOutput DocumentQueries
    Examined Finished FinishedFile ImportedFile Importer Location News Newsroom Paper Player Plugin Problem Provider
    Story query
"""
FIELDS = "queries filters components providers body_passes documents checks theme"
SHAPES = {
    "Component.__call__": "(self, html: str, /, *given: Any, **named: Any) -> str",
    "BodyPass.__call__": "(self, tree: LexborHTMLParser, body: BodyContext, /) -> None",
    "Document.plan": "(self, paper: Paper, /) -> Iterable[DocumentOutput[~S]]",
    "Document.write": "(self, output: DocumentOutput[~S], ask: DocumentQueries, /) -> bytes",
    "Check": "(*, rules: Sequence[str] = (), story: Callable[[Story], Iterable[Problem]] | None = None,"
    " paper: Callable[[Examined], Iterable[Problem]] | None = None,"
    " plan: Callable[[Examined], Iterable[Problem]] | None = None) -> None",
    "Command.__call__": "(self, newsroom: Newsroom, options: Any = Ellipsis, /) -> None",
    "Importer.__call__": "(self, source: str, options: Any = Ellipsis, /) -> Iterable[ImportedFile]",
    "Deployer.__call__": "(self, finished: Finished, options: Any = Ellipsis, /) -> None",
    "ImportedFile": "(path: str, data: str | bytes) -> None",
    "query": "(words: str) -> Query",
}


def test_the_names_are_these():
    """`newsgen.api` offers these names and no other, each with a docstring."""
    assert sorted(NAMES.split()) == sorted(api.__all__)
    assert [] == [name for name in api.__all__ if not inspect.getdoc(getattr(api, name))]


def test_a_plugin_has_these_parts():
    """What a plugin can add."""
    assert FIELDS.split() == [field.name for field in dataclasses.fields(api.Plugin)]


def test_functions_are_called_like_this():
    """The parameters with which newsgen calls what plugins write, and that they call."""
    found = {}
    for path in SHAPES:
        name, _, method = path.partition(".")
        part = getattr(api, name)
        signature = str(inspect.signature(getattr(part, method) if method else part))
        found[path] = re.sub(r"(?:\w+\.)+(?=\w)", "", signature)
    assert SHAPES == found
