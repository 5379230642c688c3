"""Four hundred hostile lines in each file that an editor or a merge may damage: nothing outside, the right exit code.

`make test` takes a sample of them; NEWSGEN_LAW=deep takes all.
"""

import json
import os

import pytest
from click.testing import CliRunner

from builders import CONFIG, article_source, site_folder
from newsgen.cli import main
from newsgen.content.address_file import HEAD
from payloads import paths, scripts

VALUES = [*paths(), *scripts()[::5]][:400]
STEP = 1 if os.environ.get("NEWSGEN_LAW") == "deep" else 40
STORY = "content/kinh-te/nhan.md"
SETTINGS = ["permalink", "page_permalink", "url", "share_image", "timezone", "language", "title", "description"]
NESTED = ["redirects: {%s: /kinh-te/}", "redirects: {/cu/: %s}", "addresses: {tag: %s}", "languages: {en: {path: %s}}"]
NESTED += [
    "feeds: {hub: %s}",
    "online: {endpoint: %s}",
    "machines: {content_security_policy: %s}",
    "sections: {%s: {}}",
]
FIELDS = ["slug", "aliases", "section", "image", "lang", "related", "authors", "tags"]


def ledger(number, value):
    """A line of urls.lock with the value in one of its fields, or a part of it."""
    rows = [
        "%s\t{s}\tlive\t",
        "/%s/\t{s}\tlive\t",
        "%s\t\tgone\t",
        "/a/\t%s\tlive\t",
        "/a/\t{s}\t%s\t",
        "/a/\t{s}\tlive\t%s",
        "%s",
    ]
    return {"urls.lock": HEAD + rows[number % len(rows)].replace("{s}", STORY).replace("%s", value) + "\n"}


def setting(number, value):
    """A line of newsgen.yaml with the value in one of the settings that name places."""
    lines = [*(f"{name}: %s" for name in SETTINGS), *NESTED]
    line = lines[number % len(lines)].replace("%s", json.dumps(value))
    kept = [own for own in CONFIG.splitlines() if not line.startswith(own.partition(":")[0] + ":")]
    return {"newsgen.yaml": "\n".join([*kept, line, ""])}


def data(number, value):
    """A line of a file of data/ with the value."""
    text = json.dumps(value)
    files = [
        ("data/breaking.yaml", f"title: {text}\nurl: {text}\n"),
        ("data/front.yaml", f"- {text}\n"),
        ("data/authors/lan.yaml", f"name: Lan\nphoto: {text}\nsame_as: [{text}]\n"),
        ("data/gia.yaml", f"{text}: {text}\n"),
        ("data/gia.json", f"{{{text}: {value}}}\n"),
    ]
    return dict([files[number % len(files)]])


def front_matter(number, value):
    """A line of front matter with the value in one of the fields that name places."""
    field, text = FIELDS[number % len(FIELDS)], json.dumps(value)
    given = f"[{text}]" if field in ("aliases", "related", "authors", "tags") else text
    return {STORY: article_source(f"{field}: {given}")}


def around(folder):
    """The files beside the site, and the site's own but for what a build makes."""
    files = (path for path in folder.rglob("*") if path.is_file())
    made = (folder / "sau/site/build", folder / "sau/site/.newsgen")
    return {path: path.read_bytes() for path in files if not any(map(path.is_relative_to, made))}


@pytest.mark.parametrize(
    ("hostile", "codes"),
    [(ledger, {0, 1}), (setting, {0, 1, 2}), (data, {0, 1}), (front_matter, {0, 1})],
    ids=["urls.lock", "newsgen.yaml", "data", "front matter"],
)
@pytest.mark.parametrize("part", range(4))
def test_no_line_does_harm(tmp_path, hostile, codes, part):
    """Whatever one line holds: 0, or the exit code of its file's faults, no traceback, and nothing written outside."""
    for number in range(part, len(VALUES), 4 * STEP):
        folder = tmp_path / str(number)
        given = {STORY: article_source(), **hostile(number, VALUES[number])}
        raw = {name: text.encode("utf-8", "surrogatepass") for name, text in given.items()}
        config = raw.pop("newsgen.yaml", CONFIG.encode())
        site = site_folder(folder / "sau/site", raw)
        (site / "newsgen.yaml").write_bytes(config)
        (folder / "nan-nhan.html").write_text("quy")
        before = around(folder)
        done = CliRunner().invoke(main, ["--site", str(site), "build", "--jobs", "1", "--at", "2022-08-09"])
        assert done.exit_code in codes, (given, done.output)
        assert "Traceback" not in done.output
        assert before == around(folder)


def test_there_are_four_hundred():
    """The table is as large as it says."""
    assert 400 == len(set(VALUES))
