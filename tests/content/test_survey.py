"""The survey: every change of a site's files shows in it, by folder, and nothing else does."""

import os
import time
from random import Random

import pytest

from builders import article_source, png, site_folder
from newsgen.content.sources import find_sources
from newsgen.content.survey import survey_site
from newsgen.core.errors import Problems
from newsgen.core.stamps import encode_if_settled, read_stamp

FILES = {
    "content/kinh-te/a.md": article_source("image: a.png"),
    "content/kinh-te/a.png": png(),
    "content/pages/lien-he.md": "---\ntitle: Liên hệ\n---\nx\n",
    "static/logo.svg": "<svg/>",
    "data/gia.yaml": "nhan: 1\n",
    "templates/404.html": "x",
}


@pytest.fixture
def settled(monkeypatch):
    """Files that were just written count as old enough for their stamps to be trusted."""
    monkeypatch.setattr("newsgen.core.stamps.RACY_NS", -3_600_000_000_000)


def survey(site):
    """A survey of a site as it is now."""
    return survey_site(site, time.time_ns(), {})


def inputs(site):
    """The digest of all files of a site."""
    return survey(site).digest()


def test_new_files_are_not_trusted(tmp_path):
    """Where a file changed just now there is no digest of the inputs."""
    assert "" == inputs(site_folder(tmp_path, FILES))


@pytest.mark.usefixtures("settled")
def test_the_same_inputs_have_one_digest(tmp_path):
    """Looking again gives the same; what is no input, as the output and the state, does not show."""
    site = site_folder(tmp_path, FILES)
    before = inputs(site)
    assert before
    site_folder(site, {"build/index.html": "x", ".newsgen/build/lock": "", "README.md": "x", "content/.a.md.swp": ""})
    assert before == inputs(site)


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize(
    "files",
    [
        *({name: b"changed, and longer than it was before: " + bytes(200)} for name in FILES),
        {"content/kinh-te/b.md": article_source()},
        {"content/kinh-te/b.png": png()},
        {"static/b.svg": ""},
        {"data/authors/a.yaml": "name: A\n"},
        {"templates/partials/card.html": ""},
    ],
    ids=lambda files: ", ".join(files),
)
def test_every_input_shows(tmp_path, files):
    """A file of the content, of static/, data/ or templates/ that changed or is new makes another digest."""
    site = site_folder(tmp_path, FILES)
    before = inputs(site)
    site_folder(site, files)
    assert inputs(site) not in ("", before)


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_gone_shows(tmp_path, name):
    """A file that was removed, or has another name now, makes another digest."""
    site = site_folder(tmp_path, FILES)
    seen = {inputs(site)}
    (site / name).rename((site / name).with_name(f"x-{(site / name).name}"))
    seen.add(inputs(site))
    (site / name).with_name(f"x-{(site / name).name}").unlink()
    seen.add(inputs(site))
    assert 3 == len(seen - {""})


@pytest.mark.usefixtures("settled")
def test_a_story_that_changed_shows_as_a_story(tmp_path):
    """Where only a story changed, all other files are the same; a picture beside it is another file."""
    site = site_folder(tmp_path, FILES)
    first = survey(site)
    site_folder(site, {"content/kinh-te/a.md": article_source("summary: x")})
    second = survey(site)
    assert (False, True) == (first.is_same(second), first.is_same_beside_stories(second))
    site_folder(site, {"content/kinh-te/a.png": b"other"})
    third = survey(site)
    assert (False, False) == (second.is_same(third), second.is_same_beside_stories(third))


@pytest.mark.usefixtures("settled")
def test_the_stamps_of_stories_are_those_of_their_files(tmp_path):
    """Every article has the stamp of its file."""
    site, now = site_folder(tmp_path, FILES), time.time_ns()
    articles = find_sources(site, Problems()).articles
    seen = survey(site)
    assert {s: encode_if_settled(read_stamp(f"{site}/{s}"), now) for s in articles} == seen.stamp_stories()
    assert seen.stamp_stories() == {source: seen.stamp_story(source) for source in articles}
    assert "" == seen.stamp_story("content/none.md") == seen.stamp_story("content/none/a.md")


@pytest.mark.usefixtures("settled")
def test_links_show(tmp_path):
    """A link, what it leads to, a link that leads nowhere and a folder that is a file are seen too."""
    site = site_folder(tmp_path / "site", FILES)
    seen = [inputs(site)]
    (site / "content/b").symlink_to("kinh-te")
    seen.append(inputs(site))
    site_folder(site, {"content/kinh-te/a.md": article_source("summary: x")})
    seen.append(inputs(site))
    (site / "content/b").unlink()
    (site / "content/b").symlink_to("b")
    seen.append(inputs(site))
    (site / "content/b").unlink()
    (site / "content/b").symlink_to("none")
    seen.append(inputs(site))
    (site / "data/gia.yaml").unlink()
    (site / "data").rmdir()
    seen.append(inputs(site))
    (site / "data").write_text("x")
    seen.append(inputs(site))
    assert len(seen) == len(set(seen) - {""})


@pytest.mark.usefixtures("settled")
def test_whoever_sees_the_same_files_finds_the_same_sources(tmp_path):
    """After random changes of names, files and folders: the same survey means the same sources and stamps."""
    site, random = site_folder(tmp_path, FILES), Random(1)  # noqa: S311
    known = {}
    for _ in range(200):
        folder = site / random.choice(["content", "content/kinh-te", "content/b", "static", "data", "templates/x"])
        path = folder / random.choice(["a.md", "b.md", "c.png", ".hidden", "d.bak", "e\u0301.md"])
        folder.mkdir(parents=True, exist_ok=True)
        if path.exists():
            path.unlink()
        else:
            path.write_text("x")
            os.utime(path, ns=(0, random.randrange(9)))
        sources = find_sources(site, Problems())
        seen = [(name, read_stamp(f"{site}/{name}")) for name in (*sources.articles, *sources.files.values())]
        assert (sources, seen) == known.setdefault(inputs(site), (sources, seen))
    assert len(known) > 100
