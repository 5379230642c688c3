"""What editors ask of their paper: the list of stories and what is due."""

import json
import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path

from builders import article_source, moment, site_folder
from newsgen.commands.timers import build_command
from papers import build_site, clean_environment, run_newsgen

FILES = {
    "content/xa-hoi/mot.md": article_source(title="Một", date="2022-08-01"),
    "content/xa-hoi/hai.md": article_source(title="Hai", date="2022-08-10 06:00"),
    "content/xa-hoi/ba.md": article_source("embargo: 2022-08-11 10:00", title="Ba", date="2022-08-09"),
    "content/xa-hoi/bon.md": article_source("status: draft", title="Bốn", date="2022-08-02"),
    "content/xa-hoi/nam.md": article_source("expires: 2022-08-05", title="Năm", date="2022-08-03"),
    "content/xa-hoi/sau.md": article_source("status: withdrawn", title="Sáu", date="2022-07-01"),
}
AT = ("--at", "2022-08-07")


def asked(site, *words):
    done = run_newsgen(*words, "--json", site=site)
    return done.returncode, json.loads(done.stdout)


def test_every_status_is_listed(tmp_path):
    """`list` tells where each story stands, and `--status` keeps some of them."""
    site = site_folder(tmp_path / "site", FILES)
    code, found = asked(site, "list", *AT)
    expected = {
        "Một": "published",
        "Hai": "scheduled",
        "Ba": "embargoed",
        "Bốn": "draft",
        "Năm": "expired",
        "Sáu": "withdrawn",
    }
    assert (0, expected) == (code, {story["title"]: story["status"] for story in found})
    assert ["Ba"] == [story["title"] for story in asked(site, "list", *AT, "--status", "embargoed")[1]]


def test_a_reader_who_leaves_is_no_fault(tmp_path):
    """`list` into a pipe that nobody reads any more ends as other programs do, and complains to nobody."""
    site = site_folder(tmp_path / "site", FILES)
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-u", "-m", "newsgen", "list", *AT]
    done = subprocess.run(
        command, cwd=site, stdout=writing, stderr=subprocess.PIPE, env=clean_environment(), check=False
    )
    os.close(writing)
    assert (128 + signal.SIGPIPE, b"") == (done.returncode, done.stderr)


def test_what_is_due_is_told_and_what_is_overdue_fails(tmp_path):
    """`due` tells the coming moments; after one has passed unbuilt it ends with 1 until a build."""
    site = site_folder(tmp_path / "site", FILES)
    build_site(site, at=moment("2022-08-07"))
    code, coming = asked(site, "due", *AT)
    expected = [("Hai", "is published"), ("Ba", "embargo ends"), ("Hai", "leaves the news sitemap")]
    expected += [("Ba", "leaves the news sitemap")]
    assert (0, expected) == (code, [(d["title"], d["what"]) for d in coming])
    code, late = asked(site, "due", "--at", "2022-08-10 06:00")
    overdue = [("Hai", True), ("Ba", False), ("Hai", False), ("Ba", False)]
    assert (1, overdue) == (code, [(d["title"], d["overdue"]) for d in late])
    build_site(site, at=moment("2022-08-10 06:00"))
    assert 0 == asked(site, "due", "--at", "2022-08-10 06:00")[0]


def test_what_is_due_can_go_into_a_crontab(tmp_path):
    """`due --cron` writes one line for each moment, in the machine's zone, with an absolute program and folder."""
    site = site_folder(tmp_path / "site", FILES)
    lines = run_newsgen("due", "--cron", *AT, site=site, env={"TZ": "AAA-2"}).stdout.splitlines()
    program = shlex.join(build_command(site))
    assert ["#", f"0 1 10 8 * {program}"] == [lines[0][0], lines[1]]
    assert (5, True) == (len(lines), Path(program.split()[0]).is_absolute())


def test_what_is_due_can_go_into_systemd(tmp_path):
    """`due --systemd` writes a service and a timer; each of the two alone can go into its file."""
    site = site_folder(tmp_path / "site", FILES)
    both, service, timer = (
        run_newsgen("due", *AT, "--systemd", *which, site=site).stdout for which in ([], ["service"], ["timer"])
    )
    assert f"# newsgen.service\n{service}\n# newsgen.timer\n{timer}" == both
    assert "OnCalendar=2022-08-09 23:00:00 UTC" in timer


def test_a_paper_with_nothing_due_gets_no_timer(tmp_path):
    """Systemd refuses a timer without a moment, so none is written."""
    site = site_folder(tmp_path / "site", {"content/xa-hoi/mot.md": FILES["content/xa-hoi/mot.md"]})
    done = run_newsgen("due", "--at", "2030-01-01", "--systemd", "timer", site=site)
    assert (0, True) == (done.returncode, done.stdout.startswith("#"))


def test_a_change_to_come_is_due_and_shown_from_its_moment_on(tmp_path):
    """`updated` in the future is listed by `due`, is in no output before, and makes the next build a new one."""
    story = article_source("updated: 2022-08-12 09:30", title="Bảy", date="2022-08-01")
    site = site_folder(tmp_path / "site", {"content/xa-hoi/bay.md": story})
    build_site(site, at=moment("2022-08-10"))
    _, found = asked(site, "due", "--at", "2022-08-10")
    assert [("2022-08-12T09:30:00+07:00", "is marked as updated")] == [
        (one["at"], one["what"]) for one in found if one["what"] != "leaves the news sitemap"
    ]
    shown = [path for path in (site / "build").rglob("*") if path.is_file() and b"2022-08-12" in path.read_bytes()]
    assert [] == shown
    build_site(site, at=moment("2022-08-12 09:30"))
    assert b"2022-08-12T09:30:00+07:00" in (site / "build/xa-hoi/2022/08/bay.html").read_bytes()
