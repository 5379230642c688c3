"""The archive: years and months in which stories appeared."""

from datetime import date

from newsgen.model.pages import Archive, ArchiveMonth, ArchiveYear
from newsgen.site.newspaper import Edition


def make_archive(edition: Edition) -> Archive:
    """The years and months in which stories appeared, newest first."""
    links, years = edition.permalinks, dict[int, list[ArchiveMonth]]()
    for (year, month), ranks in sorted(edition.groups.by_month.items(), reverse=True):
        url = links.archive(year, month).url
        years.setdefault(year, []).append(ArchiveMonth(year, month, date(year, month, 1), url, len(ranks)))
    return Archive(
        tuple(
            ArchiveYear(year, links.archive(year).url, sum(m.count for m in months), tuple(months))
            for year, months in years.items()
        )
    )
