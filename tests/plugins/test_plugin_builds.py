"""What plugins add is built; another version makes again what it touched and no more; what fails names its plugin."""

from pathlib import Path
from shutil import copy

import pytest

from builders import article_source, config_source, site_folder
from newsgen.build.options import BuildOptions
from newsgen.commands.check import check
from newsgen.core.errors import ContentError
from newsgen.preview.versions import VersionOptions, Versions
from papers import NOW, build_site, run_newsgen, tree

EXAMPLES = Path(__file__).parents[2] / "examples/plugins"
HOME = "{% for day in news.busiest_days(2) %}{{ day.date }} {{ day.stories|in_words }};{% endfor %}"
TEMPLATES = {
    **{f"templates/{name}.html": "{{ page.title }}" for name in ("listing", "page", "archive", "404")},
    "templates/home.html": HOME,
    "templates/article.html": "{{ body.html }}",
    "templates/partials/latest-fragment.html": "",
}
BOXED = "Mở đầu.\n\n:::sources Sở Nông nghiệp\n- [Báo cáo](https://example.org/a)\n:::\n\nKết.\n"
STORIES = {
    "content/kinh-te/a.md": article_source(title="Nhãn", date="2022-08-05", body=BOXED),
    "content/kinh-te/b.md": article_source(title="Lúa", date="2022-08-05"),
    "content/kinh-te/c.md": article_source(title="Cá", date="2022-08-06"),
}
PAGES = {name: f"kinh-te/2022/08/{slug}.html" for name, slug in [("a", "nhan"), ("b", "lua"), ("c", "ca")]}
BAD = """\
from newsgen.api import Plugin, query


class Broken:
    name = "broken"

    def plan(self, paper):
        {plan}

    def write(self, output, ask):
        return 1 / 0


def fail(*given):
    return 1 / 0


@query("a broken question")
def broken(news):
    return 1 / 0


def plugin():
    return Plugin({what})
"""


def site_with(folder, *plugins, files=None, settings=""):
    """A site with plugins of the examples, and three stories; the first has a block if a plugin has that component."""
    has_sources = any("sources" in text for text in [*plugins, *map(str, (files or {}).values())])
    plain = {} if has_sources else {"content/kinh-te/a.md": article_source(title="Nhãn", date="2022-08-05")}
    files = {**plain, **(files or {})}
    line = f"plugins: [{', '.join(plugins)}]" if plugins else ""
    site = site_folder(folder, {**TEMPLATES, **STORIES, **files}, config_source(line, settings))
    for name in plugins:
        example = EXAMPLES / f"{name.partition(':')[0].strip('{')}.py"
        if example.is_file():
            (site / "plugins").mkdir(exist_ok=True)
            copy(example, site / "plugins")
    return site


def edited(site, name, old, new):
    """Change a site's plugin."""
    path = site / "plugins" / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def made(site):
    """The outputs that a build makes again, for a build that must leave what a clean one leaves."""
    before = tree(site / "build")
    build_site(site)
    after = tree(site / "build")
    clean = site.with_name("clean")
    build_site(site, output=clean, clean=True)
    assert tree(clean) == {**after, "newsgen.json": tree(clean)["newsgen.json"]}
    return {name for name in after if before.get(name) != after[name]} - {"newsgen.json", "newsgen-files.json"}


def told(site):
    """What keeps a site from being built: places, rules, sentences."""
    with pytest.raises(ContentError) as fault:
        build_site(site)
    return [(str(one.location), one.rule, str(one.what)) for one in fault.value.problems]


def test_the_examples_are_built(tmp_path):
    """Their query, filter, component and document appear on the pages."""
    site = site_with(tmp_path / "site", "week", "{sources: {title: Nguồn}}")
    build_site(site)
    found = {name: data.decode() for name, data in tree(site / "build").items() if name.endswith((".html", ".json"))}
    assert "2022-08-05 two stories;2022-08-06 one story;" == found["index.html"]
    assert '{\n "2022-08-06": [\n  "Cá"\n ],\n "2022-08-05": [\n  "Lúa",\n  "Nhãn"\n ]\n}\n' == found["week.json"]
    box = '<aside class="sources"><h2 id="nguon-so-nong-nghiep">Nguồn <small>Sở Nông nghiệp</small></h2>'
    assert box in found[PAGES["a"]]
    assert found[PAGES["a"]].index("Mở đầu.") < found[PAGES["a"]].index("Báo cáo") < found[PAGES["a"]].index("Kết.")
    assert "aside" not in found[PAGES["b"]]


def test_another_version_makes_again_what_it_touched(tmp_path):
    """A changed component makes the story with it again, a changed filter the page that uses it."""
    site = site_with(tmp_path / "site", "week", "sources")
    build_site(site)
    assert set() == made(site)
    edited(site, "sources.py", 'class="sources"', 'class="rest"')
    assert {PAGES["a"]} == made(site)
    edited(site, "week.py", '"two stories"', '"a pair"')
    assert {"index.html"} == made(site)
    edited(site, "week.py", "indent=1", "indent=2")
    assert {"week.json"} == made(site)


def test_options_make_again_what_they_touched(tmp_path):
    """Other options of a plugin are another version of it."""
    site = site_with(tmp_path / "site", "{sources: {title: Nguồn}}", files={"templates/home.html": ""})
    build_site(site)
    (site / "newsgen.yaml").write_text(config_source("plugins: [{sources: {title: Theo}}]", ""))
    assert {PAGES["a"]} == made(site)


def test_what_is_switched_on_or_off_shows(tmp_path):
    """Without the plugin its blocks are errors; with it they are boxes."""
    boxed = {"content/kinh-te/a.md": STORIES["content/kinh-te/a.md"]}
    site = site_with(tmp_path / "site", files={"templates/home.html": "", **boxed})
    missing = ("content/kinh-te/a.md:7:4", "unknown-component", "no component is called “sources”")
    assert [missing] == told(site)
    (site / "plugins").mkdir()
    copy(EXAMPLES / "sources.py", site / "plugins")
    (site / "newsgen.yaml").write_text(config_source("plugins: [sources]"))
    build_site(site)
    assert b'<aside class="sources">' in tree(site / "build")[PAGES["a"]]
    (site / "newsgen.yaml").write_text(config_source())
    assert [missing] == told(site)


def test_blocks_lie_in_one_another(tmp_path):
    """A longer row of colons holds a block; code keeps its colons; a block without an end is told at its line."""
    body = "::::sources A\nx\n\n:::sources B\ny\n:::\n::::\n\n```\n:::sources C\n```\n"
    files = {"content/kinh-te/a.md": article_source(title="Nhãn", body=body), "templates/home.html": ""}
    site = site_with(tmp_path / "site", "sources", files=files)
    build_site(site)
    text = tree(site / "build")[PAGES["a"]].decode()
    assert (2, 1) == (text.count("<aside"), text.count(":::sources C"))
    path = site / "content/kinh-te/a.md"
    path.write_text(article_source(title="Nhãn", body="Một.\n\n:::sources\nhai\n"))
    assert [("content/kinh-te/a.md:7:1", "open-block", "this block has no end")] == told(site)


def test_a_block_in_one_with_as_few_colons_is_ended_first(tmp_path):
    """A row of colons ends the inner of two blocks, the next row the outer one."""
    body = ":::sources A\n\n:::sources B\ny\n:::\n:::\n"
    files = {"content/kinh-te/a.md": article_source(title="Nhãn", body=body), "templates/home.html": ""}
    site = site_with(tmp_path / "site", "sources", files=files)
    build_site(site)
    text = tree(site / "build")[PAGES["a"]].decode()
    assert (2, 0) == (text.count("<aside"), text.count(":::"))


def test_blocks_may_not_lie_too_deep(tmp_path):
    """Thousands of blocks in one another are told once, at the first that lies too deep."""
    body = "\n".join([*[":::sources"] * 5_000, "y", *[":::"] * 5_000])
    files = {"content/kinh-te/a.md": article_source(title="Nhãn", body=body), "templates/home.html": ""}
    site = site_with(tmp_path / "site", "sources", files=files)
    assert [("content/kinh-te/a.md:15:1", "markdown-depth", "this block lies in more than 9 others")] == told(site)


def test_a_link_may_lead_to_a_place_that_a_component_makes(tmp_path):
    """A link into a story with blocks is not called dead; one into a story without them is."""
    body = "[một](a.md#nguon-so-nong-nghiep)\n\n[hai](c.md#nguon)\n"
    files = {"content/kinh-te/b.md": article_source(title="Lúa", body=body), "templates/home.html": ""}
    site = site_with(tmp_path / "site", "sources", files=files)
    problems = check(BuildOptions(site, site / "build", NOW, drafts=False)).problems
    found = [(str(one.location), str(one.what)) for one in problems if one.rule == "dead-anchor"]
    assert [("content/kinh-te/b.md:7:7", "the link “c.md#nguon” leads to no place in that story")] == found


def test_a_component_gives_no_script(tmp_path):
    """What a component makes is sanitised as the text around it is."""
    site = site_with(tmp_path / "site", "sources", files={"templates/home.html": ""})
    edited(site, "sources.py", "<h2>", '<script>x()</script><h2 onclick="x()">'.replace('"', ""))
    build_site(site)
    text = tree(site / "build")[PAGES["a"]]
    assert b"<aside" in text
    assert b"x()" not in text


TYPED = """\
from typing import Annotated

import msgspec
from msgspec import Meta

from newsgen.api import ComponentContext, Plugin


class Poem(msgspec.Struct):
    poet: Annotated[str, Meta(extra={"names": ("nhà thơ",)})]
    lines: int = 4


def make_poem(html: str, poem: Poem, context: ComponentContext) -> str:
    if "\\t" in context.text:
        context.tell("there is a tab in this poem", "write spaces", context.locate("\\t"))
    where = f"{context.language} {context.source}:{context.line} {context.base}"
    if context.targets.story("kinh-te/c.md") is None:
        where += " alone"
    return f'<div class="poem" title="{poem.poet} {poem.lines} {where}">{html}</div>'


def plugin() -> Plugin:
    return Plugin(components={"poem": make_poem})
"""


def test_a_component_has_typed_arguments_and_a_context(tmp_path):
    """It gets a Struct, knows where it stands, asks recorded questions, and tells what is wrong at its place."""
    body = "Một[^1].\n\n:::poem Tú Xương {lines: 2}\nhai[^2] [ba][x]\n:::\n\n[^1]: a\n[^2]: b\n\n[x]: /\n"
    files = {"content/kinh-te/a.md": article_source(title="Nhãn", body=body), "templates/home.html": ""}
    site = site_with(tmp_path / "site", "poem", files={**files, "plugins/poem.py": TYPED})
    build_site(site)
    text = tree(site / "build")[PAGES["a"]].decode()
    assert '<div class="poem" title="Tú Xương 2 vi content/kinh-te/a.md:7 ">' in text
    assert all(part in text for part in ('id="fn:1"', 'id="fn:2"', '<a href="/">ba</a>'))
    (site / "content/kinh-te/c.md").unlink()
    (site / "urls.lock").unlink(missing_ok=True)
    assert PAGES["a"] in made(site)
    assert "7  alone" in tree(site / "build")[PAGES["a"]].decode()
    wrong = ":::poem {lines: hai}\na\n:::\n\n:::poem {nha tho: Tú Xương}\nmột\thai\n:::\n"
    (site / "content/kinh-te/a.md").write_text(article_source(title="Nhãn", body=wrong))
    assert [
        ("content/kinh-te/a.md:5:1", "missing-key", "the block “poem” lacks `poet`"),
        ("content/kinh-te/a.md:5:17", "wrong-type", "`lines` must be a whole number, not “hai”"),
        ("content/kinh-te/a.md:10:4", "bad-block", "there is a tab in this poem"),
    ] == told(site)


def test_a_theme_of_a_plugin_is_used(tmp_path):
    """Templates and static files of a plugin's theme are used; a change makes again what shows it."""
    theme = "from pathlib import Path\n\nfrom newsgen.api import Plugin\n\n\ndef plugin():\n"
    theme += "    return Plugin(theme=Path(__file__).parent / 'cards')\n"
    files = {
        "plugins/cards.py": theme,
        "plugins/cards/templates/404.html": "của tiện ích",
        "plugins/cards/templates/extra.html": "thêm",
        "plugins/cards/static/cards.css": "p {}",
        "templates/home.html": "{% include 'extra.html' %}{{ asset('cards.css') }}",
    }
    site = site_with(tmp_path / "site", "cards", files=files)
    build_site(site)
    found = tree(site / "build")
    assert (b"p {}", b"th\xc3\xaam/cards.css?v=") == (found["cards.css"], found["index.html"][:18])
    (site / "plugins/cards/templates/extra.html").write_text("khác")
    assert {"index.html"} == made(site)
    (site / "plugins/cards/static/cards.css").write_text("b {}")
    assert {"index.html", "cards.css"} == made(site)


@pytest.mark.parametrize(
    ("what", "plan", "files", "place", "rule"),
    [
        ("body_passes=(fail,)", "", {}, "content/kinh-te/a.md:5:1", "plugin-failed"),
        ("components={'sources': fail}", "", {}, "content/kinh-te/a.md:7:1", "plugin-failed"),
        ("documents=(Broken(),)", "return 1 / 0", {}, "newsgen.yaml:1:1", "plugin-failed"),
        (
            "filters={'fail': fail}",
            "",
            {"templates/home.html": "\n{{ page.title|fail }}"},
            "templates/home.html:2:1",
            "template-error",
        ),
        (
            "queries=(broken,)",
            "",
            {"templates/home.html": "\n\n{{ news.broken() }}"},
            "templates/home.html:3:1",
            "template-error",
        ),
    ],
)
def test_a_plugin_that_fails_is_named(tmp_path, what, plan, files, place, rule):
    """Wherever it fails, the problem has a place and the plugin's name."""
    text = BAD.format(what=what, plan=plan or "return ()")
    site = site_with(tmp_path / "site", "bad", files={"templates/home.html": "", **files, "plugins/bad.py": text})
    found = told(site)
    assert (place, rule) == found[0][:2]
    assert all("the plugin “bad” fails: ZeroDivisionError: division by zero" in sentence for *_, sentence in found)


def test_a_document_that_cannot_be_written_is_told(tmp_path):
    """The old output stays."""
    plan = 'link = paper.edition.permalinks.at("/x.json")\n        from newsgen.api import DocumentOutput\n'
    plan += '        return [DocumentOutput("broken", link.output, link.url, None)]'
    text = BAD.format(what="documents=(Broken(),)", plan=plan)
    site = site_with(tmp_path / "site", "bad", files={"templates/home.html": "", "plugins/bad.py": text})
    assert [("newsgen.yaml:1:1", "plugin-failed")] == [one[:2] for one in told(site)]
    assert not (site / "build").exists()


def test_a_saved_plugin_is_seen_in_the_preview(tmp_path):
    """The preview shows what plugins make, and a plugin that was saved at once."""
    site = site_with(tmp_path / "site", "sources", files={"templates/home.html": ""})
    versions = Versions(VersionOptions(site, lambda _: NOW))
    versions.look()
    assert () == versions.problems
    first = versions.newest.answers.extensions.bodies.components[0].call("x", "")
    edited(site, "sources.py", 'class="sources"', 'class="rest"')
    versions.look(frozenset({"plugins/sources.py"}))
    second = versions.newest.answers.extensions.bodies.components[0].call("x", "")
    assert ('<aside class="sources">', '<aside class="rest">') == (first[:23], second[:20])
    edited(site, "sources.py", "def plugin", "def plugin(:")
    versions.look(frozenset({"plugins/sources.py"}))
    assert ["bad-plugin"] == [problem.rule for problem in versions.problems]


WRONG = """\
import sys

from newsgen.api import DocumentOutput, Plugin, query


class Unspoken(Exception):
    def __str__(self):
        raise ValueError


class Wrong:
    name = "wrong"

    def plan(self, paper):
        return [DocumentOutput("wrong", "x.json", "/x.json", None)]

    def write(self, output, ask):
        return {result}


def call(*given):
    return {result}


@query("what is asked")
def asked(news):
    return {result}


def throw(error):
    raise error


def plugin():
    return Plugin({what})
"""
HOME_OF = {"queries": "{{ news.asked() }}", "filters": "{{ page.title|call }}"}


@pytest.mark.parametrize(
    ("what", "result", "words"),
    [
        ("components={'sources': call}", "None", "gives NoneType in place of str"),
        ("components={'sources': call}", "b'x'", "gives bytes in place of str"),
        (
            "components={'sources': call}",
            "'\\ud800'",
            "fails: UnicodeEncodeError: 'utf-8' codec can't encode character",
        ),
        ("components={'sources': call}", "sys.exit(3)", "fails: SystemExit: 3"),
        ("components={'sources': call}", "throw(Unspoken())", "fails: Unspoken: Unspoken"),
        ("filters={'call': call}", "sys.exit('bye')", "fails: SystemExit: bye"),
        ("queries=(asked,)", "(one for one in 'ab')", "fails: NotImplementedError: generator cannot be written"),
        ("queries=(asked,)", "lambda: 1", "fails: NotImplementedError: function cannot be written"),
        ("body_passes=(call,)", "sys.exit()", "fails: SystemExit: SystemExit"),
        ("documents=(Wrong(),)", "'x'", "gives str in place of bytes"),
        ("documents=(Wrong(),)", "None", "gives NoneType in place of bytes"),
        ("documents=(Wrong(),)", "sys.exit(5)", "fails: SystemExit: 5"),
    ],
)
def test_what_a_plugin_gives_wrongly_is_told(tmp_path, what, result, words):
    """A result of another type, a call of sys.exit and an exception without words are told with the plugin's name."""
    text = WRONG.replace("{result}", result).replace("{what}", what)
    home = HOME_OF.get(what.partition("=")[0], "")
    site = site_with(tmp_path / "site", "wrong", files={"templates/home.html": home, "plugins/wrong.py": text})
    found = told(site)
    assert {"plugin-failed", "template-error"} >= {rule for _, rule, _ in found}
    assert [] == [sentence for *_, sentence in found if f"the plugin “wrong” {words}" not in sentence]


@pytest.mark.parametrize(
    ("result", "words"),
    [
        ("['x.json']", "gives str in place of DocumentOutput"),
        ("sys.exit(4)", "fails: SystemExit: 4"),
        (
            "[DocumentOutput('wrong', '../x.json', '/x.json', None)]",
            "fails: NotAnOutput: '../x.json' does not name a file",
        ),
        ("[DocumentOutput('wrong', '/etc/x', '/x.json', None)]", "fails: NotAnOutput: '/etc/x' does not name a file"),
        ("[DocumentOutput('wrong', '', '/x.json', None)]", "fails: NotAnOutput: '' does not name a file"),
        ("[DocumentOutput('wrong', 5, '/x.json', None)]", "fails: TypeError"),
        ("[DocumentOutput('wrong', 'x.json', 5, None)]", "gives int in place of str"),
        ("[DocumentOutput('wrong', 'x.json', '/x.json', object())]", "fails: NotImplementedError: object cannot be"),
        ("[None for _ in iter(int, 1)]", "plans for longer than 0 seconds"),
    ],
)
def test_what_a_plugin_plans_wrongly_is_told(tmp_path, monkeypatch, result, words):
    """No output that is planned lies outside the output folder, and none is of another type."""
    monkeypatch.setattr("newsgen.plugins.guards.PLUGIN_SECONDS", 0.2)
    text = WRONG.replace("{result}", "1").replace("{what}", "documents=(Wrong(),)")
    text = text.replace('[DocumentOutput("wrong", "x.json", "/x.json", None)]', result)
    site = site_with(tmp_path / "site", "wrong", files={"templates/home.html": "", "plugins/wrong.py": text})
    ((place, rule, sentence),) = told(site)
    assert ("newsgen.yaml:1:1", "plugin-failed") == (place, rule)
    assert f"the plugin “wrong” {words}" in sentence


def test_plain_words_of_a_body_pass_are_told_in_every_form(tmp_path):
    """A problem that a pass gives in a plain text is told as text, as JSON and in a report."""
    text = WRONG.replace("{what}", "body_passes=(call,)")
    text = text.replace("{result}", "given[1].problems.warn(Location('newsgen.yaml'), 'odd', 'a {brace}', 'mend it')")
    text = text.replace("import DocumentOutput", "import DocumentOutput, Location")
    site = site_with(tmp_path, "wrong", files={"templates/home.html": "", "plugins/wrong.py": text})
    for arguments in (
        ("check", "--json"),
        ("check",),
        ("build", "--report", "-"),
        ("build", "--clean", "--report", "-"),
    ):
        done = run_newsgen(*arguments, site=site)
        assert (0, True) == (done.returncode, "a {brace}" in done.stdout + done.stderr), done.stderr
