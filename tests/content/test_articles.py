"""Article files become manuscripts."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import article_source, moment, page_source, site_config, site_folder
from newsgen.content.source_text import LARGEST, read_body, read_source
from newsgen.core.opening import OutsideSite
from newsgen.model.manuscripts import ImageField, Reference
from story_rendering import good_article, read_article, shown

FULL = article_source(
    "updated: 2022-08-08 09:00",
    "expires: 2023-01-01",
    "summary: |\n  Vụ nhãn muộn\n  được giá.",
    "kicker: Nông nghiệp",
    "authors: [minh-an, Ngọc Hà]",
    "tags: nhãn, nông sản",
    "related: [kinh-te/cau-lac-2.md]",
    "image: {src: nhan.webp, alt: Chùm nhãn, caption: Nhãn chín, credit: Minh An}",
    "pin: true",
    "lang: en",
    "extra: {gia: 25, ghi-chu: [a, ~]}",
)


def test_every_field_is_read():
    """A full head gives a full manuscript, each reference with its place."""
    story = good_article(FULL, "kinh-te/nong-nghiep/nhan.md")
    assert ("Nhãn muộn được mùa", "nhan-muon-duoc-mua") == (story.title, story.slug)
    assert (moment("2022-08-07"), moment("2022-08-08 09:00"), moment("2023-01-01")) == (
        story.date,
        story.updated,
        story.expires,
    )
    assert ("kinh-te/nong-nghiep", "Vụ nhãn muộn được giá.", "Nông nghiệp", "en") == (
        story.section,
        story.summary,
        story.kicker,
        story.lang,
    )
    assert (Reference("minh-an", 10, 11), Reference("Ngọc Hà", 10, 20)) == story.authors
    assert ("nhãn", "nông sản") == tuple(tag.text for tag in story.tags)
    assert (Reference("kinh-te/cau-lac-2.md", 12, 11),) == story.related
    assert ImageField("nhan.webp", "Chùm nhãn", "Nhãn chín", "Minh An", 13, 14) == story.image
    assert {"gia": 25, "ghi-chu": ["a", None]} == story.extra
    assert (True, False, False) == (story.pinned, story.is_draft, story.is_page)


@pytest.mark.parametrize("title", ["no", "yes", "true", "2022", "12:30", "2022-07-12", "1e3", "0x1f", "~", "null"])
def test_a_title_is_the_text_that_was_typed(title):
    """YAML's other types do not touch a text."""
    assert title == good_article(article_source(title=title)).title


@given(st.sampled_from(["\n", "\r\n", "\r"]), st.booleans(), st.sampled_from(["NFC", "NFD"]))
def test_every_way_of_saving_gives_the_same_manuscript(end, bom, form):
    """Line ends, BOM and Unicode form change nothing but the digest of the bytes."""
    plain = good_article(FULL)
    saved = good_article(("\ufeff" * bom + unicodedata.normalize(form, FULL).replace("\n", end)).encode())
    names = [name for name in type(plain).__slots__ if name != "digest"]
    assert [getattr(plain, name) for name in names] == [getattr(saved, name) for name in names]


@pytest.mark.parametrize(
    ("path", "section"),
    [
        ("a.md", ""),
        ("kinh-te/a.md", "kinh-te"),
        ("Xã hội/Y tế/a.md", "xa-hoi/y-te"),
        ("phong-su-anh/mua-nuoc/index.md", "phong-su-anh"),
        ("kinh-te/index.md", "kinh-te"),
        ("kinh-te/2014/10/a.md", "kinh-te"),
        ("2014/a.md", ""),
        ("2014/kinh-te/a.md", "kinh-te"),
        ("kinh-te/2014/10/nhan/index.md", "kinh-te"),
        ("24h/a.md", "24h"),
    ],
)
def test_the_folder_is_the_section(path, section):
    """A story stands in its folder; the folder of an index.md is the story's own, and folders of digits are dates."""
    assert section == good_article(article_source(), path).section


@pytest.mark.parametrize("path", ["🤷/a.md", "kinh-te/---/a.md"])
def test_a_folder_without_letters_is_no_section(path):
    """A folder of which no address can be made is told."""
    assert "bad-section" in {p.rule for p in read_article(article_source(), path)[1].found}


def test_the_front_matter_may_name_another_section():
    """A typed section wins over the folder."""
    assert "xa-hoi/y-te" == good_article(article_source("section: /Xã hội/y-te/")).section


@pytest.mark.parametrize(
    ("lines", "title", "path", "slug"),
    [
        (["slug: tin-nhanh"], "Nhãn", "k/a.md", "tin-nhanh"),
        ([], "Đường về", "k/a.md", "duong-ve"),
        ([], "🤷", "k/tin-vui.md", "tin-vui"),
        ([], "🤷", "k/tin-vui/index.md", "tin-vui"),
    ],
)
def test_where_a_slug_comes_from(lines, title, path, slug):
    """From the front matter, else the title, else the file's name."""
    assert slug == good_article(article_source(*lines, title=title), path).slug


def test_a_story_without_letters_needs_a_slug():
    """Where no address can be made, the fix is to type one."""
    assert ["2:1 empty-slug"] == shown(read_article(article_source(title="🤷"), "k/🤷.md")[1])


def test_an_empty_title_is_a_fault():
    """A headline of spaces is none."""
    assert "2:8 bad-value" in shown(read_article(article_source(title='"  "'))[1])


@pytest.mark.parametrize(
    ("body", "summary"),
    [
        ("Đoạn một.\n\nĐoạn hai.\n", "Đoạn một."),
        ("## Mục\n\n![a](b.png)\n\n- x\n\nVăn **xuôi** [ở](c.md).\n", "Văn xuôi ở."),
        ("", ""),
    ],
)
def test_the_summary_is_the_first_paragraph(body, summary):
    """Without a lead of its own a story has its first paragraph's text."""
    assert summary == good_article(article_source(body=body)).summary


def test_a_long_first_paragraph_is_cut_at_a_word():
    """The summary keeps to the site's length."""
    summary = good_article(article_source(body="mùa nhãn " * 50), config=site_config("summary_length: 20")).summary
    assert "mùa nhãn mùa nhãn…" == summary


def test_a_typed_summary_is_not_cut():
    """What an editor wrote stays whole, on one line."""
    story = good_article(article_source(f"summary: {'mùa nhãn ' * 50}"), config=site_config("summary_length: 20"))
    assert ("mùa nhãn " * 50).strip() == story.summary
    assert story.has_lead


def test_a_page_has_no_date_and_no_section():
    """content/pages/ holds pages; the fields of a story are faults there."""
    page = good_article(page_source(), "pages/gioi-thieu.md")
    assert (True, None, "", "gioi-thieu") == (page.is_page, page.date, page.section, page.slug)
    assert ["3:1 unknown-key"] == shown(read_article(article_source(), "pages/a.md")[1])


def test_a_missing_title_and_date_are_both_asked_for():
    """A story needs both."""
    assert ["2:1 missing-key", "2:1 missing-key"] == shown(read_article("---\nkicker: x\n---\n")[1])


def test_the_body_starts_in_its_line():
    """Faults of the body count from there."""
    assert 5 == good_article(article_source()).body_line
    assert 18 == good_article(FULL).body_line


def test_a_file_past_the_limit_is_refused_unread():
    """A file larger than head and body together may be is told with its limit."""
    assert ["1:1 file-size"] == shown(read_article(b"---\n" + b"x" * LARGEST)[1])


def test_a_deeply_nested_first_paragraph_is_a_fault_or_a_summary():
    """Hostile nesting never ends in a traceback."""
    manuscript, problems = read_article(article_source(body="> " * 5_000 + "x"))
    assert manuscript is not None or problems.errors


def test_the_digest_is_of_the_bytes():
    """Equal files have equal digests, other files others."""
    assert good_article(FULL).digest == good_article(FULL).digest
    assert good_article(FULL).digest != good_article(FULL + " ").digest


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (article_source(body="Một.\n\n---\n\nHai.\n"), "Một.\n\n---\n\nHai.\n"),
        (article_source(body="---\n"), "---\n"),
        (article_source(body=""), ""),
        (article_source(body="").rstrip("\n"), ""),
        ("+++\ntitle = 'A'\ndate = 2022-08-07\n+++\n---\nB\n", "---\nB\n"),
        ("---\n---\nA\u2028B\r\n", "A B\n"),
    ],
    ids=["a rule in it", "only a rule", "empty", "no line end", "TOML", "no fields"],
)
def test_a_body_is_found_again(tmp_path, text, body):
    """The body that is rendered is what follows the head that was read, as long as the bytes are the same."""
    site = site_folder(tmp_path, {"content/a.md": text})
    found = read_source(site, "content/a.md")
    assert (body, body) == (found.body, read_body(site, "content/a.md", found.digest))
    site_folder(site, {"content/a.md": f"{text} "})
    assert read_body(site, "content/a.md", found.digest) is None
    (site / "content/a.md").unlink()
    assert read_body(site, "content/a.md", found.digest) is None


def test_a_link_out_of_the_site_that_takes_the_place_of_a_source_is_refused(tmp_path):
    """Its bytes are not used, and what leads elsewhere is told."""
    site = site_folder(tmp_path / "site", {"content/a.md": article_source()})
    found = read_source(site, "content/a.md")
    (tmp_path / "other.md").write_text("other", "utf-8")
    (site / "content/a.md").unlink()
    (site / "content/a.md").symlink_to(tmp_path / "other.md")
    with pytest.raises(OutsideSite):
        read_body(site, "content/a.md", found.digest)


def test_a_long_body_is_read_whole(tmp_path):
    """Also one that takes more than one look."""
    site = site_folder(tmp_path, {"content/a.md": article_source(body="chữ " * 20_000)})
    found = read_source(site, "content/a.md")
    assert found.body == read_body(site, "content/a.md", found.digest)
