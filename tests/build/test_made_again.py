"""What an incremental build makes again: after each edit of the table, these outputs and no others.

`built_again` compares each build with a clean one, and counts what changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import pytest

from builders import NOW, article_source, moment, png
from planted_pictures import chunk
from six_stories import PAGES, STORIES, STORY, built_again, numbered, paper, story

pytestmark = pytest.mark.usefixtures("one_process")

OUTPUTS = set(STORIES.values())
OLDER = {STORIES[f"tin-{n}"] for n in range(1, 6)}
"""The pages of all stories but the newest, tin-6."""

FRONTS = {"index.html", "tin-moi-nhat.fragment.html", *numbered("tin-moi-nhat")}
SHOWING = {STORIES["tin-3"], *numbered("chu-de/nhan", "luu-tru/2022/03")}
"""What shows the picture of tin-3."""

BLACK = png(40, 30)
DENSE = BLACK[:33] + chunk(b"pHYs", bytes(9)) + BLACK[33:]
"""The same picture, which says how large its pixels are."""


@dataclass(frozen=True)
class Row:
    """An edit, as files (None for one that goes) or a later moment, and what the build after it makes again.

    `made` are made again. `kept` are not, and where it is None nothing but `made` is; what is in neither may be.
    `changed` and `removed` are how many outputs have other bytes or are gone, where that is told.
    """

    what: str
    files: Mapping[str, str | bytes | None] = field(default_factory=dict)
    made: set[str] = field(default_factory=set)
    kept: set[str] | None = None
    changed: int | None = None
    removed: int = 0
    at: datetime = NOW


TABLE = [
    Row("nothing", changed=0),
    Row("another moment of the same day", at=moment("2022-12-31"), changed=0),
    Row("an earlier moment", at=moment("2022-06-01"), changed=0),
    Row(
        "a body with the same first paragraph", {STORY["tin-2"]: story(2, body="Khác.")}, {STORIES["tin-2"]}, changed=1
    ),
    Row("a comment in front matter", {STORY["tin-2"]: story(2, "# ghi chú")}, {STORIES["tin-2"]}, changed=0),
    Row(
        "the title of the newest story",
        {STORY["tin-6"]: story(6, title="Tít mới")},
        {*FRONTS, *numbered("kinh-te", "luu-tru/2022/06"), STORIES["tin-6"], STORIES["tin-5"]},
        changed=7,
    ),
    Row(
        "the title of an old story, which neighbours and related stories show",
        {STORY["tin-2"]: story(2, title="Tít mới")},
        {STORIES[f"tin-{n}"] for n in (1, 2, 3, 4, 6)},
        kept={STORIES["tin-5"]},
    ),
    Row(
        "a tag of another story",
        {STORY["tin-6"]: story(6, "tags: [Nhãn]")},
        {STORIES["tin-6"], *numbered("chu-de/nhan")},
        kept=OLDER | PAGES,
    ),
    Row(
        "a new story",
        {"content/xa-hoi/tin-7.md": article_source("slug: tin-7", title="Tin số 7", date="2022-07-01")},
        {
            *FRONTS,
            *numbered("xa-hoi", "xa-hoi/trang/1", "luu-tru", "luu-tru/2022", "luu-tru/2022/07"),
            "xa-hoi/2022/07/tin-7.html",
            STORIES["tin-6"],
        },
    ),
    Row("a story that goes", {STORY["tin-6"]: None}, {STORIES["tin-5"]}, OLDER - {STORIES["tin-5"]}, removed=2),
    Row(
        "a slug, which the page that links to the story follows",
        {STORY["tin-1"]: story(1).replace("slug: tin-1", "slug: tin-mot")},
        {"lien-he.html", "xa-hoi/2022/01/tin-mot.html"},
        kept={"gioi-thieu.html"},
        removed=1,
    ),
    Row("data that one page reads", {"data/gia.yaml": "nhan: 40000\n"}, {"gioi-thieu.html"}, changed=1),
    Row("data that means the same", {"data/gia.yaml": "# giá\nnhan:   35000\n"}, changed=0),
    Row("data that nobody reads", {"data/thua.yaml": "khong: vẫn không\n"}, changed=0),
    Row("a new file of data", {"data/moi.yaml": "a: 1\n"}, changed=0),
    Row("data that goes", {"data/thua.yaml": None}, changed=0),
    Row("a partial of the site", {"templates/partials/neighbours.html": "riêng"}, OUTPUTS),
    Row("a partial that shadows the theme's", {"templates/partials/related.html": "riêng"}, OUTPUTS),
    Row("a partial that was missing", {"templates/partials/them.html": "thêm"}, PAGES),
    Row("a template that nobody asks for", {"templates/partials/rieng.html": "x"}, changed=0),
    Row(
        "a picture of another size",
        {"content/xa-hoi/anh.png": png(80, 60)},
        SHOWING,
        kept={STORIES["tin-1"], *PAGES},
    ),
    Row("a picture of the same size", {"content/xa-hoi/anh.png": DENSE}, changed=1),
    Row(
        "a sidecar with a caption",
        {"content/xa-hoi/anh.png.yaml": "caption: Chợ nổi\n"},
        SHOWING,
        kept={STORIES["tin-1"], *PAGES},
    ),
    Row("a sidecar without words", {"content/xa-hoi/anh.png.yaml": "licence_until: 2099-01-01\n"}, changed=0),
    Row(
        "a focus",
        {"content/xa-hoi/anh.png.yaml": "focus: 30% 60%\n"},
        SHOWING,
        kept={STORIES["tin-1"], *PAGES},
    ),
    Row(
        "a sidecar that forbids the picture",
        {"content/xa-hoi/anh.png.yaml": "consent: false\n"},
        SHOWING,
        kept={STORIES["tin-1"], *PAGES},
        removed=1,
    ),
    Row("a byte behind a picture", {"content/xa-hoi/anh.png": BLACK + b"\0"}, changed=0),
    Row("a static file that no page names", {"static/humans.txt": "Tòa soạn ở Vân Hải.\n"}, changed=1),
    Row(
        "a scheduled story",
        {"content/xa-hoi/mai.md": article_source("slug: mai", title="Mai", date="2022-08-08")},
        changed=0,
    ),
    Row(
        "a scheduled story whose time has come",
        {"content/xa-hoi/mai.md": article_source("slug: mai", title="Mai", date="2022-08-08")},
        {"xa-hoi/2022/08/mai.html", "index.html", STORIES["tin-6"]},
        kept=OLDER,
        at=moment("2022-08-08"),
    ),
]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.what)
def test_an_edit_makes_what_shows_it(tmp_path, row):
    """After an edit the pages that show it are made again, and others are kept."""
    made, report = built_again(paper(tmp_path), row.files, at=row.at)
    assert row.made <= made
    assert set() == (made - row.made if row.kept is None else made & row.kept)
    assert row.changed in (None, report.changed)
    assert report.removed >= row.removed
    assert report.pages - len(made) == report.kept


def test_the_table_sees_what_was_overlooked(tmp_path, monkeypatch):
    """A build that takes every page for the same leaves another paper than a clean one, and is found."""
    site = paper(tmp_path)
    monkeypatch.setattr("newsgen.build.traces.decide", lambda *_: {})
    with pytest.raises(AssertionError):
        built_again(site, {"data/gia.yaml": "nhan: 40000\n"})
