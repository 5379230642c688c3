"""Sections, terms and authors that stories name; each is known under the first spelling that was used."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime

from msgspec.structs import replace

from newsgen.config.settings import Config
from newsgen.core.errors import Problems
from newsgen.core.messages import say
from newsgen.core.text import fold, slugify
from newsgen.model.manuscripts import Manuscript, Reference
from newsgen.model.permalinks import Permalinks
from newsgen.model.stories import Intro
from newsgen.model.taxonomy import Author, Section, Term
from newsgen.site.groups import list_ancestry, order_by_weight
from newsgen.site.terms import Terms

Place = tuple[datetime | None, str]
"""The place of a story in the paper: its date and its source."""

Names = Mapping[Place, list[tuple[str, str]]]


class Register:
    """The sections, terms and authors of one site, by id. `people` are those of data/authors/."""

    def __init__(self, config: Config, people: Mapping[str, Author], problems: Problems) -> None:
        self.config, self.people, self.problems = config, people, problems
        self.links = Permalinks(config)
        self.sections: dict[str, Section] = {}
        self.terms = {name: Terms(name, config, self.links, problems) for name in config.every_taxonomy}
        self.authors: dict[str, Author] = {}
        self._named = {person.name: key for key, person in reversed([*people.items()])}
        # By name, the authors whose names are no fault; stories name each again and again.
        self._clear_authors: dict[str, Author] = {}
        self._author_lists: dict[tuple[Reference, ...], tuple[Author, ...]] = {}
        self._first_of_author: dict[str, Place] = {}
        self._is_clear = True

    def list_sections(self, named: Collection[str], intros: Mapping[str, Intro]) -> None:
        """Take in the sections of newsgen.yaml in its order, then those `named` and of intros, by weight and name."""
        used = {each for section in {*named, *intros} - {""} for each in list_ancestry(section)}
        listed = list(self.config.sections)
        weights = {name: order_by_weight(intro.weight) for name, intro in intros.items()}

        def place(section: str) -> list[tuple[tuple[bool, int], str]]:
            return [(weights.get(each, order_by_weight(None)), each) for each in list_ancestry(section)]

        for section in [*listed, *sorted(used - set(listed), key=place)]:
            for each in list_ancestry(section):
                self._add_section(each, intros.get(each))

    def _add_section(self, section: str, intro: Intro | None) -> None:
        if section in self.sections:
            return
        known = self.config.sections.get(section)
        name = section.rpartition("/")[2]
        title = known.title if known and known.title else name.replace("-", " ").capitalize()
        description = known.description if known else ""
        self.sections[section] = Section(
            id=section,
            title=(intro.title if intro else "") or title,
            url=self.links.section(section).url,
            description=(intro.lead if intro else "") or description,
            parent=section.rpartition("/")[0] or None,
            image=intro.image if intro else None,
        )

    def find_authors(self, m: Manuscript) -> tuple[Author, ...]:
        """Who wrote a story, each once."""
        known = self._author_lists.get(m.authors)
        if known is not None:
            return known
        found = tuple({author.id: author for ref in m.authors if (author := self._find_author(m, ref))}.values())
        if all(ref.text in self._clear_authors for ref in m.authors):
            self._author_lists[m.authors] = found
        return found

    def find_terms(self, m: Manuscript) -> dict[str, tuple[Term, ...]]:
        """The terms of a story by taxonomy."""
        return {name: terms.find(m) for name, terms in self.terms.items()}

    def holds(self, gone: Iterable[Manuscript], new: Iterable[Manuscript], last: Collection[str]) -> bool:
        """Whether the names would be known as they are if these stories had never been, and those were there.

        They would be where no story that is gone was the first to use a name, and none that is new would be. `last` are
        the sources of stories that come behind all others, whatever their dates.
        """
        if not self._is_clear or not all(terms.is_clear for terms in self.terms.values()):
            return False
        were, come = ({(m.date, m.source): _list_names(m) for m in stories} for stories in (gone, new))
        first = {name: terms.first for name, terms in self.terms.items()} | {"": self._first_of_author}

        def find_firsts(stories: Names, others: Names) -> Iterator[tuple[Place, Place | None]]:
            """The place of each story that names something else than before, with that of the first of each name."""
            for place, names in stories.items():
                for kind, name in names if others.get(place) != names else ():
                    if kind in first:
                        yield place, first[kind].get(name)

        if any(place == earliest for place, earliest in find_firsts(were, come)):
            return False
        return all(
            earliest is not None and earliest < place and earliest[1] not in last
            for place, earliest in find_firsts(come, were)
        )

    def learn(self, before: "Register") -> None:
        """Know the terms and authors that an earlier one knew."""
        self.terms, self.authors = before.terms, before.authors
        self._clear_authors, self._first_of_author = before._clear_authors, before._first_of_author
        self._author_lists = before._author_lists

    def _find_author(self, m: Manuscript, ref: Reference) -> Author | None:
        name = ref.text
        if name in self._clear_authors:
            return self._clear_authors[name]
        self._first_of_author.setdefault(name, (m.date, m.source))
        place = ref.place(m.source)
        key = name if name in self.people else self._named.get(name) or slugify(name)
        if not key:
            what, fix = say("no address can be made of the author “{name}”", name=name), say("use letters or digits")
            self.problems.add(place, "empty-slug", what, fix)
            self._is_clear = False
            return None
        if key not in self.authors:
            known = self.people.get(key)
            self.authors[key] = replace(known or Author(key, name, ""), url=self.links.author(key).url)
        author = self.authors[key]
        if name != key and fold(name) != fold(author.name):
            values = {"name": name, "other": author.name, "url": author.url}
            what = say("the authors “{name}” and “{other}” share the address {url}", **values)
            fix = say(
                "if they are two people, make a file such as data/authors/{key}-2.yaml with `name: {name}`; if they "
                "are one, write one name",
                key=key,
                name=name,
            )
            self.problems.add(place, "duplicate-address", what, fix)
            self._is_clear = False
        else:
            self._clear_authors[name] = author
        return author


def _list_names(m: Manuscript) -> list[tuple[str, str]]:
    """What a story names: the taxonomy and the spelling of each term, and its authors under no taxonomy."""
    terms = [(taxonomy, ref.text) for taxonomy, refs in m.terms.items() for ref in refs]
    return [*terms, *(("", ref.text) for ref in m.authors)]
