"""A crontab or a systemd timer that builds a site whenever something is due."""

import shlex
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

from newsgen.core.errors import ConfigError, Location, Problem
from newsgen.core.messages import say


def build_command(site: Path) -> tuple[str, ...]:
    """The program and arguments that build a site, from any folder and with any PATH."""
    return *_find_program(), "build", "--site", str(site)


def _find_program() -> tuple[str, ...]:
    script = Path(sys.executable).with_name("newsgen")
    return (str(script),) if script.is_file() else (sys.executable, "-m", "newsgen")


def write_crontab(moments: Iterable[datetime], command: Sequence[str], zone: tzinfo | None = None) -> Iterator[str]:
    """Lines for a crontab: one run of `command` at each minute, in the machine's zone unless another is given.

    Debian's cron knows no CRON_TZ; it reads times in the zone of the machine.

    Raises:
        ConfigError: when the command holds a line break, which no crontab can hold.
    """
    run = quote_for_cron(command)
    minutes = dict.fromkeys(minute for at in sorted(moments) for minute in _find_minutes(at, zone))
    yield "# minute hour day month weekday command; the times are those of this machine"
    for month, day, hour, minute in minutes:
        yield f"{minute} {hour} {day} {month} * {run}"


def quote_for_cron(command: Sequence[str]) -> str:
    r"""A command as a crontab holds it: quoted for /bin/sh, then `%` as `\%`, since a bare `%` ends the command.

    Crons differ in what they make of two backslashes, so `''` (nothing, to the shell) stands after each.
    """
    if any("\n" in word for word in command):
        what = say("the site's folder has a line break in its name, which a crontab cannot hold")
        raise ConfigError(Problem(Location("."), "odd-name", what, say("rename the folder, or use `--systemd`")))
    return shlex.join(command).replace("\\", "\\''").replace("%", r"\%")


def _find_minutes(at: datetime, zone: tzinfo | None) -> Iterator[tuple[int, int, int, int]]:
    """The first minute after a moment, as month, day, hour, minute.

    When clocks go back, cron runs jobs of the repeated hour only the first time. A moment in its second pass is
    therefore due again at the end of the hour.
    """
    local = _round_up(at, 60).astimezone(zone)
    yield local.month, local.day, local.hour, local.minute
    if local.fold:
        later = local
        while later.fold:
            later = (later.astimezone(UTC) + timedelta(minutes=1)).astimezone(zone)
        yield later.month, later.day, later.hour, later.minute


def write_service(command: Sequence[str]) -> str:
    """The unit that runs `command` once, by /usr/bin/env: systemd takes no quotes in a program's name."""
    line = " ".join(["/usr/bin/env", *map(_quote_for_systemd, command)])
    return f"[Unit]\nDescription=newsgen build\n\n[Service]\nType=oneshot\nExecStart={line}\n"


def write_timer(moments: Iterable[datetime]) -> str:
    """The unit that starts the service of the same name at each moment.

    Times are in UTC, which has no summer time. A moment that passed while the machine was off is made up for.
    """
    seconds = sorted({_round_up(at, 1).astimezone(UTC) for at in moments})
    lines = [f"OnCalendar={at:%Y-%m-%d %H:%M:%S} UTC" for at in seconds]
    settings = [*lines, "AccuracySec=1s", "Persistent=true"]
    head = "[Unit]\nDescription=newsgen build at the moments when something is due\n"
    return "\n".join([head, "[Timer]", *settings, "", "[Install]", "WantedBy=timers.target", ""])


def _quote_for_systemd(word: str) -> str:
    r"""An argument of ExecStart: in double quotes with C's escapes, `%%` for `%`, `$$` for `$` (systemd.service(5))."""
    for character in ("\\", '"'):
        word = word.replace(character, f"\\{character}")
    word = word.replace("%", "%%").replace("$", "$$")
    return '"' + "".join(c if c.isprintable() else _escape(c) for c in word) + '"'


def _escape(character: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in character.encode("utf-8", "surrogateescape"))


def _round_up(at: datetime, seconds: int) -> datetime:
    """The first whole multiple of these seconds, since the epoch, at which the moment has come."""
    whole, rest = divmod(at.timestamp(), seconds)
    return datetime.fromtimestamp((whole + (rest > 0)) * seconds, UTC)
