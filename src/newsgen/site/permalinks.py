"""Addresses: from a story to the url readers share and the output that serves it.

A permalink is a promise, so it is made only of what an editor typed (section, date, slug) and of the patterns and
words in newsgen.yaml: never of the clock, of other stories, or of the order of files.
"""

from collections.abc import Iterable, Sequence

import msgspec

from newsgen.config import Config
from newsgen.errors import Location, Problem
from newsgen.messages import Message, say
from newsgen.model import Manuscript
from newsgen.text import fold
from newsgen.urls import Output, as_output, output_of, url_of

STEP_BYTES, OUTPUT_BYTES = 255, 1024
"""The longest name and the longest path, in bytes, that common systems take."""


class Permalink(msgspec.Struct, frozen=True):
    """One address in both spellings: `url` for readers, `output` for the disk."""

    url: str
    output: Output


class Permalinks:
    """The addresses of one language's pages; those of the main language know the stories of all."""

    def __init__(self, config: Config) -> None:
        self.config, self.base, self.words = config, config.base, config.addresses
        self.prefix, self._taxonomies = config.prefix, config.every_taxonomy
        others = config.languages if not self.prefix else ()
        self._others = {code: Permalinks(config.in_language(code)) for code in others}
        self._known: dict[str, tuple[Manuscript, Permalink]] = {}
        self._sections: dict[str, tuple[str, str]] = {}

    def at(self, path: str) -> Permalink:
        """The address of a path such as "/a/b/" or "/a.html" from the front page of this language."""
        return self.from_root(f"{self.prefix}{path}")

    def from_root(self, path: str) -> Permalink:
        """The address of a path from the root of the site."""
        output = as_output(output_of(path))
        return Permalink(url_of(output, self.base), output)

    def story(self, manuscript: Manuscript) -> Permalink:
        """The address of a story, of a page of content/pages/, or of the page at whose head an `_index.md` stands."""
        known = self._known.get(manuscript.source)
        if known is None or known[0] is not manuscript:
            known = self._known[manuscript.source] = manuscript, self._story(manuscript)
        return known[1]

    def _story(self, manuscript: Manuscript) -> Permalink:
        if self._others and (own := self._others.get(self.config.language_of(manuscript.lang) or "")):
            return own.story(manuscript)
        if manuscript.is_intro:
            return self.section(manuscript.section) if manuscript.section else self.home
        if manuscript.url:
            return self.from_root(manuscript.url)
        if manuscript.date is None:
            return self.at(self.config.page_permalink.format(slug=manuscript.slug))
        year, month, day = manuscript.date.isoformat()[:10].split("-")
        pattern, section = self._of_section(manuscript.section)
        return self.at(pattern.format(section=section, year=year, month=month, day=day, slug=manuscript.slug))

    def _of_section(self, section: str) -> tuple[str, str]:
        """The pattern of the addresses of a section's stories, and the path of the section in them."""
        known = self._sections.get(section)
        if known is None:
            found = self.config.section_permalink(section), self.config.section_path(section)
            known = self._sections[section] = found
        return known

    @property
    def home(self) -> Permalink:
        """The front page."""
        return self.at("/")

    @property
    def latest(self) -> Permalink:
        """The "latest news" index."""
        return self.at(f"/{self.words.latest}/")

    @property
    def latest_fragment(self) -> Permalink:
        """The shared box of latest stories."""
        return self.at(f"/{self.words.latest}.fragment.html")

    def section(self, section: str) -> Permalink:
        """A section's front."""
        return self.at(f"/{self.config.section_path(section)}/")

    def taxonomy(self, name: str) -> Permalink:
        """The list of a taxonomy's terms."""
        return self.at(f"/{self._taxonomies[name].address}/")

    def term(self, taxonomy: str, slug: str) -> Permalink:
        """A term's page, below those of the terms above it."""
        told, steps = self._taxonomies[taxonomy], [slug]
        while steps[0] in told.terms and told.terms[steps[0]].parent:
            steps.insert(0, told.terms[steps[0]].parent)
        return self.at(f"/{told.address}/{'/'.join(steps)}/")

    def author(self, slug: str) -> Permalink:
        """An author's page."""
        return self.at(f"/{self.words.author}/{slug}/")

    @property
    def corrections(self) -> Permalink:
        """The page of all corrections."""
        return self.at(f"/{self.words.corrections}/")

    def archive(self, year: int | None = None, month: int | None = None) -> Permalink:
        """The archive, a year's or a month's page of it."""
        steps = "".join(f"/{part:02d}" for part in (year, month) if part is not None)
        return self.at(f"/{self.words.archive}{steps}/")

    def numbered(self, front: Permalink, number: int) -> Permalink:
        """A numbered page of the list whose front page is `front`."""
        folder = front.output.removesuffix("index.html")
        return self.from_root(f"/{folder}{self.words.page}/{number}/")


UNWRITABLE = frozenset({"duplicate-address", "long-address"})
"""The rules of outputs that a folder cannot hold, or cannot hold beside others."""


class Claim(msgspec.Struct, frozen=True):
    """An output and who makes it; `noun` says what it is, such as "the tag “nhãn”".

    `old` says of an old address where it is written down: "aliases", "redirects" or "urls.lock". One with `is_rule` has
    no output: a server that knows the rules of old addresses would send on whoever asks for a file there.
    """

    output: str
    location: Location
    noun: Message
    old: str = ""
    is_rule: bool = False


def is_clear(outputs: Sequence[str]) -> bool:
    """Whether claims on these outputs have no `collisions`, which most papers have not: told without the claims."""
    keys = {fold(output) for output in outputs}
    if len(keys) < len(outputs) or any(map(_is_too_long, outputs)):
        return False
    folders = {key.rpartition("/")[0] for key in keys}
    while folders:
        if not keys.isdisjoint(folders):
            return False
        folders = {folder.rpartition("/")[0] for folder in folders} - {""}
    return True


def collisions(claims: Iterable[Claim]) -> list[Problem]:
    """Each claim on an output that an earlier one holds, case- and form-blind, and on a file as a folder.

    And each on a path that is too long to be written. Of an old address and another claim the old address is told.
    """
    owners: dict[str, Claim] = {}
    problems = []
    ordered = sorted(claims, key=lambda claim: (claim.output, bool(claim.old), claim.location, claim.noun))
    rules, ordered = [c for c in ordered if c.is_rule], [c for c in ordered if not c.is_rule]
    for claim in [*ordered, *rules]:
        key = fold(claim.output)
        owner = owners.get(key, claim) if claim.is_rule else owners.setdefault(key, claim)
        if owner is not claim:
            problems.append(_collision(claim, owner, say("the same address /{output}", output=claim.output)))
        if not claim.is_rule and _is_too_long(claim.output):
            size = len(claim.output.encode())
            what = say("the path of {noun} is too long: {size} bytes", noun=claim.noun, size=size)
            fix = say("shorten the names of its folders, or `permalink` in newsgen.yaml")
            problems.append(Problem(claim.location, "long-address", what, fix))
    for claim in ordered:
        folder = fold(claim.output).rpartition("/")[0]
        while folder:
            if folder in owners:
                problems.append(_collision(claim, owners[folder], say("/{folder} as a folder", folder=folder)))
                break
            folder = folder.rpartition("/")[0]
    return problems


def _is_too_long(output: str) -> bool:
    if len(output) * 4 <= STEP_BYTES:
        return False
    return len(output.encode()) > OUTPUT_BYTES or any(len(step.encode()) > STEP_BYTES for step in output.split("/"))


def _collision(claim: Claim, owner: Claim, where: Message) -> Problem:
    values = {"noun": claim.noun, "where": where, "owner": owner.noun, "place": str(owner.location)}
    what = say("{noun} wants {where}, which belongs to {owner} ({place})", **values)
    return Problem(claim.location, "duplicate-address", what, _remedy(claim, owner))


def _remedy(claim: Claim, owner: Claim) -> Message:
    """What to change at the place of `claim`."""
    if claim.old == "urls.lock":
        return say("give {owner} another `slug`, `url` or name: this address was published", owner=owner.noun)
    if claim.old:
        values = {"setting": claim.old, "owner": owner.noun}
        return say("remove it from `{setting}`, or give {owner} another `slug`, `url` or name", **values)
    if owner.old:
        return say("give {noun} another `slug`, `url` or name, or remove the old address", noun=claim.noun)
    return say("give one of the two another `slug`, `url` or name")
