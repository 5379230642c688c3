"""The settings of newsgen.yaml, with their defaults."""

import re
from collections.abc import Mapping as Map
from typing import Annotated, Any, Literal, get_args
from zoneinfo import ZoneInfo

import msgspec

from newsgen.config import taxonomies
from newsgen.config.attachments import Attachments
from newsgen.config.cards import Cards
from newsgen.config.pictures import Pictures
from newsgen.config.podcasts import Podcast
from newsgen.config.publishing import Feeds, Machines, Publisher, Robots
from newsgen.config.search import Search
from newsgen.config.taxonomies import TAGS, TaxonomyConfig, TermConfig
from newsgen.core import urls
from newsgen.core.rules import Level
from newsgen.core.text import slugify

PERMALINK_FIELDS = ("section", "year", "month", "day", "slug")

BUILT_IN_FIELDS = frozenset(
    {"author", "authors", "date", "expires", "extra", "image", "kicker", "lang", "pin", "related", "section"}
    | {"slug", "status", "summary", "tags", "title", "updated", "aliases", "corrections", "embargo", "notice"}
    | {"also_in", "replace", "series", "sponsor", "translation_of", "url", "weight", "guid", "live"}
)

HOST = re.compile(r"(\w([\w.-]*\w)?|\[[0-9a-fA-F:]+\])(:\d{1,5})?")

SITE_URL = re.compile(rf"https?://{HOST.pattern}(/[\w./~-]*)?")

PATTERN = re.compile(r"(/([\w.~-]|\{\w*\})+)+(/|\.html)")

EmbedName = Literal[
    "youtube", "vimeo", "facebook", "tiktok", "x", "instagram", "spotify", "soundcloud", "openstreetmap", "google-maps"
]
"""The sites whose videos, posts, sounds and maps can be shown in stories."""
RawHtml = Literal["sanitize", "escape", "allow"]

Count = Annotated[int, msgspec.Meta(ge=1, le=1000)]


def base_language(code: str) -> str:
    """The language of a code without its region: "en" of en-GB."""
    return code.replace("_", "-").partition("-")[0].casefold()


class SectionConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Settings of a section.

    `folder` is the folder of its stories below content/, `path` its address, both by default its name; `permalink` is
    the pattern of its stories' addresses, by default that of the section above.
    """

    title: str = ""
    description: str = ""
    folder: str = ""
    path: str = ""
    permalink: str = ""


class Addresses(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words in addresses; the defaults depend on the language."""

    latest: str = ""
    page: str = ""
    tag: str = ""
    author: str = ""
    archive: str = ""
    corrections: str = ""
    search: str = ""


class Dates(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Date patterns (Unicode LDML, as Babel reads them); the defaults depend on the language."""

    article: str = ""
    stamp: str = ""
    short: str = ""
    long: str = ""
    month: str = ""


class Lists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many stories a list has."""

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
    """The engine that reads Markdown, its extensions, what links may show of other sites, what happens to raw HTML."""

    engine: Literal["python-markdown", "commonmark"] = "python-markdown"
    extensions: tuple[str, ...] = ()
    embeds: tuple[EmbedName, ...] = get_args(EmbedName)
    video_hosts: tuple[str, ...] = ()
    raw_html: RawHtml | dict[str, RawHtml] = "sanitize"

    def raw_html_in(self, folder: str) -> RawHtml:
        """What happens to raw HTML in stories of a folder of content/: the setting of the nearest folder above."""
        if not isinstance(self.raw_html, dict):
            return self.raw_html
        while folder and folder not in self.raw_html:
            folder = folder.rpartition("/")[0]
        return self.raw_html.get(folder, "sanitize")


class Online(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The addresses of the live count of readers and of the list of most read stories; "" for none."""

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
    pictures: Pictures = Pictures()
    attachments: Attachments = Attachments()
    cards: Cards = Cards()
    online: Online = Online()
    feeds: Feeds = Feeds()
    podcast: Podcast = Podcast()
    robots: Robots = Robots()
    publisher: Publisher = Publisher()
    search: Search = Search()
    machines: Machines = Machines()
    redirects: dict[str, str] = {}
    fields: dict[str, Literal["text", "number", "boolean", "date", "list"]] = {}
    defaults: dict[str, dict[str, Any]] = {}
    rules: dict[str, Level] = {}
    plugins: tuple[str | dict[str, Any], ...] = ()
    migrating: bool = False

    @property
    def missing_level(self) -> Literal["error", "warning"]:
        """The level of a dead link or a missing picture: a warning while a site moves in (`migrating`)."""
        return "warning" if self.migrating else "error"

    @property
    def plugin_names(self) -> tuple[str, ...]:
        """The names of the plugins that are switched on, in their order."""
        return tuple(entry if isinstance(entry, str) else next(iter(entry), "") for entry in self.plugins)

    @property
    def zone(self) -> ZoneInfo:
        """The site's zone, in which times without one are read and all are shown."""
        return ZoneInfo(self.timezone)

    @property
    def base(self) -> str:
        """The path of the site on its host, "" for the root."""
        return urls.base_path(self.url)

    @property
    def prefix(self) -> str:
        """The path below `base` of the pages in this language: "" for the main one, else such as "/en"."""
        language = self.languages.get(self.language)
        return f"/{language.path}" if language else ""

    def section_path(self, section: str) -> str:
        """The path of a section's address, such as "kinh-te": its own, or its name below that of the section above."""
        settings = self.sections.get(section)
        if settings and settings.path:
            return settings.path
        above, _, name = section.rpartition("/")
        return f"{self.section_path(above)}/{name}" if above else section

    def section_permalink(self, section: str) -> str:
        """The pattern of the addresses of a section's stories: its own, or that of the nearest section above."""
        while section:
            if (settings := self.sections.get(section)) and settings.permalink:
                return settings.permalink
            section = section.rpartition("/")[0]
        return self.permalink

    @property
    def every_taxonomy(self) -> Map[str, TaxonomyConfig]:
        """The taxonomies by the fields of front matter that name their terms, the tags first."""
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
        alike = (k for k in known if base_language(k) == base_language(code))
        return code if code in known else next(alike, None) if self.languages else self.language

    def edition_of(self, lang: str) -> str:
        """The code of the edition in which a text in that language stands; the main one takes what is in no other."""
        own = self.language_of(lang) if self.languages else ""
        return own if own in self.languages else ""

    @property
    def editions(self) -> dict[str, "Config"]:
        """The settings of each edition of the paper by its code: "" for the main language, else the language's."""
        return {"": self, **{code: self.in_language(code) for code in self.languages}}

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
            taxonomies=taxonomies.translate(self.taxonomies, own.taxonomies),
            addresses=own.addresses,
            dates=own.dates,
            feeds=own.feeds or msgspec.structs.replace(self.feeds, partners={}),
        )


def folder_key(folder: str) -> str:
    """A key of a folder of content/: its steps as slugs; "" where a step has none."""
    steps = [slugify(step) for step in folder.strip("/").split("/")]
    return "/".join(steps) if all(steps) and "\\" not in folder else ""
