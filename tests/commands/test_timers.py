"""Files for cron and systemd: the times, and commands quoted for each."""

import os
import shutil
import subprocess
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from builders import moment
from newsgen.commands.timers import build_command, quote_for_cron, write_crontab, write_service, write_timer
from newsgen.core.errors import ConfigError

BERLIN = ZoneInfo("Europe/Berlin")
FOLDERS = (
    "bao",
    "a'b%c",
    "hai  dau cach",
    'nháy "kép" và $HOME',
    "100%",
    "%%",
    "a\\b",
    "a\\%b",
    "a\\\\b\\",
    "$(touch x)`touch y`;&|<>*?[]{}~!#",
    "-rf",
)


def cron_gives_the_shell(line, eats_double):
    """What cron hands to /bin/sh of a line's command: some crons also take one of two backslashes away."""
    given, after = "", False
    for character in line:
        if after:
            after = False
            if character == "%" or (eats_double and character == "\\"):
                given = given[:-1]
        elif character == "\\":
            after = True
        elif character == "%":
            break
        given += character
    return given


@pytest.mark.parametrize("eats_double", [False, True])
@pytest.mark.parametrize("folder", FOLDERS)
def test_cron_and_the_shell_give_back_the_folder(tmp_path, folder, eats_double):
    """The command that cron hands to /bin/sh names the very folder, whatever characters its name has."""
    program = tmp_path / folder.replace("/", "") / "in ra.sh"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\nprintf '%s\\n' \"$@\"\n")
    program.chmod(0o755)
    line = quote_for_cron([str(program), "build", "--site", f"/srv/{folder}"])
    shell = ["/bin/sh", "-c", cron_gives_the_shell(line, eats_double)]
    done = subprocess.run(shell, capture_output=True, text=True, check=True, cwd=tmp_path)
    assert ["build", "--site", f"/srv/{folder}"] == done.stdout.splitlines()


def test_a_crontab_cannot_hold_a_line_break():
    """A folder with a line break in its name is refused: its second line would be a line of the crontab."""
    with pytest.raises(ConfigError) as refused:
        list(write_crontab([], ["/bin/newsgen", "/srv/a\n* * * * * rm"]))
    assert "odd-name" == refused.value.problems[0].rule


def test_the_program_is_absolute(tmp_path):
    """Neither cron nor systemd knows the PATH of whoever asked."""
    program, *arguments = build_command(tmp_path)
    assert (True, True) == (Path(program).is_absolute(), os.access(program, os.X_OK))
    assert ["build", "--site", str(tmp_path)] == arguments[-3:]


@pytest.mark.parametrize(
    ("at", "times"),
    [
        ("2026-03-29T00:30:00+00:00", ["30 1 29 3"]),
        ("2026-03-29T01:30:00+00:00", ["30 3 29 3"]),
        ("2026-10-25T00:30:00+00:00", ["30 2 25 10"]),
        ("2026-10-25T01:30:00+00:00", ["30 2 25 10", "0 3 25 10"]),
        ("2026-06-01T00:00:00.000001+00:00", ["1 2 1 6"]),
    ],
)
def test_clocks_that_change(at, times):
    """A moment in the second pass of an hour that comes twice is due again when the hour is over."""
    lines = list(write_crontab([datetime.fromisoformat(at)], ["newsgen"], BERLIN))[1:]
    assert [f"{time} * newsgen" for time in times] == lines


def test_moments_of_one_minute_are_one_line():
    """Two stories of one minute need one build."""
    moments = [moment("2026-06-01 06:00:10"), moment("2026-06-01 06:00:40")]
    assert 1 == len(list(write_crontab(moments, ["newsgen"], BERLIN))[1:])


def test_a_timer_is_in_utc():
    """The times of a timer mean one moment each: none is moved by a zone or a change of clocks."""
    timer = write_timer([moment("2026-12-01 06:00"), moment("2026-12-01 06:00"), moment("2026-11-30 06:00:00.5")])
    times = [line for line in timer.splitlines() if line.startswith("OnCalendar")]
    assert ["OnCalendar=2026-11-29 23:00:01 UTC", "OnCalendar=2026-11-30 23:00:00 UTC"] == times


def test_words_of_a_service_are_escaped():
    """`%` and `$` are doubled, quotes and backslashes are escaped, a line break has no line of its own."""
    service = write_service(["/opt/a b/newsgen", "build", "--site", '/srv/100% "$HOME" \\ \n'])
    line = next(line for line in service.splitlines() if line.startswith("ExecStart="))
    words = r'"/opt/a b/newsgen" "build" "--site" "/srv/100%% \"$$HOME\" \\ \x0a"'
    assert f"ExecStart=/usr/bin/env {words}" == line


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not on this machine")
@pytest.mark.parametrize("folder", ["bao", "a'b%c", 'x "y" z', "100%", "a\\b", "tiền sảnh", "$HOME"])
def test_systemd_takes_the_units(tmp_path, folder):
    """Systemd reads both units without a word, whatever the folders are called."""
    program = tmp_path / folder / "newsgen"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    command = [str(program), "build", "--site", str(tmp_path / folder)]
    (tmp_path / "newsgen.service").write_text(write_service(command))
    (tmp_path / "newsgen.timer").write_text(write_timer([moment("2026-12-01 06:00")]))
    verify = ["systemd-analyze", "verify", "newsgen.service", "newsgen.timer"]
    done = subprocess.run(verify, capture_output=True, text=True, check=False, cwd=tmp_path)
    mentions = [line for line in (done.stdout + done.stderr).splitlines() if "newsgen" in line]
    assert (0, []) == (done.returncode, mentions)
