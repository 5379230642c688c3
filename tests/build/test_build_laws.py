import re
import shutil

import pytest

from builders import NOW, article_source, config_source, page_source, site_folder
from papers import build_site, run_newsgen, tree, weekly

AT = ("--at", "2022-08-07 07:51")
SMALL = config_source("lists: {page: 2, home_latest: 3}")
FRAGMENT = config_source("lists: {page: 2, home_latest: 3}", "latest: {mode: fragment}")


@pytest.mark.parametrize(
    "env",
    [
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "4242"},
        {"TZ": "America/New_York", "PYTHONHASHSEED": "7"},
        {"TZ": "Pacific/Kiritimati"},
        {"LC_ALL": "C", "LANG": "C"},
        {"LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "tr"},
        {"PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "utf-8"},
        {"SOURCE_DATE_EPOCH": "1"},
        {"PYTHONOPTIMIZE": "2"},
    ],
    ids=lambda env: ",".join(f"{name}={value}" for name, value in env.items()),
)
def test_the_machine_does_not_show_in_the_tree(tmp_path, env):
    """Whatever the hash seed, zone or locale of the machine, the same sources give the same bytes."""
    site = site_folder(tmp_path, weekly())
    build_site(site, at=NOW)
    expected = tree(site / "build")
    done = run_newsgen("build", *AT, site=site, env=env)
    assert (0, "") == (done.returncode, done.stderr)
    assert expected == tree(site / "build")


def test_two_builds_of_one_site_are_the_same(tmp_path):
    """Building twice, also from another folder, with another umask and other file times, gives one tree."""
    site = site_folder(tmp_path / "site", weekly())
    build_site(site)
    expected = tree(site / "build")
    build_site(site)
    assert expected == tree(site / "build")
    elsewhere = tmp_path / "Báo mới (2)" / "nơi khác"
    shutil.copytree(site, elsewhere, ignore=shutil.ignore_patterns("build", ".newsgen"), copy_function=shutil.copyfile)
    assert 0 == run_newsgen("build", *AT, site=elsewhere, umask=0o077).returncode
    assert expected == tree(elsewhere / "build")


def test_the_order_in_which_files_were_made_does_not_show(tmp_path):
    """Files made in another order give the same tree."""
    files = weekly()
    trees = []
    for name, order in (("one", list(files)), ("other", sorted(files, reverse=True))):
        site = site_folder(tmp_path / name, {path: files[path] for path in order})
        build_site(site)
        trees.append(tree(site / "build"))
    assert trees[0] == trees[1]


HIDDEN = "content/bi-an/chua-dang.md"
CANARY = re.compile(rb"(?i)bimat|bi-an|bi an|chua-dang")


def hidden(*lines):
    """An article whose every part is one that no reader may see; a date among `lines` is its own."""
    date = next((line.removeprefix("date: ") for line in lines if line.startswith("date: ")), "2022-08-07")
    return article_source(
        "summary: bimat tóm tắt",
        "kicker: bimat nhãn",
        "tags: [bimat, chung]",
        "authors: [Bimat Người Viết, bimat-id]",
        "image: {src: bimat.svg, alt: bimat alt, caption: bimat chú thích}",
        "extra: {note: bimat}",
        "related: [kinh-te/tin-00.md]",
        *(line for line in lines if not line.startswith("date: ")),
        title="Bimat tiêu đề",
        date=date,
        body="bimat đoạn một.\n\n![bimat](bimat-2.svg)\n\n[bimat](bimat.pdf)\n",
    )


def with_hidden(*lines):
    """A paper of one public story, and one that `lines` hide, alone in its section."""
    return {
        "content/kinh-te/tin-00.md": article_source(
            "related: [bi-an/chua-dang.md]",
            "tags: [chung]",
            title="Tin số 0",
            body="Xem [bài](../bi-an/chua-dang.md).\n",
        ),
        "content/pages/lien-he.md": page_source(body="[x](../bi-an/chua-dang.md)\n"),
        HIDDEN: hidden(*lines),
        "content/bi-an/bimat.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"><!-- bimat --></svg>',
        "content/bi-an/bimat-2.svg": '<svg xmlns="http://www.w3.org/2000/svg"><!-- bimat --></svg>',
        "content/bi-an/bimat.pdf": "%PDF bimat",
        "data/authors/bimat-id.yaml": "name: Bimat Có Hồ Sơ\nbio: bimat\n",
    }


def seen(found):
    """The outputs whose name or bytes hold what is hidden.

    The rules of servers may: they name the addresses of stories that were public, and answer there that these are gone.
    """
    pages = {name: data for name, data in found.items() if not name.startswith("_server/redirects.")}
    return [name for name, data in pages.items() if CANARY.search(name.encode() + data)]


@pytest.mark.parametrize(
    "lines",
    [["status: draft"], ["date: 2022-08-07 07:52"], ["expires: 2022-08-07 07:51"], ["status: draft", "pin: true"]],
    ids=["draft", "scheduled", "expired", "pinned draft"],
)
@pytest.mark.parametrize("config", [SMALL, FRAGMENT], ids=["inline", "fragment"])
def test_what_is_not_public_is_in_no_byte_of_the_output(tmp_path, lines, config):
    """Nothing of an unpublished story, its tag, author, section, files or links to it, is in the output."""
    site = site_folder(tmp_path, with_hidden(*lines), config)
    build_site(site)
    assert [] == seen(tree(site / "build"))


@pytest.mark.parametrize(
    ("line", "shown"),
    [("status: draft", True), ("date: 2022-08-07 07:52", True), ("expires: 2022-08-07 07:51", False)],
)
def test_drafts_show_what_is_not_yet_public(tmp_path, line, shown):
    """With drafts the unwritten and the scheduled are there, on every list; what has expired is not."""
    site = site_folder(tmp_path, with_hidden(line), SMALL)
    build_site(site, drafts=True)
    found = set(seen(tree(site / "build")))
    expected = {"index.html", "bi-an/index.html", "bi-an/2022/08/bimat-tieu-de.html", "chu-de/bimat/index.html"}
    assert (expected if shown else set()) == found & expected
    assert ("bi-an/bimat.svg" in found) == shown


@pytest.mark.parametrize("config", [SMALL, FRAGMENT], ids=["inline", "fragment"])
def test_numbered_pages_do_not_change_when_a_story_is_published(tmp_path, config):
    """A newer story rewrites no numbered page, but the newest one when a further page has become complete."""
    site = site_folder(tmp_path, {}, config)
    before = {}
    for count in range(1, 9):
        site_folder(
            site,
            {f"content/kinh-te/{count}.md": article_source(title=f"Tin {count}", date=f"2022-08-0{count}")},
            config,
        )
        build_site(site, at=NOW.replace(month=9))
        found = {name: data for name, data in tree(site / "build").items() if "/trang/" in name}
        complete = count // 2 - 1
        assert {
            f"{folder}/trang/{n}/index.html" for folder in ("tin-moi-nhat", "kinh-te") for n in range(1, complete + 1)
        } == set(found)
        changed = {name for name, data in before.items() if found[name] != data}
        newest = {name for name in before if f"/trang/{complete - 1}/" in name and count % 2 == 0}
        assert changed == newest
        before = found


def test_publishing_a_story_rewrites_few_pages(tmp_path):
    """With the shared box of latest stories a newer story rewrites one older story's page: that of its neighbour."""
    site = site_folder(tmp_path, weekly(), FRAGMENT)
    build_site(site)
    before = tree(site / "build")
    site_folder(site, {"content/xa-hoi/moi.md": article_source("tags: [chung, Nhãn]", title="Tin mới")}, FRAGMENT)
    build_site(site)
    after = tree(site / "build")
    changed = {name for name, data in after.items() if before.get(name) != data and "/tin-" in name}
    assert {"xa-hoi/2022/08/tin-moi.html", "xa-hoi/2022/03/tin-so-11.html", "tin-moi-nhat/index.html"} >= {
        name for name in changed if name.endswith(".html")
    }
