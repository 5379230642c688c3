import os
import signal
import sys

import pytest

from builders import NOW, article_source, config_source, page_source, png, site_folder
from newsgen.config.reading import read_config
from newsgen.content import source_text as texts
from newsgen.content.articles import ArticleReader
from newsgen.content.read_cache import ReadCache
from newsgen.content.reader import Remembered, SiteReader, read_site
from newsgen.content.sources import find_sources
from newsgen.core.errors import Location, Problems
from newsgen.model.pictures import Picture


def read(folder, files, config=None, jobs=1):
    """What reading a site gives, and the problems by place and rule."""
    site = site_folder(folder, files, config or config_source())
    problems, settings = Problems(), read_config(site)
    cache = ReadCache(folder / "reading.sqlite", "epoch", settings.zone)
    reader = SiteReader(site, settings, find_sources(site, problems))
    reading = read_site(reader, Remembered(cache, jobs), NOW, problems)
    cache.close()
    return reading, [(str(problem.location), problem.rule) for problem in problems.found]


def test_a_site_is_read_whole(tmp_path):
    """Articles, pages, people and data are all there after one reading."""
    reading, problems = read(
        tmp_path,
        {
            "content/kinh-te/a.md": article_source(),
            "content/pages/lien-he.md": page_source(),
            "data/authors/thu-trang.yaml": "name: Thu Trang\n",
            "data/gia.yaml": "nhan: 35000\n",
        },
    )
    assert [] == problems
    assert ["kinh-te/a.md", "pages/lien-he.md"] == [m.path for m in reading.inputs.manuscripts]
    assert ["thu-trang"] == list(reading.inputs.people)
    assert 35000 == reading.inputs.data["gia"]["nhan"]
    assert frozenset() == reading.inputs.broken


@pytest.mark.parametrize("jobs", [1, 2])
def test_texts_have_no_copies(tmp_path, jobs):
    """Whoever encodes a text leaves its bytes beside it, for as long as that is: none that was read has any."""
    files = {f"content/kinh-te/{n}.md": article_source(title=f"Mùa nhãn {n}") for n in range(100)}
    reading, _ = read(tmp_path, files, jobs=jobs)
    titles = [m.title for m in reading.inputs.manuscripts]
    assert [sys.getsizeof(title[:-1] + title[-1]) for title in titles] == list(map(sys.getsizeof, titles))


def test_a_lead_picture_has_its_address_and_size(tmp_path):
    """A picture beside a story is found, measured, and noted as a file to publish."""
    image = 'image: {src: a.png, alt: Vườn nhãn, caption: "Vườn", credit: "Ảnh: A"}'
    files = {"content/kinh-te/a.md": article_source(image), "content/kinh-te/a.png": png(40, 30)}
    reading, problems = read(tmp_path, files, config_source(url="https://x.example/bao"))
    assert [] == problems
    expected = Picture("/bao/kinh-te/a.png", "Vườn nhãn", "Vườn", "Ảnh: A", 40, 30)
    assert {"content/kinh-te/a.md": expected} == reading.inputs.pictures
    assert {"content/kinh-te/a.md": ("content/kinh-te/a.png",)} == reading.files


CROPPED = article_source("image:", "  src: a.png", "  alt: Vườn", "  crops:", "    - vuong.png", "    - /ngang.png")


def test_a_picture_may_have_crops(tmp_path):
    """Crops are found beside the story and in static/, measured, and published with the picture."""
    files = {"content/kinh-te/a.md": CROPPED, "content/kinh-te/a.png": png(40, 30)}
    files |= {"content/kinh-te/vuong.png": png(9, 9), "static/ngang.png": png(16, 9)}
    reading, problems = read(tmp_path, files)
    assert [] == problems
    (picture,) = reading.inputs.pictures.values()
    assert [("/kinh-te/vuong.png", 9, 9), ("/ngang.png", 16, 9)] == [(c.src, c.width, c.height) for c in picture.crops]
    named = ("content/kinh-te/a.png", "content/kinh-te/vuong.png", "static/ngang.png")
    assert {"content/kinh-te/a.md": named} == reading.files


def test_the_size_of_a_picture_of_another_host_is_unknown_whatever_its_crops(tmp_path):
    """A feed must not tell a crop's bytes as those of a lead picture that lies elsewhere."""
    story = article_source("image: {src: https://y.example/a.jpg, crops: vuong.png}")
    reading, problems = read(tmp_path, {"content/kinh-te/a.md": story, "content/kinh-te/vuong.png": png(9, 9)})
    assert ([], 0) == (problems, reading.picture_bytes("content/kinh-te/a.md"))
    assert {"content/kinh-te/a.md": ("content/kinh-te/vuong.png",)} == reading.files


def test_a_crop_that_is_not_there_is_told_at_its_line(tmp_path):
    """A missing crop is an error where it is named, as a missing picture is."""
    files = {"content/kinh-te/a.md": CROPPED, "content/kinh-te/a.png": png(), "content/kinh-te/vuong.png": png()}
    _, problems = read(tmp_path, files)
    assert [("content/kinh-te/a.md:9:7", "missing-image")] == problems


def test_a_picture_of_another_host_is_left_alone(tmp_path):
    """A lead picture that is an address of its own is neither looked for nor published."""
    reading, problems = read(tmp_path, {"content/kinh-te/a.md": article_source("image: https://y.example/a.jpg")})
    assert [] == problems
    assert {"content/kinh-te/a.md": Picture("https://y.example/a.jpg")} == reading.inputs.pictures
    assert {} == reading.files


def test_a_missing_picture_is_a_problem_at_its_name(tmp_path):
    """A lead picture that is not there is reported where it is written."""
    _, problems = read(tmp_path, {"content/kinh-te/a.md": article_source("image:", "  alt: A", "  src: a.webp")})
    assert [("content/kinh-te/a.md:6:8", "missing-image")] == problems


def test_a_broken_article_is_told_apart(tmp_path):
    """What cannot be read is known as broken, so that links to it are not judged."""
    files = {"content/kinh-te/a.md": article_source(), "content/kinh-te/b.md": "không có đầu\n"}
    reading, problems = read(tmp_path, files)
    assert [("content/kinh-te/b.md:1:1", "no-front-matter")] == problems
    assert frozenset({"kinh-te/b.md"}) == reading.inputs.broken


def test_a_site_without_articles_is_a_problem(tmp_path):
    """An empty content/ is reported, and pictures alone do not fill it."""
    _, problems = read(tmp_path, {"content/kinh-te/a.png": png()})
    assert [("content:1:1", "no-content")] == problems


def test_the_picture_for_sharing_is_found_in_static(tmp_path):
    """`share_image` is found from the site's root and measured."""
    files = {"content/a.md": article_source(), "static/anh/chia-se.png": png(12, 6)}
    reading, problems = read(tmp_path, files, config_source("share_image: anh/chia-se.png"))
    assert [] == problems
    assert Picture("/anh/chia-se.png", "Báo Lạc Giang", width=12, height=6) == reading.share


def test_a_missing_picture_for_sharing_is_a_problem_of_the_configuration(tmp_path):
    """A `share_image` that is not there is reported in newsgen.yaml, where it is written."""
    reading, problems = read(
        tmp_path, {"content/a.md": article_source()}, config_source("share_image: /anh/chia-se.png")
    )
    assert reading.share is None
    assert [(str(Location("newsgen.yaml", 3, 14)), "missing-image")] == problems


def test_a_slow_article_is_named_and_the_others_are_read(tmp_path, monkeypatch):
    """An article that takes too long to read is an error in its place, and the rest is read all the same."""
    monkeypatch.setattr("newsgen.content.reader.ARTICLE_SECONDS", 0.3)
    read_one = ArticleReader.read_one

    def endless(self, source, problems, known):
        while source.endswith("a.md"):
            pass
        return read_one(self, source, problems, known)

    monkeypatch.setattr(ArticleReader, "read_one", endless)
    files = {"content/kinh-te/a.md": article_source(title="Chậm"), "content/kinh-te/b.md": article_source()}
    reading, problems = read(tmp_path, files)
    assert [("content/kinh-te/a.md:1:1", "reading-slow")] == problems
    assert ["kinh-te/b.md"] == [m.path for m in reading.inputs.manuscripts]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere all work is done in one process")
def test_an_article_that_kills_its_reader_is_named_and_the_others_are_read(tmp_path, monkeypatch):
    """A worker that dies of an article is found, the article named, and every other article read."""
    parent, read_one = os.getpid(), ArticleReader.read_one

    def deadly(self, source, problems, known):
        if source.endswith(("17.md", "61.md")) and os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGSEGV)
        return read_one(self, source, problems, known)

    monkeypatch.setattr(ArticleReader, "read_one", deadly)
    files = {f"content/a{n:02}.md": article_source(title=f"Tin {n}") for n in range(90)}
    reading, problems = read(tmp_path, files, jobs=2)
    assert [("content/a17.md:1:1", "reading-crashed"), ("content/a61.md:1:1", "reading-crashed")] == problems
    assert 88 == len(reading.inputs.manuscripts)


def test_a_file_that_the_machine_refuses_is_unreadable(tmp_path, monkeypatch):
    """An article that may not be read is a fault of the machine, in its place, and the others are read."""
    whole = texts._read_whole

    def refused(site, source):
        if source == "content/a.md":
            raise PermissionError(13, "Permission denied")
        return whole(site, source)

    monkeypatch.setattr(texts, "_read_whole", refused)
    files = {"content/a.md": article_source(), "content/b.md": article_source(title="B")}
    reading, problems = read(tmp_path, files)
    assert [("content/a.md:1:1", "unreadable")] == problems
    assert ["b.md"] == [m.path for m in reading.inputs.manuscripts]


def test_what_reading_warns_of_is_told_again_when_it_is_remembered(tmp_path):
    """A warning of an article that was read before comes from what is remembered of it."""
    files = {"content/a.md": article_source("kicker: Nóng # nay")}
    for _ in range(2):
        _, problems = read(tmp_path, files)
        assert [("content/a.md:4:14", "yaml-comment")] == problems
