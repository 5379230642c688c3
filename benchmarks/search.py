"""How often the story that readers look for is among the first three: `python benchmarks/search.py FOLDER [PAGEFIND]`.

Builds the paper of tests/support/search_stories.py in FOLDER, and asks the queries of search_gold.py in Chromium. With
the path of the extended program of Pagefind, it indexes the same stories and is asked the same.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

sys.path.append(str(Path(__file__).parents[1] / "tests/support"))

from search_gold import GOLD
from search_pages import ask, build_searched
from served_papers import FLAGS, Paper, serve

ASK_PAGEFIND = """async (query) => {
  const pagefind = await import("/tin/pagefind/pagefind.js");
  const found = (await pagefind.search(query)).results.slice(0, 3);
  return (await Promise.all(found.map((one) => one.data()))).map((one) => one.url);
}"""


def find_slug(url: str) -> str:
    """The slug of a story's address."""
    return url.rpartition("/")[2].partition(".")[0].partition("?")[0]


def judge(asked: Callable[[str], Sequence[str]]) -> list[str]:
    """The queries whose story is not among the first three."""
    return [query for query, slugs in GOLD if not {find_slug(url) for url in asked(query)[:3]} & set(slugs)]


def index_with_pagefind(site: Path, program: str) -> None:
    """Pagefind's index of the stories alone, each with its headline and text."""
    for page in site.rglob("*.html"):
        text = page.read_text("utf-8")
        page.unlink()  # the output shares files with the tree of the next build
        page.write_text(re.sub(r'<article class="story', r'<article data-pagefind-body class="story', text), "utf-8")
    subprocess.run([program, "--site", str(site)], check=True, stdout=subprocess.DEVNULL)


def ask_pagefind(page: Page, paper: Paper, query: str) -> list[str]:
    """The addresses of the first three stories that Pagefind finds."""
    if not page.url.startswith(paper.origin):
        page.goto(f"{paper.origin}/tin/gioi-thieu.html")
    found: list[str] = page.evaluate(ASK_PAGEFIND, query)
    return found


def report(name: str, missed: Sequence[str]) -> None:
    """Print one figure, and what was missed."""
    print(f"{name}: {len(GOLD) - len(missed)} of {len(GOLD)}; missed: {', '.join(missed) or 'none'}")


def main(folder: Path, program: str | None) -> None:
    """Build, ask, and print."""
    www = build_searched(folder)
    with sync_playwright() as playwright, serve(www) as paper:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page()
        report("newsgen", judge(lambda query: [url for url, _ in ask(page, paper, query)]))
        if program:
            index_with_pagefind(www / "tin", program)
            page = browser.new_page()
            report("Pagefind", judge(lambda query: ask_pagefind(page, paper, query)))
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None)
