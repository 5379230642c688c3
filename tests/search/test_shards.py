"""Shards, segments and tiers: what is written is what is read, whatever the terms and stories are."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from newsgen.search.folding import fold, make_exact, split_exact
from newsgen.search.reader import iter_terms
from newsgen.search.segments import GROUPS, Segment, read_groups, write_segment
from newsgen.search.shards import write_list, write_number, write_shards
from newsgen.search.terms import StoryTexts, TermHashes, find_bucket, list_terms
from newsgen.search.tiers import MOST, Part, Tier, divide, list_jobs, merge

WORDS = st.text(st.sampled_from("abdđeêưnhg ạờ1"), min_size=1, max_size=12).map(str.strip).filter(bool)
NUMBERS = st.lists(st.integers(0, 3_000_000), unique=True, max_size=60).map(sorted)
ENTRIES = st.dictionaries(WORDS, st.tuples(NUMBERS, NUMBERS, NUMBERS), max_size=40)
TEXTS = st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=12)


@given(ENTRIES, st.sampled_from((1, 2, 16)))
def test_shards_are_read_as_they_were_written(entries, count):
    """Each term is in the shard of its hash, with the three lists that were given for it."""
    shards = write_shards([(term, *lists) for term, lists in entries.items()], count)
    read = {term: lists for shard in shards.values() for term, lists in iter_terms(shard)}
    assert {term: tuple(map(tuple, lists)) for term, lists in entries.items()} == read
    hashes = TermHashes()
    assert all(hashes.find(term) % count == number for number, shard in shards.items() for term, _ in iter_terms(shard))


def test_common_terms_end_early():
    """Of a term that more than MOST stories have in the text the newest are kept, and the list says so."""
    numbers = list(range(0, 3 * MOST, 3))
    assert 0 == write_list(numbers, MOST)[0] & 1
    assert 1 == write_list([*numbers, 3 * MOST], MOST)[0] & 1
    (shard,) = write_shards([("thành phố", [], [], [*numbers, 3 * MOST])], 1).values()
    assert dict(iter_terms(shard))["thành phố"][2] == tuple(numbers)


def test_numbers_are_leb128():
    """Small numbers are one byte; each byte but the last has its highest bit set (DWARF 5, section 7.6)."""
    assert [b"\x02", b"\x7f", b"\x80\x01", b"\xe5\x8e\x26"] == [*map(write_number, (2, 127, 128, 624485))]


@given(TEXTS, TEXTS)
def test_merged_segments_are_one_segment_of_all(newer, older):
    """Terms of two segments, moved by the number of stories before, are those of a single one."""
    whole, parts = Segment(), [Segment(), Segment()]
    for number, texts in enumerate([*newer, *older]):
        whole.add(number, list_terms(StoryTexts(*texts)))
    for segment, stories in zip(parts, (newer, older), strict=True):
        for number, texts in enumerate(stories):
            segment.add(number, list_terms(StoryTexts(*texts)))
    merged = merge([(0, parts[0].list_entries()), (len(newer), parts[1].list_entries())])
    assert {entry[0]: entry for entry in whole.list_entries()} == merged


@given(stories=TEXTS)
def test_a_segment_is_read_by_groups(stories, tmp_path_factory):
    """Every term is in the group of its hash; the bytes do not hang on the order of sets."""
    path = tmp_path_factory.mktemp("segments") / "one"
    segment = Segment()
    for number, texts in enumerate(stories):
        segment.add(number, list_terms(StoryTexts(*texts)))
    write_segment(path, segment.encode([]))
    hashes, read = TermHashes(), []
    for group in range(GROUPS):
        entries = read_groups(path, [group])
        assert all(hashes.find(entry[0]) % GROUPS == group for entry in entries)
        read += entries
    assert sorted(segment.list_entries()) == sorted(read)


def test_a_damaged_segment_counts_as_missing(tmp_path: Path):
    """A cut, changed or absent file gives None, never other terms."""
    segment, path = Segment(), tmp_path / "one"
    segment.add(0, list_terms(StoryTexts("Mùa nhãn", "Sớm nửa tháng", "Bến đò đông khách")))
    data = segment.encode([])
    groups = range(GROUPS)
    good = (write_segment(path, data), read_groups(path, groups))[1]
    assert good
    for at in range(0, len(data), 7):
        path.write_bytes(data[:at] + bytes((data[at] ^ 255,)) + data[at + 1 :])
        assert read_groups(path, groups) in (None, good)
        path.write_bytes(data[:at])
        assert read_groups(path, groups) is None
    path.unlink()
    assert read_groups(path, groups) is None


def test_terms_are_in_one_field():
    """A term of the title is not told of the lead and the text again, one of the lead not of the text."""
    terms = list_terms(StoryTexts("Cầu mới", "Cầu mới sắp thông", "Cầu mới sắp thông xe", ["section:xa-hoi"]))
    assert {"cầu", "mới", "cầu mới", "section:xa-hoi"} == terms.title
    assert {"sắp", "thông", "mới sắp", "sắp thông"} == terms.lead
    assert {"xe", "thông xe"} == terms.text


def test_what_begins_alike_is_in_one_file():
    """A reader who types “nhan l” or “nhan” needs one file, whatever the diacritics."""
    assert "nhan l" == find_bucket("nhãn lồng") == find_bucket("nhân lên") == find_bucket("nhan l")
    assert "nhan" == find_bucket("nhãn") == find_bucket("nhanh") == find_bucket("nhan")
    assert "d d" == find_bucket("đ đường")


def test_folding():
    """Case, diacritics, Unicode forms and ligatures do not count; other letters do."""
    words = {"ĐƯỜNG": "duong", "Straße": "strasse", "ﬁlm": "film", "Œuvre": "oeuvre", "Ёлка": "елка", "ΛΌΓΟΣ": "λογοσ"}
    assert words == {word: fold(make_exact(word)) for word in words}
    assert ["a", "b", "c", "2025", "tháng"] == split_exact("a_b–c “2025”… THÁNG")


def test_tiers_follow_dates():
    """The month and the year of the newest story, and all before; each part of a year without month is closed."""
    parts = [Part(2026, 3, 5, 9, "c"), Part(2026, 3, 1000, 9, "d"), Part(2026, 1, 7, 9, "e"), Part(2025, 0, 8, 9, "f")]
    tiers = divide(parts)
    assert [("m", 1005), ("y", 7), ("a", 8)] == [(tier.name, tier.stories) for tier in tiers]
    assert [(2026, 1005)] == tiers[0].years
    assert [] == divide([])


def test_large_tiers_are_merged_by_groups():
    """A tier of fewer shards than groups is merged at once, a larger one group by group."""
    small, large = (Tier("a", (Part(2020, 0, 10, size, "x"),)) for size in (9_000, 9_000_000))
    assert 1 == small.shards
    assert [range(GROUPS)] == list(list_jobs(small))
    assert large.shards >= GROUPS
    assert large.shards & (large.shards - 1) == 0
    assert [range(n, n + 1) for n in range(GROUPS)] == list(list_jobs(large))
