"""latest.json: the newest stories, for other programs."""

from collections.abc import Iterator

from newsgen.core.urls import make_absolute
from newsgen.documents.article_json import describe_story
from newsgen.documents.document import Paper
from newsgen.documents.json_feed import encode_json
from newsgen.documents.queries import DocumentQueries
from newsgen.model.pages import DocumentOutput

LATEST = 50
"""Stories in latest.json."""

name = "latest.json"


def plan(paper: Paper) -> Iterator[DocumentOutput[None]]:
    """One in each language."""
    edition = paper.edition
    if edition.config.machines.latest_json:
        link = edition.permalinks.at("/latest.json")
        yield DocumentOutput(name, link.output, link.url, None)


def write(_output: DocumentOutput[None], ask: DocumentQueries) -> bytes:
    """The newest stories as lists show them, newest first."""
    config, home = ask.edition.config, ask.edition.permalinks.home.url
    stories = [describe_story(item, ask) for item in ask.stories("site", "", LATEST)]
    paper = {"title": config.title, "url": make_absolute(home, config.url), "language": config.language}
    return encode_json({**paper, "stories": stories})
