"""What the guards on content cost: the same articles read and rendered with them and with those below idle.

    python benchmarks/guards.py [--rounds N]

Idle are: the search for control characters in texts and in YAML's values, for lost letters and hidden comments, the
time limit, the look at where an open file lies, the telling of what sanitising drops, and an editor's notes.

Not idle, and so not measured, is what is woven into the work: the checks of YAML's events (size, depth, anchors, tags,
keys), the second look at a file's stamp, NFC, and the process of small work. Sanitising itself is the work.
"""

import argparse
import re
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, nullcontext
from pathlib import Path
from unittest.mock import patch

from newsgen.body import lint as editing
from newsgen.body.body import BodyRenderer
from newsgen.body.engine import make_engine
from newsgen.body.link_targets import LinkTargets
from newsgen.body.sanitizer import Sanitiser
from newsgen.config.reading import read_config
from newsgen.content import reader as reading
from newsgen.content.articles import ArticleReader
from newsgen.content.source_text import SourceText, read_source
from newsgen.content.sources import find_sources
from newsgen.core import decoding, opening
from newsgen.core import yaml_tree as yamltree
from newsgen.core.errors import Problems
from newsgen.media.assets import Assets

SITE = Path(__file__).parents[1]
NEVER = re.compile(r"(?!)")


def idle(*_: object, **__: object) -> Iterator[object]:
    """Do nothing."""
    return iter(())


def without_guards(stack: ExitStack) -> None:
    """Let the guards named above stand idle."""
    stack.enter_context(patch.object(decoding, "find_invisible", lambda *_: None))
    stack.enter_context(patch.object(yamltree, "CONTROL", NEVER))
    stack.enter_context(patch.object(opening, "_lies_inside", lambda *_: True))
    stack.enter_context(patch.object(ArticleReader, "_find_warnings", idle))
    stack.enter_context(patch.object(Sanitiser, "report_dropped", idle))
    stack.enter_context(patch.object(reading, "time_limit", lambda _: nullcontext()))
    for name in ("check_picture", "check_address", "check_headings", "check_body"):
        stack.enter_context(patch.object(editing.Notes, name, idle))


def corpus() -> tuple[Callable[[], None], Callable[[], None], int]:
    """Read all articles of the demonstration; render their bodies; how many there are."""
    config, problems = read_config(SITE), Problems()
    sources = find_sources(SITE, problems)
    engine = make_engine(config.markdown.engine, config.markdown.extensions, config.language)
    reader = ArticleReader(SITE, config, engine)
    texts = {s: t for s in sources.articles if isinstance(t := read_source(SITE, s), SourceText)}
    stories = {source.removeprefix("content/"): "/" for source in texts}
    bodies = BodyRenderer(config, engine, LinkTargets(stories, Assets(SITE, sources.files, ""), lambda _: True))

    def read() -> None:
        for source in texts:
            with reading.time_limit(10):
                reader.read_one(source, problems)

    def render() -> None:
        for source, text in texts.items():
            with reading.time_limit(10):
                bodies.render(text.body, source.removeprefix("content/"), source, text.head.body_line)

    return read, render, len(texts)


def seconds(work: Callable[[], None]) -> float:
    """Processor seconds of one round."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Measure in turn, and print the best round of each and the median of the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    read, render, count = corpus()
    for name, work in (("reading", read), ("rendering", render)):
        work()
        guarded, free = [], []
        for _ in range(rounds):
            guarded.append(seconds(work))
            with ExitStack() as stack:
                without_guards(stack)
                free.append(seconds(work))
        ratio = statistics.median(a / b for a, b in zip(guarded, free, strict=True))
        per = [1e6 * min(times) / count for times in (guarded, free)]
        print(f"{name:<10} {per[0]:7.0f} µs an article, {per[1]:7.0f} without guards: + {100 * (ratio - 1):.1f} %")


if __name__ == "__main__":
    main()
