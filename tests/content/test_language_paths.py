"""A source's place or name tells its language and its section."""

import pytest

from builders import site_config
from newsgen.content.language_paths import SourcePaths
from newsgen.core.errors import Location, Problems

PLACE = Location("content/a.md", 4, 7)
PLACED = SourcePaths(site_config("languages: {en: {}, zh-TW: {path: tw}}"))


@pytest.mark.parametrize(
    ("path", "given", "expected", "plain"),
    [
        ("kinh-te/a.md", "", "vi", "kinh-te/a.md"),
        ("en/town/a.md", "", "en", "town/a.md"),
        ("en/a.md", "", "en", "a.md"),
        ("kinh-te/a.en.md", "", "en", "kinh-te/a.md"),
        ("tw/a/index.md", "", "zh-TW", "a/index.md"),
        ("kinh-te/a/index.tw.md", "zh-TW", "zh-TW", "kinh-te/a/index.md"),
        ("english/a.md", "en-GB", "en-GB", "english/a.md"),
        ("kinh-te/en.md", "", "vi", "kinh-te/en.md"),
        ("kinh-te/a.fr.md", "", "vi", "kinh-te/a.fr.md"),
    ],
)
def test_a_path_tells_the_language(path, given, expected, plain):
    """The folder at the top or the ending before .md tells it, and neither is a part of the section or the slug."""
    problems = Problems()
    assert (expected, plain) == (PLACED.read_language(given, path, PLACE, problems), PLACED.remove_language(path))
    assert [] == problems.found


@pytest.mark.parametrize(
    ("path", "folders", "folder"),
    [
        ("360/a.md", ["360"], "360"),
        ("kinh-te/360/a.md", ["kinh-te", "360"], "kinh-te/360"),
        ("en/2020/a.md", ["2020"], "en/2020"),
        ("kinh-te/2014/a.md", ["kinh-te"], "kinh-te"),
        ("en/town/2014/a.md", ["town"], "en/town"),
        ("en/town/a.md", ["town"], "en/town"),
        ("2014/a.en.md", [], ""),
    ],
)
def test_folders_of_digits_are_sections_where_newsgen_yaml_lists_them(path, folders, folder):
    """Any language may list one; all other folders of digits are left out."""
    sections = "sections: {'360': {}, kinh-te: {}, kinh-te/360: {}}"
    placed = SourcePaths(site_config(sections, "languages: {en: {sections: {'2020': {}}}}"))
    assert (folders, folder) == (placed.get_section_folders(path), placed.get_section(path))


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("Kinh doanh/a.md", "kinh-te"),
        ("kinh-doanh/2014/a.md", "kinh-te"),
        ("kinh-te/a.md", "kinh-te"),
        ("Kinh doanh/gia-ca/a.md", "kinh-te/gia-ca"),
        ("tin/lang/a.md", "kinh-te/nong-thon"),
        ("tin/a.md", "tin"),
        ("en/kinh-doanh/a.md", "en/kinh-te"),
        ("en/shops/a.md", "en/trade"),
        ("Kinh doanh/a.en.md", "kinh-te"),
    ],
)
def test_a_section_may_have_another_folder_than_its_name(path, name):
    """The longest folder of newsgen.yaml counts, however its letters are written; folders below it go on from there."""
    sections = "sections: {kinh-te: {folder: Kinh doanh}, kinh-te/nong-thon: {folder: tin/lang}}"
    placed = SourcePaths(site_config(sections, "languages: {en: {sections: {trade: {folder: shops}}}}"))
    assert name == placed.get_section(path)


def test_the_folder_of_a_section_is_found():
    """A section lies in the folder that newsgen.yaml gives it or one above it, in its language's folder."""
    sections = "sections: {kinh-te: {folder: Kinh doanh}}"
    placed = SourcePaths(site_config(sections, "languages: {en: {sections: {trade: {folder: shops}}}}"))
    folders = {
        "kinh-te": "Kinh doanh",
        "kinh-te/gia-ca": "Kinh doanh/gia-ca",
        "en/trade": "en/shops",
        "xa-hoi": "xa-hoi",
    }
    assert folders == {name: placed.get_folder(name) for name in folders}


def test_a_path_says_nothing_in_a_paper_of_one_language():
    """Without `languages` a folder en/ is a section, and the ending .en a part of the name."""
    alone = SourcePaths(site_config())
    assert ("vi", "en/a.en.md") == (
        alone.read_language("", "en/a.en.md", PLACE, Problems()),
        alone.remove_language("en/a.en.md"),
    )


@pytest.mark.parametrize(
    ("path", "given", "rule", "what"),
    [
        ("a.md", "fr", "unknown-language", "the paper has no pages in “fr”"),
        ("en/a.md", "vi", "language-folder", "`lang` is “vi”, and the file lies among those in “en”"),
        ("a.tw.md", "en", "language-folder", "`lang` is “en”, and the file lies among those in “zh-TW”"),
        ("a.md", "tiếng Anh", "bad-value", "`lang` is not a language code: “tiếng Anh”"),
    ],
)
def test_a_wrong_language_is_told(path, given, rule, what):
    """A language that the paper has not, or that is another than the place's, is an error where it is written."""
    problems = Problems()
    PLACED.read_language(given, path, PLACE, problems)
    assert [(PLACE, rule, what)] == [(p.location, p.rule, p.what) for p in problems.found]
