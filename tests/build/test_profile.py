import pytest

from builders import article_source, config_source, site_config, site_folder
from newsgen.build.page_maker import RenderedOutput
from newsgen.build.profile import LONGEST, Times, suggest_settings
from newsgen.build.traces import Origin, Reason, Traces, Why
from newsgen.core.queries import QueryTable
from newsgen.core.questions import Answer
from newsgen.model.pages import Page
from newsgen.render.template_loader import ThemeLoader
from newsgen.site.queries import News
from papers import build_site, edition, run_newsgen, tree, weekly

AT = ("--at", "2022-08-07 07:51")
TRACES = Traces("e", "k", [("latest", 8, None), ("template", "base.html")], [Answer("L"), Answer("T")], {})
LATEST, TEMPLATE, BOTH = (Why(Reason.ANSWERS, numbers) for numbers in ((0,), (1,), (0, 1)))
NEW = Why(Reason.NEW)


def page(number, kind="article"):
    output = f"tin-{number}.html"
    return Page(kind, "Tin", "", f"/{output}", "", output, f"{kind}.html", "vi", source="content/a.md")


def timed(*groups, processes=2, cores=2):
    """Times of invented pages: each group is how many, why, seconds of each, and of its body."""
    times, number = Times(processes, cores), 0
    for count, why, seconds, body in groups:
        for _ in range(count):
            number += 1
            times.add(page(number), why, RenderedOutput(f"tin-{number}.html", seconds=(seconds, body)))
    return times


def hinted(times, *lines):
    return suggest_settings(times, TRACES.questions, site_config(*lines))


def test_the_times_are_added_up(tmp_path):
    """By template, by question and by reason, the longest first; pages one by one."""
    profile = timed((3, LATEST, 0.25, 0.0), (1, NEW, 1.5, 1.0), (20, BOTH, 0.125, 0.0)).make_profile(
        TRACES, Origin.CONTINUED, site_config(), QueryTable({"": [News(edition()), ThemeLoader(tmp_path)]})
    )
    assert [("article.html", 24, 4.75)] == [(c.name, c.pages, c.seconds) for c in profile.templates]
    assert ("/tin-4.html", LONGEST) == (profile.slowest[0].name, len(profile.slowest))
    assert [("the 8 latest stories", 23, 3.25), ("the template base.html", 20, 2.5)] == [
        (cost.name, cost.pages, cost.seconds) for cost in profile.moved
    ]
    assert {"what it had asked had another answer": 23, "it was a new page": 1} == profile.reasons
    assert 1.0 == profile.markdown


def test_the_box_of_the_latest_is_hinted_at():
    """When many stories were made again only for it, and it stands on their pages, the setting is named."""
    expected = ["the box of the latest stories re-rendered 9,800 pages: `latest: {mode: fragment}` keeps them"]
    assert expected == hinted(timed((9800, LATEST, 0.0001, 0.0), (50, BOTH, 0.0001, 0.0)))


@pytest.mark.parametrize(
    ("groups", "lines"),
    [
        ([(99, LATEST, 0.0001, 0.0)], ()),
        ([(9800, TEMPLATE, 0.0001, 0.0)], ()),
        ([(9800, BOTH, 0.0001, 0.0)], ()),
        ([(9800, NEW, 0.0001, 0.0)], ()),
        ([(9800, LATEST, 0.0001, 0.0)], ("latest: {mode: fragment}",)),
        ([(100, NEW, 0.01, 0.009)], ()),
        ([(100, NEW, 0.1, 0.01)], ()),
        ([(100, NEW, 0.1, 0.09)], ("markdown: {engine: commonmark}",)),
    ],
    ids=["few", "a template", "a template too", "new", "fragment already", "short", "little Markdown", "commonmark"],
)
def test_no_hint_where_a_setting_would_not_help(groups, lines):
    """Nothing is hinted at that is set already, or would have kept no page."""
    assert [] == hinted(timed(*groups), *lines)


def test_the_other_engine_is_hinted_at():
    """When Markdown took a good part of a long build."""
    (hint,) = hinted(timed((100, NEW, 0.1, 0.05)))
    assert hint.startswith("Markdown took 5.0 of 10.0 seconds of rendering: `markdown: {engine: commonmark}`")


def test_idle_cores_are_hinted_at():
    """When fewer processes than cores were allowed in a long build."""
    assert ["1 of 4 cores worked: leave out `--jobs`, or give a larger number"] == hinted(
        timed((100, TEMPLATE, 0.1, 0.0), processes=1, cores=4)
    )


def test_the_hints_are_true(tmp_path):
    """In a paper of many stories one more re-renders all with the box on their pages; with the fragment it does not."""
    files = {
        f"content/xa-hoi/tin-{n}.md": article_source(f"slug: tin-{n}", title=f"Tin {n}", date="2022-01-01")
        for n in range(110)
    }
    more = {
        "templates/base.html": "{% block main %}{% endblock %}",
        "templates/article.html": '{% extends "base.html" %}{% block main %}{% if site.latest.mode == "inline" %}'
        "{% for card in news.latest(2) %}{{ card.title }}{% endfor %}{% endif %}{% endblock %}",
    }
    for mode, hints_expected in (("inline", 1), ("fragment", 0)):
        config = config_source(f"latest: {{mode: {mode}}}")
        site = site_folder(tmp_path / mode, {**files, **more}, config)
        build_site(site)
        site_folder(site, {"content/xa-hoi/moi.md": article_source(title="Tin mới", date="2022-02-01")}, config)
        said = run_newsgen("build", *AT, "--profile", site=site).stdout
        assert hints_expected == said.count("hint: the box of the latest stories re-rendered 110 pages"), said


def test_a_profile_changes_nothing_else(tmp_path):
    """The tree is the one that a build without it makes, over one process or two, and nothing is printed unasked."""
    for name in ("without", "with"):
        site_folder(tmp_path / name, weekly())
    said = run_newsgen("build", *AT, "--profile", "--jobs", "1", site=tmp_path / "with").stdout
    assert 1 == len(run_newsgen("build", *AT, site=tmp_path / "without").stdout.splitlines())
    assert tree(tmp_path / "without" / "build") == tree(tmp_path / "with" / "build")
    for heading in ("seconds of each stage", "pages made: ", "seconds of each template", "slowest pages"):
        assert 1 == said.count(f"\n{heading}") + said.startswith(heading)
    again = run_newsgen("build", *AT, "--profile", site=tmp_path / "with").stdout
    assert "nothing was rendered" in again


def test_the_report_has_the_profile(tmp_path):
    """Where one was asked for; and the counts of pages add up."""
    site = site_folder(tmp_path, weekly())
    assert build_site(site).profile is None
    site_folder(site, {"content/kinh-te/tin-00.md": article_source(title="Khác", date="2022-01-01")})
    report = build_site(site)
    assert 0 < report.made < report.pages == report.made + report.kept
