"""Asking other sites: one question at a time to each, and only a plain "there is no such page" is a dead link."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from newsgen.commands.external_links import KEPT, KnownLinks, Politeness, ask_all, find_dead_links
from newsgen.core.errors import Location

QUICK = Politeness(delay=0, patience=5)
NOW = 1_000_000_000.0
PLACES = {"/moved": "/here", "/round": "/round"}


@contextmanager
def other_site(statuses: dict[str, int], head: int = 0) -> Iterator[tuple[str, list[str]]]:
    """A site on this machine that answers each path with its status; its address, and what it was asked.

    `head` is what it answers to every HEAD, where it is not 0.
    """
    asked: list[str] = []

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self):
            self.answer(statuses.get(self.path, 404))

        def do_HEAD(self):
            self.answer(head or statuses.get(self.path, 404))

        def answer(self, status):
            asked.append(f"{self.command} {self.path}")
            self.send_response(status)
            if status in (301, 302):
                self.send_header("Location", PLACES.get(self.path, "file:///etc/hostname"))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    """Nothing but this machine is asked."""
    monkeypatch.setenv("no_proxy", "*")


@pytest.mark.parametrize(
    ("status", "verdict"),
    [(200, "alive"), (204, "alive"), (404, "dead"), (410, "dead")]
    + [(status, "unknown") for status in (401, 403, 405, 429, 500, 503)],
)
def test_only_a_page_that_is_not_there_is_dead(status, verdict):
    """404 and 410 are dead; a refusal, too many questions and a broken site say nothing of the page."""
    with other_site({"/x": status}) as (site, _):
        assert {f"{site}/x": verdict} == ask_all([f"{site}/x"], KnownLinks(), QUICK, NOW)


def test_a_site_that_dislikes_head_is_asked_with_get():
    """HEAD comes first; where it is refused, GET decides."""
    with other_site({"/x": 200}, head=404) as (site, asked):
        assert {f"{site}/x": "alive"} == ask_all([f"{site}/x"], KnownLinks(), QUICK, NOW)
    assert ["HEAD /x", "GET /x"] == asked


def test_a_page_that_moved_is_followed_on_the_web_only():
    """A redirection is followed, but never to a file of this machine."""
    with other_site({"/moved": 301, "/here": 200, "/trap": 302}) as (site, _):
        urls = [f"{site}/moved", f"{site}/trap"]
        assert ["alive", "unknown"] == list(ask_all(urls, KnownLinks(), QUICK, NOW).values())


def test_a_site_that_has_had_enough_is_left_alone():
    """After "too many requests" nothing more is asked of that host in this run."""
    with other_site({"/a": 200, "/b": 429, "/c": 404, "/d": 200}) as (site, asked):
        urls = [f"{site}/{name}" for name in "abcd"]
        verdicts = ask_all(urls, KnownLinks(), QUICK, NOW)
    assert ["alive", "unknown", "unknown", "unknown"] == [verdicts[url] for url in urls]
    assert ["HEAD /a", "HEAD /b"] == asked


def test_a_host_is_asked_one_question_after_another_with_a_pause(monkeypatch):
    """Between two questions to one host there is a pause."""
    pauses = []
    monkeypatch.setattr("newsgen.commands.external_links.time.sleep", pauses.append)
    with other_site({"/a": 200, "/b": 200, "/c": 200}) as (site, _):
        ask_all([f"{site}/{name}" for name in "abc"], KnownLinks(), Politeness(delay=1.5), NOW)
    assert [1.5, 1.5] == pauses


@pytest.mark.parametrize(("status", "verdict"), [(200, "alive"), (404, "dead"), (503, "unknown")])
def test_a_verdict_is_believed_for_a_while(status, verdict):
    """What was heard is not asked again while it is fresh; what is unknown is asked every time."""
    known = KnownLinks()
    with other_site({"/x": status}) as (site, asked):
        url = f"{site}/x"
        ask_all([url], known, QUICK, NOW)
        count = len(asked)
        ask_all([url], known, QUICK, NOW + KEPT.get(verdict, 0) / 2)
        assert (len(asked) == count) == (verdict != "unknown")
        count = len(asked)
        assert {url: verdict} == ask_all([url], known, QUICK, NOW + KEPT.get(verdict, 0) + 1)
        assert len(asked) > count


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/x", "http://[::1/x", "http://a b/", "https://x..y/", "http:///x"])
def test_no_answer_is_no_verdict(url):
    """A site that does not answer, or an address that cannot be asked, is unknown and breaks nothing."""
    try:
        verdicts = ask_all([url], KnownLinks(), QUICK, NOW)
    except ValueError:
        pytest.fail("an address brought it down")
    assert "alive" != verdicts[url]


@pytest.mark.parametrize(("number", "verdict"), [(socket.EAI_NONAME, "dead"), (socket.EAI_AGAIN, "unknown")])
def test_a_host_that_does_not_exist_is_dead(monkeypatch, number, verdict):
    """A name that nothing has is dead; where only nobody could say so just now, it is unknown."""

    def ask(*_, **__):
        raise socket.gaierror(number, "no such host")

    monkeypatch.setattr("socket.getaddrinfo", ask)
    assert {"https://x.example/": verdict} == ask_all(["https://x.example/"], KnownLinks(), QUICK, NOW)


def test_redirections_in_a_circle_come_to_an_end():
    """A site that sends on for ever is asked a few times and is no verdict."""
    with other_site({"/round": 301}) as (site, asked):
        assert {f"{site}/round": "unknown"} == ask_all([f"{site}/round"], KnownLinks(), QUICK, NOW)
    assert 11 >= len(asked)


def test_a_dead_link_is_told_wherever_it_stands():
    """Each place that names a dead address gets its warning, `dead-external-link`; unknown ones get none."""
    places = (Location("content/a.md", 5, 3), Location("content/b.md", 9, 1))
    links = {"https://a.example/": places, "https://b.example/": places}
    found = find_dead_links(links, {"https://a.example/": "dead", "https://b.example/": "unknown"})
    assert [(place, "dead-external-link", "warning") for place in places] == [
        (p.location, p.rule, p.level) for p in found
    ]
