"""The benchmarks run: what they take apart is still there."""

import asyncio
import importlib.util
import subprocess
import sys
import time
from pathlib import Path
from unittest.mock import Mock

from async_running import run_async

HOUSE = Path(__file__).parents[2]


def test_the_cost_of_the_guards_can_be_measured():
    """Each guard that the benchmark lays idle is found under its name."""
    command = [sys.executable, HOUSE / "benchmarks/guards.py", "--rounds", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["reading", "rendering"]


def test_what_two_versions_make_can_be_compared(tmp_path):
    """Of two programs of which one writes other bytes, the outputs that differ are named, and the comparison fails."""
    newsgen = Path(sys.executable).with_name("newsgen")
    other = tmp_path / "other"
    other.write_text(f'#!/bin/sh\n"{newsgen}" "$@" && test "$1" = init || printf x >> build/robots.txt\n')
    other.chmod(0o755)
    command = [sys.executable, HOUSE / "benchmarks/same_outputs.py", newsgen, other, "--stories", "3"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (1, "") == (done.returncode, done.stderr)
    assert done.stdout.count("1 outputs differ\n  robots.txt\n") == 4


def test_the_load_on_the_count_of_readers_hears_every_answer(monkeypatch):
    """Answers that come in pieces, wherever they are torn, are each counted once, and each is waited for."""
    place = importlib.util.spec_from_file_location("online_load", HOUSE / "benchmarks/online.py")
    online = importlib.util.module_from_spec(place)
    monkeypatch.setitem(sys.modules, "online_load", online)  # dataclasses look their module up
    place.loader.exec_module(online)
    answer = b'HTTP/1.1 200 OK\r\nContent-Length: 13\r\nvary: Origin\r\n\r\n{"online": 7}'

    async def torn(at: int) -> tuple[int, int, int]:
        load = online.Load(7, ends=time.monotonic() + 60)
        connection, transport = online.Connection(load), Mock()
        connection.connection_made(transport)
        for part in (answer[:at], answer[at:]):
            connection.data_received(part)
            await asyncio.sleep(0)
        return load.answered, load.refused, transport.write.call_count

    for at in range(len(answer) + 1):
        assert (1, 0, 2) == run_async(torn(at)), at
