"""A small paper of six stories, and what a build makes again after an edit of it."""

import shutil
from unittest.mock import patch

from builders import NOW, article_source, config_source, page_source, png, site_folder
from newsgen.build.page_maker import PageMaker
from newsgen.publish.build_info import BUILD_INFO
from papers import build_site, tree

SETTINGS = (
    "lists: {page: 2, related: 2, home_latest: 3, home_seconds: 1, home_section: 1}",
    "latest: {mode: fragment}",
    "feeds: {site: [], sections: [], tags: [], authors: [], corrections: []}",
    "machines: {sitemap: false, latest_json: false}",
)
CONFIG = config_source(*SETTINGS)
STORIES = {f"tin-{n}": f"{('kinh-te', 'xa-hoi')[n % 2]}/2022/0{n}/tin-{n}.html" for n in range(1, 7)}
"""Story → output; they stand in two sections by turns, a month apart, so that lists of theirs are easy to foretell."""

STORY = {name: f"content/{output.partition('/')[0]}/{name}.md" for name, output in STORIES.items()}
PAGES = {"gioi-thieu.html", "lien-he.html"}
TEMPLATE = '{% extends "base.html" %}{% block main %}{{ body.html }}{% include "partials/them.html" ignore missing %}'


def story(number, *lines, title="", body="", date=""):
    """The source of one of the six stories."""
    return article_source(
        f"slug: tin-{number}",
        *lines,
        title=title or f"Tin số {number}",
        date=date or f"2022-0{number}-01",
        body=f"Đoạn một của tin {number}.\n\n{body or 'Đoạn hai.'}\n",
    )


def paper(folder):
    """A small paper, built once: six stories, two pages, of which one shows data and one a part that may be missing."""
    files = {STORY[f"tin-{n}"]: story(n) for n in range(1, 7)}
    files[STORY["tin-3"]] = story(3, "image: anh.png", "tags: [Nhãn]")
    site = site_folder(
        folder / "site",
        {
            **files,
            "content/xa-hoi/anh.png": png(40, 30),
            "content/pages/gioi-thieu.md": page_source(),
            "content/pages/lien-he.md": page_source(
                "slug: lien-he", title="Liên hệ", body="[Tin 1](../xa-hoi/tin-1.md)\n"
            ),
            "data/gia.yaml": "nhan: 35000\n",
            "data/thua.yaml": "khong: ai đọc\n",
            "templates/page.html": TEMPLATE + "{{ data.gia.nhan if page.url == '/gioi-thieu.html' }}{% endblock %}",
            "templates/partials/neighbours.html": '{% include "theme/partials/neighbours.html" %}',
        },
        CONFIG,
    )
    build_site(site)
    return site


def built_again(site, files=None, *, config=CONFIG, at=NOW):
    """The outputs that are made again after files were written, None for one that goes; and the report.

    The tree is the one that a clean build leaves.
    """
    for name, data in (files or {}).items():
        if data is None:
            (site / name).unlink()
    site_folder(site, {name: data for name, data in (files or {}).items() if data is not None}, config)
    before, rendered, begin = tree(site / "build"), set(), PageMaker.begin

    def noted(maker, page):
        rendered.add(page.output)
        return begin(maker, page)

    with patch.object(PageMaker, "begin", noted):
        report = build_site(site, at=at)
    after = tree(site / "build")
    assert report.pages - len(rendered) == report.kept
    assert sum(before.get(name) != data for name, data in after.items() if name != BUILD_INFO) == report.changed
    assert len(before.keys() - after.keys()) == report.removed
    shutil.rmtree(site.with_name("twin"), ignore_errors=True)
    twin = shutil.copytree(site, site.with_name("twin"), ignore=shutil.ignore_patterns("build", ".newsgen"))
    build_site(twin, at=at)
    assert tree(twin / "build") == after
    return rendered, report


def numbered(*folders):
    """The fronts of lists."""
    return {f"{folder}/index.html" for folder in folders}
