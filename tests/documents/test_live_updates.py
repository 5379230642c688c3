"""The files from which pages of live stories get new entries: what they hold, how large they are, which ones change."""

import json
from pathlib import Path

import pytest

from builders import article_source, site_folder
from newsgen.core.errors import ContentError
from newsgen.model.live import BATCH
from papers import build_site, tree

FOLDER = "tin/2022/07/lu.live"


def write_story(count: int, *lines: str) -> str:
    """A live story with this many entries, a minute apart."""
    entries = [f":::truc-tiep {6 + at // 60:02}:{at % 60:02} Tin {at}\nNước lên.\n:::\n" for at in range(count)]
    return article_source("slug: lu", *(lines or ("live: true",)), date="2022-07-12 06:00", body="\n".join(entries))


def build_story(folder: Path, text: str) -> dict[str, bytes]:
    """The output of a paper with this story and another one."""
    other = article_source("slug: khac", title="Tin khác", date="2022-07-11")
    site = site_folder(
        folder,
        {"content/tin/lu.md": text, "content/tin/khac.md": other},
        "title: Báo\nurl: https://bao.example\nfeeds: {content: full}\n",
    )
    build_site(site)
    return tree(site / "build")


def read(output: dict[str, bytes], name: str) -> dict:
    """A file of the live story."""
    return json.loads(output[f"{FOLDER}/{name}.json"])


def test_entries_are_in_batches(tmp_path: Path) -> None:
    """Every entry is in one batch, by its number; the versions of the list are those of the batches."""
    output = build_story(tmp_path, write_story(23))
    latest, listed = read(output, "latest"), read(output, "entries")
    assert (23, None) == (latest["entries"], latest["ended"])
    assert latest["version"] == listed["version"]
    batches = [read(output, f"entries-{number}") for number in (1, 2, 3)]
    assert listed["batches"] == [batch["version"] for batch in batches]
    assert [len(batch["entries"]) for batch in batches] == [BATCH, BATCH, 3]
    assert [entry["number"] for batch in batches for entry in batch["entries"]] == list(range(1, 24))
    page = output["tin/2022/07/lu.html"].decode()
    assert f'data-version="{latest["version"]}" data-versions="{" ".join(listed["batches"])}"' in page
    assert all(entry["html"] in page for batch in batches for entry in batch["entries"])


def test_a_new_entry_changes_only_the_end(tmp_path: Path) -> None:
    """The story, the version, the list, the last batch, and what shows the story's text or the time of its change."""
    before = build_story(tmp_path, write_story(23))
    after = build_story(tmp_path, write_story(24))
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    changed = {name for name in changed if not name.startswith("newsgen")}
    assert {name for name in changed if ".live/" in name} == {
        f"{FOLDER}/{name}.json" for name in ("latest", "entries", "entries-3")
    }
    rest = {name for name in changed if ".live/" not in name}
    assert {name for name in rest if not name.endswith((".xml", "feed.json"))} == {"tin/2022/07/lu.html"}
    assert not any("sitemap" in name for name in rest)


def test_polls_are_small(tmp_path: Path) -> None:
    """Of 500 entries the version is no larger than that of one, and the list is of a few hundred bytes."""
    small = build_story(tmp_path / "small", write_story(1))
    large = build_story(tmp_path / "large", write_story(500))
    sizes = [len(output[f"{FOLDER}/latest.json"]) for output in (small, large)]
    assert sizes[1] - sizes[0] == 2  # the digits of the count
    assert sizes[1] < 100
    assert len(large[f"{FOLDER}/entries.json"]) < 1000
    assert max(len(data) for name, data in large.items() if name.startswith(FOLDER)) < 6000


def test_the_end_of_a_report(tmp_path: Path) -> None:
    """It is told to open pages and to search engines."""
    output = build_story(tmp_path, write_story(2, "live: {start: 2022-07-12 05:30, end: 2022-07-12 18:00}"))
    assert read(output, "latest")["ended"] == "2022-07-12T18:00:00+07:00"
    page = output["tin/2022/07/lu.html"].decode()
    for words in (
        '"@type":"LiveBlogPosting"',
        '"coverageStartTime":"2022-07-12T05:30:00+07:00","coverageEndTime":"2022-07-12T18:00:00+07:00"',
        '"dateModified":"2022-07-12T06:01:00+07:00"',
        '"headline":"Tin 1","datePublished":"2022-07-12T06:01:00+07:00","articleBody":"Nước lên."',
    ):
        assert words in page


def test_the_coverage_begins_with_the_first_entry(tmp_path: Path) -> None:
    """Where that is older than the report, so that no entry lies outside of it."""
    text = write_story(2, "live: {start: 2022-07-12 07:00}")
    assert (
        '"coverageStartTime":"2022-07-12T06:00:00+07:00"' in build_story(tmp_path, text)["tin/2022/07/lu.html"].decode()
    )


def test_other_stories_have_no_files(tmp_path: Path) -> None:
    """A story that is not live has none, nor has one whose `live` is false."""
    output = build_story(tmp_path, article_source("slug: lu", "live: false", date="2022-07-12 06:00"))
    assert [] == [name for name in output if ".live/" in name]
    assert '"@type":"NewsArticle"' in output["tin/2022/07/lu.html"].decode()


@pytest.mark.parametrize(
    "value", ["có thể", "{end: hôm qua}", "{start: 2022-07-12 10:00, end: 2022-07-12 09:00}", "{ket: 1}"]
)
def test_wrong_values_are_located(tmp_path: Path, value: str) -> None:
    """Each is one error in the line of `live`."""
    with pytest.raises(ContentError) as caught:
        build_story(tmp_path, write_story(1, f"live: {value}"))
    (problem,) = caught.value.problems
    assert ("content/tin/lu.md", 5) == (problem.location.path, problem.location.line)


def test_nothing_of_an_embargoed_report_is_published(tmp_path: Path) -> None:
    """Its entries lie in files of their own, which come with the story."""
    output = build_story(tmp_path, write_story(3, "live: true", "embargo: 2030-01-01"))
    assert [] == [name for name in output if ".live/" in name]
    assert not any("Nước lên".encode() in data for data in output.values())
