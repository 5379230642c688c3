"""The corpus in each generator's own form, and the edits that are measured.

A story's front matter is written as the generator's documentation writes it; its body is the same everywhere.
"""

import random
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from corpus import SECTIONS, article

SHOWN_IN_TEMPLATE = "Bản in 0"
Form = Callable[["Story"], str]
_FIELD = re.compile(r"^(\w+): (.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Story:
    """One story of the corpus, without a choice of related stories: those are each generator's own work."""

    slug: str
    section: str
    title: str
    date: str
    summary: str
    author: str
    tags: tuple[str, ...]
    body: str

    @property
    def source(self) -> str:
        """Where it lies in the site."""
        return f"content/{self.section}/{self.slug}.md"

    @property
    def output(self) -> str:
        """The page that every generator makes of it."""
        return f"{self.section}/{self.slug}/index.html"

    @property
    def groups(self) -> list[tuple[str, str]]:
        """The lists it belongs to, as (kind, heading)."""
        steps = self.section.split("/")
        sections = ["/".join(steps[: end + 1]) for end in range(len(steps))]
        tags = [("tag", tag) for tag in self.tags]
        return [("latest", ""), *(("section", each) for each in sections), ("author", self.author), *tags]


def story(number: int, count: int) -> Story:
    """The story `number` of a corpus of `count`."""
    source, text = article(number, count)
    _, head, body = text.split("---\n", 2)
    fields = dict(_FIELD.findall(head))
    return Story(
        slug=fields["slug"],
        section=source.removeprefix("content/").rpartition("/")[0],
        title=fields["title"],
        date=fields["date"],
        summary=fields["summary"],
        author=fields["authors"].strip("[]"),
        tags=tuple(fields["tags"].strip("[]").split(", ")),
        body=body.strip() + "\n",
    )


def with_body(old: Story, turn: int) -> Story:
    """The story after an editor's change of its last sentence; every turn is another."""
    return replace(old, body=f"{old.body.rstrip()} Bản sửa {turn}.\n")


def with_tag(old: Story, turn: int, count: int) -> Story:
    """The story with its last tag changed to another of the corpus."""
    every = [f"chu đề {tag}" for tag in range(max(20, count // 100))]
    choice = [tag for tag in every if tag not in old.tags]
    return replace(old, tags=(*old.tags[:-1], random.Random(turn).choice(choice)))


def yaml(each: Story) -> str:
    """The form that newsgen reads."""
    return (
        f"---\ntitle: {each.title}\ndate: {each.date}\nslug: {each.slug}\nsummary: {each.summary}\n"
        f"authors: [{each.author}]\ntags: [{', '.join(each.tags)}]\n---\n\n{each.body}"
    )


def zoned(each: Story) -> str:
    """Hugo's form: the same, and a time with its zone."""
    return yaml(replace(each, date=f"{each.date.replace(' ', 'T')}:00+07:00"))


def sectioned(each: Story) -> str:
    """Eleventy's form: its own time, and the section as data; the slug is the file's name."""
    return zoned(each).replace(f"\nslug: {each.slug}\n", f"\nsection: {each.section}\n", 1)


def lines(each: Story) -> str:
    """Pelican's form: lines of metadata."""
    return (
        f"Title: {each.title}\nDate: {each.date}\nSlug: {each.slug}\nCategory: {each.section}\n"
        f"Summary: {each.summary}\nAuthors: {each.author}\nTags: {', '.join(each.tags)}\n\n{each.body}"
    )


def make_site(site: Path, template: Path, stories: list[Story], form: Form) -> None:
    """Make a generator's whole site: its settings and templates from `template`, and the corpus in its form."""
    if site.exists():
        shutil.rmtree(site)
    shutil.copytree(template, site)
    for section in SECTIONS:
        folder = site / "content" / section
        folder.mkdir(parents=True, exist_ok=True)
        if form is zoned:  # Hugo takes a folder below another for a section only when this file says so
            (folder / "_index.md").write_text(f"---\ntitle: {section}\n---\n", "utf-8")
    for each in stories:
        write(site, each, form)


def write(site: Path, each: Story, form: Form) -> None:
    """Save one story."""
    (site / each.source).write_text(form(each), "utf-8")


def shown_in_template(turn: int) -> str:
    """What every article page shows once its template was edited."""
    return f"Bản in {turn}"
