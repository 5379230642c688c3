"""A list of links to other stories, with the titles that these have now."""

from html import escape
from types import MappingProxyType

from selectolax.lexbor import LexborNode

from newsgen.body.components.boxes import Titled
from newsgen.body.components.contract import ComponentContext
from newsgen.body.components.writing import locate_items, parse_parts, write_title
from newsgen.core.errors import Location
from newsgen.core.messages import say
from newsgen.media.assets import locate

TITLES = MappingProxyType({"vi": "Đọc thêm", "en": "Read also"})
"""The title of a list without one, by language."""


def make_read_also(html: str, given: Titled, context: ComponentContext) -> str:
    """Links to stories. One that is not published is left out, and so is a list that has no other."""
    links, places = [], locate_items(context)
    for part in parse_parts(html):
        if part.tag not in ("ul", "ol"):
            _tell_form(context)
            return ""
        links += [_write_link(item, context, next(places, None)) for item in part.iter()]
    if not links:
        _tell_form(context)
    title = write_title(given.title or TITLES.get(context.language.partition("-")[0], TITLES["en"]))
    inner = "".join(f"<li>{link}</li>" for link in links if link)
    return f'<aside class="read-also" role="note">{title}<ul>{inner}</ul></aside>' if inner else ""


def _tell_form(context: ComponentContext) -> None:
    what = say("this block is a list of stories, each by the path of its file")
    context.tell(what, say("write one in each line, such as `- gia-vai.md`"))


def _write_link(item: LexborNode, context: ComponentContext, place: Location | None) -> str:
    """The HTML of a link to what an item names; "" where that is not published."""
    link = item.css_first("a[href]")
    target = (link.attrs.get("href") or "" if link is not None else item.text()).strip()
    words = link.text().strip() if link is not None else ""
    path = locate(target, context.folder)
    story = context.targets.story(path) if path is not None else None
    if path is not None and story is not None and story.url is None:
        what = say("“{target}” is a story that is not published, so it is left out here", target=target)
        where = place or Location(context.source, context.line)
        context.problems.warn(where, "unpublished-link", what, say("publish that story, or remove the link"))
        return ""
    if path is not None and story is not None and not words:
        words = context.targets.headline(path)
    return f'<a href="{escape(target)}">{escape(words or target, quote=False)}</a>'
