"""What an incremental build keeps, remembers and tells. Each build of `built_again` is compared with a clean one."""

import json
import re
import shutil
from unittest.mock import patch

import pytest

from builders import NOW, article_source, config_source, moment, page_source, png, site_folder
from newsgen.body.body import BodyRenderer
from newsgen.build.options import BuildOptions
from newsgen.build.pipeline import build
from newsgen.publish import publication
from newsgen.publish.build_info import BUILD_INFO
from papers import build_site, tree
from six_stories import CONFIG, PAGES, SETTINGS, STORIES, STORY, built_again, numbered, paper, story

pytestmark = pytest.mark.usefixtures("one_process")


def test_when_nothing_changed_the_files_are_only_looked_at(tmp_path, monkeypatch):
    """Once files are known by their stamps, a build ends after the first stage, its counts the same."""
    site = paper(tmp_path)
    monkeypatch.setattr("newsgen.core.stamps.RACY_NS", -3_600_000_000_000)
    first = build_site(site)
    made, report = built_again(site)
    assert (set(), ["look"]) == (made, list(report.seconds))
    assert (first.pages, first.files, first.stories) == (report.kept, report.files, report.stories)


def test_a_page_that_comes_out_the_same_keeps_its_file(tmp_path):
    """What is made again and is no other is not written again: programs that copy a site by its files' times see it."""
    site = paper(tmp_path)
    template = (site / "templates/page.html").read_text()

    def file():
        status = (site / "build/lien-he.html").stat()
        return status.st_ino, status.st_mtime_ns

    before = file()
    for word in ("một", "hai"):
        shown = f"{{{{ '{word}' if page.url == '/gioi-thieu.html' }}}}"
        report = build_site(
            site_folder(
                site, {"templates/page.html": template.replace("{% endblock %}", shown + "{% endblock %}")}, CONFIG
            )
        )
        assert (len(PAGES), 1, before) == (report.pages - report.kept, report.changed, file())


def test_a_template_that_was_missing_is_noticed(tmp_path):
    """A part that was looked for in vain, and ignored, makes the pages that looked for it once it is there, and again
    when it goes.
    """
    site = paper(tmp_path)
    assert PAGES == built_again(site, {"templates/partials/them.html": "thêm"})[0]
    assert PAGES == built_again(site, {"templates/partials/them.html": None})[0]


def test_a_style_makes_every_page_that_names_it(tmp_path):
    """The theme's style replaced by the site's own has another fingerprint, which every whole page carries."""
    made, report = built_again(paper(tmp_path), {"static/theme/newsgen.css": "body {}"})
    assert report.pages - 3 == len(made)
    assert not made & {"tin-moi-nhat.fragment.html", "robots.txt", "_headers"}


def test_a_setting_makes_every_page(tmp_path):
    """Another setting makes all pages, of which only those that show it come out different."""
    made, report = built_again(paper(tmp_path), config=config_source(*SETTINGS, "summary_length: 300"))
    assert (report.pages, 0, 0) == (len(made), report.kept, report.changed)


def test_a_scheduled_story_appears_when_its_time_comes(tmp_path):
    """When the clock passes a story's moment, the build makes what a newly written one would."""
    site = paper(tmp_path)
    made, _ = built_again(site, {"content/xa-hoi/mai.md": article_source("slug: mai", title="Mai", date="2022-08-08")})
    assert set() == made
    made, report = built_again(site, at=moment("2022-08-08"))
    assert {"xa-hoi/2022/08/mai.html", "index.html", STORIES["tin-6"]} <= made
    assert {STORIES[f"tin-{n}"] for n in range(1, 6)} & made == set()
    assert 7 == report.stories


@pytest.mark.parametrize("change", ["!", None])
def test_a_page_changed_in_the_output_is_made_whole(tmp_path, change):
    """A page that somebody changed or removed in the output is whole after the next build, and no other is made."""
    site = paper(tmp_path)
    before = tree(site / "build")
    path = site / "build" / "gioi-thieu.html"
    path.unlink()
    if change:
        path.write_text(change)
    build_site(site)
    assert before == tree(site / "build")


def test_warnings_are_told_again(tmp_path):
    """What was warned of is told by every build, whether the page is made or kept, until it is mended."""
    site = site_folder(
        tmp_path / "site",
        {
            "content/kinh-te/a.md": article_source(body="[x](b.md)\n"),
            "content/kinh-te/b.md": article_source("status: draft", title="Nháp"),
            "content/pages/c.md": page_source(),
        },
    )
    first = build_site(site).warnings
    assert [("content/kinh-te/a.md:5:5", "unpublished-link")] == [(str(one.location), one.rule) for one in first]
    second = build_site(site)
    assert (second.pages, first) == (second.kept, second.warnings)
    site_folder(site, {"content/pages/c.md": page_source(body="Khác.\n")})
    assert first == build_site(site).warnings
    site_folder(site, {"content/kinh-te/b.md": article_source(title="Nháp")})
    assert [] == build_site(site).warnings


def test_warnings_are_told_when_only_the_files_were_looked_at(tmp_path, monkeypatch):
    """Even a build that ends after the first stage tells the warnings of the last one."""
    monkeypatch.setattr("newsgen.core.stamps.RACY_NS", -3_600_000_000_000)
    files = {
        "content/a.md": article_source(body="[x](b.md)\n"),
        "content/b.md": article_source("status: draft", title="B"),
    }
    site = site_folder(tmp_path, files)
    first, second = build_site(site), build_site(site)
    assert ["look"] == list(second.seconds)
    assert 1 == len(first.warnings)
    assert first.warnings == second.warnings


@pytest.mark.parametrize("lost", ["reading.sqlite", "traces", "last", "trees.sqlite", "tree", ""])
def test_what_is_remembered_may_be_lost(tmp_path, lost):
    """Without any part of .newsgen/, or all of it, a build leaves the same as with it."""
    site = paper(tmp_path)
    before = tree(site / "build")
    path = site / ".newsgen" / "build" / lost
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    build_site(site)
    assert before == tree(site / "build")
    _, report = built_again(site)
    assert report.pages == report.kept


@pytest.mark.parametrize("name", ["tree", "trees.sqlite"])
@pytest.mark.parametrize("kind", ["link", "file"])
def test_a_link_among_what_is_remembered_is_not_followed(tmp_path, name, kind):
    """What somebody put in the place of a folder of the state goes; where a link leads, everything stays."""
    site = paper(tmp_path)
    site_folder(site, {"elsewhere/giu.txt": "giữ"}, CONFIG)
    shutil.rmtree(site / ".newsgen/build/tree")
    (site / ".newsgen/build/trees.sqlite").unlink()
    if kind == "link":
        (site / ".newsgen/build" / name).symlink_to(site / "elsewhere")
    else:
        (site / ".newsgen/build" / name).write_text("x")
    for body in ("một", "hai", "ba"):
        build_site(site_folder(site, {STORY["tin-5"]: story(5, body=body)}, CONFIG))
    built_again(site)
    assert {"giu.txt": "giữ".encode()} == tree(site / "elsewhere")
    assert not (site / "build").is_symlink()


def test_a_large_output_is_mended_where_it_is_looked_at(tmp_path, monkeypatch):
    """Above the number of files at which every build looks, a build that is told to look finds what was changed."""
    site = paper(tmp_path)
    monkeypatch.setattr(publication, "LOOKED_AT", 3)
    built_again(site)
    before = tree(site / "build")
    (site / "build/index.html").write_text("hỏng")
    build_site(site)
    assert b"h\xe1\xbb\x8fng" == (site / "build/index.html").read_bytes()
    build(BuildOptions(site, site / "build", NOW, looks=True))
    assert before == tree(site / "build")


def test_a_clean_build_makes_every_page(tmp_path):
    """With `clean` nothing of before is used, neither pages nor texts, and what comes of it is the same."""
    site = paper(tmp_path)
    before, rendered, render = tree(site / "build"), [], BodyRenderer.render
    noted = lambda *given: rendered.append(given[2]) or render(*given)  # noqa: E731
    with patch.object(BodyRenderer, "render", noted):
        report = build_site(site, clean=True)
    assert {*STORY.values(), "content/pages/gioi-thieu.md", "content/pages/lien-he.md"} == {
        f"content/{path}" for path in rendered
    }
    assert (0, 0, 0) == (report.kept, report.changed, report.removed)
    assert before == tree(site / "build")


def test_what_is_remembered_can_be_carried_elsewhere(tmp_path):
    """In a copy of the folder, with its .newsgen/ and output, every page is kept, though all files are new there."""
    site = shutil.copytree(paper(tmp_path), tmp_path / "elsewhere" / "site")
    made, report = built_again(site)
    assert (set(), 0) == (made, report.changed)


def test_any_number_of_processes_keeps_the_same(tmp_path):
    """A site large enough for several processes has the same pages kept and the same bytes, by one or by many."""
    files = {f"content/kinh-te/t-{n}.md": article_source("tags: [a]", title=f"Tin {n}") for n in range(100)}
    sites = [site_folder(tmp_path / str(jobs), files, CONFIG) for jobs in (1, 2, 5)]
    found = []
    for site, jobs in zip(sites, (1, 2, 5), strict=True):
        build_site(site, jobs=jobs)
        site_folder(site, {"content/kinh-te/t-50.md": article_source("tags: [b]", title="Tin khác")}, CONFIG)
        report = build_site(site, jobs=jobs)
        found.append((report.pages, report.kept, report.changed, tree(site / "build")))
    assert found[0] == found[1] == found[2]
    assert 0 < found[0][1] < found[0][0]


def test_the_mark_of_an_incremental_build_is_that_of_a_clean_one(tmp_path):
    """The mark tells the same of the tree, whether its pages were made or kept."""
    site = paper(tmp_path)
    built_again(site, {STORY["tin-2"]: story(2, body="Khác.")})
    one, other = (json.loads((tmp_path / name / "build" / BUILD_INFO).read_text()) for name in ("site", "twin"))
    assert one == other


@pytest.mark.parametrize("lost", ["build", "build/trees.sqlite"])
def test_the_counts_are_right_though_the_memory_is_lost(tmp_path, lost):
    """`changed` and `removed` tell of files that are other than before, also when .newsgen/ is lost: none here."""
    site = paper(tmp_path)
    path = site / ".newsgen" / lost
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
    report = build_site(site)
    assert (0, 0) == (report.changed, report.removed)


def intro(summary, title="Xã hội", image="anh.png"):
    """An `_index.md` with this summary and picture."""
    return f"---\ntitle: {title}\nsummary: {summary}\nimage: {{src: {image}, alt: Ảnh}}\n---\n\nChữ.\n"


def test_a_summary_or_a_picture_of_a_section_makes_its_own_pages(tmp_path):
    """Menus hold names and addresses: what else an `_index.md` says is for the section's lists and who asks for it."""
    site, index = paper(tmp_path), "content/xa-hoi/_index.md"

    def again(files):
        return built_again(site, files, config=CONFIG.replace("page: 2", "page: 1"))[0]

    again({index: intro("Một."), "content/xa-hoi/hai.png": png(30, 20)})
    own = numbered("xa-hoi", "xa-hoi/trang/1", "xa-hoi/trang/2")
    assert own == again({index: intro("Hai.")})
    assert own == again({index: intro("Hai.", image="hai.png")})
    assert {"xa-hoi/index.html"} == again({index: intro("Hai.", image="hai.png") + "\nThêm.\n"})
    again({"templates/partials/them.html": '{{ news.section("xa-hoi").description }}'})
    assert own | PAGES == again({index: intro("Ba.", image="hai.png")})
    made = again({index: intro("Ba.", "Đời sống", "hai.png")})
    assert {"index.html", "kinh-te/index.html", *STORIES.values(), *PAGES} <= made


@pytest.mark.parametrize(
    ("folder", "link"), [("", ""), ("/tin", '<link rel="icon" href="/tin/favicon.ico" sizes="32x32">')]
)
def test_the_favicon_of_a_paper_below_a_path_is_named(tmp_path, folder, link):
    """Browsers look for it at the root of the host alone: below a path each page names it once it is there."""
    config = config_source(*SETTINGS, url=f"https://baolacgiang.example{folder}")
    site = site_folder(paper(tmp_path), {}, config)
    build_site(site)
    built_again(site, {"static/favicon.ico": png()}, config=config)
    for name in ("index.html", "gioi-thieu.html", STORIES["tin-1"]):
        assert link == "".join(re.findall('<link rel="icon".*?>', (site / "build" / name).read_text("utf-8")))
