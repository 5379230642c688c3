"""Settings that name what the paper does not have: where redirects lead, and what partners are to get."""

from collections.abc import Collection, Iterator

from newsgen.config import setting_place
from newsgen.errors import Problem, did_you_mean
from newsgen.reading import Reading
from newsgen.site.site import Site
from newsgen.text import slugify
from newsgen.urls import output_of


def unmet_settings(reading: Reading, site: Site, outputs: Collection[str]) -> Iterator[Problem]:
    """A problem for each of them; `outputs` are all pages and files.

    What a story that cannot be read may be called, or have for an address, is not judged.
    """
    if site.config.redirects:
        yield from _redirects(reading, site, outputs)
    if site.config.feeds.partners:
        yield from _partners(reading, site)


def _partners(reading: Reading, site: Site) -> Iterator[Problem]:
    manuscripts, unreadable = reading.inputs.manuscripts, reading.inputs.unreadable
    sections = {*site.sections, *(section for m in manuscripts for section in (m.section, *m.also_in) if section)}
    tags = {slugify(tag.text) for m in manuscripts for tag in m.tags}
    for name, partner in site.config.feeds.partners.items():
        for kind, given, known in (("sections", partner.sections, sections), ("tags", partner.tags, tags)):
            for one in given:
                if one not in known and not unreadable.may_be_called(one.rpartition("/")[2]):
                    place = setting_place(reading.site, "feeds", "partners", name, kind)
                    what = f"the partner `{name}` is to get the {kind[:-1]} `{one}`, in which there is no story"
                    yield Problem(place, "unknown-choice", what, did_you_mean(one, known), "warning")


def _redirects(reading: Reading, site: Site, outputs: Collection[str]) -> Iterator[Problem]:
    links, base, unreadable = site.permalinks, site.config.base, reading.inputs.unreadable
    # Those of stories that are over, or not yet there, are right at another time.
    stories = {links.story(m).output for m in reading.inputs.manuscripts}
    old = {redirect.path for redirect in site.old.redirects}
    for source, target in site.config.redirects.items():
        path = target.partition("#")[0].partition("?")[0]
        if not path.startswith("/") or f"{base}{path}" in old or unreadable.may_have(path):
            continue
        output = output_of(path)
        known = {output, f"{output}/index.html"}
        if known.isdisjoint(outputs) and known.isdisjoint(stories) and known.isdisjoint(reading.sources.assets):
            place = setting_place(reading.site, "redirects", source)
            what = f"the old address {source} would lead to {target}, where nothing is"
            yield Problem(place, "dead-redirect", what, "write the address of a page, or `https://…`")
