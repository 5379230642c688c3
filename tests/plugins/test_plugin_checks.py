"""What a plugin's checks tell, where, and at which level; that they change no output; what is told of failures."""

from contextlib import closing
from pathlib import Path
from shutil import copy

import pytest

from builders import article_source, config_source, site_folder
from newsgen.build.options import BuildOptions
from newsgen.checks.registry import CHECKS
from newsgen.commands.check import check
from newsgen.core.errors import ConfigError, ContentError
from newsgen.preview.messages import describe_page
from newsgen.preview.page_cache import PageCache
from newsgen.preview.versions import VersionOptions, Versions
from papers import NOW, build_site, run_newsgen, tree

EXAMPLE = Path(__file__).parents[2] / "examples/plugins/house_style.py"
A, B = "content/kinh-te/a.md", "content/xa-hoi/b.md"
STORIES = {
    A: article_source(title="Nhãn", body="Mở đầu.\n\nNhà vườn tại thời điểm này vào vụ.\n"),
    B: article_source(title="Kè sông", date="2022-06-01"),
}
STYLE = "plugins: [house-style: {words: {tại thời điểm này: bây giờ}}]"
WARNED = [
    (f"{A}:7:10", "house-style/avoided-word", "the paper does not write “tại thời điểm này”", "warning"),
    (
        f"{B}:1:1",
        "house-style/quiet-section",
        "nothing was published in the section “xa-hoi” for more than 30 days",
        "warning",
    ),
]
WATCH = """\
import sys
from itertools import repeat

from newsgen.api import Check, Location, Plugin, Problem


def look(given):
    {look}


def problem(rule="odd", what="odd", fix="mend it", place=Location("newsgen.yaml", 1, 1), level="error"):
    return Problem(place, rule, what, fix, level)


def plugin():
    return Plugin(checks=({check},))
"""


def style_site(folder, *lines, files=None):
    """A site with the example that has checks."""
    site = site_folder(folder, {**STORIES, **(files or {})}, config_source(*(lines or (STYLE,))))
    (site / "plugins").mkdir(exist_ok=True)
    copy(EXAMPLE, site / "plugins")
    return site


def watch_site(folder, look, check="Check(rules=('odd',), story=look)", *lines):
    """A site with one story, and a plugin whose check does this."""
    text = WATCH.replace("{look}", look).replace("{check}", check)
    files = {A: STORIES[A], "plugins/watch.py": text}
    return site_folder(folder, files, config_source("plugins: [watch]", *lines))


def checked(site):
    """What a check tells, as place, rule, sentence and level."""
    problems = check(BuildOptions(site, site / "build", NOW, jobs=1)).problems
    return [(str(p.location), p.rule, str(p.what), p.level) for p in problems]


def in_bar(site, source):
    """What the preview's bar says of a story."""
    versions = Versions(VersionOptions(site, lambda _: NOW))
    versions.look()
    page = versions.newest.find_page(source)
    with closing(PageCache(versions)) as cache:
        return describe_page(versions, cache, page.url, str).warnings


def test_the_example_tells_its_rules_in_a_check_alone(tmp_path):
    """A story's words at their line and column and a quiet section are told by `check`, and by no build."""
    site = style_site(tmp_path)
    assert WARNED == checked(site)
    assert [] == [one for one in build_site(site).warnings if one.rule.startswith("house-style/")]


def test_the_bar_of_the_preview_tells_a_story_what_a_check_tells_of_it(tmp_path):
    """Checks of stories are told beside the story, those of the paper are not."""
    site = style_site(tmp_path)
    (line,) = in_bar(site, A)
    assert line.startswith(f"{A}:7:10: warning[house-style/avoided-word]: the paper does not write")
    assert [] == in_bar(site, B)


def test_another_version_or_option_says_the_new_thing_and_changes_no_output(tmp_path):
    """A check that was edited, and other options of it, count at once; a build after it makes nothing else."""
    site = style_site(tmp_path)
    build_site(site)
    before = tree(site / "build")
    path = site / "plugins/house_style.py"
    path.write_text(path.read_text().replace("the paper does not write", "nobody says"))
    assert "nobody says “tại thời điểm này”" == checked(site)[0][2]
    (site / "newsgen.yaml").write_text(config_source("plugins: [house-style: {days: 99}]"))
    assert [] == checked(site)
    build_site(site)
    assert before == tree(site / "build")


@pytest.mark.parametrize(
    ("rules", "levels"),
    [
        ("{house-style/avoided-word: error}", ["error", "warning"]),
        ("{house-style/avoided-word: 'off', house-style/quiet-section: error}", ["error"]),
        ("{house-style/avoided-word: 'off', house-style/quiet-section: 'off'}", []),
    ],
)
def test_levels_of_a_plugins_rules_are_the_newsrooms(tmp_path, rules, levels):
    """`rules` of newsgen.yaml holds for a plugin's rules as for newsgen's own."""
    site = style_site(tmp_path, STYLE, f"rules: {rules}")
    assert levels == [level for *_, level in checked(site)]
    assert ("error" in levels) == (run_newsgen("check", "--at", "2022-08-09", site=site).returncode == 1)
    assert [level for level in levels[:1] if rules.startswith("{house-style/avoided-word: error")] == [
        "error" for line in in_bar(site, A) if "error[house-style/avoided-word]" in line
    ]


@pytest.mark.parametrize(
    ("lines", "place", "words", "fix"),
    [
        (
            (STYLE, "rules: {house-style/avoided-wrd: error}"),
            "newsgen.yaml:4:34",
            "`rules.house-style/avoided-wrd` is no rule",
            "did you mean `house-style/avoided-word`?",
        ),
        (
            (STYLE, "rules: {house-stile/avoided-word: error}"),
            "newsgen.yaml:4:35",
            "`rules.house-stile/avoided-word` is no rule: there is no plugin “house-stile” in `plugins`",
            "did you mean `house-style`?",
        ),
        (
            ("rules: {house-style/avoided-word: error}",),
            "newsgen.yaml:3:35",
            "`rules.house-style/avoided-word` is no rule: there is no plugin “house-style” in `plugins`",
            "add it to `plugins`, or remove this line",
        ),
    ],
)
def test_an_unknown_rule_of_a_plugin_is_told_where_it_stands(tmp_path, lines, place, words, fix):
    """A slip in the name of a plugin or of its rule has its line, and the name that was meant."""
    site = style_site(tmp_path, *lines)
    with pytest.raises(ConfigError) as fault:
        checked(site)
    ((where, what, todo),) = [(str(one.location), str(one.what), str(one.fix)) for one in fault.value.problems]
    assert (place, words, fix) == (where, what, todo)


def test_a_check_of_a_plan_is_told_by_builds(tmp_path):
    """It warns in each build and in the preview; as an error it stops a build, and the old output stays."""
    site = watch_site(tmp_path, "return [problem()]", "Check(rules=('odd',), plan=look)")
    for _ in range(2):
        assert [("newsgen.yaml:1:1", "watch/odd")] == [
            (str(one.location), one.rule) for one in build_site(site).warnings if one.rule != "no-urls-lock"
        ]
    assert [("newsgen.yaml:1:1", "watch/odd", "odd", "warning")] == checked(site)
    versions = Versions(VersionOptions(site, lambda _: NOW))
    versions.look()
    assert ["watch/odd"] == [one.rule for one in versions.problems]
    before = tree(site / "build")
    (site / "newsgen.yaml").write_text(config_source("plugins: [watch]", "rules: {watch/odd: error}"))
    with pytest.raises(ContentError):
        build_site(site)
    assert before == tree(site / "build")


@pytest.mark.parametrize("is_built", [False, True])
def test_a_check_sees_the_front_matter_the_text_and_the_page(tmp_path, is_built):
    """All of a story is there as it is now, whether its page is made for the check or known from a build."""
    look = (
        "m = given.manuscript; seen = [m.title, given.text, given.body.words, given.html, 'Nhà vườn' in given.page,"
        " given.body.html, str(given.place()), str(given.place('vào vụ')), given.lead]"
        "; return [problem(what=repr(seen), place=given.place())]"
    )
    site = watch_site(tmp_path, look)
    if is_built:
        (site / A).write_text(STORIES[A].replace("Nhà vườn", "Hôm qua"))
        build_site(site)
        (site / A).write_text(STORIES[A])
    text = "Mở đầu.\n\nNhà vườn tại thời điểm này vào vụ.\n"
    html = "<p>Mở đầu.</p>\n<p>Nhà vườn tại thời điểm này vào vụ.</p>"
    (told,) = (what for _, rule, what, _ in checked(site) if rule == "watch/odd")
    assert repr(["Nhãn", text, 10, html, True, "", f"{A}:2:8", f"{A}:7:28", None]) == told
    (line,) = in_bar(site, A)
    assert "'Nhãn'" in line
    assert ", True, " in line


@pytest.mark.parametrize(
    ("look", "words"),
    [
        ("return 1 / 0", "fails: ZeroDivisionError: division by zero"),
        ("sys.exit(3)", "fails: SystemExit: 3"),
        ("return None", "gives NoneType in place of list"),
        ("return problem()", "gives Problem in place of list"),
        ("return ['odd']", "gives str in place of Problem"),
        ("return [problem(rule='even')]", "tells of the rule “even”, and `rules` of its check are odd"),
        ("return [problem(rule='watch/odd')]", "tells of the rule “watch/odd”, and `rules` of its check are odd"),
        ("return [problem(what=5)]", "gives int in place of str"),
        ("return [problem(fix=None)]", "gives NoneType in place of str"),
        ("return [problem(place='newsgen.yaml')]", "gives str in place of Location"),
        ("return [problem(place=Location('a', '1'))]", "gives str in place of int"),
        ("return [problem(rule=[])]", "tells of the rule “[]”, and `rules` of its check are odd"),
        ("return repeat(problem())", "tells more than 10,000 problems"),
        ("yield problem(); raise KeyError('x')", "fails: KeyError: 'x'"),
    ],
)
@pytest.mark.parametrize(("at", "place"), [("story", f"{A}:1:1"), ("paper", "newsgen.yaml:3:11")])
def test_a_check_that_fails_is_named(tmp_path, look, words, at, place):
    """Whatever it gives wrongly is an error at the story, or where the plugin is switched on; the rest is told."""
    site = watch_site(tmp_path, look, f"Check(rules=('odd',), {at}=look)")
    ((where, rule, what, level),) = checked(site)
    assert (place, "plugin-failed", "error") == (where, rule, level)
    assert words in what
    assert "the plugin “watch”" in what
    build_site(site)


def test_a_check_that_never_ends_is_told_once(tmp_path, monkeypatch):
    """Of many stories only the first is told, and the others are not waited for."""
    monkeypatch.setattr("newsgen.plugins.guards.PLUGIN_SECONDS", 0.2)
    site = watch_site(tmp_path, "\n    while True:\n        pass")
    for name in "bcdefgh":
        (site / f"content/kinh-te/{name}.md").write_text(article_source(title=name))
    ((_, rule, what, _),) = checked(site)
    assert ("plugin-failed", "a check of the plugin “watch” takes longer than 0 seconds") == (rule, what)


def test_a_check_that_fails_in_a_plan_stops_a_build(tmp_path):
    """What a build has to look at, it has to be able to look at."""
    site = watch_site(tmp_path, "return 1 / 0", "Check(rules=('odd',), plan=look)")
    with pytest.raises(ContentError) as fault:
        build_site(site)
    assert [("newsgen.yaml:3:11", "plugin-failed")] == [(str(p.location), p.rule) for p in fault.value.problems]


def test_what_a_check_says_is_shown_in_every_form(tmp_path):
    """Plain words of a plugin, with braces, are told as text, as JSON and for GitHub."""
    site = watch_site(tmp_path, "return [problem(what='a {brace}', fix='{')]")
    for form in ("text", "json", "github"):
        done = run_newsgen("check", "--format", form, "--at", "2022-08-09", site=site)
        assert (0, True) == (done.returncode, "a {brace}" in done.stdout + done.stderr)


def test_what_fails_is_told_with_its_line(tmp_path):
    """Whoever writes a plugin sees where it fails, also in a module that it shares."""
    site = watch_site(tmp_path, "from ._shared import fail; fail()")
    (site / "plugins/_shared.py").write_text("def fail():\n    return [][1]\n")
    ((*_, what, _),) = checked(site)
    assert "the plugin “watch” fails: IndexError: list index out of range (plugins/_shared.py, line 2)" == what


def test_newsgens_own_checks_are_of_the_same_kind():
    """Each of them has a function, and none has rules, which stand in core/rules.json."""
    assert [] == [one for one in CHECKS if one.rules or not (one.story or one.paper or one.plan)]
