"""Pages full of attacks, opened in a browser whose every frame has a trap: nothing springs it."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from built_once import built_once
from hostile_site import build_hostile
from papers import tree
from payloads import CALL

FRAMES = 60
"""Pages that are opened at once, each in a frame of its own."""

TRAP = "window.trap = word => { top.sprung = (top.sprung || []).concat([document.title, word]) }; window.alert = trap;"
EVENTS = ("click", "mouseover", "pointerenter", "focus", "toggle", "load", "error", "animationstart", "auxclick")
STIR = f"""
for (const frame of document.querySelectorAll('iframe'))
  for (const node of frame.contentDocument.querySelectorAll('*'))
    for (const name of {json.dumps(EVENTS)}) node.dispatchEvent(new Event(name))
"""
"""Let every element hear every event that a payload waits for."""


def open_all(page: Page, pages: list[str]) -> list[str]:
    """Open pages in frames of one document, stir them, and give what sprang the trap."""
    page.goto("http://paper.example/")
    page.evaluate(
        """pages => Promise.all(pages.map(html => new Promise(done => {
            const frame = document.createElement('iframe');
            frame.onload = done; frame.srcdoc = html; document.body.append(frame)})))""",
        pages,
    )
    page.evaluate(STIR)
    return page.evaluate("window.sprung || []")


@pytest.fixture
def trapped(browser: Browser) -> Iterator[Page]:
    """A page whose frames all have the trap, and which reaches no machine.

    It is closed after the test, for what is typed in its frames works on without end.
    """
    context = browser.new_context()
    context.add_init_script(TRAP)
    page = context.new_page()
    page.route("http://paper.example/", lambda route: route.fulfill(body="<body></body>", content_type="text/html"))
    yield page
    context.close()


def test_the_trap_springs(trapped):
    """A script and a handler that do run are noticed, so that silence means something."""
    assert open_all(trapped, [f"<title>a</title><script>{CALL}</script>"])
    assert open_all(trapped, [f'<title>b</title><b onclick="{CALL}">x</b>'])


def test_no_page_runs_what_was_typed(trapped, tmp_path_factory):
    """Every story of the hostile site, and its first lists, are opened and stirred, and nothing runs."""
    pages = tree(built_once(tmp_path_factory, "hostile", build_hostile) / "build")
    kinds = ("kinh-te/", "index.html", "tin-moi-nhat/index.html")
    names = [name for name in pages if name.endswith(".html") and name.startswith(kinds)]
    names += [name for name in pages if name.endswith(".html") and name.startswith("chu-de/")][::10]
    stories = [pages[name].decode() for name in names]
    for start in range(0, len(stories), FRAMES):
        assert [] == open_all(trapped, stories[start : start + FRAMES])
