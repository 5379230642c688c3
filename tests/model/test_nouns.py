"""The nouns: frozen, slotted, fit to travel."""

import dataclasses
import pickle
import pkgutil
from datetime import timedelta
from importlib import import_module

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import NOW, article, manuscript, moment
from newsgen import model
from newsgen.model.manuscripts import Status

MINUTE = timedelta(minutes=1)
MODULES = [import_module(f"newsgen.model.{name}") for _, name, _ in pkgutil.iter_modules(model.__path__)]
NOUNS = [
    each
    for module in MODULES
    for each in vars(module).values()
    if getattr(each, "__module__", "") == module.__name__
    and (dataclasses.is_dataclass(each) or (isinstance(each, type) and issubclass(each, msgspec.Struct)))
]
TIMES = st.one_of(st.none(), st.integers(-2, 2).map(lambda minutes: NOW + minutes * MINUTE))


def is_frozen(noun):
    """Whether no field of a noun can be set again."""
    return noun.__dataclass_params__.frozen if dataclasses.is_dataclass(noun) else noun.__struct_config__.frozen


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.__name__)
def test_nouns_are_slotted_and_frozen(noun):
    """Every noun but the report of a run is frozen; all have slots."""
    assert hasattr(noun, "__slots__") or hasattr(noun, "__struct_fields__")
    assert noun.__name__ == "BuildReport" or is_frozen(noun)


@pytest.mark.parametrize(
    ("date", "expires", "is_draft", "status"),
    [
        ("2022-08-07 07:51", None, False, Status.PUBLISHED),
        ("2022-08-07 07:52", None, False, Status.SCHEDULED),
        ("2022-08-01", "2022-08-07 07:52", False, Status.PUBLISHED),
        ("2022-08-01", "2022-08-07 07:51", False, Status.EXPIRED),
        ("2022-09-01", "2022-08-01", False, Status.SCHEDULED),
        ("2022-08-01", None, True, Status.DRAFT),
        ("2022-09-01", None, True, Status.DRAFT),
    ],
)
def test_where_a_story_stands(date, expires, is_draft, status):
    """A story is published from its very minute, and gone from the very minute it expires."""
    story = manuscript(date=moment(date), expires=moment(expires) if expires else None, is_draft=is_draft)
    assert status is story.status(NOW)


@given(TIMES, TIMES, st.booleans())
def test_a_story_is_public_exactly_between_its_times(date, expires, is_draft):
    """Published means no draft, not before its date, not after its end."""
    story = manuscript(date=date, expires=expires, is_draft=is_draft)
    public = not is_draft and (date is None or date <= NOW) and (expires is None or NOW < expires)
    assert public == (story.status(NOW) is Status.PUBLISHED)


def test_a_page_without_a_date_is_published():
    """A page of content/pages/ has no date and is public."""
    assert Status.PUBLISHED is manuscript("pages/gioi-thieu.md").status(NOW)


def test_stages_are_in_order():
    """A story goes from draft to scheduled to published to expired."""
    assert Status.DRAFT < Status.SCHEDULED < Status.PUBLISHED < Status.EXPIRED


def test_an_article_answers_for_its_card():
    """What a card says, its article says too."""
    story = article("Cầu Lạc 2 hợp long")
    for name in (
        "title",
        "url",
        "date",
        "updated",
        "section",
        "summary",
        "image",
        "kicker",
        "authors",
        "lang",
        "pinned",
    ):
        assert getattr(story.card, name) == getattr(story, name)


def test_nouns_travel_between_processes():
    """An unpickled noun is equal to the original."""
    assert article() == pickle.loads(pickle.dumps(article()))  # noqa: S301
    assert manuscript() == pickle.loads(pickle.dumps(manuscript()))  # noqa: S301


def test_a_status_has_one_word():
    """Lists, the preview and programs know how a story stands by the same word."""
    assert ["draft", "scheduled", "embargoed", "published", "expired", "withdrawn"] == [s.word for s in Status]
