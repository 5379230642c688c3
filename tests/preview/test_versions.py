"""Versions: after a change only what it touches is done again, and what is broken leaves the last that was whole."""

from datetime import timedelta
from unittest.mock import Mock

from builders import NOW, article_source, moment, png, site_folder
from newsgen.content.sources import find_sources
from newsgen.preview.versions import VersionOptions, Versions
from papers import weekly

STORY = "content/kinh-te/tin-00.md"
PAGE = "kinh-te/2022/01/tin-so-0.html"


def versions_of(folder, files=None, at=None) -> Versions:
    """Versions of a site that has read the weekly paper once; `at` is asked for the time."""
    versions = Versions(VersionOptions(site_folder(folder, files or weekly()), at or (lambda _config: NOW)))
    versions.look()
    return versions


def changed(versions: Versions, path: str, text: str | bytes) -> Versions:
    """The same after such a file was saved and looked at."""
    site_folder(versions.options.site, {path: text})
    versions.look(frozenset({path}))
    return versions


def rules(versions: Versions) -> list[str]:
    """The rules of what is wrong."""
    return [problem.rule for problem in versions.problems]


def test_a_body_joins_nothing(tmp_path):
    """A changed body leaves everything that was joined and planned as it is."""
    versions = versions_of(tmp_path)
    before, number = versions.newest, versions.number
    changed(versions, STORY, weekly()[STORY].replace("## Mục", "## Mục khác"))
    assert (before.planned, before.answers, number + 1) == (
        versions.newest.planned,
        versions.newest.answers,
        versions.number,
    )
    assert before.reading is not versions.newest.reading


def test_a_head_joins_again(tmp_path):
    """A changed title is in the plan."""
    retitled = weekly()[STORY].replace("title: Tin số 0", "title: Tin sửa\nslug: tin-so-0")
    versions = changed(versions_of(tmp_path), STORY, retitled)
    assert "Tin sửa" == versions.newest.pages[PAGE].title


def test_the_text_of_a_section_joins_nothing_and_its_title_does(tmp_path):
    """A changed text of an `_index.md` is read at once; a changed title is in the plan; a draft is out of it."""
    source, front = "content/kinh-te/_index.md", "kinh-te/index.html"
    text = "---\ntitle: Kinh tế mới\n---\nTrang của tỉnh.\n\nNhững phố chợ.\n"
    versions = versions_of(tmp_path, {**weekly(), source: text})
    before = versions.newest
    assert (source, "Kinh tế mới") == (before.pages[front].source, before.pages[front].title)
    changed(versions, source, text.replace("phố chợ", "làng nghề"))
    assert (True, front) == (versions.newest.planned is before.planned, versions.newest.find_page(source).output)
    assert before.reading.by_source[source] != versions.newest.reading.by_source[source]
    assert before.reading.inputs.manuscripts == versions.newest.reading.inputs.manuscripts
    changed(versions, source, text.replace("mới", "xanh"))
    assert "Kinh tế xanh" == versions.newest.pages[front].title
    changed(versions, source, text.replace("title", "status: draft\ntitle"))
    assert ("", "Kinh te") == (versions.newest.pages[front].source, versions.newest.pages[front].title)


def test_a_save_looks_for_no_other_files(tmp_path, monkeypatch):
    """As editors save: a file beside is written and renamed. That is no reason to walk through the site."""
    versions, walk = versions_of(tmp_path), Mock(side_effect=find_sources)
    monkeypatch.setattr("newsgen.preview.incremental_reader.find_sources", walk)
    site_folder(tmp_path, {STORY: weekly()[STORY].replace("## Mục", "## Mục khác")})
    versions.look(frozenset({STORY, "content/kinh-te/.tin-00.md.part", "content/kinh-te/tin-00.md~"}))
    assert (2, 0) == (versions.number, walk.call_count)
    versions.look(frozenset({"content/kinh-te/moi.md"}))
    assert 1 == walk.call_count


def test_nothing_new_is_nothing(tmp_path):
    """A file saved as it was, an editor's backup, another look: the number stays."""
    versions = versions_of(tmp_path)
    number = versions.number
    changed(versions, STORY, weekly()[STORY])
    changed(versions, "content/kinh-te/.tin-00.md.swp", "x")
    changed(versions, "content/kinh-te/tin-00.md~", "x")
    versions.look()
    assert number == versions.number


def test_a_look_finds_what_changed(tmp_path):
    """Where it is not said what changed, a look finds it by itself: added, changed, gone."""
    versions = versions_of(tmp_path)
    site_folder(tmp_path, {"content/xa-hoi/moi.md": article_source(title="Tin thêm")})
    (tmp_path / "content/kinh-te/tin-03.md").unlink()
    versions.look()
    assert "xa-hoi/2022/08/tin-them.html" in versions.newest.pages
    assert "kinh-te/2022/01/tin-so-3.html" not in versions.newest.pages


def test_a_broken_story_keeps_its_last_text(tmp_path):
    """What cannot be read is told, and stands as it last could; other changes come through meanwhile."""
    versions = changed(versions_of(tmp_path), STORY, "---\ntitle: [\n---\n")
    assert versions.problems
    assert "Tin số 0" == versions.newest.pages[PAGE].title
    changed(versions, "content/xa-hoi/moi.md", article_source(title="Tin thêm"))
    assert "xa-hoi/2022/08/tin-them.html" in versions.newest.pages
    assert versions.problems
    changed(versions, STORY, weekly()[STORY])
    assert () == versions.problems


def test_what_cannot_be_joined_keeps_the_version(tmp_path):
    """Two stories at one address leave the version as it was, until one of them gives way."""
    versions = versions_of(tmp_path)
    before = versions.newest
    changed(versions, "content/kinh-te/hai.md", article_source(title="Tin số 0", date="2022-01-10"))
    assert (["duplicate-address"], before) == (rules(versions), versions.newest)
    (tmp_path / "content/kinh-te/hai.md").unlink()
    versions.look(frozenset({"content/kinh-te/hai.md"}))
    assert [] == rules(versions)


def test_settings(tmp_path):
    """Faulty settings keep the version; mended they make another."""
    versions = versions_of(tmp_path)
    before, config = versions.newest, (tmp_path / "newsgen.yaml").read_text("utf-8")
    changed(versions, "newsgen.yaml", config + "titel: sai\n")
    assert (["unknown-key"], before) == (rules(versions), versions.newest)
    changed(versions, "newsgen.yaml", config + "description: Tin hai bờ\n")
    assert ([], "Tin hai bờ") == (rules(versions), versions.newest.config.description)


def test_defaults_of_front_matter(tmp_path):
    """Stories show what newsgen.yaml gives them as soon as it is saved; a wrong value keeps the version."""
    versions = versions_of(tmp_path)
    config = (tmp_path / "newsgen.yaml").read_text("utf-8")
    for text in ("Kinh tế", "Mùa vụ"):
        changed(versions, "newsgen.yaml", f"{config}defaults: {{kinh-te: {{kicker: {text}}}}}\n")
        assert ([], text) == (rules(versions), versions.newest.pages[PAGE].subject.kicker)
    changed(versions, "newsgen.yaml", config + "defaults: {kinh-te: {pin: yes}}\n")
    assert (["bad-value"], text) == (rules(versions), versions.newest.pages[PAGE].subject.kicker)
    changed(versions, "newsgen.yaml", config)
    assert ([], "") == (rules(versions), versions.newest.pages[PAGE].subject.kicker)


def test_templates_and_styles_join_nothing(tmp_path):
    """A template or a style is looked up anew, and nothing is joined for it."""
    versions = versions_of(tmp_path, weekly() | {"static/own.css": "a{}"})
    before = versions.newest
    changed(versions, "templates/page.html", "x")
    assert before.planned is versions.newest.planned
    assert before.answers is not versions.newest.answers
    middle = changed(versions, "static/own.css", "b{}").newest
    assert before.planned is middle.planned


def test_a_picture_of_another_size(tmp_path):
    """A picture that is replaced has its new size on cards."""
    files = {STORY: weekly()[STORY].replace("---\n", "---\nimage: a.png\n", 1), "content/kinh-te/a.png": png(4, 3)}
    versions = versions_of(tmp_path, weekly() | files)
    assert 4 == versions.newest.pages[PAGE].image.width
    changed(versions, "content/kinh-te/a.png", png(9, 3))
    assert 9 == versions.newest.pages[PAGE].image.width


def test_a_sidecar_that_is_written_and_goes(tmp_path):
    """A card has the words of a sidecar at once; without consent it has no picture."""
    files = {STORY: weekly()[STORY].replace("---\n", "---\nimage: a.png\n", 1), "content/kinh-te/a.png": png(4, 3)}
    sidecar = "content/kinh-te/a.png.yaml"
    versions = versions_of(tmp_path, weekly() | files)
    assert "" == versions.newest.pages[PAGE].image.alt
    assert "Cầu" == changed(versions, sidecar, "alt: Cầu\n").newest.pages[PAGE].image.alt
    assert "Chợ" == changed(versions, sidecar, "alt: Chợ\n").newest.pages[PAGE].image.alt
    assert changed(versions, sidecar, "consent: false\n").newest.pages[PAGE].image is None
    assert "unknown-key" in rules(changed(versions, sidecar, "cosent: false\n"))
    assert versions.newest.pages[PAGE].image is None
    (tmp_path / sidecar).unlink()
    versions.look(frozenset({sidecar}))
    assert "" == versions.newest.pages[PAGE].image.alt


def test_a_licence_that_ends(tmp_path):
    """When a licence ends the next look shows the story without its picture, though no file changed."""
    times = [NOW]
    files = {STORY: weekly()[STORY].replace("---\n", "---\nimage: a.png\n", 1), "content/kinh-te/a.png": png(4, 3)}
    files["content/kinh-te/a.png.yaml"] = "licence_until: 2022-08-07 08:00\n"
    versions = versions_of(tmp_path, weekly() | files, lambda _config: times[-1])
    assert (False, 4) == (versions.is_due(), versions.newest.pages[PAGE].image.width)
    times.append(moment("2022-08-07 08:00"))
    assert versions.is_due()
    versions.look(frozenset())
    assert (False, None) == (versions.is_due(), versions.newest.pages[PAGE].image)


def test_a_story_whose_time_comes(tmp_path):
    """When a scheduled story's time comes the next look shows it, though no file changed."""
    times = [NOW]
    files = weekly() | {"content/xa-hoi/hen.md": article_source(title="Tin hẹn", date="2022-08-07 08:00")}
    versions = versions_of(tmp_path, files, lambda _config: times[-1])
    assert (False, False) == (versions.is_due(), "xa-hoi/2022/08/tin-hen.html" in versions.newest.planned.outputs)
    times.append(moment("2022-08-07 08:00") + timedelta(seconds=1))
    assert versions.is_due()
    versions.look(frozenset())
    assert (False, True) == (versions.is_due(), "xa-hoi/2022/08/tin-hen.html" in versions.newest.planned.outputs)


def test_what_a_failed_look_was_told_is_looked_at_by_the_next(tmp_path):
    """Stories, pictures and mended faults saved while the settings were faulty come through when they are put back."""
    shown = {"content/kinh-te/anh.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"/>'}
    with_picture = weekly()[STORY].replace("## Mục", "![Ảnh](anh.svg)\n\n## Mục")
    broken = "content/kinh-te/tin-03.md"
    versions = versions_of(tmp_path, {**weekly(), **shown, STORY: with_picture, broken: "---\n"})
    settings = (tmp_path / "newsgen.yaml").read_text("utf-8")

    def save(path, text):
        (tmp_path / path).write_text(text, "utf-8")
        versions.look(frozenset({path}))

    save("newsgen.yaml", settings + "khong: [\n")
    save(STORY, with_picture.replace("title: Tin số 0", "title: Tin sửa\nslug: tin-so-0"))
    save(broken, weekly()[broken])
    save("content/kinh-te/anh.svg", shown["content/kinh-te/anh.svg"].replace("40 30", "400 300"))
    assert ["yaml-syntax"] == rules(versions)
    save("newsgen.yaml", settings)
    assert [] == rules(versions)
    assert "Tin sửa" == versions.newest.pages[PAGE].title
    assert 400 == versions.newest.reading.assets.find_output("kinh-te/anh.svg").width
    assert versions.newest.planned.find_page(broken) is not None


def test_a_look_at_what_goes_away_is_due_again(tmp_path, monkeypatch):
    """A folder that is removed under the walk is no end of it: the next quiet tick looks, and nothing is lost."""
    versions = versions_of(tmp_path)
    site_folder(
        tmp_path, {"content/xa-hoi/mới.md": article_source(title="Tin thêm"), STORY: weekly()[STORY] + "Thêm.\n"}
    )
    monkeypatch.setattr(
        "newsgen.preview.incremental_reader.find_sources", Mock(side_effect=FileNotFoundError("content/xa-hoi"))
    )
    versions.look(frozenset({"content/xa-hoi/mới.md", STORY}))
    assert (True, 1) == (versions.is_due(), len(versions.problems))
    monkeypatch.undo()
    before = versions.newest.reading.by_source[STORY].digest
    versions.look(frozenset())
    assert (False, []) == (versions.is_due(), rules(versions))
    assert before != versions.newest.reading.by_source[STORY].digest
    assert "xa-hoi/2022/08/tin-them.html" in versions.newest.pages


def test_a_folder_in_the_place_of_another_is_read(tmp_path):
    """Where the system names only a folder, every story and picture in it is read again."""
    versions = versions_of(tmp_path)
    site_folder(tmp_path, {STORY: weekly()[STORY].replace("title: Tin số 0", "title: Tin sửa\nslug: tin-so-0")})
    versions.look(frozenset({"content/kinh-te"}))
    assert "Tin sửa" == versions.newest.pages[PAGE].title
    assert STORY in versions.touched


def test_the_ledger_of_addresses_is_a_source(tmp_path):
    """A conflict in urls.lock is told, and goes when it is mended, whether the system names the file or not."""
    for look in (None, frozenset({"urls.lock"})):
        versions = versions_of(tmp_path)
        site_folder(tmp_path, {"urls.lock": "<<<<<<< HEAD\n"})
        versions.look(look)
        assert ["urls-lock"] == rules(versions)
        (tmp_path / "urls.lock").unlink()
        versions.look(look)
        assert [] == rules(versions)


def test_a_page_that_comes_later_stands_where_a_build_has_it(tmp_path):
    """The order of what was read is that of the sources, and not that of their coming."""
    versions = versions_of(tmp_path)
    for name in ("b", "a"):
        path = f"content/pages/{name}.md"
        site_folder(tmp_path, {path: f"---\ntitle: Trang {name}\nslug: {name}\n---\nx\n"})
        versions.look(frozenset({path}))
    assert list(versions_of(tmp_path).newest.pages) == list(versions.newest.pages)


UNSEEN = {
    "content/kinh-te/nhap.md": article_source("status: draft", "tags: [Riêng]", title="Bài nháp"),
    "content/kinh-te/hen.md": article_source(title="Bài hẹn").replace("date: 2022", "date: 2099"),
    "content/kinh-te/giu.md": article_source("embargo: 2099-01-01", title="Bài giữ"),
    "content/pages/trang-nhap.md": "---\ntitle: Trang nháp\nstatus: draft\n---\nChưa xong.\n",
}


def test_what_readers_cannot_see_yet_has_a_page(tmp_path):
    """Drafts, scheduled and embargoed stories and draft pages have pages in the preview, and stand nowhere else."""
    seen, version = versions_of(tmp_path / "a").newest, versions_of(tmp_path / "b", weekly() | UNSEEN).newest
    assert {"Bài nháp", "Bài hẹn", "Bài giữ", "Trang nháp"} == {page.title for page in version.unseen.values()}
    assert all(version.pages[page.output] is page and page.noindex for page in version.unseen.values())
    assert [page.output for page in seen.planned.pages] == [page.output for page in version.planned.pages]
    assert seen.planned.outputs == version.planned.outputs


def test_a_draft_at_a_public_address_leaves_that_page_alone(tmp_path):
    """Where a draft would have the address of a public story, that story's page is shown."""
    draft = weekly()[STORY].replace("---\n", "---\nstatus: draft\n", 1)
    version = versions_of(tmp_path, weekly() | {"content/kinh-te/ban-sao.md": draft}).newest
    assert (STORY, {}) == (version.pages[PAGE].source, dict(version.unseen))


def test_a_drafts_headline_is_brought_forward(tmp_path):
    """A saved headline of a draft is on its page, and its body is what was saved."""
    path = "content/kinh-te/nhap.md"
    versions = versions_of(tmp_path, weekly() | UNSEEN)
    changed(versions, path, UNSEEN[path].replace("Bài nháp", "Bài sửa"))
    assert "Bài sửa" == versions.newest.unseen[path].title
    changed(versions, path, UNSEEN[path].replace("status: draft", "status: published"))
    assert path not in versions.newest.unseen
    assert versions.newest.find_page(path).source == path
