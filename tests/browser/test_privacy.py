"""Pages ask nobody but the paper's own host, and need no exception from a strict policy."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from served_papers import KINDS, Paper, serve, until

STRICT = {"Content-Security-Policy": "default-src 'self'; img-src 'self' data:"}


@pytest.fixture(scope="module")
def strict(fragment: Paper) -> Iterator[Paper]:
    """The paper on a host that allows its pages nothing but their own files."""
    with serve(fragment.folder, STRICT) as paper:
        yield paper


@pytest.mark.parametrize("kind", KINDS)
def test_strict_policy(reader, strict, kind):
    """Under a policy that allows the paper's own files alone, every kind of page works."""
    page = reader.open(strict.kind(kind))
    expect(page.locator("p[data-online]")).to_have_text(re.compile("^140 (người đang|readers) online$"))


def test_strict_policy_is_seen(reader, strict):
    """The reader of these tests notices what the policy forbids."""
    page = reader.open(strict.kind("home"))
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: '1'}))")
    until(page, "document.scripts.length > 1")
    reader.forgive("Content Security Policy")


def test_strangers_are_seen(reader, paper):
    """The reader of these tests notices a request to another machine."""
    page = reader.open(paper.kind("home"))
    with page.expect_console_message(lambda said: "ERR_NAME_NOT_RESOLVED" in said.text):
        page.evaluate("document.body.append(Object.assign(new Image(), {src: 'https://count.example/1.gif'}))")
    reader.forgive("count.example")
    reader.forgive("ERR_NAME_NOT_RESOLVED")


def test_nothing_kept(reader, inline):
    """A visit leaves no cookie, and nothing in the browser's storage until the reader chooses a text size."""
    page = reader.open(inline.story())
    assert [] == page.context.cookies()
    assert 0 == page.evaluate("localStorage.length + sessionStorage.length")
