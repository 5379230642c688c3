"""Who may come in: Host, Origin, paths."""

import json
import os
import random
import socket

import pytest

from builders import site_folder
from newsgen.preview.access import AccessList, is_loopback, parse_host, parse_path
from papers import weekly
from previews import Running, preview

CANARY = "chim-hoang-yen-khong-duoc-lo"
CASES = 1000 if os.environ.get("NEWSGEN_SOAK") else 120


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("localhost:8000", "localhost"),
        ("LOCALHOST", "localhost"),
        ("[::1]:8000", "[::1]"),
        ("127.0.0.1:x", ""),
        ("evil@127.0.0.1", ""),
        ("127.0.0.1/x", ""),
        ("", ""),
        ("[::1", ""),
    ],
)
def test_the_name_in_a_host(host, name):
    """The name without its port; nothing where it cannot be read."""
    assert name == parse_host(host)


def test_names_on_the_list():
    """The names of this machine and those allowed come in, once, with no Origin or their own."""
    access = AccessList(["may-chu.local", "0.0.0.0", "::1"])  # noqa: S104
    assert access.allows(["127.0.0.1:8000"], None)
    assert access.allows(["may-chu.local"], "http://may-chu.local")
    assert access.allows(["[::1]:80"], "http://[::1]:80")
    for hosts, origin in [
        ([], None),
        (["localhost", "localhost"], None),
        (["evil.example"], None),
        (["evil.example"], "http://evil.example"),
        (["0.0.0.0"], None),  # noqa: S104
        (["localhost:8000"], "http://evil.example"),
        (["localhost:8000"], "http://localhost:9000"),
        (["localhost:8000"], "null"),
        (["localhost:8000"], "file://localhost:8000"),
        (["localhost:8000"], "http://[x"),
    ]:
        assert not access.allows(hosts, origin), (hosts, origin)


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("/a%20b", "/a b"),
        ("/%E1%BA%BF?q=1", "/ế"),
        ("/e%CC%82%CC%81", "/ế"),
        ("/\xe1\xba\xbf", "/ế"),
        ("/%ff", None),
        ("/%00", None),
        ("/%0d%0aX", None),
        ("/a\\b", None),
        ("http://evil/", None),
    ],
)
def test_paths(target, path):
    """Percent-encoded UTF-8, composed; nothing that is no text."""
    assert path == parse_path(target)


def test_hosts_of_this_machine():
    """Only a loopback address is this machine's alone."""
    assert [True, True, True, False] == [is_loopback(h) for h in ("127.0.0.1", "::1", "localhost", "10.0.0.1")]


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """A preview of a site with secrets in it and beside it."""
    folder = tmp_path_factory.mktemp("access")
    secrets = dict.fromkeys(
        ("bi-mat.txt", ".git/config", ".env", "content/.an.md", "static/.env", "static/khoa.key"), CANARY
    )
    site = site_folder(folder / "site", weekly() | secrets)
    (folder / "ngoai.txt").write_text(CANARY)
    (site / "templates").mkdir()
    (site / "templates/404.html").write_text("not here")
    with preview(site) as running:
        (site / "static/logo.svg").unlink()
        (site / "static/logo.svg").symlink_to(folder / "ngoai.txt")
        yield running


def raw(running: Running, *lines: str) -> bytes:
    """What is answered to these lines of a request, sent as they are."""
    with socket.create_connection(("127.0.0.1", running.port), timeout=20) as line:
        line.sendall("\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1"))
        return b"".join(iter(lambda: line.recv(65536), b""))


def status(answer: bytes) -> int:
    """The status of an answer, 0 where the line was cut."""
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/") else 0


def test_traversal(running):
    """No way of writing a path leads to a file that is not published."""
    random_ = random.Random(5)  # noqa: S311 - the same cases everywhere
    up = [
        "..",
        "%2e%2e",
        ".%2e",
        "%2e.",
        "..%2f",
        "..\\",
        "%5c..",
        ".",
        "%252e%252e",
        "..;",
        "...",
        "%c0%ae%c0%ae",
        "%00",
    ]
    ends = [
        *(
            "ngoai.txt",
            "site/bi-mat.txt",
            "bi-mat.txt",
            ".git/config",
            ".env",
            "static/.env",
            "khoa.key",
            "content/.an.md",
        ),
        *("newsgen.yaml", "content/kinh-te/tin-00.md", "etc/passwd", "logo.svg", "templates/404.html"),
    ]
    starts = [
        "/",
        "//",
        "/theme/",
        "/kinh-te/",
        "/_newsgen/",
        "/_newsgen/../",
        "/static/",
        "/./",
        "///",
        "http://127.0.0.1/",
    ]
    for _ in range(CASES):
        steps = "/".join(random_.choices(up, k=random_.randrange(5)))
        target = f"{random_.choice(starts)}{steps}{'/' if steps else ''}{random_.choice(ends)}"
        answer = raw(running, f"GET {target} HTTP/1.1", "Host: 127.0.0.1")
        assert CANARY.encode() not in answer, target
        assert b"root:" not in answer, target
        assert status(answer) in (0, 302, 400, 404), target


def test_hosts(running):
    """No page is given under a foreign name, in whatever way it is put."""
    names = [
        "evil.example",
        "127.0.0.1.evil.example",
        "evil.example:8000",
        "localhost.evil.example",
        "127.0.0.1@evil.example",
        "evil.example#127.0.0.1",
        "0.0.0.0",  # noqa: S104
        "127.1",
        "2130706433",
        "[::]",
        "[::ffff:127.0.0.1]",
        " ",
        "localhost:x",
        "127.0.0.1 evil.example",
        "127.0.0.1,evil.example",
        "localhost/",
        "https://localhost",
    ]
    paths = [
        "/",
        "/kinh-te/",
        "/theme/newsgen.css",
        "/_newsgen/",
        "/_newsgen/client.js",
        "/_newsgen/page.json",
        "/khong-co",
    ]
    cases = [(name, path) for name in names for path in paths]
    for name, path in cases[: max(CASES, len(cases))]:
        answer = raw(running, f"GET {path} HTTP/1.1", f"Host: {name}")
        assert status(answer) in (0, 400, 403), (name, path)
    for lines in (["Host: 127.0.0.1", "Host: evil.example"], [], ["Host: 127.0.0.1", "Origin: http://evil.example"]):
        assert status(raw(running, "GET / HTTP/1.1", *lines)) in (400, 403)
    assert status(raw(running, "GET http://evil.example/ HTTP/1.1", "Host: evil.example")) in (400, 403)
    assert status(raw(running, "GET / HTTP/1.1", "Host: localhost")) == 200


@pytest.mark.parametrize(
    ("host", "origin", "expected"),
    [
        ("127.0.0.1:{port}", "http://127.0.0.1:{port}", 101),
        ("127.0.0.1:{port}", "http://evil.example", 403),
        ("evil.example", "http://evil.example", 403),
        ("evil.example:{port}", "http://evil.example:{port}", 403),
        ("127.0.0.1:{port}", "null", 403),
    ],
)
def test_origins(running, host, origin, expected):
    """Only a page of the preview's own may listen, also where a foreign Host and Origin agree."""
    answer = handshake(running, host.format(port=running.port), origin.format(port=running.port))
    assert expected == status(answer)


def handshake(running: Running, host: str, origin: str) -> bytes:
    """The head of the answer to a WebSocket's first request."""
    lines = ["GET /_newsgen/live HTTP/1.1", f"Host: {host}", f"Origin: {origin}", "Upgrade: websocket"]
    lines += ["Connection: Upgrade", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13", "", ""]
    with socket.create_connection(("127.0.0.1", running.port), timeout=20) as line:
        line.sendall("\r\n".join(lines).encode())
        return line.recv(65536)


def test_what_livereload_leaves_open_is_shut(running):
    """There is no /forcereload, no script of livereload's, and nothing more below /_newsgen/."""
    for path in (
        "/forcereload",
        "/livereload",
        "/livereload.js",
        "/_newsgen/x",
        "/_newsgen/liveX",
        "/_newsgen/clientXjs",
    ):
        assert 404 == running.get(path)[0].status, path


def test_allowed_name(tmp_path):
    """--allow-host adds a name."""
    with preview(site_folder(tmp_path, weekly()), "--allow-host", "toa-soan.local") as running:
        assert 200 == status(raw(running, "GET / HTTP/1.1", "Host: toa-soan.local:8000"))
        assert 403 == status(raw(running, "GET / HTTP/1.1", "Host: khac.local"))
        facts = json.loads(running.get("/_newsgen/page.json?path=/")[1])
        assert {"drafts": 0, "scheduled": 0} == {name: facts[name] for name in ("drafts", "scheduled")}
