"""The list of published files, for programs that bring a site elsewhere: SHA-256 and size of each.

It is the same for the same files, however they came about. What the list before says of a file that stayed as it was
is taken from there, so that making it costs what changed.
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from newsgen.core.digests import digest
from newsgen.core.urls import as_output
from newsgen.publish.publication import Publication

FILE = as_output("newsgen-files.json")
Told = Mapping[str, Any]


def put_list(publication: Publication, target: dict[str, str], site: str) -> None:
    """Put the list of `target` (output → digest) into the coming tree, and into `target`."""
    known, before = _known(publication), publication.before()
    files = {}
    for output in sorted(target):
        is_same = output in known and before.get(output) == target[output]
        files[output] = known[output] if is_same else _told(publication.bytes_of_made(output, target[output]))
    text = json.dumps({"site": site, "files": files}, ensure_ascii=False, indent=0, separators=(",", ":"))
    data = text.encode() + b"\n"
    made = digest(data)
    if not publication.present(FILE, made):
        publication.coming.put(FILE, data, made)
    target[FILE] = made


def _told(data: bytes) -> Told:
    return {"sha256": sha256(data).hexdigest(), "size": len(data)}


def _known(publication: Publication) -> Mapping[str, Told]:
    """What the list in the output says; nothing where newsgen did not put it there."""
    if FILE not in publication.live.files:
        return {}
    found: Mapping[str, Told] = json.loads(publication.bytes_of(FILE))["files"]
    return found
