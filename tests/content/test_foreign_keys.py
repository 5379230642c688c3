"""Names that other programs have for fields are answered with newsgen's own."""

import pytest

from builders import article_source, page_source
from newsgen.core.errors import apply_edits
from story_rendering import good_article, read_article, shown


@pytest.mark.parametrize(
    ("line", "fix"),
    [
        ("draft: true", "write `status: draft`"),
        ("draft: false", "write `status: published`"),
        ("published: false", "write `status: draft`"),
        ("description: Lời dẫn", "write `summary`, which is what it is called here"),
        ("lastmod: 2022-08-08", "write `updated`, which is what it is called here"),
        ("Last_Modified-At: 2022-08-08", "write `updated`, which is what it is called here"),
        (
            "categories: [a]",
            "write `tags`, or `section` and `also_in` for sections; `taxonomies:` in newsgen.yaml makes other fields",
        ),
        ("permalink: /a/b/", "write `url`, which is what it is called here"),
        ("permalink: /:title/", "move it under `extra:`, or declare it in `fields:` of newsgen.yaml"),
        ("link: https://a.example/b/", "move it under `extra:`, or declare it in `fields:` of newsgen.yaml"),
        ("redirect_from: [/a/b/]", "write `aliases`, which is what it is called here"),
        ("menu_order: 3", "write `weight`, which is what it is called here"),
        ("order: first", "move it under `extra:`, or declare it in `fields:` of newsgen.yaml"),
        ("path: a/b", "move it under `extra:`, or declare it in `fields:` of newsgen.yaml"),
        ("cover: a.png", "write `image`, which is what it is called here"),
        ("cover: {image: a.png}", "move it under `extra:`, or declare it in `fields:` of newsgen.yaml"),
        ("layout: post", "move it under `extra:`, or declare it in `fields:` of newsgen.yaml"),
        ("untranslated: 1", "move it under `extra:`, or declare it in `fields:` of newsgen.yaml"),
        ("pubDate: 2022-08-08", "`date` is there already: remove this, or move it under `extra:`"),
        ("Tác giả: Hà My", "write `authors`, which is what it is called here"),
        ("kiker: Nóng", "did you mean `kicker`?"),
        ("alt: Cầu", "write `image:` above it, and two spaces before `alt`"),
    ],
)
def test_a_name_of_another_program_is_translated(line, fix):
    """The fix is newsgen's name where the value fits it, and a place in `extra` where there is none."""
    _, problems = read_article(article_source(line))
    assert [("4:1 unknown-key", fix)] == [(shown([p])[0], p.fix) for p in problems.found]


def test_a_name_that_is_there_is_not_proposed():
    """A fix makes no second key of a name."""
    _, problems = read_article(article_source("kicker: A", "kiker: B", "summary: C", "description: D"))
    assert [
        "move it under `extra:`, or declare it in `fields:` of newsgen.yaml",
        "`summary` is there already: remove this, or move it under `extra:`",
    ] == [p.fix for p in problems.found]


def test_a_status_that_is_there_is_not_written_twice():
    """`draft:` beside `status:` says nothing new."""
    _, problems = read_article(article_source("status: draft", "draft: true"))
    assert ["`status` is there already: remove this, or move it under `extra:`"] == [p.fix for p in problems.found]


def test_a_value_is_judged_under_the_name_that_it_is_to_have():
    """What would be wrong with it there is told now; the field is not missing, and only one key is given the name."""
    text = "---\nTiêu đề: Chợ nổi\nNgày: 28-11-2026\ndescription: Lời dẫn\nexcerpt: Lời khác\n---\n\nMột.\n"
    problems = read_article(text)[1]
    told = ["2:1 unknown-key", "3:1 unknown-key", "3:7 bad-value", "4:1 unknown-key", "5:1 unknown-key"]
    assert told == sorted(shown(problems))
    assert {
        "write `title`, which is what it is called here",
        "write `date`, which is what it is called here",
        "write `2026-11-28`",
        "write `summary`, which is what it is called here",
        "`summary` is there already: remove this, or move it under `extra:`",
    } == {p.fix for p in problems.found}


def test_a_page_takes_only_names_that_it_has():
    """What an article has and a page has not is no proposal for a page."""
    _, problems = read_article(page_source("lastmod: 2022-08-08"), "pages/a.md")
    assert ["move it under `extra:`, or declare it in `fields:` of newsgen.yaml"] == [p.fix for p in problems.found]


def test_what_has_no_name_here_moves_under_extra_with_all_its_lines():
    """The edit keeps every line of a value, and templates find it in `extra`."""
    text = article_source("sitemap:", "  priority: 0.5", "", "  of: [a,", "b]", "kicker: Nóng")
    (problem,) = read_article(text)[1].found
    mended = good_article(apply_edits(text, problem.edits))
    assert ({"sitemap": {"priority": 0.5, "of": ["a", "b"]}}, "Nóng") == (mended.extra, mended.kicker)


def test_a_picture_whose_parts_are_not_indented_is_put_right_as_a_whole():
    """Any of the messages mends all of them."""
    text = article_source("image:", "alt: Cầu", "src: a.png", "kicker: Nóng")
    problems = read_article(text)[1].found
    assert ["5:1 unknown-key", "6:1 unknown-key"] == shown(problems)
    for problem in problems:
        image = good_article(apply_edits(text, problem.edits)).image
        assert ("a.png", "Cầu") == (image.src, image.alt)
