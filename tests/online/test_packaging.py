"""What stands in packaging/online/ works with what the docs say, and with the programs it is for."""

import http.client
import json
import re
import shlex
import shutil
import subprocess
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import yaml
from click import Context

from builders import site_folder
from newsgen.cli import main
from reader_count import ENDPOINT, MOST_READ, ORIGIN, SETTINGS, free_port, running_service
from tooling import needed

FOLDER = Path(__file__).parents[2] / "packaging/online"


def parsed(words):
    """The options of `newsgen online` as Click understands them."""
    command = main.get_command(None, "online")
    with Context(main) as above:
        return command.make_context("online", list(words), parent=above).params


def test_the_unit_starts_the_service():
    """The command of the systemd unit is one that newsgen knows, and a proxy is named in it."""
    unit = (FOLDER / "newsgen-online.service").read_text("utf-8")
    (line,) = re.findall("^ExecStart=(.+)$", unit, re.MULTILINE)
    program, command, *words = shlex.split(line)
    assert ("/opt/newsgen/bin/newsgen", "online") == (program, command)
    words.remove("--site")
    words.remove("/srv/bao")
    assert ("127.0.0.1",) == parsed(words)["proxies"]
    assert re.search("^MemorySwapMax=0$", unit, re.MULTILINE)
    assert re.search("^LimitCORE=0$", unit, re.MULTILINE)


def test_compose_starts_the_service():
    """The commands of the compose file and of the image are such too; the store keeps nothing on disk."""
    compose = yaml.safe_load((FOLDER / "compose.yaml").read_text("utf-8"))
    image = (FOLDER / "Dockerfile").read_text("utf-8")
    entry = json.loads(re.search("^ENTRYPOINT (.+)$", image, re.MULTILINE)[1])
    assert ["newsgen", "online", "--site", "/site"] == entry[:4]
    params = parsed([*entry[4:], *compose["services"]["online"]["command"]])
    assert "redis://valkey:6379/0" == params["redis"]
    assert compose["networks"]["online"]["ipam"]["config"][0]["gateway"] == params["proxies"][0]
    valkey = compose["services"]["valkey"]["command"]
    assert "" == valkey[valkey.index("--save") + 1]
    assert "noeviction" == valkey[valkey.index("--maxmemory-policy") + 1]


def test_a_unit_that_systemd_takes():
    """Where systemd-analyze is, it finds no fault but the missing program."""
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not installed")
    unit = FOLDER / "newsgen-online.service"
    done = subprocess.run([program, "verify", unit], capture_output=True, text=True, check=False)
    faults = [line for line in done.stderr.splitlines() if unit.name in line and "is not executable" not in line]
    assert [] == faults


@contextmanager
def nginx(folder, service, port):
    """Nginx on a port, with the files of the folder, in front of the service."""
    program = needed(shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin"), "nginx")
    upstream = (FOLDER / "nginx-http.conf").read_text("utf-8").replace("127.0.0.1:8010", f"127.0.0.1:{service}")
    (folder / "http.conf").write_text(upstream)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; events {{}}\n"
        f"http {{ access_log {folder}/access.log; {paths} include {folder}/http.conf;\n"
        f"server {{ listen 127.0.0.1:{port}; include {FOLDER}/nginx-server.conf; }} }}\n"
    )
    with subprocess.Popen([program, "-p", folder, "-c", folder / "nginx.conf"], stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.terminate()


def ask(port, method="POST", path=ENDPOINT, body="{}", reader=1, **headers):
    """The status and the body that a reader gets of nginx, once it listens. Each has an address of this machine."""
    for _ in range(500):
        connection = http.client.HTTPConnection("127.0.0.1", port, 20, source_address=(f"127.0.1.{reader}", 0))
        try:
            connection.request(method, path, body, {"Origin": ORIGIN, **headers})
        except ConnectionRefusedError:
            time.sleep(0.02)
            continue
        with closing(connection), connection.getresponse() as answer:
            return answer.status, answer.read()
    raise AssertionError("nginx does not listen")


def test_behind_nginx(tmp_path):
    """Through nginx readers are told apart by their addresses, not by what they forge, and no log has any of them."""
    site, service, port = site_folder(tmp_path / "site", {}, SETTINGS), free_port(), free_port()
    options = ("--proxy", "127.0.0.1", "--least", "1")
    with running_service(site, service, *options), nginx(tmp_path, service, port):
        for reader in (1, 2, 3, 3, 3):
            forged = {"X-Forwarded-For": f"203.0.113.{time.monotonic_ns() % 250}, 198.51.100.1"}
            status, told = ask(port, reader=reader, **forged)
            assert (200, reader) == (status, json.loads(told)["online"])
        assert 413 == ask(port, body="x" * 5_000)[0]
        assert 200 == ask(port, "GET", MOST_READ, body=None)[0]
        assert 403 == ask(port, reader=4, Origin="https://khac.example")[0]
        assert {200, 429} == {ask(port, reader=5)[0] for _ in range(60)}
    assert "" == (tmp_path / "access.log").read_text()
