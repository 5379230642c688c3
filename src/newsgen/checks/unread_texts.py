"""Texts beside the stories that are no articles, and that no story names."""

import posixpath
from collections.abc import Iterator
from pathlib import Path

from newsgen.checks.check import Examined
from newsgen.content.sources import TEXT_ENDINGS
from newsgen.core.errors import Location, Problem
from newsgen.core.messages import say
from newsgen.core.opening import read_inside
from newsgen.core.text import nfc


def check_unread_texts(paper: Examined) -> Iterator[Problem]:
    """A warning for each text in the folder of a section that is no article and that no story names.

    What a rendered story links to is known; of the other stories the texts are read.
    """
    reading = paper.reading
    shown = {story.source: story.body.files for story in paper.stories if story.body is not None}
    used = {file for files in shown.values() for file in files}
    own = {posixpath.dirname(source) for source in reading.sources.articles if source.endswith("/index.md")}
    found = [
        source
        for source in sorted({*reading.sources.assets.values()} - used)
        if posixpath.splitext(source)[1].casefold() in TEXT_ENDINGS and posixpath.dirname(source) not in own
    ]
    others = [source for source in reading.sources.articles if source not in shown] if found else []
    texts = [_read_text(reading.site, source) for source in others]
    for source in found:
        name = posixpath.basename(source)
        if not any(nfc(name) in text for text in texts):
            what = say("this is not read as an article, since its name does not end in `.md`, and no story links to it")
            fix = say("save its text as `{name}.md` with front matter, or link to it", name=posixpath.splitext(name)[0])
            yield Problem(Location(source), "odd-ending", what, fix, "warning")


def _read_text(site: Path, source: str) -> str:
    try:
        return nfc(read_inside(site, site / source).decode("utf-8", "replace"))
    except OSError:
        return ""
