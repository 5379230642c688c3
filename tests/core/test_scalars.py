"""YAML has surprises; a head has none: a hundred and fifty scalars in twelve fields, against a written expectation.

scalars.tsv has a line for each scalar and a column for each field: the value as JSON, `~rule` where there is a
warning, `!rule` where it is refused. `number` and `boolean` are declared fields; `extra` is a value in `extra:`, where
YAML's own types hold.
"""

import json
from pathlib import Path

import pytest

from builders import article_source, site_config
from newsgen.model.manuscripts import Manuscript
from story_rendering import read_article

HEADER, *ROWS = (
    line.split("\t") for line in Path(__file__).with_name("scalars.tsv").read_text("utf-8").strip("\n").split("\n")
)
CONFIG = site_config("fields: {number: number, boolean: boolean}")


def value_of(field: str, m: Manuscript) -> object:
    """What a manuscript holds of a field."""
    if field in ("number", "boolean"):
        return m.extra[field]
    values = {
        "date": m.date and m.date.isoformat(),
        "tags": [tag.text for tag in m.tags],
        "status": "draft" if m.is_draft else "withdrawn" if m.is_withdrawn else "published",
        "pin": m.pin_until.isoformat() if m.pin_until else m.pinned,
        "series": m.series and m.series.name,
        "extra": m.extra.get("x"),
    }
    return values[field] if field in values else getattr(m, field)


def outcome(field: str, typed: str) -> str:
    """What becomes of a scalar in a field, in the words of scalars.tsv."""
    if field in ("title", "date"):
        text = article_source(**{field: typed})
    else:
        text = article_source("extra:", f"  x: {typed}") if field == "extra" else article_source(f"{field}: {typed}")
    manuscript, problems = read_article(text, config=CONFIG)
    if manuscript is None:
        return "!" + ",".join(sorted({problem.rule for problem in problems.found}))
    said = json.dumps(value_of(field, manuscript), ensure_ascii=False)
    return said + "".join(f"~{warning.rule}" for warning in manuscript.warnings)


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_a_scalar_is_what_was_typed(row):
    """Every field reads the scalar as the table says: as its own type, or not at all."""
    typed, *expected = row
    assert dict(zip(HEADER[1:], expected, strict=True)) == {field: outcome(field, typed) for field in HEADER[1:]}


def test_the_table_is_whole():
    """At least 120 different scalars, in 12 fields."""
    assert len({row[0] for row in ROWS}) == len(ROWS) >= 120
    assert len(HEADER) == 13
