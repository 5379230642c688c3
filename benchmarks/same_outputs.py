"""Compare what two versions of newsgen make, byte for byte: `python benchmarks/same_outputs.py OLD NEW`.

OLD and NEW are commands, such as `../before/.venv/bin/newsgen`. Both build the same sites: the demonstration paper, the
one of `newsgen init`, and synthetic papers with each Markdown engine. Prints the outputs that differ, and exits with 1
if there are any.
"""

import argparse
import filecmp
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree, ignore_patterns

import corpus

PAPER = Path(__file__).parents[1]
AT = "2026-06-01 12:00"
SOURCES = ["content", "static", "templates", "data", "newsgen.yaml", "urls.lock"]
SHOWN = 10


def sites(folder: Path, old: str, stories: int) -> Iterator[Path]:
    """Make the sites that both versions build; `old` makes that of `newsgen init`."""
    demonstration = folder / "demonstration"
    copytree(PAPER, demonstration, ignore=lambda path, names: _others(Path(path), names))
    yield demonstration
    subprocess.run([old, "init", str(folder / "init")], check=True, capture_output=True)
    yield folder / "init"
    for engine in ("python-markdown", "commonmark"):
        site = folder / engine
        corpus.make(site, stories)
        with (site / "newsgen.yaml").open("a", encoding="utf-8") as settings:
            settings.write(f"markdown: {{engine: {engine}}}\n")
        yield site


def differences(site: Path, old: str, new: str) -> list[str]:
    """Build one site with both versions; the outputs that only one makes, or that have other bytes."""
    trees = [_build(site, name, command) for name, command in (("old", old), ("new", new))]
    names = [{str(path.relative_to(tree)) for path in tree.rglob("*") if path.is_file()} for tree in trees]
    _, other, unread = filecmp.cmpfiles(*trees, sorted(names[0] & names[1]), shallow=False)
    return sorted([*(names[0] ^ names[1]), *other, *unread])


def _others(folder: Path, names: list[str]) -> list[str]:
    """Whatever in the project's folder is no source of its newspaper."""
    return [name for name in names if folder == PAPER and name not in SOURCES]


def _build(site: Path, name: str, command: str) -> Path:
    own = site.with_name(f"{site.name}-{name}") / "site"  # of one name: newsgen.yaml may leave the title to it
    copytree(site, own, ignore=ignore_patterns("build", ".newsgen"))
    done = subprocess.run([command, "build", "--at", AT], cwd=own, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{command} build: {done.stdout}{done.stderr}")
    return own / "build"


def main() -> int:
    """Compare two versions over every site."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old")
    parser.add_argument("new")
    parser.add_argument("--stories", type=int, default=3000, help="of each synthetic paper")
    options = parser.parse_args()
    old, new = (str(Path(command).resolve()) for command in (options.old, options.new))
    faults = 0
    with tempfile.TemporaryDirectory() as folder:
        for site in sites(Path(folder), old, options.stories):
            found = differences(site, old, new)
            faults += len(found)
            print(f"{site.name}: {len(found)} outputs differ", *found[:SHOWN], sep="\n  ", flush=True)
    return min(faults, 1)


if __name__ == "__main__":
    sys.exit(main())
