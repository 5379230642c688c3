"""Three hundred ways out of a folder, in eight fields: nothing outside is read, and nothing is written there."""

import json
from pathlib import Path

import pytest

from builders import article_source, png, site_folder
from newsgen.core.errors import ConfigError, NewsgenError
from papers import build_site
from payloads import paths

SECRET = "không ai được đọc dòng này"  # noqa: S105
PATHS = paths()
BATCH = 100
PLAIN = {
    f"templates/{name}.html": "{{ body.html if body is defined }}"
    for name in ("home", "listing", "article", "page", "archive", "404")
}


def fields(payload: str) -> dict[str, str]:
    """An article for each field that names a place."""
    text = json.dumps(payload, ensure_ascii=False)
    return {
        "slug": article_source(f"slug: {text}"),
        "section": article_source(f"section: {text}"),
        "image": article_source(f"image: {text}"),
        "tags": article_source(f"tags: [{text}]"),
        "authors": article_source(f"authors: [{text}]"),
        "related": article_source(f"related: [{text}]"),
        "picture": article_source(body=f"![x](<{payload}>)\n"),
        "link": article_source(body=f"[x](<{payload}>)\n"),
    }


def around(folder: Path, site: Path) -> dict[str, bytes]:
    """Everything beside the site, and of the site all but its output and what newsgen remembers."""
    own = (site / "build", site / ".newsgen")
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not any(place in path.parents for place in own)
    }


def accepted(site: Path) -> None:
    """Build the site, without the articles that are refused."""
    for _ in range(4):
        try:
            build_site(site, jobs=1)
        except NewsgenError as error:
            assert not isinstance(error, ConfigError)
            for source in {problem.location.path for problem in error.problems}:
                (site / source).unlink(missing_ok=True)
        else:
            return
    raise AssertionError("the site never became sound")


@pytest.mark.parametrize("field", list(fields("x")))
@pytest.mark.parametrize("start", range(0, len(PATHS), BATCH))
def test_no_path_leads_outside(tmp_path, field, start):
    """Whatever is typed, files beside the site stay as they were and are not published."""
    site = tmp_path / "sau" / "trong" / "site"
    stories = {
        f"content/kinh-te/t{n:03}.md": fields(payload)[field].replace("Nhãn muộn", f"Tin {n}")
        for n, payload in enumerate(PATHS[start : start + BATCH])
    }
    outside = ["escape", "escape.html", "etc/passwd", "build-sibling/x", "newsgen.yaml.bak", "windows/win.ini"]
    for place in (tmp_path, tmp_path / "sau", tmp_path / "sau" / "trong"):
        site_folder(place, dict.fromkeys(outside, SECRET), SECRET)
    site_folder(
        site, {**PLAIN, **stories, "content/kinh-te/ok.md": article_source(title="Tin tốt"), "content/a.png": png()}
    )
    before = around(tmp_path, site)
    accepted(site)
    after = around(tmp_path, site)
    assert set() == after.keys() - before.keys()
    assert [] == [name for name, data in after.items() if data != before[name]]
    for path in (site / "build").rglob("*"):
        assert not path.is_symlink()
        assert path.is_dir() or SECRET.encode() not in path.read_bytes(), path


def test_there_are_three_hundred():
    """The table is as large as it says."""
    assert 300 == len(set(PATHS))
