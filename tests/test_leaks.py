"""What must not be seen yet is found wherever it is planted, and common words are no leak."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from builders import NOW, article_source, png, site_folder
from newsgen.errors import ContentError
from newsgen.leaks import loose_words, plain_words
from papers import build_site, tree

TITLE = "Tỉnh bàn giao khu đất cảng cũ cho thành phố"
SLUG = "tinh-ban-giao-khu-dat-cang-cu"
SECRET = article_source(
    "embargo: 2030-01-01",
    f"slug: {SLUG}",
    "image: {src: anh-mat-cua-cang-cu.png, crops: anh-cang-cu-hinh-vuong.png}",
    title=TITLE,
    body="Quyết định được ký lúc chín giờ sáng trước sự chứng kiến của đại biểu hai bên.\n",
)
PUBLIC = "content/xa-hoi/ke-song.md"
FILES = {
    "content/kinh-te/dat-cang.md": SECRET,
    "content/kinh-te/anh-mat-cua-cang-cu.png": png(),
    "content/kinh-te/anh-cang-cu-hinh-vuong.png": png(),
    PUBLIC: article_source(title="Kè sông giữ đất"),
}
FOOTER = '{{% include "theme/partials/publisher.html" %}}{}'
PLANTED = {
    "template": ("templates/partials/publisher.html", FOOTER.format(TITLE), "title"),
    "data file": ("data/ghi.yaml", f"nho: {TITLE}\n", "title"),
    "escaped data": ("data/ghi.json", '{"nho": "T\\u1ec9nh bàn giao khu đất cảng cũ cho thành phố"}', "title"),
    "tag page": (PUBLIC, article_source(f"tags: ['{TITLE}']", title="Kè sông giữ đất"), "title"),
    "picture name": ("templates/partials/publisher.html", "<img src=/kinh-te/anh-mat-cua-cang-cu.png>", "picture"),
    "crop's name": ("templates/partials/publisher.html", "<img src=/kinh-te/anh-cang-cu-hinh-vuong.png>", "picture"),
    "slug": ("static/tin.json", f'{{"sap-dang": "{SLUG}"}}', "slug"),
    "text": (
        "static/tin.txt",
        "Nghe nói quyết định được ký lúc chín giờ sáng trước sự chứng kiến của ai đó.",
        "text",
    ),
    "address": ("static/tin.txt", f"https://baolacgiang.example/kinh-te/2022/08/{SLUG}.html", "address"),
    "another story": (PUBLIC, article_source(title="Kè sông giữ đất", body=f"Sắp tới: {TITLE}.\n"), "title"),
}
DATA = {"templates/partials/publisher.html": "{{ data.ghi.nho if data.ghi is defined }}"}


def paper(folder, **more):
    """The paper with one story under embargo, built."""
    site = site_folder(folder / "site", {**FILES, **DATA, **more})
    build_site(site)
    return site


def leaks(site, **options):
    """What the build says of leaks, as (story, rest of the sentence)."""
    with pytest.raises(ContentError) as caught:
        build_site(site, **options)
    assert {"leak"} == {problem.rule for problem in caught.value.problems}
    return {(problem.location.path, problem.what) for problem in caught.value.problems}


@pytest.mark.parametrize("where", PLANTED)
def test_a_planted_trace_fails_the_build(tmp_path, where):
    """Wherever a trace of an embargoed story is planted, the build fails, names file and story, and keeps the old."""
    name, text, what = PLANTED[where]
    site = paper(tmp_path)
    before = tree(site / "build")
    site_folder(site, {name: text})
    found = leaks(site)
    assert {"content/kinh-te/dat-cang.md"} == {story for story, _ in found}
    assert any(f"shows the {what} of this story, which is under embargo" in said for _, said in found)
    assert before == tree(site / "build")
    assert found == leaks(site, output=site / "clean", clean=True)


def test_kept_pages_are_searched_for_new_secrets(tmp_path):
    """A story that comes under embargo after a page showed its title makes the next build fail, like a clean one."""
    other = "Công bố quy hoạch bến tàu khách mới của tỉnh"
    site = paper(tmp_path, **{"templates/partials/publisher.html": f"<p>{other}</p>"})
    site_folder(site, {"content/kinh-te/ben-tau.md": article_source("status: draft", title=other)})
    found = leaks(site)
    assert {"content/kinh-te/ben-tau.md"} == {story for story, _ in found}
    assert found == leaks(site, output=site / "clean", clean=True)


@pytest.mark.parametrize(
    "draft",
    [
        article_source("status: draft", title="Kè sông"),
        article_source("status: draft", title="Kè sông giữ đất"),
        article_source("status: draft", title="Hội thi đua thuyền trên sông Lạc"),
        article_source("status: draft", title="Tin mới nhất"),
        article_source(
            "status: draft", title="Bài nền", body="Mùa lũ năm ngoái nước lên cao nhất trong mười năm qua.\n"
        ),
    ],
)
def test_what_papers_say_every_day_is_no_leak(tmp_path, draft):
    """Short titles, a title like a published one, an event that a story names, a passage that two stories share."""
    text = "Mùa lũ năm ngoái nước lên cao nhất trong mười năm qua. Hội thi đua thuyền trên sông Lạc phải hoãn.\n"
    site = paper(tmp_path, **{PUBLIC: article_source(title="Kè sông giữ đất", body=text)})
    site_folder(site, {"content/xa-hoi/nhap.md": draft})
    assert 1 == build_site(site, at=NOW).stories


@given(st.text(st.one_of(st.characters(), st.sampled_from("&#;\\u%_-–“”ấẫ\u0301\u212a\u0130 \u00a0d8"))))
@example("&#55296;\\ud800 %ED%A0%80 x_y K\u212a\u0130")
def test_words_are_the_same_either_way(text):
    """The quick cut of a text into words gives those of the careful one."""
    assert plain_words(text).split() == [word.decode() for word in loose_words(text)]
