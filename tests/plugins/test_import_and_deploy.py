"""Importers bring files into content/ and change none there; deployers bring an output elsewhere as it is."""

import json

import pytest
from test_plugin_commands import install, run, site_with

from builders import config_source
from newsgen.core.site_files import OUTPUT
from papers import build_site, tree

LISTED = config_source("machines: {manifest: true}")
ROWS = """\
title,date,section,slug,text,place
"Giá vải: lên",2022-07-01,kinh-te,gia-vai,"Một dòng.

Hai dòng.",Vân Hải
Kè sông,2022-07-02 06:00,xa-hoi,ke-song,Giữ đất.,
"""
IMPORTER = """\
from newsgen.api import ImportedFile


def importer(source):
    {body}
"""
DEPLOYER = """\
import sys
from pathlib import Path


def deployer(finished):
    {body}
"""


def content_of(site):
    """What lies in content/."""
    return {path.relative_to(site).as_posix() for path in (site / "content").rglob("*") if path.is_file()}


def importing(folder, body):
    """A site with such an importer, called `bring`, and what `newsgen import` says of it."""
    site = site_with(folder, bring=IMPORTER.replace("{body}", body))
    return site, run(site, "import", "bring", "x")


def deploying(folder, body, config=LISTED):
    """A built site with such a deployer, called `send`, and what `newsgen deploy` says of it."""
    site = site_with(folder, send=DEPLOYER.replace("{body}", body))
    (site / "newsgen.yaml").write_text(config)
    build_site(site)
    return site, run(site, "deploy", "send")


def test_the_example_makes_stories_of_a_spreadsheet(tmp_path):
    """Each row is a story that builds; a second import finds them there."""
    site = site_with(tmp_path / "site", spreadsheet=None)
    (tmp_path / "rows.csv").write_text(ROWS, "utf-8")
    for told in ("2 files written, 0 were already there\n", "0 files written, 2 were already there\n"):
        done = run(site, "import", "spreadsheet", "../rows.csv")
        assert (0, told, "") == (done.returncode, done.stdout, done.stderr)
    build_site(site)
    page = (site / "build/kinh-te/2022/07/gia-vai-len.html").read_text("utf-8")
    assert "Giá vải: lên" in page
    assert "<p>Hai dòng.</p>" in page


def test_an_import_has_options(tmp_path):
    """They are the fields of its Struct, as those of commands."""
    site = site_with(tmp_path / "site", spreadsheet=None)
    (tmp_path / "rows.csv").write_text(ROWS, "utf-8")
    assert 0 == run(site, "import", "spreadsheet", "--status", "draft", "../rows.csv").returncode
    assert "status: draft" in (site / "content/xa-hoi/ke-song.md").read_text("utf-8")
    assert "--status [published|draft]" in run(site, "import", "spreadsheet", "--help").stdout
    assert "Missing argument 'SOURCE'." in run(site, "import", "spreadsheet").stderr


def test_an_import_changes_nothing_that_is_there(tmp_path):
    """A story that an editor changed stays and is told; the others are written."""
    body = "return [ImportedFile('kinh-te/a.md', 'khác'), ImportedFile('kinh-te/moi.md', b'x')]"
    site = site_with(tmp_path, bring=IMPORTER.replace("{body}", body))
    before = (site / "content/kinh-te/a.md").read_bytes()
    done = run(site, "import", "bring", "x")
    assert 1 == done.returncode
    assert "content/kinh-te/a.md:1:1: error[file-exists]: something else is here" in done.stderr
    assert (before, b"x") == tuple((site / f"content/kinh-te/{name}.md").read_bytes() for name in ("a", "moi"))


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("return 1 / 0", "plugins/bring.py:5:1: error[plugin-failed]: the plugin “bring” fails: ZeroDivisionError"),
        ("return None", "the plugin “bring” fails: TypeError: 'NoneType' object is not iterable"),
        ("return ['a.md']", "fails: TypeError: an importer gives str in place of ImportedFile"),
        ("return [ImportedFile(5, 'x')]", "fails: TypeError: the `path` of an ImportedFile is a text"),
        ("return [ImportedFile('a.md', None)]", "its `data` a text or bytes"),
        ("return [ImportedFile('../a.md', 'x')]", "fails: ValueError: “../a.md” is no path of a file below content/"),
        ("return [ImportedFile('/a.md', 'x')]", "“/a.md” is no path"),
        ("return [ImportedFile('a/.b/c.md', 'x')]", "“a/.b/c.md” is no path"),
        ("return [ImportedFile('', 'x')]", "“” is no path"),
        (
            "return [ImportedFile('kinh-te/a.md/b.md', 'x')]",
            "[file-exists]: content/kinh-te/a.md should be a folder",
        ),
    ],
)
def test_what_an_importer_gives_wrongly_is_told(tmp_path, body, words):
    """Nothing is written outside content/, and the plugin is named."""
    site, done = importing(tmp_path, body)
    assert (1, True) == (done.returncode, words in done.stderr), done.stderr
    assert {"content/kinh-te/a.md", "content/kinh-te/b.md"} == content_of(site)
    assert not (site / "a.md").exists()


def test_an_import_leaves_content_by_no_link(tmp_path):
    """A section's folder that is a link out of the site is told, and nothing is written behind it."""
    outside = tmp_path / "outside"
    outside.mkdir()
    site = site_with(tmp_path / "site", bring=IMPORTER.replace("{body}", "return [ImportedFile('xa/a.md', 'x')]"))
    (site / "content/xa").symlink_to(outside)
    done = run(site, "import", "bring", "x")
    assert (1, []) == (done.returncode, [*outside.iterdir()])
    assert "error[link-outside]" in done.stderr


def test_the_example_brings_a_folder_up_to_date(tmp_path):
    """What is new is copied, what is gone is removed, and what is the same is left alone."""
    site = site_with(tmp_path / "site", folder=None)
    (site / "newsgen.yaml").write_text(LISTED)
    build_site(site)
    before, there = tree(site / "build"), tmp_path / "www"
    done = run(site, "deploy", "folder", "--to", str(there))
    listed = json.loads((site / "build/newsgen-files.json").read_text("utf-8"))["files"]
    assert (0, f"deployed: {len(listed):,} files\n", "") == (done.returncode, done.stdout, done.stderr)
    assert {name: data for name, data in before.items() if name != "newsgen.json"} == tree(there)
    assert before == tree(site / OUTPUT)
    (site / "content/kinh-te/a.md").rename(site / "content/kinh-te/c.md")
    (site / "content/kinh-te/b.md").unlink()
    stamps = {name: (there / name).stat().st_ino for name in tree(there)}
    build_site(site)
    assert 0 == run(site, "deploy", "folder", "--to", str(there)).returncode
    after = {name: data for name, data in tree(site / "build").items() if name != "newsgen.json"}
    assert after == tree(there)
    same = [name for name in after if after[name] == before.get(name)]
    assert same
    assert [stamps[name] for name in same] == [(there / name).stat().st_ino for name in same]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("return 1 / 0", "plugins/send.py:6:1: error[plugin-failed]: the plugin “send” fails: ZeroDivisionError"),
        (
            "(finished.folder / 'index.html').write_text('x')",
            "index.html:1:1: error[not-built]: the deployer changed this",
        ),
        (
            "(finished.folder / 'index.html').unlink()",
            "index.html:1:1: error[not-built]: the deployer changed this",
        ),
        (
            "(finished.folder / 'new.txt').write_text('x')",
            "new.txt:1:1: error[not-built]: the deployer changed this",
        ),
        ("sys.exit('the server is down')", "the server is down"),
    ],
)
def test_a_deployer_that_fails_or_changes_the_output_is_told(tmp_path, body, words):
    """The next build mends what it changed."""
    site, done = deploying(tmp_path, body)
    assert (1, True) == (done.returncode, words in done.stderr), done.stderr
    build_site(site)
    build_site(site, output=tmp_path / "clean", clean=True)
    assert tree(tmp_path / "clean") == tree(site / "build")


def test_a_deployer_may_link_to_files(tmp_path):
    """A hard link to a file of the output changes none of it."""
    (tmp_path / "www").mkdir()
    body = f"Path({str(tmp_path / 'www/index.html')!r}).hardlink_to(finished.folder / 'index.html')"
    assert 0 == deploying(tmp_path / "site", body)[1].returncode


def test_an_output_without_a_list_is_not_deployed(tmp_path):
    """What to write in newsgen.yaml is told; the same where nothing was built."""
    _, done = deploying(tmp_path, "pass", config_source())
    assert 2 == done.returncode
    assert "build:1:1: error[not-built]: there is no list of files in build/" in done.stderr
    assert "fix: write `machines: {manifest: true}` in newsgen.yaml, then run `newsgen build`" in done.stderr


def test_an_output_that_was_changed_is_not_deployed(tmp_path):
    """A file that is gone or has another size is told before anything is brought away."""
    site, _ = deploying(tmp_path, "print('called')")
    (site / "build/404.html").unlink()
    done = run(site, "deploy", "send")
    assert (1, "") == (done.returncode, done.stdout)
    assert "build/404.html:1:1: error[not-built]: this is not as the build left it" in done.stderr


def test_packages_offer_importers_and_deployers(tmp_path):
    """Each group has entry points of its own, and its help lists them without an import."""
    failing = "raise RuntimeError('imported')\n"
    for kind in ("importer", "deployer"):
        environment = install(tmp_path / kind, f"{kind}-x", failing, f"newsgen.{kind}s", kind)
        site = site_with(tmp_path / f"site-{kind}", **{f"own_{kind}": f"{failing}\n\ndef {kind}(x):\n    pass\n"})
        command = {"importer": "import", "deployer": "deploy"}[kind]
        told = " ".join(run(site, command, "--help", environment=environment).stdout.split())
        assert f"Of plugins: {kind}-x {kind}_x_of_others:{kind} own-{kind} plugins/own_{kind}.py" in told
        typed = (command, f"{kind}-x", *(["s"] if kind == "importer" else []))
        done = run(site, *typed, environment=environment)
        assert f"newsgen {command} {kind}-x:1:1: error[bad-plugin]" in done.stderr
        assert 2 == run(site, command, "nobody").returncode
