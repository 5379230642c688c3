"""The press: a page when it is asked for, from sources as they are now, or its last good copy."""

from contextlib import closing
from pathlib import Path

from builders import NOW, site_folder
from newsgen.preview import page_cache as press_module
from newsgen.preview.page_cache import Press
from newsgen.preview.versions import VersionOptions, Versions
from papers import weekly

STORY = "content/kinh-te/tin-00.md"
PAGE = "kinh-te/2022/01/tin-so-0.html"


def press_of(folder: Path) -> Press:
    """A press over versions that has read the weekly paper."""
    versions = Versions(VersionOptions(site_folder(folder, weekly()), lambda _config: NOW))
    versions.look()
    return Press(versions)


def test_a_page_is_drawn_once(tmp_path):
    """The same page of the same version is the same copy."""
    with closing(press_of(tmp_path)) as press:
        assert press.draw(PAGE) is press.draw(PAGE)
        assert press.draw("khong-co.html") is None


def test_a_source_that_moved_is_read_at_once(tmp_path):
    """A page asked for before the watch has told of its source is drawn from the source as it is."""
    with closing(press_of(tmp_path)) as press:
        site_folder(tmp_path, {STORY: weekly()[STORY].replace("Đoạn một", "Đoạn mới")})
        assert "Đoạn mới của tin 0" in press.draw(PAGE).data.decode()


def test_a_fault_keeps_the_last_copy(tmp_path):
    """A page whose template fails is its last good copy; the fault is known until it is mended."""
    with closing(press_of(tmp_path)) as press:
        good = press.draw(PAGE)
        template = "templates/article.html"
        site_folder(tmp_path, {template: "{{ khong_co }}"})
        press.versions.look(frozenset({template}))
        assert good is press.draw(PAGE)
        assert ["template-error"] == [problem.rule for problem in press.problems()]
        site_folder(tmp_path, {template: "{{ article.title }}"})
        press.versions.look(frozenset({template}))
        press.recheck([])
        assert ([], b"Tin s") == (press.problems(), press.draw(PAGE).data[:5])


def test_old_copies_go(tmp_path, monkeypatch):
    """So that memory stays small, only the copies used last are kept."""
    monkeypatch.setattr(press_module, "KEPT", 2)
    with closing(press_of(tmp_path)) as press:
        first = press.draw(PAGE)
        press.draw("index.html")
        press.draw("lien-he.html")
        assert first is not press.draw(PAGE)
