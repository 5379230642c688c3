"""What a build changed for the public: every address that is new, other, or gone, with its reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from newsgen.build.traces import Ledger
from newsgen.core.urls import to_url
from newsgen.model.pages import Page, PlannedOutput, Redirect
from newsgen.model.reports import AddressChange
from newsgen.model.stories import Article, Notice
from newsgen.site.newspaper import Newspaper


@dataclass(frozen=True, slots=True)
class Changes:
    """Compares two builds of one site: the ledgers say what each page was made from."""

    newspaper: Newspaper
    outputs: Sequence[PlannedOutput]
    old: Ledger
    new: Ledger

    def between(self, before: Mapping[str, str], target: Mapping[str, str]) -> list[AddressChange]:
        """The changes from the old output to the new one (output → digest), by address."""
        planned: dict[str, PlannedOutput] = {one.output: one for one in self.outputs}
        old = self.newspaper.old_addresses
        old = self.newspaper.old_addresses
        gone, moved = set(old.gone), {redirect.path: redirect.target for redirect in old.redirects}
        found = []
        for output in sorted(before.keys() | target.keys()):
            if before.get(output) == target.get(output):
                continue
            url = to_url(output, self.newspaper.config.base)
            change = "removed" if output not in target else "changed" if output in before else "added"
            page = planned.get(output)
            reason = self._removed(url, gone, moved) if page is None else self._reason(page, change)
            if page is None and output in target:
                reason = "file"
            kind, title, source = _described(page) if page else ("file" if output in target else "", "", "")
            found.append(AddressChange(url, change, kind, title, source, reason))
        return found

    def _removed(self, url: str, gone: set[str], moved: Mapping[str, str]) -> str:
        if url in gone:
            return "ended"
        return "moved" if url in moved else "removed"

    def _reason(self, page: PlannedOutput, change: str) -> str:
        subject = page.subject
        if isinstance(subject, Redirect):
            return "moved"
        if isinstance(subject, Notice):
            return "withdrawn" if subject.is_withdrawn else "ended"
        if change == "added":
            return "published" if isinstance(subject, Article) else "new"
        known, own = self.old.entries.get(page.output), self.new.entries.get(page.output)
        edited = known is None or own is None or known.own != own.own
        if not edited:
            return "surroundings"
        if isinstance(subject, Article) and subject.corrections:
            return "corrected" if subject.updated is None else "updated"
        if isinstance(subject, Article):
            return "updated" if subject.updated else "edited"
        return "stories"


def _described(output: PlannedOutput) -> tuple[str, str, str]:
    """The kind and title of an output, and the source of the story or page that it shows."""
    if isinstance(output, Page):
        return output.kind, output.title, output.source
    return "document", output.title or output.output, output.story
