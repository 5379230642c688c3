"""Folders of Markdown from elsewhere, read by both engines and by commonmark.js: words that are lost, other structure.

    python benchmarks/corpora.py FOLDER... [--src SRC]

SRC is the `src` of another checkout of newsgen, to compare with. Only the head of a file is left out; nothing is built.
A lost word is one that commonmark.js shows and the engine does not; names of notes, braces and markup of templates are
none. Stories that use what newsgen adds to CommonMark have another shape on purpose, and are counted apart.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

ROOT = Path(__file__).parents[1]
ENGINES = ("python-markdown", "commonmark")
READ = """
import json, sys
from newsgen.body.engine import make_engine
engine = make_engine(sys.argv[1], (), "en")
def read(text):
    try:
        return engine.convert(text)
    except Exception as error:
        return f"<p>{type(error).__name__}"
print(json.dumps([read(text) for text in json.load(sys.stdin)]))
"""
HEAD = re.compile(r"\A(---|\+\+\+)[ \t]*\n.*?\n\1[ \t]*\n", re.DOTALL)
WORD = re.compile(r"[^\W_]+")
MARKUP = re.compile(r"\[\^[^\]\s]+\]|\{\{.*?\}\}|\{%.*?%\}|\{[^{}\n]*\}", re.DOTALL)
ADDED = re.compile(r"\[\^|^[ >]*\|?[ :]*-+[ :]*\||^[ >]*[-*+] \[[ xX]\]|^ *: |^\*\[|\{", re.MULTILINE)
HIDDEN = re.compile(r"<(script|style)\b.*?</\1>|<!--.*?-->", re.DOTALL | re.IGNORECASE)


def texts_of(folder: Path) -> dict[str, str]:
    """The body of every Markdown file below the folder, by its path."""
    found = (path for ending in ("md", "markdown") for path in folder.rglob(f"*.{ending}") if path.is_file())
    return {str(path): HEAD.sub("", path.read_text("utf-8", "replace")) for path in sorted(found)}


def read_by(engine: str, texts: list[str], src: Path) -> list[str]:
    """The HTML of each text by an engine of the newsgen in that folder."""
    env = {**os.environ, "PYTHONPATH": str(src)}
    command = [sys.executable, "-c", READ, engine]
    done = subprocess.run(command, input=json.dumps(texts), env=env, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def read_by_commonmark_js(texts: list[str]) -> list[str]:
    """The HTML of each text by commonmark.js."""
    script, packages = ROOT / "tests/support/commonmark_reference.mjs", ROOT / "tests/browser/node_modules"
    command = [shutil.which("node") or "node", str(script), str(packages)]
    done = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def words_of(html: str) -> Counter[str]:
    """How often each word is shown."""
    tree = LexborHTMLParser(f"<body>{HIDDEN.sub(' ', html)}").body
    return Counter(WORD.findall(tree.text(separator=" "))) if tree is not None else Counter()


def markup_of(text: str) -> Counter[str]:
    """The words that stand in marks only."""
    return Counter(WORD.findall(" ".join(found[0] for found in MARKUP.finditer(text))))


def shape_of(html: str) -> list[str]:
    """The blocks in their order."""
    tree = LexborHTMLParser(f"<body>{html}")
    return [
        node.tag or "" for node in tree.css("p, ul, ol, li, blockquote, pre, h1, h2, h3, h4, h5, h6, hr, table, img")
    ]


def compare(folder: Path, src: Path) -> None:
    """Print how each engine does over one folder."""
    stories = texts_of(folder)
    names, texts = list(stories), list(stories.values())
    reference = read_by_commonmark_js(texts)
    expected = [words_of(html) - markup_of(text) for html, text in zip(reference, texts, strict=True)]
    total = sum(words.total() for words in expected)
    for engine in ENGINES:
        made = read_by(engine, texts, src)
        lost = [words - words_of(html) for words, html in zip(expected, made, strict=True)]
        pairs = zip(texts, reference, made, strict=True)
        other = [ADDED.search(text) is None for text, one, two in pairs if shape_of(one) != shape_of(two)]
        gone = sum(words.total() for words in lost)
        rate = 100_000 * gone / max(total, 1)
        print(
            f"{folder.name}: {len(texts)} stories, {engine}: {rate:.1f} of 100,000 words lost, "
            f"{len(other)} of other shape, {sum(other)} of them without additions"
        )
        for name, words in sorted(zip(names, lost, strict=True), key=lambda one: -one[1].total())[:3]:
            if words:
                print(f"    {words.total():5} {Path(name).name}: {' '.join(sorted(words)[:12])}")


def main() -> None:
    """Compare each folder that is named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--src", type=Path, default=ROOT / "src")
    chosen = parser.parse_args()
    for folder in chosen.folders:
        compare(folder, chosen.src)


if __name__ == "__main__":
    main()
