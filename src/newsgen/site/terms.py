"""The terms of one taxonomy, each under its title in newsgen.yaml or the first spelling that was used."""

from datetime import datetime

from newsgen.config.settings import Config
from newsgen.config.taxonomies import TAGS, TermConfig
from newsgen.core.errors import Problems
from newsgen.core.messages import Message, say
from newsgen.core.text import CURLY, fold, slugify, squeeze
from newsgen.core.yaml_hints import is_plain, quote
from newsgen.model.manuscripts import Manuscript, Reference
from newsgen.model.permalinks import Permalinks
from newsgen.model.taxonomy import Term


class Terms:
    """Finds the terms that stories name; `known` has them by slug.

    `first` are the dates and sources of the stories that were the first to use each name. `is_clear` tells that no name
    is a fault.
    """

    def __init__(self, taxonomy: str, config: Config, links: Permalinks, problems: Problems) -> None:
        self.taxonomy, self.links, self.problems = taxonomy, links, problems
        self._settings = config.every_taxonomy[taxonomy].terms
        self.known: dict[str, Term] = {}
        self._titled = {_normalize(term.title): slug for slug, term in self._settings.items() if term.title}
        self._spelled: dict[str, str] = {}
        # By slug, those who typed its first name in quotation marks.
        self._quoted: dict[str, list[tuple[Manuscript, Reference]]] = {}
        # By name, the terms whose names are no fault; stories name each again and again.
        self._clear: dict[str, Term] = {}
        self.first: dict[str, tuple[datetime | None, str]] = {}
        self.is_clear = True

    def find(self, m: Manuscript) -> tuple[Term, ...]:
        """The terms of a story, each once."""
        named = m.terms.get(self.taxonomy, ())
        return tuple({term.id: term for ref in named if (term := self._find(m, ref))}.values())

    def _find(self, m: Manuscript, ref: Reference) -> Term | None:
        name = ref.text
        if name in self._clear:
            return self._clear[name]
        self.first.setdefault(name, (m.date, m.source))
        titled = self._titled.get(_normalize(name)) if self._titled else None
        slug = titled or slugify(name)
        if not slug:
            what = say("no address can be made of the {noun} “{name}”", noun=self._noun, name=name)
            self.problems.add(ref.place(m.source), "empty-slug", what, say("use letters or digits"))
            self.is_clear = False
            return None
        first = name if titled else self._spelled.setdefault(slug, name)
        if first is name:
            self._add(slug, name)
        term = self.known[slug]
        if first == name and name != _strip_quotes(name):
            self._quoted.setdefault(slug, []).append((m, ref))
            return term
        if first != name and _normalize(name) != _normalize(first):
            self._report_clash(m, ref, first, term)
            self.is_clear = False
        else:
            self._clear[name] = term
        return term

    @property
    def _noun(self) -> Message:
        return say("tag") if self.taxonomy == TAGS else say("term of `{taxonomy}`", taxonomy=self.taxonomy)

    def _report_clash(self, m: Manuscript, ref: Reference, first: str, term: Term) -> None:
        """Report that two names have one address, and what to write if they are two terms, or if they are one."""
        if fold(_strip_quotes(first)) == fold(_strip_quotes(ref.text)):
            self._report_quotes(m, ref, first, term)
            return
        values = {
            "name": ref.text,
            "first": first,
            "url": term.url,
            "line": f"{term.id}-2: {{title: {_write_value(ref.text)}}}",
        }
        if self.taxonomy == TAGS:
            what = say("the tags “{name}” and “{first}” share the address {url}", **values)
            two = say("if they are two topics, write `{line}` under `tags:` in newsgen.yaml", **values)
        else:
            values["taxonomy"] = self.taxonomy
            what = say("the terms “{name}” and “{first}” of `{taxonomy}` share the address {url}", **values)
            two = say("if they are two, write `{line}` under `terms:` of `{taxonomy}` in newsgen.yaml", **values)
        fix = say("{two}; if they are one, write one spelling", two=two)
        self.problems.add(ref.place(m.source), "duplicate-address", what, fix)

    def _report_quotes(self, m: Manuscript, ref: Reference, first: str, term: Term) -> None:
        """Report a name in quotation marks which others write without, wherever it stands."""
        plain = _strip_quotes(first)
        quoted = [(m, ref)]
        if first != plain:
            quoted = [*self._quoted.pop(term.id, ()), *([] if ref.text == _strip_quotes(ref.text) else quoted)]
            self._spelled[term.id] = plain
        for story, named in quoted:
            what = say("the quotation marks of {name} are a part of the name", name=named.text)
            fix = say("write `{name}`, as other stories do", name=_strip_quotes(named.text))
            self.problems.add(named.place(story.source), "duplicate-address", what, fix)

    def _add(self, slug: str, name: str) -> None:
        """Take in a term, with those above it, which may have no story of their own."""
        settings = self._settings.get(slug, TermConfig())
        if settings.parent and settings.parent not in self.known:
            self._add(settings.parent, settings.parent.replace("-", " ").capitalize())
        url = self.links.term(self.taxonomy, slug).url
        self.known[slug] = Term(
            slug, settings.title or name, url, settings.description, settings.parent or None, self.taxonomy
        )


def _normalize(name: str) -> str:
    """A key under which spellings of one name meet: those that differ by case, or by the dots of an abbreviation."""
    return squeeze(fold(name).replace(".", " ")) if "." in name else fold(name)


def _strip_quotes(name: str) -> str:
    return name.strip(CURLY) or name


def _write_value(text: str) -> str:
    """A text as a YAML value inside braces."""
    return text if is_plain(text) and not set(text) & set(",[]{}") else quote(text)
