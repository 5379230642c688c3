"""Digests of the stories of an edition, by which a build knows which lists and pages are the same."""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import overload

from msgspec.structs import replace

from newsgen.core.differences import bring_forward, find_differences
from newsgen.core.digests import SIZE, encode
from newsgen.model.stories import Article, Card


class StoryDigests:
    """Of each story, by its rank: the digest of its card, and that of the whole story without its body.

    Those of `before` are kept for stories that are the same objects.
    """

    def __init__(self, articles: Sequence[Article], before: "StoryDigests | None" = None) -> None:
        self.articles, self._parts = articles, PartDigests()
        if before is None:
            self.of_cards = Digests(self.digest_card(article.card) for article in articles)
            self.of_articles = Digests(map(self._digest_article, articles, self.of_cards))
            return
        gone, new = find_differences(before.articles, articles)
        cards, stories = before.of_cards, before.of_articles
        self.of_cards = Digests(bring_forward(cards, gone, new, lambda rank: self.digest_card(articles[rank].card)))
        self.of_articles = Digests(bring_forward(stories, gone, new, lambda rank: self.digest_article(articles[rank])))

    def digest_card(self, card: Card) -> bytes:
        """The digest of a card."""
        named = self._parts.digest_all((card.section, *card.also_in, *card.authors))
        others = replace(card, title="", summary="", section=None, also_in=(), authors=())
        facts = others, named, card.section is None, len(card.also_in), len(card.title)
        return _hash(encode(facts), _to_bytes(card.title), _to_bytes(card.summary))

    def digest_article(self, article: Article) -> bytes:
        """The digest of a story."""
        return self._digest_article(article, self.digest_card(article.card))

    def _digest_article(self, article: Article, card: bytes) -> bytes:
        terms = [(name, self._parts.digest_all(named)) for name, named in article.terms.items()]
        lead = None if article.lead == article.card.summary else article.lead
        return _hash(card, encode((replace(article, card=None, lead="", terms={}), terms, lead)))


class Digests(Sequence[bytes]):
    """Digests as one string of bytes, `packed`."""

    def __init__(self, digests: Iterable[bytes]) -> None:
        self.packed = b"".join(digests)

    def __len__(self) -> int:
        return len(self.packed) // SIZE

    def __iter__(self) -> Iterator[bytes]:
        return (self.packed[at : at + SIZE] for at in range(0, len(self.packed), SIZE))

    @overload
    def __getitem__(self, index: int) -> bytes: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[bytes]: ...
    def __getitem__(self, index: int | slice) -> bytes | Sequence[bytes]:
        """A digest, or several as a list."""
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        at = (index + len(self) if index < 0 else index) * SIZE
        if not 0 <= at < len(self.packed):
            raise IndexError(index)
        return self.packed[at : at + SIZE]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Digests) and self.packed == other.packed

    def __hash__(self) -> int:
        return hash(self.packed)


class PartDigests:
    """Digests of values that are parts of many others, each taken once: they are known by their identity."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, bytes]] = {}

    def digest_all(self, parts: Iterable[object]) -> list[bytes]:
        """The digest of each part."""
        known = self._known
        return [found[1] if (found := known.get(id(part))) is not None else self.digest(part) for part in parts]

    def digest(self, part: object) -> bytes:
        """The digest of a part."""
        known = self._known.get(id(part))
        if known is None:
            known = self._known[id(part)] = part, _hash(encode(part))
        return known[1]


def _hash(*parts: bytes) -> bytes:
    return blake2b(b"".join(parts), digest_size=SIZE).digest()


def _to_bytes(text: str) -> bytes:
    """The text for a digest. An encoder of messages would leave its bytes beside every text, for as long as that is."""
    return text.encode("utf-8", "surrogatepass")
