"""newsgen.yaml → Config, or every fault in it with line and column."""

import re
import time
from collections.abc import Iterator
from collections.abc import Mapping as Map
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar
from urllib.parse import unquote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import msgspec
from babel import Locale, UnknownLocaleError
from babel.dates import format_datetime

from newsgen.config import publishing as syndication
from newsgen.config import taxonomies
from newsgen.config.publishing import Feeds, Machines, Publisher, Robots
from newsgen.config.taxonomies import TAGS, TaxonomyConfig, TermConfig, circle
from newsgen.core import urls
from newsgen.core import yaml_tree as yamltree
from newsgen.core.decoding import decode
from newsgen.core.errors import ConfigError, Location, Problem, Problems, did_you_mean, nearest
from newsgen.core.messages import IT, Message, named, say
from newsgen.core.rules import ADJUSTABLE, RULES, Level
from newsgen.core.schema import Schema
from newsgen.core.text import is_reserved, is_slug, slugify
from newsgen.core.yaml_tree import Mapping, Node, follow

FILE = "newsgen.yaml"
PERMALINK_FIELDS = ("section", "year", "month", "day", "slug")

BUILT_IN_FIELDS = frozenset(
    {"author", "authors", "date", "expires", "extra", "image", "kicker", "lang", "pin", "related", "section"}
    | {"slug", "status", "summary", "tags", "title", "updated", "aliases", "corrections", "embargo", "notice"}
    | {"also_in", "replace", "series", "sponsor", "translation_of", "url", "weight"}
)

HOST = re.compile(r"(\w([\w.-]*\w)?|\[[0-9a-fA-F:]+\])(:\d{1,5})?")
_AREAS = frozenset(("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"))
SITE_URL = re.compile(rf"https?://{HOST.pattern}(/[\w./~-]*)?")
PATTERN = re.compile(r"(/([\w.~-]|\{\w*\})+)+(/|\.html)")
RawHtml = Literal["sanitize", "escape", "allow"]
Count = Annotated[int, msgspec.Meta(ge=1, le=1000)]


class SectionConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What newsgen.yaml says of a section.

    `folder` is where its stories lie below content/, `path` its address and `permalink` the pattern of its stories'
    addresses; "" where they are those of its name, and of the section above.
    """

    title: str = ""
    description: str = ""
    folder: str = ""
    path: str = ""
    permalink: str = ""


class Addresses(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words used in addresses; empty ones are filled by language."""

    latest: str = ""
    page: str = ""
    tag: str = ""
    author: str = ""
    archive: str = ""
    corrections: str = ""


class Dates(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Date patterns (Unicode LDML, as Babel reads them); empty ones are filled by language."""

    article: str = ""
    stamp: str = ""
    short: str = ""
    long: str = ""
    month: str = ""


class Lists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many stories a list holds."""

    page: Count = 20
    related: Count = 5
    home_seconds: Count = 4
    home_section: Count = 4
    home_latest: Count = 12


class Latest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The "latest news" box beside a story."""

    mode: Literal["inline", "fragment"] = "inline"
    size: Count = 8
    title_length: Annotated[int, msgspec.Meta(ge=10, le=1000)] = 90


class Markdown(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which engine reads Markdown, and what it may do beyond the fixed extensions."""

    engine: Literal["python-markdown", "commonmark"] = "python-markdown"
    extensions: tuple[str, ...] = ()
    video_hosts: tuple[str, ...] = ("www.youtube.com", "www.youtube-nocookie.com", "player.vimeo.com")
    raw_html: RawHtml | dict[str, RawHtml] = "sanitize"

    def raw_html_in(self, folder: str) -> RawHtml:
        """What becomes of raw HTML in the stories of a folder of content/; the nearest folder that is named decides."""
        if not isinstance(self.raw_html, dict):
            return self.raw_html
        while folder and folder not in self.raw_html:
            folder = folder.rpartition("/")[0]
        return self.raw_html.get(folder, "sanitize")


class Online(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The live count of readers, and the list of the most read stories; where no address is given there is none."""

    endpoint: str = ""
    most_read: str = ""


class Language(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A language besides the main one: what newsgen.yaml says of its pages. `path` is where they lie, from the root.

    Without a title or patterns of addresses the main language's count; without `feeds` those but for the partners'.
    """

    title: str = ""
    description: str = ""
    path: str = ""
    permalink: str = ""
    page_permalink: str = ""
    sections: dict[str, SectionConfig] = {}
    tags: dict[str, TermConfig] = {}
    taxonomies: dict[str, TaxonomyConfig] = {}
    addresses: Addresses = Addresses()
    dates: Dates = Dates()
    feeds: Feeds | None = None


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A site's settings, complete and checked. Make one with `read_config`."""

    title: str
    url: str
    description: str = ""
    language: str = "vi"
    timezone: str = "Asia/Ho_Chi_Minh"
    permalink: str = "/{section}/{year}/{month}/{slug}.html"
    page_permalink: str = "/{slug}.html"
    share_image: str = ""
    summary_length: Annotated[int, msgspec.Meta(ge=20, le=2000)] = 240
    sections: dict[str, SectionConfig] = {}
    tags: dict[str, TermConfig] = {}
    taxonomies: dict[str, TaxonomyConfig] = {}
    languages: dict[str, Language] = {}
    addresses: Addresses = Addresses()
    lists: Lists = Lists()
    latest: Latest = Latest()
    dates: Dates = Dates()
    markdown: Markdown = Markdown()
    online: Online = Online()
    feeds: Feeds = Feeds()
    robots: Robots = Robots()
    publisher: Publisher = Publisher()
    machines: Machines = Machines()
    redirects: dict[str, str] = {}
    fields: dict[str, Literal["text", "number", "boolean", "date", "list"]] = {}
    defaults: dict[str, dict[str, Any]] = {}
    rules: dict[str, Level] = {}
    migrating: bool = False

    @property
    def missing(self) -> Literal["error", "warning"]:
        """The level of a dead link or a missing picture: a warning while a site moves in (`migrating`)."""
        return "warning" if self.migrating else "error"

    @property
    def zone(self) -> ZoneInfo:
        """The site's zone, in which times without one are read and all are shown."""
        return ZoneInfo(self.timezone)

    @property
    def base(self) -> str:
        """The path under which the site lies, "" at its host's root."""
        return urls.base_path(self.url)

    @property
    def prefix(self) -> str:
        """The path below `base` under which the pages of this language lie: "" for the main one, else such as "/en"."""
        own = self.languages.get(self.language)
        return f"/{own.path}" if own else ""

    def section_path(self, section: str) -> str:
        """The path of a section's address, such as "kinh-te": its own, or its name below that of the section above."""
        known = self.sections.get(section)
        if known and known.path:
            return known.path
        above, _, name = section.rpartition("/")
        return f"{self.section_path(above)}/{name}" if above else section

    def section_permalink(self, section: str) -> str:
        """The pattern of the addresses of a section's stories: its own, or that of the nearest section above."""
        while section:
            if (known := self.sections.get(section)) and known.permalink:
                return known.permalink
            section = section.rpartition("/")[0]
        return self.permalink

    @property
    def every_taxonomy(self) -> Map[str, TaxonomyConfig]:
        """The taxonomies of the paper by the fields of front matter that name their terms; the tags are the first."""
        tags = self.taxonomies.get(TAGS, TaxonomyConfig())
        tags = msgspec.structs.replace(tags, address=self.addresses.tag, terms=self.tags)
        return {TAGS: tags} | {name: one for name, one in self.taxonomies.items() if name != TAGS}

    @property
    def term_fields(self) -> tuple[str, ...]:
        """The fields of front matter that name terms, besides `tags`."""
        return tuple(name for name in self.taxonomies if name != TAGS)

    def language_of(self, code: str) -> str | None:
        """Among the stories of which language one in `code` stands; asked of the main language's settings.

        In a paper of vi and en, en-GB stands in en, and fr nowhere: None. A paper of one language takes all.
        """
        known = (self.language, *self.languages)
        alike = (k for k in known if _base_language(k) == _base_language(code))
        return code if code in known else next(alike, None) if self.languages else self.language

    def in_language(self, code: str) -> "Config":
        """The settings of the pages in another language of the paper."""
        own = self.languages[code]
        return msgspec.structs.replace(
            self,
            language=code,
            title=own.title or self.title,
            description=own.description,
            permalink=own.permalink or self.permalink,
            page_permalink=own.page_permalink or self.page_permalink,
            sections=own.sections,
            tags=own.tags,
            taxonomies=taxonomies.in_language(self.taxonomies, own.taxonomies),
            addresses=own.addresses,
            dates=own.dates,
            feeds=own.feeds or msgspec.structs.replace(self.feeds, partners={}),
        )


WORDS = {
    "vi": Addresses("tin-moi-nhat", "trang", "chu-de", "tac-gia", "luu-tru", "dinh-chinh"),
    "en": Addresses("latest", "page", "topic", "author", "archive", "corrections"),
}
PATTERNS = {
    "vi": Dates(
        article="'Đăng ngày' dd - MM - yyyy",
        stamp="dd/MM/yyyy h:mm a",
        short="dd/MM/yyyy",
        long="EEEE, d 'tháng' M, yyyy",
        month="'Tháng' M 'năm' yyyy",
    ),
    "en": Dates(
        article="'Published' d MMMM yyyy",
        stamp="d MMM yyyy, h:mm a",
        short="d MMM yyyy",
        long="EEEE, d MMMM yyyy",
        month="MMMM yyyy",
    ),
}
SCHEMA = Schema(Config, Message("newsgen.yaml"))
Words = TypeVar("Words", Addresses, Dates)


SAVING = 0.1
"""Seconds after which a newsgen.yaml that is gone or faulty is read once more."""


def read_config(site: Path) -> Config:
    """The settings of the site in the folder `site`.

    Raises:
        ConfigError: with every fault found, or that there is no newsgen.yaml.
    """
    try:
        return parse_config(_text(site))
    except ConfigError as error:
        if not (site / "content").is_dir():
            raise
        time.sleep(SAVING)  # it may be in the middle of being saved, or of a `git checkout`
        try:
            return parse_config(_text(site))
        except ConfigError as again:
            raise again from error


def _text(site: Path) -> str:
    try:
        raw = (site / FILE).read_bytes()
    except FileNotFoundError:
        what = say("there is no {file} in {site}, so this is not the root of a newsgen site", file=FILE, site=site)
        fix = say("run newsgen in the site's folder or with `--site DIR`; `newsgen init DIR` makes a new site")
        raise ConfigError(Problem(Location(FILE), "no-config", what, fix)) from None
    except OSError as error:
        what = say("{file} cannot be read: {reason}", file=FILE, reason=error.strerror)
        raise ConfigError(Problem(Location(FILE), "no-config", what, say("check the file's permissions"))) from None
    text = decode(raw, FILE)
    if isinstance(text, Problem):
        raise ConfigError(text)
    return text


def parse_config(text: str) -> Config:
    """The settings in the text of a newsgen.yaml.

    Raises:
        ConfigError: with every fault found.
    """
    problems = Problems()
    try:
        tree = yamltree.parse(text, FILE)
    except yamltree.YamlFault as fault:
        raise ConfigError(fault.problem) from None
    config = SCHEMA.read(tree, FILE, problems)
    given = SCHEMA.sound_fields(tree)
    complete = _complete(config or Config(**{"title": "?", "url": "https://unknown.example", **given}))
    refused = {problem.location for problem in problems.found}
    for keys, what, fix in _faults(complete):
        place = _place(tree, keys)
        if config is not None or (keys[0] in given and place not in refused):
            name = ".".join(key for key in keys if isinstance(key, str))
            problems.add(place, "bad-setting", named(what, name), fix)
    problems.stop_on_errors(ConfigError)
    return complete


def setting_place(site: Path, *keys: str | int) -> Location:
    """Where newsgen.yaml gives the setting `keys`, for faults found later than the reading of it."""
    return _place(yamltree.parse(_text(site), FILE), keys)


def setting_node(site: Path, key: str) -> Node | None:
    """What newsgen.yaml gives for a setting, with the places of its parts; None where it does not give it."""
    tree = yamltree.parse(_text(site), FILE)
    entry = tree.entries.get(key) if isinstance(tree, Mapping) else None
    return entry[1] if entry is not None else None


def setting_places(site: Path, key: str) -> dict[str, Location]:
    """Where newsgen.yaml gives each entry of the mapping `key`, by the entry's name."""
    tree = yamltree.parse(_text(site), FILE)
    entries = tree.entries.get(key) if isinstance(tree, Mapping) else None
    names = entries[1].entries if entries is not None and isinstance(entries[1], Mapping) else ()
    return {name: _place(tree, (key, name)) for name in names}


def _complete(config: Config) -> Config:
    return msgspec.structs.replace(
        config,
        url=config.url.rstrip("/"),
        addresses=_words_of(config.language, config.addresses),
        dates=_patterns_of(config.language, config.dates),
        taxonomies=taxonomies.completed(config.taxonomies),
        languages={code: _completed(code, language) for code, language in config.languages.items()},
    )


def _completed(code: str, language: Language) -> Language:
    return msgspec.structs.replace(
        language,
        path=language.path or code.casefold().replace("_", "-"),
        addresses=_words_of(code, language.addresses),
        dates=_patterns_of(code, language.dates),
    )


def _words_of(language: str, given: Addresses) -> Addresses:
    return _filled(given, WORDS.get(_base_language(language), WORDS["en"]))


def _patterns_of(language: str, given: Dates) -> Dates:
    return _filled(given, PATTERNS.get(_base_language(language), PATTERNS["en"]))


def _base_language(code: str) -> str:
    """The language of a code without its region: "en" of en-GB."""
    return code.replace("_", "-").partition("-")[0].casefold()


def _filled(given: Words, defaults: Words) -> Words:
    missing = {name: getattr(defaults, name) for name in given.__struct_fields__ if not getattr(given, name)}
    return msgspec.structs.replace(given, **missing)


Keys = tuple[str | int, ...]
Fault = tuple[Keys, Message, Message]


def _faults(config: Config) -> Iterator[Fault]:
    own = (_names, _sections, _language_and_zone, _permalinks, _words, _tags, _taxonomies, _date_patterns)
    for check in (*own, _languages, _markdown, _online, _redirects, _rules, _defaults, _taxonomy_names, _partners):
        yield from check(config)
    yield from syndication.faults(config.feeds, config.robots, config.publisher, config.machines)


def _names(config: Config) -> Iterator[Fault]:
    if not config.title.strip():
        yield ("title",), say("`{name}` is empty", name=IT), say("write the paper's name")
    if not SITE_URL.fullmatch(config.url):
        what = say("`{name}` is not a web address: “{address}”", name=IT, address=config.url)
        yield ("url",), what, say("write `url: https://your-paper.example`")
    elif {".", ".."} & set(config.url.split("/")):
        what = say("`{name}` has a step `.` or `..` in its path", name=IT)
        yield ("url",), what, say("write the path that browsers show")
    if config.share_image.casefold().endswith(".svg"):
        what = say("`{name}` is an SVG, which other sites do not show", name=IT)
        yield ("share_image",), what, say("export it as PNG or JPEG, 1200 × 630 pixels")
    for name in config.fields:
        if not name.isidentifier():
            what = say("`{name}` is not a name that templates can use", name=IT)
            yield ("fields", name), what, say("use letters, digits and `_`")
        elif name in BUILT_IN_FIELDS:
            what = say("`{name}` is a field that every article has already", name=IT)
            yield ("fields", name), what, say("choose another name")


def _sections(config: Config) -> Iterator[Fault]:
    folders = {name: name for name, section in config.sections.items() if not section.folder}
    paths = {config.section_path(name): name for name, section in config.sections.items() if not section.path}
    words = {getattr(config.addresses, name): name for name in ("latest", "archive", "corrections")}
    for name, section in config.sections.items():
        if not _is_path(name):
            fix = say("name it as its folder in content/, such as `kinh-te` or `kinh-te/nong-nghiep`")
            yield ("sections", name), say("`{name}` is not a section's path of [a-z0-9-] words", name=IT), fix
        elif _step(name) == "pages":
            what = say("`{name}` is the folder of standing pages, which is no section", name=IT)
            yield ("sections", name), what, say("remove it")
        folder, given = folder_key(section.folder), {"name": IT, "path": section.folder}
        if section.folder and (not folder or "pages" in (folder, _step(folder))):
            fix = say("write the path of a folder below content/, such as `business` or `tin/kinh-te`")
            what = say("`{name}` is no folder of a section: “{path}”", **given)
            yield ("sections", name, "folder"), what, fix
        elif folder and folders.setdefault(folder, name) != name:
            owner = folders[folder]
            what = say("`{name}` is the folder of the section `{owner}` already: “{path}”", owner=owner, **given)
            yield ("sections", name, "folder"), what, say("write another folder, or remove one of the two sections")
        path, given = section.path, {"name": IT, "path": section.path}
        if path and not _is_path(path):
            fix = say("write it without slashes around it, such as `business` or `news/business`")
            what = say("`{name}` is not a path of [a-z0-9-] words: “{path}”", **given)
            yield ("sections", name, "path"), what, fix
        elif path and (owner := paths.setdefault(path, name)) != name:
            what = say("`{name}` is the address of the section `{owner}` already: “{path}”", owner=owner, **given)
            yield ("sections", name, "path"), what, say("choose another one")
        elif path in words:
            what = say("`{name}` is the address of `addresses.{owner}` already: “{path}”", owner=words[path], **given)
            yield ("sections", name, "path"), what, say("choose another one")


def folder_key(folder: str) -> str:
    """What tells a folder of content/ from others: its steps as they would stand in an address; "" for no folder."""
    steps = [slugify(step) for step in folder.strip("/").split("/")]
    return "/".join(steps) if all(steps) and "\\" not in folder else ""


def _is_path(text: str) -> bool:
    return all(map(is_slug, text.split("/")))


def _language_and_zone(config: Config) -> Iterator[Fault]:
    if not _is_language(config.language):
        what = say("`{name}` is not a language code: “{code}”", name=IT, code=config.language)
        yield ("language",), what, say("write `language: vi` or `en`")
    if not _is_zone(config.timezone):
        meant = nearest(config.timezone, available_timezones()) or "Asia/Ho_Chi_Minh"
        what = say("`{name}` is not an IANA time zone: “{timezone}”", name=IT, timezone=config.timezone)
        yield ("timezone",), what, say("write `timezone: {meant}`", meant=meant)


def _is_zone(name: str) -> bool:
    """Whether there is a time zone of that name; all are looked for only where one of an odd name may be a file."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return name.partition("/")[0] in _AREAS or name in available_timezones()


def _languages(config: Config) -> Iterator[Fault]:
    seen: dict[str, str] = {
        _step(place): say("the section `{name}`", name=name)
        for name, section in config.sections.items()
        for place in (name, folder_key(section.folder), section.path)
        if place
    }
    seen |= {getattr(config.addresses, name): f"`addresses.{name}`" for name in config.addresses.__struct_fields__}
    seen |= {
        one.address: say("the address of `taxonomies.{name}`", name=name) for name, one in config.taxonomies.items()
    }
    for code, language in config.languages.items():
        if not _is_language(code):
            what = say("`{name}` is not a language code", name=IT)
            yield ("languages", code), what, say("name it by its code, such as `en`")
        elif code == config.language:
            what = say("`{name}` is the main language, `{code}`", name=IT, code=config.language)
            yield ("languages", code), what, say("remove it here")
        if not is_slug(language.path):
            what = say("`{name}` is not a [a-z0-9-] word: “{word}”", name=IT, word=language.path)
            yield ("languages", code, "path"), what, say("write `path: en`")
        elif language.path in seen or language.path == "pages":
            what = say(
                "`{name}` is “{path}”, which is {other} already",
                name=IT,
                path=language.path,
                other=seen.get(language.path, say("the folder of standing pages")),
            )
            yield ("languages", code, "path"), what, say("choose another word")
        seen[language.path] = say("the path of `languages.{code}`", code=code)
        if language.feeds is not None:
            feeds = syndication.faults(language.feeds, config.robots, Publisher(), config.machines)
            yield from ((("languages", code, *keys), what, fix) for keys, what, fix in feeds if keys[0] == "feeds")
        for check in (_names, _sections, _permalinks, _words, _tags, _taxonomies, _date_patterns):
            for keys, what, fix in check(config.in_language(code)):
                if getattr(language, str(keys[0]), None):
                    yield ("languages", code, *keys), what, fix


def _step(section: str) -> str:
    return section.partition("/")[0]


def _tags(config: Config) -> Iterator[Fault]:
    yield from taxonomies.term_faults((TAGS,), config.tags)


def _taxonomies(config: Config) -> Iterator[Fault]:
    words = {f"addresses.{name}": getattr(config.addresses, name) for name in config.addresses.__struct_fields__}
    words |= {f"sections.{name}": config.section_path(name) for name in config.sections}
    del words["addresses.page"]
    yield from taxonomies.faults(config.taxonomies, words)


def _taxonomy_names(config: Config) -> Iterator[Fault]:
    yield from taxonomies.names(config.taxonomies, BUILT_IN_FIELDS | config.fields.keys())
    for code, language in config.languages.items():
        for name in language.taxonomies.keys() - config.taxonomies.keys():
            what = say("`{name}` is no taxonomy of the paper", name=IT)
            yield ("languages", code, "taxonomies", name), what, did_you_mean(name, config.taxonomies)


def _partners(config: Config) -> Iterator[Fault]:
    feeds: dict[tuple[str, ...], Feeds | None] = {(): config.feeds}
    feeds |= {("languages", code): language.feeds for code, language in config.languages.items()}
    for above, found in ((above, found) for above, found in feeds.items() if found is not None):
        for partner, name in ((p, name) for p, one in found.partners.items() for name in one.taxonomies):
            keys = (*above, "feeds", "partners", partner, "taxonomies", name)
            if name == TAGS:
                yield (
                    keys,
                    say("`{name}` are the tags, which stand elsewhere", name=IT),
                    say("write `tags: […]` beside it"),
                )
            elif name not in config.taxonomies:
                what = say("`{name}` is no taxonomy of the paper", name=IT)
                yield keys, what, did_you_mean(name, config.term_fields)


def _is_language(code: str) -> bool:
    try:
        Locale.parse(code, sep="-" if "-" in code else "_")
    except (ValueError, UnknownLocaleError):
        return False
    return True


def _permalinks(config: Config) -> Iterator[Fault]:
    yield from _pattern(("permalink",), config.permalink, PERMALINK_FIELDS)
    yield from _pattern(("page_permalink",), config.page_permalink, ("slug",))
    for name, section in config.sections.items():
        if section.permalink:
            yield from _pattern(("sections", name, "permalink"), section.permalink, PERMALINK_FIELDS)


def _pattern(keys: tuple[str, ...], pattern: str, fields: tuple[str, ...]) -> Iterator[Fault]:
    used = [part.partition("}")[0] for part in pattern.split("{")[1:]]
    steps = pattern.strip("/").split("/")
    for unknown in sorted(set(used) - set(fields)):
        what = say("`{name}` has the unknown field {{{field}}}", name=IT, field=unknown)
        yield keys, what, did_you_mean(unknown, fields)
    if "slug" not in used:
        yield keys, say("`{name}` lacks {{slug}}, so two stories would share an address", name=IT), say("add `{slug}`")
    if not pattern.startswith("/") or not pattern.endswith(("/", ".html")):
        what = say("`{name}` must start with `/` and end with `/` or `.html`", name=IT)
        yield keys, what, say("write `/{section}/{slug}.html`")
    fixed = {re.sub(r"\{\w*\}", "", step) for step in steps if not step.startswith("{")}
    if {"", ".", ".."} & {*steps, *fixed} or not PATTERN.fullmatch(pattern) or any(map(is_reserved, steps)):
        fix = say("use plain steps such as `/{section}/{year}/{slug}/`")
        yield keys, say("`{name}` has a step that cannot stand in an address", name=IT), fix


def _words(config: Config) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for name in config.addresses.__struct_fields__:
        word = getattr(config.addresses, name)
        if not is_slug(word):
            what = say("`{name}` is not a [a-z0-9-] word: “{word}”", name=IT, word=word)
            yield ("addresses", name), what, say("write `{name}: {name}`", name=name)
        elif name != "page" and word in seen:
            what = say("`{name}` is the same word as `{other}`: “{word}”", name=IT, other=seen[word], word=word)
            yield ("addresses", name), what, say("choose another word")
        elif name != "page":
            seen[word] = name


def _date_patterns(config: Config) -> Iterator[Fault]:
    probe = datetime(2022, 8, 7, 7, 51, tzinfo=UTC)
    for name in config.dates.__struct_fields__ if _is_language(config.language) else ():
        try:
            format_datetime(probe, getattr(config.dates, name), locale=config.language.replace("-", "_"))
        except (ValueError, KeyError, AttributeError, UnknownLocaleError) as error:
            fix = say("use LDML fields such as `dd/MM/yyyy h:mm a`")
            what = say(
                "`{name}` cannot be written in {language}: {error}", name=IT, language=config.language, error=error
            )
            yield ("dates", name), what, fix


def _markdown(config: Config) -> Iterator[Fault]:
    if config.markdown.engine == "commonmark":
        if find_spec("comrak") is None:
            fix = say('run `pip install "newsgen[fast]"`, or write `engine: python-markdown`')
            yield ("markdown", "engine"), say("`{name}` names “commonmark”, which is not installed", name=IT), fix
        if config.markdown.extensions:
            fix = say("remove them, or write `engine: python-markdown`")
            what = say("`{name}` are of the other engine; “commonmark” has none", name=IT)
            yield ("markdown", "extensions"), what, fix
        return
    for number, name in enumerate(config.markdown.extensions):
        if not _is_extension(name):
            fix = say("install the package that brings it, or correct the name")
            what = say("`{name}` names “{given}”, which is not installed", name=IT, given=name)
            yield ("markdown", "extensions", number), what, fix
    for number, host in enumerate(config.markdown.video_hosts):
        if not HOST.fullmatch(host):
            what = say("`{name}` is not a host name: “{host}”", name=IT, host=host)
            yield ("markdown", "video_hosts", number), what, say("write `www.youtube.com`")


def _is_extension(name: str) -> bool:
    from importlib.metadata import entry_points  # start-up: only where extensions are asked for

    if any(point.name == name for point in entry_points(group="markdown.extensions")):
        return True
    try:
        return find_spec(name.partition(":")[0]) is not None
    except (Exception, SystemExit):  # noqa: BLE001 - the package around it is imported, and may raise anything
        return False


def _online(config: Config) -> Iterator[Fault]:
    for name in Online.__struct_fields__:
        address = getattr(config.online, name)
        parts = urls.read_url(address)
        is_web = parts is not None and parts.scheme in ("https", "http") and HOST.fullmatch(parts.netloc) is not None
        if address and not (is_web or address.startswith("/")):
            fix = say("write `https://host/path` or a path that starts with `/`")
            yield ("online", name), say("`{name}` is not an address: “{address}”", name=IT, address=address), fix


def _rules(config: Config) -> Iterator[Fault]:
    for name in config.rules.keys() - ADJUSTABLE:
        if name in RULES:
            fix = say("remove this line, and mend what the rule finds")
            yield ("rules", name), say("`{name}` protects what readers get, so it is always an error", name=IT), fix
        else:
            yield ("rules", name), say("`{name}` is no rule", name=IT), did_you_mean(name, ADJUSTABLE)


def _defaults(config: Config) -> Iterator[Fault]:
    for path in config.defaults:
        steps = path.strip("/").split("/")
        if steps[0] == "content" and "content" not in config.sections:
            fix = say("write `{path}`", path="/".join(steps[1:]) or '"**"')
            yield ("defaults", path), say("`{name}` begins with `content`, in which all paths are", name=IT), fix
        elif {"", ".", ".."} & set(steps) or "\\" in path:
            fix = say('name a folder of content/, such as `kinh-te`, or a pattern; `"**"` is all of it')
            yield ("defaults", path), say("`{name}` is no path below content/", name=IT), fix


def _redirects(config: Config) -> Iterator[Fault]:
    for old, target in config.redirects.items():
        if urls.old_path(old, config.url) is None:
            why, better = urls.old_path_fault(old, config.url)
            fix = say("write a path from the site's root, such as `/news/2020/name.html`")
            if better:
                fix = say("write `{name}`", name=better)
            what = say("`{name}` cannot be an old address of this site: {why}", name=IT, why=why)
            yield ("redirects", old), what, fix
        elif not _is_target(target):
            fix = say("write a path from the site's root, or `https://…`")
            what = say("`{name}` leads to “{target}”, which is not an address", name=IT, target=target)
            yield ("redirects", old), what, fix
        elif (around := circle(config.redirects, old)) is not None:
            what = say("`{name}` leads in a circle: {circle}", name=IT, circle=" → ".join(around))
            yield ("redirects", old), what, say("remove one of them")


def _is_target(target: str) -> bool:
    """Whether a redirect can lead there: a path from the site's root without `.` and `..`, or a web address."""
    parts = urls.read_url(target)
    if parts is None or not target.isprintable() or target.startswith("//") or "\\" in target:
        return False
    if target.startswith("/"):
        return {".", ".."}.isdisjoint(unquote(parts.path).split("/"))
    return parts.scheme in ("https", "http") and HOST.fullmatch(parts.netloc) is not None


def _place(tree: Node | None, keys: Keys) -> Location:
    line, column = 1, 1
    for key in keys:
        below = follow(tree, (key,))
        if below is None:
            break
        at = tree.entries[str(key)][0] if isinstance(tree, Mapping) and isinstance(below, Mapping) else below
        line, column, tree = at.line, at.column, below
    return Location(FILE, line, column)
