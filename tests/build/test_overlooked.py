"""What an incremental build could overlook: after each edit a build leaves, or refuses, what a clean one does."""

import shutil
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pytest

from builders import article_source, config_source, moment, site_folder
from newsgen.core.errors import NewsgenError
from papers import build_site, tree

CONFIG = config_source("lists: {home_latest: 3}")
PLAIN = {
    "content/kinh-te/gao.md": article_source(title="Giá gạo", date="2022-08-01"),
    "content/xa-hoi/ke.md": article_source(title="Kè sông", date="2022-08-02", body="Đoạn mở đầu.\n"),
}
SENTENCE = "Con đường ven sông sẽ được mở rộng gấp đôi ngay trong mùa xuân năm tới."


def page(text):
    """A 404 page that shows a text of templates."""
    return {"templates/404.html": f'{{% extends "base.html" %}}{{% block main %}}{text}{{% endblock %}}\n'}


@pytest.fixture(autouse=True)
def settled(monkeypatch):
    """Files that were just written count as old enough for their stamps to be trusted."""
    monkeypatch.setattr("newsgen.core.stamps.RACY_NS", -3_600_000_000_000)


def outcome(site, **options):
    """The tree that a build leaves, or the places of what it refuses."""
    try:
        build_site(site, **options)
    except NewsgenError as error:
        return {(problem.rule, problem.location.path, problem.location.line) for problem in error.problems}
    return tree(site / "build")


def clean(site, **options):
    """The same of a site's copy that was never built."""
    twin = shutil.copytree(
        site, site.with_name("twin"), symlinks=True, ignore=shutil.ignore_patterns("build", ".newsgen")
    )
    try:
        return outcome(twin, **options)
    finally:
        shutil.rmtree(twin)


def follows(site, files=None, **options):
    """Whether a build after files were written is a clean one's, and the next too; what it leaves or refuses."""
    site_folder(site, files or {}, CONFIG)
    expected = clean(site, **options)
    assert expected == outcome(site, **options)
    assert expected == outcome(site, **options)
    return expected


IMPORTED = "{% set stripe = cycler('odd', 'even') %}{% macro cls() %}{{ stripe.next() }}{% endmacro %}"
STRIPED = (
    '{% extends "base.html" %}{% from "stripe.html" import cls %}'
    '{% block main %}<p class="{{ cls() }}">{{ body.html }}{{ cls() }}</p>{% endblock %}\n'
)
QUOTED = {"data/loi.yaml": f"- {SENTENCE}\n", **page("{{ data.loi[0] }}"), "static/loi.txt": SENTENCE}
SAYING = {
    "content/xa-hoi/ke.md": article_source(title="Kè sông", date="2022-08-02", body=f"Đoạn mở đầu.\n\n{SENTENCE}\n")
}
DRAFT = {"content/xa-hoi/nhap.md": article_source("status: draft", title="Nháp", body=f"Mở bài.\n\n{SENTENCE}\n")}
LEAKS = {("leak", "data/loi.yaml", 1), ("leak", "static/loi.txt", 1)}
FAILED = {("template-error", "templates/404.html", 1)}
MISSING = {("template-missing", "templates/404.html", 1)}
DATA = {"data/menu.yaml": "- b\n- a\n- {a: 1, sau: []}\n"}
PARTS = {"templates/.parts/x.html": "x", "templates/x.html~": "x"}
Refused = set[tuple[str, str, int]]


class Row(NamedTuple):
    """Files of a site, and edits of it: each with what is refused after it, by rule, file and line."""

    what: str
    files: Mapping[str, str | bytes]
    refused: Refused = frozenset()
    edits: Sequence[tuple[Mapping[str, str | bytes], Refused]] = ()


def asking(text: str) -> Row:
    """A template that asks by what a block gives; what it asks for changes twice."""
    there = {"templates/them.html": "thêm", "data/gia.yaml": "gao: 17000\n"}
    newer = {"content/kinh-te/moi.md": article_source(title="Tin mới", date="2022-08-03")}
    return Row(f"asks {text}", page(text), edits=[(there, set()), (newer, set())])


TABLE = [
    asking("{% set id %}kinh-te{% endset %}{% for c in news.latest(2, id) %}{{ c.title }}{% endfor %}"),
    asking("{% set name %}them.html{% endset %}{% include name ignore missing %}"),
    asking("{% set name %}gia{% endset %}{{ data[name].gao if name in data }}"),
    asking("{% for c in news.latest(true) %}{{ c.title }}{% endfor %}"),
    Row(
        "what a draft says too may stand elsewhere while a public story says it",
        {**QUOTED, **SAYING, **DRAFT},
        edits=[
            ({"content/kinh-te/gao.md": article_source(title="Giá gạo tăng")}, set()),
            ({"content/xa-hoi/ke.md": PLAIN["content/xa-hoi/ke.md"]}, LEAKS),
            (SAYING, set()),
        ],
    ),
    Row("a hidden template is none", {**page('{% include ".parts/x.html" %}'), **PARTS}, MISSING),
    Row("an editor's backup is no template", {**page('{% include "x.html~" %}'), **PARTS}, MISSING),
    Row(
        "a part that comes to be there in a foreign encoding",
        page('{% include "x.html" ignore missing %}'),
        edits=[({"templates/x.html": b"<p>\n caf\xe9</p>"}, {("template-syntax", "templates/x.html", 2)})],
    ),
    Row(
        "what a template kept while it drew another page",
        {"templates/stripe.html": IMPORTED, "templates/article.html": STRIPED},
        edits=[
            ({"content/xa-hoi/ke.md": article_source(title="Kè sông", date="2022-08-02", body="Khác.\n")}, set()),
        ],
    ),
    *(
        Row(f"data is changed: {text}", {**page(f"{{{{ {text} }}}}"), **DATA}, FAILED)
        for text in ("data.menu.reverse()", "data.menu[2].update(b=2)", "data.menu[2].sau.append(1)")
    ),
    *(
        Row(f"no text: {text}", page(f"{{{{ {text} }}}}"), FAILED)
        for text in ("data", "news.latest", "news", "[1]|map('string')", "cycler(1)", "asset")
    ),
]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.what)
def test_nothing_is_overlooked(tmp_path, row):
    """After each edit a build, and the one after it, leave or refuse what a clean build does."""
    site = site_folder(tmp_path / "site", {**PLAIN, **row.files}, CONFIG)
    for edit, refused in [({}, row.refused), *row.edits]:
        left = follows(site, edit)
        assert refused == (left if isinstance(left, set) else set())


def test_what_was_asked_is_remembered(tmp_path, monkeypatch):
    """What a block of a template gave is a question too: a second build, which trusts no stamp, makes no page."""
    monkeypatch.setattr("newsgen.core.stamps.RACY_NS", 10**18)
    for number, row in enumerate(TABLE[:4]):
        site = site_folder(tmp_path / str(number), {**PLAIN, **row.files}, CONFIG)
        build_site(site)
        assert 0 == build_site(site).made


def test_each_page_begins_anew(tmp_path):
    """What a template keeps while it draws one page is gone with it."""
    files = {**PLAIN, "templates/stripe.html": IMPORTED, "templates/article.html": STRIPED}
    site = site_folder(tmp_path / "site", files, CONFIG)
    build_site(site)
    assert 2 == sum(b'<p class="odd">' in data for data in tree(site / "build").values())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ news.latest(10**20) }}", "the number 100000000000000000000 is too large"),
        ("{{ news.latest(2.5) }}", "a text or a whole number is wanted here, not float"),
        ('{{ news.latest(2, "\\ud800") }}', "half a character"),
    ],
)
def test_a_question_that_cannot_be_remembered_is_the_templates_fault(tmp_path, text, said):
    """It is told at the line of the template, and nothing is published."""
    site = site_folder(tmp_path / "site", PLAIN, CONFIG)
    build_site(site)
    before = tree(site / "build")
    with pytest.raises(NewsgenError) as caught:
        build_site(site_folder(site, page(text), CONFIG))
    (problem,) = caught.value.problems
    assert ("template-error", "templates/404.html", 1) == (problem.rule, problem.location.path, problem.location.line)
    assert said in problem.what
    assert before == tree(site / "build")


@pytest.mark.parametrize(
    "lines",
    [
        ("status: draft", "date: 2022-08-06 08:00"),
        ("status: draft", "date: 2022-08-01 08:00", "pin: 2022-08-08 12:00"),
        ("date: 2022-09-01 08:00", "corrections: [{date: 2022-08-08 12:00, kind: correction, text: sửa một số}]"),
    ],
    ids=["leaves the news sitemap", "pin ends", "correction appears"],
)
def test_time_passes_for_drafts_too(tmp_path, lines):
    """With drafts shown, a draft and what is not out yet change the paper at their own moments."""
    source = article_source(*lines, title="Bài chưa đăng", date="")
    site = site_folder(tmp_path / "site", {**PLAIN, "content/xa-hoi/moi.md": source}, CONFIG)
    for at in ("2022-08-07 08:00", "2022-08-08 13:00", "2022-08-09 13:00"):
        follows(site, drafts=True, at=moment(at))


def test_a_template_in_a_linked_folder_is_looked_at(tmp_path):
    """A folder of templates may be a link to another folder of the site; what changes there changes the pages."""
    site = site_folder(
        tmp_path / "site", {**PLAIN, **page('{% include "linked/x.html" %}'), "shared/x.html": "một"}, CONFIG
    )
    (site / "templates/linked").symlink_to("../shared")
    assert b"m\xe1\xbb\x99t" in follows(site)["404.html"]
    assert b"hai" in follows(site, {"shared/x.html": "hai"})["404.html"]


def test_fields_of_a_story_cannot_be_changed(tmp_path):
    """The same holds for the fields that a paper adds to its stories."""
    article = '{% extends "base.html" %}{% block main %}{{ article.extra.so.append(1) }}{% endblock %}\n'
    story = article_source("so: [1]", title="Kè sông", date="2022-08-02")
    files = {"content/xa-hoi/ke.md": story, "templates/article.html": article}
    site = site_folder(tmp_path / "site", files, CONFIG + "fields: {so: list}\n")
    with pytest.raises(NewsgenError) as caught:
        build_site(site)
    assert ["template-error"] == [problem.rule for problem in caught.value.problems]


def test_a_line_that_only_moved_is_told_where_it_is(tmp_path):
    """A comment above a setting that is warned of moves the warning."""
    setting = "feeds: {partners: {b: {sections: [khong-co]}}}\n"
    site = site_folder(tmp_path / "site", PLAIN, CONFIG + setting)
    build_site(site)
    (before,) = build_site(site).warnings
    site_folder(site, {}, "# một\n# hai\n" + CONFIG + setting)
    (after,) = build_site(site).warnings
    assert ("newsgen.yaml", before.location.line + 2) == (after.location.path, after.location.line)
