"""`defaults` of newsgen.yaml gives front matter to many stories at once."""

import pytest

from builders import article_source, config_source, page_source, site_config, site_folder
from newsgen.body.engine import PythonMarkdown
from newsgen.config.defaults import Defaults
from newsgen.content.articles import ArticleReader
from newsgen.core.errors import ConfigError, ContentError, Problems
from newsgen.core.yaml_tree import parse
from papers import build_site, tree

A, B, PAGE = "content/kinh-te/a.md", "content/xa-hoi/b.md", "content/pages/lien-he.md"


def given(path, *entries):
    """The fields that entries such as `kinh-te: {kicker: X}` give to a story, as texts."""
    node = parse("\n".join(entries), "newsgen.yaml")
    fields = Defaults((key, value) for key, (_, value) in node.entries.items()).for_path(path).fields
    return {name: value.text for name, (_, value) in fields.entries.items()}


def read(folder, files, *lines):
    """The manuscripts of a site by source, with these lines of newsgen.yaml, none of which has a fault."""
    site, problems = site_folder(folder, files, config_source(*lines)), Problems()
    reader = ArticleReader(site, site_config(*lines), PythonMarkdown())
    reader.judge_defaults(problems)
    found = {source: reader.read_one(source, problems) for source in files}
    assert [] == problems.found
    return found


def told(folder, *lines, files=None):
    """Place, rule and sentence of each problem that keeps such a site from being built."""
    site = site_folder(folder, files or {A: article_source()}, config_source(*lines))
    with pytest.raises((ConfigError, ContentError)) as caught:
        build_site(site)
    return [(str(problem.location), problem.rule, problem.what) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("entry", "fits"),
    [
        ("kinh-te", True),
        ("kinh-te/", True),
        ("kinh", False),
        ("kinh-te/2014", True),
        ("kinh-te/2014/gia-vai.md", True),
        ("2014", False),
        ("**/2014", True),
        ("*/2014", True),
        ("*", True),
        ('"**"', True),
        ("kinh-te/**", True),
        ("kinh-te/**/*.md", True),
        ("kinh-te/*.md", False),
        ("kinh-te/20??", True),
        ("KINH-TE", False),
    ],
)
def test_an_entry_names_a_folder_or_a_pattern(entry, fits):
    """It fits all below the folders and files that it names: `*` is any part of a step, `**` any number of steps."""
    entry = entry if entry[0] != "*" else f'"{entry}"'
    assert ({"kicker": "X"} if fits else {}) == given("kinh-te/2014/gia-vai.md", f"{entry}: {{kicker: X}}")


def test_the_more_specific_entry_counts():
    """More steps come first, then fewer wildcards, then the entry further down; each field by itself."""
    entries = (
        "kinh-te/nong-nghiep: {kicker: Nông nghiệp}",
        '"kinh-te/*": {kicker: Kinh tế, notice: Hết}',
        '"**": {kicker: Báo, sponsor: Quỹ, notice: Chung}',
        '"**/": {sponsor: Quỹ Lạc}',
    )
    fields = {"kicker": "Nông nghiệp", "notice": "Hết", "sponsor": "Quỹ Lạc"}
    assert fields == given("kinh-te/nong-nghiep/a.md", *entries)


def test_a_storys_own_field_counts(tmp_path):
    """A field of the story takes the default's place whole; an empty one too, and `author` is `authors`."""
    files = {
        A: article_source("tags: [vải]", 'kicker: ""', "author: An"),
        B: article_source(),
    }
    found = read(tmp_path, files, "defaults:", '  "**": {tags: [nhãn, quả], kicker: Mùa vụ, authors: [Bình, Chi]}')
    own, other = found[A], found[B]
    assert (["vải"], "", ["An"]) == ([t.text for t in own.tags], own.kicker, [a.text for a in own.authors])
    assert (["nhãn", "quả"], "Mùa vụ") == ([t.text for t in other.tags], other.kicker)
    assert ["Bình", "Chi"] == [a.text for a in other.authors]


def test_declared_fields_and_names_of_extra_count_by_themselves(tmp_path):
    """A field of the paper's own may be a default, and `extra` of a story adds to that of the defaults."""
    lines = ("fields: {nguon: text}", "defaults:", "  kinh-te: {nguon: TTXVN, extra: {mau: xanh, cot: 2}}")
    story = read(tmp_path, {A: article_source("extra: {mau: đỏ}")}, *lines)[A]
    assert {"nguon": "TTXVN", "mau": "đỏ", "cot": 2} == story.extra


def test_pages_get_the_fields_that_pages_have(tmp_path):
    """A default that pages of content/pages/ cannot have is for stories only."""
    lines = ("defaults:", '  "**": {lang: en, kicker: Tin, status: withdrawn}')
    page = read(tmp_path, {PAGE: page_source()}, *lines)[PAGE]
    assert ("en", "", False) == (page.lang, page.kicker, page.is_withdrawn)


def test_a_fault_in_a_value_is_told_once_in_newsgen_yaml(tmp_path):
    """However many stories are given it, a wrong value is told at its own line and column."""
    files = {f"content/kinh-te/{n}.md": article_source(title=f"Tin {n}") for n in range(3)}
    lines = ("defaults:", "  kinh-te:", "    pin: yes", "    lang: tiếng Việt", "    kiker: Tin")
    assert [
        ("newsgen.yaml:5:10", "bad-value", "`pin` must be true, false or the moment at which the pin ends, not “yes”"),
        ("newsgen.yaml:7:5", "unknown-key", "the front matter has no `kiker`"),
    ] == told(tmp_path, *lines, files=files)


def test_what_is_wrong_beside_other_settings_is_told_there_too(tmp_path):
    """A language that the paper lacks, a section of no folder and two names of one field are told in newsgen.yaml."""
    lines = ("defaults:", "  kinh-te:", "    lang: x!", "    section: ../a", "    authors: A", "    author: B")
    assert {
        ("newsgen.yaml:5:11", "bad-value"),
        ("newsgen.yaml:6:14", "bad-section"),
        ("newsgen.yaml:8:13", "bad-value"),
    } == {(place, rule) for place, rule, _ in told(tmp_path, *lines)}


def test_a_picture_that_is_not_there_is_told_once_in_newsgen_yaml(tmp_path):
    """What joining finds wrong with a default is told at the default and once."""
    files = {f"content/kinh-te/{n}.md": article_source(title=f"Tin {n}") for n in range(3)}
    found = told(tmp_path, "defaults:", "  kinh-te: {image: /anh/khong-co.jpg}", files=files)
    assert [("newsgen.yaml:4:20", "missing-image")] == [(place, rule) for place, rule, _ in found]


@pytest.mark.parametrize("field", ["title: A", "slug: a", "date: 2022-08-07", "aliases: [/a.html]", "url: /a.html"])
def test_a_storys_own_fields_are_no_defaults(tmp_path, field):
    """What would be the same for all but must differ is refused at its name."""
    name = field.partition(":")[0]
    expected = ("newsgen.yaml:4:13", "bad-setting", f"`{name}` is each story's own")
    assert [expected] == told(tmp_path, "defaults:", f"  kinh-te: {{{field}}}")


def test_a_part_of_a_series_is_no_default(tmp_path):
    """A series may be a default, but not a part's number."""
    expected = ("newsgen.yaml:4:37", "bad-setting", "`part` is each story's own")
    assert [expected] == told(tmp_path, "defaults:", "  kinh-te: {series: {name: Kè sông, part: 1}}")


@pytest.mark.parametrize("path", ["content/kinh-te", "../a", "kinh-te//a", '"/"'])
def test_a_path_of_defaults_is_below_content(tmp_path, path):
    """Another path is a fault of newsgen.yaml at its name."""
    assert [("newsgen.yaml:4:3", "bad-setting")] == [
        (place, rule) for place, rule, _ in told(tmp_path, "defaults:", f"  {path}: {{kicker: X}}")
    ]


def test_defaults_of_no_story_are_warned_of(tmp_path):
    """A folder without a story, which may be a slip, is told with the nearest folder."""
    lines = ("defaults:", "  kinh-tee: {kicker: X}")
    site = site_folder(tmp_path, {A: article_source()}, config_source(*lines))
    (warning,) = build_site(site).warnings
    assert ("newsgen.yaml:4:3", "unknown-choice") == (str(warning.location), warning.rule)
    assert "did you mean `kinh-te`?" == warning.fix


@pytest.mark.parametrize(
    "lines",
    [
        ("defaults:", "  xa-hoi: {extra: {mau: xanh}}"),
        ("defaults:", "  xa-hoi: {extra: {mau: đỏ}, kicker: Sông Lạc}"),
        ("defaults:", "  xa-hoi: {lang: en}"),
        ("defaults:", "  xa-hoi: {status: draft}"),
        (),
    ],
)
def test_a_change_of_defaults_makes_what_a_clean_build_makes(tmp_path, lines):
    """Stories that are given another value, and pages that tell of them, are made again."""
    body = "Lũ về.[^1]\n\n[^1]: Mực nước lúc 7 giờ.\n"
    files = {A: article_source(), B: article_source(title="Kè sông", body=body)}
    site = site_folder(tmp_path, files, config_source("defaults:", "  xa-hoi: {extra: {mau: đỏ}}"))
    build_site(site)
    (site / "newsgen.yaml").write_text(config_source(*lines), "utf-8")
    build_site(site)
    incremental = tree(site / "build")
    build_site(site, clean=True)
    assert tree(site / "build") == incremental


@pytest.mark.parametrize(
    ("lines", "made"),
    [
        (("defaults:", "  xa-hoi: {extra: {mau: xanh}}"), 1),
        (("# mùa lũ", "defaults:", "  xa-hoi: {extra: {mau: đỏ}}"), 0),
        (("defaults:", "  xa-hoi/b.md: {extra: {mau: đỏ}}"), 0),
        (("defaults:", "  xa-hoi: {extra: {mau: đỏ}}", "  kinh-te: {notice: Hết}"), 0),
        ((), 1),
    ],
)
def test_only_the_pages_concerned_are_made_again(tmp_path, lines, made):
    """A default that only the story's own page tells makes that page again, and one that says the same none."""
    files = {A: article_source(), B: article_source(title="Kè sông")}
    site = site_folder(tmp_path, files, config_source("defaults:", "  xa-hoi: {extra: {mau: đỏ}}"))
    build_site(site)
    (site / "newsgen.yaml").write_text(config_source(*lines), "utf-8")
    assert made == build_site(site).made


def test_a_fault_moves_with_its_line(tmp_path):
    """What was read before is read again when a default stands in another line, for its place is told."""
    files = {A: article_source("tags: [nhãn]"), B: article_source(title="Kè sông")}
    site = site_folder(tmp_path, files, config_source("defaults:", "  xa-hoi: {tags: [nhãn]}"))
    build_site(site)
    lines = ("# mùa lũ", "defaults:", "  xa-hoi: {tags: [nhàn]}")
    assert ["newsgen.yaml:5:19"] == [place for place, _, _ in told(tmp_path, *lines, files=files)]
    lines = ("defaults:", "  xa-hoi: {tags: [nhàn]}")
    assert ["newsgen.yaml:4:19"] == [place for place, _, _ in told(tmp_path, *lines, files=files)]
