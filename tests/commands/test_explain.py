import json
import shutil

import pytest

from builders import NOW, article_source, config_source, moment, png, site_folder
from newsgen.commands.explain import explain
from newsgen.core.errors import ConfigError
from newsgen.core.questions import split_edition
from newsgen.documents.queries import DocumentQueries
from newsgen.publish.build_info import BUILD_INFO
from papers import build_site, run_newsgen, tree
from recordings import silence

AT = ("--at", "2022-08-07 07:51")
LEAD = "content/kinh-te/tin-1.md"
URL = "/kinh-te/2022/01/tin-1.html"
ARTICLE = """{% extends "base.html" %}{% block main %}
{{ article.title }} {{ body.html }} {{ data.gia.nhan }}
{% for card in news.latest(2) %}{{ card.title }}{% endfor %}
{% for card in news.related(article, 3) %}{{ card.title }}{% endfor %}{% endblock %}
"""


def story(number, *lines, body="Một đoạn."):
    return article_source(f"slug: tin-{number}", *lines, title=f"Tin số {number}", date=f"2022-0{number}-01", body=body)


def paper(folder):
    """Three stories with a plain template, built once."""
    files = {f"content/kinh-te/tin-{n}.md": story(n) for n in (2, 3)}
    files[LEAD] = story(1, "image: anh.png", body="[Tin 2](tin-2.md)")
    more = {
        "content/kinh-te/anh.png": png(),
        "templates/article.html": ARTICLE,
        "templates/base.html": "<title>{{ page.title }}</title>{% block main %}{% endblock %}",
        "data/gia.yaml": "nhan: 35000\n",
    }
    site = site_folder(folder / "site", {**files, **more})
    build_site(site)
    return site


def explained(site, wanted=LEAD, now=NOW):
    return explain(site, site / "build", wanted, now)


def test_what_a_page_was_made_from(tmp_path):
    """The source, the templates with where each lies, the pictures and the data."""
    found = explained(paper(tmp_path))
    assert (URL, URL[1:], LEAD) == (found.url, found.output, found.source)
    assert {"templates/article.html", "templates/base.html"} == set(found.templates)
    assert (("content/kinh-te/anh.png",), ("data/gia",)) == (found.files, found.data)


def test_what_a_page_asked(tmp_path):
    """Each question is told with its answer of today."""
    found = explained(paper(tmp_path))
    expected = {
        "the story content/kinh-te/tin-2.md": "/kinh-te/2022/02/tin-2.html",
        "the 2 latest stories": "“Tin số 3”, “Tin số 2”",
        "the 3 stories related to it": "none",
    }
    assert expected == {each.asked: each.answer for each in found.questions}
    assert {False} == {each.changed for each in found.questions}


@pytest.mark.parametrize(
    ("change", "made", "why", "because"),
    [
        (
            {"content/kinh-te/tin-2.md": story(2, body="Một đoạn.\n\nKhác.")},
            False,
            "nothing that it reads had changed",
            (),
        ),
        ({LEAD: story(1, body="Khác.")}, True, f"{LEAD}, its address or its lead picture had changed", ()),
        (
            {"content/kinh-te/tin-4.md": story(4)},
            True,
            "what it had asked had another answer",
            ("the 2 latest stories",),
        ),
        ({"data/gia.yaml": "nhan: 40000\n"}, True, "what it had asked had another answer", ("data/gia",)),
        ({f"build{URL}": "sửa tay"}, True, "its file in the output was missing or had been changed by hand", ()),
    ],
    ids=["another story", "its text", "a new story", "data", "its file"],
)
def test_why_the_last_build_made_or_kept_it(tmp_path, change, made, why, because):
    """After a change the reason is the one that held: nothing else is blamed. Then nothing more is to come."""
    site = paper(tmp_path)
    site_folder(site, change)
    build_site(site)
    found = explained(site)
    assert (made, why, because, ()) == (found.made, found.why, found.because, found.coming)


def test_why_everything_was_made(tmp_path):
    """A first build, one told to forget and one after a change of newsgen.yaml each have their own reason."""
    site = paper(tmp_path)
    assert "nothing was remembered of an earlier build" == explained(site).why
    build_site(site, clean=True)
    assert "the build was told to forget earlier ones (--clean)" == explained(site).why
    site_folder(site, {}, config_source("lists: {page: 5}"))
    assert ("newsgen.yaml, newsgen itself or one of its libraries has changed since",) == explained(site).coming
    build_site(site)
    assert "newsgen.yaml, newsgen itself or one of its libraries had changed" == explained(site).why
    site_folder(site, {"content/kinh-te/tin-4.md": story(4)}, config_source("lists: {page: 5}"))
    build_site(site)
    assert "it was a new page" == explained(site, "content/kinh-te/tin-4.md").why


@pytest.mark.parametrize(
    ("change", "coming"),
    [
        ({LEAD: story(1, body="Khác.")}, (f"{LEAD} has changed since",)),
        ({"content/kinh-te/tin-4.md": story(4)}, ("the 2 latest stories: the answer has changed since",)),
        ({f"build{URL}": "sửa tay"}, ("its file in the output is missing or was changed by hand",)),
        ({LEAD: story(1, "status: draft")}, None),
        ({"content/kinh-te/tin-2.md": "hỏng"}, None),
    ],
    ids=["its text", "a new story", "its file", "draft", "a broken story"],
)
def test_what_the_next_build_will_do(tmp_path, change, coming):
    """What changed since the last build is told as a reason to come, and the next build makes exactly such pages."""
    site = paper(tmp_path)
    site_folder(site, change)
    found = explained(site)
    assert found.coming if coming is None else coming == found.coming


def test_time_alone_changes_answers(tmp_path):
    """A story that is scheduled for later is another answer from its moment on."""
    site = paper(tmp_path)
    site_folder(site, {"content/kinh-te/tin-9.md": story(9)})
    build_site(site)
    assert () == explained(site).coming
    assert ("the 2 latest stories: the answer has changed since",) == explained(site, now=moment("2022-09-02")).coming


def test_a_list_is_explained_too(tmp_path):
    """A section's page has no source; a new story changes what it lists."""
    site = paper(tmp_path)
    site_folder(site, {"content/kinh-te/tin-4.md": story(4)})
    build_site(site)
    found = explained(site, "/kinh-te/")
    assert ("", True, "what it lists had changed") == (found.source, found.made, found.why)


def test_a_copied_file_names_the_pages_that_show_it(tmp_path):
    """A picture is a copy, shown by its story; a file of the theme is told as one."""
    site = paper(tmp_path)
    found = explained(site, "content/kinh-te/anh.png")
    assert ("a copy of content/kinh-te/anh.png", (URL,)) == (found.why, found.shown_by)
    assert "theme/static/theme/newsgen.css" == explained(site, "/theme/newsgen.css").source


EVERY = {
    "content/kinh-te/anh.png": png(),
    "content/kinh-te/rao.mp3": silence(1),
    "static/podcast.png": png(),
    "content/kinh-te/rao.md": article_source("podcast: rao.mp3", title="Tiếng rao", date="2022-08-05"),
    "content/kinh-te/tin-1.md": story(1, "image: anh.png", "tags: [Giá]", "authors: [Thu Trang]"),
    "content/kinh-te/tin-2.md": story(2, "corrections: [{date: 2022-08-01, kind: correction, text: sửa}]"),
    "content/kinh-te/moi.md": article_source("series: Loạt bài", title="Tin mới", date="2022-08-07"),
    "content/kinh-te/rut.md": article_source("status: withdrawn", "replace: gone", title="Tin rút"),
    "content/kinh-te/tin-1.en.md": article_source("slug: news", title="News", date="2022-08-06"),
}


PODCAST = "podcast: {image: /podcast.png}"


def test_every_output_is_explained(tmp_path):
    """Each page, feed, sitemap, redirect and copied file of a lively paper in two languages is told in words alone."""
    lines = ("languages: {en: {title: News}}", "feeds: {content: full}", "redirects: {/cu.html: /kinh-te/}", PODCAST)
    site = site_folder(tmp_path / "site", EVERY, config_source(*lines))
    build_site(site)
    kinds = set()
    for output in tree(site / "build").keys() - {BUILD_INFO}:
        found = explained(site, f"/{output}")
        assert (output, ()) == (found.output, found.coming)
        said = found.questions
        kinds.update(split_edition(each.question)[1][0] for each in said)
        assert [] == [line for each in said for line in (each.asked, each.answer) if "=" in line]
    assert DocumentQueries.queries.keys() <= kinds


def test_explaining_changes_nothing(tmp_path):
    """The output and what is remembered are as before, and the next build keeps every page."""
    site = paper(tmp_path)
    before = tree(site / "build")
    explained(site)
    assert before == tree(site / "build")
    report = build_site(site)
    assert report.pages == report.kept


def test_without_a_build_there_is_nothing_to_explain(tmp_path):
    """Before the first build, and when what was remembered is lost, the message says to build."""
    site = paper(tmp_path)
    shutil.rmtree(site / ".newsgen")
    with pytest.raises(ConfigError, match="run `newsgen build` first") as caught:
        explained(site)
    assert ["not-built"] == [problem.rule for problem in caught.value.problems]


def test_the_command_explains_in_words_and_in_json(tmp_path):
    """Both say the same; an unknown page ends with 2 and its nearest name."""
    site = paper(tmp_path)
    said = run_newsgen("explain", LEAD, *AT, site=site)
    assert (0, "") == (said.returncode, said.stderr)
    lines = said.stdout.splitlines()
    assert f"{URL} is {URL[1:]}" == lines[0]
    assert {f"  {LEAD}", "  templates/article.html", "  the 2 latest stories: “Tin số 3”, “Tin số 2”"} <= set(lines)
    assert "made by the last build, because nothing was remembered of an earlier build" in lines
    assert "the next build keeps it" == lines[-1]
    told = json.loads(run_newsgen("explain", URL, *AT, "--json", site=site).stdout)
    assert (LEAD, True, []) == (told["source"], told["made"], told["coming"])
    assert ["latest", 2, None] in [question["question"] for question in told["questions"]]
    wrong = run_newsgen("explain", "content/kinh-te/tin-11.md", site=site)
    assert (2, "") == (wrong.returncode, wrong.stdout)
    assert "error[unknown-page]" in wrong.stderr
    assert "did you mean `content/kinh-te/tin-1.md`?" in wrong.stderr


def test_the_command_explains_a_copied_file(tmp_path):
    """In words: what it is made of, and who shows it."""
    said = run_newsgen("explain", "content/kinh-te/anh.png", site=paper(tmp_path))
    expected = ["/kinh-te/anh.png is kinh-te/anh.png", "  a copy of content/kinh-te/anh.png", "shown by", f"  {URL}"]
    assert expected == said.stdout.splitlines()


def test_the_command_explains_a_feed(tmp_path):
    """An output without a template tells in words what it asked for."""
    lines = run_newsgen("explain", "/kinh-te/rss.xml", *AT, site=paper(tmp_path)).stdout.splitlines()
    assert "asked for" in lines
    assert any(line.startswith("  the 20 latest stories of the section kinh-te: “Tin số 3”") for line in lines)
    assert "the next build keeps it" == lines[-1]


DEFAULTS = """
  kinh-te: {kicker: Kinh tế, extra: {cot: a, mau: b}}
  "**": {sponsor: Quỹ, kicker: Báo, authors: [Ban], image: anh.png}
  "kinh-te/*.md":
    tags: [cầu]
  pages: {extra: {cot: c}, kicker: Trang}
"""


def test_it_says_which_default_gave_a_field(tmp_path):
    """Each field that a story does not give itself, with the key of `defaults` and its line; the most specific one."""
    files = {
        LEAD: story(1, "author: Minh An", "image: ''", "extra: {mau: x}"),
        "content/xa-hoi/b.md": story(2, "image: ''"),
        "content/pages/lien-he.md": "---\ntitle: Liên hệ\nimage: ''\n---\n\nChữ.\n",
        "content/kinh-te/_index.md": "---\ntitle: Kinh tế\n---\n\nChữ.\n",
    }
    site = site_folder(tmp_path / "site", files, config_source(f"defaults:{DEFAULTS.rstrip()}"))
    build_site(site)
    lines = (site / "newsgen.yaml").read_text("utf-8").split("\n")
    first = next(number for number, line in enumerate(lines, 1) if line.startswith("  kinh-te:"))

    def given(name):
        found = explain(site, site / "build", name, NOW).given
        return [(one.field, one.path, one.line - first) for one in found]

    assert [
        ("extra.cot", "kinh-te", 0),
        ("kicker", "kinh-te", 0),
        ("sponsor", "**", 1),
        ("tags", "kinh-te/*.md", 3),
    ] == given(LEAD)
    assert [("authors", "**", 1), ("kicker", "**", 1), ("sponsor", "**", 1)] == given("content/xa-hoi/b.md")
    assert [("extra", "pages", 4)] == given("content/pages/lien-he.md")
    told = json.loads(run_newsgen("explain", "content/pages/lien-he.md", *AT, "--json", site=site).stdout)
    assert [{"field": "extra", "path": "pages", "line": first + 4}] == told["given"]
    assert [] == given("/kinh-te/")
    said = run_newsgen("explain", LEAD, *AT, site=site).stdout.splitlines()
    assert ["given by `defaults`", f"  `extra.cot` by `kinh-te` (newsgen.yaml:{first})"] == said[
        said.index("given by `defaults`") :
    ][:2]


def test_sizes_of_a_picture_are_explained(tmp_path):
    """A page names the pictures that it shows in several sizes, and each size what it is made of and who shows it."""
    site = paper(tmp_path)
    site_folder(site, {"content/kinh-te/anh.png": png(500, 300)})
    build_site(site)
    assert ("content/kinh-te/anh.png",) == explained(site).files
    size = next((site / "build/theme/pictures/kinh-te").iterdir()).relative_to(site / "build").as_posix()
    found = explained(site, size)
    assert ("made of content/kinh-te/anh.png", (URL,)) == (found.why, found.shown_by)
