"""Stories that cannot be read excuse only what they may be called or have for an address."""

import pytest

from builders import site_folder
from newsgen.content.unreadable import collect_values
from newsgen.model.unreadable import Unreadable

HEAD = """\
---
title: "Chợ "nổi", mùa nước"
slug: cho-noi
tags: [lũ lụt, 'bông súng']  # cả hai
authors:
  - Lan Anh
aliases: [/cu/cho.html]
---

Bến đò
"""


def unreadable(folder, text):
    """What is known of content/doi-song/mua/ghe.md with this text."""
    site_folder(folder, {"content/doi-song/mua/ghe.md": text})
    return Unreadable(["doi-song/mua/ghe.md"], collect_values(folder, ["content/doi-song/mua/ghe.md"]))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/doi-song/cho-noi.html", True),
        ("/2022/08/cho-noi/", True),
        ("/a/cho-noi-mua-nuoc.html", True),
        ("/doi-song/mua/ghe", True),
        ("/doi-song/", True),
        ("/chu-de/lu-lut/", True),
        ("/chu-de/bong-sung/", True),
        ("/tac-gia/lan-anh/", True),
        ("/cu/cho.html", True),
        ("/khac/cho.html", False),
        ("/doi-song/ben-do.html", False),
        ("/", False),
        ("/cho-noi/anh.html", False),
    ],
)
def test_its_own_addresses_are_excused(tmp_path, path, expected):
    """The names of its path, its slug, title, tags, authors and old addresses are; what its text says is not."""
    assert expected is unreadable(tmp_path, HEAD).may_have(path)


@pytest.mark.parametrize("text", ["", "Bến đò\n", b"\xff\xfet\0", "---\ntitle: Bến đò\n"])
def test_a_text_that_is_no_article_has_its_path(tmp_path, text):
    """Where there is no front matter, or no end of it, the names of the path are known at least."""
    found = unreadable(tmp_path, text)
    assert (True, False) == (found.may_have("/x/ghe.html"), found.may_have("/x/thuyen.html"))


def test_a_paper_without_faults_excuses_nothing():
    """Where every story can be read, no address is another story's."""
    assert not Unreadable().may_have("/a.html")
    assert not Unreadable().may_be_called("a")
