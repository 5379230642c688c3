"""What a command writes for itself: where it may, whole or not at all, and never through a link."""

import json
import os
from pathlib import Path

import pytest

from builders import article_source, config_source, site_folder
from newsgen.commands.init import init_site
from newsgen.core.writing import create_file, replace_file
from newsgen.publish.path_checks import MOUNTS, check_output, is_mounted
from papers import build_site, run_newsgen, tree, weekly

AT = ("--at", "2022-08-07 07:51")
STORY = "content/kinh-te/tin-00.md"
TRACEBACK = "Traceback"


def whole(folder: Path) -> dict[str, object]:
    """Every entry below a folder: the bytes of a file, where a link leads, None for a folder."""
    return {
        path.relative_to(folder).as_posix(): (
            str(path.readlink()) if path.is_symlink() else path.read_bytes() if path.is_file() else None
        )
        for path in folder.rglob("*")
        if not path.relative_to(folder).as_posix().startswith("site/.newsgen/")
    }


@pytest.fixture
def site(tmp_path):
    """A built site with a link to its sources, another site beside it, and a file that is nobody's report."""
    site = site_folder(tmp_path / "site", {**weekly(), "urls.lock": "", "README": "ours\n", "a.json": "[1]"})
    build_site(site)
    (site / "lnk").symlink_to("content")
    (tmp_path / "link").symlink_to(site)
    site_folder(tmp_path / "other", weekly())
    build_site(tmp_path / "other")
    return site


@pytest.mark.parametrize(
    "report",
    [
        STORY,
        "newsgen.yaml",
        "urls.lock",
        "build/index.html",
        "build/new.json",
        "content/new.json",
        "static/new.json",
        "templates/deep/new.json",
        "lnk/kinh-te/tin-00.md",
        "../link/newsgen.yaml",
        "../link/build/index.html",
        "../other/content/new.json",
        "../other/build/index.html",
        ".newsgen/build/traces",
        ".newsgen/new.json",
        "content",
        "README",
        "README/new.json",
        "a.json",
        "nowhere/new.json",
    ],
)
@pytest.mark.parametrize("config", [None, "title: 1\n"])
def test_a_report_replaces_nothing_but_a_report(site, report, config):
    """A report among sources, in an output or over another file is refused before anything is read or made."""
    if config is not None:
        (site / "newsgen.yaml").write_text(config)
    before = whole(site.parent)
    done = run_newsgen("build", *AT, "--report", report, site=site)
    assert (2, "") == (done.returncode, done.stdout)
    assert ":1:1: error[bad-report]: will not write the report to " in done.stderr
    assert done.stderr.endswith("1 error; build/ unchanged\n")
    assert before == whole(site.parent)


def test_a_report_may_be_written_again(site):
    """A new file and an earlier report are written; the link of a report's name is followed, and stays."""
    (site / "last.json").symlink_to("report.json")
    for name in ("report.json", "report.json", "last.json", "../report.json"):
        assert 0 == run_newsgen("build", *AT, "--report", name, site=site).returncode
        assert 12 == json.loads((site / name).read_text())["stories"]
    assert (site / "last.json").is_symlink()
    assert [] == [path.name for path in site.iterdir() if path.name.endswith(".part")]


def test_a_report_goes_to_a_pipe_or_to_the_standard_output(site):
    """`-` is the standard output, and a device is written to as it is."""
    done = run_newsgen("build", *AT, "--report", "-", site=site)
    assert 12 == json.loads(done.stdout[: done.stdout.rindex("}") + 1])["stories"]
    assert 0 == run_newsgen("build", *AT, "--report", "/dev/null", site=site).returncode
    assert not Path("/dev/null").is_file()


def test_a_report_that_cannot_be_written_is_a_warning(site):
    """What is published stays published: the exit code is 0, and a warning says what is missing."""
    done = run_newsgen("build", *AT, "--report", "/dev/full", site=site)
    assert 0 == done.returncode
    assert "/dev/full:1:1: warning[report-unwritten]: the report cannot be written: " in done.stderr
    site_folder(site, {STORY: "no front matter\n"})
    done = run_newsgen("build", *AT, "--report", "/dev/full", site=site)
    assert 1 == done.returncode
    assert TRACEBACK not in done.stderr


@pytest.mark.parametrize(
    ("output", "reason"),
    [
        ("lnk/out", "it lies among the site's sources"),
        ("lnk/kinh-te", "it lies among the site's sources"),
        ("../link/content/out", "it lies among the site's sources"),
        ("../link/static", "it lies among the site's sources"),
        ("lnk/..", "it holds the site's own sources"),
        ("../link/..", "it holds the site's own sources"),
        ("../other/content/out", "it lies among the site's sources"),
        ("../other/build/out", "it lies in an output of newsgen"),
        ("build/out", "it lies in an output of newsgen"),
        (".newsgen/build/tree", "it is where newsgen keeps what it remembers"),
        ("README/out", "README is not a folder"),
    ],
)
def test_an_output_is_judged_by_its_real_place(site, output, reason):
    """No link leads an output into sources, another output or what newsgen remembers; nothing is touched."""
    before = whole(site.parent)
    done = run_newsgen("build", *AT, "--output", output, site=site)
    assert (2, "") == (done.returncode, done.stdout)
    assert "error[foreign-output]: will not write into " in done.stderr
    assert reason in done.stderr
    assert before == whole(site.parent)


def test_an_output_may_lie_behind_a_link(site):
    """A link to another folder is as good as the folder: `..` after it is where the system goes."""
    (site.parent / "far" / "deep").mkdir(parents=True)
    (site / "far").symlink_to("../far/deep")
    for output in ("far/out", "far/../out"):
        assert 0 == run_newsgen("build", *AT, "--output", output, site=site).returncode
    assert tree(site / "build") == tree(site.parent / "far/deep/out") == tree(site.parent / "far/out") != {}


@pytest.mark.parametrize(
    ("state", "target", "code"),
    [
        (".newsgen", "content", 2),
        (".newsgen", "build", 2),
        (".newsgen", ".newsgen", 2),
        (".newsgen", "nowhere", 2),
        (".newsgen/build", "../content", 2),
        (".newsgen/build", "../build", 2),
        (".newsgen", "../kept", 0),
    ],
)
def test_what_newsgen_remembers_is_never_kept_in_sources(site, state, target, code):
    """`.newsgen` may be a link to a folder of its own; one that leads into the site or nowhere is refused."""
    (site.parent / "kept").mkdir()
    (site / ".newsgen").rename(site.parent / "old")
    (site / state).parent.mkdir(exist_ok=True)
    (site / state).symlink_to(target)
    before = whole(site.parent)
    for command in (("build",), ("check",)):
        done = run_newsgen(*command, *AT, site=site)
        assert code == done.returncode, done.stderr
        assert ("error[foreign-state]: " in done.stderr) is (code == 2)
    if code:
        assert before == whole(site.parent)
    else:
        assert (site / state).is_symlink()


@pytest.mark.parametrize(
    "name",
    [
        "lock",
        "traces",
        "last",
        ".traces.part",
        "reading.sqlite",
        "reading.sqlite-journal",
        "paper.sqlite",
        "old",
        "tree",
    ],
)
def test_no_hint_is_written_through_a_link(site, name):
    """A link in the place of a file that newsgen keeps is replaced; what it leads to stays as it is."""
    precious = site.parent / "precious"
    target = precious / "folder" if name in ("old", "tree") else precious / "file"
    (precious / "folder").mkdir(parents=True)
    (precious / "folder" / "file").write_text("years of work")
    (precious / "file").write_text("years of work")
    before = whole(precious)
    build_site(site)
    place = site / ".newsgen" / "build" / name
    if place.is_dir():
        place.rename(site.parent / "aside")
    place.unlink(missing_ok=True)
    place.symlink_to(target)
    site_folder(site, {STORY: article_source(title="Bản hai")})
    done = run_newsgen("build", *AT, site=site)
    assert (0, "") == (done.returncode, done.stderr)
    assert before == whole(precious)
    assert "Bản hai".encode() in (site / "build/kinh-te/2022/08/ban-hai.html").read_bytes()


def test_the_ledger_of_addresses_is_not_written_through_a_link(site):
    """A link where urls.lock is prepared is removed, and not followed."""
    (site.parent / "precious").write_text("years of work")
    (site / ".urls.lock.part").symlink_to("../precious")
    site_folder(site, {STORY: article_source(title="Bản hai")})
    assert 0 == run_newsgen("build", site=site).returncode
    assert "years of work" == (site.parent / "precious").read_text()
    assert "tin-00.md" in (site / "urls.lock").read_text()


@pytest.mark.parametrize(
    ("place", "target", "rule"),
    [
        ("content/kinh-te", "../../elsewhere", "link-outside"),
        ("content/kinh-te", "../static", "link-outside"),
        ("content/kinh-te", "nowhere", "file-exists"),
        ("content/kinh-te/ban-hai.md", "nowhere", "file-exists"),
        ("content/kinh-te/ban-hai.md", "../../../elsewhere/file", "file-exists"),
        ("content/kinh-te", None, "file-exists"),
    ],
)
def test_a_new_story_is_written_only_into_its_section(tmp_path, place, target, rule):
    """`new` follows no link out of content/ and replaces nothing: it ends with 1 and touches nothing."""
    site = site_folder(
        tmp_path / "site", {"static/a.txt": "a"}, config_source("sections:", "  kinh-te: {title: Kinh tế}")
    )
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "file").write_text("years of work")
    (site / place).parent.mkdir(parents=True)
    if target is None:
        (site / place).write_text("a file")
    else:
        (site / place).symlink_to(target)
    before = whole(tmp_path)
    done = run_newsgen("new", "Bản hai", "--section", "kinh-te", site=site)
    assert (1, "") == (done.returncode, done.stdout)
    assert f"error[{rule}]: " in done.stderr
    assert before == whole(tmp_path)


@pytest.mark.parametrize("folder", ["content/new", "static", "build/new", "lnk/new", "../other/data/x", ".newsgen/x"])
def test_no_site_is_begun_inside_another(site, folder):
    """`init` refuses the sources and outputs of a site, its own or another's."""
    before = whole(site.parent)
    done = run_newsgen("init", folder, site=site)
    assert 2 == done.returncode
    assert before == whole(site.parent)


@pytest.mark.parametrize("folder", ["new", "new/deep", "empty"])
def test_a_site_that_cannot_be_begun_leaves_nothing(tmp_path, monkeypatch, folder):
    """Where the machine refuses one of its files, `init` takes the others and the new folders away again."""
    (tmp_path / "empty").mkdir()
    before = whole(tmp_path)

    def copytree(_source, folder, *, dirs_exist_ok):
        (folder / "content" / "a").mkdir(parents=True, exist_ok=dirs_exist_ok)
        (folder / "content" / "a.md").write_text("a")
        raise OSError(28, "No space left on device", str(folder))

    monkeypatch.setattr("newsgen.commands.init.shutil.copytree", copytree)
    with pytest.raises(OSError, match="No space"):
        init_site(tmp_path / folder)
    assert before == whole(tmp_path)


def test_a_folder_where_something_is_mounted_is_refused_as_an_output(tmp_path, monkeypatch):
    """A mount point cannot be replaced in one step: the message says to build into a folder in it."""
    site = site_folder(tmp_path, weekly())
    (site / "build").mkdir()
    mounted = b"24 1 0:22 / %s rw - tmpfs tmpfs rw\n" % os.fsencode(site / "build").replace(b" ", b"\\040")
    listed = tmp_path / "mountinfo"
    listed.write_bytes(mounted)
    monkeypatch.setattr("newsgen.publish.path_checks.MOUNTS", listed)
    assert is_mounted(site / "build")
    assert not is_mounted(site / "content")
    with pytest.raises(Exception, match=r"it is a mount point.*--output build/site") as caught:
        check_output(site, site / "build")
    assert 2 == caught.value.exit_code


@pytest.mark.skipif(not MOUNTS.exists(), reason="the system does not list what is mounted")
def test_a_mounted_folder_is_known(tmp_path):
    """The root of the system is a mount point, and a new folder is none."""
    assert is_mounted(Path("/"))
    assert not is_mounted(tmp_path)


def test_a_file_that_cannot_be_written_whole_stays(tmp_path):
    """A write that fails leaves the old bytes and no other file; a first one replaces nothing."""
    path = tmp_path / "file"
    replace_file(path, b"one")
    with pytest.raises(TypeError):
        replace_file(path, "text")
    with pytest.raises(FileExistsError):
        create_file(path, b"two")
    assert {"file": b"one"} == tree(tmp_path)
