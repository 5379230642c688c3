"""Values that many manuscripts have in common are one object."""

from msgspec import msgpack
from msgspec.structs import replace

from builders import manuscript
from newsgen.content.sharing import SHARED, Sharing
from newsgen.model.manuscripts import PLACED, Manuscript, pack_places


def read(path):
    """A manuscript of which no other has any value, as it comes from the cache or another process."""
    told = manuscript(path, tags=("Sông Lạc", "Lúa"), authors=("Thu Trang",))
    return msgpack.decode(msgpack.encode(told), type=Manuscript)


def test_equal_values_are_one_object():
    """Two stories of one author in one section share everything that is the same in both, and stay what they were."""
    sharing, sources = Sharing(), ("content/kinh-te/a.md", "content/kinh-te/b.md")
    first, second = (sharing.share(source, read(source.removeprefix("content/"))) for source in sources)
    assert [] == [name for name in SHARED if getattr(first, name) is not getattr(second, name)]
    assert [True, True] == [a.text is b.text for a, b in zip(first.tags, second.tags, strict=True)]
    assert [read("kinh-te/a.md"), read("kinh-te/b.md")] == [first, second]
    assert first.source is sources[0]


def test_a_source_without_a_manuscript_stays_without():
    """What could not be read is None."""
    assert Sharing().share("content/a.md", None) is None


def test_each_field_has_its_place():
    """The places come back as they were packed."""
    places = {field: (2 + number, 70_000 + number) for number, field in enumerate(PLACED)}
    packed = replace(manuscript(), places=pack_places(places))
    assert places == {field: packed.get_place(field) for field in PLACED}
