"""HTML_CodeSniffer, whose rules pa11y runs too (WCAG 2.1 A to AAA)."""

import pytest

from served_papers import KINDS

RUN = """standard => new Promise(done => HTMLCS.process(standard, document, () => done(
  HTMLCS.getMessages().filter(found => found.type === HTMLCS.ERROR)
    .map(found => `${found.code}: ${found.msg} ${found.element.outerHTML?.slice(0, 120)}`))))"""


def check(page, script: str) -> list[str]:
    """The errors on a page, one a line."""
    page.add_script_tag(path=script)
    return page.evaluate(RUN, "WCAG2AAA")


@pytest.fixture(scope="module")
def script(tool) -> str:
    return tool("@pa11y/html_codesniffer/build/HTMLCS.js")


@pytest.mark.parametrize("kind", KINDS)
def test_no_error(reader, script, paper, kind):
    """Pages of every kind are without an error."""
    assert [] == check(reader.open(paper.kind(kind)), script)


@pytest.mark.parametrize(("name", "language"), [("started", "vi"), ("everything", "vi"), ("everything", "ar")])
def test_other_papers(reader, script, request, name, language):
    """A new site, and one that holds everything a paper can, are without an error on pages of any kind."""
    pages = request.getfixturevalue(name).one_of_each_kind()
    for address in [address for (_, spoken), address in pages.items() if spoken == language]:
        page = reader.open(address)
        assert [] == check(page, script), address
        page.close()


def test_components(reader, script, everything):
    """Every component and a live report are without an error, in every language."""
    found = {}
    for name, address in everything.stories_with_components().items():
        page = reader.open(address)
        found[name] = check(page, script)
        page.close()
    assert 7 == len(found)
    assert {} == {name: errors for name, errors in found.items() if errors}


def test_the_checker_sees(reader, script, paper):
    """A picture without a description is noticed."""
    page = reader.open(paper.kind("article"))
    page.evaluate("document.querySelector('figure img').removeAttribute('alt')")
    assert any("H37" in line for line in check(page, script))
