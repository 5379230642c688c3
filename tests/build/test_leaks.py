"""What must not be seen yet is found wherever it is planted, and common words are no leak."""

import json
import os
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from unicodedata import normalize
from urllib.parse import quote

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from builders import NOW, article_source, png, site_folder
from newsgen.build.leaks import plain_words
from newsgen.core.errors import ContentError, Location, NewsgenError
from newsgen.core.messages import say
from newsgen.core.plain_text import contains_words, fold_readings
from newsgen.core.words import VIETNAMESE, coarse_words, coarsen
from newsgen.render.scanning import Canary, Scanner, text_of
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
    "picture name": ("templates/partials/publisher.html", "<img src=/kinh-te/anh-mat-cua-cang-cu.png>", "file"),
    "crop's name": ("templates/partials/publisher.html", "<img src=/kinh-te/anh-cang-cu-hinh-vuong.png>", "file"),
    "slug": ("static/tin.json", f'{{"sap-dang": "{SLUG}"}}', "slug"),
    "text": (
        "static/tin.txt",
        "Nghe nói quyết định được ký lúc chín giờ sáng trước sự chứng kiến của ai đó.",
        "text",
    ),
    "address": ("static/tin.txt", f"https://baolacgiang.example/kinh-te/2022/08/{SLUG}.html", "address"),
    "another story": (PUBLIC, article_source(title="Kè sông giữ đất", body=f"Sắp tới: {TITLE}.\n"), "title"),
}
BEGINNINGS = {
    **dict.fromkeys(PLANTED, "tỉnh bàn"),
    "escaped data": "t\\u1ec9nh",
    "picture name": "kinh-te/anh-mat",
    "crop's name": "kinh-te/anh-cang",
    "slug": "tinh-ban",
    "text": "quyết định được",
    "address": "kinh-te/2022",
}
DATA = {"templates/partials/publisher.html": "{{ data.ghi.nho if data.ghi is defined }}"}


def paper(folder, **more):
    """The paper with one story under embargo, built."""
    site = site_folder(folder / "site", {**FILES, **DATA, **more})
    build_site(site)
    return site


def leaks(site, **options):
    """What the build says of leaks, as (place, sentence)."""
    with pytest.raises(ContentError) as caught:
        build_site(site, **options)
    assert {"leak"} == {problem.rule for problem in caught.value.problems}
    return {(problem.location, problem.what) for problem in caught.value.problems}


@pytest.mark.parametrize("where", PLANTED)
def test_a_planted_trace_fails_the_build(tmp_path, where):
    """Wherever a trace of an embargoed story is planted, the build fails at that very place and keeps `build/`."""
    name, text, what = PLANTED[where]
    site = paper(tmp_path)
    before = tree(site / "build")
    site_folder(site, {name: text})
    found = leaks(site)
    place, said = min((place, said) for place, said in found if f"shows the {what} " in said)
    assert said.endswith("of content/kinh-te/dat-cang.md, which is under embargo")
    assert name == place.path
    assert text.splitlines()[place.line - 1][place.column - 1 :].casefold().startswith(BEGINNINGS[where])
    assert before == tree(site / "build")
    assert found == leaks(site, output=site / "clean", clean=True)


def test_kept_pages_are_searched_for_new_secrets(tmp_path):
    """A story that comes under embargo after a page showed its title makes the next build fail, like a clean one."""
    other = "Công bố quy hoạch bến tàu khách mới của tỉnh"
    site = paper(tmp_path, **{"templates/partials/publisher.html": f"<p>{other}</p>"})
    site_folder(site, {"content/kinh-te/ben-tau.md": article_source("status: draft", title=other)})
    found = leaks(site)
    assert {Location("templates/partials/publisher.html", 1, 4)} == {place for place, _ in found}
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


HIDDEN_WORDS = Canary(plain_words(TITLE), "title", "content/a.md", say("a draft"))
MARKED = "Tỉnh <b>bàn</b> giao <i class='x>y'>khu đất</i> cảng cũ cho thành phố"
WRITTEN = {
    "inline tags": MARKED,
    "tags in words": "Tỉnh b<b>à</b>n gi<i><u>a</u></i>o khu đ<!-- > -->ất cảng c<wbr>ũ cho thành ph<b\nid='x'>ố</b>",
    "a tag for each letter": "".join(f"<span>{c}</span>" if c != " " else " " for c in TITLE),
    "a line for each word": "\n".join(f"<b>\n{word}\n</b>" for word in TITLE.split()[:3])
    + " khu đất cảng cũ cho thành phố",
    "comments": "Tỉnh <!-- một <b>lời</b> --> bàn giao khu đất <!-- x\ny --> cảng cũ cho thành phố",
    "a script within": "Tỉnh bàn giao <script>var a = '<b>';</script>khu đất cảng cũ cho thành phố",
    "a note's number": "Tỉnh bàn giao<sup>1</sup> khu đất cảng cũ cho thành phố",
    "entities": "T&#7881;nh b&agrave;n giao khu &#x111;ất cảng c&#361; cho th&agrave;nh phố",
    "entities twice": "T&amp;#7881;nh b&amp;agrave;n giao khu đất cảng cũ cho thành phố",
    "escaped markup": MARKED.replace("<", "&lt;").replace(">", "&gt;"),
    "markup in an attribute": f'<a title="{MARKED.replace("<", "&lt;")}">x</a>',
    "markup in JSON": json.dumps({"a": MARKED}).replace("<", "\\u003c"),
    "JSON in an attribute": f"<a data-x='{escape(json.dumps([TITLE]))}'>x</a>",
    "slashes of JSON": "Tỉnh <b>bàn<\\/b> giao khu đất cảng cũ cho thành phố",
    "JavaScript": "Tỉnh b\\xe0n giao khu đất c\\u{1ea3}ng cũ cho thành phố",
    "a style sheet": 'a{content:"T\\1ec9 nh bàn giao khu \\111 ất cảng cũ cho thành phố"}',
    "CDATA": f"<![CDATA[{MARKED}]]>",
    "split by CDATA": "Tỉnh bàn <![CDATA[giao khu]]> đất cảng cũ cho thành phố",
    "invisible characters": "Tỉnh\u200b bà\u00adn giao k\ufeffhu đất cảng c&shy;ũ cho th&ZeroWidthSpace;ành phố",
    "Markdown": "Tỉnh [**bàn** giao](https://bao.example/a-b) **k**hu đất[^1] cảng *cũ*{.x} cho thành phố",
    "a drawing": "<text><tspan x='1'>Tỉnh bàn</tspan><tspan x='2'>giao khu đất</tspan> cảng cũ cho thành phố</text>",
    "a table": '1,"Tỉnh bàn ""giao khu"" đất cảng cũ cho thành phố",2',
    "an address twice": quote(quote(TITLE)),
    "capitals, apart": normalize("NFD", TITLE.upper()),
}


@pytest.mark.parametrize("how", WRITTEN)
def test_words_are_found_however_they_are_written(how):
    """A reader sees the title whatever markup, entities or escapes it is written with, and so does the search."""
    for text in (WRITTEN[how], f"<p>Lời đầu</p>\n<p>Hôm nay, {WRITTEN[how]} nữa.</p>\n<p>Lời cuối</p>"):
        assert (HIDDEN_WORDS,) == Scanner([HIDDEN_WORDS]).search("a.html", text.encode()).leaks
        other = text.replace("cho", "của").replace("CHO", "CỦA").replace("<span>c</span><span>h</span>", "k")
        assert () == Scanner([HIDDEN_WORDS]).search("a.html", other.replace(quote(quote(" ")), "x").encode()).leaks


SPELLINGS = (
    *("", "", "", "<b>", "</b>", "<i class='x>y'>", "<b\nid='x'>", "<!-- x > -->", "<!--\n<p>\n-->", "<sup>1</sup>"),
    *("&shy;", "\u200b", "\u00ad", "**", "`", "[^1]", "</a><a href='/x%20y?a=1&amp;b'>", "<script>\nx\n</script>"),
)
"""What may stand within a word."""

BETWEEN_WORDS = (
    *(" ", " ", " ", ", ", "\n", "\n" * 30, "&nbsp;", "\u00a0", "%20", "\\n", " <b>", "</i> ", "×", "·", "…", "“", "-"),
    *("</p>\n<p>", " <!--\n\n--> ", "\n" * 8 + "<span class=x>" + "\n" * 8, "&#34;", " <script>\nvar a\n</script> "),
)
WAYS = (
    *(str, str, str, str.upper, escape, quote, lambda c: f"&#{ord(c)};", lambda c: f"&amp;#x{ord(c):x};"),
    *(lambda c: json.dumps(c)[1:-1], lambda c: normalize("NFD", c)),
)
WORDS = ("tỉnh", "bàn", "giao", "khu", "đất", "cảng", "cũ", "mới", "ß", "ö", "strasse", "kelvin")
RUN = st.lists(st.sampled_from(WORDS), min_size=2, max_size=4)
PIECE = st.tuples(st.sampled_from(SPELLINGS), st.integers(0, 3), st.sampled_from(WAYS), st.sampled_from(BETWEEN_WORDS))


def spelled(words, pieces):
    """Words with markup in them and between them, and letters written in other ways."""
    return "".join(
        "".join(map(way, word[:at])) + inside + "".join(map(way, word[at:])) + after
        for word, (inside, at, way, after) in zip(words, pieces * len(words), strict=False)
    )


@settings(max_examples=int(os.environ.get("NEWSGEN_LEAK_CASES", "100")), deadline=None, derandomize=True)
@given(
    st.lists(RUN, min_size=1, max_size=3),
    st.lists(st.tuples(st.integers(0, 3), RUN, st.lists(PIECE, min_size=1, max_size=4)), min_size=1, max_size=4),
    st.dictionaries(st.sampled_from([word.encode() for word in WORDS]), st.integers(1, 9)),
)
def test_the_quick_search_finds_what_an_unfiltered_one_finds(runs, parts, common):
    """Whatever is written in whatever way, all is found that stands in any reading of an output, and nothing else."""
    canaries = [Canary(plain_words(" ".join(run)), "title", "content/a.md", say("a draft")) for run in runs]
    said = [spelled(runs[number] if number < len(runs) else other, pieces) for number, other, pieces in parts]
    scanner = Scanner(canaries, common={coarsen(word.decode())[0]: often for word, often in common.items()})
    for text in (*said, "\n".join(said), "".join(said)):
        texts = fold_readings(f"a.html\n\n{text}")
        expected = [canary for canary in canaries if contains_words(texts, canary.words)]
        assert expected == list(scanner.search("a.html", text.encode()).leaks), text


def test_the_first_word_of_a_block_is_found():
    """A paragraph begins with words that invisible characters split."""
    canary = Canary(plain_words("bàn giao"), "title", "content/a.md", say("a draft"))
    assert (canary,) == Scanner([canary]).search("a.html", "<p>bàn&shy; g&shy;iao".encode()).leaks


def test_words_far_apart_are_found_by_every_build(tmp_path):
    """However many lines lie between the words of a title, an incremental build finds them, like a clean one."""
    other = "Công bố quy hoạch bến tàu khách mới của tỉnh"
    far = ("\n" * 40).join(other.split())
    site = paper(tmp_path, **{"templates/partials/publisher.html": f"<div>{far}</div>"})
    site_folder(site, {"content/kinh-te/ben-tau.md": article_source("status: draft", title=other)})
    found = leaks(site)
    assert {"templates/partials/publisher.html"} == {place.path for place, _ in found}
    assert found == leaks(site, output=site / "clean", clean=True)


@pytest.mark.parametrize("how", WRITTEN)
def test_the_place_is_told_however_it_is_written(tmp_path, how):
    """The error is at the line and column where the title begins in the file."""
    text = f"Lời đầu\n{WRITTEN[how]}\n"
    site = site_folder(paper(tmp_path), {"static/tin.txt": text})
    place = next(place for place, said in leaks(site) if "shows the title" in said)
    begun = text.splitlines()[place.line - 1][place.column - 1 :]
    assert "static/tin.txt" == place.path
    assert begun.startswith(("T", "&", "%")), begun[:20]


def test_a_number_is_no_other_number():
    """1/12 is not 11/2, and what two paragraphs say is not one sentence."""
    canary = Canary(plain_words("Kết quả xổ số ngày 1/12/2022"), "title", "content/a.md", say("a draft"))
    text = "Kết quả xổ số ngày {}/2022"
    assert (canary,) == Scanner([canary]).search("a.txt", text.format("1<b>/</b>12").encode()).leaks
    assert () == Scanner([canary]).search("a.txt", text.format("11/2").encode()).leaks
    assert () == Scanner([HIDDEN_WORDS]).search("a", TITLE.replace(" cho", "</p>\n<p>cho").encode()).leaks


@pytest.mark.parametrize(
    "encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]
)
def test_text_of_any_encoding_of_unicode_is_searched(encoding):
    """UTF-16 and UTF-32 are read with their marks and without."""
    assert TITLE.encode() == text_of("a.txt", TITLE.encode(encoding))
    assert b"" == text_of("a.bin", b"\0\1\2" + TITLE.encode(encoding) + b"\0")


def test_upper_case_is_cut_like_lower_case():
    """The table that cuts words quickly takes upper and lower case of every Vietnamese letter for the same."""
    for letter in VIETNAMESE:
        assert coarsen(letter) == [word for word in coarse_words(letter.upper()) if word != b"<"]


@given(st.text(st.one_of(st.characters(), st.sampled_from("&#;\\u%_-–“”<>b/ấẫ\u0301\u212a\u0130 \u00a0\u00add8"))))
@example("&#55296;\\ud800 %ED%A0%80 x_y K\u212a\u0130")
def test_what_surrounds_a_title_does_not_hide_it(text):
    """Whatever stands before and after a title in other lines, it is found."""
    data = f"{text}\n-\n{TITLE}\n-\n{text}".encode("utf-8", "replace")
    assert (HIDDEN_WORDS,) == Scanner([HIDDEN_WORDS]).search("a.txt", data).leaks


def test_a_story_may_say_with_markup_what_it_says(tmp_path):
    """Words of a draft that a published story says with a link in them are no leak."""
    draft = article_source("status: draft", title=TITLE)
    public = article_source(title="Kè sông giữ đất", body=f"Hôm nay {WRITTEN['Markdown'].replace('[^1]', '')}.\n")
    site = site_folder(tmp_path / "site", {PUBLIC: public, "content/kinh-te/nhap.md": draft})
    assert 1 == build_site(site, at=NOW).stories


EMBARGOED = {"content/kinh-te/dat-cang.md": SECRET, **{n: png() for n in FILES if n.endswith("png")}}
BESIDE = {
    "csv": f"a,{TITLE}\n".encode(),
    "txt": f"a\r\n{TITLE}\r\n".encode(),
    "md": TITLE.replace("khu đất", "khu\nđất").encode(),
    "json": b'["T\\u1ec9nh b\\u00e0n giao khu\\n\\u0111\\u1ea5t c\\u1ea3ng c\\u0169 cho th\\u00e0nh ph\\u1ed1"]',
    "vtt": normalize("NFD", TITLE.upper()).encode(),
    "tsv": TITLE.encode("utf-16"),
    "log": quote(TITLE).encode(),
    "tex": f"\\{TITLE.lower()}".encode(),
}


@pytest.mark.parametrize(
    ("folder", "suffix"),
    [
        (folder, s)
        for folder in ("content/xa-hoi/", "static/")
        for s in BESIDE
        if (folder, s) != ("content/xa-hoi/", "md")
    ],
)
def test_text_files_are_searched(tmp_path, folder, suffix):
    """A text file that is copied is searched, beside a story or in static/, whatever its encoding and suffix."""
    address = f"so.{suffix}" if folder.startswith("content") else f"/so.{suffix}"
    public = article_source(title="Kè sông giữ đất", body=f"[Bảng số]({address})\n")
    site = paper(tmp_path, **{PUBLIC: public, f"{folder}so.{suffix}": b"x"})
    site_folder(site, {f"{folder}so.{suffix}": BESIDE[suffix]})
    found = leaks(site)
    assert {f"{folder}so.{suffix}"} == {place.path for place, _ in found}
    assert found == leaks(site, output=site / "clean", clean=True)


@pytest.mark.parametrize("name", [f"static/anh/{SLUG}.pdf", f"content/xa-hoi/{SLUG}.png"])
def test_names_of_copied_files_are_searched(tmp_path, name):
    """The name of a file that is copied must not say the slug of an embargoed story; the error is at the file."""
    public = article_source(title="Kè sông giữ đất", body=f"![Ảnh](<{SLUG}.png>)\n")
    data = png() if name.endswith("png") else b"%PDF\0"
    more = {PUBLIC: public} if name.startswith("content") else {}
    site = site_folder(tmp_path / "site", {**FILES, **DATA, **more, name: data})
    found = leaks(site)
    assert name in {place.path for place, said in found if said.startswith("the name of")}


HIDDEN = article_source("status: draft", "image: /anh/ha-my.png", title="Nháp")


def published(site, name):
    """Whether a file is in the output, and its name is in no other file, after builds of both kinds that agree."""
    build_site(site)
    build_site(site, output=site / "clean", clean=True)
    assert tree(site / "build") == tree(site / "clean")
    return name in tree(site / "build")


def test_static_files_of_hidden_stories_are_withheld(tmp_path):
    """A static picture that only a draft shows is not copied; it is as long as something published names it."""
    site = site_folder(tmp_path / "site", {PUBLIC: article_source(title="Kè"), "static/anh/ha-my.png": png()})
    assert published(site, "anh/ha-my.png")
    draft = site_folder(site, {"content/xa-hoi/nhap.md": HIDDEN})
    assert not published(draft, "anh/ha-my.png")
    shows = {PUBLIC: article_source(title="Kè", body="![Hà My](/anh/ha-my.png)\n")}
    assert published(site_folder(site, shows), "anh/ha-my.png")
    assert not published(site_folder(site, {PUBLIC: article_source(title="Kè")}), "anh/ha-my.png")
    footer = "templates/partials/publisher.html"
    assert published(site_folder(site, {footer: '<img src="/anh/{{ "ha-my" }}.png">'}), "anh/ha-my.png")
    assert not published(site_folder(site, {footer: ""}), "anh/ha-my.png")
    assert published(site_folder(site, {"static/anh/a.css": "a{background:url(ha-my.png)}"}), "anh/ha-my.png")


@pytest.mark.parametrize("between", ["\n", "\n\n", "\\n", ' \n\\"\n'])
@pytest.mark.parametrize("place", range(1, len(TITLE.split())))
def test_a_title_is_found_across_lines(between, place):
    """A title that is broken into lines, at any word, is found among other words, also where escapes stand near."""
    said = TITLE.split()
    text = f"Lời đầu\n{' '.join(said[:place])}{between}{' '.join(said[place:])} nữa.\nLời cuối\n"
    canary = Canary(plain_words(TITLE), "title", "content/a.md", say("a draft"))
    assert (canary,) == Scanner([canary]).search("a.txt", text.encode()).leaks
    assert () == Scanner([canary]).search("a.txt", text.replace(said[place], "khác").encode()).leaks


def test_only_the_address_of_a_file_names_it(tmp_path):
    """A name means the file that it leads to: another file with the same name does not publish a hidden one."""
    files = {name: png() for name in ("static/anh/ha-my.png", "static/cu/ha-my.png")}
    site = site_folder(tmp_path / "site", {**files, "content/xa-hoi/nhap.md": HIDDEN})
    footer = "templates/partials/publisher.html"
    for named, is_public in {
        "/cu/ha-my.png": False,
        "ha-my.png": False,
        "/anh/ha-my.png.zip": False,
        "/anh/ha-my.png?v=2": True,
        "https://anh.example/anh/ha-my.png": True,
    }.items():
        site_folder(site, {footer: f"<img src={named}>"})
        assert is_public == published(site, "anh/ha-my.png"), named
    for style, is_public in {"ha-my.png": False, "../anh/ha-my.png": True}.items():
        site_folder(site, {footer: "", "static/cu/a.css": f"a{{background:url({style})}}"})
        assert is_public == published(site, "anh/ha-my.png"), style


@pytest.mark.parametrize("name", ["ảnh (1), mới.png", "a=b.png"])
def test_names_with_spaces_and_signs_are_found(tmp_path, name):
    """A file with an unusual name is withheld with the story that shows it, and published with the page that does."""
    draft = article_source("status: draft", title="Nháp", body=f"![Hà My](</anh/{name}>)\n")
    site = site_folder(tmp_path / "site", {f"static/anh/{name}": png(), "content/xa-hoi/nhap.md": draft})
    assert not published(site, f"anh/{name}")
    site_folder(site, {"templates/partials/publisher.html": f'<img src="/anh/{quote(name)}">'})
    assert published(site, f"anh/{name}")


def test_the_path_of_a_withheld_file_is_a_leak(tmp_path):
    """The path of a picture in static/ that only an embargoed story shows must not stand in any other output."""
    story = article_source("embargo: 2030-01-01", "image: /anh/bat-giam-doc.png", title="Tin")
    files = {"static/anh/bat-giam-doc.png": png(), "content/xa-hoi/a.md": story, "static/so/anh.csv": "x\n"}
    site = site_folder(tmp_path / "site", files)
    assert not published(site, "anh/bat-giam-doc.png")
    site_folder(site, {"static/so/anh.csv": "1,anh_bat_giam_doc.png\n"})
    found = leaks(site)
    assert {Location("static/so/anh.csv", 1, 3)} == {place for place, _ in found}
    assert found == leaks(site, output=site / "clean", clean=True)


def test_leaks_are_told_beside_other_faults(tmp_path):
    """A page that fails does not keep back what copied files leak: one build tells both."""
    fault = article_source(title="Kè sông giữ đất", body="[x](khong-co.md)\n")
    files = {**FILES, PUBLIC: fault, "static/tin.txt": TITLE, "templates/404.html": "{{ 1 / 0 }}"}
    site = site_folder(tmp_path / "site", files)
    with pytest.raises(ContentError) as caught:
        build_site(site)
    told = {(problem.rule, problem.location.path) for problem in caught.value.problems}
    assert {("leak", "static/tin.txt"), ("template-error", "templates/404.html"), ("dead-link", PUBLIC)} == told


def test_files_come_with_the_end_of_the_embargo(tmp_path):
    """A withheld file is published with the story that shows it, when its moment has come."""
    files = {
        "static/anh/cang.png": png(),
        "content/kinh-te/a.md": article_source("embargo: 2030-01-01", "image: /anh/cang.png"),
    }
    site = site_folder(tmp_path / "site", files)
    assert not published(site, "anh/cang.png")
    build_site(site, at=datetime(2031, 1, 1, tzinfo=UTC))
    assert "anh/cang.png" in tree(site / "build")


def test_an_old_address_that_an_editor_typed_is_no_leak(tmp_path):
    """An alias of a public story with a draft's slug is no leak; with an embargoed slug it is one, at the alias."""
    public = article_source(f"aliases: ['/tin/{SLUG}.html']", title="Kè sông giữ đất")
    draft = article_source("status: draft", f"slug: {SLUG}", title="Nháp")
    site = site_folder(tmp_path / "site", {PUBLIC: public, "content/kinh-te/nhap.md": draft})
    assert 1 == build_site(site).stories
    site_folder(site, {"content/kinh-te/nhap.md": SECRET, **FILES, PUBLIC: public})
    places = {place.path for place, _ in leaks(site)}
    assert {PUBLIC} == places


STATES = ("", "status: draft", "embargo: 2030-01-01", "date: 2029-01-01", "status: withdrawn")
SHOWN = ("/anh/mot.png", "/anh/hai.png", "ba.png", "/anh/bon.pdf")
STORY = st.tuples(st.sampled_from(STATES), st.sets(st.sampled_from(SHOWN)), st.booleans(), st.booleans())


def told(site, **options):
    """What a build ends with and says: the problems of one that fails, the warnings of one that does not."""
    try:
        return 0, sorted(build_site(site, **options).warnings)
    except NewsgenError as error:
        return error.exit_code, sorted(error.problems)


@settings(max_examples=int(os.environ.get("NEWSGEN_LEAK_CASES", "6")), deadline=None)
@given(
    st.lists(
        st.tuples(STORY, STORY, STORY, st.sampled_from(("", *SHOWN, "bai so hai cua toa soan"))), min_size=2, max_size=4
    )
)
def test_incremental_tells_and_makes_what_clean_does(steps):
    """Stories in any state with any files: an incremental build says the same as a clean one and leaves the same."""
    with TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        files = {f"static/{n[1:]}" if n[0] == "/" else f"content/xa-hoi/{n}": png() for n in SHOWN}
        for step in steps:
            for number, (state, shown, quotes, dead) in enumerate(step[:3]):
                lines = [state] if state.startswith("date") else [state, "date: 2022-08-01"]
                body = "".join(f"![x]({name})\n\n" for name in sorted(shown)) + "[x](/khong/co/)\n" * dead
                body += f"Bài số {(number + 1) % 3} của tòa soạn hôm nay\n" * quotes
                text = "\n".join(
                    ("---", f"title: Bài số {number} của tòa soạn hôm nay", *filter(None, lines), "---", body)
                )
                files[f"content/xa-hoi/b{number}.md"] = text
            files["static/anh/a.css"] = f"a{{background:url({step[3].rpartition('/')[2]})}}"
            files["templates/partials/publisher.html"] = f"<img src='{step[3]}'>"
            site_folder(site, files)
            before = tree(site / "build") if (site / "build").exists() else None
            says = told(site)
            assert told(site, output=site / "clean", clean=True) == says
            if says[0]:
                assert before == (tree(site / "build") if before is not None else None)
            else:
                assert tree(site / "clean") == tree(site / "build")
