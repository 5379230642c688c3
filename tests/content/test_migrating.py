"""A site that moves in is built with its dead links and missing pictures, each a warning, and their number is told."""

import pytest
from click.testing import CliRunner

from builders import article_source, config_source, png, site_config, site_folder
from newsgen.cli import main
from papers import build_site, tree
from story_rendering import body_of, shown

MOVING = config_source("language: en", "rules: {no-urls-lock: off}", "migrating: true")
BROKEN = article_source("image: {src: khong.jpg, crops: [vuong.jpg]}", body="[Xem](khong-co.md) và ![Ảnh](khong.png)\n")
STORY = "content/kinh-te/a.md"


@pytest.mark.parametrize(
    ("text", "html", "faults"),
    [
        ("Xem [tin](khong-co.md) này.", "<p>Xem <a>tin</a> này.</p>", ["5:11 dead-link"]),
        ("A\n\n![Cầu](khong-co.png)\n\nB", "<p>A</p>\n\n<p>B</p>", ["7:8 missing-image"]),
        ("A\n\n[![Cầu](khong-co.png)](cau.png)\n\nB", "<p>A</p>\n\n<p>B</p>", ["7:9 missing-image"]),
        ("A ![Cầu](khong-co.png) B", "<p>A  B</p>", ["5:10 missing-image"]),
        ('<video><source src="khong.mp4"></video>', "<p><video></video></p>", ["5:21 dead-link"]),
    ],
)
def test_what_is_missing_is_left_out_with_a_warning(text, html, faults):
    """A dead link becomes plain text and a missing picture goes, with the paragraph or link that held only it."""
    body = body_of(text, site_config("migrating: true"))
    assert (html, faults, {"warning"}) == (body.html.strip(), shown(body.problems), {p.level for p in body.problems})
    assert {"error"} == {p.level for p in body_of(text).problems}


def test_every_build_counts_what_is_left(tmp_path):
    """One that has nothing to do counts too; when all is mended the line says that the setting can go."""
    site = site_folder(tmp_path, {STORY: BROKEN, "content/kinh-te/khac.md": article_source(title="Tin khác")}, MOVING)
    arguments = ["--site", str(site), "build"]
    for _ in range(2):
        done = CliRunner().invoke(main, arguments, catch_exceptions=False)
        assert (0, "migrating: dead links: 1, missing pictures: 3") == (done.exit_code, done.stdout.splitlines()[-2])
    (site / STORY).write_text(article_source(body="[Xem](khac.md)\n"), "utf-8")
    done = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert "remove `migrating: true`" in done.stdout.splitlines()[-2]


def test_other_errors_stay_errors(tmp_path):
    """Only what an old archive cannot help is let through."""
    site = site_folder(tmp_path, {STORY: BROKEN.replace("title:", "tittle:")}, MOVING)
    assert 1 == CliRunner().invoke(main, ["--site", str(site), "build"]).exit_code
    site = site_folder(tmp_path, {STORY: BROKEN}, config_source())
    assert 1 == CliRunner().invoke(main, ["--site", str(site), "build"]).exit_code


def test_an_incremental_build_is_that_of_a_clean_one_while_moving(tmp_path):
    """A picture that arrives, and the end of `migrating`, change what they would change in a clean build."""
    mended = {"content/kinh-te/khong.png": png(), "content/kinh-te/khong-co.md": article_source(title="Tin mới")}
    site = site_folder(tmp_path, {STORY: BROKEN.replace(", crops: [vuong.jpg]", "")}, MOVING)
    build_site(site)
    for files in (
        mended,
        {"content/kinh-te/khong.jpg": png()},
        {"newsgen.yaml": MOVING.replace("migrating: true", "")},
    ):
        for name, given in files.items():
            (site / name).write_bytes(given if isinstance(given, bytes) else given.encode())
        warnings = build_site(site).warnings
        kept = tree(site / "build")
        assert (warnings, kept) == (build_site(site, clean=True).warnings, tree(site / "build"))
    assert [] == [problem.rule for problem in warnings if problem.rule != "no-urls-lock"]
