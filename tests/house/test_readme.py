"""README shows what newsgen says and reads: its messages and its article are tried."""

import re
from pathlib import Path

import pytest

from builders import NOW, png, site_folder
from newsgen.build.options import BuildOptions
from newsgen.build.pipeline import build
from newsgen.core.errors import ContentError, summarize

README = Path(__file__).parents[2] / "README.md"
COLON = """---
title: Mùa nhãn chín: giá cao, người trồng phấn khởi
date: 2022-08-07 07:51
---
x
"""
PICTURE = """---
title: Chợ đầu mối
date: 2022-08-07 07:51
---

Từ sáng sớm, xe tải đã xếp hàng trước cổng chợ…

![Chợ đầu mối lúc 4 giờ sáng](cho.jpg "Chợ đầu mối lúc 4 giờ sáng | Ảnh: Ngọc Hà")
"""


def block(language):
    """The first fenced block of that language in README."""
    found = re.search(rf"^```{language}\n(.*?)^```$", README.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    assert found is not None
    return found[1]


def test_the_messages_are_those_that_a_build_prints(tmp_path):
    """The messages in README are what the build says to these two mistakes."""
    files = {
        "content/kinh-te/mua-nhan-chin.md": COLON,
        "content/kinh-te/cho-dau-moi.md": PICTURE,
        "content/kinh-te/cho-1.jpg": png(),
    }
    site = site_folder(tmp_path, files)
    with pytest.raises(ContentError) as caught:
        build(BuildOptions(site, site / "build", NOW))
    assert block("text") == f"{caught.value}\n{summarize(caught.value.problems, 'build/ unchanged')}\n"


def test_the_article_builds(tmp_path):
    """The article in README becomes a page, with the author, the picture and the related story that it names."""
    files = {
        "content/kinh-te/mua-nhan-chin.md": block("markdown"),
        "content/kinh-te/vuon-nhan.jpg": png(),
        "content/kinh-te/cho.jpg": png(),
        "content/kinh-te/cho-dau-moi.md": PICTURE,
        "data/authors/minh-an.yaml": "name: Minh An\n",
    }
    site = site_folder(tmp_path, files)
    report = build(BuildOptions(site, site / "build", NOW))
    assert (2, []) == (report.stories, report.warnings)
