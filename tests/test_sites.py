"""Whole sites under tests/sites/<case>/: good ones with `outputs.txt` and `parts.txt`, broken ones with `expected.txt`.

`outputs.txt` lists every output but the theme's own files. `parts.txt` holds, under lines `== OUTPUT SELECTOR`, the
HTML of what the selector finds there, one line of the page a line. `expected.txt` is the exit code in its first line,
then all that is printed on the standard error.
"""

import shutil
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from papers import build_site, run_newsgen, tree

SITES = Path(__file__).parent / "sites"
GOOD = sorted(path.parent.name for path in SITES.glob("*/outputs.txt"))
BROKEN = sorted(path.parent.name for path in SITES.glob("*/expected.txt"))
AT = ("--at", "2022-08-07 07:51")


def copied(case, folder):
    """A copy of a case's site, without what is expected of it."""
    expected = shutil.ignore_patterns("outputs.txt", "parts.txt", "expected.txt")
    return Path(shutil.copytree(SITES / case, folder / "site", ignore=expected))


def html_parts(page, selector):
    """The HTML of everything that a selector finds, one stripped line a line."""
    found = "\n".join(node.html or "" for node in LexborHTMLParser(page.decode()).css(selector))
    return "\n".join(line.strip() for line in found.splitlines() if line.strip())


def parts(case):
    """What parts.txt expects: (output, selector, HTML)."""
    for block in ("\n" + (SITES / case / "parts.txt").read_text()).split("\n== ")[1:]:
        head, _, html = block.partition("\n")
        output, _, selector = head.partition(" ")
        yield output, selector, html.strip()


def good_build(folder, site):
    """Give a site the output of a good one, as if it had been broken since; that output's files."""
    minimal = Path(shutil.copytree(SITES / "minimal", folder / "minimal"))
    build_site(minimal)
    shutil.copytree(minimal / "build", site / "build")
    return tree(site / "build")


def test_every_site_is_one_that_builds_or_one_that_does_not():
    """Each folder of tests/sites/ says what is expected of it, one way or the other."""
    assert sorted(path.name for path in SITES.iterdir() if path.is_dir()) == sorted([*GOOD, *BROKEN])


@pytest.mark.parametrize("case", GOOD)
def test_a_good_site_has_the_outputs_it_should(tmp_path, case):
    """A good site builds with exit code 0, silently, into exactly the outputs listed."""
    site = copied(case, tmp_path)
    done = run_newsgen("build", *AT, site=site)
    assert (0, "") == (done.returncode, done.stderr)
    outputs = [name for name in tree(site / "build") if not name.startswith("theme/")]
    assert (SITES / case / "outputs.txt").read_text() == "".join(f"{name}\n" for name in outputs)


@pytest.mark.parametrize("case", GOOD)
def test_a_good_site_says_what_it_should(tmp_path, case):
    """The parts of a good site's pages are as written down, letter by letter."""
    site = copied(case, tmp_path)
    build_site(site)
    found = tree(site / "build")
    expected = list(parts(case))
    assert expected
    assert expected == [(output, selector, html_parts(found[output], selector)) for output, selector, _ in expected]


@pytest.mark.parametrize("case", GOOD)
def test_every_link_of_a_good_site_leads_somewhere(tmp_path, case):
    """Every address in a good site's pages that is the site's own is one of its outputs, anchors included."""
    site = copied(case, tmp_path)
    build_site(site)
    found = tree(site / "build")
    base = "/bao" if case == "base-path" else ""
    pages = {name: LexborHTMLParser(data.decode()) for name, data in found.items() if name.endswith(".html")}
    for name, page in pages.items():
        for target in addresses(page):
            path, _, anchor = target.partition("#")
            assert path.startswith(f"{base}/") or not path, (name, target)
            path = path.removeprefix(base).partition("?")[0].lstrip("/")
            output = (
                name
                if not target.partition("#")[0]
                else f"{path}index.html"
                if path.endswith("/") or not path
                else path
            )
            assert output in found, (name, target)
            assert not anchor or pages[output].css_first(f'[id="{anchor}"]'), (name, target)


def addresses(page):
    """The addresses in a page that have no host."""
    named = [(node, name) for name in ("href", "src", "data-fragment") for node in page.css(f"[{name}]")]
    found = [node.attributes[name] or "" for node, name in named]
    return [target for target in found if not target.startswith(("https:", "http:", "mailto:", "//"))]


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_site_says_what_is_wrong_and_changes_nothing(tmp_path, case):
    """A broken site prints exactly the problems expected, with their exit code, and the good output of before stays."""
    site = copied(case, tmp_path)
    before = good_build(tmp_path, site)
    done = run_newsgen("build", *AT, site=site)
    assert "Traceback" not in done.stdout + done.stderr
    told = done.stderr.replace(str(site), "SITE")
    assert (SITES / case / "expected.txt").read_text() == f"exit {done.returncode}\n{told}"
    assert "" == done.stdout
    assert before == tree(site / "build")
