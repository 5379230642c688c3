"""Rendering by workers that share no memory with the build: a real Dask cluster of two processes."""

import pytest

from builders import article_source, png, site_folder
from newsgen.core.errors import ContentError
from papers import build_site, tree

LocalCluster = pytest.importorskip("distributed").LocalCluster
pytestmark = pytest.mark.filterwarnings("ignore")
CONFIG = "title: Báo\nurl: https://bao.example\n"


def paper(folder, **files):
    """A site of ninety stories with links, pictures, a template and data of its own."""
    stories = {
        f"content/kinh-te/tin-{n}.md": article_source(
            "image: cau.png" if n % 9 == 0 else "tags: [cầu]", title=f"Tin {n}", body=f"Xem [tin](tin-{n // 2}.md).\n"
        )
        for n in range(90)
    }
    return site_folder(folder, {**stories, "content/kinh-te/cau.png": png(), "data/so.yaml": "mot: 1\n", **files})


def test_the_same_bytes_from_every_engine(tmp_path):
    """One process, local processes and a cluster of two make the same tree; the next build finds all of it kept."""
    trees = []
    for name, options in (("one", {"jobs": 1}), ("two", {"jobs": 2}), ("cluster", {"cluster": "local:2"})):
        site = paper(tmp_path / name)
        made = build_site(site, **options)
        trees.append(tree(site / "build"))
        assert made.made == made.pages
    assert trees[0] == trees[1] == trees[2]
    again = build_site(site, jobs=1)
    assert (0, 0, 0) == (again.made, again.changed, again.removed)


def test_workers_that_stay_see_what_was_changed(tmp_path):
    """A cluster that outlives a build renders the next one, of the same moment, with the templates of that one."""
    site, twin = paper(tmp_path / "site"), paper(tmp_path / "twin")
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50) as workers:
        for text in ("một", "hai"):
            site_folder(site, {"templates/404.html": f"{text} {{{{ data.so.mot }}}}"})
            build_site(site, cluster=workers.scheduler_address)
            assert text.encode() in (site / "build/404.html").read_bytes()
    site_folder(twin, {"templates/404.html": "hai {{ data.so.mot }}"})
    build_site(twin, jobs=1)
    assert tree(twin / "build") == tree(site / "build")


def test_a_story_at_fault_is_told_by_a_cluster(tmp_path):
    """What is wrong with a text is a problem at its line, wherever it was rendered, and nothing is published."""
    site = paper(tmp_path / "site", **{"content/kinh-te/hong.md": article_source(body="[x](khong-co.md)\n")})
    with pytest.raises(ContentError) as caught:
        build_site(site, cluster="local:2")
    assert ["content/kinh-te/hong.md"] == [problem.location.path for problem in caught.value.problems]
    assert not (site / "build").exists()
