"""A page of the preview may load itself anew at any moment; what is asked of it then is asked again."""

from pathlib import Path

import pytest
from playwright.sync_api import Error

from served_papers import LOADS, steadily, until


def test_a_page_that_loads_anew_is_asked_again(reader, paper):
    """An answer that a navigation breaks off comes from the page that is there afterwards."""
    page = reader.open(paper.kind("home"))
    turns = iter(range(2))

    def ask():
        page.wait_for_load_state("domcontentloaded")  # before that a page has no title
        wait = "new Promise(() => location.reload())" if next(turns, None) is not None else "document.title"
        return page.evaluate(wait)

    assert page.title() == steadily(ask)


def test_another_fault_is_not_hidden():
    """What fails for another reason fails at once, and a page that never stands still fails in the end."""
    asked = []

    def ask(text):
        asked.append(text)
        raise Error(text)

    with pytest.raises(Error, match="no such thing"):
        steadily(lambda: ask("no such thing"))
    assert 1 == len(asked)
    with pytest.raises(Error, match="destroyed"):
        steadily(lambda: ask("Execution context was destroyed"))
    assert 1 + LOADS + 1 == len(asked)


def test_waiting_under_a_strict_policy(reader, paper):
    """A page whose policy forbids `eval` is waited for, though what is waited for comes later than the first look."""
    page = reader.page()

    def strictly(route):
        headers = {"content-security-policy": "default-src 'self'"}
        route.fulfill(response=route.fetch(), headers={"content-type": "text/html", **headers})

    page.route(paper.kind("home"), strictly)
    page.goto(paper.kind("home"))
    page.evaluate("() => { setTimeout(() => { window.arrived = true }, 300) }")
    until(page, "window.arrived === true")


def test_no_test_waits_by_eval():
    """Playwright's own waiting for an expression fails under a policy whenever its first look is too early."""
    call = ".wait_for_" + "function("
    here = Path(__file__).parent
    files = [file for folder in (here, here.parent / "support") for file in folder.glob("*.py")]
    assert [] == [file.name for file in files if call in file.read_text(encoding="utf-8")]
