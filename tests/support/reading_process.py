"""A reader of a published tree, in a process of its own: `reading_process.py FOLDER EXPECTED`, until its input ends.

EXPECTED is a JSON file: path → the digests that the file may have. Each file is looked up anew, as a web server does;
that a file is missing, cut or mixed is told on the output as JSON, with the number of readings.
"""

import json
import select
import sys
from hashlib import sha256
from pathlib import Path


def main(folder: Path, expected: dict[str, list[str]]) -> None:
    """Read every file in turn, again and again."""
    readings, missing, torn = 0, [], []
    while True:
        for path, digests in expected.items():
            try:
                data = (folder / path).read_bytes()
            except FileNotFoundError:
                missing.append(path)
                continue
            readings += 1
            if sha256(data).hexdigest() not in digests:
                torn.append(path)
        if select.select([sys.stdin], [], [], 0)[0]:
            break
    sys.stdout.write(json.dumps([readings, missing[:10], torn[:10]]))


if __name__ == "__main__":
    main(Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text("utf-8")))
