"""Settings of taxonomies and their terms, with their checks. Every paper has the taxonomy of tags."""

from collections.abc import Collection, Iterator, Mapping

import msgspec

from newsgen.core.messages import IT, Message, say
from newsgen.core.text import is_slug, slugify

Keys = tuple[str | int, ...]
"""The names and indexes that lead to a setting."""

Fault = tuple[Keys, Message, Message]
"""What is wrong with a setting, and the fix."""

TAGS = "tags"
"""The taxonomy of the front matter's `tags`."""


class TermConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Settings of a term, such as a topic; `parent` is the slug of the term above it."""

    title: str = ""
    description: str = ""
    parent: str = ""


class TaxonomyConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Settings of a taxonomy. `address` is the word in addresses; `terms` are by slug.

    The default title is the name, the default address the slug of the title.
    """

    title: str = ""
    description: str = ""
    address: str = ""
    feeds: bool = True
    terms: dict[str, TermConfig] = {}


Taxonomies = dict[str, TaxonomyConfig]


def complete(given: Mapping[str, TaxonomyConfig]) -> Taxonomies:
    """Taxonomies with default titles and addresses; those of the tags are set elsewhere."""
    return {name: one if name == TAGS else _complete(name, one) for name, one in given.items()}


def _complete(name: str, given: TaxonomyConfig) -> TaxonomyConfig:
    title = given.title or name.replace("_", " ").capitalize()
    return msgspec.structs.replace(given, title=title, address=given.address or slugify(title))


def translate(main: Mapping[str, TaxonomyConfig], own: Mapping[str, TaxonomyConfig]) -> Taxonomies:
    """The taxonomies of another language: those of the main one with that language's `own` titles and addresses."""
    return {name: _translate(one, own.get(name, TaxonomyConfig())) for name, one in main.items()}


def _translate(main: TaxonomyConfig, own: TaxonomyConfig) -> TaxonomyConfig:
    address = own.address or (slugify(own.title) if own.title else main.address)
    title, feeds = own.title or main.title, main.feeds and own.feeds
    return TaxonomyConfig(title, own.description, address, feeds, own.terms)


def check_names(given: Mapping[str, TaxonomyConfig], taken: Collection[str]) -> Iterator[Fault]:
    """Faults of the names, which are fields of front matter; `taken` are the names of other fields."""
    for name, one in given.items():
        if name == TAGS:
            if one.address or one.terms or not one.feeds:
                what = say("`{name}` has settings of tags that stand elsewhere", name=IT)
                fix = say("use `addresses.tag`, `feeds.tags` and `tags`; here are its `title` and `description`")
                yield ("taxonomies", name), what, fix
        elif not name.isidentifier():
            yield (
                ("taxonomies", name),
                say("`{name}` is not a name that templates can use", name=IT),
                say("use letters, digits and `_`"),
            )
        elif name in taken:
            what = say("`{name}` is a field that every article has already", name=IT)
            yield ("taxonomies", name), what, say("choose another name")


def find_faults(given: Mapping[str, TaxonomyConfig], words: Mapping[str, str]) -> Iterator[Fault]:
    """Faults of addresses and terms; `words` are the words that other addresses begin with, by setting."""
    seen = {word: setting for setting, word in words.items()}
    for name, one in given.items():
        keys = ("taxonomies", name)
        if name == TAGS:
            continue
        if not is_slug(one.address):
            what = say(
                "`{name}` has an address that is not a [a-z0-9-] word: “{address}”", name=IT, address=one.address
            )
            yield (*keys, "address"), what, say("write `address: {better}`", better=slugify(one.address) or "noi")
        elif (owner := seen.setdefault(one.address, f"taxonomies.{name}")) != f"taxonomies.{name}":
            what = say("`{name}` has the address of `{owner}`: “{address}”", name=IT, owner=owner, address=one.address)
            yield (*keys, "address"), what, say("choose another word")
        yield from find_term_faults((*keys, "terms"), one.terms)


def find_term_faults(keys: tuple[str, ...], terms: Mapping[str, TermConfig]) -> Iterator[Fault]:
    """Faults of the terms in the setting `keys`."""
    parents = {slug: term.parent for slug, term in terms.items() if term.parent}
    noun = say("topic") if keys == (TAGS,) else say("term")
    for slug, term in terms.items():
        if not is_slug(slug):
            fix = say("name it as it stands in its address, such as `giao-thong`")
            yield (*keys, slug), say("`{name}` is not a {noun}'s [a-z0-9-] slug", name=IT, noun=noun), fix
        elif term.parent and not is_slug(term.parent):
            fix = say("write `parent: {better}`", better=slugify(term.parent) or "giao-thong")
            what = say("`{name}` is not a {noun}'s slug: “{parent}”", name=IT, noun=noun, parent=term.parent)
            yield (*keys, slug, "parent"), what, fix
        elif (around := find_circle(parents, slug)) and around[-1] == slug:
            what = say("`{name}` leads in a circle: {names}", name=IT, names=" → ".join(around))
            yield (*keys, slug, "parent"), what, say("remove one of them")


def find_circle(following_of: Mapping[str, str], first: str) -> list[str] | None:
    """The names from `first` on up to the first that comes again; None where there is no circle."""
    passed = [first]
    while (following := following_of.get(passed[-1])) is not None:
        if following in passed:
            return [*passed, following]
        passed.append(following)
    return None
