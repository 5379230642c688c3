"""Whatever bytes an article holds, newsgen ends with 0 or 1, tells of places that exist, and never falls over.

`make fuzz` runs the deep tier: NEWSGEN_FUZZ is how many articles, NEWSGEN_FUZZ_SEED where to begin.
"""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from article_mutations import TOKENS, broken_articles
from builders import site_config, site_folder
from fuzzing import culprits, judge
from newsgen.body.engine import PythonMarkdown
from newsgen.content.articles import ArticleReader
from newsgen.core.errors import Problems

ENGINE = PythonMarkdown()

COUNT = int(os.environ.get("NEWSGEN_FUZZ", "1000"))
SEED = int(os.environ.get("NEWSGEN_FUZZ_SEED", "1"))
BATCH = 250


@pytest.mark.parametrize("seed", range(SEED, SEED + COUNT // BATCH))
def test_no_article_brings_newsgen_down(seed):
    """Hundreds of broken articles a run: exit code 0 or 1, no traceback, no signal, every place exists."""
    articles = list(broken_articles(seed, BATCH))
    what = judge(articles)
    assert "" == what, (what, culprits(articles))


SCALARS = st.one_of(st.text(max_size=40), st.sampled_from(TOKENS), st.sampled_from(["no", "~", "12:30", "017", "1e9"]))
HEADS = st.dictionaries(st.sampled_from(["title", "date", "slug", "tags", "image", "extra", "pin", "x"]), SCALARS)
ARTICLES = st.one_of(
    st.binary(max_size=200),
    st.builds(
        lambda head, body: f"---\n{''.join(f'{k}: {v}{chr(10)}' for k, v in head.items())}---\n{body}".encode(
            "utf-8", "surrogatepass"
        ),
        HEADS,
        st.lists(st.sampled_from(TOKENS), max_size=20).map("".join),
    ),
)


@given(ARTICLES)
def test_reading_gives_an_article_or_says_why_not(given_bytes):
    """For any bytes there is a manuscript, or an error at a line of the file; never an exception."""
    problems = Problems()
    with TemporaryDirectory() as folder:
        site = site_folder(Path(folder), {"content/kinh-te/a.md": given_bytes})
        manuscript = ArticleReader(site, site_config(), ENGINE).read_one("content/kinh-te/a.md", problems)
    assert (manuscript is None) == bool(problems.errors)
    lines = given_bytes.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
    assert all(1 <= problem.location.line <= lines for problem in problems.found)
