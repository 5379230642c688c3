import json
import re
import signal
import subprocess
import sys

import pytest

from builders import article_source, page_source, site_folder
from newsgen import __version__
from papers import AT, build_site, clean_environment, run_newsgen, start_newsgen, tree, weekly

TRACEBACK = "Traceback (most recent call last)"


def broken(folder):
    """A site with one fault in a story, and an output of before it."""
    site = site_folder(folder, weekly())
    build_site(site)
    return site_folder(site, {"content/kinh-te/tin-00.md": "không có đầu\n"})


def small_site(folder):
    return site_folder(folder / "site", weekly())


def run_with(site, replacement, *arguments):
    """Run `newsgen build` with another function in the build's place."""
    lines = ("import newsgen.cli.build as file", "def build(*_):", f"    {replacement}", "file.build = build")
    program = "\n".join([*lines, "from newsgen.cli import main", "main()"])
    command = [sys.executable, "-c", program, *arguments, "build"]
    return subprocess.run(
        command, cwd=site, env=clean_environment(), capture_output=True, encoding="utf-8", check=False
    )


@pytest.mark.parametrize("command", [("build", *AT), ("check", *AT), ("list",), ("build", "--no-such-option")])
def test_what_tests_run_is_what_a_terminal_runs(tmp_path, command):
    """A fork of the tests' process ends as a Python that is started: exit code, words and output."""
    ends = []
    for run in (run_newsgen, start_newsgen):
        site = broken(tmp_path / run.__name__)
        done = run(*command, site=site)
        ends.append((done.returncode, done.stdout, done.stderr, tree(site / "build")))
    assert ends[0] == ends[1]


def test_the_version_is_told(tmp_path):
    """`--version` and `-V` print the version alone."""
    for option in ("--version", "-V"):
        done = run_newsgen(option, site=tmp_path)
        assert (0, f"newsgen {__version__}\n", "") == (done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("command", [(), ("build",), ("explain",), ("new",), ("init",), ("completion",)])
def test_every_command_explains_itself(tmp_path, command):
    """`--help` and `-h` work everywhere, outside a site too."""
    for option in ("--help", "-h"):
        done = run_newsgen(*command, option, site=tmp_path)
        assert (0, "") == (done.returncode, done.stderr)
        assert done.stdout.startswith("Usage: ")


def test_a_build_tells_in_one_line_what_was_done(tmp_path):
    """In a pipe a build that succeeds prints one line to the standard output, and nothing else."""
    site = site_folder(tmp_path, weekly())
    done = run_newsgen("build", *AT, site=site)
    assert (0, "") == (done.returncode, done.stderr)
    assert re.fullmatch(r"12 stories, \d+ pages, \d+ files in \d+\.\d s → build/\n", done.stdout)


def test_one_story_is_one_story(tmp_path):
    """The line of a paper with one story says so."""
    done = run_newsgen("build", *AT, site=site_folder(tmp_path, {"content/a.md": article_source()}))
    assert done.stdout.startswith("1 story, ")


def test_a_site_can_be_built_from_elsewhere(tmp_path):
    """With `--site` the paper is built wherever one stands; `--output` is seen from where one stands."""
    site_folder(tmp_path / "báo", weekly())
    assert 0 == run_newsgen("--site", "báo", "build", *AT, site=tmp_path).returncode
    assert 0 == run_newsgen("--site", "báo", "build", "--output", "ra", *AT, site=tmp_path).returncode
    assert tree(tmp_path / "báo" / "build") == tree(tmp_path / "ra") != {}


def test_at_and_drafts_choose_what_is_public(tmp_path):
    """`--at` gives the paper of that moment, `--drafts` adds what is not yet public."""
    site = site_folder(tmp_path, {**weekly(), "content/kinh-te/sau.md": article_source(date="2023-01-01")})
    counts = [
        run_newsgen("build", *options, site=site).stdout.partition(" ")[0]
        for options in (AT, ("--at", "2023-01-01"), (*AT, "--drafts"))
    ]
    assert ["12", "13", "13"] == counts


def test_faults_are_printed_and_counted(tmp_path):
    """A fault in the content ends with 1: its line, then the count, on the standard error, and no new output."""
    site = broken(tmp_path)
    before = tree(site / "build")
    done = run_newsgen("build", *AT, site=site)
    assert (1, "") == (done.returncode, done.stdout)
    first, last = done.stderr.splitlines()
    assert first.startswith("content/kinh-te/tin-00.md:1:1: error[no-front-matter]: ")
    assert "1 error; build/ unchanged" == last
    assert before == tree(site / "build")


def test_fifty_faults_are_shown_and_the_rest_counted(tmp_path):
    """Of many different faults fifty are printed, then how many more there are, and the last line counts all."""
    files = {f"content/{n:03}.md": article_source(f"la-{n:03}: x") for n in range(60)}
    lines = run_newsgen("build", *AT, site=site_folder(tmp_path, files)).stderr.splitlines()
    counted = ["… and 10 more; `newsgen check --all` prints each", "      60  error[unknown-key] in 60 files"]
    assert (53, [*counted, "60 errors; build/ unchanged"]) == (len(lines), lines[-3:])


def test_warnings_are_printed_and_the_paper_is_built(tmp_path):
    """A warning is told on the standard error, and the build succeeds."""
    files = {
        "content/a.md": article_source(body="[x](b.md)\n"),
        "content/b.md": article_source("status: draft", title="Nháp"),
    }
    done = run_newsgen("build", *AT, site=site_folder(tmp_path, files))
    assert 0 == done.returncode
    assert done.stderr.startswith("content/a.md:5:5: warning[unpublished-link]: ")
    assert 1 == len(done.stderr.splitlines())


def test_a_report_says_what_was_done(tmp_path):
    """`--report` writes the counts, the seconds of each stage and the warnings as JSON."""
    site = site_folder(tmp_path, {**weekly(), "content/pages/x.md": page_source(body="[x](y.md)\n")})
    site_folder(site, {"content/pages/y.md": page_source("status: draft", title="Y")})
    assert 0 == run_newsgen("build", *AT, "--report", "report.json", site=site).returncode
    facts = json.loads((site / "report.json").read_text())
    counts = {"pages", "made", "kept", "changed", "files", "stories", "removed", "pictures"}
    assert {*counts, "addresses", "seconds", "profile", "problems"} == facts.keys()
    assert (facts["pages"], 0, None) == (facts["made"], facts["kept"], facts["profile"])
    assert (12, 0) == (facts["stories"], facts["removed"])
    [problem] = facts["problems"]
    assert ("warning", "unpublished-link") == (problem["level"], problem["rule"])
    assert {"path": "content/pages/x.md", "line": 4, "column": 5} == problem["location"]


def test_a_report_is_written_of_a_failure_too(tmp_path):
    """When the build fails the report holds its problems."""
    site = broken(tmp_path)
    assert 1 == run_newsgen("build", *AT, "--report", "report.json", site=site).returncode
    facts = json.loads((site / "report.json").read_text())
    assert (0, ["no-front-matter"]) == (facts["pages"], [problem["rule"] for problem in facts["problems"]])


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("bild",), "No such command 'bild'. Did you mean `build`?"),
        (("build", "--drfts"), "--drfts"),
        (("build", "--jobs", "0"), "Invalid value for '--jobs'"),
        (("build", "--at", "hôm qua"), "--at:1:1: error[bad-value]: `--at` is not a date: “hôm qua”"),
        (("build", "--output", "content"), "content:1:1: error[foreign-output]: "),
        (("--site", "khong-co", "build"), "Invalid value for '--site'"),
        (("new", "Tin", "--section", "la"), "--section:1:1: error[unknown-section]: "),
        (("new",), "Missing argument 'TITLE'"),
        (("init", "."), "error[not-empty]: "),
        (("completion", "tcsh"), "Invalid value for"),
    ],
)
def test_a_slip_on_the_command_line_ends_with_2(tmp_path, arguments, told):
    """What is wrong with the command line is said on the standard error; nothing is written."""
    site = site_folder(tmp_path, weekly())
    before = tree(site)
    done = run_newsgen(*arguments, site=site)
    assert (2, "") == (done.returncode, done.stdout)
    assert told in done.stderr
    assert TRACEBACK not in done.stderr
    assert before == tree(site)


def test_an_epoch_that_is_no_number_ends_with_2(tmp_path):
    """A SOURCE_DATE_EPOCH that is no number is a fault of the command line."""
    done = run_newsgen("build", site=site_folder(tmp_path, weekly()), env={"SOURCE_DATE_EPOCH": "x"})
    assert (2, "1 error; build/ unchanged") == (done.returncode, done.stderr.splitlines()[-1])


def test_the_folder_that_is_unchanged_is_named(tmp_path):
    """The last line of a failed build names the output that it was for."""
    done = run_newsgen("build", *AT, "--output", "ra/web", site=broken(tmp_path))
    assert "1 error; web/ unchanged" == done.stderr.splitlines()[-1]


def test_a_bug_is_told_in_one_line_and_ends_with_4(tmp_path):
    """What nobody expected is named as a bug, without a traceback unless `--debug` asks for it."""
    done = run_with(small_site(tmp_path), "return 1 / 0")
    expected = (
        "newsgen: a bug in newsgen: ZeroDivisionError: division by zero."
        " fix: run with --debug and report what it prints\n"
    )
    assert (4, "", expected) == (done.returncode, done.stdout, done.stderr)
    assert TRACEBACK in run_with(small_site(tmp_path), "return 1 / 0", "--debug").stderr


def test_ctrl_c_ends_the_process_as_the_shell_expects(tmp_path):
    """An interrupted build says that the output is unchanged, and dies of the signal."""
    done = run_with(small_site(tmp_path), "raise KeyboardInterrupt")
    assert (-signal.SIGINT, "interrupted; build/ unchanged\n") == (done.returncode, done.stderr)


def test_ctrl_c_before_a_command_begins_ends_alike(tmp_path):
    """Interrupted while a command is still being imported, the process dies of the signal as well."""
    lines = ("import newsgen.cli as cli", "def import_module(_name):", "    raise KeyboardInterrupt")
    program = "\n".join([*lines, "cli.import_module = import_module", "cli.main()"])
    command = [sys.executable, "-c", program, "build"]
    done = subprocess.run(command, cwd=tmp_path, env=clean_environment(), capture_output=True, text=True, check=False)
    assert (-signal.SIGINT, "interrupted\n") == (done.returncode, done.stderr)


@pytest.mark.parametrize("callback", ["finaliser", "weak reference"])
def test_an_interrupt_that_python_would_drop_is_heard(tmp_path, callback):
    """Python forgets what a finaliser or a weak reference's callback raises; an interrupt there still ends the run."""
    raises = "lambda *_: (signal.raise_signal(signal.SIGINT), 1 + 1)"
    lines = {
        "finaliser": f"type('Held', (), {{'__del__': {raises}}})()",
        "weak reference": f"held = set(); dropped = weakref.ref(held, {raises}); del held",
    }
    heard = "import signal, weakref; signal.signal(signal.SIGINT, signal.default_int_handler)"
    done = run_with(small_site(tmp_path), f"{heard}; {lines[callback]}; raise SystemExit('it went on')")
    assert (-signal.SIGINT, "interrupted\n") == (done.returncode, done.stderr)


def test_what_else_python_drops_is_still_printed(tmp_path):
    """A fault in a finaliser that is no interrupt is printed as Python prints it."""
    done = run_with(small_site(tmp_path), "type('Held', (), {'__del__': lambda _: 1 / 0})(); raise KeyboardInterrupt")
    assert -signal.SIGINT == done.returncode
    assert "ZeroDivisionError" in done.stderr


def test_a_build_interrupted_after_publishing_says_so(tmp_path):
    """When the new tree is there already, an interrupted build says that, and not that nothing was changed."""
    site = small_site(tmp_path)
    stop = "raise KeyboardInterrupt"
    opened = "from newsgen.build.changes import Changes"
    lines = (opened, "def find(*_):", f"    {stop}", "Changes.find = find")
    program = "\n".join([*lines, "from newsgen.cli import main", "main()"])
    command = [sys.executable, "-c", program, "build", *AT]
    done = subprocess.run(
        command, cwd=site, env=clean_environment(), capture_output=True, encoding="utf-8", check=False
    )
    assert (-signal.SIGINT, "interrupted; build/ is the new paper; build again to finish\n") == (
        done.returncode,
        done.stderr,
    )
    assert (site / "build" / "index.html").is_file()


def test_new_prints_the_path_it_wrote(tmp_path):
    """`newsgen new` prints the article's path, so that an editor's program can open it, and beside it the address."""
    site = small_site(tmp_path)
    done = run_newsgen("new", "Tiêu đề: “mới”", "--section", "kinh-te", *AT, site=site)
    address = "newsgen serve shows it at http://127.0.0.1:8000/kinh-te/2022/08/tieu-de-moi.html\n"
    assert (0, "content/kinh-te/tieu-de-moi.md\n", address) == (done.returncode, done.stdout, done.stderr)
    assert "date: 2022-08-07 07:51\n" in (site / "content/kinh-te/tieu-de-moi.md").read_text()


def test_new_does_not_overwrite(tmp_path):
    """A second article of the same title is refused with 1."""
    site = small_site(tmp_path)
    codes = [run_newsgen("new", "Tin", "--section", "kinh-te", *AT, site=site).returncode for _ in range(2)]
    assert [0, 1] == codes


def test_init_says_what_to_do_next(tmp_path):
    """`newsgen init` makes a site and prints the commands that build it."""
    done = run_newsgen("init", "bao-moi", site=tmp_path)
    assert (0, "A new site is in bao-moi/\nNow: cd bao-moi && newsgen build\n") == (done.returncode, done.stdout)
    assert 0 == run_newsgen("build", site=tmp_path / "bao-moi").returncode


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(tmp_path, shell):
    """Each shell's completion script is printed."""
    done = run_newsgen("completion", shell, site=tmp_path)
    assert 0 == done.returncode
    assert "_NEWSGEN_COMPLETE" in done.stdout


def test_a_report_that_cannot_be_written_is_told_before_anything_is_done(tmp_path):
    """A report in a folder that is not there ends with 2 and no output, whether the site is good or not."""
    for site in (small_site(tmp_path), site_folder(tmp_path / "bad", {"content/a.md": "x"})):
        done = run_newsgen("build", *AT, "--report", "khong-co/report.json", site=site)
        assert (2, "", False) == (done.returncode, done.stdout, (site / "build").exists())
        assert "a bug in newsgen" not in done.stderr


def test_an_ascii_terminal_does_not_turn_a_published_build_into_a_bug(tmp_path):
    """A standard output that cannot show the arrow still ends with 0."""
    done = run_newsgen("build", *AT, site=small_site(tmp_path), env={"PYTHONIOENCODING": "ascii"})
    assert (0, "") == (done.returncode, done.stderr)


def test_an_output_with_too_long_a_name_is_refused_by_the_machine(tmp_path):
    """A name that no file system takes ends with 2 or 3."""
    done = run_newsgen("build", *AT, "--output", "x" * 300, site=small_site(tmp_path))
    assert done.returncode in (2, 3)
