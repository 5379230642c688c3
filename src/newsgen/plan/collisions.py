"""Outputs that two things claim, or that no file system can hold."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import msgspec

from newsgen.core.errors import Location, Problem
from newsgen.core.messages import Message, say
from newsgen.core.site_files import ADDRESSES, SETTINGS
from newsgen.core.text import fold
from newsgen.core.urls import OUTPUT_BYTES, STEP_BYTES
from newsgen.model.pages import DocumentOutput, Page, PlannedOutput, Redirect

UNWRITABLE = frozenset({"duplicate-address", "long-address"})
"""The rules of outputs that a folder cannot hold, or cannot hold beside others."""


class Claim(msgspec.Struct, frozen=True):
    """An output and who makes it; `noun` says what it is, such as "the tag “nhãn”".

    `old` says of an old address where it is written down: "aliases", "redirects" or "urls.lock". One with `is_rule` has
    no output: a server that knows the rules of old addresses would send on whoever asks for a file there.
    """

    output: str
    location: Location
    noun: Message
    old: str = ""
    is_rule: bool = False


@dataclass(frozen=True)
class ClearOutputs:
    """Outputs of which no two want the same place, with the `keys` of their paths and of the `folders` above them.

    There may be keys of earlier outputs too. The keys are worked out when they are first asked for.
    """

    outputs: Sequence[str]

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of the outputs."""
        return frozenset(map(fold, self.outputs))

    @cached_property
    def folders(self) -> frozenset[str]:
        """The keys of the folders."""
        return _list_folders(self.keys)


def find_clear(outputs: Sequence[str], before: ClearOutputs | None = None) -> ClearOutputs | None:
    """The outputs, if claims on them have no collisions; of those clear `before` only others are looked at.

    Most papers have none, and it takes less time than `find_collisions`.
    """
    if before is not None:
        if outputs == before.outputs:
            return before
        if (known := _extend_clear(outputs, before)) is not None:
            return known
    every = ClearOutputs(outputs)
    if len(every.keys) < len(outputs) or any(map(_is_too_long, outputs)):
        return None
    # Only the outputs are kept: few of those who ask will ask again.
    return ClearOutputs(outputs) if every.keys.isdisjoint(every.folders) else None


def _extend_clear(outputs: Sequence[str], before: ClearOutputs) -> ClearOutputs | None:
    """The outputs, if the new ones collide with none of before; None where they may collide."""
    every = frozenset(outputs)
    added = every.difference(before.outputs)
    new = frozenset(map(fold, added))
    folders = _list_folders(new)
    is_single = len(every) == len(outputs) and len(new) == len(added) and not any(map(_is_too_long, added))
    keys = before.keys | new
    is_apart = new.isdisjoint(before.keys) and new.isdisjoint(before.folders) and keys.isdisjoint(folders)
    if not is_single or not is_apart:
        return None
    known = ClearOutputs(outputs)
    vars(known).update(keys=keys, folders=before.folders | folders)
    return known


def _list_folders(keys: Iterable[str]) -> frozenset[str]:
    """The keys of all folders in which something lies."""
    every = folders = {key.rpartition("/")[0] for key in keys} - {""}
    while folders:
        folders = {folder.rpartition("/")[0] for folder in folders} - {""} - every
        every = every | folders
    return frozenset(every)


def find_collisions(claims: Iterable[Claim]) -> list[Problem]:
    """A problem for each claim on an output of an earlier one, on a file as a folder, and on a path that is too long.

    Paths that differ in case or Unicode form are the same. Of an old address and another claim the old address is
    reported.
    """
    owners: dict[str, Claim] = {}
    problems = []
    ordered = sorted(claims, key=lambda claim: (claim.output, bool(claim.old), claim.location, claim.noun))
    rules, ordered = [c for c in ordered if c.is_rule], [c for c in ordered if not c.is_rule]
    for claim in [*ordered, *rules]:
        key = fold(claim.output)
        owner = owners.get(key, claim) if claim.is_rule else owners.setdefault(key, claim)
        if owner is not claim:
            problems.append(_report_collision(claim, owner, say("the same address /{output}", output=claim.output)))
        if not claim.is_rule and _is_too_long(claim.output):
            size = len(claim.output.encode())
            what = say("the path of {noun} is too long: {size} bytes", noun=claim.noun, size=size)
            fix = say("shorten the names of its folders, or `permalink` in newsgen.yaml")
            problems.append(Problem(claim.location, "long-address", what, fix))
    for claim in ordered:
        folder = fold(claim.output).rpartition("/")[0]
        while folder:
            if folder in owners:
                problems.append(_report_collision(claim, owners[folder], say("/{folder} as a folder", folder=folder)))
                break
            folder = folder.rpartition("/")[0]
    return problems


def _is_too_long(output: str) -> bool:
    if len(output) * 4 <= STEP_BYTES:
        return False
    return len(output.encode()) > OUTPUT_BYTES or any(len(step.encode()) > STEP_BYTES for step in output.split("/"))


def _report_collision(claim: Claim, owner: Claim, where: Message) -> Problem:
    values = {"noun": claim.noun, "where": where, "owner": owner.noun, "place": str(owner.location)}
    what = say("{noun} wants {where}, which belongs to {owner} ({place})", **values)
    return Problem(claim.location, "duplicate-address", what, _suggest_fix(claim, owner))


def _suggest_fix(claim: Claim, owner: Claim) -> Message:
    """What to change at the place of `claim`."""
    if claim.old == ADDRESSES:
        return say("give {owner} another `slug`, `url` or name: this address was published", owner=owner.noun)
    if claim.old:
        values = {"setting": claim.old, "owner": owner.noun}
        return say("remove it from `{setting}`, or give {owner} another `slug`, `url` or name", **values)
    if owner.old:
        return say("give {noun} another `slug`, `url` or name, or remove the old address", noun=claim.noun)
    return say("give one of the two another `slug`, `url` or name")


def list_claims(outputs: Iterable[PlannedOutput], places: Mapping[str, tuple[int, int]]) -> Iterator[Claim]:
    """The claim of each page and each document on its output. `places` says where in a source its slug or title stands.

    Of old addresses it says, by their path, where in urls.lock or newsgen.yaml they stand.
    """
    for page in outputs:
        if isinstance(page, DocumentOutput):
            noun = say("the document “{title}”", title=page.title or page.output)
            yield Claim(page.output, Location(SETTINGS), noun)
            continue
        place = places.get(page.source, (1, 1))
        if isinstance(page.subject, Redirect):
            yield make_old_claim(page.subject, page.output, places)
            continue
        location = Location(page.source, *place) if page.source else Location(SETTINGS)
        yield Claim(page.output, location, _name_page(page))


def make_old_claim(redirect: Redirect, output: str, places: Mapping[str, tuple[int, int]]) -> Claim:
    """The claim of an old address on an output; `places` as for `claims`."""
    location, noun = redirect.location, say("the old address {path}", path=redirect.path)
    if location.path in (ADDRESSES, SETTINGS):
        location = Location(location.path, *places.get(redirect.path, (1, 1)))
    old = {ADDRESSES: ADDRESSES, SETTINGS: "redirects"}.get(location.path, "aliases")
    return Claim(output, location, noun, old, is_rule=redirect.output is None)


def _name_page(page: Page) -> Message:
    nouns = {
        "article": say("the story “{title}”", title=page.title),
        "page": say("the page “{title}”", title=page.title),
        "section": say("the section “{title}”", title=page.title),
        "tag": say("the tag “{title}”", title=page.title),
        "term": say("the term “{title}”", title=page.title),
        "taxonomy": say("the list of terms “{title}”", title=page.title),
    }
    return nouns.get(page.kind) or say("the {kind} page “{title}”", kind=page.kind, title=page.title)
