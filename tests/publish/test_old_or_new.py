import errno
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from builders import article_source, site_folder
from clean_builds import chance, tier
from newsgen.core.errors import ConfigError, ContentError, MachineError
from newsgen.publish.build_info import BUILD_INFO
from newsgen.publish.tree import Tree
from papers import build_site, clean_environment, tree, weekly

pytestmark = pytest.mark.usefixtures("one_process")
KILLER = Path(__file__).parents[1] / "support" / "killed_build.py"
COMMAND = [sys.executable, "-m", "newsgen", "build", "--at", "2022-08-07 07:51"]


def edited_site(folder):
    """A site built once and edited since; its tree of before, and the one that a build gives now."""
    site = site_folder(folder / "site", weekly())
    build_site(site)
    old = tree(site / "build")
    site_folder(site, {"content/kinh-te/tin-00.md": article_source(title="Tin số không"), "static/new.txt": "mới"})
    (site / "static" / "logo.svg").unlink()
    shutil.copytree(site, folder / "twin", ignore=shutil.ignore_patterns("build", ".newsgen"))
    build_site(folder / "twin")
    return site, old, tree(folder / "twin" / "build")


def is_tidy(site):
    """Whether a site's state holds what runs keep for the next, and nothing half done."""
    state = site / ".newsgen" / "build"
    kept = {"lock", "tree", "trees.sqlite", "reading.sqlite", "paper.sqlite", "traces", "index", "segments", "last"}
    strange = {path.name for path in state.iterdir()} - kept
    assert set() == strange
    return ["build"] == [path.name for path in (site / ".newsgen").iterdir()]


def kill(site, step):
    command = [sys.executable, str(KILLER), str(site), str(step)]
    return subprocess.run(command, env=clean_environment(), capture_output=True, encoding="utf-8", check=False)


def was_killed(site, step, steps):
    """Kill a build at a step; whether it came so far, for one may take some steps fewer than another."""
    code = kill(site, step).returncode
    assert -signal.SIGKILL == code or (code == 0 and step > len(steps) * 0.9)
    return code != 0


@pytest.mark.parametrize(
    ("error", "rule"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "/x"), "disk-full"),
        (OSError(errno.EDQUOT, "Disk quota exceeded", "/x"), "disk-full"),
        (PermissionError(errno.EACCES, "Permission denied", "/x"), "permission"),
        (OSError(errno.EIO, "Input/output error", "/x"), "machine"),
    ],
)
@pytest.mark.parametrize("after", [0, 9, BUILD_INFO])
def test_a_machine_that_refuses_leaves_the_old_tree(tmp_path, monkeypatch, error, rule, after):
    """When the disk refuses a write, be it the first or the last, the old tree stays and nothing half done is left."""
    site, old, new = edited_site(tmp_path)
    fail_after(monkeypatch, after, error)
    with pytest.raises(MachineError) as caught:
        build_site(site)
    assert [rule] == [problem.rule for problem in caught.value.problems]
    assert old == tree(site / "build")
    assert is_tidy(site)
    monkeypatch.undo()
    build_site(site)
    assert new == tree(site / "build")


@pytest.mark.parametrize("error", [KeyboardInterrupt(), MemoryError(), ZeroDivisionError()])
def test_any_other_end_leaves_the_old_tree(tmp_path, monkeypatch, error):
    """Ctrl-C or a bug in the middle of the writing leaves the old tree and passes on."""
    site, old, _ = edited_site(tmp_path)
    fail_after(monkeypatch, 7, error)
    with pytest.raises(type(error)):
        build_site(site)
    assert old == tree(site / "build")
    assert is_tidy(site)


@pytest.mark.parametrize(
    ("files", "family"),
    [
        ({"content/kinh-te/tin-01.md": "không có đầu\n"}, ContentError),
        ({"content/kinh-te/tin-01.md": article_source(body="[a](/khong-co.html)\n")}, ContentError),
        ({"templates/article.html": "{{ nope }}"}, ContentError),
        ({"data/gia.json": "{"}, ContentError),
        ({"newsgen.yaml": "title: [\n"}, ConfigError),
    ],
)
def test_faults_leave_the_old_tree(tmp_path, files, family):
    """A fault in an article, a link, a template, data or newsgen.yaml leaves the old tree."""
    site, old, _ = edited_site(tmp_path)
    for name, text in files.items():
        (site / name).parent.mkdir(exist_ok=True)
        (site / name).write_text(text)
    with pytest.raises(family):
        build_site(site)
    assert old == tree(site / "build")
    assert is_tidy(site)


def test_a_first_build_that_fails_makes_no_output(tmp_path):
    """Where there was no output there is none after a failed build."""
    site = site_folder(tmp_path, {"content/a.md": article_source(body="![](khong-co.png)\n")})
    with pytest.raises(ContentError):
        build_site(site)
    assert not (site / "build").exists()


def test_a_file_that_cannot_be_written_whole_is_not_published(tmp_path):
    """Where the system lets no file grow past one of the site, the run ends with 3 and the old tree stays."""
    site, old, _ = edited_site(tmp_path)
    (site / "static/large.bin").write_bytes(bytes(1 << 20))
    limited = ["sh", "-c", 'ulimit -f 1000; exec "$@"', "sh", *COMMAND]
    done = subprocess.run(
        limited, cwd=site, env=clean_environment(), capture_output=True, encoding="utf-8", check=False
    )
    assert 3 == done.returncode
    assert "error[machine]: the system reports: File too large" in done.stderr
    assert done.stderr.endswith("1 error; build/ unchanged\n")
    assert old == tree(site / "build")


def test_a_killed_build_leaves_the_old_tree_or_the_new(tmp_path):
    """A build killed at any step, those around the exchange among them, leaves one whole tree; the next build works,
    and nothing of the killed one is left.
    """
    site, old, new = edited_site(tmp_path)
    shutil.copytree(site, tmp_path / "counted")
    steps = kill(tmp_path / "counted", -1).stdout.split()
    around = [n for n, step in enumerate(steps) if step.startswith("ctypes")]
    others = chance("old or new").sample(range(len(steps)), tier(3, 40))
    chosen = {*others, *around, *range(around[-1] + 1, around[-1] + 5), len(steps) - 1}
    found = []
    for step in sorted(chosen):
        victim = shutil.copytree(site, tmp_path / str(step))
        killed = was_killed(victim, step, steps)
        found.append(tree(victim / "build"))
        assert found[-1] in ((old, new) if killed else (new,))
        build_site(victim)
        assert new == tree(victim / "build")
        assert is_tidy(victim)
    assert [old, new] == [found[0], found[-1]]


def test_a_killed_first_build_leaves_nothing_or_all(tmp_path):
    """Killed before there ever was an output, a build leaves none or the whole."""
    site = site_folder(tmp_path / "site", weekly())
    shutil.copytree(site, tmp_path / "counted")
    steps = kill(tmp_path / "counted", -1).stdout.split()
    new = tree(tmp_path / "counted" / "build")
    for step in (1, len(steps) // 2, len(steps) - 2, len(steps) - 1):
        victim = shutil.copytree(site, tmp_path / str(step))
        killed = was_killed(victim, step, steps)
        assert tree(victim / "build") in (({}, new) if killed else (new,))
        build_site(victim)
        assert new == tree(victim / "build")


def test_two_builds_at_once_both_end_well(tmp_path):
    """Of builds started together each waits for the other; both succeed, and the tree is the new one."""
    site, _, new = edited_site(tmp_path)
    running = [
        subprocess.Popen(COMMAND, cwd=site, env=clean_environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    errors = [process.communicate()[1] for process in running]
    assert ([0, 0, 0], [b"", b"", b""]) == ([process.returncode for process in running], errors)
    assert new == tree(site / "build")
    assert is_tidy(site)


def fail_after(monkeypatch, last, error):
    """Let the machine refuse every write but the first `last`, or from that of the output `last` on."""
    write, calls = Tree.write_bytes, []

    def refuse(one, output, data):
        if last in (output, len(calls)):
            raise error
        calls.append(output)
        return write(one, output, data)

    monkeypatch.setattr(Tree, "write_bytes", refuse)
