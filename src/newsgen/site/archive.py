"""The archive: years and months in which stories appeared."""

from datetime import date

from newsgen.model.pages import Archive, ArchiveMonth, ArchiveYear
from newsgen.site.newspaper import Edition


def archive_of(edition: Edition) -> Archive:
    """The years and months in which stories appeared, newest first."""
    counts = {month: len(ranks) for month, ranks in edition.by_month.items()}
    links = edition.permalinks
    years: dict[int, list[ArchiveMonth]] = {}
    for (year, month), count in sorted(counts.items(), reverse=True):
        url = links.archive(year, month).url
        years.setdefault(year, []).append(ArchiveMonth(year, month, date(year, month, 1), url, count))
    return Archive(
        tuple(
            ArchiveYear(year, links.archive(year).url, sum(m.count for m in months), tuple(months))
            for year, months in years.items()
        )
    )
