"""The site that `newsgen init` makes builds at once, and shows what it teaches."""

from datetime import datetime

import pytest

from builders import ZONE
from newsgen.build.options import BuildOptions
from newsgen.build.pipeline import build
from newsgen.commands.init import STARTER, init_site
from newsgen.core.errors import ConfigError
from source_modules import ROOT

LATER = datetime(2030, 1, 1, tzinfo=ZONE)


def made(folder, *, drafts=False):
    """A new site in a folder of its own, built; the report, and the output folder."""
    site = folder / "bao-moi"
    init_site(site)
    return build(BuildOptions(site, site / "build", LATER, drafts=drafts)), site / "build"


def test_a_new_site_builds_without_a_problem(tmp_path):
    """There is neither error nor warning, and the three stories are public."""
    report, _ = made(tmp_path)
    assert (3, []) == (report.stories, report.warnings)


def test_a_new_site_has_a_draft(tmp_path):
    """The draft is left out, and shown with `--drafts`."""
    report, output = made(tmp_path, drafts=True)
    assert (4, []) == (report.stories, report.warnings)
    assert [] != list(output.rglob("lop-hat-mua-dong.html"))


def test_a_new_site_shows_a_figure_links_tags_and_an_author(tmp_path):
    """The story with the chart has its figure with caption and credit, its links, tags and byline."""
    _, output = made(tmp_path)
    html = (output / "doi-song/2025/10/san-truong-bong-mat.html").read_text("utf-8")
    shown = [
        '<img alt="Biểu đồ cột',
        '<span class="credit">Đồ họa: Báo Trăng Vàng</span>',
        'href="/doi-song/2025/09/xe-dap-dung-chung.html"',
        'href="/chu-de/cay-xanh/"',
        'href="/tac-gia/ha-my/"',
        'href="/gioi-thieu.html"',
        "/bao.css?v=",
    ]
    assert [] == [text for text in shown if text not in html]
    assert (output / "doi-song/do-nhiet-do.svg").is_file()


def test_a_new_site_is_readable_on_its_own():
    """Its settings and templates explain themselves, and no file speaks of the machine it was made on."""
    files = [path for path in STARTER.rglob("*") if path.is_file()]
    assert "#" in (STARTER / "newsgen.yaml").read_text("utf-8")
    assert all("{#" in path.read_text("utf-8") for path in files if path.suffix == ".html")
    assert [] == [path for path in files if str(ROOT) in path.read_text("utf-8")]


def test_a_folder_in_use_is_left_alone(tmp_path):
    """`newsgen init` refuses a folder with a file in it, and writes nothing."""
    (tmp_path / "ghi-chu.txt").write_text("của tôi", "utf-8")
    with pytest.raises(ConfigError):
        init_site(tmp_path)
    assert ["ghi-chu.txt"] == [path.name for path in tmp_path.iterdir()]
