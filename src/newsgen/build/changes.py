"""The addresses that a build added, changed or removed, each with its reason."""

from collections.abc import Mapping

import msgspec

from newsgen.build.traces import Traces
from newsgen.core.urls import to_url
from newsgen.model.pages import Page, PlannedOutput, Redirect
from newsgen.model.reports import AddressChange
from newsgen.model.stories import Article, Notice
from newsgen.site.redirects import RedirectTable


class Changes(msgspec.Struct, frozen=True):
    """Compares two builds of one site by their traces; `base` is the path of the site, `moved` its old addresses.

    `planned` are the outputs of the new one by their paths.
    """

    base: str
    moved: RedirectTable
    planned: Mapping[str, PlannedOutput]
    old: Traces
    new: Traces

    def find(self, before: Mapping[str, str], target: Mapping[str, str]) -> list[AddressChange]:
        """The changes from the old output to the new one (output → digest), by address."""
        gone, moved = set(self.moved.gone), {redirect.path: redirect.target for redirect in self.moved.redirects}
        changes = []
        for output in sorted(before.keys() | target.keys()):
            if before.get(output) == target.get(output):
                continue
            url = to_url(output, self.base)
            change = "removed" if output not in target else "changed" if output in before else "added"
            page = self.planned.get(output)
            reason = _explain_removal(url, gone, moved) if page is None else self._explain(page, change)
            if page is None and output in target:
                reason = "file"
            kind, title, source = _describe(page) if page else ("file" if output in target else "", "", "")
            changes.append(AddressChange(url, change, kind, title, source, reason))
        return changes

    def _explain(self, page: PlannedOutput, change: str) -> str:
        subject = page.subject
        if isinstance(subject, Redirect):
            return "moved"
        if isinstance(subject, Notice):
            return "withdrawn" if subject.is_withdrawn else "ended"
        if change == "added":
            return "published" if isinstance(subject, Article) else "new"
        before, now = self.old.entries.get(page.output), self.new.entries.get(page.output)
        if before is not None and now is not None and before.input == now.input:
            return "surroundings"
        if isinstance(subject, Article) and subject.corrections:
            return "corrected" if subject.updated is None else "updated"
        if isinstance(subject, Article):
            return "updated" if subject.updated else "edited"
        return "stories"


def _explain_removal(url: str, gone: set[str], moved: Mapping[str, str]) -> str:
    if url in gone:
        return "ended"
    return "moved" if url in moved else "removed"


def _describe(output: PlannedOutput) -> tuple[str, str, str]:
    """The kind and title of an output, and the source of the story or page that it shows."""
    if isinstance(output, Page):
        return output.kind, output.title, output.source
    return "document", output.title or output.output, output.story
