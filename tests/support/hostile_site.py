"""A site whose every story is an attack: what a script would do, typed into everything that an editor can type."""

import json
import re
from pathlib import Path

from builders import config_source, png, site_folder
from newsgen.core.errors import ContentError
from papers import build_site
from payloads import scripts

PAYLOADS = scripts()
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""What a file may not hold at all."""


def story(number: int, payload: str) -> str:
    """An article with the payload in every field and in its text, without what a file cannot hold."""
    text = json.dumps(CONTROL.sub("", " ".join(payload.split())), ensure_ascii=False)
    return "\n".join(
        [
            "---",
            f"title: {text}",
            "date: 2022-08-07",
            f"slug: tin-{number}",
            f"summary: {text}",
            f"kicker: {text}",
            f'tags: [{text[:-1]} {number}"]',
            f'authors: [{text[:-1]} {number}"]',
            f"image: {{src: a.png, alt: {text}, caption: {text}, credit: {text}}}",
            f"extra: {{a: {text}}}",
            "---",
            CONTROL.sub("", payload.replace("\n", "\0")).replace("\0", "\n"),
            "",
        ]
    )


def build_hostile(folder: Path) -> None:
    """A site of the stories that a build accepts; the others were refused, which is safe as well."""
    stories = {f"content/kinh-te/t{n:03}.md": story(n, payload) for n, payload in enumerate(PAYLOADS)}
    # What the payloads point at is there, so that they are not refused for that.
    beside = {f"content/kinh-te/{name}": png() for name in ("a.png", "x", "y", "y.png")}
    config = config_source("rules: {dropped-html: off}", title=json.dumps(f"{PAYLOADS[0]} {PAYLOADS[3]}"))
    for _ in range(4):
        site = site_folder(folder, {**stories, **beside}, config)
        try:
            build_site(site, jobs=2)
        except ContentError as error:
            for source in {problem.location.path for problem in error.problems if problem.level == "error"}:
                stories.pop(source, None)
                (site / source).unlink()
            continue
        return
    raise AssertionError("the site never became sound")
