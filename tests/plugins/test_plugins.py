"""Plugins are found by their names, get typed options, and whatever is wrong with one is told in its line."""

import pytest

from builders import config_source, site_folder
from newsgen.config.reading import read_config
from newsgen.core.errors import ConfigError
from newsgen.plugins.loading import load_plugins

SHOUT = """\
import msgspec

from newsgen.api import Plugin


class Options(msgspec.Struct):
    mark: str = "!"
    times: int = 1


def plugin(options: Options) -> Plugin:
    def shout(text: str) -> str:
        return text + options.mark * options.times

    return Plugin(filters={"shout": shout})
"""
PLAIN = "from newsgen.api import Plugin\n\n\ndef plugin():\n    return Plugin(filters={'plain': str})\n"


def loaded(folder, files, *lines):
    """The plugins of a site with these files, as its newsgen.yaml switches them on."""
    site = site_folder(folder, files, config_source(*lines))
    return load_plugins(site, read_config(site)).loaded


def told(folder, files, *lines):
    """What is wrong with the plugins of a site: the place, the rule, the words."""
    with pytest.raises(ConfigError) as fault:
        loaded(folder, files, *lines)
    return [(str(one.location), one.rule, str(one.what), str(one.fix)) for one in fault.value.problems]


def package(folder, monkeypatch, name, text):
    """Install a package with one plugin of its own name."""
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[newsgen.plugins]\n{name} = {name}_of_others:plugin\n")
    (folder / f"{name}_of_others.py").write_text(text)
    monkeypatch.syspath_prepend(folder)


def test_a_site_has_plugins_of_its_own(tmp_path):
    """A file in plugins/ is a plugin, whose options are those of newsgen.yaml; without any it has its defaults."""
    (one,) = loaded(tmp_path, {"plugins/loud_titles.py": SHOUT}, "plugins: [loud-titles: {mark: '?', times: 2}]")
    assert ("loud-titles", "plugins/loud_titles.py") == (one.name, one.origin)
    assert "Mưa??" == one.plugin.filters["shout"]("Mưa")
    (one,) = loaded(tmp_path, {}, "plugins: [loud-titles]")
    assert "Mưa!" == one.plugin.filters["shout"]("Mưa")


def test_plugins_are_loaded_in_the_order_of_the_settings(tmp_path):
    """Of two plugins the one that newsgen.yaml names first comes first."""
    files = {"plugins/b.py": PLAIN, "plugins/a.py": PLAIN.replace("plain", "other")}
    assert ["b", "a"] == [one.name for one in loaded(tmp_path, files, "plugins: [b, a]")]


def test_an_installed_package_offers_plugins(tmp_path, monkeypatch):
    """An entry point of an installed package is found by its name."""
    package(tmp_path / "installed", monkeypatch, "ready", PLAIN)
    (one,) = loaded(tmp_path / "site", {}, "plugins: [ready]")
    assert ("ready", "ready_of_others:plugin") == (one.name, one.origin)


def test_plugins_of_a_site_may_share_code(tmp_path):
    """A file whose name begins with an underscore is no plugin, and is imported by others."""
    files = {"plugins/a.py": "from ._shared import plugin\n", "plugins/_shared.py": PLAIN}
    (one,) = loaded(tmp_path, files, "plugins: [a]")
    assert ["plain"] == [*one.plugin.filters]
    assert [] == [*(tmp_path / "plugins").glob("__pycache__")]


def test_a_digest_follows_code_and_options(tmp_path):
    """Other options, other code, or other code that is shared give another digest; the same give the same."""
    digests = []
    for text, options in [(SHOUT, ""), (SHOUT, ""), (SHOUT, ": {times: 2}"), (SHOUT + "\n", ""), (SHOUT + "\n", "")]:
        shared = {"plugins/_shared.py": "x = 1\n" if len(digests) == 4 else "x = 2\n"}
        (one,) = loaded(tmp_path, {"plugins/a.py": text, **shared}, f"plugins: [a{options}]")
        digests.append(one.digest)
    assert digests[0] == digests[1]
    assert 4 == len(set(digests))


def test_a_changed_plugin_is_loaded_anew(tmp_path):
    """In one process, such as the preview's, a saved plugin counts."""
    loaded(tmp_path, {"plugins/a.py": PLAIN}, "plugins: [a]")
    (one,) = loaded(tmp_path, {"plugins/a.py": PLAIN.replace("'plain'", "'other'")}, "plugins: [a]")
    assert ["other"] == [*one.plugin.filters]


@pytest.mark.parametrize(
    ("line", "place", "words", "fix"),
    [
        ("plugins: [lod]", "newsgen.yaml:3:11", "there is no plugin “lod”", "did you mean `loud`?"),
        (
            "plugins: [weather]",
            "newsgen.yaml:3:11",
            "there is no plugin “weather”",
            "install the package that has it, or write plugins/weather.py",
        ),
        ("plugins: [plain: {a: 1}]", "newsgen.yaml:3:18", "the plugin “plain” has no options", "write `- plain`"),
        ("plugins: [plain, plain]", "newsgen.yaml:3:18", "the plugin “plain” stands twice in `plugins`", "remove one"),
        ("plugins: [Bad Name]", "newsgen.yaml:3:11", "an entry of `plugins` is no name of a plugin", "write `- name`"),
    ],
)
def test_what_is_wrong_in_the_settings_is_told_there(tmp_path, line, place, words, fix):
    """A name that is not there, or is given wrongly, is told where it stands, with what to write."""
    files = {"plugins/loud.py": SHOUT, "plugins/plain.py": PLAIN}
    ((where, _, what, todo),) = told(tmp_path, files, line)
    assert (place, words) == (where, what)
    assert todo.startswith(fix)


def test_options_are_told_one_by_one(tmp_path):
    """An unknown option and a value of another type are told where they stand."""
    line = "plugins:\n  - loud:\n      tims: 2\n      mark: [a]"
    found = [(where, rule) for where, rule, *_ in told(tmp_path, {"plugins/loud.py": SHOUT}, line)]
    assert [("newsgen.yaml:5:7", "unknown-key"), ("newsgen.yaml:6:13", "wrong-type")] == found


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("import nowhere\n", "plugins/a.py:1:1", "cannot be loaded: ModuleNotFoundError: No module named 'nowhere'"),
        ("x = 1\ndef plugin(\n", "plugins/a.py:2:1", "cannot be loaded: SyntaxError: '(' was never closed"),
        ("x = 1\n", "plugins/a.py:1:1", "has no function `plugin`"),
        ("def plugin():\n    return 1\n", "newsgen.yaml:3:11", "gives int, and no Plugin"),
        (
            "def plugin():\n    return 1 / 0\n",
            "plugins/a.py:2:1",
            "cannot be loaded: ZeroDivisionError: division by zero",
        ),
        ("def plugin(options: int):\n    pass\n", "newsgen.yaml:3:11", "takes something else than its options"),
        ("import sys\nsys.exit(3)\n", "plugins/a.py:2:1", "cannot be loaded: SystemExit: 3"),
        ("def plugin():\n    raise KeyError\n", "plugins/a.py:2:1", "cannot be loaded: KeyError: KeyError"),
        (
            "class E(Exception):\n    __str__ = 1\nraise E()\n",
            "plugins/a.py:3:1",
            "cannot be loaded: E: E",
        ),
        ("plugin = dict\n", "newsgen.yaml:3:11", "takes something else than its options"),
        ("def plugin(options: 'nothing'):\n    pass\n", "newsgen.yaml:3:11", "takes something else than its options"),
        ("while True:\n    pass\n", "newsgen.yaml:3:11", "loading the plugin “a” takes longer than 0 seconds"),
    ],
)
def test_what_is_wrong_in_a_plugin_is_told_in_its_line(tmp_path, monkeypatch, text, place, words):
    """A plugin that cannot be loaded is told in the line of its file, else in that of newsgen.yaml."""
    if "while" in text:
        monkeypatch.setattr("newsgen.plugins.loading.PLUGIN_SECONDS", 0.2)
    ((where, rule, what, _),) = told(tmp_path, {"plugins/a.py": text}, "plugins: [a]")
    assert (place, "bad-plugin") == (where, rule)
    assert what.endswith(words)


def test_two_plugins_of_one_name_are_told(tmp_path, monkeypatch):
    """A site's own plugin does not hide an installed one."""
    package(tmp_path / "installed", monkeypatch, "ready", PLAIN)
    ((where, _, what, fix),) = told(tmp_path / "site", {"plugins/ready.py": PLAIN}, "plugins: [ready]")
    assert ("newsgen.yaml:3:11", "give plugins/ready.py another name") == (where, fix)
    assert what.startswith("two plugins have the name “ready”: plugins/ready.py, and ready_of_others:plugin")


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("filters={'date': str}", "the filter “date” is there twice: of newsgen and of a"),
        ("filters={'upper': str}", "the filter “upper” is there twice: of newsgen and of a"),
        ("queries=(latest,)", "the query “latest” is there twice: of newsgen and of a"),
        (
            "components={'gia': lambda html, argument: html}",
            "the component “gia” is there twice: of b and of a",
        ),
        ("components={'hop': lambda html, argument: html}", "the component “hop” is there twice: of newsgen and of a"),
    ],
)
def test_a_name_that_is_taken_is_told(tmp_path, what, words):
    """What newsgen or another plugin has given a name cannot be given it again."""
    text = "from newsgen.api import Plugin, query\n\n\n@query('x')\ndef latest(news):\n    return 1\n\n\n"
    files = {
        "plugins/a.py": f"{text}def plugin():\n    return Plugin({what})\n",
        "plugins/b.py": f"{text}def plugin():\n    return Plugin(components={{'gia': lambda html, argument: html}})\n",
    }
    ((where, rule, said, _),) = told(tmp_path, files, "plugins: [b, a]")
    assert ("newsgen.yaml:3:14", "bad-plugin", words) == (where, rule, said)


PARTS = """\
from pathlib import Path

from newsgen.api import Check, Plugin, query


class Named:
    name = "named"

    def plan(self, paper):
        return ()

    def write(self, output, ask):
        return b""


@query("what is asked")
def asked(news):
    return 1


@query("the {number} latest")
def misnamed(news, count):
    return 1


def plugin():
    return Plugin({what})
"""


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("queries=asked", "`queries` takes functions that are declared with `query`"),
        ("queries=(Named.plan,)", "`queries` takes functions that are declared with `query`"),
        ("queries=(asked, asked)", "`queries` takes functions that are declared with `query`, each with a name of"),
        ("queries=(misnamed,)", "the words of the query “misnamed” name what is no parameter of it"),
        ("filters=[str]", "`filters` takes functions by name"),
        ("filters={'in words': str}", "`filters` takes functions by name"),
        ("filters={'words': 1}", "`filters` takes functions by name"),
        ("components={'Big Box': str}", "`components` takes functions by name"),
        ("components={'box': 'box'}", "`components` takes functions by name"),
        (
            "components={'box': lambda html: html}",
            "the component “box” takes other parameters than `def box(html: str,",
        ),
        ("body_passes=(1,)", "`body_passes` takes functions"),
        ("documents=(object(),)", "`documents` takes objects with `name`, `plan` and `write`"),
        ("documents=(Named(), Named())", "`documents` takes objects with `name`, `plan` and `write`, each with a name"),
        ("checks=Check(rules=['odd'], story=print)", "`checks` takes Checks"),
        ("checks=(print,)", "`checks` takes Checks"),
        ("checks=(Check(story=print),)", "`checks` takes Checks, each with the names of its rules"),
        (
            "checks=(Check(rules=('odd'), story=print),)",
            "`checks` takes Checks, each with the names of its rules, such as",
        ),
        ("checks=(Check(rules=['is odd'], story=print),)", "`checks` takes Checks"),
        ("checks=(Check(rules=['odd']),)", "`checks` takes Checks"),
        ("checks=(Check(rules=['odd'], story=1),)", "`checks` takes Checks"),
        ("theme='cards'", "`theme` takes the Path of a folder that is there"),
        ("theme=Path('/nowhere')", "`theme` takes the Path of a folder that is there"),
    ],
)
def test_a_part_of_another_type_is_told(tmp_path, what, words):
    """What is no query, filter, component, pass, document or theme is told in the line that gives it."""
    ((where, rule, said, _),) = told(tmp_path, {"plugins/a.py": PARTS.replace("{what}", what)}, "plugins: [a]")
    assert ("plugins/a.py:27:1", "bad-plugin") == (where, rule)
    assert f"the plugin “a” cannot be loaded: TypeError: {words}" in said


def test_a_query_takes_no_name_of_what_templates_ask(tmp_path):
    """A query is told whose name is that of another method of `news`, which newsgen itself calls."""
    text = (
        PARTS.replace("{what}", "queries=(asked,)")
        .replace("def asked", "def find_answer")
        .replace("(asked", "(find_answer")
    )
    ((_, _, said, _),) = told(tmp_path, {"plugins/a.py": text}, "plugins: [a]")
    assert "the query “find_answer” is there twice: of newsgen and of a" == said


def test_two_files_of_one_name_are_told(tmp_path):
    """Neither of two files that are one plugin is taken silently."""
    ((where, _, said, fix),) = told(tmp_path, {"plugins/a-b.py": PLAIN, "plugins/a_b.py": PLAIN}, "plugins: [a-b]")
    assert "two plugins have the name “a-b”: plugins/a_b.py and plugins/a-b.py" == said
    assert ("newsgen.yaml:3:11", "give plugins/a-b.py another name") == (where, fix)


def test_a_digest_follows_folders(tmp_path):
    """A module in a folder of plugins/ may be shared by plugins: other code of it gives another digest."""
    files = {"plugins/a.py": "from .parts.one import plugin\n", "plugins/parts/one.py": PLAIN}
    (one,) = loaded(tmp_path, files, "plugins: [a]")
    (other,) = loaded(tmp_path, {"plugins/parts/one.py": PLAIN + "\n"}, "plugins: [a]")
    assert one.digest != other.digest


REFUSING = """\
import sys

import msgspec

from newsgen.api import Plugin


class Options(msgspec.Struct):
    size: {kind} = 1

    def __post_init__(self):
        {check}


def plugin(options: Options) -> Plugin:
    return Plugin()
"""


@pytest.mark.parametrize(
    ("kind", "check", "options", "place", "words"),
    [
        ("int", "raise ValueError('odd size')", ": {size: 3}", "newsgen.yaml:3:14", "refuses its options: odd size"),
        ("int", "raise ValueError('odd size')", "", "newsgen.yaml:3:11", "refuses its options: odd size"),
        ("int", "sys.exit(2)", ": {size: 3}", "plugins/a.py:12:1", "cannot be loaded: SystemExit: 2"),
        (
            "object",
            "pass",
            ": {size: 3}",
            "newsgen.yaml:3:11",
            "cannot be loaded: NotImplementedError: <class 'object'>",
        ),
    ],
)
def test_options_that_a_plugin_refuses_are_told(tmp_path, kind, check, options, place, words):
    """Options are told that are of the right type and refused all the same, and never taken as none."""
    text = REFUSING.replace("{kind}", kind).replace("{check}", check)
    ((where, rule, said, _),) = told(tmp_path, {"plugins/a.py": text}, f"plugins: [a{options}]")
    assert (place, "bad-plugin") == (where, rule)
    assert f"the plugin “a” {words}" in said
