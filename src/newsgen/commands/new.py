"""`newsgen new`: makes the file of an article, with its front matter, in its section."""

import os
from datetime import datetime
from pathlib import Path

from newsgen.body.placeholders import get_placeholders
from newsgen.config.settings import Config
from newsgen.content.language_paths import SourcePaths
from newsgen.content.reader import SiteReader
from newsgen.content.sources import Sources
from newsgen.core.errors import ConfigError, ContentError, Location, Problem, name_character, suggest_name
from newsgen.core.messages import say
from newsgen.core.opening import is_inside
from newsgen.core.site_files import CONTENT
from newsgen.core.text import is_slug, nfc, shorten, slugify, squeeze
from newsgen.core.walk import walk_names
from newsgen.core.writing import create_file
from newsgen.model.permalinks import StoryLinks

ARTICLE = """\
---
title: {title}
date: {date:%Y-%m-%d %H:%M}
slug: {slug}
summary: >-
  {words.summary}
authors: []
tags: []
# image: {{src: {slug}.jpg, alt: "{words.alt}", caption: "{words.caption}", credit: "{words.credit}"}}
# related: [{section}/{words.other}.md]
status: draft
---

{words.opening}
"""


def new_article(site: Path, config: Config, title: str, section: str, now: datetime) -> str:
    """Write content/<section>/<slug>.md, with its slug fixed; gives its path in the site.

    Raises:
        ConfigError: for an unknown section or a title without a letter.
        ContentError: when the file exists.
    """
    title = squeeze(nfc(title))
    slug, section = slugify(title), section.strip("/")
    if odd := next((c for c in title if not c.isprintable()), ""):
        what = say("the title holds {character}", character=name_character(odd))
        raise ConfigError(Problem(Location("TITLE"), "control-character", what, say("leave it out")))
    if section and not all(map(is_slug, section.split("/"))):
        what = say("“{section}” is no section's path", section=section)
        fix = say("write it as its folder, such as `kinh-te/nong-nghiep`")
        raise ConfigError(Problem(Location("--section"), "bad-section", what, fix))
    if not slug:
        what = say("no address can be made of the title “{title}”", title=title)
        raise ConfigError(Problem(Location("TITLE"), "empty-slug", what, say("use letters or digits")))
    paths = SourcePaths(config)
    sections = _list_sections(site, config, paths)
    if section and section not in sections:
        section = paths.get_section(f"{section}/{slug}.md") or section
    if sections and section not in sections:
        raise ConfigError(_explain_unknown(section, sections))
    folder = paths.get_folder(section)
    source = f"content/{folder}/{slug}.md" if section else f"content/{slug}.md"
    words = get_placeholders(_find_language(config, section))
    text = ARTICLE.format(title=_quote(title), date=now, slug=slug, section=folder or "section", words=words)
    make_folder(site, (site / source).parent)
    try:
        create_file(site / source, text.encode())
    except FileExistsError:
        fix = say("write on in that file, or give a title other than “{title}”", title=shorten(title, 40))
        raise ContentError(Problem(Location(source), "file-exists", say("this article exists already"), fix)) from None
    return source


def find_address(site: Path, config: Config, source: str) -> str:
    """The url of an article; "" if it cannot be read."""
    manuscript, _ = SiteReader(site, config, Sources((source,), {}, {}, ())).read(source)
    return StoryLinks(config).of(manuscript).url if manuscript else ""


def make_folder(site: Path, folder: Path) -> None:
    """Make a section's folder.

    Raises:
        ContentError: when its name leads out of content/, or is that of a file.
    """
    above = [folder, *(path for path in folder.parents if site in path.parents)]
    place = Location(folder.relative_to(site).as_posix())
    for path in above:
        if os.path.lexists(path) and not path.is_dir():
            what = say("{path} should be a folder, and is none", path=path.relative_to(site).as_posix())
            raise ContentError(Problem(place, "file-exists", what, say("rename it, or name another section")))
    if not is_inside(os.path.realpath(folder), os.path.realpath(site / CONTENT)):
        what = say("this is a link that leaves content/")
        raise ContentError(Problem(place, "link-outside", what, say("remove the link, or name another section")))
    folder.mkdir(parents=True, exist_ok=True)


def _list_sections(site: Path, config: Config, paths: SourcePaths) -> list[str]:
    files = (name for name in walk_names(site / CONTENT) if name.endswith(".md"))
    folders = {folder for name in files if (folder := paths.get_section(name))}
    languages = config.languages.values()
    others = {f"{language.path}/{section}" for language in languages for section in language.sections}
    pages = {"pages", *(f"{language.path}/pages" for language in languages)}
    return sorted({*config.sections, *others, *folders} - pages)


def _explain_unknown(section: str, sections: list[str]) -> Problem:
    what = say("no section is named")
    fix = say("add `--section {first}`, or another of {names}", first=sections[0], names=", ".join(sections))
    if section:
        what = say("there is no section “{section}”", section=section)
        nearest = suggest_name(section, sections)
        fix = say("{nearest}; a new one is a line under `sections:` in newsgen.yaml", nearest=nearest)
    return Problem(Location("--section"), "unknown-section", what, fix)


def _find_language(config: Config, section: str) -> str:
    """The language of a section: those of a further language are in its folder."""
    folder = section.partition("/")[0]
    return next((code for code, language in config.languages.items() if language.path == folder), config.language)


def _quote(title: str) -> str:
    escaped = title.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
