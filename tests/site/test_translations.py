"""Stories in several languages know one another."""

import pytest

from builders import article_source, manuscript, moment, site_folder
from papers import build_site, edition, join_paper, tree

VI = manuscript("kinh-te/a.md", date=moment("2022-08-01"), title="Cầu", slug="cau")
EN = manuscript(
    "english/b.md", date=moment("2022-08-02"), title="Bridge", slug="bridge", lang="en", translation_of="cau"
)
FR = manuscript("english/c.md", title="Pont", slug="pont", lang="fr", translation_of="english/b")


def versions(*manuscripts):
    """What each story says of its other versions: slug → (language, address)."""
    site = edition(*manuscripts)
    return {a.slug: [(one.lang, one.url) for one in a.translations] for a in site.articles}


def test_each_version_knows_all_others():
    """One naming another is enough: three versions know each other, in the order of languages."""
    vi, en, fr = (
        ("vi", "/kinh-te/2022/08/cau.html"),
        ("en", "/english/2022/08/bridge.html"),
        ("fr", "/english/2022/08/pont.html"),
    )
    assert {"cau": [en, fr], "bridge": [fr, vi], "pont": [en, vi]} == versions(VI, EN, FR)


def test_a_circle_is_one_group():
    """Stories that name one another are versions of one story."""
    vi = manuscript("kinh-te/a.md", slug="cau", translation_of="bridge")
    assert {"cau": ["en"], "bridge": ["vi"]} == {
        slug: [lang for lang, _ in one] for slug, one in versions(vi, EN).items()
    }


def test_a_version_that_is_not_public_is_not_told():
    """A draft's version says nothing of it."""
    assert {"bridge": []} == versions(manuscript("kinh-te/a.md", slug="cau", is_draft=True), EN)


@pytest.mark.parametrize(
    ("stories", "rule", "what"),
    [
        ((EN,), "missing-related", "there is no story “cau” to be a translation of"),
        (
            (VI, manuscript("english/b.md", slug="b", translation_of="cau")),
            "same-language",
            "content/kinh-te/a.md and content/english/b.md are versions of one story in the same language “vi”",
        ),
    ],
)
def test_a_wrong_pair_is_told_at_its_line(stories, rule, what):
    """A version of nothing, and two versions in one language, are errors where `translation_of` stands."""
    (problem,) = join_paper(*stories)[1]
    assert (rule, "content/english/b.md:9:17") == (problem.rule, str(problem.location))
    assert set(what.split()) == set(problem.what.split())


def test_both_pages_tell_search_engines_and_readers(tmp_path):
    """Each version's head names itself and the other, and readers find a link; a new address is followed."""
    files = {
        "content/a/vi.md": article_source("slug: cau", title="Cầu"),
        "content/a/en.md": article_source("slug: bridge", "lang: en", "translation_of: a/vi.md", title="Bridge"),
    }
    site = site_folder(tmp_path, files)
    build_site(site)
    page = tree(site / "build")["a/2022/08/cau.html"].decode()
    for lang, slug in (("vi", "cau"), ("en", "bridge")):
        assert (
            f'<link rel="alternate" hreflang="{lang}" href="https://baolacgiang.example/a/2022/08/{slug}.html">' in page
        )
    assert (
        '<a href="/a/2022/08/bridge.html" hreflang="en" lang="en" dir="ltr" rel="alternate" title="Bridge">English</a>'
        in page
    )
    site_folder(site, {"content/a/en.md": files["content/a/en.md"].replace("slug: bridge", "slug: new-bridge")})
    build_site(site)
    assert b'href="/a/2022/08/new-bridge.html"' in tree(site / "build")["a/2022/08/cau.html"]
