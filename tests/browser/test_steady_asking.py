"""A page of the preview may load itself anew at any moment; what is asked of it then is asked again."""

import pytest
from newsstand import LOADS, steadily
from playwright.sync_api import Error


def test_a_page_that_loads_anew_is_asked_again(reader, paper):
    """An answer that a navigation breaks off comes from the page that is there afterwards."""
    page = reader.open(paper.kind("home"))
    turns = iter(range(2))

    def ask():
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
