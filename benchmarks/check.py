"""Does an output hold what the job asks for? Every article page and every list is read.

The templates of all generators give the same marks (see sites/), so one reader serves them all.
"""

import hashlib
import os
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from forms import Story

RELATED, LATEST, PAGE = 5, 8, 20
_TAG = re.compile(r"<[^>]*>")
_MARK = re.compile(r"^(?:## |- |> )|\*\*?|\]\([^)]*\)|\[", re.MULTILINE)
_KIND = re.compile(r'<body class="kind-([a-z0-9]+)"')
_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
_BODY = re.compile(r'<div class="body">(.*?)</div>', re.DOTALL)
_LEAD = re.compile(r'<p class="lead">(.*?)</p>', re.DOTALL)
_CARD = re.compile(r'<a href="/([^"]+)">')
_ITEM = re.compile(
    r"<item>\s*<title>([^<]*)</title>\s*<link>https://thu-tai\.example([^<]*)</link>.*?<description>([^<]*)</description>.*?</item>",
    re.DOTALL,
)
_LISTS = ("latest", "section", "tag", "author")


@dataclass(slots=True)
class Found:
    """What an output holds: `cards` are the addresses in each list, `fronts` the folder of each list's feed.

    `faults` are the first of what is missing.
    """

    articles: int = 0
    lists: int = 0
    list_pages: int = 0
    files: int = 0
    faults: list[str] = field(default_factory=list)
    cards: defaultdict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    fronts: dict[tuple[str, str], str] = field(default_factory=dict)

    def expect(self, condition: bool, fault: str) -> None:  # noqa: FBT001
        """Note a fault unless the condition holds."""
        if not condition and len(self.faults) < 20:
            self.faults.append(fault)


def check(output: Path, stories: list[Story], latest: str) -> Found:
    """Compare an output with the corpus it was made of."""
    found = Found()
    for root, _folders, names in os.walk(output):
        found.files += len(names)
        if "index.html" in names:
            _note_list(found, os.path.relpath(root, output), Path(root, "index.html").read_text("utf-8"))
    newest = sorted(stories, key=lambda each: each.date, reverse=True)[:LATEST]
    box = [_address(each) for each in newest]
    for each, related in zip(stories, _related(stories), strict=True):
        path = output / each.output
        if path.is_file():
            found.articles += 1
            _article(found, path.read_text("utf-8"), each, related, box if latest == "inline" else [])
        else:
            found.expect(False, f"no page for {each.slug}")
    if latest == "fragment":
        path = output / "tin-moi-nhat.fragment.html"
        text = path.read_text("utf-8") if path.is_file() else ""
        found.expect(_links(text, "latest") == box, "the shared list of the latest is not as it should be")
    _lists(found, stories)
    _feeds(found, output, stories)
    return found


def _address(each: Story) -> str:
    return each.output.removesuffix("index.html")


def _links(text: str, name: str) -> list[str]:
    start = text.find(f'<ul class="{name}">')
    return _CARD.findall(text[start : text.find("</ul>", start)]) if start >= 0 else []


def _article(found: Found, text: str, each: Story, related: int, box: list[str]) -> None:
    heading, lead, body = _HEADING.search(text), _LEAD.search(text), _BODY.search(text)
    found.expect(heading is not None and heading[1] == each.title, f"{each.slug}: another title")
    found.expect(lead is not None and lead[1].strip() == each.summary, f"{each.slug}: another lead")
    words = _TAG.sub("", body[1]).split() if body else []
    found.expect(words == _MARK.sub("", each.body).split(), f"{each.slug}: another body")
    shown = _links(text, "related")
    found.expect(related <= len(shown) <= RELATED, f"{each.slug}: {len(shown)} related stories, not {related}")
    found.expect(len(set(shown)) == len(shown) and _address(each) not in shown, f"{each.slug}: related to itself")
    found.expect(_links(text, "latest") == box, f"{each.slug}: another list of the latest")
    found.expect(len(_links(text, "tags")) == len(each.tags), f"{each.slug}: other tags")


def _related(stories: list[Story]) -> list[int]:
    """For each story how many related ones it must show: five, or as many older ones as share a tag."""
    by_tag: defaultdict[str, list[int]] = defaultdict(list)
    order = sorted(range(len(stories)), key=lambda number: stories[number].date)
    counts = [0] * len(stories)
    for rank, number in enumerate(order):
        older = {other for tag in stories[number].tags for other in by_tag[tag][-RELATED:]}
        counts[number] = min(RELATED, len(older))
        for tag in stories[number].tags:
            by_tag[tag].append(rank)
    return counts


def _note_list(found: Found, folder: str, text: str) -> None:
    kind, heading = _KIND.search(text), _HEADING.search(text)
    if kind is None or heading is None or kind[1] not in _LISTS:
        return
    found.list_pages += 1
    name = "" if kind[1] == "latest" else _TAG.sub("", heading[1]).strip()
    cards = _links(text, "cards")
    found.expect(0 < len(cards) < 2 * PAGE, f"{len(cards)} stories on a page of {kind[1]} {name}")
    found.cards[kind[1], name] += cards
    if f"/{folder}".rpartition("/trang/")[0] == "":
        found.fronts[kind[1], name] = "" if kind[1] == "latest" else folder


def _lists(found: Found, stories: list[Story]) -> None:
    """Every list holds each of its stories once."""
    wanted: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for each in stories:
        for group in each.groups:
            wanted[group].append(_address(each))
    found.lists = len(found.cards)
    for group in wanted.keys() | found.cards.keys():
        here = sorted(found.cards[group])
        found.expect(here == sorted(wanted[group]), f"the list {group} holds {len(here)}, not {len(wanted[group])}")


def _feeds(found: Found, output: Path, stories: list[Story]) -> None:
    """Beside each list, and at the root for the latest, is a feed of its newest stories with their leads."""
    groups: defaultdict[tuple[str, str], list[Story]] = defaultdict(list)
    for each in stories:
        for group in each.groups:
            groups[group].append(each)
    for group, members in groups.items():
        path = output / found.fronts.get(group, "") / "rss.xml"
        items = _ITEM.findall(path.read_text("utf-8")) if path.is_file() else []
        newest = sorted(members, key=lambda each: each.date, reverse=True)[:PAGE]
        wanted = [(each.title, f"/{_address(each)}", each.summary) for each in newest]
        found.expect(sorted(items) == sorted(wanted), f"the feed of {group} is not as it should be")


def digests(output: Path) -> dict[str, str]:
    """The digest of every page of an output."""
    pages = (path for kind in ("html", "xml") for path in output.rglob(f"*.{kind}"))
    return {path.relative_to(output).as_posix(): hashlib.sha1(path.read_bytes()).hexdigest() for path in pages}
