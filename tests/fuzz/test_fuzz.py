"""Whatever bytes an article holds, newsgen ends with 0 or 1, tells of places that exist, and never falls over.

`make fuzz` runs the deep tier: NEWSGEN_FUZZ is how many articles, NEWSGEN_FUZZ_SEED where to begin.
"""

import os

import pytest
from fuzzbook import MEMORY, culprits, judge, largest_child
from mutations import broken_articles

COUNT = int(os.environ.get("NEWSGEN_FUZZ", "2000"))
SEED = int(os.environ.get("NEWSGEN_FUZZ_SEED", "1"))
BATCH = 100


@pytest.mark.parametrize("seed", range(SEED, SEED + COUNT // BATCH))
def test_no_article_brings_newsgen_down(seed):
    """A hundred broken articles a run: exit code 0 or 1, no traceback, no signal, every place exists."""
    articles = list(broken_articles(seed, BATCH))
    what = judge(articles)
    assert "" == what, (what, culprits(articles))
    assert largest_child() < MEMORY
