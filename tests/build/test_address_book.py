"""The address file: begun by hand, brought forward by real builds, and what it says of silent changes."""

from dataclasses import replace
from errno import EACCES
from unittest.mock import Mock

import pytest

from builders import CONFIG, NOW, article_source, site_folder
from newsgen.build.options import BuildOptions
from newsgen.build.pipeline import build
from newsgen.content.address_file import HEAD
from newsgen.core.errors import ConfigError, ContentError
from papers import run_newsgen

STORY = "content/xa-hoi/ke-song.md"
ADDRESS = "/xa-hoi/2022/08/ke-song.html"
BODY = "Kè dài ba trăm mét. Nước không lên. Dân ở lại. Xã mừng. Tiền của tỉnh. Đá từ núi.\n"
NOW_IN_SECONDS = {"SOURCE_DATE_EPOCH": str(int(NOW.timestamp()))}


def source(*lines, body=BODY):
    return article_source("slug: ke-song", *lines, title="Kè sông", body=body)


def guarded(folder, **files):
    """A site with a ledger, and the options of a build of the real moment."""
    site = site_folder(folder / "site", {STORY: source(), "urls.lock": HEAD, **files})
    return site, BuildOptions(site, site / "build", NOW, addresses="keep")


def paths(site):
    lines = (site / "urls.lock").read_text("utf-8").splitlines()
    return [line.split("\t")[0] for line in lines if not line.startswith("#")]


def rules(report):
    return [problem.rule for problem in report.warnings]


def test_only_builds_of_the_real_moment_write_the_ledger(tmp_path):
    """A build into another folder, of another moment or with drafts leaves urls.lock alone; a plain one fills it."""
    site, _ = guarded(tmp_path)
    for more in (["--at", "2022-08-09"], ["--drafts"], ["--output", "khac"]):
        assert 0 == run_newsgen("build", *more, site=site, env=NOW_IN_SECONDS).returncode
        assert [] == paths(site)
    assert 0 == run_newsgen("build", site=site, env=NOW_IN_SECONDS).returncode
    assert ["/xa-hoi/", ADDRESS] == paths(site)


def test_a_site_without_a_ledger_is_told_so(tmp_path):
    """A site without urls.lock gets none by building; one line says so until `urls accept` begins one."""
    site = site_folder(tmp_path / "site", {STORY: source()})
    for _ in range(2):
        done = run_newsgen("build", site=site, env=NOW_IN_SECONDS)
        assert (0, 1, True) == (done.returncode, len(done.stderr.splitlines()), "no-urls-lock" in done.stderr)
        assert not (site / "urls.lock").exists()
    assert 0 == run_newsgen("urls", "accept", site=site, env=NOW_IN_SECONDS).returncode
    assert ["/xa-hoi/", ADDRESS] == paths(site)
    assert "" == run_newsgen("build", site=site, env=NOW_IN_SECONDS).stderr


def test_a_site_may_decline_a_ledger(tmp_path):
    """Where the rule is off, nothing is said; a preview of another moment never says it."""
    declined = site_folder(tmp_path / "a", {STORY: source()}, f"{CONFIG}rules: {{no-urls-lock: off}}\n")
    assert "" == run_newsgen("build", site=declined, env=NOW_IN_SECONDS).stderr
    site = site_folder(tmp_path / "b", {STORY: source()})
    assert "" == run_newsgen("build", "--at", "2022-08-09", site=site).stderr


def test_a_file_that_is_begun_later_knows_the_texts_that_were_read_before_it(tmp_path):
    """Texts that were read without the file have their digests in it, and a silent change of one is noticed."""
    kept, options = guarded(tmp_path)
    build(options)
    expected = (kept / "urls.lock").read_text("utf-8")
    site = site_folder(tmp_path / "later", {STORY: source()})
    options = BuildOptions(site, site / "build", NOW, addresses="keep")
    build(options)
    assert 0 == run_newsgen("urls", "accept", site=site, env=NOW_IN_SECONDS).returncode
    assert expected == (site / "urls.lock").read_text("utf-8")
    assert [] == rules(build(options))
    assert expected == (site / "urls.lock").read_text("utf-8")
    (site / STORY).write_text(source(body="Kè ba trăm mét. Nước lên. Dân đi. Xã lo. Tiền hết. Đá trôi.\n"), "utf-8")
    assert ["silent-change"] == rules(build(options))


def test_a_file_that_is_copied_in_later_is_compared_with_texts_that_were_read_before_it(tmp_path):
    """Stories that are remembered from builds without the file are read again."""
    kept, options = guarded(tmp_path)
    build(options)
    changed = source(body="Kè ba trăm mét. Nước lên. Dân đi. Xã lo. Tiền hết. Đá trôi.\n")
    site = site_folder(tmp_path / "later", {STORY: changed})
    options = BuildOptions(site, site / "build", NOW, addresses="keep")
    build(options)
    (site / "urls.lock").write_text((kept / "urls.lock").read_text("utf-8"), "utf-8")
    assert ["silent-change"] == rules(build(options))


def test_accepted_addresses_are_gone(tmp_path):
    """After `urls accept` the build succeeds, and the address answers 410 by the rules of the servers."""
    site, options = guarded(tmp_path, **{"content/xa-hoi/khac.md": article_source(title="Tin khác")})
    build(options)
    (site / STORY).unlink()
    with pytest.raises(ContentError):
        build(options)
    done = run_newsgen("urls", "accept", site=site, env=NOW_IN_SECONDS)
    assert (0, f"gone: {ADDRESS}\n") == (done.returncode, done.stdout)
    build(options)
    assert f'"{ADDRESS}" 1;' in (site / "build/_server/redirects.nginx.conf").read_text("utf-8")


@pytest.mark.parametrize("taken", ["static/xa-hoi/2022/08/ke-song.html", "content/ke.md"])
def test_an_address_that_is_used_again_is_not_gone(tmp_path, taken):
    """No server answers 410 where a file or a page of today is, and again where it has gone too."""
    site, options = guarded(tmp_path, **{"content/xa-hoi/khac.md": article_source(title="Tin khác")})
    build(options)
    (site / STORY).unlink()
    run_newsgen("urls", "accept", site=site, env=NOW_IN_SECONDS)
    build(options)
    rules = site / "build/_server/redirects.nginx.conf"
    assert rules.exists()
    (site / taken).parent.mkdir(parents=True, exist_ok=True)
    (site / taken).write_text(article_source(f"url: {ADDRESS}", title="Kè"), "utf-8")
    build(options)
    assert not rules.exists()
    (site / taken).unlink()
    run_newsgen("urls", "accept", site=site, env=NOW_IN_SECONDS)
    build(options)
    assert f'"{ADDRESS}" 1;' in rules.read_text("utf-8")


def test_a_story_that_changed_without_a_word_is_warned_about(tmp_path):
    """Three other sentences without `updated` or a correction are a warning; with one, or a slip, none."""
    site, options = guarded(tmp_path)
    build(options)
    (site / STORY).write_text(source(body=BODY.replace("Xã mừng", "Xã vui")), "utf-8")
    assert [] == rules(build(options))
    other = BODY.replace("ba trăm", "hai trăm").replace("Xã mừng", "Xã lo").replace("từ núi", "từ bãi")
    (site / STORY).write_text(source(body=other), "utf-8")
    assert ["silent-change"] == rules(build(options))
    (site / STORY).write_text(source("updated: 2022-08-07 07:00", body=other), "utf-8")
    assert [] == rules(build(options))
    assert [] == rules(build(replace(options, clean=True)))


def test_an_update_that_updates_nothing_is_warned_about(tmp_path):
    """`updated` alone on a published story is a warning at its line, until something else is other or it is gone."""
    site, options = guarded(tmp_path)
    build(options)
    told = "updated: 2022-08-07 07:00"
    (site / STORY).write_text(source(told), "utf-8")
    for again in (options, replace(options, clean=True)):
        (warning,) = build(again).warnings
        assert ("empty-update", f"{STORY}:5:10") == (warning.rule, str(warning.location))
    (site / STORY).write_text(source(), "utf-8")
    assert [] == rules(build(options))
    (site / STORY).write_text(source(told, body=BODY.replace("ba trăm", "hai trăm")), "utf-8")
    assert [] == rules(build(options))
    assert [] == rules(build(replace(options, clean=True)))
    (site / STORY).write_text(source("updated: 2022-08-08 09:00", body=BODY.replace("ba trăm", "hai trăm")), "utf-8")
    assert ["empty-update"] == rules(build(options))


def test_whatever_readers_see_makes_an_update_true(tmp_path):
    """Another headline, lead, picture, byline, field or a correction is something to be told of, as the text is."""
    told = "updated: 2022-08-07 07:00"
    others = (
        article_source("slug: ke-song", told, title="Kè sông xong", body=BODY),
        source(told, "summary: Kè đã xong."),
        source(told, "image: https://anh.example/ke.jpg"),
        source(told, "author: Lê Hà"),
        source(told, "extra: {nguồn: Sở Xây dựng}"),
        source(told, "corrections: [{date: 2022-08-07, kind: correction, text: Kè dài ba trăm mét.}]"),
    )
    for number, other in enumerate(others):
        site, options = guarded(tmp_path / str(number))
        build(options)
        (site / STORY).write_text(other, "utf-8")
        assert "empty-update" not in rules(build(options)), other


def test_a_ledger_of_an_earlier_form_is_read(tmp_path):
    """A mark without the digest of the whole text says nothing of updates; silent changes are still seen."""
    site, options = guarded(tmp_path)
    build(options)
    lock = site / "urls.lock"
    lock.write_text("".join(f"{line.rpartition(':')[0] or line}\n" for line in lock.read_text("utf-8").splitlines()))
    (site / STORY).write_text(
        source(body=BODY.replace("ba", "hai").replace("mừng", "lo").replace("núi", "bãi")), "utf-8"
    )
    assert ["silent-change"] == rules(build(options))
    (site / STORY).write_text(source("updated: 2022-08-07 07:00"), "utf-8")
    assert [] == rules(build(options))


def test_a_ledger_that_cannot_be_written_is_a_warning(tmp_path, monkeypatch):
    """What is published is published: the run is a good one, and says what it could not note."""
    site, options = guarded(tmp_path)
    refused = Mock(side_effect=PermissionError(EACCES, "Permission denied"))
    monkeypatch.setattr("newsgen.build.address_book.write_address_file", refused)
    assert ["urls-unwritten"] == rules(build(options))
    assert (site / "build/index.html").is_file()


def test_a_merge_gone_wrong_is_told_with_its_line(tmp_path):
    """A line that git left between two versions is an error at its place."""
    _, options = guarded(tmp_path, **{"urls.lock": f"{HEAD}<<<<<<< HEAD\n"})
    with pytest.raises(ContentError) as caught:
        build(options)
    assert ["urls.lock:2:1 urls-lock"] == [f"{p.location} {p.rule}" for p in caught.value.problems]


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (f"/../../../../nan-nhan.html\t{STORY}\tlive\t", 1),
        (f"/../../../content/xa-hoi/chen/\t{STORY}\tlive\t", 1),
        (f'/x" ""; }} evil {{ "\t{STORY}\tlive\t', 1),
        ('/mat" 1;} x{\t\tgone\t', 1),
        (f"nan-nhan.html\t{STORY}\tlive\t", 1),
        (f"//khac.example/x/\t{STORY}\tlive\t", 1),
        (f"/a/./b/\t{STORY}\tlive\t", 1),
        (f"/%2e%2e/x/\t{STORY}\tlive\t", 1),
        (f"/a*\t{STORY}\tlive\t", 1),
        (f"/a/\t{STORY}\tlive", 1),
        (f"/a/\t{STORY}\tlive\t\t", 37),
        (f"/a/\t{STORY}\tlive\t\t/../b.html", 37),
        (f"/a/\t{STORY}\tlive\t\t/b.html\t", 1),
        ("/a/\tcontent/\u202ea.md\tlive\t", 5),
        ("/a/\tcontent/a.md\tsong\t", 18),
        ("/a/\tcontent/a.md\tlive\tấ:ấ", 23),
        ("/a/\tcontent/a.md\tlive\t12345678:===:1", 23),
    ],
)
def test_a_line_that_newsgen_cannot_have_written_is_an_error(tmp_path, line, column):
    """It is told at its line and column, and nothing of it is written anywhere."""
    victim = tmp_path / "nan-nhan.html"
    victim.write_text("quy")
    site, options = guarded(tmp_path, **{"urls.lock": f"{HEAD}{line}\n"})
    with pytest.raises(ContentError) as caught:
        build(options)
    assert [f"urls.lock:2:{column} urls-lock"] == [f"{p.location} {p.rule}" for p in caught.value.problems]
    assert "quy" == victim.read_text()
    assert not (site / "build").exists()


@pytest.mark.parametrize(
    ("files", "place"),
    [
        ({STORY: source("aliases: [/rss.xml/]")}, f"{STORY}:5:11"),
        ({STORY: source("aliases: [/rss.xml/sau/x.html]")}, f"{STORY}:5:11"),
        ({"urls.lock": f"{HEAD}/rss.xml/\t{STORY}\tlive\t\n"}, "urls.lock:2:1"),
        ({"newsgen.yaml": f"{CONFIG}redirects:\n  /rss.xml/: /xa-hoi/\n"}, "newsgen.yaml:4:14"),
        ({"static/tep": "x", STORY: source("aliases: [/tep/]")}, f"{STORY}:5:11"),
    ],
)
def test_an_old_address_below_a_file_is_an_error_at_its_line(tmp_path, files, place):
    """Where a file stands no folder can be made: the address is told, and not what the machine says of it."""
    _, options = guarded(tmp_path, **files)
    with pytest.raises(ContentError) as caught:
        build(options)
    assert [f"{place} duplicate-address"] == [f"{p.location} {p.rule}" for p in caught.value.problems]


def test_an_address_too_long_for_a_name_is_an_error_at_its_line(tmp_path):
    """What no folder can hold is not tried."""
    _, options = guarded(tmp_path, **{STORY: source(f"aliases: [/{'dai' * 100}/]")})
    with pytest.raises(ContentError) as caught:
        build(options)
    assert [f"{STORY}:5:11 long-address"] == [f"{p.location} {p.rule}" for p in caught.value.problems]


def test_old_addresses_that_clash_are_told(tmp_path):
    """An alias that a page has, or that two stories have, is an error that names both; so is a circle."""
    other = article_source(f"aliases: [{ADDRESS}, /cu.html]", title="Tin khác")
    site, options = guarded(tmp_path, **{"content/xa-hoi/a.md": other, STORY: source("aliases: [/cu.html]")})
    with pytest.raises(ContentError) as caught:
        build(options)
    assert ["duplicate-address"] * 2 == [p.rule for p in caught.value.problems]
    assert any(p.location.path == STORY and "content/xa-hoi/a.md" in p.what for p in caught.value.problems)
    (site / "newsgen.yaml").write_text(f"{CONFIG}redirects: {{/a/: /b/, /b/: /a/}}\n", "utf-8")
    with pytest.raises(ConfigError) as refused:
        build(options)
    assert "leads in a circle: /a/ → /b/ → /a/" in refused.value.problems[0].what


@pytest.mark.parametrize(
    ("files", "place", "setting"),
    [
        ({STORY: source("aliases: [/Bang.PDF]"), "static/bang.pdf": "x"}, f"{STORY}:5:11", "`aliases`"),
        ({STORY: source("aliases: [/xa-hoi/bang.pdf]"), "content/xa-hoi/bang.pdf": "x"}, f"{STORY}:5:11", "`aliases`"),
        ({STORY: source("aliases: [/rss.xml]")}, f"{STORY}:5:11", "`aliases`"),
        ({STORY: source("aliases: [/a.html]"), "static/a.html": "x"}, f"{STORY}:5:11", "`aliases`"),
        ({STORY: source("aliases: [/tac-gia/]"), "static/tac-gia/index.html": "x"}, f"{STORY}:5:11", "`aliases`"),
        (
            {"newsgen.yaml": f"{CONFIG}redirects:\n  /bang.pdf: /xa-hoi/\n", "static/bang.pdf": "x"},
            "newsgen.yaml:4:14",
            "`redirects`",
        ),
        ({"urls.lock": f"{HEAD}/a.php\t{STORY}\tlive\t\n", "static/a.php": "x"}, "urls.lock:2:1", "file static/a.php"),
    ],
)
def test_an_old_address_that_hides_a_file_is_an_error_at_its_place(tmp_path, files, place, setting):
    """A server that knows the rules would never show the file; the fix says what to change there."""
    _, options = guarded(tmp_path, **files)
    with pytest.raises(ContentError) as caught:
        build(options)
    [problem] = [problem for problem in caught.value.problems if problem.level == "error"]
    assert f"{place} duplicate-address" == f"{problem.location} {problem.rule}"
    assert setting in f"{problem.fix}"


def test_a_published_story_keeps_the_address_that_its_title_made_before(tmp_path):
    """Signs were spelled out or left out of slugs once; what urls.lock has of a story stays, new ones are made anew."""
    old, new = "/xa-hoi/2022/08/luong-tang-75.html", "/xa-hoi/2022/08/luong-tang-7-5.html"
    story = article_source(title="Lương tăng 7,5%", body=BODY)
    for lines, address in (("", new), (f"{old}\t{STORY}\tlive\t\n", old), (f"{old}\tcontent/a.md\tgone\t\n", new)):
        site = site_folder(tmp_path / str(len(lines)), {STORY: story, "urls.lock": f"{HEAD}{lines}"})
        assert 0 == run_newsgen("build", site=site, env=NOW_IN_SECONDS).returncode
        assert (site / f"build{address}").exists()
        assert address in (site / "build/xa-hoi/index.html").read_text("utf-8")
        assert address in paths(site)
