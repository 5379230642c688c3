"""What a news site adds to Pelican: related stories, the latest list made once, sections with those below them."""

from bisect import bisect_right
from collections import Counter

from pelican import signals

DEPTH = 40
RELATED = 5
LATEST = 8


def prepare(generator) -> None:  # noqa: ANN001 - Pelican's own type is not importable here
    """Give every article `related`, the context `newest`, and each section the stories of those below it."""
    # Pelican looks up every list's stories among all dates, for a theme that wants them; this one does not.
    generator.dates = []
    newest = generator.articles
    generator.context["newest"] = [(a.url, a.title, a.date.strftime("%d/%m/%Y %H:%M")) for a in newest[:LATEST]]
    rank = {id(article): place for place, article in enumerate(newest)}
    places = {tag: sorted(rank[id(article)] for article in articles) for tag, articles in generator.tags.items()}
    for own, article in enumerate(newest):
        shared: Counter[int] = Counter()
        for tag in getattr(article, "tags", ()):
            older = places[tag]
            start = bisect_right(older, own)
            shared.update(older[start : start + DEPTH])
        nearest = sorted(shared, key=lambda place: (-shared[place], place))[:RELATED]
        article.related = [newest[place] for place in nearest]
    sections = {category.name: articles for category, articles in generator.categories}
    for name, articles in sections.items():
        above = name.rpartition("/")[0]
        if above:
            sections[above].extend(articles)
            sections[above].sort(key=lambda article: article.date, reverse=True)


def register() -> None:
    """Ask Pelican to call `prepare` between reading and writing."""
    signals.article_generator_finalized.connect(prepare)
