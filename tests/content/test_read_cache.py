import multiprocessing
import os
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import NOW, ZONE, manuscript, moment
from newsgen.content.read_cache import ReadCache, encode_body, encode_manuscript
from newsgen.core.errors import Location, Problem
from newsgen.core.questions import Answer
from newsgen.model.manuscripts import ImageField
from newsgen.model.stories import Body, Heading

SECOND = 1_000_000_000
STORY = manuscript(
    tags=("nhãn", "mùa vụ"),
    authors=("Thu Trang",),
    related=("kinh-te/b.md",),
    image=ImageField("a.webp", "Vườn", "Chú thích", "Ảnh", 6, 8),
    updated=moment("2022-08-07 09:00"),
    expires=moment("2022-12-31"),
    pinned=True,
    extra={"nguon": "TTXVN", "gia": 35000, "ngay": moment("2022-08-01"), "ds": ["a", "b"], "sau": {"x": [1.5, None]}},
)
SOURCE = STORY.source
BODY = Body(
    "<p>Nhà vườn</p>",
    words=2,
    minutes=1,
    headings=(Heading(2, "muc", "Mục"),),
    files=("content/kinh-te/a.webp",),
    problems=(Problem(Location("content/kinh-te/a.md", 6, 1), "unpublished-link", "x", "y", "warning"),),
)
ASKED = [(("story", "kinh-te/b.md"), Answer("S")), (("file", None), Answer("F"))]


def opened(folder, epoch="epoch"):
    """The cache that lies in a folder."""
    return ReadCache(folder / "reading.sqlite", epoch, ZONE)


def filled(folder, *manuscripts, stamp="stamp"):
    """A cache that remembers manuscripts under one stamp, closed."""
    cache = opened(folder)
    cache.put([(m, encode_manuscript(m), stamp) for m in manuscripts or (STORY,)])
    cache.put_bodies([(SOURCE, "key", encode_body(ASKED, BODY))])
    cache.close()


@pytest.fixture
def cache(tmp_path):
    """What a later run finds of the story and its body."""
    filled(tmp_path)
    found = opened(tmp_path)
    yield found
    found.close()


def test_a_manuscript_comes_back_as_it_was_read(cache):
    """By the stamp or the digest of its file a manuscript is found, whole, with its own types."""
    assert STORY == cache.find_by_stamps({SOURCE: "stamp"}).get(SOURCE)
    assert STORY == cache.find_by_digest(SOURCE, STORY.digest)


def test_moments_come_back_in_the_sites_zone(cache):
    """Every moment of a manuscript is again in the zone of the site and not in UTC, those of `extra` too."""
    found = cache.find_by_stamps({SOURCE: "stamp"}).get(SOURCE)
    assert {ZONE} == {at.tzinfo for at in (found.date, found.updated, found.expires, found.extra["ngay"])}
    assert "2022-08-07T07:51:00+07:00" == found.date.isoformat()


@pytest.mark.parametrize(
    ("source", "stamp", "digest"),
    [(SOURCE, "other", "other"), (SOURCE, "", ""), ("content/kinh-te/b.md", "stamp", STORY.digest)],
    ids=["another file", "no stamp", "another source"],
)
def test_what_is_not_known_is_none(cache, source, stamp, digest):
    """Another stamp, digest or source finds nothing."""
    assert cache.find_by_stamps({source: stamp}).get(source) is None
    assert cache.find_by_digest(source, digest) is None


def test_a_racy_file_is_found_by_its_digest_only(tmp_path):
    """What was put without a stamp, because its file was too new, is not found by one; its digest still finds it."""
    filled(tmp_path, stamp="")
    cache = opened(tmp_path)
    assert cache.find_by_stamps({SOURCE: ""}).get(SOURCE) is None
    assert STORY == cache.find_by_digest(SOURCE, STORY.digest)
    cache.close()


def test_another_epoch_knows_nothing(tmp_path):
    """With another version or configuration nothing is known, until it is read again."""
    filled(tmp_path)
    cache = opened(tmp_path, "other epoch")
    assert (None, None) == (
        cache.find_by_stamps({SOURCE: "stamp"}).get(SOURCE),
        cache.find_by_digest(SOURCE, STORY.digest),
    )
    assert cache.find_body(SOURCE, "key") is None
    cache.put([(STORY, encode_manuscript(STORY), "stamp")])
    assert STORY == cache.find_by_stamps({SOURCE: "stamp"}).get(SOURCE)
    cache.close()


def test_the_last_reading_counts(tmp_path):
    """A source that was read again is known as read last, and not as before."""
    filled(tmp_path)
    newer = manuscript(title="Bản hai")
    filled(tmp_path, newer, stamp="stamp 2")
    cache = opened(tmp_path)
    assert cache.find_by_stamps({SOURCE: "stamp"}).get(SOURCE) is None
    assert newer == cache.find_by_stamps({SOURCE: "stamp 2"}).get(SOURCE)
    cache.close()


def test_a_body_comes_back_with_what_it_asked(cache):
    """A rendered body is found by its source and key, after the questions it asked and their answers."""
    asked, body = cache.find_body(SOURCE, "key")
    assert (ASKED, BODY) == ([(tuple(question), answer) for question, answer in asked], body)
    assert (None, None) == (cache.find_body(SOURCE, "other"), cache.find_body("content/kinh-te/b.md", "key"))


def test_sources_that_are_gone_are_forgotten(tmp_path):
    """Only what still exists stays in the file, bodies too."""
    other = manuscript("xa-hoi/b.md")
    filled(tmp_path, STORY, other)
    cache = opened(tmp_path)
    cache.forget_except([other.source])
    assert (None, None) == (cache.find_by_stamps({SOURCE: "stamp"}).get(SOURCE), cache.find_body(SOURCE, "key"))
    assert other == cache.find_by_stamps({other.source: "stamp"}).get(other.source)
    cache.close()


SCALARS = (
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False) | st.text(max_size=9)
)
EXTRAS = st.dictionaries(
    st.text("abc", min_size=1),
    st.recursive(
        SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("xyz"), inner, max_size=3)
    ),
    max_size=4,
)


@given(extra=EXTRAS)
def test_whatever_an_editor_adds_comes_back(tmp_path_factory, extra):
    """Everything that YAML can put under `extra` is the same after it was remembered."""
    story = manuscript(extra=extra)
    folder = tmp_path_factory.mktemp("cache")
    filled(folder, story)
    cache = opened(folder)
    assert story == cache.find_by_stamps({SOURCE: "stamp"}).get(SOURCE)
    cache.close()


@pytest.mark.parametrize("left", [b"", b"not a database", b"SQLite format 3\0" + b"\xff" * 4000, None])
def test_a_file_that_is_no_cache_is_replaced(tmp_path, left):
    """Foreign bytes, or a folder, in the cache's place know nothing, and what is put then is remembered."""
    path = tmp_path / "reading.sqlite"
    if left is None:
        (path / "deep").mkdir(parents=True)
    else:
        path.write_bytes(left)
    cache = opened(tmp_path)
    assert cache.find_by_stamps({SOURCE: "stamp"}).get(SOURCE) is None
    cache.close()
    filled(tmp_path)
    cache = opened(tmp_path)
    assert STORY == cache.find_by_stamps({SOURCE: "stamp"}).get(SOURCE)
    cache.close()


def test_another_table_of_the_name_is_replaced(tmp_path):
    """A sound database with other columns is made again."""
    connection = sqlite3.connect(tmp_path / "reading.sqlite")
    connection.execute("CREATE TABLE manuscripts (source TEXT, words INTEGER)")
    connection.close()
    filled(tmp_path)
    cache = opened(tmp_path)
    assert STORY == cache.find_by_stamps({SOURCE: "stamp"}).get(SOURCE)
    cache.close()


@settings(max_examples=60)
@given(place=st.floats(0, 1, exclude_max=True), junk=st.binary(min_size=1, max_size=3000), cut=st.booleans())
def test_no_damage_makes_a_wrong_manuscript(tmp_path_factory, place, junk, cut):
    """Wherever the file is overwritten or cut, what it gives is right or nothing, and it can be used again."""
    folder = tmp_path_factory.mktemp("cache")
    stories = [manuscript(f"kinh-te/{n}.md", title=f"Tin {n} " * 40) for n in range(20)]
    filled(folder, *stories)
    path = folder / "reading.sqlite"
    raw = path.read_bytes()
    at = int(place * len(raw))
    path.write_bytes(raw[:at] if cut else raw[:at] + junk + raw[at + len(junk) :])
    cache = opened(folder)
    for story in stories:
        assert cache.find_by_stamps({story.source: "stamp"}).get(story.source) in (None, story)
        assert cache.find_by_digest(story.source, story.digest) in (None, story)
    cache.find_body(SOURCE, "key")
    cache.forget_except([story.source for story in stories])
    cache.put([(story, encode_manuscript(story), "stamp") for story in stories])
    cache.close()
    filled(folder, *stories)
    cache = opened(folder)
    found = [cache.find_by_stamps({story.source: "stamp"}).get(story.source) for story in stories]
    assert all(one in (None, story) for one, story in zip(found, stories, strict=True))
    cache.close()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE {} SET source = 'content/xa-hoi/c.md'",
        "UPDATE {} SET data = CAST(substr(data, 1, 40) || 'x' || substr(data, 42) AS BLOB)",
        "UPDATE {} SET data = 'text'",
        "UPDATE {} SET data = NULL",
        "UPDATE {} SET data = substr(data, 1, 20)",
    ],
)
def test_a_row_that_was_tampered_with_is_not_taken(tmp_path, change):
    """Rows are sealed with their source: data under another's name, or changed in the file, is not used."""
    filled(tmp_path)
    connection = sqlite3.connect(tmp_path / "reading.sqlite", isolation_level=None)
    for table in ("manuscripts", "bodies"):
        connection.execute(change.format(table))
    connection.close()
    cache = opened(tmp_path)
    for source in (SOURCE, "content/xa-hoi/c.md"):
        assert cache.find_by_stamps({source: "stamp"}).get(source) is None
        assert cache.find_by_digest(source, STORY.digest) is None
        assert cache.find_body(source, "key") is None
    cache.close()


def test_a_file_of_another_process_is_read_by_each_itself(cache):
    """A forked worker reads the same cache through its own connection, and the parent's stays sound."""
    assert STORY == cache.find_by_stamps({SOURCE: "stamp"}).get(SOURCE)
    context = multiprocessing.get_context("fork")

    def work():
        os._exit(
            0
            if (cache.find_by_stamps({SOURCE: "stamp"}).get(SOURCE), cache.find_body(SOURCE, "key")[1]) == (STORY, BODY)
            else 1
        )

    workers = [context.Process(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [0, 0, 0] == [worker.exitcode for worker in workers]
    assert STORY == cache.find_by_stamps({SOURCE: "stamp"}).get(SOURCE)


def test_a_moment_of_another_zone_is_the_same_moment(tmp_path):
    """A date with a zone of its own comes back as the same instant, in the site's zone as every reading gives it."""
    story = manuscript(date=datetime(2022, 8, 7, 0, 51, tzinfo=UTC), updated=NOW + timedelta(hours=1))
    filled(tmp_path, story)
    cache = opened(tmp_path)
    found = cache.find_by_stamps({SOURCE: "stamp"}).get(SOURCE)
    assert (NOW, ZONE) == (found.date, found.date.tzinfo)
    cache.close()
