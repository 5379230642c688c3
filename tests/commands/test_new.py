import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import NOW, article_source, config_source, page_source, site_config, site_folder
from newsgen.body.engine import PythonMarkdown
from newsgen.build.options import BuildOptions
from newsgen.commands.check import check
from newsgen.commands.new import new_article
from newsgen.config.reading import read_config
from newsgen.content.articles import ArticleReader
from newsgen.core.errors import ConfigError, ContentError, Problems
from newsgen.core.text import nfc, squeeze
from papers import build_site, tree

SECTIONS = config_source("sections: {kinh-te: {title: Kinh tế}, xa-hoi/y-te: {title: Y tế}}")
TITLES = st.text(
    st.characters(codec="utf-8", categories=["L", "M", "N", "P", "S", "Zs"]), min_size=1, max_size=60
).filter(lambda text: any(c.isascii() and c.isalnum() for c in text))


def read_back(site, source):
    """The manuscript of an article, as a build reads it."""
    problems = Problems()
    manuscript = ArticleReader(site, site_config(), PythonMarkdown()).read_one(source, problems)
    assert [] == problems.found
    return manuscript


def test_a_new_article_lies_in_its_section(tmp_path):
    """The article is written under its section's folder, named by its slug, dated, and a draft."""
    site = site_folder(tmp_path, {}, SECTIONS)
    source = new_article(site, read_config(site), "Nhãn muộn được mùa", "xa-hoi/y-te", NOW)
    assert "content/xa-hoi/y-te/nhan-muon-duoc-mua.md" == source
    found = read_back(site, source)
    assert ("Nhãn muộn được mùa", "nhan-muon-duoc-mua", NOW, True) == (
        found.title,
        found.slug,
        found.date,
        found.is_draft,
    )
    assert found.summary


@pytest.mark.parametrize("typed", ["kinh-te", "kinh-doanh"])
def test_a_new_article_lies_in_the_folder_that_its_section_has(tmp_path, typed):
    """A section with another folder is named by its name or its folder; its article lies in the folder."""
    site = site_folder(tmp_path, {}, config_source("sections: {kinh-te: {folder: kinh-doanh}}"))
    assert "content/kinh-doanh/gia-lua.md" == new_article(site, read_config(site), "Giá lúa", typed, NOW)


def test_a_new_article_may_be_in_another_language(tmp_path):
    """A section of another language is named with its folder; standing pages and folders of digits are no sections."""
    site = site_folder(
        tmp_path,
        {
            "content/en/pages/about.md": page_source(),
            "content/en/life/a.md": article_source(),
            "content/en/life/2014/10/b.md": article_source(),
        },
        config_source("languages: {en: {sections: {town: {title: Town}}}}"),
    )
    assert "content/en/town/market.md" == new_article(site, read_config(site), "Market", "en/town", NOW)
    with pytest.raises(ConfigError) as caught:
        new_article(site, read_config(site), "Market", "", NOW)
    assert "add `--section en/life`, or another of en/life, en/town" == caught.value.problems[0].fix


@given(title=TITLES)
def test_any_title_comes_back_as_it_was_typed(tmp_path_factory, title):
    """Whatever quotes, colons or backslashes a title has, the article's front matter gives it back."""
    site = site_folder(tmp_path_factory.mktemp("site"), {})
    source = new_article(site, site_config(), title, "kinh-te", NOW)
    assert squeeze(nfc(title)) == read_back(site, source).title


def test_a_new_article_builds(tmp_path):
    """A new article is left out of the paper until it is published, and shown with drafts."""
    site = site_folder(tmp_path, {"content/kinh-te/a.md": article_source()})
    new_article(site, site_config(), "Tin mới", "kinh-te", NOW)
    assert 1 == build_site(site).stories
    assert 2 == build_site(site, drafts=True).stories


@pytest.mark.parametrize(("section", "opening"), [("a", "Đoạn mở đầu của tin."), ("en/a", "The first paragraph")])
def test_a_new_article_speaks_the_language_of_its_section(tmp_path, section, opening):
    """The sentences to be replaced are in the language in which the section is written, and `check` tells them."""
    files = {"content/a/x.md": article_source(), "content/en/a/x.md": article_source(title="X")}
    site = site_folder(tmp_path, files, config_source("languages: {en: {}}"))
    path = site / new_article(site, read_config(site), "Market", section, NOW)
    text = path.read_text("utf-8")
    assert opening in text
    path.write_text(text.replace("status: draft", "status: published").replace("# image", "image"), "utf-8")
    report = check(BuildOptions(site, site / "build", NOW))
    told = [p.location.line for p in report.problems if p.rule == "placeholder"]
    assert [5, 9, 14] == sorted(set(told))


def test_an_article_is_never_overwritten(tmp_path):
    """A title whose file exists is refused, and the file stays as it is."""
    site = site_folder(tmp_path, {"content/kinh-te/tin-moi.md": article_source()})
    before = tree(site)
    with pytest.raises(ContentError) as caught:
        new_article(site, site_config(), "Tin mới", "kinh-te", NOW)
    [problem] = caught.value.problems
    assert ("content/kinh-te/tin-moi.md", "file-exists") == (problem.location.path, problem.rule)
    assert before == tree(site)


@pytest.mark.parametrize(
    ("section", "fix"),
    [("kinhte", "did you mean `kinh-te`?"), ("pages", "use one of"), ("", "add `--section kinh-te`")],
)
def test_an_unknown_section_is_refused(tmp_path, section, fix):
    """A section that the paper does not have is refused with the nearest, and nothing is written."""
    site = site_folder(tmp_path, {"content/van-hoa/a.md": article_source()}, SECTIONS)
    before = tree(site)
    with pytest.raises(ConfigError) as caught:
        new_article(site, read_config(site), "Tin mới", section, NOW)
    [problem] = caught.value.problems
    assert "unknown-section" == problem.rule
    assert problem.fix.startswith(fix)
    assert before == tree(site)


def test_a_folder_with_articles_is_a_section_too(tmp_path):
    """A section need not be listed in newsgen.yaml when its folder holds articles; slashes around it are dropped."""
    site = site_folder(tmp_path, {"content/van-hoa/a.md": article_source()}, SECTIONS)
    assert "content/van-hoa/tin-moi.md" == new_article(site, read_config(site), "Tin mới", "/van-hoa/", NOW)


def test_a_paper_without_sections_takes_articles_at_its_root(tmp_path):
    """In a new site without sections an article lies directly in content/."""
    site = site_folder(tmp_path, {})
    assert "content/tin-moi.md" == new_article(site, site_config(), "Tin mới", "", NOW)


@pytest.mark.parametrize("title", ["", "  ", "…!?", "☺"])
def test_a_title_without_a_letter_is_refused(tmp_path, title):
    """A title of which no address can be made is refused, and nothing is written."""
    with pytest.raises(ConfigError) as caught:
        new_article(site_folder(tmp_path, {}), site_config(), title, "", NOW)
    assert "empty-slug" == caught.value.problems[0].rule
    assert ["newsgen.yaml"] == list(tree(tmp_path))
