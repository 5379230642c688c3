"""The list of published files: whole, right, and the same however it came about."""

import json
import shutil
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from builders import article_source, config_source, png, site_folder
from newsgen.core.errors import ContentError
from newsgen.publish.build_info import BUILD_INFO
from newsgen.publish.file_list import FILE_LIST, write_file_list
from newsgen.publish.publication import Publication, find_state_folder
from papers import build_site, tree, weekly

CONFIG = config_source("machines: {manifest: true}")
STORY = "content/kinh-te/tin-00.md"


def paper(folder):
    """A small paper with a list of its files, built once."""
    site = site_folder(folder / "site", {**weekly(), "static/anh/ảnh 1.png": png()}, CONFIG)
    build_site(site)
    return site


def told(site):
    """What the list says."""
    return json.loads((site / "build" / FILE_LIST).read_bytes())


def counted(site):
    """What it should say."""
    files = {name: data for name, data in tree(site / "build").items() if name not in (FILE_LIST, BUILD_INFO)}
    return {name: {"sha256": sha256(data).hexdigest(), "size": len(data)} for name, data in files.items()}


def test_every_file_is_listed(tmp_path):
    """Pages, documents, static files and the theme's, by path, with digest and size; the list and the mark are not."""
    site = paper(tmp_path)
    assert {"site": "https://baolacgiang.example", "files": counted(site)} == told(site)
    assert sorted(told(site)["files"]) == list(told(site)["files"])


def test_the_list_follows_every_edit_as_a_clean_build_does(tmp_path):
    """After edits, a deletion and damage by hand it is byte for byte what a clean build of the same files writes."""
    site = paper(tmp_path)
    for number, files in enumerate(
        [
            {STORY: article_source(title="Tin số không")},
            {"static/anh/ảnh 1.png": png(9, 9)},
            {"content/xa-hoi/moi.md": article_source(title="Tin mới")},
            {"content/xa-hoi/tin-11.md": None},
            {},
        ]
    ):
        for name, data in files.items():
            if data is None:
                (site / name).unlink()
            else:
                site_folder(site, {name: data}, CONFIG)
        if not files:
            (site / "build/index.html").write_text("hỏng")
            (site / "build" / FILE_LIST).write_text("{}")
        build_site(site)
        twin = tmp_path / f"twin{number}"
        shutil.copytree(site, twin, ignore=shutil.ignore_patterns("build", ".newsgen"))
        build_site(twin)
        assert tree(twin / "build") == tree(site / "build")
        assert counted(site) == told(site)["files"]


def test_no_published_file_is_read_for_it(tmp_path, monkeypatch):
    """Digests and sizes are those that are known of the outputs: none of them is read again."""
    site = paper(tmp_path)
    output, listed = site / "build", told(site)
    with closing(Publication(output, find_state_folder(site, output), "https://baolacgiang.example")) as publication:
        target = publication.published()
        before = target.pop(FILE_LIST)
        monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail(f"{path} is read"))
        write_file_list(publication, target, listed["site"])
    assert before == target[FILE_LIST]


def test_without_it_there_is_none(tmp_path):
    """No paper has a list that did not ask for one; a file of the same name is then the paper's own."""
    site = site_folder(tmp_path, {**weekly(), f"static/{FILE_LIST}": "của báo"})
    build_site(site)
    assert "của báo" == (site / "build" / FILE_LIST).read_text()
    site_folder(site, {}, CONFIG)
    with pytest.raises(ContentError) as caught:
        build_site(site)
    assert ["duplicate-address"] == [problem.rule for problem in caught.value.problems]
