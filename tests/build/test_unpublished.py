"""What is not public yet, or no more, is in no byte of the output."""

import re

import pytest

from builders import article_source, config_source, page_source, site_folder
from papers import build_site, tree

AT = ("--at", "2022-08-07 07:51")
SMALL = config_source("lists: {page: 2, home_latest: 3}")
FRAGMENT = config_source("lists: {page: 2, home_latest: 3}", "latest: {mode: fragment}")


HIDDEN = "content/bi-an/chua-dang.md"
CANARY = re.compile(rb"(?i)bimat|bi-an|bi an|chua-dang")


def hidden(*lines):
    """An article whose every part is one that no reader may see; a date among `lines` is its own."""
    date = next((line.removeprefix("date: ") for line in lines if line.startswith("date: ")), "2022-08-07")
    return article_source(
        "summary: bimat tóm tắt",
        "kicker: bimat nhãn",
        "tags: [bimat, chung]",
        "authors: [Bimat Người Viết, bimat-id]",
        "image: {src: bimat.svg, alt: bimat alt, caption: bimat chú thích}",
        "extra: {note: bimat}",
        "related: [kinh-te/tin-00.md]",
        *(line for line in lines if not line.startswith("date: ")),
        title="Bimat tiêu đề",
        date=date,
        body="bimat đoạn một.\n\n![bimat](bimat-2.svg)\n\n[bimat](bimat.pdf)\n",
    )


def with_hidden(*lines):
    """A paper of one public story, and one that `lines` hide, alone in its section."""
    return {
        "content/kinh-te/tin-00.md": article_source(
            "related: [bi-an/chua-dang.md]",
            "tags: [chung]",
            title="Tin số 0",
            body="Xem [bài](../bi-an/chua-dang.md).\n",
        ),
        "content/pages/lien-he.md": page_source(body="[x](../bi-an/chua-dang.md)\n"),
        HIDDEN: hidden(*lines),
        "content/bi-an/bimat.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"><!-- bimat --></svg>',
        "content/bi-an/bimat-2.svg": '<svg xmlns="http://www.w3.org/2000/svg"><!-- bimat --></svg>',
        "content/bi-an/bimat.pdf": "%PDF bimat",
        "data/authors/bimat-id.yaml": "name: Bimat Có Hồ Sơ\nbio: bimat\n",
    }


def seen(found):
    """The outputs whose name or bytes hold what is hidden.

    The rules of servers may: they name the addresses of stories that were public, and answer there that these are gone.
    """
    pages = {name: data for name, data in found.items() if not name.startswith("_server/redirects.")}
    return [name for name, data in pages.items() if CANARY.search(name.encode() + data)]


@pytest.mark.parametrize(
    "lines",
    [["status: draft"], ["date: 2022-08-07 07:52"], ["expires: 2022-08-07 07:51"], ["status: draft", "pin: true"]],
    ids=["draft", "scheduled", "expired", "pinned draft"],
)
@pytest.mark.parametrize("config", [SMALL, FRAGMENT], ids=["inline", "fragment"])
def test_what_is_not_public_is_in_no_byte_of_the_output(tmp_path, lines, config):
    """Nothing of an unpublished story, its tag, author, section, files or links to it, is in the output."""
    site = site_folder(tmp_path, with_hidden(*lines), config)
    build_site(site)
    assert [] == seen(tree(site / "build"))


@pytest.mark.parametrize(
    ("line", "shown"),
    [("status: draft", True), ("date: 2022-08-07 07:52", True), ("expires: 2022-08-07 07:51", False)],
)
def test_drafts_show_what_is_not_yet_public(tmp_path, line, shown):
    """With drafts the unwritten and the scheduled are there, on every list; what has expired is not."""
    site = site_folder(tmp_path, with_hidden(line), SMALL)
    build_site(site, drafts=True)
    found = set(seen(tree(site / "build")))
    expected = {"index.html", "bi-an/index.html", "bi-an/2022/08/bimat-tieu-de.html", "chu-de/bimat/index.html"}
    assert (expected if shown else set()) == found & expected
    assert ("bi-an/bimat.svg" in found) == shown
