"""Settings and data that name what the paper does not have: redirects, breaking news, partners' feeds, defaults.

Names and addresses that a story may have which cannot be read are passed over.
"""

import posixpath
from collections.abc import Collection, Iterator, Sequence
from urllib.parse import unquote

from newsgen.checks.check import Examined
from newsgen.config.attachments import find_unused
from newsgen.config.defaults import read_defaults
from newsgen.config.reading import locate_setting
from newsgen.config.taxonomies import TAGS
from newsgen.content.front_page_data import locate_banner_url
from newsgen.content.reader import Reading
from newsgen.core.errors import Problem, find_nearest, suggest_name
from newsgen.core.messages import IT, Message, fill_name, say
from newsgen.core.site_files import CONTENT
from newsgen.core.text import nfc, slugify
from newsgen.core.urls import to_output
from newsgen.model.attachments import find_kind
from newsgen.site.newspaper import Newspaper


def check_partners(paper: Examined) -> Iterator[Problem]:
    """A warning for each section or term that a partner is to get and in which there is no story."""
    reading, edition = paper.reading, paper.newspaper.main
    if not edition.config.feeds.partners:
        return
    manuscripts = reading.inputs.manuscripts
    sections = {*edition.sections, *(section for m in manuscripts for section in (m.section, *m.also_in) if section)}
    terms = {
        name: {slugify(term.text) for m in manuscripts for term in m.terms.get(name, ())} | known.keys()
        for name, known in edition.by_term.items()
    }
    for name, partner in edition.config.feeds.partners.items():
        keys = ("feeds", "partners", name)
        what = say(
            "the partner `{partner}` is to get the section `{name}`, in which there is no story", partner=name, name=IT
        )
        yield from _find_unknown(reading, (*keys, "sections"), partner.sections, sections, what)
        what = say(
            "the partner `{partner}` is to get the tag `{name}`, in which there is no story", partner=name, name=IT
        )
        yield from _find_unknown(reading, (*keys, "tags"), partner.tags, terms[TAGS], what)
        for taxonomy, chosen in partner.taxonomies.items():
            what = say(
                "the partner `{partner}` is to get the term `{name}` of `{taxonomy}`, in which there is no story",
                partner=name,
                name=IT,
                taxonomy=taxonomy,
            )
            yield from _find_unknown(reading, (*keys, "taxonomies", taxonomy), chosen, terms[taxonomy], what)


def _find_unknown(
    reading: Reading, keys: tuple[str, ...], chosen: Sequence[str], known: Collection[str], what: Message
) -> Iterator[Problem]:
    """A warning for each choice below `keys` of newsgen.yaml that is not known."""
    for number, name in enumerate(chosen):
        if name not in known and not reading.inputs.unreadable.may_be_called(name.rpartition("/")[2]):
            place = locate_setting(reading.site, *keys, number)
            yield Problem(place, "unknown-choice", fill_name(what, name), suggest_name(name, known), "warning")


def check_sections(paper: Examined) -> Iterator[Problem]:
    """A warning for each section of newsgen.yaml that has no story."""
    for code, edition in paper.newspaper.editions.items():
        above = ("languages", code) if code else ()
        for name in (name for name in edition.config.sections if not edition.groups.by_section.get(name)):
            place = locate_setting(paper.reading.site, *above, "sections", name)
            what = say("the section `{name}` has no story", name=name)
            yield Problem(place, "unused-section", what, say("write one"), "warning")


def check_defaults(paper: Examined) -> Iterator[Problem]:
    """A warning for each of `defaults` that no story is given."""
    reading = paper.reading
    if not reading.config.defaults:
        return
    paths = [source.removeprefix(f"{CONTENT}/") for source in reading.sources.articles]
    folders = {"/".join(steps[:n]) for path in paths if (steps := path.split("/")) for n in range(1, len(steps))}
    for entry in read_defaults(reading.site).find_unused(paths):
        place = locate_setting(reading.site, "defaults", entry)
        what = say("no story lies in `{path}`, so that nothing is given these fields", path=entry)
        yield Problem(place, "unknown-choice", what, suggest_name(entry, folders), "warning")


def check_tables(paper: Examined) -> Iterator[Problem]:
    """A warning for each of `attachments.files` that fits no table."""
    reading = paper.reading
    tables = [source for source in reading.sources.files.values() if find_kind(source) == "table"]
    for path in find_unused(reading.config.attachments.files, tables):
        place = locate_setting(reading.site, "attachments", "files", path)
        close = find_nearest(path, [*tables, *map(posixpath.basename, tables)])
        fix = say("remove it") if close is None else say("did you mean `{name}`?", name=close)
        yield Problem(place, "unknown-choice", say("there is no table `{path}`", path=path), fix, "warning")


def check_redirects(paper: Examined) -> Iterator[Problem]:
    """An error for each redirect to an address of the paper where nothing is."""
    reading, newspaper = paper.reading, paper.newspaper
    if not newspaper.config.redirects:
        return
    # Those of stories that are over, or not yet there, are right at another time.
    known = {*paper.outputs, *_list_redirected(newspaper), *_list_story_outputs(reading, newspaper)}
    for source, target in newspaper.config.redirects.items():
        if target.startswith("/") and not _is_there(target, reading, known):
            place = locate_setting(reading.site, "redirects", source)
            values = {"source": source, "target": target}
            what = say("the old address {source} would lead to {target}, where nothing is", **values)
            yield Problem(place, "dead-redirect", what, say("write the address of a page, or `https://…`"))


def check_banners(paper: Examined) -> Iterator[Problem]:
    """An error for each line of breaking news that leads to nothing; one to come may wait for a story to appear."""
    reading, newspaper = paper.reading, paper.newspaper
    base = newspaper.config.base
    for source, banner in reading.inputs.banners.items():
        if not banner.url.startswith(f"{base}/") or (banner.end is not None and banner.end <= newspaper.now):
            continue
        coming = () if banner.is_shown(newspaper.now) else _list_story_outputs(reading, newspaper)
        known = {*paper.outputs, *_list_redirected(newspaper), *coming}
        if not _is_there(banner.url.removeprefix(base), reading, known):
            what = say("the line of breaking news leads to {url}, where nothing is", url=banner.url)
            fix = say("write the address of a page, or `https://…`")
            yield Problem(locate_banner_url(reading.site, source), "dead-banner", what, fix)


def _list_story_outputs(reading: Reading, newspaper: Newspaper) -> set[str]:
    """The outputs of all stories, whether readers can see them now or not."""
    return {newspaper.links.of(m).output for m in reading.inputs.manuscripts}


def _list_redirected(newspaper: Newspaper) -> set[str]:
    """The outputs that old addresses would have."""
    base = newspaper.config.base
    return {to_output(redirect.path.removeprefix(base)) for redirect in newspaper.old_addresses.redirects}


def _is_there(target: str, reading: Reading, known: Collection[str]) -> bool:
    """Whether a root-relative address leads to a known output or a file, or to a story that cannot be read."""
    path = target.partition("#")[0].partition("?")[0]
    output = to_output(nfc(unquote(path)))
    outputs = (output, f"{output}/index.html")
    return reading.inputs.unreadable.may_have(path) or any(o in known or o in reading.sources.assets for o in outputs)
