"""What a story shows its reader."""

import re

from playwright.sync_api import expect

from served_papers import CUT, TITLE, until


def test_breadcrumb(reader, inline):
    """The path from the front page to the story's section stands above it, in the paper's language."""
    page = reader.open(inline.story())
    crumbs = page.locator("nav.breadcrumb a")
    expect(crumbs).to_have_text(["Trang chủ", "Kinh tế"])
    crumbs.last.click()
    expect(page).to_have_url(f"{inline.origin}/kinh-te/")


def test_subsection_in_breadcrumb(reader, paper):
    """A story of a subsection names both sections, and the menu marks the upper one."""
    page = reader.open(paper.find("xa-hoi/giao-duc/*/*/truong-lang-thu-vien-mo.html"))
    expect(page.locator("nav.breadcrumb a")).to_have_text(["Trang chủ", "Xã hội", "Giáo dục"])
    expect(page.locator("nav.sections [aria-current]")).to_have_text(["Xã hội"])


def test_head(reader, inline):
    """Title, date of publication, author and lead are shown once each, in this order."""
    page = reader.open(inline.story())
    expect(page).to_have_title(re.compile(re.escape(TITLE)))
    expect(page.locator("h1")).to_have_text([TITLE])
    expect(page.locator(".dateline time").first).to_have_text("Đăng ngày 07 - 08 - 2026")
    expect(page.locator(".dateline time").first).to_have_attribute("datetime", "2026-08-07T07:51:00+07:00")
    expect(page.locator(".byline a")).to_have_text(["Minh An"])
    lead = "Một phiên chợ dựng lên để thử, và mọi gian hàng đều bán hết trước buổi trưa."
    expect(page.get_by_text(lead)).to_have_count(1)
    order = ["h1", ".dateline", ".lead", "figure", ".prose", ".tags", ".related"]
    tops = page.evaluate("names => names.map(n => document.querySelector(n).getBoundingClientRect().top)", order)
    assert tops == sorted(tops)


def test_updated(reader, paper):
    """A story that was updated says when, beside its first date."""
    page = reader.open(paper.kind("article"))
    expect(page.locator(".dateline")).to_contain_text(re.compile(r"Đăng ngày \d\d - \d\d - \d{4}"))
    expect(page.locator(".dateline")).to_contain_text(re.compile(r"Cập nhật \d\d/\d\d/\d{4} \d{1,2}:\d\d (SA|CH)"))


def test_photograph(reader, inline):
    """The lead picture is a figure with its caption and credit, and is seen."""
    page = reader.open(inline.story())
    figure = page.locator("figure").first
    expect(figure.get_by_role("img", name="Một cây cầu qua sông")).to_be_visible()
    expect(figure.locator("figcaption")).to_contain_text("Cầu nhìn từ phía chợ.")
    expect(figure.locator(".credit")).to_have_text("Ảnh: Minh An")
    assert page.evaluate("document.querySelector('figure img').naturalWidth") > 0


def test_body(reader, inline):
    """The body keeps its paragraphs and its headings."""
    page = reader.open(inline.story())
    expect(page.locator(".prose h2")).to_have_text("Cân và đo")
    texts = ["Chợ mở lúc năm giờ.", "Người bán cân hai lần, người mua gật đầu một lần."]
    expect(page.locator(".prose p")).to_have_text(texts)


def test_gallery(reader, paper):
    """Every picture of a photo essay loads, is described, and has a caption."""
    page = reader.open(paper.kind("photo essay"))
    figures = page.locator("article figure")
    assert figures.count() >= 5
    for figure in figures.all():
        figure.scroll_into_view_if_needed()
        picture = figure.locator("img")
        expect(picture).not_to_have_attribute("alt", "")
        expect(figure.locator("figcaption")).not_to_be_empty()
        until(page, "picture => picture.complete && picture.naturalWidth > 0", picture.element_handle())


def test_related(reader, inline):
    """The stories that the editor chose come first under “Tin liên quan”, each a link."""
    page = reader.open(inline.story())
    related = page.get_by_role("region", name="Tin liên quan")
    links = related.locator("a")
    assert links.count() >= 2
    assert inline.kind("article").removeprefix(inline.origin) == links.first.get_attribute("href")
    expect(related.locator("time").first).to_have_text(re.compile(r"^\d\d/\d\d/\d{4} \d{1,2}:\d\d (SA|CH)$"))


def test_followed_by(reader, inline):
    """The older story shows the newer one that points to it."""
    page = reader.open(inline.kind("article"))
    expect(page.get_by_role("region", name="Tin liên quan").get_by_role("link", name=TITLE)).to_be_visible()


def test_tags(reader, inline):
    """Tags lead to their pages, on which the story is listed."""
    page = reader.open(inline.story())
    tags = page.get_by_role("list", name="Chủ đề").get_by_role("link")
    expect(tags).to_have_text(["chợ mẫu", "sông Lạc"])
    tags.first.click()
    expect(page.locator("h1")).to_have_text("chợ mẫu")
    expect(page.locator("main").get_by_role("link", name=TITLE)).to_be_visible()


def test_back_to_top(reader, inline):
    """“Về đầu trang” brings the reader from the end of the page to its head."""
    page = reader.open(inline.story(), width=360)
    link = page.get_by_role("link", name="Về đầu trang")
    link.scroll_into_view_if_needed()
    assert page.evaluate("scrollY") > 0
    link.click()
    until(page, "scrollY === 0")


def test_latest(reader, inline):
    """“Tin mới nhất” lists stories with their stamps; a long title is cut at a word, whole in its `title`."""
    page = reader.open(inline.story())
    box = page.get_by_role("region", name="Tin mới nhất")
    expect(box.locator("li")).to_have_count(8)
    expect(box.locator("li").first).to_contain_text(f"{CUT} (07/08/2026 7:51 SA)")
    expect(box.locator("li a").first).to_have_attribute("title", TITLE)
    expect(box.locator("li a").first).to_have_attribute("aria-current", "page")
    for stamp in box.locator("time").all_inner_texts():
        assert re.fullmatch(r"\(\d\d/\d\d/\d{4} \d{1,2}:\d\d (SA|CH)\)", stamp)


def test_english_story(reader, paper):
    """A story in the paper's other language stands among that language's own words."""
    page = reader.open(paper.kind("English article"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("link", name="Skip to the content")).to_have_count(1)
    assert [] == page.locator("[lang=vi]:not(a)").all()


def test_unknown_address(reader, paper):
    """An address that is not there gives the paper's own page with links onward, and the status 404."""
    page = reader.page()
    answer = page.goto(f"{paper.origin}/kinh-te/khong-co/bai-nay.html")
    assert answer is not None
    assert 404 == answer.status
    expect(page.locator("h1")).to_have_text("Không tìm thấy trang này")
    reader.forgive("404")
    page.get_by_role("link", name="Trang chủ").click()
    expect(page).to_have_url(f"{paper.origin}/")
