"""What an incremental build makes again, page by page. Each build here is also compared with a clean one."""

import json
import re
import shutil
from unittest.mock import patch

import pytest

from builders import NOW, article_source, config_source, moment, page_source, png, site_folder
from newsgen.body.body import BodyRenderer
from newsgen.build.page_maker import PageMaker
from newsgen.publish.build_info import BUILD_INFO
from papers import build_site, tree

pytestmark = pytest.mark.usefixtures("one_process")
SETTINGS = (
    "lists: {page: 2, related: 2, home_latest: 3, home_seconds: 1, home_section: 1}",
    "latest: {mode: fragment}",
    "feeds: {site: [], sections: [], tags: [], authors: [], corrections: []}",
    "machines: {sitemap: false, latest_json: false}",
)
CONFIG = config_source(*SETTINGS)
STORIES = {f"tin-{n}": f"{('kinh-te', 'xa-hoi')[n % 2]}/2022/0{n}/tin-{n}.html" for n in range(1, 7)}
"""Story → output; they stand in two sections by turns, a month apart, so that lists of theirs are easy to foretell."""

STORY = {name: f"content/{output.partition('/')[0]}/{name}.md" for name, output in STORIES.items()}
PAGES = {"gioi-thieu.html", "lien-he.html"}
TEMPLATE = '{% extends "base.html" %}{% block main %}{{ body.html }}{% include "partials/them.html" ignore missing %}'


def story(number, *lines, title="", body="", date=""):
    """The source of one of the six stories."""
    return article_source(
        f"slug: tin-{number}",
        *lines,
        title=title or f"Tin số {number}",
        date=date or f"2022-0{number}-01",
        body=f"Đoạn một của tin {number}.\n\n{body or 'Đoạn hai.'}\n",
    )


def paper(folder):
    """A small paper, built once: six stories, two pages, of which one shows data and one a part that may be missing."""
    files = {STORY[f"tin-{n}"]: story(n) for n in range(1, 7)}
    files[STORY["tin-3"]] = story(3, "image: anh.png", "tags: [Nhãn]")
    site = site_folder(
        folder / "site",
        {
            **files,
            "content/xa-hoi/anh.png": png(40, 30),
            "content/pages/gioi-thieu.md": page_source(),
            "content/pages/lien-he.md": page_source(
                "slug: lien-he", title="Liên hệ", body="[Tin 1](../xa-hoi/tin-1.md)\n"
            ),
            "data/gia.yaml": "nhan: 35000\n",
            "data/thua.yaml": "khong: ai đọc\n",
            "templates/page.html": TEMPLATE + "{{ data.gia.nhan if page.url == '/gioi-thieu.html' }}{% endblock %}",
            "templates/partials/neighbours.html": '{% include "theme/partials/neighbours.html" %}',
        },
        CONFIG,
    )
    build_site(site)
    return site


def built_again(site, files=None, *, config=CONFIG, at=NOW):
    """The outputs that are made again after files were written, None for one that goes; and the report.

    The tree is the one that a clean build leaves.
    """
    for name, data in (files or {}).items():
        if data is None:
            (site / name).unlink()
    site_folder(site, {name: data for name, data in (files or {}).items() if data is not None}, config)
    before, rendered, make = tree(site / "build"), set(), PageMaker.make

    def noted(maker, page):
        rendered.add(page.output)
        return make(maker, page)

    with patch.object(PageMaker, "make", noted):
        report = build_site(site, at=at)
    after = tree(site / "build")
    assert report.pages - len(rendered) == report.kept
    assert sum(before.get(name) != data for name, data in after.items() if name != BUILD_INFO) == report.changed
    assert len(before.keys() - after.keys()) == report.removed
    twin = shutil.copytree(site, site.with_name("twin"), ignore=shutil.ignore_patterns("build", ".newsgen"))
    build_site(twin, at=at)
    assert tree(twin / "build") == after
    return rendered, report


def numbered(*folders):
    """The fronts of lists."""
    return {f"{folder}/index.html" for folder in folders}


def test_when_nothing_changed_nothing_is_made(tmp_path):
    """A second build of the same keeps every page and changes no file."""
    site = paper(tmp_path)
    before = (site / "build").stat().st_ino
    made, report = built_again(site)
    assert (set(), 0, 0) == (made, report.changed, report.removed)
    assert before == (site / "build").stat().st_ino


def test_when_nothing_changed_the_files_are_only_looked_at(tmp_path, monkeypatch):
    """Once files are known by their stamps, a build ends after the first stage, its counts the same."""
    site = paper(tmp_path)
    monkeypatch.setattr("newsgen.core.stamps.RACY_NS", -3_600_000_000_000)
    first = build_site(site)
    made, report = built_again(site)
    assert (set(), ["look"]) == (made, list(report.seconds))
    assert (first.pages, first.files, first.stories) == (report.kept, report.files, report.stories)


@pytest.mark.parametrize("at", [NOW, moment("2022-12-31"), moment("2022-06-01")])
def test_the_clock_alone_makes_no_page(tmp_path, at):
    """At another moment between the same two instants every page is kept."""
    made, report = built_again(paper(tmp_path), at=at)
    assert (set(), 0) == (made, report.changed)


def test_a_body_makes_its_own_page(tmp_path):
    """Another body, with the same first paragraph, is the business of its own page only."""
    made, report = built_again(paper(tmp_path), {STORY["tin-2"]: story(2, body="Khác.")})
    assert ({STORIES["tin-2"]}, 1) == (made, report.changed)


def test_a_comment_in_the_head_changes_nothing(tmp_path):
    """A source with other bytes and the same meaning makes its page again, which comes out the same."""
    made, report = built_again(paper(tmp_path), {STORY["tin-2"]: story(2, "# ghi chú")})
    assert ({STORIES["tin-2"]}, 0) == (made, report.changed)


def test_the_title_of_the_newest_makes_what_shows_it(tmp_path):
    """Another title is shown on the home page, the fronts of the lists, the month, the box, and the older neighbour."""
    made, report = built_again(paper(tmp_path), {STORY["tin-6"]: story(6, title="Tít mới")})
    expected = {
        "index.html",
        "tin-moi-nhat.fragment.html",
        *numbered("tin-moi-nhat", "kinh-te", "luu-tru/2022/06"),
        STORIES["tin-6"],
        STORIES["tin-5"],
    }
    assert expected == made
    assert len(expected) == report.changed


def test_a_tag_makes_the_story_and_the_list_of_the_tag(tmp_path):
    """A tag that is new to the newest story makes that story and the tag's list, and no other story of the tag."""
    made, _ = built_again(paper(tmp_path), {STORY["tin-6"]: story(6, "tags: [Nhãn]")})
    assert {STORIES["tin-6"], "chu-de/nhan/index.html"} <= made
    assert set() == made & {STORIES[f"tin-{n}"] for n in (1, 2, 3, 4, 5)}
    assert set() == made & PAGES


def test_a_new_story_keeps_the_pages_of_older_ones(tmp_path):
    """With the shared box of the latest, a newer story makes its own page, its neighbour's, and lists that it is on."""
    new = article_source("slug: tin-7", title="Tin số 7", date="2022-07-01")
    made, report = built_again(paper(tmp_path), {"content/xa-hoi/tin-7.md": new})
    expected = {
        "index.html",
        "tin-moi-nhat.fragment.html",
        *numbered("tin-moi-nhat", "xa-hoi", "xa-hoi/trang/1", "luu-tru", "luu-tru/2022", "luu-tru/2022/07"),
        "xa-hoi/2022/07/tin-7.html",
        STORIES["tin-6"],
    }
    assert expected - {"xa-hoi/trang/1/index.html"} == made - {"xa-hoi/trang/1/index.html"}
    assert {STORIES[f"tin-{n}"] for n in range(1, 6)} & made == set()
    assert report.pages - len(made) == report.kept


def test_a_story_that_goes_takes_its_page_along(tmp_path):
    """Without the newest story its page and its month are gone, and older stories but its neighbour are kept."""
    made, report = built_again(paper(tmp_path), {STORY["tin-6"]: None})
    assert {STORIES["tin-5"]} == made & set(STORIES.values())
    assert report.removed >= 2


def test_data_makes_the_pages_that_read_it(tmp_path):
    """A value of data/ makes the one page whose template reads it."""
    made, report = built_again(paper(tmp_path), {"data/gia.yaml": "nhan: 40000\n"})
    assert ({"gioi-thieu.html"}, 1) == (made, report.changed)


@pytest.mark.parametrize(
    "files", [{"data/thua.yaml": "khong: vẫn không\n"}, {"data/moi.yaml": "a: 1\n"}, {"data/thua.yaml": None}]
)
def test_data_that_nobody_reads_makes_nothing(tmp_path, files):
    """Data that no template reads may change, come and go."""
    made, report = built_again(paper(tmp_path), files)
    assert (set(), 0) == (made, report.changed)


def test_data_that_means_the_same_makes_nothing(tmp_path):
    """Another way to write the same value keeps every page."""
    assert set() == built_again(paper(tmp_path), {"data/gia.yaml": "# giá\nnhan:   35_000\n".replace("_", "")})[0]


def test_a_partial_makes_the_pages_that_include_it(tmp_path):
    """A part of the site's own that only stories include makes all of these and nothing else."""
    made, _ = built_again(paper(tmp_path), {"templates/partials/neighbours.html": "riêng"})
    assert set(STORIES.values()) == made


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


def test_a_template_that_shadows_the_themes_is_noticed(tmp_path):
    """A part that the site did not have takes the place of the theme's on all pages that include it."""
    made, _ = built_again(paper(tmp_path), {"templates/partials/related.html": "riêng"})
    assert set(STORIES.values()) == made


def test_a_template_that_was_missing_is_noticed(tmp_path):
    """A part that was looked for in vain, and ignored, makes the pages that looked for it once it is there, and again
    when it goes.
    """
    site = paper(tmp_path)
    assert PAGES == built_again(site, {"templates/partials/them.html": "thêm"})[0]
    shutil.rmtree(tmp_path / "twin")
    assert PAGES == built_again(site, {"templates/partials/them.html": None})[0]


def test_a_template_that_nobody_asks_for_makes_nothing(tmp_path):
    """A file in templates/ that no page uses keeps every page."""
    assert set() == built_again(paper(tmp_path), {"templates/partials/rieng.html": "x"})[0]


def test_a_picture_of_another_size_makes_what_shows_it(tmp_path):
    """A lead picture's new size makes what shows it, its story and lists; older stories but the neighbour are kept."""
    made, report = built_again(paper(tmp_path), {"content/xa-hoi/anh.png": png(80, 60)})
    assert {STORIES["tin-3"], "chu-de/nhan/index.html", *numbered("luu-tru/2022/03")} <= made
    assert STORIES["tin-1"] not in made
    assert PAGES & made == set()
    assert b'width="80" height="60"' in tree(tmp_path / "site" / "build")[STORIES["tin-3"]]
    assert report.changed > 2


def test_a_picture_of_the_same_size_makes_no_page(tmp_path):
    """Other pixels under the same name and size replace the file and keep every page."""
    black = png(40, 30)
    made, report = built_again(paper(tmp_path), {"content/xa-hoi/anh.png": black + b"\0"})
    assert (set(), 1) == (made, report.changed)


def test_a_style_makes_every_page_that_names_it(tmp_path):
    """The theme's style replaced by the site's own has another fingerprint, which every whole page carries."""
    made, report = built_again(paper(tmp_path), {"static/theme/newsgen.css": "body {}"})
    assert report.pages - 3 == len(made)
    assert not made & {"tin-moi-nhat.fragment.html", "robots.txt", "_headers"}


def test_a_static_file_that_no_page_names_makes_nothing(tmp_path):
    """A file of static/ is copied, and no page is made."""
    made, report = built_again(paper(tmp_path), {"static/humans.txt": "Tòa soạn ở Vân Hải.\n"})
    assert (set(), 1) == (made, report.changed)


def test_a_setting_makes_every_page(tmp_path):
    """Another setting makes all pages, of which only those that show it come out different."""
    made, report = built_again(paper(tmp_path), config=config_source(*SETTINGS, "summary_length: 300"))
    assert (report.pages, 0, 0) == (len(made), report.kept, report.changed)


def test_a_scheduled_story_appears_when_its_time_comes(tmp_path):
    """When the clock passes a story's moment, the build makes what a newly written one would."""
    site = paper(tmp_path)
    made, _ = built_again(site, {"content/xa-hoi/mai.md": article_source("slug: mai", title="Mai", date="2022-08-08")})
    assert set() == made
    shutil.rmtree(tmp_path / "twin")
    made, report = built_again(site, at=moment("2022-08-08"))
    assert {"xa-hoi/2022/08/mai.html", "index.html", STORIES["tin-6"]} <= made
    assert {STORIES[f"tin-{n}"] for n in range(1, 6)} & made == set()
    assert 7 == report.stories


def test_a_link_follows_the_story(tmp_path):
    """A page that links to a story by its file is made again when that story's address is another."""
    made, _ = built_again(paper(tmp_path), {STORY["tin-1"]: story(1).replace("slug: tin-1", "slug: tin-mot")})
    assert "lien-he.html" in made
    assert "gioi-thieu.html" not in made
    assert b'href="/xa-hoi/2022/01/tin-mot.html"' in tree(tmp_path / "site" / "build")["lien-he.html"]


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


@pytest.mark.parametrize("lost", ["reading.sqlite", "ledger", "last", "manifests", "tree", ""])
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


@pytest.mark.parametrize("name", ["tree", "manifests"])
@pytest.mark.parametrize("kind", ["link", "file"])
def test_a_link_among_what_is_remembered_is_not_followed(tmp_path, name, kind):
    """What somebody put in the place of a folder of the state goes; where a link leads, everything stays."""
    site = paper(tmp_path)
    site_folder(site, {"elsewhere/giu.txt": "giữ"}, CONFIG)
    shutil.rmtree(site / ".newsgen/build" / name, ignore_errors=True)
    if kind == "link":
        (site / ".newsgen/build" / name).symlink_to(site / "elsewhere")
    else:
        (site / ".newsgen/build" / name).write_text("x")
    for body in ("một", "hai", "ba"):
        build_site(site_folder(site, {STORY["tin-5"]: story(5, body=body)}, CONFIG))
    built_again(site)
    assert {"giu.txt": "giữ".encode()} == tree(site / "elsewhere")
    assert not (site / "build").is_symlink()


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


def test_a_card_of_an_old_story_makes_what_shows_it(tmp_path):
    """Another title is shown by the neighbours and by stories that list it as related; the story of another section
    that does neither, though newer, is kept.
    """
    made, _ = built_again(paper(tmp_path), {STORY["tin-2"]: story(2, title="Tít mới")})
    assert {STORIES[f"tin-{n}"] for n in (1, 2, 3, 4, 6)} <= made
    assert STORIES["tin-5"] not in made


@pytest.mark.parametrize("lost", ["build", "build/manifests"])
def test_the_counts_are_right_though_the_memory_is_lost(tmp_path, lost):
    """`changed` and `removed` tell of files that are other than before, also when .newsgen/ is lost: none here."""
    site = paper(tmp_path)
    shutil.rmtree(site / ".newsgen" / lost)
    report = build_site(site)
    assert (0, 0) == (report.changed, report.removed)


def intro(summary, title="Xã hội", image="anh.png"):
    """An `_index.md` with this summary and picture."""
    return f"---\ntitle: {title}\nsummary: {summary}\nimage: {{src: {image}, alt: Ảnh}}\n---\n\nChữ.\n"


def test_a_summary_or_a_picture_of_a_section_makes_its_own_pages(tmp_path):
    """Menus hold names and addresses: what else an `_index.md` says is for the section's lists and who asks for it."""
    site, index = paper(tmp_path), "content/xa-hoi/_index.md"

    def again(files):
        shutil.rmtree(site.with_name("twin"), ignore_errors=True)
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
