"""A paper of three thousand stories below a path of its host, and a reader who searches it."""

from pathlib import Path

from playwright.sync_api import Page

from newsgen.build.options import BuildOptions
from newsgen.build.pipeline import build
from search_stories import make_stories, read_demonstration, write_site
from served_papers import NOW, Paper, until

STORIES = 3000
SEARCH = "tin/tim-kiem/"
"""The page on which readers search."""

TYPE = """(query) => {
  const form = document.querySelector(".search");
  form.elements.q.value = query;
  form.elements.q.dispatchEvent(new Event("input", { bubbles: true }));
  document.querySelector(".search-status").textContent = "";
}"""
SAID = """() => document.querySelector(".search-status").textContent.trim()"""
FOUND = """() => [...document.querySelectorAll(".search-list h2 a")].map((link) => [link.href, link.textContent])"""


def build_searched(folder: Path) -> Path:
    """The folder to serve of a paper with the stories of the demonstration and those that are made."""
    settings = {"url": "https://baolacgiang.example/tin"}
    write_site(folder / "site", [*read_demonstration(), *make_stories(STORIES)], settings)
    build(BuildOptions(folder / "site", folder / "www/tin", NOW))
    return folder / "www"


def ask(page: Page, paper: Paper, query: str) -> list[tuple[str, str]]:
    """The addresses and headlines found for what a reader types, when it is told how many there are."""
    if not page.url.startswith(f"{paper.origin}/{SEARCH}"):
        page.goto(f"{paper.origin}/{SEARCH}")
    page.evaluate(TYPE, query)
    until(page, SAID)
    return [(url, title) for url, title in page.evaluate(FOUND)]
