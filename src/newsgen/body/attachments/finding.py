"""Finds the attachments of a body: pictures whose file is none, such as `![Giá](gia.csv "Nghìn đồng | Nguồn: Sở")`.

The first step, with the links of a body, checks the file and notes it; the second draws what was noted, after the texts
of the body were examined.
"""

import re
from html import escape

from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsgen.body.attachments.drawing import draw
from newsgen.body.attachments.shown import ShownFile
from newsgen.body.context import BodyContext
from newsgen.body.nodes import get_classes, replace_html, write_attributes_but
from newsgen.core.digests import digest
from newsgen.core.errors import Problem
from newsgen.core.media_types import get_ending
from newsgen.core.messages import fill, say
from newsgen.model.attachments import Kind, find_kind
from newsgen.model.pictures import Asset

BETTER = {
    **dict.fromkeys((".xlsx", ".xls", ".xlsm", ".ods", ".numbers"), "CSV"),
    **dict.fromkeys((".docx", ".doc", ".odt", ".rtf", ".pptx", ".ppt", ".odp"), "PDF"),
    **dict.fromkeys((".wav", ".flac", ".aac", ".wma", ".amr", ".aif", ".aiff"), "MP3"),
    **dict.fromkeys((".mov", ".m4v", ".avi", ".mkv", ".wmv", ".3gp", ".mpg", ".mpeg"), "MP4"),
    **dict.fromkeys((".kml", ".kmz", ".gpx", ".shp", ".topojson"), "GeoJSON"),
}
"""What to save a file as, by the endings of files that browsers do not show."""

PARTS: dict[Kind, re.Pattern[str]] = {
    "recording": re.compile(r"t=[\d.,:]+"),
    "film": re.compile(r"t=[\d.,:]+"),
    "document": re.compile(r"page=\d+"),
}
"""What may stand behind "#" besides the forms of charts: a moment (Media Fragments, W3C), a page (RFC 8118)."""

SECONDS = 15
"""How long a reader looks at an attachment."""


def choose_kind(src: str) -> Kind | None:
    """What the file of an address is shown as; None for a picture."""
    return find_kind(src.partition("#")[0].partition("?")[0])


def advise(problem: Problem, file: str) -> Problem:
    """The problem of a picture, with another fix where it is a workbook, a recording or the like."""
    path = re.split(r"[?#]", file, maxsplit=1)[0]
    if problem.rule != "not-a-picture" or (better := BETTER.get(get_ending(path))) is None:
        return problem
    return replace(
        problem, fix=say("save it as {form} and show that, or link to it: `[…]({file})`", form=better, file=path)
    )


def note_attachment(image: LexborNode, src: str, kind: Kind, body: BodyContext) -> bool:
    """Note an attachment, which is drawn later. False where it cannot be shown, after adding the problem."""
    place, path = body.mentions.locate(src), src.partition("#")[0]
    asset = body.targets.find_file(src, body.folder)
    if asset is None or (asset.flaw is not None and asset.flaw.bar):
        _report_absent(asset, src, body)
        return False
    paragraph = image.parent
    if paragraph is None or paragraph.tag != "p" or paragraph.text().strip() or len(paragraph.css("*")) > 2:
        what = say("“{file}” stands in a line of text, where only pictures can stand", file=path)
        fix = say("put it into a paragraph of its own, or link to it: `[…]({file})`", file=path)
        body.problems.add(place, "not-alone", what, fix)
        return False
    if not _check_form(kind, src, body):
        return False
    attachment = body.targets.attachment(asset.source)
    body.files[asset.source] = None
    title = image.attrs.get("title")
    caption, bar, credit = (title or "").partition("|")
    shown = ShownFile(
        kind,
        attachment,
        asset.url if kind == "table" else "#".join(filter(None, (asset.url, src.partition("#")[2]))),
        place,
        form=src.partition("#")[2] if kind == "table" else "",
        alt=(image.attrs.get("alt") or "").strip() or attachment.alt or "",
        caption=caption.strip() if title is not None else attachment.caption or "",
        credit=credit.strip() if bar else attachment.credit or "",
        style=" ".join([*get_classes(paragraph), *get_classes(image)]),
    )
    if not shown.alt:
        what = say("nothing says what “{file}” shows", file=path)
        body.notes.add(place, "missing-alt", what, say("write it: `![…]({file})`", file=path))
    image.attrs["src"] = f"{_make_token(body)}{len(body.attachments)}"
    body.attachments.append(shown)
    return True


def _check_form(kind: Kind, src: str, body: BodyContext) -> bool:
    """Whether what follows "#" in an address says something of a file of this kind; a table's is known by its chart."""
    path, _, form = src.partition("#")
    if kind == "table" or not form or (kind in PARTS and PARTS[kind].fullmatch(form)):
        return True
    what = say("“{form}” is no form in which “{file}” can be shown", form=form, file=path)
    body.problems.add(body.mentions.locate(src), "unknown-form", what, say("write `{name}`", name=path))
    return False


def show_attachments(tree: LexborHTMLParser, body: BodyContext) -> None:
    """Put the attachments of a body in their places. A table takes a reader some seconds."""
    if not body.attachments:
        return
    body.minutes += len(body.attachments) * SECONDS // 60
    token = _make_token(body)
    for image in tree.css("img"):
        named = (image.attrs.get("src") or "").removeprefix(token)
        paragraph = image.parent
        if not named.isdecimal() or paragraph is None or not (image.attrs["src"] or "").startswith(token):
            continue
        html = draw(body.attachments[int(named)], body)
        given = write_attributes_but(paragraph, "class") + (f' id="{escape(anchor)}"' if (anchor := image.id) else "")
        if html is None:
            paragraph.decompose()
        else:
            replace_html(paragraph, html.replace("<figure", f"<figure{given}", 1))


def _report_absent(asset: Asset | None, src: str, body: BodyContext) -> None:
    """Tell why a file cannot be shown; what follows "#" in its address stays."""
    typed, place = body.mentions.get_spelling(src), body.mentions.locate(src)
    path, sign, form = typed.partition("#")
    for problem in body.targets.assets.find_faults(asset, path, body.folder, place):
        fix = problem.fix
        if sign and "name" in fix.values:
            fix = fill(fix, name=f"{fix.values['name']}{sign}{form}")
        body.problems.extend([replace(problem, fix=fix)])


def _make_token(body: BodyContext) -> str:
    """What no editor types: it marks the places of attachments."""
    return f"attachment-{digest(body.text.encode('utf-8', 'surrogatepass'))[:12]}-"
