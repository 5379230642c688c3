"""The line of breaking news leads to what is there while it is shown."""

import pytest

from builders import article_source, moment, png, site_folder
from newsgen.core.errors import ContentError, Location
from papers import build_site

STORY = "content/kinh-te/bao.md"
FILES = {STORY: article_source("slug: bao", title="Bão vào bờ", date="2022-08-06 09:00"), "static/bao.png": png()}
BEFORE, SHOWN, OVER = (moment(f"2022-08-06 {hour}:00") for hour in ("08", "09", "11"))
CONFIG = "title: Báo Lạc Giang\nurl: https://baolacgiang.example\npermalink: /{section}/{slug}.html\n"
SPAN = "start: 2022-08-06 09:00\nend: 2022-08-06 11:00\n"


def faults(site, at):
    """The rules and places of what a build at that moment says, the same as a clean one."""
    found = []
    for options in ({}, {"output": site / "clean", "clean": True}):
        try:
            build_site(site, at=at, **options)
            found.append(set())
        except ContentError as error:
            found.append({(problem.rule, problem.location) for problem in error.problems})
    assert found[0] == found[1]
    return found[0]


DEAD = {("dead-banner", Location("data/breaking.yaml", 2, 6))}
LEAK = ("leak", Location("data/breaking.yaml", 2, 7))


@pytest.mark.parametrize(
    ("url", "before", "shown"),
    [
        ("/kinh-te/bao.html", set(), set()),
        ("/kinh-te/bao.html#den", set(), set()),
        ("/bao.png?v=1", set(), set()),
        ("/kinh-te/", set(), set()),
        ("https://example.com/", set(), set()),
        ("/kinh-te/nhap.html", set(), {*DEAD, LEAK}),
        ("/kinh-te/khong-co.html", DEAD, DEAD),
    ],
)
def test_the_line_leads_to_what_is_there(tmp_path, url, before, shown):
    """Before its start it may lead to any story; while it is shown, to what readers see; then it says nothing."""
    draft = {"content/kinh-te/nhap.md": article_source("slug: nhap", "status: draft", title="Nháp")}
    other = {"content/kinh-te/gao.md": article_source("slug: gao", title="Giá gạo", date="2022-08-01")}
    line = {"data/breaking.yaml": f"text: Bão\nurl: {url}\n{SPAN}"}
    site = site_folder(tmp_path / "site", {**FILES, **draft, **other, **line}, CONFIG)
    assert before == faults(site, BEFORE)
    assert shown == faults(site, SHOWN)
    assert set() == faults(site, OVER)


@pytest.mark.parametrize("url", ["/kinh-te/bao.html#den", "/tin/kinh-te/bao.html#den"])
def test_the_line_has_the_path_of_the_paper_once(tmp_path, url):
    """Below a path of its host the line leads into the paper, written with that path or without it."""
    line = {"data/breaking.yaml": f"text: Bão\nurl: {url}\n{SPAN}"}
    config = CONFIG.replace("baolacgiang.example", "baolacgiang.example/tin")
    site = site_folder(tmp_path / "site", {**FILES, **line}, config)
    assert set() == faults(site, SHOWN)
    assert '<a href="/tin/kinh-te/bao.html#den">Bão</a>' in (site / "build/index.html").read_text("utf-8")
    (site / "data/breaking.yaml").write_text(f"text: Bão\nurl: /khong-co.html\n{SPAN}", "utf-8")
    assert DEAD == faults(site, SHOWN)
