import json
import os
import sys

import pytest

from builders import NOW, article_source, config_source, moment, page_source, png, site_folder
from newsgen.body.body import BodyRenderer
from newsgen.build.page_maker import PageMaker
from newsgen.core.errors import ConfigError, ContentError, MachineError
from newsgen.publish.build_info import BUILD_INFO
from newsgen.workers.limits import TooSlow
from papers import build_site, tree, weekly

STORY = "kinh-te/2022/08/nhan-muon-duoc-mua.html"


def built(folder, files, config=None, **options):
    """The tree that a site of these files builds."""
    site = site_folder(folder, files, config or config_source())
    build_site(site, **options)
    return tree(site / "build")


def faults(folder, files, config=None):
    """The places and rules of what keeps a site from being built."""
    site = site_folder(folder, files, config or config_source())
    with pytest.raises((ContentError, ConfigError)) as caught:
        build_site(site)
    return [(str(problem.location), problem.rule) for problem in caught.value.problems]


def test_the_report_counts_what_was_done(tmp_path):
    """A build tells how many stories, pages and files it published, how many went, and the seconds of each stage."""
    site = site_folder(tmp_path, weekly())
    first = build_site(site)
    outputs = tree(site / "build").keys() - {BUILD_INFO}
    assert (12, len(outputs), 0, []) == (first.stories, first.pages + first.files, first.removed, first.warnings)
    assert (0, len(outputs)) == (first.kept, first.changed)
    assert ["look", "read", "join", "plan", "render", "publish"] == list(first.seconds)
    (site / "content/xa-hoi/tin-11.md").unlink()
    assert len(outputs - tree(site / "build").keys()) == 0
    second = build_site(site)
    assert len(outputs - tree(site / "build").keys()) == second.removed > 0


def test_files_beside_the_content_are_published_where_a_page_shows_them(tmp_path):
    """Of the files in content/ only those that a public page shows or links to are published."""
    files = {
        "content/kinh-te/a.md": article_source("image: a.png", body="![](b.png) và [bảng](c.pdf)\n"),
        "content/kinh-te/d.md": article_source("status: draft", "image: d.png", title="Nháp"),
        **{f"content/kinh-te/{name}.png": png() for name in "abde"},
        "content/kinh-te/c.pdf": b"%PDF",
    }
    found = built(tmp_path, files)
    assert {"a.png", "b.png", "c.pdf"} == {
        name[8:] for name in found if name.startswith("kinh-te/") and not name.endswith((".html", ".xml"))
    }


def test_static_files_are_published_as_they_are(tmp_path):
    """What lies in static/ is at the same place in the output, but for hidden files and editors' backups."""
    files = {
        "content/a.md": article_source(),
        "static/robots.txt": "User-agent: *\n",
        "static/.well-known/security.txt": "x",
        "static/.env": "secret",
        "static/logo.svg~": "",
    }
    found = built(tmp_path, files)
    assert b"User-agent: *\n" == found["robots.txt"]
    assert ".well-known/security.txt" in found
    assert not {".env", "logo.svg~"} & found.keys()


def test_copies_have_the_modes_of_new_files(tmp_path):
    """A copied file can be read and written like one that was made, whatever the modes of its source."""
    site = site_folder(tmp_path, weekly())
    (site / "static" / "logo.svg").chmod(0o500)
    build_site(site)
    modes = {name: (site / "build" / name).stat().st_mode for name in ("index.html", "logo.svg", BUILD_INFO)}
    assert 1 == len(set(modes.values())), modes


def test_a_site_may_bring_its_own_file_of_the_theme(tmp_path):
    """A file in static/theme/ takes the place of the theme's, in the address's fingerprint too."""
    plain = built(tmp_path / "plain", {"content/a.md": article_source()})
    own = built(tmp_path / "own", {"content/a.md": article_source(), "static/theme/newsgen.css": "body {}"})
    assert b"body {}" == own["theme/newsgen.css"]
    assert plain["index.html"] != own["index.html"]


def test_foreign_files_in_the_output_go(tmp_path):
    """What someone put into newsgen's own output is gone after the next build."""
    site = site_folder(tmp_path, weekly())
    build_site(site)
    before = tree(site / "build")
    site_folder(site, {"build/ghi-chu.txt": "x", "build/kinh-te/tam/y.html": "y", "build/404.html": "changed"})
    build_site(site)
    assert before == tree(site / "build")


def test_an_output_may_lie_elsewhere(tmp_path):
    """With another output nothing is written into the site's own build/."""
    site = site_folder(tmp_path / "site", weekly())
    build_site(site, output=tmp_path / "out")
    assert not (site / "build").exists()
    assert {"index.html", BUILD_INFO} <= tree(tmp_path / "out").keys()
    assert "https://baolacgiang.example" == json.loads(tree(tmp_path / "out")[BUILD_INFO])["site"]


def test_a_foreign_output_is_refused(tmp_path):
    """A folder with files that newsgen did not make is refused and stays as it is."""
    site = site_folder(tmp_path, {**weekly(), "build/luan-van.txt": "years of work"})
    with pytest.raises(ConfigError) as caught:
        build_site(site)
    assert "foreign-output" == caught.value.problems[0].rule
    assert {"luan-van.txt": b"years of work"} == tree(site / "build")


def test_a_source_that_changes_while_it_is_built_is_read_again(tmp_path):
    """A story saved between its first and second reading is published as saved last, whole."""
    source = "content/kinh-te/a.md"
    site = site_folder(tmp_path, {source: article_source(title="Bản một", body="Một.\n")})

    def save(stage, _done, _total):
        if stage == "render" and "Bản một" in (site / source).read_text():
            (site / source).write_text(article_source(title="Bản hai", body="Hai.\n"))

    build_site(site, progress=save)
    found = tree(site / "build")
    assert b"Hai." in found["kinh-te/2022/08/ban-hai.html"]
    assert not any(b"Mot" in data or "Bản một".encode() in data for data in found.values())


def test_rendering_is_announced_before_it_begins(tmp_path):
    """The first call tells that nothing is made yet: what a test saves then, no process has read before."""
    calls = []
    build_site(site_folder(tmp_path, weekly()), progress=lambda *call: calls.append(call))
    rendering = [(done, total) for stage, done, total in calls if stage == "render"]
    assert list(range(rendering[0][1] + 1)) == [done for done, _ in rendering]


def test_a_source_that_keeps_changing_ends_the_build(tmp_path):
    """Where a story is saved again at every try, the build says so and leaves the output."""
    source = "content/kinh-te/a.md"
    site = site_folder(tmp_path, {source: article_source()})
    build_site(site)
    before = tree(site / "build")
    site_folder(site, {source: article_source(title="Bản một")})

    def save(stage, _done, _total):
        if stage == "render":
            text = (site / source).read_text()
            (site / source).write_text(text.replace("title: Bản", "title: Bản bản"))

    with pytest.raises(MachineError) as caught:
        build_site(site, progress=save)
    assert ["moving-sources"] == [problem.rule for problem in caught.value.problems]
    assert before == tree(site / "build")


def test_a_source_that_goes_while_it_is_built_is_left_out(tmp_path):
    """A story deleted during the build is not in the paper that comes of it."""
    site = site_folder(tmp_path, weekly())

    def delete(stage, _done, _total):
        if stage == "render":
            (site / "content/xa-hoi/tin-11.md").unlink(missing_ok=True)

    assert 11 == build_site(site, progress=delete).stories
    assert not any("tin-so-11" in name for name in tree(site / "build"))


def test_faults_of_every_room_are_told_together(tmp_path):
    """Faults in a head, a body, data, a template and addresses are all found in one run, in order of place."""
    files = {
        "content/kinh-te/a.md": article_source(title="Trùng"),
        "content/kinh-te/b.md": article_source(title="Trùng"),
        "content/kinh-te/c.md": "không có đầu\n",
        "content/kinh-te/d.md": article_source(title="D", body="[x](khong-co.md)\n"),
        "data/x.json": "{",
        "templates/404.html": "\n{{ nope }}",
    }
    assert [
        ("content/kinh-te/b.md:2:8", "duplicate-address"),
        ("content/kinh-te/c.md:1:1", "no-front-matter"),
        ("content/kinh-te/d.md:5:5", "dead-link"),
        ("data/x.json:1:2", "json-syntax"),
        ("templates/404.html:2:1", "template-error"),
    ] == faults(tmp_path, files)


def test_a_template_that_fails_on_every_page_is_told_once(tmp_path):
    """One fault in the template of all stories is one problem, however many pages it spoils."""
    assert [("templates/article.html:1:1", "template-error")] == faults(
        tmp_path, {**weekly(), "templates/article.html": "{{ nope }}"}
    )


def test_a_text_that_takes_too_long_is_told(tmp_path, monkeypatch):
    """A story whose text is read for too long is ended and named, and the output stays."""

    def endless(*_arguments):
        raise TooSlow

    monkeypatch.setattr(BodyRenderer, "render", endless)
    site = site_folder(tmp_path, {"content/a.md": article_source()})
    with pytest.raises(ContentError) as caught:
        build_site(site)
    assert [("content/a.md:1:1", "render-slow")] == [(str(p.location), p.rule) for p in caught.value.problems]
    assert not (site / "build").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere all work is done in one process")
def test_a_page_that_kills_its_process_is_told(tmp_path, monkeypatch):
    """A story whose rendering ends a worker is named, and the output stays."""
    here, begin = os.getpid(), PageMaker.begin

    def deadly(maker, page):
        if getattr(page, "source", "") == "content/kinh-te/tin-50.md" and os.getpid() != here:
            os._exit(9)
        return begin(maker, page)

    files = {f"content/kinh-te/tin-{n}.md": article_source(title=f"Tin {n}") for n in range(90)}
    site = site_folder(tmp_path, files)
    monkeypatch.setattr(PageMaker, "begin", deadly)
    with pytest.raises(ContentError) as caught:
        build_site(site, jobs=2)
    assert [("content/kinh-te/tin-50.md:1:1", "render-crashed")] == [
        (str(problem.location), problem.rule) for problem in caught.value.problems
    ]
    assert not (site / "build").exists()


def test_a_link_to_an_unpublished_story_is_a_warning(tmp_path):
    """A link to a draft does not stop a build: it is told, and shown as plain text."""
    files = {
        "content/kinh-te/a.md": article_source(body="Xem [tin sau](b.md).\n"),
        "content/kinh-te/b.md": article_source("status: draft", title="Nháp"),
    }
    site = site_folder(tmp_path, files)
    assert [("content/kinh-te/a.md:5:15", "unpublished-link")] == [
        (str(problem.location), problem.rule) for problem in build_site(site).warnings
    ]
    assert b"<p>Xem <a>tin sau</a>.</p>" in (site / "build" / STORY).read_bytes()


def test_a_scheduled_story_appears_at_its_moment(tmp_path):
    """A story of 07:51 is in the paper of 07:51 and not in the one of a minute before."""
    site = site_folder(tmp_path, {**weekly(), "content/kinh-te/a.md": article_source(date="2022-08-07 07:51")})
    assert 12 == build_site(site, at=moment("2022-08-07 07:50")).stories
    assert 13 == build_site(site, at=NOW).stories


def test_a_page_links_to_stories_by_their_files(tmp_path):
    """Links in bodies that name source files lead to the addresses of their stories."""
    files = {
        "content/kinh-te/a.md": article_source(),
        "content/pages/gioi-thieu.md": page_source(body="[Nhãn](../kinh-te/a.md#muc) và [liên hệ](/lien-he.html).\n"),
        "content/pages/lien-he.md": page_source(title="Liên hệ"),
    }
    html = built(tmp_path, files, config_source(url="https://x.example/bao"))["gioi-thieu.html"].decode()
    assert f'<a href="/bao/{STORY}#muc">Nhãn</a> và <a href="/bao/lien-he.html">liên hệ</a>' in html


@pytest.mark.parametrize(
    ("step", "place"),
    [
        ("newsgen.render.filters.format_moment", "templates/404.html"),
        ("newsgen.body.engine.PythonMarkdown.convert", "content/a.md"),
    ],
)
def test_a_page_that_takes_too_long_is_told(tmp_path, monkeypatch, step, place):
    """A template or text whose time is over, wherever in it that is, is told as too slow, at the file of the editor."""

    def endless(*_arguments):
        raise TooSlow

    monkeypatch.setattr(step, endless)
    templates = {f"templates/{name}.html": "x" for name in ("home", "listing", "archive", "404", "article")}
    if place in templates:
        templates[place] = '{{ news.latest(1)[0].date|date("stamp") }}'
    site = site_folder(tmp_path, {"content/a.md": article_source("summary: x"), **templates})
    with pytest.raises(ContentError) as caught:
        build_site(site)
    assert [(f"{place}:1:1", "render-slow")] == [(str(p.location), p.rule) for p in caught.value.problems]
    assert not (site / "build").exists()


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("Đoạn.", 1),
        ("Đoạn. [Xem ảnh](cau.png)", 1),
        ("Đoạn về tệp `/kinh-te/cau.png`.", 1),
        ('Đoạn.\n\n![Cầu](cau.png "Chú thích")', 1),
        ("Đoạn.\n\n![Cầu](cau-2.png)", 2),
    ],
)
def test_the_lead_picture_stands_once_in_a_story(tmp_path, body, shown):
    """It gives way to the same picture in the text, and to nothing else: not to a link to it, nor its name."""
    lines = ("slug: a", "image: {src: cau.png, alt: Cầu, caption: Chú thích}")
    files = {
        "content/kinh-te/a.md": article_source(*lines, body=f"{body}\n"),
        "content/kinh-te/cau.png": png(),
        "content/kinh-te/cau-2.png": png(),
    }
    page = built(tmp_path, files)["kinh-te/2022/08/a.html"].decode()
    assert (shown, 1) == (page.count('<figure class="picture'), page.count("<figcaption>Chú thích"))
