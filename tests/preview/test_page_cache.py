"""The cache: a page when it is asked for, from sources as they are now, or its last good copy."""

from contextlib import closing
from pathlib import Path

from builders import NOW, site_folder
from newsgen.preview import page_cache
from newsgen.preview.page_cache import PageCache
from newsgen.preview.versions import VersionOptions, Versions
from papers import weekly

STORY = "content/kinh-te/tin-00.md"
PAGE = "kinh-te/2022/01/tin-so-0.html"


def cache_of(folder: Path) -> PageCache:
    """A cache over versions that has read the weekly paper."""
    versions = Versions(VersionOptions(site_folder(folder, weekly()), lambda _config: NOW))
    versions.look()
    return PageCache(versions)


def test_a_page_is_drawn_once(tmp_path):
    """The same page of the same version is the same copy."""
    with closing(cache_of(tmp_path)) as cache:
        assert cache.draw(PAGE) is cache.draw(PAGE)
        assert cache.draw("khong-co.html") is None


def test_a_source_that_moved_is_read_at_once(tmp_path):
    """A page asked for before the watch has told of its source is drawn from the source as it is."""
    with closing(cache_of(tmp_path)) as cache:
        site_folder(tmp_path, {STORY: weekly()[STORY].replace("Đoạn một", "Đoạn mới")})
        assert "Đoạn mới của tin 0" in cache.draw(PAGE).data.decode()


def test_a_fault_keeps_the_last_copy(tmp_path):
    """A page whose template fails is its last good copy; the fault is known until it is mended."""
    with closing(cache_of(tmp_path)) as cache:
        good = cache.draw(PAGE)
        template = "templates/article.html"
        site_folder(tmp_path, {template: "{{ khong_co }}"})
        cache.versions.look(frozenset({template}))
        assert good is cache.draw(PAGE)
        assert ["template-error"] == [problem.rule for problem in cache.problems()]
        site_folder(tmp_path, {template: "{{ article.title }}"})
        cache.versions.look(frozenset({template}))
        cache.recheck([])
        assert ([], b"Tin s") == (cache.problems(), cache.draw(PAGE).data[:5])


def test_old_copies_go(tmp_path, monkeypatch):
    """So that memory stays small, only the copies used last are kept."""
    monkeypatch.setattr(page_cache, "KEPT", 2)
    with closing(cache_of(tmp_path)) as cache:
        first = cache.draw(PAGE)
        cache.draw("index.html")
        cache.draw("lien-he.html")
        assert first is not cache.draw(PAGE)
