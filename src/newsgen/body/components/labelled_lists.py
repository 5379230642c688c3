"""Blocks made of a list whose items begin with a label and a colon: timelines, facts, numbers."""

import re
from datetime import date
from html import escape

from newsgen.body.components.boxes import Titled
from newsgen.body.components.contract import ComponentContext
from newsgen.body.components.writing import read_items, write_title
from newsgen.core.messages import say

_DAY = re.compile(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})|(?P<iso>\d{4}-\d{2}-\d{2})")
_MONTH = re.compile(r"(?:tháng\s+)?(?P<month>\d{1,2})[/.-](?P<year>\d{4})", re.IGNORECASE)
_YEAR = re.compile(r"(?:năm\s+)?(?P<year>\d{4})", re.IGNORECASE)
_TIME = re.compile(r"(?P<hour>\d{1,2})(?::|h|\s+giờ\s*)(?P<minute>\d{2})?", re.IGNORECASE)
_NUMBER = re.compile(r".*\d", re.DOTALL)


def make_timeline(html: str, given: Titled, context: ComponentContext) -> str:
    """What happened when, in the order in which it was typed."""
    what = say("a timeline is a list whose items begin with a date or a time and a colon")
    items = read_items(html, context, what, say("begin the item with one, such as `- 2022-07-12: …` or `- 7:51: …`"))
    inner = "".join(f"<li>{_write_moment(item.label)} <div>{item.html}</div></li>" for item in items)
    return f'<div class="timeline">{write_title(given.title)}<ol>{inner}</ol></div>'


def make_facts(html: str, given: Titled, context: ComponentContext) -> str:
    """Terms with their values."""
    what = say("facts are a list whose items are a word, a colon, and what is to say about it")
    items = read_items(html, context, what, say("write the item as `- Chiều dài: 1.126 m`"))
    inner = "".join(f"<div><dt>{escape(item.label, quote=False)}</dt><dd>{item.html}</dd></div>" for item in items)
    return f'<div class="facts">{write_title(given.title)}<dl>{inner}</dl></div>'


def make_numbers(html: str, given: Titled, context: ComponentContext) -> str:
    """Large numbers, each with what it counts."""
    what = say("numbers are a list whose items begin with a number and a colon")
    items = read_items(html, context, what, say("write the item as `- 1.126 m: chiều dài cầu`"))
    inner = "".join(
        f"<li><strong>{escape(item.label, quote=False)}</strong> <div>{item.html}</div></li>" for item in items
    )
    return f'<div class="numbers">{write_title(given.title)}<ul>{inner}</ul></div>'


def _write_moment(label: str) -> str:
    """A date or time as an element, with its form for machines where that is known."""
    text = escape(label, quote=False)
    machine = _read_moment(label)
    return f'<time datetime="{machine}">{text}</time>' if machine else f"<b>{text}</b>"


def _read_moment(label: str) -> str:
    """A date, month, year or time as HTML writes it; "" for any other label."""
    if (found := _DAY.fullmatch(label)) is not None:
        typed = found["iso"] or f"{found['year']}-{int(found['month']):02}-{int(found['day']):02}"
        try:
            return date.fromisoformat(typed).isoformat()
        except ValueError:
            return ""
    if (found := _MONTH.fullmatch(label)) is not None:
        return f"{found['year']}-{int(found['month']):02}" if 1 <= int(found["month"]) <= 12 else ""
    if (found := _YEAR.fullmatch(label)) is not None:
        return found["year"]
    if (found := _TIME.fullmatch(label)) is not None and int(found["hour"]) < 24 and int(found["minute"] or 0) < 60:
        return f"{int(found['hour']):02}:{int(found['minute'] or 0):02}"
    return ""
