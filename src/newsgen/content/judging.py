"""Checks of front matter fields that have the right type."""

from collections.abc import Iterator, Mapping
from typing import Any

from newsgen.content.fields import LiveForm, find_part_faults
from newsgen.content.front_matter import Head
from newsgen.core import yaml_tree as yamltree
from newsgen.core.errors import Problem
from newsgen.core.messages import say
from newsgen.core.text import SLUG_BYTES, is_slug, slugify, squeeze
from newsgen.core.urls import is_iri


def judge_fields(head: Head, given: Mapping[str, Any], source: str) -> Iterator[Problem]:
    """The problems of fields that were read, each alone and compared with others."""
    if not squeeze(given.get("title", "…")):
        place = head.locate("title", source)
        yield Problem(place, "bad-value", say("`title` is empty"), say("write the headline"))
    if (slug := given.get("slug")) and not is_slug(slug):
        yield _report_bad_slug(slug, source, head)
    if (guid := given.get("guid", "").strip()) and not is_iri(guid):
        what = say("“{guid}” is no id that feeds may have", guid=guid)
        fix = say("write the whole id: an address with `https://`, or one that begins with `tag:` or `urn:`")
        yield Problem(head.locate("guid", source), "bad-guid", what, fix)
    date, updated = given.get("date"), given.get("updated")
    if date and updated and updated.at < date.at:
        place = head.locate("updated", source)
        yield Problem(place, "updated-before-date", say("`updated` is before `date`"), say("correct one of the two"))
    live = given.get("live")
    if isinstance(live, LiveForm) and live.start and live.end and live.end.at <= live.start.at:
        what = say("the live report ends before it begins")
        yield Problem(head.locate("live", source), "bad-value", what, say("correct `start` or `end`"))
    if series := yamltree.follow(head.tree, ("series",)):
        yield from find_part_faults(series, head.get_file("series") or source)
    if {"authors", "author"} <= head.tree.entries.keys():
        place, what = head.locate("author", source), say("both `author` and `authors` are given")
        yield Problem(place, "bad-value", what, say("keep `authors`"))


def _report_bad_slug(given: str, source: str, head: Head) -> Problem:
    better = slugify(given)
    what = say("`slug` must be [a-z0-9-] words of at most {most} bytes, not “{given}”", most=SLUG_BYTES, given=given)
    fix = say("write `{name}`", name=head.write_field("slug", better)) if better else say("write it in letters")
    place = head.locate("slug", source)
    return Problem(place, "bad-slug", what, fix, edits=head.make_edit("slug", better))
