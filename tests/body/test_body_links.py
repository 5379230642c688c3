"""Links and pictures of a body: where they lead, and what is told when they lead nowhere."""

import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from builders import site_config
from story_rendering import body_of, shown


def first_link(text: str) -> dict[str, str | None]:
    """The attributes of a body's first link."""
    link = LexborHTMLParser(body_of(text).html).css_first("a")
    assert link is not None
    return dict(link.attrs.items())


BASED = site_config(url="https://x.example/bao")
TRUSTING = site_config("markdown: {raw_html: allow}", url="https://x.example/bao")


@pytest.mark.parametrize(
    ("html", "attribute", "address", "config"),
    [
        ('<blockquote cite="nhan-muon.md">Một câu.</blockquote>', "cite", "/kinh-te/nhan-muon.html", BASED),
        ('Một <q cite="/tin-moi-nhat/">câu</q>.', "cite", "/bao/tin-moi-nhat/", BASED),
        ('<ins cite="https://y.example/b">thêm</ins>', "cite", "https://y.example/b", BASED),
        ('<video src="cau.png" poster="cau.png" controls></video>', "poster", "/bao/kinh-te/cau.png", BASED),
        ('<object data="../xa-hoi/bang.pdf"></object>', "data", "/bao/xa-hoi/bang.pdf", TRUSTING),
        ('<embed src="../xa-hoi/bang.pdf">', "src", "/bao/xa-hoi/bang.pdf", TRUSTING),
        ('<iframe src="../xa-hoi/bang.pdf"></iframe>', "src", "/bao/xa-hoi/bang.pdf", TRUSTING),
        ('<form action="/tin-moi-nhat/"><button>Xem</button></form>', "action", "/bao/tin-moi-nhat/", TRUSTING),
        ('<button formaction="/tin-moi-nhat/">Xem</button>', "formaction", "/bao/tin-moi-nhat/", TRUSTING),
    ],
)
def test_every_attribute_with_an_address_is_resolved(html, attribute, address, config):
    """An address is found in whatever attribute it stands, gets the base path once, and its file is published."""
    body = body_of(html, config)
    assert () == body.problems
    node = LexborHTMLParser(body.html).css_first(f"[{attribute}]")
    assert node is not None
    assert address == node.attrs[attribute]
    if address.endswith((".pdf", ".png")):
        assert body.files == (f"content/{address.removeprefix('/bao/')}",)


@pytest.mark.parametrize("html", ['<q cite="khong-co.md">câu</q>', '<blockquote cite="khong-co.md">câu</blockquote>'])
def test_a_source_of_a_quotation_that_is_not_there_is_told(html):
    """The address of a quotation's source is checked as a link is."""
    [problem] = body_of(f"Một đoạn.\n\n{html}").problems
    assert ("dead-link", "khong-co.md") == (problem.rule, re.findall("“(.+)”", problem.what)[0])


@pytest.mark.parametrize(
    ("written", "href"),
    [
        ("nhan-muon.md", "/kinh-te/nhan-muon.html"),
        ("./nhan-muon.md", "/kinh-te/nhan-muon.html"),
        ("../xa-hoi/ke-song.md", "/xa-hoi/ke-song.html"),
        ("/xa-hoi/ke-song.md", "/xa-hoi/ke-song.html"),
        ("nhan-muon.md?a=1#gia", "/kinh-te/nhan-muon.html?a=1#gia"),
        ("../phong-su-anh/mua-nuoc/index.md", "/phong-su-anh/mua-nuoc.html"),
        ("../xa-hoi/bang.pdf", "/xa-hoi/bang.pdf"),
        ("vải%20chín.png", "/kinh-te/v%E1%BA%A3i%20ch%C3%ADn.png"),
        ("/logo.png", "/logo.png"),
        ("/tin-moi-nhat/?a#b", "/tin-moi-nhat/?a#b"),
        ("/", "/"),
        ("#gia", "#gia"),
        ("mailto:toa-soan@bao.example", "mailto:toa-soan@bao.example"),
        ("tel:0912345678", "tel:0912345678"),
        ("https://baolacgiang.example/x", "https://baolacgiang.example/x"),
    ],
)
def test_a_link_leads_where_readers_find_it(written, href):
    """Links between sources become addresses; the rest of an address is kept."""
    text = f"[x](<{written}>)"
    assert {"href": href} == first_link(text)
    assert () == body_of(text).problems


def test_addresses_carry_the_base_path():
    """On a site below its host's root, files and pages get its path."""
    config = site_config(url="https://x.example/bao")
    html = body_of("![a](cau.png)\n\n[b](/tin-moi-nhat/) [c](../xa-hoi/bang.pdf)", config).html
    for address in ('src="/bao/kinh-te/cau.png"', 'href="/bao/tin-moi-nhat/"', 'href="/bao/xa-hoi/bang.pdf"'):
        assert address in html


@pytest.mark.parametrize("href", ["https://other.example/a", "http://other.example", "//other.example/a"])
def test_a_link_to_another_host_says_so(href):
    """Links that leave the paper are external and give no opener."""
    assert {"href": href, "rel": "external noopener"} == first_link(f"[x]({href})")


def test_an_unpublished_story_is_shown_as_text_with_a_warning():
    """The words stay, the link goes, and the editor hears of it."""
    body = body_of("Xem [bài *này*](nhap.md).")
    assert "nhap" not in body.html
    assert "href" not in body.html
    assert "Xem bài này." == LexborHTMLParser(body.html).text().strip()
    assert ["5:17 unpublished-link"] == shown(body.problems)
    assert ["warning"] == [p.level for p in body.problems]


@pytest.mark.parametrize(
    ("text", "place", "fix"),
    [
        ("[x](nhan-mun.md)", "5:5 dead-link", "did you mean `nhan-muon.md`?"),
        ("[x](nhan-muon)", "5:5 dead-link", "did you mean `nhan-muon.md`?"),
        ("[x](NHAN-MUON.md)", "5:5 dead-link", "did you mean `nhan-muon.md`?"),
        ("[x](ke-song.md)", "5:5 dead-link", "write `../xa-hoi/ke-song.md`"),
        (
            "Đây,\nở [đây](zzz.md)",
            "6:9 dead-link",
            "link to another story by the path of its file, such as `../section/story.md`",
        ),
        ("[x](../../../etc/passwd)", "5:5 dead-link", "link to a file inside content/"),
        (
            "[x][r]\n\n[r]: zzz.md",
            "7:6 dead-link",
            "link to another story by the path of its file, such as `../section/story.md`",
        ),
        ('a\n\n<a href="nhan-mun.md">x</a>', "7:10 dead-link", "did you mean `nhan-muon.md`?"),
        (
            '<video src="phm.mp4"></video>',
            "5:13 dead-link",
            "link to another story by the path of its file, such as `../section/story.md`",
        ),
        ("![x](cu.png)", "5:6 missing-image", "did you mean `cau.png`?"),
        ("a\n\n![x](zzz.gif)", "7:6 missing-image", "put the file at content/kinh-te/zzz.gif"),
        ("![x](/zzz.gif)", "5:6 missing-image", "put the file at static/zzz.gif"),
    ],
)
def test_what_leads_nowhere_is_told_where_it_stands(text, place, fix):
    """A dead link or a missing picture has its line, its column and one fix."""
    problems = body_of(text).problems
    assert [place] == shown(problems)
    assert [fix] == [p.fix for p in problems]


@pytest.mark.parametrize("engine", ["python-markdown", "commonmark"])
def test_addresses_are_found_however_an_engine_spells_them(engine):
    """Letters with marks and escaped signs in an address change neither its line nor how the message calls it."""
    body = body_of(
        "Chợ.\n\n[x](chưa-xây.md)\n\n[y](cầu\\_mới.md) [z](gi%C3%A1.md)\n\n[x](chưa-xây.md)\n", engine=engine
    )
    assert ["7:5", "9:5", "9:22", "11:5"] == [fault.split()[0] for fault in shown(body.problems)]
    told = [re.search("“(.+)”", problem.what)[1] for problem in body.problems]
    assert ["chưa-xây.md", r"cầu\_mới.md", "gi%C3%A1.md", "chưa-xây.md"] == told


@pytest.mark.parametrize("engine", ["python-markdown", "commonmark"])
@pytest.mark.parametrize(
    ("text", "place", "fix"),
    [
        (r"![x](C:\Anh\cho.png)", "5:6 missing-image", "copy it to content/kinh-te/cho.png and write `cho.png`"),
        (r"![x](d:\Anh\cau.png)", "5:6 missing-image", "write `cau.png`"),
        ("![x](file:///home/lan/cau.png)", "5:6 missing-image", "write `cau.png`"),
        ("a\n\n<img src='file:///C:/cau.png' alt='x'>", "7:11 missing-image", "write `cau.png`"),
        ("[x](C:/Tin/bang.pdf)", "5:5 dead-link", "copy it to content/kinh-te/bang.pdf and write `bang.pdf`"),
        (
            "[x](FILE:///C:/nhan-muon.md)",
            "5:5 dead-link",
            "copy it to content/kinh-te/nhan-muon.md and write `nhan-muon.md`",
        ),
    ],
)
def test_a_file_on_an_editors_computer_is_an_error(engine, text, place, fix):
    """No reader can see what lies on a drive of the newsroom: the address is an error where it stands, in any body."""
    body = body_of(text, engine=engine)
    assert [place] == shown(body.problems)
    assert [fix] == [p.fix for p in body.problems]


def test_each_mention_has_its_own_place():
    """The same dead link three times is three faults."""
    body = body_of("[a](zzz.md)\n\n[b](zzz.md) [c](zzz.md)")
    assert ["5:5", "7:5", "7:17"] == [fault.split()[0] for fault in shown(body.problems)]


def test_a_name_in_the_prose_is_not_the_link():
    """The place is the link's, not that of a word which happens to read the same."""
    assert ["5:22 dead-link"] == shown(body_of("Xem `zzz.md` hay [x](zzz.md)").problems)


@pytest.mark.parametrize("engine", ["python-markdown", "commonmark"])
@pytest.mark.parametrize(
    ("text", "place"), [("Một (hai)  ba\n\n[bốn]().", "7:7"), ('Một\n\n<a href="">hai</a>', "7:10")]
)
def test_a_link_without_an_address_is_told_where_it_stands(engine, text, place):
    """Nothing is nowhere to be found in a text, so it is looked for where it is missing."""
    body = body_of(text, engine=engine)
    assert [f"{place} dead-link"] == shown(body.problems)
    assert "the link has no address" == body.problems[0].what
