"""A link out of the site that is put in a file's place after it was looked at, and before it is read."""

import shutil

import pytest

from builders import article_source, png, site_folder
from newsgen.build import stages
from newsgen.build.copying import Copier
from newsgen.build.options import BuildOptions
from newsgen.commands import check as checks
from newsgen.core.errors import ContentError
from papers import NOW, build_site, tree

SECRET = "không ai được đọc dòng này"  # noqa: S105
NAMES = (
    "content/kinh-te/a.md",
    "content/kinh-te/cau.svg",
    "content/kinh-te",
    "data/so.yaml",
    "data/authors/minh-an.yaml",
    "data/breaking.yaml",
    "static/tep.txt",
    "static/sau",
    "templates/404.html",
)
FILES = {
    "content/kinh-te/a.md": article_source("image: cau.svg", "author: minh-an"),
    "content/kinh-te/cau.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"/>',
    "content/pages/x.md": "---\ntitle: Trang\n---\nChữ.\n",
    "data/so.yaml": "mot: 1\n",
    "data/authors/minh-an.yaml": "name: Minh An\n",
    "data/breaking.yaml": "text: Bão\nstart: 2022-08-01\nend: 2022-08-09\n",
    "static/tep.txt": "tệp",
    "static/sau/trong.png": png(),
    "templates/404.html": "404",
}
STAGES = {"read": (stages, "read_site"), "render": (stages, "render"), "copy": (Copier, "copy_all")}


def swapping(site, name, patch, stage):
    """Before a stage of the first run, put a link to a secret, or to a folder of secrets, at `name`."""
    owner, function = STAGES[stage]
    original = getattr(owner, function)

    def swapped(*arguments, **named):
        path = site / name
        if not path.is_symlink():
            beside = site.parent / path.name
            if path.is_dir():
                for file in path.rglob("*.*"):
                    site_folder(beside, {str(file.relative_to(path)): SECRET}, SECRET)
                shutil.rmtree(path)
            else:
                beside.write_text(SECRET)
                path.unlink()
            path.symlink_to(beside)
        return original(*arguments, **named)

    patch.setattr(owner, function, swapped)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("stage", STAGES)
def test_nothing_outside_is_read(tmp_path, monkeypatch, name, stage):
    """The build names the link, or had read the file before; no secret is in the output or in what is remembered."""
    site = site_folder(tmp_path / "site", FILES)
    swapping(site, name, monkeypatch, stage)
    try:
        build_site(site, jobs=1)
    except ContentError as error:
        assert (name, "link-outside") in {(p.location.path, p.rule) for p in error.problems}
    for folder in (site / "build", site / ".newsgen"):
        assert [] == [path for path, data in tree(folder).items() if SECRET.encode() in data]
    with pytest.raises(ContentError) as caught:
        build_site(site, jobs=1)
    assert (name, "link-outside") in [(p.location.path, p.rule) for p in caught.value.problems]


def test_a_check_reads_nothing_outside_either(tmp_path, monkeypatch):
    """`newsgen check` tells the link."""
    site = site_folder(tmp_path / "site", FILES)
    swapping(site, "content/kinh-te/a.md", monkeypatch, "read")
    found = checks.check(BuildOptions(site, site / "build", NOW, jobs=1))
    assert "link-outside" in {problem.rule for problem in found.problems}
