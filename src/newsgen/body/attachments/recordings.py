"""Recordings, films and documents: nothing of their files is loaded before a reader asks for it."""

import posixpath
from collections.abc import Iterator
from html import escape

from newsgen.body.attachments.shown import ShownFile
from newsgen.body.attachments.tables import write_caption
from newsgen.body.attachments.writing import Writing
from newsgen.body.context import BodyContext
from newsgen.core.decoding import decode
from newsgen.core.errors import Location, Problem
from newsgen.core.locales import get_language_name
from newsgen.core.urls import as_output
from newsgen.media.assets import locate
from newsgen.media.captions import find_caption_faults
from newsgen.media.renditions import show_whole
from newsgen.model.pictures import Asset

POSTERS = (".jpg", ".jpeg", ".png", ".webp", ".avif")
"""The endings of a picture beside a film, in their order."""


def draw_recording(shown: ShownFile, writing: Writing) -> str:
    """A recording with its title, and a link to its file."""
    label = f' aria-label="{escape(shown.alt)}"' if shown.alt else ""
    return _write_figure(
        shown,
        "recording",
        f'<p class="data-title">{write_caption(shown)}</p>'
        f'<audio controls preload="none" src="{escape(shown.url)}"{label}></audio>',
        _write_file(shown, writing),
    )


def draw_film(shown: ShownFile, writing: Writing, body: BodyContext) -> str:
    """A film with the picture that stands for it, and captions from the files beside it."""
    facts = shown.attachment.facts
    attributes = f' src="{escape(shown.url)}"'
    if facts.width and facts.height:
        attributes += f' width="{facts.width}" height="{facts.height}"'
    if (poster := _find_poster(shown, body)) is not None:
        attributes += f' poster="{escape(_show_poster(poster, body))}"'
    attributes += f' aria-label="{escape(shown.alt)}"' if shown.alt else ""
    tracks = "".join(_write_tracks(shown, body))
    video = f'<video controls preload="none" playsinline{attributes}>{tracks}</video>'
    words = " ".join(filter(None, (escape(shown.caption), _write_file(shown, writing))))
    return _write_figure(shown, "film", video, words)


def draw_document(shown: ShownFile, writing: Writing) -> str:
    """A card that leads to a document, with its pages and its size."""
    facts = shown.attachment.facts
    told = ["PDF"]
    if facts.pages:
        told.append(writing.phrase("page" if facts.pages == 1 else "pages", count=facts.pages))
    told.append(writing.write_size(facts.size))
    name = shown.alt or posixpath.basename(shown.attachment.source)
    unit = f'<span class="unit">{escape(shown.caption)}</span> ' if shown.caption else ""
    file = f'<span class="file">{escape(", ".join(told))}</span>'
    link = f'<a href="{escape(shown.url)}"><b>{escape(name)}</b> {unit}{file}</a>'
    return _write_figure(shown, "document", link, _write_credit(shown))


def _write_figure(shown: ShownFile, kind: str, inner: str, words: str) -> str:
    style = escape(" ".join(filter(None, (kind, shown.style))))
    told = f"<figcaption>{words}</figcaption>" if words else ""
    return f'<figure class="{style}">{inner}{told}</figure>'


def _write_credit(shown: ShownFile) -> str:
    return f'<span class="credit">{escape(shown.credit)}</span>' if shown.credit else ""


def _write_file(shown: ShownFile, writing: Writing) -> str:
    """The source, and the link to the file with its kind and size."""
    ending = shown.attachment.source.rpartition(".")[2].upper()
    told = f"{writing.say('file')} ({ending}, {escape(writing.write_size(shown.attachment.facts.size))})"
    return " ".join(filter(None, (_write_credit(shown), f'<a href="{escape(shown.url)}" download>{told}</a>')))


def _find_poster(shown: ShownFile, body: BodyContext) -> Asset | None:
    """The picture that the sidecar names, or that has the name of the film."""
    attachment = shown.attachment
    output = attachment.source.partition("/")[2]
    if attachment.poster:
        place = Location(attachment.sidecar, *attachment.places.get("poster", (1, 1)))
        folder = posixpath.dirname(output)
        asset = body.targets.file(locate(attachment.poster, folder))
        body.problems.extend(body.targets.assets.find_faults(asset, attachment.poster, folder, place))
        return asset if asset is not None and asset.flaw is None else None
    stem = posixpath.splitext(output)[0]
    found = (body.targets.file(as_output(f"{stem}{ending}")) for ending in POSTERS)
    return next((asset for asset in found if asset is not None and asset.flaw is None), None)


def _show_poster(asset: Asset, body: BodyContext) -> str:
    """The address of a poster in a middle size, which is published."""
    site = body.site
    if asset.file is not None and site.renditions.find_middle(asset.file) is not None:
        body.pictures[asset.source] = None
        return site.renditions.show(asset, site.config.base).src
    body.files[asset.source] = None
    return show_whole(asset).src


def _write_tracks(shown: ShownFile, body: BodyContext) -> Iterator[str]:
    """The captions of a film in the languages of the paper: `phim.vi.vtt`, or `phim.vtt` in that of the story."""
    stem = posixpath.splitext(shown.attachment.source.partition("/")[2])[0]
    config, own = body.site.config, body.site.language
    codes = dict.fromkeys((own, config.language, *config.languages, "vi", "en"))
    files = {code: body.targets.file(as_output(f"{stem}.{code}.vtt")) for code in codes}
    files[own] = files[own] or body.targets.file(as_output(f"{stem}.vtt"))
    for code, asset in files.items():
        if asset is not None and (asset.flaw is None or not asset.flaw.bar):
            body.files[asset.source] = None
            body.problems.extend(_check_captions(asset.source, body))
            label = f'srclang="{escape(code)}" label="{escape(get_language_name(code))}"'
            yield f'<track kind="captions" {label} src="{escape(asset.url)}">'


def _check_captions(source: str, body: BodyContext) -> list[Problem]:
    """What is wrong with the captions in a file; one that is too large is not read."""
    attachment = body.targets.attachment(source)
    if not attachment.facts.digest:
        return []
    text = decode(body.targets.read_attachment(attachment), source)
    return [text] if isinstance(text, Problem) else find_caption_faults(text, source)
