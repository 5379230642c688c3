"""`newsgen check` says all that a build would and an editor's warnings, and leaves everything as it was."""

import json

import pytest
from click.testing import CliRunner

from builders import NOW, article_source, config_source, manuscript, png, site_config, site_folder
from newsgen.body.engine import PythonMarkdown
from newsgen.body.lint import find_front_matter_notes
from newsgen.build.options import BuildOptions
from newsgen.cli import main
from newsgen.cli.check import choose_exit_code, format_annotation
from newsgen.commands.check import check, check_other_sites
from newsgen.content.articles import ArticleReader
from newsgen.core.errors import ConfigError, Location, Problem, Problems
from papers import build_site, run_newsgen, tree, weekly

PLAIN = "![Cầu](cau.png)\n"
AT = ("--at", "2022-08-09")


def checked(site, *, drafts=False):
    """What a check at NOW finds, as place and rule."""
    report = check(BuildOptions(site, site / "build", NOW, drafts))
    return [(str(problem.location), problem.rule) for problem in report.problems]


def everything(site):
    """Every file of a site, what newsgen remembers included."""
    return {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_a_sound_site_has_no_problems(tmp_path):
    """A paper without a fault passes, and nothing was written into it."""
    site = site_folder(tmp_path, weekly())
    before = everything(site)
    assert [] == checked(site)
    assert before == everything(site)


def test_a_check_finds_what_a_build_refuses(tmp_path):
    """The errors of a check are those of a build, in reading, joining and rendering."""
    site = site_folder(
        tmp_path,
        {
            "content/a.md": article_source(date="2022-02-30"),
            "content/b.md": article_source("tags: [😀]", title="B"),
            "content/c.md": article_source(title="C", body="[x](khong.md)\n"),
        },
    )
    expected = [
        ("content/a.md:3:7", "bad-value"),
        ("content/b.md:4:8", "empty-slug"),
        ("content/c.md:5:5", "dead-link"),
    ]
    assert expected == checked(site)
    done = run_newsgen("build", *AT, site=site)
    assert [f"{place}: error[{rule}]" for place, rule in expected] == [
        line.partition("]")[0] + "]" for line in done.stderr.splitlines()[:-1]
    ]


def test_one_broken_story_hides_no_fault_of_others(tmp_path):
    """Dead links, redirects, related stories and lost addresses are told, but for what the broken story may be."""
    broken = "---\ntitle: Bến đò\ndate: mai\naliases: [/cu.html]\n---\nx\n"
    links = "[a](/khong.html) [b](/b.html) [c](/ben-do.html) [d](/cu.html) [e](/mai-sau/)\n"
    site = site_folder(
        tmp_path,
        {
            "content/a.md": article_source("related: [b, khong]", body=links),
            "content/b.md": broken,
            "urls.lock": "".join(f"/{name}.html\tcontent/{name}.md\tlive\t\n" for name in ("b", "cu", "mat")),
        },
        config_source('permalink: "/{slug}.html"', "redirects: {/x.html: /ben-do.html, /y.html: /khong.html}"),
    )
    assert [
        ("content/a.md:4:14", "missing-related"),
        ("content/a.md:6:5", "dead-link"),
        ("content/a.md:6:67", "dead-link"),
        ("content/b.md:3:7", "bad-value"),
        ("newsgen.yaml:4:45", "dead-redirect"),
        ("urls.lock:3:1", "lost-address"),
    ] == [(str(p.location), p.rule) for p in check(BuildOptions(site, site / "build", NOW, addresses="check")).problems]


def test_texts_that_no_story_names_are_told(tmp_path):
    """A text beside the stories is told, but one that a story or a draft links to, or that lies in a story's folder."""
    names = ("bai.docx", "ghi", "kem.txt", "nhap.txt")
    site = site_folder(
        tmp_path,
        {
            **{f"content/a/{name}": "Chữ" for name in names},
            "content/a/b/index.md": article_source(),
            "content/a/b/ghi.txt": "Chữ",
            "content/a/c.md": article_source(title="C", body="[x](kem.txt)\n"),
            "content/a/d.md": article_source("status: draft", title="D", body="[x](nhap.txt)\n"),
        },
    )
    assert [("content/a/bai.docx:1:1", "odd-ending"), ("content/a/ghi:1:1", "odd-ending")] == checked(site)


def test_template_markup_in_front_matter_is_told(tmp_path):
    """Title, summary and captions are shown to readers as the text is."""
    lines = ("summary: Giá {{ gia }}", "image: {src: a.png, alt: a, caption: '{% b %}', credit: c}")
    files = {"content/a.md": article_source(*lines, title='"{{< tin >}} mới"'), "content/a.png": png()}
    assert [(f"content/a.md:{place}", "template-markup") for place in ("2:8", "4:10", "5:14")] == checked(
        site_folder(tmp_path, files)
    )


@pytest.mark.parametrize("built", [False, True])
def test_a_check_says_the_same_after_a_build(tmp_path, built):
    """Whether pages are made for the check or known from a build, the notes are the same; the output stays."""
    files = {"content/kinh-te/a.md": article_source("kicker: Nóng # nay", body=PLAIN), "content/kinh-te/cau.png": png()}
    site = site_folder(tmp_path, files)
    if built:
        build_site(site)
    before = tree(site / "build")
    source = "content/kinh-te/a.md"
    for _ in range(2):
        assert [
            (f"{source}:4:14", "yaml-comment"),
            (f"{source}:6:8", "missing-caption"),
            (f"{source}:6:8", "missing-credit"),
        ] == checked(site)
    assert before == tree(site / "build")


def test_a_build_keeps_quiet_about_what_only_an_editor_wants(tmp_path):
    """A build does not tell the notes, and tells what is lost each time."""
    files = {"content/kinh-te/a.md": article_source("kicker: Nóng # nay", body=PLAIN), "content/kinh-te/cau.png": png()}
    site = site_folder(tmp_path, files)
    for _ in range(3):
        assert ["yaml-comment"] == [problem.rule for problem in build_site(site).warnings]


def test_drafts_are_looked_at_when_asked_for(tmp_path):
    """A draft has no notes unless `--drafts` asks for them."""
    site = site_folder(
        tmp_path,
        {"content/a.md": article_source(), "content/b.md": article_source("status: draft", title="B", body="")},
    )
    assert [] == checked(site)
    assert [("content/b.md:6:1", "empty-story")] == checked(site, drafts=True)


def test_levels_are_the_newsrooms(tmp_path):
    """A rule that is off is not told; one that is an error fails who looks at it."""
    config = config_source("rules: {missing-caption: off, missing-credit: error}")
    files = {"content/kinh-te/a.md": article_source(body=PLAIN), "content/kinh-te/cau.png": png()}
    site = site_folder(tmp_path, files, config)
    done = run_newsgen("check", *AT, site=site)
    assert (1, 1) == (done.returncode, done.stderr.count("error[missing-credit]"))
    assert "missing-caption" not in done.stderr
    assert 0 == run_newsgen("build", *AT, site=site).returncode
    (site / "newsgen.yaml").write_text(config_source("rules: {dropped-html: error}"))
    (site / "content/kinh-te/a.md").write_text(article_source(body="<script>x</script>\n"))
    assert 1 == run_newsgen("build", *AT, site=site).returncode


def test_an_output_that_a_build_refuses_is_refused(tmp_path):
    """A build/ that newsgen did not make is told by a check too."""
    site = site_folder(tmp_path, {"content/a.md": article_source(), "build/x": "x"})
    with pytest.raises(ConfigError):
        checked(site)


@pytest.mark.parametrize(
    ("levels", "strict", "code"),
    [
        ((), False, 0),
        (("warning",), False, 0),
        (("warning",), True, 1),
        (("error",), False, 1),
        (("error", "warning"), True, 1),
    ],
)
def test_the_exit_code_is_that_of_a_build(levels, strict, code):
    """Errors give 1, warnings only where it is strict, and a machine that refuses a file 3."""
    problems = tuple(Problem(Location("a"), "r", "w", "f", level) for level in levels)
    assert code == choose_exit_code(problems, strict=strict)
    assert 3 == choose_exit_code((*problems, Problem(Location("a"), "unreadable", "w", "f")), strict=strict)


def test_json_holds_every_problem(tmp_path):
    """`--json` prints one document on standard output, also for a newsgen.yaml that is wrong."""
    site = site_folder(tmp_path, {f"content/a{n}.md": article_source(title=f"T{n}", body="") for n in range(60)})
    facts = json.loads(run_newsgen("check", "--json", *AT, site=site).stdout)
    assert (60, {"empty-story"}) == (facts["stories"], {problem["rule"] for problem in facts["problems"]})
    assert 60 == len(facts["problems"])
    (site / "newsgen.yaml").write_text("title: x\n")
    done = run_newsgen("check", "--format", "json", *AT, site=site)
    assert (2, "missing-key") == (done.returncode, json.loads(done.stdout)["problems"][0]["rule"])


def test_an_annotation_is_one_line_that_github_reads():
    """Level, file, line, column and rule, with the signs that GitHub reads itself escaped."""
    place = Location("content/a,b:c.md", 3, 7)
    line = format_annotation(Problem(place, "bad-value", "100% wrong\nhere", "mend it", "warning"))
    assert "::warning file=content/a%2Cb%3Ac.md,line=3,col=7,title=bad-value::100%25 wrong\\nhere. fix: mend it" == line


def test_the_warnings_of_one_story_are_told(tmp_path):
    """A build's warnings and an editor's, at the levels chosen."""
    files = {"content/a.md": article_source("image: a.png", "kicker: Nóng # nay", title="nhãn " * 30)}
    files["content/a.png"] = png()
    site = site_folder(tmp_path, files, config_source("rules: {missing-alt: 'off'}"))
    rules = sorted(rule for _, rule in checked(site))
    assert ["long-title", "missing-caption", "missing-credit", "yaml-comment"] == rules
    story = ArticleReader(site, site_config(), PythonMarkdown()).read_one("content/a.md", Problems())
    assert story is not None
    assert 4 == len(find_front_matter_notes(story, None))


def test_a_title_may_stand_in_two_languages(tmp_path):
    """The same name over a story in each of two languages is no slip; twice in one language it is."""
    names = ("a/0.md", "en/a/1.md", "a/2.md")
    files = {f"content/{name}": article_source(f"slug: x{name[-4]}", title="Festival") for name in names}
    site = site_folder(tmp_path, files, config_source("languages: {en: {title: Lac Giang News}}"))
    assert [("content/a/2.md:2:8", "same-title")] == checked(site)


def test_asking_other_sites_needs_an_extra(tmp_path, monkeypatch):
    """Without the packages of the extra nothing is checked, and what to install is told."""
    monkeypatch.setattr("newsgen.core.extras.find_spec", lambda name: None)
    site = site_folder(tmp_path, {"content/a.md": article_source()})
    done = CliRunner().invoke(main, ["--site", str(site), "check", "--external"])
    assert 2 == done.exit_code
    assert (
        "error[missing-package]: `newsgen check --external` needs packages that are not installed: httpx" in done.stderr
    )
    assert 'pip install "newsgen[links]"' in done.stderr


def test_dead_links_of_other_sites_are_told_where_they_stand(tmp_path, monkeypatch):
    """With --external each dead link is a warning at its place, and the verdict is remembered beside the output."""
    site = site_folder(
        tmp_path, {"content/a.md": article_source(body="[x](https://x.example/a#b) [y](https://y.example/)\n")}
    )
    asked = []

    def answer(urls, known, manners, now):
        asked.append(sorted(urls))
        known.links["https://x.example/a"] = ("dead", now)
        return {"https://x.example/a": "dead", "https://y.example/": "alive"}

    monkeypatch.setattr("newsgen.commands.external_links.ask_all", answer)
    options = BuildOptions(site, site / "build", NOW)
    found = check_other_sites(options, check(options))
    assert [("content/a.md:5:5", "dead-external-link")] == [(str(p.location), p.rule) for p in found]
    assert [["https://x.example/a", "https://y.example/"]] == asked
    assert (site / ".newsgen/build/links").exists()


@pytest.mark.parametrize(
    ("typed", "fix"),
    [
        ("Hà My và Minh An", "write `authors: [Hà My, Minh An]`"),
        ("Lan Ngoc & Minh An", "write `authors: [Lan Ngoc, Minh An]`"),
        ("Tài nguyên và Môi trường; Hà My", "write `authors: [Tài nguyên và Môi trường, Hà My]`"),
        ("Báo Sức khỏe và Đời sống", None),
        ("Hà My", None),
    ],
)
def test_a_byline_of_several_people_is_told(typed, fix):
    """Names of people are told apart; the name of a paper or of an office stays one, whatever words it has."""
    found = find_front_matter_notes(manuscript(authors=[typed]), None)
    assert ([fix] if fix else []) == [str(note.fix) for note in found if note.rule == "joined-tags"]


def test_patterns_of_tables_that_fit_none_are_told(tmp_path):
    """A warning at the pattern, with the name of a table that is like it; a wrong path is an error."""
    files = {"content/kinh-te/a.md": article_source(body="![Giá](gia.csv)\n"), "content/kinh-te/gia.csv": "A,B\n1,2\n"}
    lines = ("attachments:", "  files:", "    gia.csv: {rows: 1}", "    gai.csv: {rows: 1}")
    site = site_folder(tmp_path, files, config_source(*lines))
    report = check(BuildOptions(site, site / "build", NOW, drafts=False))
    (warning,) = (problem for problem in report.problems if problem.rule == "unknown-choice")
    line = len(config_source(*lines).rstrip("\n").split("\n"))
    assert (f"newsgen.yaml:{line}:5", "did you mean `gia.csv`?") == (str(warning.location), warning.fix)
    site_folder(tmp_path, {}, config_source(*lines[:2], "    kinh-te/gia.csv: {rows: 1}"))
    with pytest.raises(ConfigError) as caught:
        check(BuildOptions(site, site / "build", NOW, drafts=False))
    (problem,) = caught.value.problems
    assert (line - 1, "bad-setting") == (problem.location.line, problem.rule)
