"""Every kind of question has words for editors, and somebody who answers it."""

import inspect
from importlib import import_module

import pytest
from write_messages import read_catalogue

from builders import NOW, site_folder
from newsgen.build.options import BuildOptions
from newsgen.build.stages import join, plan, read
from newsgen.build.workspace import Workspace
from newsgen.core.messages import LANGUAGES, Message, localize, translate_to
from newsgen.core.queries import Query, QueryMethods
from newsgen.publish.publication import find_state_folder
from source_modules import modules

SAMPLES = {"str": "van-hoa", "int": 3, "str | None": "van-hoa", "Article": "content/a.md"}
"""What the questions of a query have for its arguments, by their types."""


def answerers() -> list[type[QueryMethods]]:
    """Every class of newsgen that answers questions."""
    for one in modules():
        if not one.name.endswith("__main__"):
            import_module(f"newsgen.{one.name.replace('/', '.')}".removesuffix(".__init__"))
    return [kind for kind in QueryMethods.__subclasses__() if kind.__module__.startswith("newsgen.")]


QUERIES = [query for kind in answerers() for query in kind.queries.values()]


def sample(query: Query) -> tuple[str | int, ...]:
    """A question of this query."""
    parameters = list(inspect.signature(query.answer).parameters.values())[1:]
    return query.name, *(SAMPLES[str(getattr(p.annotation, "__name__", p.annotation))] for p in parameters)


@pytest.mark.parametrize("query", QUERIES, ids=[query.name for query in QUERIES])
def test_every_query_has_words(query):
    """Its question is told in words that are translated, with every argument filled in."""
    words = query.describe(sample(query))
    assert isinstance(words, Message)
    for language in LANGUAGES:
        told = localize(words, translate_to(language))
        assert "" != told.strip()
        assert not set("{}") & set(told)
    for language in LANGUAGES[1:]:
        assert read_catalogue(language).get(words.template).string


def test_every_query_stands_in_the_table_of_a_build(tmp_path):
    """What can be asked in a render is what the table of a build answers and tells: none of it is left out."""
    site = site_folder(tmp_path, {})
    options = BuildOptions(site, site / "build", NOW, jobs=1)
    with Workspace(options, find_state_folder(site, options.output)) as workspace:
        content = read(workspace)
        work = plan(workspace, content, join(workspace, content))
        table = work.make_answers().table
    assert [query.describe(sample(query)) for query in QUERIES] == [table.describe(sample(query)) for query in QUERIES]
