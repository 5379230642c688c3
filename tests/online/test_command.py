"""`newsgen online` as it is started: what it says, its bounds on a real connection, what it costs others."""

import asyncio
import http.client
import json
import socket
import subprocess
import sys
from contextlib import contextmanager

import pytest
import uvicorn
from click.testing import CliRunner
from uvicorn.server import ServerState

from builders import CONFIG, site_folder
from newsgen.cli import main
from newsgen.core.extras import EXTRAS
from newsgen.services.online import protocol
from reader_count import ENDPOINT, ORIGIN, SETTINGS, free_port, run, running_service

HEAD = f"POST {ENDPOINT} HTTP/1.1\r\nHost: x\r\nOrigin: {ORIGIN}\r\n"


def said(site, *options, settings=SETTINGS):
    """The exit code and the words of a command that cannot start."""
    site_folder(site, {}, settings)
    done = CliRunner().invoke(main, ["--site", str(site), "online", *options])
    return done.exit_code, done.stderr


@pytest.mark.parametrize(
    ("options", "line"),
    [
        (("--proxy", "nginx"), "--proxy:1:1: error[bad-value]: `--proxy` is no address and no network: “nginx”"),
        (
            ("--proxy", "10.0.0.1/8"),
            "--proxy:1:1: error[bad-value]: `--proxy` is no address and no network: “10.0.0.1/8”",
        ),
        (("--origin", "bao.example"), "--origin:1:1: error[bad-value]: `--origin` is not an address: “bao.example”"),
        (("--redis", "localhost"), "--redis:1:1: error[bad-value]: `--redis` is not the address of a store"),
    ],
)
def test_a_wrong_option_is_told(tmp_path, options, line):
    """Each has its name, what is wrong with it and what to write; nothing is counted."""
    code, words = said(tmp_path, *options)
    assert 2 == code
    assert words.startswith(line)
    assert words.endswith("1 error; nobody is counted\n")


def test_a_password_is_not_told(tmp_path):
    """The message on a wrong address of the store does not repeat it."""
    _, words = said(tmp_path, "--redis", "redi://:mat-khau@x")
    assert "mat-khau" not in words


def test_a_paper_without_an_endpoint(tmp_path):
    """Pages would never ask, so the place for the setting is told."""
    code, words = said(tmp_path, settings=CONFIG)
    assert 2 == code
    assert words.startswith("newsgen.yaml:1:1: error[bad-setting]: `online.endpoint` is empty")


def test_a_port_that_is_taken(tmp_path):
    """It is the machine's fault, and exit code 3."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code, words = said(tmp_path, "--port", str(taken.getsockname()[1]))
    assert 3 == code
    assert "Address already in use" in words


def test_without_the_extra_it_says_what_to_install(tmp_path, monkeypatch):
    """The packages that are missing are named, with the command that installs them."""
    monkeypatch.setitem(EXTRAS, "online", ("starlette", "no_such_package"))
    code, words = said(tmp_path)
    assert 2 == code
    assert "error[missing-package]" in words
    assert "not installed: no_such_package" in words
    assert 'fix: run `pip install "newsgen[online]"`' in words


def test_other_commands_do_not_load_it():
    """Neither a build nor the help of the command imports the packages of the extra."""
    look = (
        "import sys, newsgen.cli, newsgen.build.pipeline, newsgen.cli.online\n"
        "print(sorted({'starlette', 'uvicorn', 'redis', 'httptools', 'asyncio'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert set() == set(json.loads(done.stdout.replace("'", '"'))) - {"asyncio"}


@contextmanager
def connection(site, *options):
    """A connection to a service, on which bytes are sent as they are."""
    port = free_port()
    running = running_service(site_folder(site, {}, SETTINGS), port, "--least", "1", *options)
    with running, socket.create_connection(("127.0.0.1", port), timeout=20) as one:
        yield one


def answer_of(one):
    """The status and the body of the answer that comes."""
    response = http.client.HTTPResponse(one)
    response.begin()
    with response:
        return response.status, response.read()


def test_a_real_request(tmp_path):
    """A beat over the network is counted, on a connection that stays open."""
    with connection(tmp_path) as one:
        for _ in range(2):
            one.sendall(f"{HEAD}Content-Length: 2\r\n\r\n{{}}".encode())
            assert (200, b'{"online":1,"approximate":false}') == answer_of(one)


@pytest.mark.parametrize(
    ("status", "request_"),
    [
        (400, f"{HEAD}X: {'x' * protocol.LARGEST}"),
        (400, f"POST /{'x' * protocol.LARGEST}"),
        (400, "nonsense\r\n\r\n"),
        (400, f"{HEAD}Content-Length: -1\r\n\r\n"),
        (413, f"{HEAD}Content-Length: 1000000\r\n\r\n{'x' * 2_000}"),
        (413, f"{HEAD}Transfer-Encoding: chunked\r\n\r\n1000\r\n{'x' * 4096}\r\n1000\r\n{'x' * 4096}\r\n0\r\n\r\n"),
        (403, f"POST {ENDPOINT} HTTP/1.1\r\nHost: x\r\nOrigin: https://khac.example\r\nContent-Length: 0\r\n\r\n"),
        (405, f"GET {ENDPOINT} HTTP/1.1\r\nHost: x\r\n\r\n"),
    ],
)
def test_bad_bytes_get_a_status(tmp_path, status, request_):
    """Whatever comes is answered with its status, and nobody was counted by it."""
    with connection(tmp_path) as one:
        one.sendall(request_.encode())
        assert status == answer_of(one)[0]
        with socket.create_connection(one.getpeername(), timeout=20) as again:
            again.sendall(f"{HEAD}User-Agent: b\r\nContent-Length: 0\r\n\r\n".encode())
            assert (200, b'{"online":1,"approximate":false}') == answer_of(again)


def test_a_head_that_does_not_come_is_not_waited_for(monkeypatch):
    """A connection that says nothing, or stops in the middle of a head, is closed; a whole head is not."""
    monkeypatch.setattr(protocol, "LIMIT", 0.05)

    async def app(_scope, receive, send):
        while (await receive())["more_body"]:
            pass
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body"})

    async def day():
        config = uvicorn.Config(app, http=protocol.BoundedProtocol, lifespan="off", log_config=None)
        config.load()
        state = ServerState()
        made = lambda: config.http_protocol_class(config, state, {})  # noqa: E731
        server = await asyncio.get_running_loop().create_server(made, "127.0.0.1", 0)
        async with server:
            for begun in (b"", HEAD.encode()):
                reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
                writer.write(begun)
                assert b"" == await reader.read()
                writer.close()
                await writer.wait_closed()
            reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
            writer.write(f"{HEAD}Content-Length: 1\r\n\r\n".encode())
            await asyncio.sleep(0.2)
            writer.write(b"x")
            assert (await reader.readline()).startswith(b"HTTP/1.1 204")
            writer.close()
            await writer.wait_closed()

    run(day())


def test_an_interrupt_ends_it(tmp_path):
    """Terminated, the service ends by that signal and prints no traceback."""
    site_folder(tmp_path, {}, SETTINGS)
    command = [sys.executable, "-m", "newsgen", "online", "--site", str(tmp_path), "--port", str(free_port())]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert "Readers are counted at" in process.stdout.readline()
        process.terminate()
        _, errors = process.communicate(timeout=60)
    assert "Traceback" not in errors
    assert process.returncode in (-15, 0)
