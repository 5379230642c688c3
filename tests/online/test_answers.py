"""What the service answers: who is let in, and that nothing of a bad request is counted or stored."""

import json
from ipaddress import ip_address, ip_network

import pytest

from newsgen.services.online.admission import NoAddress, Proxies, Rates, find_reader_address, get_origin
from reader_count import ENDPOINT, MOST_READ, ORIGIN, SETTINGS, paper, run

BAD = {
    "another origin": (403, {"origin": "https://khac.example"}),
    "no origin": (403, {"origin": None}),
    "the origin of a sandbox": (403, {"origin": "null"}),
    "the origin with a path": (403, {"origin": f"{ORIGIN}/"}),
    "the origin in another case": (403, {"origin": "https://BaoLacGiang.example"}),
    "the origin without its s": (403, {"origin": "http://baolacgiang.example"}),
    "the origin at another port": (403, {"origin": f"{ORIGIN}:8443"}),
    "a host that begins like it": (403, {"origin": f"{ORIGIN}.evil.example"}),
    "GET": (405, {"method": "GET"}),
    "HEAD": (405, {"method": "HEAD"}),
    "PUT": (405, {"method": "PUT"}),
    "DELETE": (405, {"method": "DELETE"}),
    "OPTIONS": (405, {"method": "OPTIONS"}),
    "another path": (404, {"path": "/api/onlin"}),
    "a huge body": (413, {"body": b"x" * 100_000}),
    "a huge body in parts": (413, {"body": [b"x" * 600] * 100}),
    "a huge length": (413, {"headers": [("Content-Length", "1048576")]}),
    "a torn body": (400, {"body": [b'{"story":', b""]}),
    "a body that is cut off": (400, {"body": b'{"story":'}),
    "a body that is no JSON": (400, {"body": b"story=/"}),
    "a body that is no UTF-8": (400, {"body": b'{"story": "\xff"}'}),
    "a list": (400, {"body": b"[]"}),
    "a number for a story": (400, {"body": b'{"story": 5}'}),
    "another field": (400, {"body": b'{"reader": "a"}'}),
    "deep nesting": (400, {"body": b"[" * 1_000}),
    "a proxy that names nobody": (400, {"peer": "10.1.1.1"}),
    "a proxy that names no address": (400, {"peer": "10.1.1.1", "headers": [("X-Forwarded-For", "unknown")]}),
    "a proxy that ends with nothing": (400, {"peer": "10.1.1.1", "headers": [("X-Forwarded-For", "1.2.3.4,")]}),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_bad_is_refused_and_not_counted(tmp_path, store, name):
    """It gets a status that says so, a reason in JSON, and the count after it is that before it."""
    status, request = BAD[name]

    async def day():
        one = paper(tmp_path, redis=store, proxies=("10.1.1.1",))
        assert 2 == await one.online(1, 2)
        answer = await one.ask(**request)
        assert status == answer.status, answer
        assert status in (404, 405) or answer.json["error"]
        assert 2 == await one.online(1)

    run(day())


@pytest.mark.parametrize("name", BAD)
def test_what_is_bad_is_not_stored(tmp_path, redis, name):
    """After a bad request the store has no key."""
    status, request = BAD[name]

    async def day():
        assert status == (await paper(tmp_path, redis=redis.url, proxies=("10.1.1.1",)).ask(**request)).status

    run(day())
    with redis.client() as client:
        assert 0 == client.dbsize()


def test_a_good_answer(tmp_path, store):
    """It is for the page's own origin, and no cache keeps it."""

    async def day():
        answer = await paper(tmp_path, redis=store).ask()
        assert {"online": 1, "approximate": False} == answer.json
        assert (200, ORIGIN, "Origin") == (
            answer.status,
            answer.headers["access-control-allow-origin"],
            answer.headers["vary"],
        )
        assert "no-store" == answer.headers["cache-control"]
        assert "set-cookie" not in answer.headers

    run(day())


def test_more_origins(tmp_path):
    """Pages of `--origin` are the paper's too, whatever else of an address stands there."""

    async def day():
        one = paper(tmp_path, origins=("https://www.baolacgiang.example/", "http://localhost:8000"))
        for origin in (ORIGIN, "https://www.baolacgiang.example", "http://localhost:8000"):
            assert 200 == (await one.ask(origin=origin)).status

    run(day())


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://bao.example", "https://bao.example"),
        ("https://bao.example:443/muc/", "https://bao.example"),
        ("http://bao.example:80", "http://bao.example"),
        ("http://bao.example:8080/x?y", "http://bao.example:8080"),
        ("https://BAO.example", "https://bao.example"),
        ("https://báo.example", "https://xn--bo-mia.example"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("ftp://bao.example", ""),
        ("bao.example", ""),
        ("https://[x", ""),
    ],
)
def test_origins_are_written_as_browsers_do(url, origin):
    """An origin is scheme, host and a port that is not the usual one."""
    assert origin == get_origin(url)


@pytest.mark.parametrize(
    ("peer", "forwarded", "reader"),
    [
        ("198.51.100.7", [], "198.51.100.7"),
        ("198.51.100.7", ["203.0.113.1"], "198.51.100.7"),
        ("10.0.0.1", ["203.0.113.1"], "203.0.113.1"),
        ("10.0.0.1", ["1.1.1.1, 203.0.113.1"], "203.0.113.1"),
        ("10.0.0.1", ["1.1.1.1", "203.0.113.1"], "203.0.113.1"),
        ("10.0.0.1", ["1.1.1.1, 203.0.113.1, 10.0.0.2"], "203.0.113.1"),
        ("10.0.0.1", ["x, 203.0.113.1"], "203.0.113.1"),
        ("::ffff:10.0.0.1", ["2001:db8::1"], "2001:db8::1"),
        ("10.0.0.1", ["::ffff:203.0.113.1"], "203.0.113.1"),
        ("10.0.0.1", [], None),
        ("10.0.0.1", ["203.0.113.1, x"], None),
        ("10.0.0.1", ["10.0.0.3, 10.0.0.2"], "10.0.0.3"),
        ("10.0.0.1", ["10.0.0.1"], "10.0.0.1"),
        ("", [], None),
    ],
)
def test_only_our_proxies_name_readers(peer, forwarded, reader):
    """X-Forwarded-For counts from its end, as far as the paper's own proxies wrote it."""
    ours = Proxies([ip_network("10.0.0.0/24")])
    if reader is None:
        with pytest.raises(NoAddress):
            find_reader_address(peer, forwarded, ours)
    else:
        assert reader == str(ip_address(find_reader_address(peer, forwarded, ours)))


def test_a_forged_header_makes_no_reader(tmp_path, store):
    """Whatever a reader writes into X-Forwarded-For, it stays one reader, with and without a proxy between."""

    async def day():
        one = paper(tmp_path, redis=store, proxies=("10.1.1.1",))
        for number in range(20):
            forged = f"203.0.113.{number}"
            direct = await one.ask(headers=[("X-Forwarded-For", forged)])
            behind = await one.ask(peer="10.1.1.1", headers=[("X-Forwarded-For", f"{forged}, 198.51.100.8")])
        assert (2, 2) == (direct.json["online"], behind.json["online"])

    run(day())


def test_a_forgotten_proxy_is_told(tmp_path):
    """A proxy of a private address that nobody named is told once, with the option that names it."""

    async def day():
        one = paper(tmp_path)
        for _ in range(3):
            await one.ask(peer="127.0.0.1", headers=[("X-Forwarded-For", "203.0.113.1")])
            await one.ask(peer="198.51.100.7", headers=[("X-Forwarded-For", "203.0.113.1")])
        (line,) = [line for line in one.lines if "--proxy" in line]
        assert "add --proxy 127.0.0.1" in line

    run(day())


def test_a_line_has_its_share(tmp_path, store):
    """One address asks so often in a minute and no more, under whatever names; the next minute it may again."""

    async def day():
        one = paper(tmp_path, redis=store, rate=3)
        agents = [str(number) for number in range(5)]
        assert [200, 200, 200, 429, 429] == [(await one.ask(agent=agent)).status for agent in agents]
        assert 4 == (await one.ask(peer="198.51.100.9")).json["online"]
        one.clock.pass_minutes(1)
        assert 200 == (await one.ask()).status

    run(day())


def test_an_ipv6_line_has_one_share(tmp_path):
    """The addresses of one /64 are one line, which asks no more for having many."""

    async def day():
        one = paper(tmp_path, rate=3)
        asked = [(await one.ask(peer=f"2001:db8:0:1::{number:x}")).status for number in range(5)]
        assert [200, 200, 200, 429, 429] == asked
        assert 200 == (await one.ask(peer="2001:db8:0:2::1")).status

    run(day())


def test_lines_that_are_remembered_have_a_limit():
    """Only so many lines are remembered in a minute; further ones have to wait for the next."""
    rates = Rates(5, most_lines=2)
    assert [True, True, False, True] == [rates.admit(line, 1) for line in (b"a", b"b", b"c", b"a")]
    assert rates.admit(b"c", 2)


def test_a_slow_body_is_given_up(tmp_path, monkeypatch):
    """A body that does not come is not waited for."""
    monkeypatch.setattr("newsgen.services.online.app.BODY_LIMIT", 0.01)

    async def day():
        one = paper(tmp_path)
        assert 408 == (await one.ask(body=[b"{", None])).status
        assert 1 == await one.online(1)

    run(day())


def test_the_address_is_the_endpoints(tmp_path):
    """The service answers at the path of `online.endpoint`, also where that is a whole address."""

    async def day():
        settings = SETTINGS.replace(f"endpoint: {ENDPOINT}", "endpoint: 'https://dem.example/bao/dem'")
        one = paper(tmp_path, settings)
        assert 200 == (await one.ask(path="/bao/dem")).status
        assert 404 == (await one.ask()).status

    run(day())


def test_no_list_without_a_setting(tmp_path):
    """Without `online.most_read` there is no such list."""

    async def day():
        one = paper(tmp_path, SETTINGS.replace(f", most_read: {MOST_READ}", ""))
        assert 404 == (await one.ask("GET", MOST_READ)).status

    run(day())


def test_health(tmp_path, store):
    """Whoever watches over the service is told that its store answers."""

    async def day():
        answer = await paper(tmp_path, redis=store).ask("GET", "/health")
        assert (200, {"store": "answers"}) == (answer.status, json.loads(answer.body))

    run(day())
