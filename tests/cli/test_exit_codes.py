"""Whose fault it is: 1 for the content, 2 for the command line and the settings, 3 for the machine, and never 4."""

import os
import subprocess

import pytest

from builders import config_source, site_folder
from papers import AT, build_site, run_newsgen, tree, weekly


@pytest.fixture
def site(tmp_path):
    site = site_folder(tmp_path, {**weekly(), "static/a.txt": "a", "templates/x.html": "x", "data/a.yaml": "a: 1"})
    build_site(site)
    return site


def ended(site, *command):
    """The exit code and the errors of a command that must leave the output as it is."""
    before = tree(site / "build")
    done = run_newsgen(*command, site=site)
    assert before == tree(site / "build")
    assert "Traceback" not in done.stderr
    return done.returncode, [line for line in (done.stderr + done.stdout).splitlines() if "error[" in line]


COMMANDS = [("build", *AT), ("check", *AT), ("list",), ("due",), ("urls", "accept"), ("new", "Tin", "--section", "x")]


LOOPS = [(COMMANDS[0], f"{at}/loop") for at in ("static", "templates", "data")]
LOOPS += [(COMMANDS[0], "content/loop.md"), *[(command, "content/loop") for command in COMMANDS[:5]]]


@pytest.mark.parametrize(("command", "place"), LOOPS)
def test_a_link_to_itself_is_a_fault_of_the_content(site, command, place):
    """A link that leads back to itself is told where it lies, by every command that reads the site."""
    (site / place).symlink_to(os.path.basename(place))  # noqa: PTH119
    code, errors = ended(site, *command)
    assert 1 == code
    assert any(line.startswith(f"{place}:1:1: error[link-loop]: ") for line in errors), errors


@pytest.mark.parametrize("folder", ["content", "static", "data", "templates"])
@pytest.mark.parametrize(
    ("make", "rule"),
    [
        (lambda path: path.symlink_to(path.name), "link-loop"),
        (lambda path: path.symlink_to("nowhere"), "not-a-folder"),
        (lambda path: path.write_text("a"), "not-a-folder"),
    ],
)
def test_a_folder_of_the_site_that_is_none_is_told(site, tmp_path_factory, folder, make, rule):
    """A file, a link to itself or to nothing in the place of content/ and the others is a fault at that place."""
    (site / folder).rename(tmp_path_factory.mktemp("aside") / folder)
    make(site / folder)
    code, errors = ended(site, "build", *AT)
    assert 1 == code
    assert any(line.startswith(f"{folder}:1:1: error[{rule}]: ") for line in errors), errors


@pytest.mark.parametrize("folder", ["content", "static", "data", "templates"])
def test_folders_nested_without_end_are_a_fault_of_the_content(site, folder):
    """A file 1,500 folders deep is told at the first folder that lies too deep."""
    here = os.open(site / folder, os.O_RDONLY)
    for _ in range(1500):
        os.mkdir("d", dir_fd=here)
        here, above = os.open("d", os.O_RDONLY, dir_fd=here), here
        os.close(above)
    os.close(os.open("f.md", os.O_CREAT, dir_fd=here))
    os.close(here)
    try:
        for command in COMMANDS[:2]:
            code, errors = ended(site, *command)
            assert 1 == code
            assert [f"{folder}{'/d' * 64}:1:1: error[too-deep]"] == [line.partition(": this")[0] for line in errors]
        assert 4 != run_newsgen("new", "Tin", "--section", "x", site=site).returncode
    finally:  # Python's own rmtree does not go so deep, and pytest removes what tests leave
        subprocess.run(["rm", "-r", str(site / folder / "d")], check=True)


def test_a_file_at_the_greatest_depth_is_published(site):
    """What lies as deep as is allowed is read as any other file."""
    site_folder(site, {f"static{'/d' * 63}/f.txt": "deep"})
    assert 0 == run_newsgen("build", *AT, site=site).returncode
    assert b"deep" == (site / f"build{'/d' * 63}/f.txt").read_bytes()


@pytest.mark.parametrize(
    "name",
    ["os", "json", "no_such_module", "this", "os:nothing", "newsgen:__version__", "markdown", "ends", "ends.a", ""],
)
def test_a_module_that_is_no_extension_is_a_fault_of_the_settings(site, monkeypatch, name):
    """Whatever `markdown.extensions` names that is none, or ends the program when loaded, is told at its line."""
    lines = config_source("markdown:", f"  extensions: ['{name}']")
    site_folder(site, {"newsgen.yaml": lines, "ends/__init__.py": "raise SystemExit(7)"})
    monkeypatch.syspath_prepend(site)
    for command in (("build", *AT), ("list",)):
        before = tree(site)
        done = run_newsgen(*command, site=site)
        assert 2 == done.returncode, done.stderr
        assert "newsgen.yaml:4:" in done.stderr + done.stdout
        assert "error[bad-setting]: `markdown.extensions` names “" in done.stderr + done.stdout
        assert before["newsgen.yaml"] == tree(site)["newsgen.yaml"]


@pytest.mark.parametrize(
    "epoch", ["", " 12 ", "1_000", "१२", "+5", "-1", "1e9", "0x10", "nan", "7000000000", "253402300799", "9" * 5000]
)
def test_an_odd_source_date_epoch_is_a_fault_of_the_command_line(site, epoch):
    """Only ASCII digits of a moment that newsgen can tell are one; every command that asks for the time says so."""
    for command in (("build",), ("check",), ("due",)) if not epoch else (("build",),):
        done = run_newsgen(*command, site=site, env={"SOURCE_DATE_EPOCH": epoch})
        assert 2 == done.returncode, done.stderr
        assert "SOURCE_DATE_EPOCH:1:1: error[bad-value]: " in done.stderr + done.stdout
