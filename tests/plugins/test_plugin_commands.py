"""Commands of plugins are found by name, get typed options, and are named where they fail; no build knows them."""

import subprocess
import sys
from pathlib import Path
from shutil import copy

import pytest

from builders import article_source, config_source, site_folder
from newsgen.cli import COMMANDS
from papers import build_site, clean_environment, run_newsgen, tree

EXAMPLES = Path(__file__).parents[2] / "examples/plugins"
STORIES = {
    "content/kinh-te/a.md": article_source(title="Nhãn", date="2022-08-01"),
    "content/kinh-te/b.md": article_source(title="Lúa", date="2022-08-02"),
}
FAILING = "raise RuntimeError('imported')\n"
ECHO = """\
import sys
from typing import Literal

import msgspec

from newsgen.api import Newsroom


class Options(msgspec.Struct):
    to: str
    size: int = 3
    is_loud: bool = False
    tags: list[str] = []
    kind: Literal["a", "b"] = "a"


def command(newsroom: Newsroom, options: Options) -> None:
    {body}
"""


def site_with(folder, /, **plugins):
    """A site with two stories and these plugins; those without a text are of the examples."""
    site = site_folder(folder, STORIES)
    (site / "plugins").mkdir()
    for name, text in plugins.items():
        if text:
            (site / f"plugins/{name}.py").write_text(text)
        else:
            copy(EXAMPLES / f"{name}.py", site / "plugins")
    return site


def echo(body="print(options)"):
    return ECHO.replace("{body}", body)


def install(folder, name, text, group="newsgen.commands", function="command"):
    """Install a package with one such function; the environment of programs that find it."""
    module = f"{name.replace('-', '_')}_of_others"
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[{group}]\n{name} = {module}:{function}\n")
    (folder / f"{module}.py").write_text(text)
    return {**clean_environment(), "PYTHONPATH": str(folder)}


def run(site, *arguments, environment=None):
    """Run newsgen in a site's folder."""
    command = [sys.executable, "-m", "newsgen", *arguments]
    environment = {**(environment or clean_environment()), "NEWSGEN_LANG": "en"}
    return subprocess.run(command, cwd=site, env=environment, capture_output=True, encoding="utf-8", check=False)


def test_the_example_prints_what_readers_see(tmp_path):
    """A file of plugins/ with a function `command` is a command, which newsgen.yaml need not name."""
    site = site_with(tmp_path, titles=None)
    done = run(site, "titles", "--count", "1", "--links")
    assert (0, "Lúa  /kinh-te/2022/08/lua.html\n", "") == (done.returncode, done.stdout, done.stderr)
    assert "Lúa\nNhãn\n" == run(site.parent, "--site", str(site), "titles").stdout
    assert [] == [*site.glob("plugins/__pycache__")]


def test_a_command_explains_itself(tmp_path):
    """`--help` tells the fields of the options with their defaults, and what the function says of itself."""
    told = run(site_with(tmp_path, titles=None), "titles", "--help").stdout
    for words in ("Print the titles of the newest stories.", "--count INTEGER", "How many titles.  [default: 10]"):
        assert words in told


def test_an_installed_package_offers_commands(tmp_path):
    """An entry point of `newsgen.commands` is found by its name, in every site."""
    environment = install(tmp_path / "installed", "shout", echo())
    site = site_with(tmp_path / "site")
    done = run(site, "shout", "--to", "x", "--is-loud", "--tags", "a", "--tags", "b", environment=environment)
    assert "Options(to='x', size=3, is_loud=True, tags=['a', 'b'], kind='a')\n" == done.stdout


def test_help_lists_the_commands_of_plugins_and_imports_none(tmp_path):
    """Each stands there with where it comes from; those that cannot be called with both that have the name."""
    environment = install(tmp_path / "installed", "shout", FAILING)
    text = f"{FAILING}\n\ndef command(newsroom):\n    pass\n"
    site = site_with(tmp_path / "site", titles=None, shout=text, build=text, week=None, quiet=text)
    done = run(site, "--help", environment=environment)
    rows = " ".join(done.stdout.partition("Commands of plugins:")[2].split())
    assert (0, "") == (done.returncode, done.stderr)
    for row in (
        "build plugins/build.py: cannot be called, for newsgen has a command of this name",
        "quiet plugins/quiet.py",
        "shout cannot be called, for two plugins have it: plugins/shout.py and shout_of_others:command",
        "titles plugins/titles.py",
    ):
        assert row in rows
    assert "week.py" not in rows


@pytest.mark.parametrize("arguments", [("build",), ("check",), ("list",)])
def test_other_commands_import_none(tmp_path, arguments):
    """What a plugin does when it is typed is nobody's business else; a file of newsgen's name hides nothing."""
    text = f"{FAILING}\n\ndef command(newsroom):\n    pass\n"
    environment = install(tmp_path / "installed", "build", text)
    site = site_with(tmp_path / "site", titles=text, check=text)
    done = run(site, *arguments, "--at", "2022-08-09", environment=environment)
    assert (0, False) == (done.returncode, "imported" in done.stdout + done.stderr)


def test_a_command_is_no_part_of_a_build(tmp_path):
    """Its file changes nothing of what is published, and a build after a change of it makes nothing."""
    site = site_with(tmp_path, titles=None)
    build_site(site)
    before = tree(site / "build")
    (site / "plugins/titles.py").write_text(FAILING)
    assert 0 == build_site(site).made
    assert before == tree(site / "build")


def test_a_name_that_two_plugins_have_is_told(tmp_path):
    """Neither is taken silently."""
    environment = install(tmp_path / "installed", "shout", echo())
    done = run(site_with(tmp_path / "site", shout=echo()), "shout", environment=environment)
    assert 2 == done.returncode
    words = "two plugins have the name “shout”: plugins/shout.py and shout_of_others:command"
    assert f"plugins/shout.py:1:1: error[bad-plugin]: {words}. fix: give plugins/shout.py another name" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ((), 2, "Missing option '--to'"),
        (("--to", "x", "--size", "y"), 2, "Invalid value for '--size': 'y' is not a valid integer."),
        (("--to", "x", "--kind", "c"), 2, "'c' is not one of 'a', 'b'"),
        (("--to", "x", "--colour"), 2, "No such option"),
        (("--to", "x", "y"), 2, "Got unexpected extra argument (y)"),
    ],
)
def test_what_is_typed_wrongly_is_told(tmp_path, arguments, code, words):
    """Options that lack, are unknown or of another type are told as those of newsgen's own commands."""
    done = run(site_with(tmp_path, shout=echo()), "shout", *arguments)
    assert (code, True) == (done.returncode, words in done.stderr)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (echo("1 / 0"), 1, "plugins/shout.py:18:1: error[plugin-failed]: the plugin “shout” fails: ZeroDivisionError"),
        (
            echo("open('/nowhere/x')"),
            1,
            "plugins/shout.py:18:1: error[plugin-failed]: the plugin “shout” fails: FileNot",
        ),
        (echo("sys.exit('no paper today')"), 1, "no paper today"),
        (echo("sys.exit(5)"), 5, ""),
        (
            f"{FAILING}def command(x):\n    pass\n",
            2,
            "plugins/shout.py:1:1: error[bad-plugin]: the plugin “shout” cannot",
        ),
        (
            "def command(\n",
            2,
            "plugins/shout.py:1:1: error[bad-plugin]: the plugin “shout” cannot be loaded: SyntaxError",
        ),
        ("def command():\n    pass\n", 2, "takes something else than its options. fix: write `def command(newsroom"),
        ("def command(a, b):\n    pass\n", 2, "takes something else than its options"),
        ("def command(a, b: int):\n    pass\n", 2, "takes something else than its options"),
        (echo("newsroom.news.latest('x')"), 1, "plugins/shout.py:18:1: error[plugin-failed]"),
        (
            echo().replace("to: str", "site: str"),
            2,
            "plugins/shout.py:1:1: error[bad-plugin]: the option `site` of the plugin “shout” is newsgen's own",
        ),
        ("def other():\n    pass\n", 2, "No such command 'shout'."),
    ],
)
def test_what_is_wrong_in_a_command_is_told_in_its_line(tmp_path, text, code, line):
    """A command that cannot be had or fails is told with its plugin and line; its own exit is its own."""
    done = run(site_with(tmp_path, shout=text), "shout", *(("--to", "x") if "class Options" in text else ()))
    assert (code, True) == (done.returncode, line in done.stderr), done.stderr
    assert "Traceback" not in done.stderr


def test_debug_shows_where_a_command_fails(tmp_path):
    """With `--debug` a plugin's writer sees the whole traceback."""
    done = run(site_with(tmp_path, shout=echo("1 / 0")), "--debug", "shout", "--to", "x")
    assert "ZeroDivisionError: division by zero" in done.stderr
    assert "Traceback" in done.stderr


def test_a_site_that_cannot_be_read_is_told_as_ever(tmp_path):
    """What is wrong with the paper is no fault of the plugin that asks for it."""
    site = site_with(tmp_path, titles=None)
    (site / "content/kinh-te/a.md").write_text("không có đầu\n")
    done = run(site, "titles")
    assert 1 == done.returncode
    assert "content/kinh-te/a.md:1:1: error[no-front-matter]" in done.stderr
    assert "1 error; `newsgen titles` did not finish" in done.stderr


def test_news_has_the_queries_of_plugins(tmp_path):
    """What plugins add to `news` is there for commands too."""
    site = site_with(tmp_path, week=None, shout=echo("print(newsroom.news.busiest_days(1), newsroom.output.name)"))
    (site / "newsgen.yaml").write_text(config_source("plugins: [week]"))
    assert "(Day(date='2022-08-01', stories=1),) build\n" == run(site, "shout", "--to", "x").stdout


def test_no_command_of_newsgen_needs_the_search(tmp_path):
    """Whoever types a command of newsgen's that calls no plugin does not wait for a look at what is installed."""
    program = "import sys; from newsgen.cli import main; main.get_command(None, sys.argv[1])"
    program += "; print('newsgen.cli.plugins' in sys.modules)"
    for name in COMMANDS.keys() - {"import", "deploy"}:
        done = subprocess.run([sys.executable, "-c", program, name], capture_output=True, encoding="utf-8", check=True)
        assert "False\n" == done.stdout


def test_a_name_that_nobody_has_is_told(tmp_path):
    """Outside a site too."""
    done = run_newsgen("shout", site=tmp_path)
    assert (2, True) == (done.returncode, "No such command 'shout'." in done.stderr)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [(("titels",), "titles"), (("deploy", "foldr"), "folder"), (("import", "spredsheet"), "spreadsheet")],
)
def test_the_nearest_command_is_suggested(tmp_path, typed, meant):
    """A slip in the name of a plugin's command, importer or deployer is answered with the nearest."""
    done = run(site_with(tmp_path, titles="", folder="", spreadsheet=""), *typed)
    assert (2, True) == (done.returncode, f"Did you mean `{meant}`?" in done.stderr), done.stderr
