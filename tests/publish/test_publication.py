import errno
import json
import os
import shutil
import signal
import subprocess
import sys
from contextlib import ExitStack, closing
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import clean_builds
from build_processes import inodes
from newsgen.core.digests import hash_bytes
from newsgen.core.errors import ConfigError, MachineError
from newsgen.publish import looking, sharing, tree_change
from newsgen.publish import publication as publish_module
from newsgen.publish.build_info import BUILD_INFO, digest_tree
from newsgen.publish.path_checks import check_output
from newsgen.publish.publication import Publication, find_state_folder, locked
from newsgen.publish.tree import Tree
from newsgen.publish.tree_change import TreeChange
from newsgen.publish.tree_record import TreeRecord
from papers import tree

NAMES = st.text("abc", min_size=1, max_size=3)
TREES = st.dictionaries(
    st.lists(NAMES, min_size=1, max_size=3).map("/".join), st.binary(max_size=20), max_size=8
).filter(lambda files: not any(other.startswith(f"{one}/") for one in files for other in files))


JOBS = {"now": 1}
ENDING = ExitStack()


@pytest.fixture(autouse=True, params=[1, 2], ids=["here", "aside"])
def jobs(request, monkeypatch):
    """Trees are looked through in this process, or all of them by another, as only large ones are."""
    monkeypatch.setattr(publish_module, "LARGE", -1)
    monkeypatch.setattr("newsgen.workers.pool.threading", SimpleNamespace(active_count=lambda: 1))
    monkeypatch.setitem(JOBS, "now", request.param)
    yield request.param
    ENDING.close()


def opened(output, **options):
    """A run's way to an output, with its state beside it; it is closed when the test ends."""
    publication = Publication(output, output.parent / ".newsgen", "https://x.example", JOBS["now"], **options)
    ENDING.callback(publication.close)
    return publication


def publish(output, files):
    """Publish a tree of these files; how many are new or changed, and how many old ones went."""
    publication = opened(output)
    publication.clear(files)
    for name, data in files.items():
        if not publication.has(name, hash_bytes(data)):
            publication.staged.write(name, data, hash_bytes(data))
    with closing(publication):
        return publication.commit({name: hash_bytes(data) for name, data in files.items()})


def publish_change(output, made, gone):
    """Publish a change of what is there: files that are put in it, and those that go."""
    with closing(opened(output)) as publication:
        publication.clear_gone(gone)
        for name, data in made.items():
            if not publication.has(name, hash_bytes(data)):
                publication.staged.write(name, data, hash_bytes(data))
        return publication.commit_change({name: hash_bytes(data) for name, data in made.items()}, gone)


def pages(folder):
    return {name: data for name, data in tree(folder).items() if name != BUILD_INFO}


@settings(max_examples=60)
@given(st.lists(TREES, min_size=2, max_size=5))
def test_a_published_tree_takes_the_whole_place_of_the_old(tmp_path_factory, trees):
    """After each commit the output is what was wanted, nothing of before is left, and the counts are right."""
    output = tmp_path_factory.mktemp("site") / "build"
    before = {}
    for files in trees:
        changed = sum(before.get(name) != data for name, data in files.items())
        assert (changed, len(before.keys() - files.keys())) == publish(output, files)
        assert files == pages(output)
        assert inodes(output) == inodes(output.parent / ".newsgen" / "tree")
        assert folders(files) == {path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_dir()}
        before = files
    state = output.parent / ".newsgen"
    assert {path.name for path in state.iterdir()} <= {"trees.sqlite", "tree"}


@settings(max_examples=clean_builds.tier(20, 400))
@given(st.lists(TREES, min_size=2, max_size=5))
def test_a_published_change_is_as_the_whole_tree(tmp_path_factory, trees):
    """A commit of what differs leaves the tree, the counts and the build info that a commit of all leaves."""
    folder = tmp_path_factory.mktemp("site")
    output, whole, before = folder / "changed" / "build", folder / "whole" / "build", {}
    for files in trees:
        made = {name: data for name, data in files.items() if before.get(name) != data}
        gone = before.keys() - files.keys()
        assert publish(whole, files) == publish_change(output, made, gone)
        assert tree(whole) == tree(output)
        with closing(opened(output)) as publication:
            assert publication.is_whole(publication.read_build_id())
            found = publication.find_published(list(files)[:3])
        assert {name: hash_bytes(files[name]) for name in list(files)[:3]} == found
        before = files


def folders(files):
    """The folders in which files lie."""
    return {name[:end] for name in files for end, sign in enumerate(name) if sign == "/"}


def test_a_tree_that_is_there_already_is_left_alone(tmp_path):
    """Publishing the same again neither exchanges the trees nor touches a file."""
    output = tmp_path / "build"
    publish(output, {"a.html": b"1", "b/c.html": b"2"})
    before = output.stat().st_ino, (output / BUILD_INFO).stat().st_mtime_ns
    assert (0, 0) == publish(output, {"a.html": b"1", "b/c.html": b"2"})
    assert before == (output.stat().st_ino, (output / BUILD_INFO).stat().st_mtime_ns)


@pytest.fixture
def read(monkeypatch):
    """What looks at trees read of files, instead of knowing them by their stamps."""
    read = []
    monkeypatch.setitem(JOBS, "now", 1)  # another process would read unseen
    monkeypatch.setattr(looking, "hash_bytes", lambda data: read.append(data) or hash_bytes(data))
    return read


def test_files_that_two_trees_share_are_known_without_being_read(tmp_path, read):
    """A second link gives a file another stamp: by it the file is known afterwards, in both trees."""
    output, files = tmp_path / "build", {"a.html": b"1", "b/c.html": b"2"}
    for files in ({"a.html": b"1", "b/c.html": b"2"}, {"a.html": b"1", "b/c.html": b"3", "d.html": b"4"}, {"d": b"4"}):
        publish(output, files)
        again = opened(output)
        assert (True, True) == (again.live.is_whole, again._staged.is_whole)
        assert ([], {}, {}) == (read, again.live.changes, again._staged.changes)


def test_a_run_that_failed_leaves_files_that_are_known(tmp_path, read):
    """What a run changed in the staged tree before it failed is put right; of the live tree only what it replaced is
    read again, because a link less has given it another stamp.
    """
    output, files = tmp_path / "build", {"a.html": b"1", "b/c.html": b"2", "d.html": b"3"}
    publish(output, files)
    failed = opened(output)
    failed.clear({"a.html", "b/c.html"})
    failed.staged.write("a.html", b"new", hash_bytes(b"new"))
    failed.staged.write("e.html", b"new", hash_bytes(b"new"))
    assert (0, 0) == publish(output, files)
    assert {b"1", b"new", b"3"} >= set(read)
    assert files == pages(output)
    assert inodes(output) == inodes(tmp_path / ".newsgen" / "tree")


def test_a_shared_file_that_was_changed_is_found(tmp_path):
    """A file that somebody writes into while a build goes on is not taken for newsgen's own by the next one."""
    output = tmp_path / "build"
    publish(output, {"a.html": b"1", "b.html": b"2"})
    publication = opened(output)
    publication.clear({"a.html", "b.html"})
    publication.staged.write("a.html", b"3", hash_bytes(b"3"))
    (output / "b.html").write_bytes(b"other")
    publication.commit({"a.html": hash_bytes(b"3"), "b.html": hash_bytes(b"2")})
    again = opened(output)
    assert (["b.html"], False) == (again.live.foreign, again.has("b.html", hash_bytes(b"2")))
    publish(output, {"a.html": b"3", "b.html": b"2"})
    assert {"a.html": b"3", "b.html": b"2"} == pages(output)


@pytest.mark.parametrize("place", ["build", ".newsgen/tree"])
@pytest.mark.parametrize(
    "tamper",
    [
        lambda folder: (folder / "a.html").write_bytes(b"!"),
        lambda folder: ((folder / "a.html").unlink(), (folder / "a.html").write_bytes(b"!")),
        lambda folder: ((folder / "a.html").unlink(), (folder / "a.html").write_bytes(b"1")),
        lambda folder: (folder / "b/c.html").unlink(),
        lambda folder: ((folder / "b/c.html").unlink(), (folder / "b").rmdir()),
        lambda folder: ((folder / "a.html").unlink(), (folder / "a.html").mkdir()),
        lambda folder: (folder / "a.html").rename(folder / "x.html"),
        lambda folder: (folder / "own.txt").write_bytes(b"x"),
        lambda folder: (folder / "empty").mkdir(),
        lambda folder: (folder / "link").symlink_to("a.html"),
        lambda folder: (folder / BUILD_INFO).write_bytes(b"{}"),
        lambda folder: (folder / BUILD_INFO).unlink(missing_ok=True),
        lambda folder: shutil.rmtree(folder),
        lambda folder: (
            (shutil.copytree(folder, folder.with_name("copy")), shutil.rmtree(folder))
            and folder.with_name("copy").rename(folder)
        ),
    ],
)
def test_whatever_somebody_does_to_a_tree_is_put_right(tmp_path, place, tamper):
    """A file changed, removed, moved or added, in the output or in the tree beside it, is as it was after a commit, and
    both trees have the same files.
    """
    output, files = tmp_path / "build", {"a.html": b"1", "b/c.html": b"2", "d.html": b"3"}
    for new in (files, {**files, "e.html": b"4"}):
        publish(output, files)
        tamper(tmp_path / place)
        publish(output, new)
        assert new == pages(output)
        assert inodes(output) == inodes(tmp_path / ".newsgen" / "tree")
        with closing(opened(output)) as again:
            assert again.is_whole(again.read_build_id())


@pytest.fixture
def workshop(jobs):
    """A folder in memory where the system has such a place, so that a busy disk does not matter."""
    if jobs > 1:
        pytest.skip("what is killed is the same")
    with TemporaryDirectory(dir=clean_builds.IN_MEMORY) as folder:
        yield Path(folder)


DEADLY = (
    (sharing.Sharer, "_share"),
    (sharing.Sharer, "_share_in"),
    (Tree, "remove"),
    (Tree, "write_bytes"),
    (TreeChange, "settle"),
    (TreeChange, "_save"),
    (TreeRecord, "save"),
    (publish_module, "exchange"),
    (publish_module, "sync_folder"),
)
"""The steps of publishing at which a run is killed."""


def kill_at(owner, name, number):
    """Let this process die at a step when it comes for this time."""
    step, left = getattr(owner, name), iter(range(number))

    def die(*arguments, **options):
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)
        return step(*arguments, **options)

    setattr(owner, name, die)


@pytest.mark.parametrize("looked_at", [0, 99])
@pytest.mark.parametrize(("owner", "name"), DEADLY)
def test_a_run_killed_at_any_step_is_made_good(workshop, monkeypatch, owner, name, looked_at):
    """Killed while it stages, before the exchange, after it, or while the other tree is brought up to date, a run
    leaves the old tree or the new one; after the next both trees have the same files. The record's mark alone sees to
    it where no build looks at the files.
    """
    monkeypatch.setattr(publish_module, "LOOKED_AT", looked_at)
    monkeypatch.setattr(tree_change, "sync", lambda _folder: None)  # a killed process loses nothing that it wrote
    old = {"a.html": b"1", "b/c.html": b"2", **{f"d/{n}": b"3" for n in range(9)}}
    new = {"a.html": b"4", "b": b"5", "e/f": b"6", **{f"d/{n}": b"%d" % n for n in range(2, 12)}}
    for number in range(6):
        for before, after in (({}, old), (old, new)):
            folder = workshop / f"{number} {len(before)}"
            folder.mkdir()
            output = folder / "build"
            if before:
                publish(output, before)
            child = os.fork()
            if child == 0:
                kill_at(owner, name, number)
                publish(output, after)
                os._exit(0)
            os.waitpid(child, 0)
            assert pages(output) in (before, after)
            publish(output, after)
            assert after == pages(output)
            assert inodes(output) == inodes(folder / ".newsgen" / "tree")


@pytest.mark.parametrize("number", [errno.EPERM, errno.EMLINK, errno.EOPNOTSUPP])
def test_where_nothing_can_be_linked_the_trees_have_copies(tmp_path, monkeypatch, read, number):
    """On a file system without hard links the other tree gets copies, and both are known by their stamps."""

    def refuse(*_arguments, **_options):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr(os, "supports_dir_fd", {refuse})
    output = tmp_path / "build"
    many = {f"a/{number}": b"x" for number in range(9)}
    for files in (many, {**many, "b": b"1"}, {**many, "b": b"2"}, {"b": b"2", "a/1": b"y"}, many):
        publish(output, files)
        assert files == pages(output) == pages(tmp_path / ".newsgen" / "tree")
        assert not {*inodes(output).values()} & {*inodes(tmp_path / ".newsgen" / "tree").values()}
        again = opened(output)
        assert ([], {}, {}) == (read, again.live.changes, again._staged.changes)


def test_a_large_output_is_looked_at_when_asked(tmp_path, monkeypatch):
    """Above a number of files an output counts as it was published, unless somebody asks for a look at it."""
    output = tmp_path / "build"
    publish(output, {"a.html": b"1", "b.html": b"2"})
    monkeypatch.setattr(publish_module, "LOOKED_AT", 1)
    (output / "a.html").write_bytes(b"!")
    build_id = opened(output).read_build_id()
    asked = opened(output, looks=True)
    assert (True, False) == (opened(output).is_whole(build_id), asked.is_whole(build_id))
    opened(output).clear({"a.html"})  # a run that began, and did not end
    assert not opened(output).is_whole(build_id)


@pytest.mark.parametrize("where", ["boot", "roots"])
def test_a_large_output_is_looked_at_when_the_record_may_be_old(tmp_path, monkeypatch, where):
    """After a start of the machine, maybe after a crash, and where a folder is another one, all is looked at."""
    output = tmp_path / "build"
    publish(output, {"a.html": b"1", "b.html": b"2"})
    monkeypatch.setattr(publish_module, "LOOKED_AT", 1)
    if where == "boot":
        monkeypatch.setattr(publish_module, "read_boot", lambda: "another")
    else:
        shutil.copytree(output, tmp_path / "copy")
        shutil.rmtree(output)
        (tmp_path / "copy").rename(output)
    (output / "a.html").write_bytes(b"!")
    assert not opened(output).is_whole(opened(output).read_build_id())


def test_what_is_not_committed_never_shows(tmp_path):
    """A run that ends without a commit leaves the output as it was, and the next one publishes only its own."""
    output = tmp_path / "build"
    publish(output, {"a.html": b"old", "b.html": b"b"})
    before = tree(output)
    publication = opened(output)
    publication.clear({"a.html", "new.html"})
    publication.staged.write("a.html", b"new", hash_bytes(b"new"))
    publication.staged.write("new.html", b"new", hash_bytes(b"new"))
    assert before == tree(output)
    assert (0, 1) == publish(output, {"a.html": b"old"})
    assert {"a.html": b"old"} == pages(output)


def test_what_a_lost_run_left_is_not_trusted(tmp_path):
    """A file of another run under the right name is not taken for one of this run's."""
    output = tmp_path / "build"
    publish(output, {"a.html": b"old"})
    publish(output, {"a.html": b"new"})
    left = opened(output).staged
    left.write("a.html", b"half", hash_bytes(b"half"))
    assert (1, 0) == publish(output, {"a.html": b"old"})
    assert {"a.html": b"old"} == pages(output)


def test_what_was_changed_in_the_output_is_made_again(tmp_path):
    """An output that somebody changed, removed from or added to becomes whole again."""
    output = tmp_path / "build"
    files = {"a.html": b"1", "b/c.html": b"2", "d.html": b"3"}
    publish(output, files)
    (output / "a.html").write_bytes(b"!")
    (output / "b" / "c.html").unlink()
    (output / "own.txt").write_bytes(b"x")
    assert 2 == publish(output, files)[0]
    assert files == pages(output)


@pytest.mark.parametrize("change", ["a.html", BUILD_INFO, "new.html", "empty/"])
def test_a_changed_output_is_not_whole(tmp_path, change):
    """Only an output that is exactly as it was published is whole."""
    output = tmp_path / "build"
    publish(output, {"a.html": b"1"})
    build_id = opened(output).read_build_id()
    assert opened(output).is_whole(build_id)
    if change.endswith("/"):
        (output / change).mkdir()
    else:
        (output / change).write_bytes(b"{}")
    assert not opened(output).is_whole(build_id)


def test_newsgen_json_says_what_the_tree_is(tmp_path):
    """newsgen.json says whose tree it is, of how many files, and their digest."""
    files = {"b/c.html": b"2", "a.html": b"1"}
    publish(tmp_path / "build", files)
    info = json.loads((tmp_path / "build" / BUILD_INFO).read_text())
    made = digest_tree((name, hash_bytes(data)) for name, data in files.items())
    expected = {"generator": "newsgen", "site": "https://x.example", "files": 2, "digest": made}
    assert expected == {name: info[name] for name in expected}


def test_leftovers_of_a_killed_run_are_removed(tmp_path):
    """What a killed run left is gone after the next, and never shows in its output."""
    left = tmp_path / ".newsgen" / "tree" / "half.html"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"<p>ha")
    publish(tmp_path / "build", {"a.html": b"new"})
    assert {"a.html": b"new"} == pages(tmp_path / "build")
    assert not left.exists()


@pytest.mark.parametrize("committed", [False, True])
def test_a_tree_that_was_moved_away_comes_back(tmp_path, committed):
    """After a kill between two renames the next run puts the old tree back before anything else."""
    output, state = tmp_path / "build", tmp_path / ".newsgen"
    publish(output, {"a.html": b"old"})
    before = tree(output)
    output.rename(state / "old")
    opened(output)
    assert before == tree(output)
    if committed:
        publish(output, {"a.html": b"new"})
    assert ({"a.html": b"new"} if committed else {"a.html": b"old"}) == pages(output)
    assert not (state / "old").exists()


@pytest.mark.parametrize(
    ("output", "expected"),
    [("build", "site/.newsgen/build"), ("../out", ".out.newsgen"), ("dist/web", "site/dist/.web.newsgen")],
)
def test_state_lies_beside_the_output(tmp_path, output, expected):
    """State is kept below the site's .newsgen/, or beside an output that lies elsewhere, on its file system."""
    site = tmp_path / "site"
    resolved = tmp_path / "out" if output.startswith("..") else site / output
    assert tmp_path / expected == find_state_folder(site, resolved)


@pytest.mark.parametrize(
    ("output", "reason"),
    [
        ("site", "it holds the site's own sources"),
        ("", "it holds the site's own sources"),
        ("site/content", "it lies among the site's sources"),
        ("site/content/kinh-te", "it lies among the site's sources"),
        ("site/static/x", "it lies among the site's sources"),
        ("site/templates", "it lies among the site's sources"),
        ("site/data/new", "it lies among the site's sources"),
        ("site/.newsgen", "it is where newsgen keeps what it remembers"),
        ("site/.newsgen/build/tree", "it is where newsgen keeps what it remembers"),
        ("foreign", "it holds files, and newsgen did not make it"),
        ("file", "it is not a folder of its own"),
        ("link", "it is not a folder of its own"),
    ],
)
def test_a_dangerous_output_is_refused(tmp_path, output, reason):
    """An output that would swallow sources or foreign files is refused with the reason, and nothing is touched."""
    site = tmp_path / "site"
    (site / "content").mkdir(parents=True)
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign" / "thesis.txt").write_text("years of work")
    (tmp_path / "file").write_text("text")
    (tmp_path / "link").symlink_to(tmp_path / "site")
    before = tree(tmp_path)
    with pytest.raises(ConfigError) as caught:
        check_output(site, tmp_path / output if output else tmp_path)
    [problem] = caught.value.problems
    assert "foreign-output" == problem.rule
    assert problem.what.endswith(reason)
    assert before == tree(tmp_path)


@pytest.mark.parametrize("output", ["new", "new/deep", "empty", "ours", "site/build", "site/content-build"])
def test_a_safe_output_is_accepted(tmp_path, output):
    """A folder that is new, empty or newsgen's own may be written."""
    (tmp_path / "site" / "content").mkdir(parents=True)
    (tmp_path / "empty").mkdir()
    publish(tmp_path / "ours", {"a.html": b""})
    check_output(tmp_path / "site", tmp_path / output)


def test_one_run_at_a_time_holds_the_lock(tmp_path):
    """A second run waits, then says which process holds the lock; afterwards the lock is free again."""
    with locked(tmp_path), pytest.raises(MachineError) as caught, locked(tmp_path, wait=0):
        pass
    [problem] = caught.value.problems
    assert "locked" == problem.rule
    assert f"process {os.getpid()}," in problem.what
    with locked(tmp_path, wait=0):
        pass


def test_a_lock_is_free_after_a_failure(tmp_path):
    """A run that fails gives its lock back."""
    with pytest.raises(KeyError), locked(tmp_path / "new" / "state"):
        raise KeyError
    with locked(tmp_path / "new" / "state", wait=0):
        pass


def test_the_lock_needs_no_unix():
    """A build can be begun where there is no fcntl, as on Windows."""
    code = "import sys; sys.modules['fcntl'] = None; import newsgen.build.pipeline"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert 0 == done.returncode, done.stderr


def test_what_is_made_again_is_not_counted_as_gone(tmp_path):
    """A file changed by hand is counted as changed, not as gone too; nor is a folder that somebody emptied a file."""
    output = tmp_path / "build"
    files = {"a.html": b"1", "b/c.html": b"2", "d.html": b"3"}
    publish(output, files)
    (output / "a.html").write_bytes(b"!")
    (output / "b" / "c.html").unlink()
    (output / "own.txt").write_bytes(b"x")
    assert (2, 1) == publish(output, files)
