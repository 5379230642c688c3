"""Files as other generators and hurried editors leave them: what is built of them, and what each slip is told.

Every expected value was written by hand, from what the file means.
"""

import json
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from selectolax.lexbor import LexborHTMLParser

from builders import article_source, config_source, site_folder
from newsgen.cli import main

CONFIG = config_source("language: en", "rules: {no-urls-lock: off}")
OLD = {
    "content/tin/cach.md": "--- \ntitle: Cách sau gạch\ndate: 2024-01-01\nslug: cach\n---\n\nChữ.\n",
    "content/tin/trong.md": "\n---\ntitle: Dòng trống đầu\ndate: 2024-01-02\nslug: trong\n--- \n\nChữ.\n",
    "content/tin/gio.md": "---\ntitle: Giờ ngắn\ndate: 2013-12-02 7:37:00 -0400\nslug: gio\n---\n\nChữ.\n",
    "content/tin/lech.md": "---\ntitle: Giờ lệch\ndate: 2015-03-17 14:00:00 -4\nslug: lech\n---\n\nChữ.\n",
    "content/tin/le.md": "---\ntitle: Phần giây\ndate: 2025-06-16T12:07:21.171-04:00\nslug: le\n---\n\nChữ.\n",
    "content/tin/utc.md": "---\ntitle: Giờ quốc tế\ndate: 2024-01-02 10:00:00 UTC\nslug: utc\n---\n\nChữ.\n",
    "content/tin/2014/10/2014-10-08-ngay.md": "---\ntitle: Thư mục ngày\ndate: 2014-10-08\nslug: ngay\n---\n\nChữ.\n",
    "content/tin/khung.md": article_source(
        "slug: khung",
        body='<iframe src="//www.youtube.com/embed/bai" title="Lễ hội"></iframe>\n\n<a name="chu"></a>\n\n'
        '<noscript><img src="https://a.example/x.png" alt="Biểu đồ"></noscript>\n\n'
        "<details>\n<summary>Thêm</summary>\n\n| a |\n|---|\n| b |\n\n</details>\n\nCần:\n- cá\n- rau\n",
    ),
}


def page_of(site: Path, slug: str) -> LexborHTMLParser:
    """The page of a story, wherever its date puts it."""
    [found] = (site / "build").rglob(f"{slug}.html")
    return LexborHTMLParser(found.read_text("utf-8"))


@pytest.fixture(scope="module")
def old_site(tmp_path_factory):
    """The site of the files above, built, and what the build told."""
    site = site_folder(tmp_path_factory.mktemp("old"), OLD, CONFIG)
    done = CliRunner().invoke(main, ["--site", str(site), "build", "--report", str(site / "told.json")])
    return site, json.loads((site / "told.json").read_text("utf-8"))["problems"], done.exit_code


def test_what_can_be_read_is_built_without_a_word(old_site):
    """A blank behind `---`, a blank first line, dates of every shape, and folders of years and months."""
    site, told, code = old_site
    assert (0, []) == (code, told)
    for name in ("cach", "trong", "gio", "lech", "le", "utc", "ngay", "khung"):
        assert page_of(site, name).css_first("article") is not None
    assert [] == [path for path in (site / "build").rglob("10/index.html") if "archive" not in path.parts]


@pytest.mark.parametrize(
    ("name", "moment"),
    [("gio", "2013-12-02T07:37:00-04:00"), ("lech", "2015-03-17T14:00:00-04:00"), ("utc", "2024-01-02T10:00:00+00:00")],
)
def test_dates_of_other_programs_are_the_moments_they_name(old_site, name, moment):
    """The moment, whatever the zone of the paper."""
    page = page_of(old_site[0], name)
    time = page.css_first("article time[datetime]")
    assert time is not None
    assert datetime.fromisoformat(moment) == datetime.fromisoformat(time.attrs["datetime"] or "")


def test_old_html_is_shown_as_it_was_meant(old_site):
    """The frame is a link, the anchor a name, the picture is shown, and the Markdown in `<details>` is read."""
    page = page_of(old_site[0], "khung")
    found = {
        "https://www.youtube.com/watch?v=bai": page.css(".embed a")[0].attrs["href"],
        "chu": page.css("a#chu")[0].attrs["id"],
        "Biểu đồ": page.css('img[src="https://a.example/x.png"]')[0].attrs["alt"],
        "b": page.css("details td")[0].text(),
        "cá rau": " ".join(item.text(strip=True) for item in page.css("article li") if item.text() in ("cá", "rau")),
    }
    assert list(found) == list(found.values())


SLIPS = {
    "date: yesterday": ("3:7 bad-value", "write `2022-07-12`, `2022-07-12 07:51` or `2022-07-12T07:51:00+07:00`"),
    "date: 2024-1-5": ("3:7 bad-value", "write `2024-01-05`"),
    "date: Jan 5, 2024": ("3:7 bad-value", "write `2024-01-05`"),
    "date: 28/11/2026 8:00": ("3:7 bad-value", "write `2026-11-28 08:00`"),
    "date: 2026-11-28 8h30": ("3:7 bad-value", "write `2026-11-28 08:30`"),
    "date: 2026-28-11": ("3:7 bad-value", "write `2026-11-28`"),
    " date: 2026-11-20": ("3:1 yaml-space", "write it at the line's beginning: date: 2026-11-20"),
    "date:\xa02026-11-20 06:00": ("3:5 yaml-space", "write: date: 2026-11-20 06:00"),
    "date:2026-11-20": ("3:5 yaml-space", "write: date: 2026-11-20"),
    "date: 2026-11-20\nsummary: Giá 10%: tăng": ("4:17 yaml-colon", 'put it in quotes: summary: "Giá 10%: tăng"'),
    "date: 2026-11-20\nTags: [a]": ("4:1 unknown-key", "did you mean `tags`?"),
    "date: 2026-11-20\nTác giả: An": ("4:1 unknown-key", "write `authors`, which is what it is called here"),
    "date: 2026-11-20\nredirect_from: [/a]": ("4:1 unknown-key", "write `aliases`, which is what it is called here"),
    "date: 2026-11-20\nexcerpt: Chữ": ("4:1 unknown-key", "write `summary`, which is what it is called here"),
    "date: 2026-11-20\nthumbnail: a.jpg": ("4:1 unknown-key", "write `image`, which is what it is called here"),
}


@pytest.fixture(scope="module")
def slips(tmp_path_factory):
    """What a build tells of each line above, by its file, and of a link to nothing beside them."""
    files = {f"content/tin/t{n:02}.md": f"---\ntitle: Tin\n{line}\n---\n\nChữ.\n" for n, line in enumerate(SLIPS)}
    files["content/tin/lien-ket.md"] = article_source(body="[a](/no/1/) [b](/no/2/) [c](@/tin/khac/index.md)\n")
    files["content/tin/nay/index.md"] = article_source("slug: nay", title="CDC&#8217;s")
    files["content/tin/cu.md"] = article_source('aliases: ["/tin/guía%20/"]', "slug: cu")
    site = site_folder(tmp_path_factory.mktemp("slips"), files, CONFIG)
    CliRunner().invoke(main, ["--site", str(site), "build", "--report", str(site / "told.json")])
    found: dict[str, list[tuple[str, str, str]]] = {}
    for problem in json.loads((site / "told.json").read_text("utf-8"))["problems"]:
        at = problem["location"]
        place = f"{at['line']}:{at['column']} {problem['rule']}"
        found.setdefault(at["path"].rpartition("/")[2], []).append((place, problem["fix"], problem["what"]))
    return found


@pytest.mark.parametrize("number", range(len(SLIPS)), ids=lambda number: list(SLIPS)[number])
def test_a_slip_in_a_head_is_told_with_what_was_meant(slips, number):
    """Its place, its rule, and the line as it should be."""
    place, fix = list(SLIPS.values())[number]
    assert (place, fix) in [told[:2] for told in slips[f"t{number:02}.md"]]


def test_dead_links_are_told_whatever_else_is_wrong(slips):
    """Stories that cannot be read hide none, and no story of another folder is offered for one that is missing."""
    told = slips["lien-ket.md"]
    assert ["5:5 dead-link", "5:17 dead-link", "5:29 dead-link"] == [place for place, _, _ in told]
    assert not any("nay/index.md" in fix for _, fix, _ in told)


def test_an_old_address_with_a_space_is_refused_with_the_reason(slips):
    """The percent sign hides it."""
    [(place, _, what)] = slips["cu.md"]
    assert place.endswith("bad-alias")
    assert "it holds a space" in what


def test_an_entity_in_a_title_is_told_with_the_title_as_it_should_be(slips):
    """Titles are no HTML."""
    [(_, fix, _)] = slips["index.md"]
    assert "CDC’s" in fix
