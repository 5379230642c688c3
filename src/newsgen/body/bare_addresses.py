"""Bare addresses in a text: `https://…`, `www.…` and `a@b.example` become links, by the rules of GitHub.

https://github.github.com/gfm/#autolinks-extension-
"""

import re

import msgspec
from markdown.util import ETX, STX

_DOMAIN = re.compile(r"[\w-]++(?:\.[\w-]++)*+")
_REST = re.compile(r"[^\s<]*+")
_MAILBOX = re.compile(r"(?:[A-Za-z0-9_-]{1,63}\.)+[A-Za-z0-9_-]{0,62}[A-Za-z](?![A-Za-z0-9])")
_REFERENCE = re.compile(r"&[A-Za-z0-9]+;$")
_BOX = re.compile(r"[A-Za-z0-9.+_-]*_\Z")
_NO_TEXT = re.compile(f"\n|{STX}h?[0-9]+{ETX}")
_TRAILING = "?!.,:*_~'\"”’»…"


class Address(msgspec.Struct, frozen=True):
    """An address as it was typed, and the target of its link."""

    shown: str
    href: str


def find_address(text: str, start: int, mark: str) -> Address | None:
    """The address that begins at `start` with the mark: `https://`, `www.`, or a mailbox up to its `@`."""
    end = start + len(mark)
    if "@" in mark:
        found = _MAILBOX.match(text, end)
        if found is None or text.startswith("-", found.end()):
            return None
        shown = text[start : found.end()]
        return Address(shown, shown if shown.startswith("mailto:") else f"mailto:{shown}")
    domain = _DOMAIN.match(text, start if mark == "www." else end)
    if domain is None or not _is_domain(domain[0].removeprefix("www.") if mark == "www." else domain[0]):
        return None
    whole = _REST.match(text, start)[0]  # type: ignore[index] # it matches nothing too
    shown = strip_trailing(whole)
    if len(shown) < domain.end() - start and "." not in shown[len(mark) :]:
        return None
    return Address(shown, f"http://{shown}" if mark == "www." else shown)


def _is_domain(domain: str) -> bool:
    """At least two parts, the last two without an underscore."""
    parts = domain.split(".")
    return len(parts) > 1 and all(parts) and not any("_" in part for part in parts[-2:])


def strip_trailing(address: str) -> str:
    """The address without the punctuation of the sentence or the parenthesis around it."""
    extra = address.count(")") - address.count("(")
    while address:
        last = address[-1]
        if last == ")" and extra > 0:
            extra -= 1
        elif last == ";":
            reference = _REFERENCE.search(address[-40:])
            if reference is None:
                break
            address = address[: -len(reference[0])]
            continue
        elif last not in _TRAILING:
            break
        address = address[:-1]
    return address


def extend_mailbox(address: Address, said: list[str]) -> Address:
    """A mailbox with its first part that ends with `_` and was read as text; it is removed from `said`."""
    before = "".join(said)
    found = _BOX.search(before[-64:]) if before.endswith("_") else None  # a mailbox is no longer
    if found is None or address.shown.startswith("mailto:"):
        return address
    said[:] = [before[: -len(found[0])]]
    return Address(found[0] + address.shown, f"mailto:{found[0]}{address.shown}")


def is_bracketed(said: list[str]) -> bool:
    """Whether a `[` is still open in the plain text of the line directly before a mailbox."""
    before = _NO_TEXT.split("".join(said[-64:]))[-1]  # so many pieces, that a long line takes no longer
    return before.count("[") > before.count("]")
