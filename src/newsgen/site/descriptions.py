"""Descriptions for search engines of lists that have none: a sentence with the name and the newest headlines."""

from collections.abc import Callable

from newsgen.core.text import shorten
from newsgen.model.pages import Archive, Listing
from newsgen.model.taxonomy import TermIndex

Translate = Callable[[str], str]

LENGTH = 160
"""About as many characters as search engines show."""
HEADLINES = 3


def describe(listing: Listing, paper: str, translate: Translate) -> str:
    """The description of a page of a list: its own, or one made of the stories on the page, newest first."""
    if listing.description:
        return listing.description
    about = _say_subject(listing.kind, translate) % {"name": listing.title, "paper": paper}
    headlines = "; ".join(card.title for card in listing.cards[:HEADLINES])
    return shorten(f"{about}: {headlines}" if headlines else f"{about}.", LENGTH)


def describe_index(index: TermIndex, title: str, paper: str) -> str:
    """The description of the list of a taxonomy's terms: its own, or one that names the first of them."""
    names = ", ".join(entry.term.name for entry in index.entries)
    return index.taxonomy.description or shorten(
        f"{title} – {paper}: {names}" if names else f"{title} – {paper}", LENGTH
    )


def _say_subject(kind: str, translate: Translate) -> str:
    """What a list of this kind holds, with `%(name)s` for its own name and `%(paper)s` for that of the paper."""
    if kind == "section":
        return translate("%(name)s news from %(paper)s")
    if kind in ("tag", "term"):
        return translate("Stories about %(name)s from %(paper)s")
    if kind == "author":
        return translate("Stories by %(name)s in %(paper)s")
    if kind == "month":
        return translate("Stories of %(name)s from %(paper)s")
    return translate("The latest news from %(paper)s")


def describe_archive(archive: Archive, paper: str, translate: Translate) -> str:
    """The description of the archive's front or of the page of one of its years; "" of an empty archive."""
    if archive.year is not None:
        return translate("All stories of %(paper)s from %(year)s, by month.") % {"paper": paper, "year": archive.year}
    if not archive.years:
        return ""
    first = {"paper": paper, "year": archive.years[-1].year}
    return translate("All stories of %(paper)s by month, since %(year)s.") % first
