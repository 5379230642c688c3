"""Article files → Manuscripts. Of the body only the first paragraph is kept, as the summary."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, Literal

from msgspec.structs import asdict, replace

from newsgen.body.engine import Engine, choose_engine
from newsgen.body.prose import find_first_paragraph
from newsgen.body.sanitizer import Sanitiser
from newsgen.config.defaults import Defaults, DefaultSource, FieldDefaults, read_defaults
from newsgen.config.settings import Config
from newsgen.config.taxonomies import TAGS
from newsgen.content import front_matter as frontmatter
from newsgen.content.address_file import has_address_file
from newsgen.content.entities import find_entities
from newsgen.content.episode_field import read_episode
from newsgen.content.fences import Ends
from newsgen.content.fields import digest_body, make_coverage, make_series_part, sort_corrections
from newsgen.content.front_matter import (
    FieldReader,
    FrontMatter,
    Head,
    IntroFrontMatter,
    PageFrontMatter,
    SharedFields,
)
from newsgen.content.image_field import read_image
from newsgen.content.judging import judge_fields
from newsgen.content.language_paths import SourcePaths
from newsgen.content.source_text import SourceText, read_source
from newsgen.content.toml_fixes import translate_to_toml
from newsgen.core.errors import Location, Problem, Problems
from newsgen.core.messages import say
from newsgen.core.site_files import SETTINGS
from newsgen.core.text import is_reserved, make_former_slug, nfc, shorten, slugify, squeeze
from newsgen.core.urls import guess_page_path, parse_page_path
from newsgen.core.yaml_comments import find_hidden_texts
from newsgen.model.manuscripts import PLACED, Manuscript, PartialManuscript, Reference, pack_places

PAGES, INTRO = "pages", "_index.md"
_ODD_STEP = re.compile(r"(?:^|(?<=/))\.+(?=/|$)|[%\\:]")
Known = Callable[[str, str], Manuscript | None]


NO_STORY: Mapping[str, Any] = {
    **dict.fromkeys(("date", "updated", "expires")),
    **dict.fromkeys(("authors", "related"), ()),
    "tags": (),
    "kicker": "",
    "pinned": False,
}
"""The fields that only stories have, as other sources have them."""


def find_nothing(_read_source: str, _digest: str) -> None:
    """Find no manuscript that was read before."""


class ArticleReader:
    """Reads article files of one site into Manuscripts; digests of their texts only where there is a urls.lock."""

    def __init__(self, site: Path, config: Config, engine: Engine) -> None:
        self.site, self.config, self.engine = site, config, engine
        self._keeps_addresses = has_address_file(site)
        self.placed, self.sanitiser = SourcePaths(config), Sanitiser()
        self.fields = FieldReader(config.zone, dict(config.fields), config.term_fields)
        self.defaults = read_defaults(site) if config.defaults else Defaults(())

    def judge_defaults(self, problems: Problems) -> None:
        """Check the fields that `defaults` of newsgen.yaml gives to stories."""
        for _, _, given in self.defaults.entries:
            fields = self.fields.read_shared(given, SETTINGS, problems)
            head = Head(given, Ends("---", 1, 0, 0, 0, 1))
            problems.extend(judge_fields(head, {}, SETTINGS))
            if fields is not None:
                self.placed.read_language(fields.lang, "", head.locate("lang", SETTINGS), problems)
                self._read_sections(head, fields, SETTINGS, "", problems)

    def read_one(self, source: str, problems: Problems, known: Known = find_nothing) -> Manuscript | None:
        """One source's manuscript, or None after adding its faults to `problems`.

        `known` gives what was read before from a source with the same digest.
        """
        found = read_source(self.site, source, self.fields.added)
        if isinstance(found, Problem):
            problems.extend([found])
            return None
        given = self.get_defaults(source)
        if (remembered := known(source, found.digest + given.key)) is not None and self.is_whole(remembered):
            return remembered
        faults = Problems()
        faults.extend(found.head.faults)
        warnings = tuple(self._find_warnings(found, source))
        manuscript = self._make_manuscript(found, source, given, faults)
        is_toml = not found.head.is_yaml
        problems.extend(map(translate_to_toml, faults.found) if is_toml else faults.found)
        if manuscript is None or faults.errors:
            problems.extend(warnings)
            return None
        if not (warnings or given.key or is_toml):
            return manuscript
        return replace(manuscript, warnings=warnings, defaults_digest=given.key, is_toml=is_toml)

    def is_whole(self, m: Manuscript) -> bool:
        """Whether a manuscript that was read before has all that this reader would give it."""
        return not self._keeps_addresses or bool(m.text_digest) or m.is_page or m.is_intro

    def _make_manuscript(
        self, found: SourceText, source: str, given: FieldDefaults, problems: Problems
    ) -> Manuscript | None:
        path = _get_path(source)
        kind = self._classify(path)
        if kind == "intro":  # the defaults are for stories, not for their section
            return self._make_intro(found, source, path, problems)
        if given.key:
            fields = self.fields.select_for_page(given.fields) if kind == "page" else given.fields
            found = SourceText(found.text, found.head.with_defaults(fields), found.digest)
        return (self._make_page if kind == "page" else self._make_story)(found, source, path, problems)

    def _classify(self, path: str) -> Literal["intro", "page", "story"]:
        """What a path below content/ makes of its source."""
        plain = self.placed.remove_language(path)
        if plain.rpartition("/")[2] == INTRO:
            return "intro"
        return "page" if plain.startswith(f"{PAGES}/") else "story"

    def read_remnant(self, source: str) -> PartialManuscript | None:
        """The pictures and stories that an invalid source names; None where nothing of it can be read."""
        found = read_source(self.site, source, self.fields.added)
        path = _get_path(source)
        if isinstance(found, Problem) or self._classify(path) == "intro":
            return None
        head = found.head
        image = self.fields.read_sound(head).get("image", "")
        related = () if head.is_unseen else _read_references(head, "related")
        return PartialManuscript(source, path, read_image(head, image) if image else None, related)

    def find_default_sources(self, source: str) -> tuple[DefaultSource, ...]:
        """The entries of `defaults` in newsgen.yaml that give a source its missing fields, sorted by field."""
        found = read_source(self.site, source, self.fields.added)
        path = _get_path(source)
        if isinstance(found, Problem) or (kind := self._classify(path)) == "intro":
            return ()
        fit = self.fields.select_for_page if kind == "page" else None
        return tuple(sorted(self.defaults.find_sources(path, found.head.tree, fit), key=lambda giver: giver.field))

    def get_defaults(self, source: str) -> FieldDefaults:
        """The fields that `defaults` of newsgen.yaml gives to a source."""
        return self.defaults.for_path(_get_path(source))

    def _find_warnings(self, found: SourceText, source: str) -> Iterator[Problem]:
        """Warnings about what a reader would miss and an editor cannot see on the page."""
        text = found.text
        if found.head.is_yaml and not found.head.faults and text.find("#", 0, found.head.body_at) >= 0:
            typed = {name for name, kind in self.config.fields.items() if kind not in ("text", "list")}
            yield from find_hidden_texts(found.head.tree, text[: found.head.body_at], source, typed)
        if text.find("&", 0, found.head.body_at) >= 0:
            yield from find_entities(found.head.tree, source, self.config.term_fields)
        if (lost := text.find("\ufffd")) >= 0:
            line = text.count("\n", 0, lost)
            place = Location(source, line + 1, lost - text.rfind("\n", 0, lost))
            what = say("the character U+FFFD stands here, where another program lost a letter")
            yield Problem(place, "lost-character", what, say("write the letter again"), "warning")

    def _make_story(self, found: SourceText, source: str, path: str, problems: Problems) -> Manuscript | None:
        head = found.head
        fields, extra = self.fields.read_article(head, source, problems)
        if fields is None:
            self._judge_sound(head, source, path, problems)
            return None
        problems.extend(judge_fields(head, asdict(fields), source))
        return Manuscript(
            **self._read_common(found, fields, source, path, problems),
            is_page=False,
            date=fields.date.at,
            updated=fields.updated.at if fields.updated else None,
            expires=fields.expires.at if fields.expires else None,
            **self._read_sections(head, fields, source, path, problems),
            kicker=squeeze(fields.kicker),
            authors=_read_references(head, "authors") + _read_references(head, "author"),
            tags=_read_references(head, TAGS),
            other_terms={name: named for name in self.config.term_fields if (named := _read_references(head, name))},
            related=_read_references(head, "related"),
            pinned=fields.pin is not None and fields.pin.is_on,
            extra=extra,
            **self._read_life(head, fields, source, problems),
            **(digest_body(found.body) if self._keeps_addresses else {}),
            guid=_read_reference(head, "guid", fields.guid),
            live=make_coverage(fields.live, found.body),
            podcast=read_episode(head, fields.podcast),
        )

    def _judge_sound(self, head: Head, source: str, path: str, problems: Problems) -> None:
        """Check the fields that can be read where others of the front matter cannot."""
        sound = self.fields.read_sound(head)
        problems.extend(judge_fields(head, sound, source))
        self.placed.read_language(sound.get("lang", ""), path, head.locate("lang", source), problems)
        if given := sound.get("section", ""):
            self._read_section(given, path, head.locate("section", source), problems)

    def _read_life(self, head: Head, fields: FrontMatter, source: str, problems: Problems) -> dict[str, Any]:
        """The fields of a story's life cycle: embargo, pin, withdrawal, series, corrections."""
        is_withdrawn = fields.status == "withdrawn"
        if is_withdrawn and fields.replace == "unlist":
            what = say("a withdrawn story cannot stay at its address")
            fix = say("write `replace: notice` or `replace: gone`")
            problems.add(head.locate("replace", source), "bad-value", what, fix)
        return {
            "is_withdrawn": is_withdrawn,
            "embargo": fields.embargo.at if fields.embargo else None,
            "pin_until": fields.pin.until if fields.pin else None,
            "replacement": fields.replace or ("notice" if is_withdrawn else "gone"),
            "notice": squeeze(fields.notice),
            "sponsor": squeeze(fields.sponsor),
            "series": make_series_part(fields.series),
            "corrections": sort_corrections(fields.corrections),
            "aliases": _read_references(head, "aliases"),
        }

    def _make_page(self, found: SourceText, source: str, path: str, problems: Problems) -> Manuscript | None:
        fields, extra = self.fields.read_page(found.head, source, problems)
        if fields is None:
            self._judge_sound(found.head, source, path, problems)
            return None
        problems.extend(judge_fields(found.head, asdict(fields), source))
        return Manuscript(
            **self._read_common(found, fields, source, path, problems),
            **NO_STORY,
            is_page=True,
            section="",
            extra=extra,
            aliases=_read_references(found.head, "aliases"),
        )

    def _make_intro(self, found: SourceText, source: str, path: str, problems: Problems) -> Manuscript | None:
        head, place = found.head, Location(source)
        fields, extra = self.fields.read_intro(head, source, problems)
        if self.placed.remove_language(path).startswith(f"{PAGES}/"):
            what = say("`content/pages/` is the folder of standing pages, and has no page of its own")
            problems.add(
                place, "bad-section", what, say("give the file another name, or move it to a section's folder")
            )
        section = self._read_section("", path, place, problems)
        if fields is None:
            return None
        return Manuscript(
            **self._read_source(found, fields, source, path, problems),
            **NO_STORY,
            is_page=False,
            is_intro=True,
            slug="",
            places=_pack_places(head, "title"),
            lang=self.placed.read_language("", path, place, problems),
            section=section,
            extra=extra,
            aliases=_read_references(head, "aliases"),
        )

    def _read_common(
        self, found: SourceText, fields: FrontMatter | PageFrontMatter, source: str, path: str, problems: Problems
    ) -> dict[str, Any]:
        head, title = found.head, squeeze(fields.title)
        return {
            **self._read_source(found, fields, source, path, problems),
            "slug": self._choose_slug(fields.slug, title, path, head.locate("slug", source), problems),
            "url": self._read_url(fields.url, source, head, problems),
            "former_slug": "" if fields.slug or fields.url else _find_former_slug(title),
            "places": _pack_places(head, "url" if fields.url else "slug" if fields.slug else "title"),
            "lang": self.placed.read_language(fields.lang, path, head.locate("lang", source), problems),
            "translation_of": _read_reference(head, "translation_of", fields.translation_of),
        }

    def _read_source(
        self,
        found: SourceText,
        fields: FrontMatter | PageFrontMatter | IntroFrontMatter,
        source: str,
        path: str,
        problems: Problems,
    ) -> dict[str, Any]:
        """The fields that every kind of source has."""
        head = found.head
        return {
            "source": source,
            "path": path,
            "digest": found.digest,
            "body_line": head.body_line,
            "title": squeeze(fields.title),
            "has_lead": bool(fields.summary.strip()),
            "summary": self._find_summary(fields.summary, found.body, source, head, problems),
            "image": read_image(head, fields.image),
            "is_draft": fields.status == "draft",
            "weight": fields.weight,
        }

    def _find_summary(self, given: str, body: str, source: str, head: Head, problems: Problems) -> str:
        if given.strip():
            return squeeze(given)
        raw_html = self.config.markdown.raw_html_in(source.removeprefix("content/").rpartition("/")[0])
        try:
            engine, clean = choose_engine(self.engine, raw_html), self.sanitiser.choose_cleaner(raw_html)
            return shorten(find_first_paragraph(body, engine, clean), self.config.summary_length)
        except RecursionError:
            what = say("the first paragraph is nested too deeply")
            problems.add(Location(source, head.body_line), "markdown-depth", what, say("flatten its lists or quotes"))
            return ""
        except Exception:  # noqa: BLE001 - an extension of the site's may raise anything; the body's rendering tells it
            return ""

    def _choose_slug(self, given: str, title: str, path: str, place: Location, problems: Problems) -> str:
        slug = given or slugify(title) or slugify(_get_name(self.placed.remove_language(path)))
        if not slug and title:
            what = say("no address can be made of this title")
            problems.add(place, "empty-slug", what, say("add a line such as `slug: short-name`"))
        return slug

    def _read_url(self, given: str, source: str, head: Head, problems: Problems) -> str:
        """The path from the site's root in the field `url`; "" where it is empty or no page can have it."""
        if not given.strip():
            return ""
        path, why = parse_page_path(given, self.config.url)
        if why:
            better = guess_page_path(given, self.config.url)
            what = say("“{url}” cannot be the address of this page: {why}", url=given, why=why)
            fix = say("write a path from the site's root, such as `/news/2020/name.html`")
            fix = say("write `{name}`", name=head.write_field("url", better)) if better else fix
            edits = head.make_edit("url", better)
            problems.extend([Problem(head.locate("url", source), "bad-url", what, fix, edits=edits)])
        return path

    def _read_sections(
        self, head: Head, fields: SharedFields, source: str, path: str, problems: Problems
    ) -> dict[str, Any]:
        """The story's section, which is part of its address, and the other sections that list it."""
        first = self._read_section(fields.section, path, head.locate("section", source), problems)
        typed = _read_references(head, "also_in")
        others = dict.fromkeys(self._read_section(ref.text, path, ref.place(source), problems) for ref in typed)
        return {"section": first, "also_in": tuple(other for other in others if other not in ("", first))}

    def _read_section(self, given: str, path: str, place: Location, problems: Problems) -> str:
        """The id of the section that was typed, else of the section of the source's folder."""
        given = given.strip("/ ")
        folders = given.split("/") if given else self.placed.get_section_folders(path)
        if (odd := _ODD_STEP.search(given)) or any(is_reserved(folder) for folder in folders):
            held = f"“{odd[0]}”" if odd else say("a name that some systems refuse")
            what = say("the section “{section}” holds {held}", section=given or "/".join(folders), held=held)
            fix = say("write the section's folder, such as `section` or `section/subsection`")
            problems.add(place, "bad-section", what, fix)
            return ""
        section = "/".join(map(slugify, folders))
        if folders and "" in section.split("/"):
            what = say("no address can be made of the section “{section}”", section="/".join(folders))
            problems.add(place, "bad-section", what, say("name the folder in letters or digits"))
        return section


def _pack_places(head: Head, named: str) -> bytes:
    """The places of a manuscript's fields; that of its slug is the place of the field that gives it, `named`."""
    places = {field: head.get_place(field) for field in PLACED}
    return pack_places({**places, "slug": places.get(named) or head.get_place(named)})


def _get_path(source: str) -> str:
    """The path of a source below content/."""
    return nfc(source.removeprefix("content/"))


def _find_former_slug(title: str) -> str:
    """The slug under which an earlier release published a story of that title; "" where it is the same."""
    former = make_former_slug(title)
    return former if former != slugify(title) else ""


def _get_name(path: str) -> str:
    pure = PurePosixPath(path)
    return pure.parent.name if pure.name == "index.md" else pure.stem


def _read_references(head: Head, name: str) -> tuple[Reference, ...]:
    return tuple(Reference(*item, head.get_file(name)) for item in frontmatter.list_field(head, name))


def _read_reference(head: Head, name: str, text: str) -> Reference | None:
    return Reference(text.strip(), *head.get_place(name)) if text.strip() else None
