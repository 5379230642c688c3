"""The HTML of an attachment, by its kind. It is made of escaped text, so it needs no sanitising."""

from newsgen.body.attachments.charts import draw_chart
from newsgen.body.attachments.geojson import read_places
from newsgen.body.attachments.maps import draw_map
from newsgen.body.attachments.recordings import draw_document, draw_film, draw_recording
from newsgen.body.attachments.sheets import Sheet, SheetReader
from newsgen.body.attachments.shown import ShownFile
from newsgen.body.attachments.tables import draw_table
from newsgen.body.attachments.writing import Writing
from newsgen.body.context import BodyContext
from newsgen.core.decoding import decode
from newsgen.core.errors import Location, Problem, find_nearest
from newsgen.core.messages import say
from newsgen.core.yaml_hints import write_item


def draw(shown: ShownFile, body: BodyContext) -> str | None:
    """The HTML of an attachment; None where it cannot be shown, after adding the problems."""
    writing = _make_writing(body)
    if shown.kind == "table":
        return _draw_sheet(shown, writing, body)
    if shown.kind == "map":
        return _draw_places(shown, writing, body)
    if not shown.attachment.facts.is_sound:
        what = say("“{file}” is no file of the kind that its name says", file=shown.attachment.source)
        body.problems.add(shown.place, "broken-file", what, say("copy the file again from where it came"))
        return None
    if shown.kind == "film":
        return draw_film(shown, writing, body)
    return draw_recording(shown, writing) if shown.kind == "recording" else draw_document(shown, writing)


def _draw_sheet(shown: ShownFile, writing: Writing, body: BodyContext) -> str | None:
    """A table, or a chart of it."""
    sheet = _read_sheet(shown, body)
    if sheet is None:
        return None
    return draw_chart(shown, sheet, writing, body.problems) if shown.form else draw_table(shown, sheet, writing)


def _draw_places(shown: ShownFile, writing: Writing, body: BodyContext) -> str | None:
    """A map."""
    text = _read_text(shown, body)
    if isinstance(text, Problem):
        body.problems.extend([text])
        return None
    attachment, before = shown.attachment, len(body.problems.found)
    places = read_places(text, attachment.source, body.problems)
    names = [place.name for place in places or () if place.name]
    for at, name in enumerate((attachment.options.highlight or ()) if places else ()):
        if name not in names:
            what = say("{file} shows no place “{name}”", file=attachment.source, name=name)
            place = Location(attachment.sidecar, *attachment.places.get(f"highlight.{at}", (1, 1)))
            close = find_nearest(name, names)
            fix = (
                say("write the name of a place")
                if close is None
                else say("did you mean `{name}`?", name=write_item(close))
            )
            body.problems.add(place, "unknown-column", what, fix)
    return draw_map(shown, places, writing) if places and len(body.problems.found) == before else None


def _make_writing(body: BodyContext) -> Writing:
    config, language = body.site.config, body.site.language
    own = config.languages.get(language)
    return Writing(language, (own or config).dates.short)


def _read_sheet(shown: ShownFile, body: BodyContext) -> Sheet | None:
    text = _read_text(shown, body)
    if isinstance(text, Problem):
        body.problems.extend([text])
        return None
    return SheetReader(shown.attachment, body.site.config.attachments, body.problems).read(text)


def _read_text(shown: ShownFile, body: BodyContext) -> str | Problem:
    """The text of an attachment, or why it cannot be read."""
    attachment = shown.attachment
    if not attachment.facts.digest:
        size = attachment.facts.size // 1_000_000
        what = say("“{file}” has {size} MB, too many to be shown", file=attachment.source, size=size)
        return Problem(shown.place, "table-size", what, say("show a smaller file, or link to it"))
    text = decode(body.targets.read_attachment(attachment), attachment.source)
    if isinstance(text, str) or text.rule != "encoding":
        return text
    line, column = text.location.line, text.location.column
    fix = say("save the file as UTF-8, in Excel as “CSV UTF-8”")
    return Problem(Location(attachment.source, line, column), "encoding", text.what, fix)
