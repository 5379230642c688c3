"""Outputs that two things want, or that no system can hold."""

from collections.abc import Iterable, Sequence

import msgspec

from newsgen.core.errors import Location, Problem
from newsgen.core.messages import Message, say
from newsgen.core.site_files import ADDRESSES
from newsgen.core.text import fold

STEP_BYTES, OUTPUT_BYTES = 255, 1024
"""The longest name and the longest path, in bytes, that common systems take."""

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


class ClearOutputs(msgspec.Struct, frozen=True):
    """Outputs of which no two want the same place, with the `keys` of their paths and of the `folders` above them.

    There may be keys of earlier outputs too.
    """

    outputs: Sequence[str]
    keys: frozenset[str]
    folders: frozenset[str]


def is_clear(outputs: Sequence[str]) -> bool:
    """Whether claims on these outputs have no `collisions`, which most papers have not: told without the claims."""
    return find_clear(outputs) is not None


def find_clear(outputs: Sequence[str], before: ClearOutputs | None = None) -> ClearOutputs | None:
    """The outputs, if claims on them have no `collisions`; of those clear `before` only others are looked at."""
    if before is not None:
        if outputs == before.outputs:
            return before
        if (known := _still_clear(outputs, before)) is not None:
            return known
    keys = frozenset(map(fold, outputs))
    if len(keys) < len(outputs) or any(map(_is_too_long, outputs)):
        return None
    folders = _folders_above(keys)
    return ClearOutputs(outputs, keys, folders) if keys.isdisjoint(folders) else None


def _still_clear(outputs: Sequence[str], before: ClearOutputs) -> ClearOutputs | None:
    """The outputs, if those that are new meet none of before; None does not tell that they are not clear."""
    every = frozenset(outputs)
    added = every.difference(before.outputs)
    new = frozenset(map(fold, added))
    folders = _folders_above(new)
    is_single = len(every) == len(outputs) and len(new) == len(added) and not any(map(_is_too_long, added))
    keys = before.keys | new
    is_apart = new.isdisjoint(before.keys) and new.isdisjoint(before.folders) and keys.isdisjoint(folders)
    if not is_single or not is_apart:
        return None
    return ClearOutputs(outputs, keys, before.folders | folders)


def _folders_above(keys: Iterable[str]) -> frozenset[str]:
    """The keys of all folders in which something lies."""
    every = folders = {key.rpartition("/")[0] for key in keys} - {""}
    while folders:
        folders = {folder.rpartition("/")[0] for folder in folders} - {""} - every
        every = every | folders
    return frozenset(every)


def collisions(claims: Iterable[Claim]) -> list[Problem]:
    """Each claim on an output that an earlier one holds, case- and form-blind, and on a file as a folder.

    And each on a path that is too long to be written. Of an old address and another claim the old address is told.
    """
    owners: dict[str, Claim] = {}
    problems = []
    ordered = sorted(claims, key=lambda claim: (claim.output, bool(claim.old), claim.location, claim.noun))
    rules, ordered = [c for c in ordered if c.is_rule], [c for c in ordered if not c.is_rule]
    for claim in [*ordered, *rules]:
        key = fold(claim.output)
        owner = owners.get(key, claim) if claim.is_rule else owners.setdefault(key, claim)
        if owner is not claim:
            problems.append(_collision(claim, owner, say("the same address /{output}", output=claim.output)))
        if not claim.is_rule and _is_too_long(claim.output):
            size = len(claim.output.encode())
            what = say("the path of {noun} is too long: {size} bytes", noun=claim.noun, size=size)
            fix = say("shorten the names of its folders, or `permalink` in newsgen.yaml")
            problems.append(Problem(claim.location, "long-address", what, fix))
    for claim in ordered:
        folder = fold(claim.output).rpartition("/")[0]
        while folder:
            if folder in owners:
                problems.append(_collision(claim, owners[folder], say("/{folder} as a folder", folder=folder)))
                break
            folder = folder.rpartition("/")[0]
    return problems


def _is_too_long(output: str) -> bool:
    if len(output) * 4 <= STEP_BYTES:
        return False
    return len(output.encode()) > OUTPUT_BYTES or any(len(step.encode()) > STEP_BYTES for step in output.split("/"))


def _collision(claim: Claim, owner: Claim, where: Message) -> Problem:
    values = {"noun": claim.noun, "where": where, "owner": owner.noun, "place": str(owner.location)}
    what = say("{noun} wants {where}, which belongs to {owner} ({place})", **values)
    return Problem(claim.location, "duplicate-address", what, _remedy(claim, owner))


def _remedy(claim: Claim, owner: Claim) -> Message:
    """What to change at the place of `claim`."""
    if claim.old == ADDRESSES:
        return say("give {owner} another `slug`, `url` or name: this address was published", owner=owner.noun)
    if claim.old:
        values = {"setting": claim.old, "owner": owner.noun}
        return say("remove it from `{setting}`, or give {owner} another `slug`, `url` or name", **values)
    if owner.old:
        return say("give {noun} another `slug`, `url` or name, or remove the old address", noun=claim.noun)
    return say("give one of the two another `slug`, `url` or name")
