"""Pages with blocks are made again when what their blocks show is another, and no other page is."""

import pytest

from builders import page_source
from six_stories import STORY, built_again, paper, story

pytestmark = pytest.mark.usefixtures("one_process")

ABOUT = "content/pages/gioi-thieu.md"
PAGE = "gioi-thieu.html"


@pytest.fixture
def site(tmp_path):
    """The small paper."""
    return paper(tmp_path)


def shown(site):
    """The body of the page about the paper."""
    return (site / "build" / PAGE).read_text("utf-8")


def test_titles_of_stories_to_read_also_are_those_of_now(site):
    """A page has the present titles of the stories that it names, and leaves out those that are not public."""
    body = ":::đọc-thêm\n- ../xa-hoi/tin-1.md\n- [Tự đặt](/kinh-te/tin-2.md)\n- <https://a.example/>\n:::\n"
    built_again(site, {ABOUT: page_source(body=body)})
    assert '<aside class="read-also"><p class="box-title">Đọc thêm</p><ul><li><a href="/xa-hoi/' in shown(site)
    assert all(f">{words}</a>" in shown(site) for words in ("Tin số 1", "Tự đặt", "https://a.example/"))
    rendered, _ = built_again(site, {STORY["tin-1"]: story(1, title="Tít mới & hay")})
    assert (True, True) == (PAGE in rendered, ">Tít mới &amp; hay</a>" in shown(site))
    rendered, _ = built_again(site, {STORY["tin-3"]: story(3, title="Tít khác")})
    assert PAGE not in rendered
    rendered, report = built_again(site, {STORY["tin-1"]: story(1, "status: draft")})
    assert (True, False) == (PAGE in rendered, "Tít mới" in shown(site))
    assert f"{ABOUT}:5:1" in [str(one.location) for one in report.warnings if one.rule == "unpublished-link"]
    built_again(site, {ABOUT: page_source(body=":::đọc-thêm Tiếp\n- ../xa-hoi/tin-1.md\n:::\n")})
    assert "read-also" not in shown(site)
