"""newsgen-files.json: SHA-256 and size of every published file, for programs that bring a site elsewhere."""

import json

from newsgen.core.digests import hash_bytes
from newsgen.core.urls import as_output
from newsgen.publish.publication import Publication

FILE_LIST = as_output("newsgen-files.json")


def write_file_list(publication: Publication, target: dict[str, str], site: str) -> None:
    """Write the list of `target` (output → SHA-256) into the staged tree, and add the list to `target`."""
    files = {
        output: {"sha256": target[output], "size": publication.size_of(output, target[output])}
        for output in sorted(target)
    }
    text = json.dumps({"site": site, "files": files}, ensure_ascii=False, indent=0, separators=(",", ":"))
    data = text.encode() + b"\n"
    made = hash_bytes(data)
    if not publication.has(FILE_LIST, made):
        publication.staged.write(FILE_LIST, data, made)
    target[FILE_LIST] = made
