"""Messages to editors, in English and in the language of whoever reads them."""

import json
import pickle
import subprocess
import sys
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from builders import article_source, site_folder
from newsgen.build.memory import LastBuild
from newsgen.build.traces import Trace, Traces
from newsgen.cli import main
from newsgen.content.read_cache import ReadCache, encode_body
from newsgen.core.errors import Location, Problem
from newsgen.core.messages import (
    IT,
    Message,
    choose_language,
    fill_name,
    join_with_or,
    localize,
    pack,
    say,
    translate_to,
    unpack,
)
from newsgen.core.sealed import load, save
from newsgen.model.stories import Body

VI = {"there is no {noun}": "không có {noun}", "a picture": "ảnh", "write `{x}`": "viết `{x}`"}.get


def vietnamese(template):
    return VI(template, template)


def quoted(template):
    return f"“{template}”"


def test_a_message_is_its_english_text():
    """A message is a text for everything that handles it, with its values filled in."""
    assert "there is no chợ" == say("there is no {noun}", noun="chợ")


def test_a_template_without_values_may_hold_braces():
    """Braces mean nothing where there is nothing to fill in, in English and in a translation."""
    message = say("write `{x}`")
    assert ("write `{x}`", "viết `{x}`") == (str(message), localize(message, vietnamese))


def test_a_message_in_a_message_is_translated_too():
    """A value that is a message is shown in the same language; other values stay as they are."""
    message = say("there is no {noun}", noun=say("a picture"))
    assert "không có ảnh" == localize(message, vietnamese)
    assert "không có a picture" == localize(say("there is no {noun}", noun="a picture"), vietnamese)


def test_a_name_can_be_put_in_later():
    """A message about a value gets the name of its field where that is known; a message about none stays as it is."""
    message = say("`{name}` is odd: {value}", name=IT, value=3)
    assert "`part` is odd: 3" == fill_name(message, "part")
    assert "a picture" == fill_name(say("a picture"), "part")


def test_choices_are_joined_in_each_language():
    """The word between choices is translated, and so are the choices that are messages."""
    assert "a, x or b" == join_with_or(["a, x", "b"])
    translate = {"{choices} or {other}": "{choices} hoặc {other}", "a picture": "ảnh"}.get
    assert "ảnh hoặc x hoặc y" == localize(
        join_with_or([say("a picture"), "x", "y"]), lambda text: translate(text, text)
    )


def test_nothing_is_nothing_in_every_language():
    """An empty text is not looked up: gettext keeps its own notes under it."""
    assert "" == localize(Message(""), translate_to("vi"))


def test_braces_in_a_value_are_no_fields():
    """What an editor typed is never taken for a field of a template."""
    assert "không có {noun}" == localize(say("there is no {noun}", noun="{noun}"), vietnamese)


def test_a_message_survives_the_way_between_processes():
    """A message that was pickled can still be translated."""
    again = pickle.loads(pickle.dumps(say("there is no {noun}", noun=say("a picture"))))  # noqa: S301 - our own
    assert (Message, "không có ảnh") == (type(again), localize(again, vietnamese))


def test_a_problem_is_told_in_a_language():
    """The line of a problem has its sentences in that language; its place, its level and its rule stay."""
    problem = Problem(Location("a.md", 2, 3), "missing-image", say("there is no {noun}", noun="chợ"), say("a picture"))
    assert "a.md:2:3: error[missing-image]: không có chợ. fix: ảnh" == problem.line(vietnamese)
    assert "a.md:2:3: error[missing-image]: there is no chợ. fix: a picture" == str(problem)


@given(st.text() | st.integers() | st.floats() | st.booleans())
def test_a_message_survives_being_remembered(value):
    """Whatever fills a message, what is remembered of it is the same message."""
    message = say("{a} {b}", a=value, b=say("a {c}", c=value))
    again = unpack(pack(message))
    assert (message, localize(message, quoted)) == (again, localize(again, quoted))


def remembered(folder, problem):
    """The problem after each way in which a build remembers one: of the run, of a page, and of a body."""
    pages = Traces(entries={"a.html": Trace("", (), "", warnings=(problem,))})
    for name, hint in {"last": LastBuild(warnings=(problem,)), "traces": pages}.items():
        save(hint, folder / name)
    cache = ReadCache(folder / "reading.sqlite", "epoch", ZoneInfo("Asia/Ho_Chi_Minh"))
    cache.put_bodies([("a.md", "key", encode_body((), Body("", problems=(problem,), notes=(problem,))))])
    _, body = cache.find_body("a.md", "key")
    cache.close()
    entry = load(Traces, folder / "traces").entries["a.html"]
    return [*load(LastBuild, folder / "last").warnings, *entry.warnings, *body.problems, *body.notes]


def test_a_remembered_problem_is_told_in_every_language(tmp_path):
    """A build that tells a warning of an earlier one tells it in the reader's language, as a clean build does."""
    what = say("there is no {noun}", noun=say("a picture"))
    for problem in (
        Problem(Location("a.md"), "r", what, say("write `{x}`"), "warning"),
        Problem(Location("a.md"), "r", say("there is no {noun}", noun="{chợ} 7"), "no message", "warning"),
    ):
        found = remembered(tmp_path, problem)
        assert [problem] * 4 == found
        assert [problem.line(vietnamese)] * 4 == [one.line(vietnamese) for one in found]


def test_a_build_without_changes_says_the_same_again(tmp_path, monkeypatch):
    """A second build, which finds nothing to do, tells a Vietnamese newsroom its warnings in Vietnamese again."""
    monkeypatch.setattr("newsgen.core.stamps.RACY_NS", -3_600_000_000_000)
    monkeypatch.setenv("NEWSGEN_LANG", "vi")
    site = site_folder(tmp_path, {"content/kinh-te/a.md": article_source()})
    told = [CliRunner().invoke(main, ["--site", str(site), "build"]).output for _ in range(3)]
    assert [True] * 3 == ["địa chỉ của tờ báo này chưa được giữ" in one for one in told]


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({}, "vi"),
        ({"LANG": "C.UTF-8"}, "vi"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "vi_VN.UTF-8"}, "vi"),
        ({"LC_ALL": "POSIX", "LANG": "en_GB"}, "en"),
        ({"LANG": "vi_VN.UTF-8", "NEWSGEN_LANG": "en"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"NEWSGEN_LANG": "VI"}, "vi"),
        ({"NEWSGEN_LANG": ""}, "vi"),
    ],
)
def test_the_language_is_the_readers(tmp_path, environ, language):
    """NEWSGEN_LANG comes first, then the system's settings, then the site; English is what there is none of."""
    site_folder(tmp_path, {"newsgen.yaml": "title: Báo\nurl: https://bao.example\nlanguage: vi\n"})
    assert language == choose_language(environ, tmp_path)


@pytest.mark.parametrize(
    ("settings", "language"),
    [("language: en\n", "en"), ('language: "vi-VN"\n', "vi"), ("title: x\n", "vi"), ("", "vi")],
)
def test_the_language_of_a_site_is_read_from_a_broken_file_too(tmp_path, settings, language):
    """What is wrong with newsgen.yaml is told in the site's language as well; without one it is Vietnamese."""
    (tmp_path / "newsgen.yaml").write_text(f"{settings}url: [\n", "utf-8")
    assert language == choose_language({}, tmp_path)


def test_without_a_site_messages_are_english(tmp_path):
    """Where there is no site and nothing is set, messages are English."""
    assert "en" == choose_language({}, tmp_path / "nowhere")


def test_the_commands_speak_vietnamese(tmp_path, monkeypatch):
    """Help, Click's own faults and a check's last line are Vietnamese where that is wanted; JSON keeps its keys."""
    monkeypatch.setenv("NEWSGEN_LANG", "vi")

    def run(*arguments):
        command = [sys.executable, "-m", "newsgen", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
        return done.stdout + done.stderr

    assert "Dựng trang báo." in run("build", "--help")
    assert "Không có tùy chọn" in run("build", "--ouput")
    assert "không ghi gì" in run("check")
    assert {"stories", "problems"} == set(json.loads(run("check", "--json").partition("\n1 ")[0]))


@pytest.mark.parametrize("arguments", [("--help",), ("new", "--help"), ("build", "--help")])
def test_help_is_in_the_language_of_the_site_that_one_stands_in(tmp_path, monkeypatch, arguments):
    """Where the system's settings name no language, every line of the help is in the site's."""
    site_folder(tmp_path, {"newsgen.yaml": "title: Báo\nurl: https://bao.example\nlanguage: vi\n"})
    for name in ("NEWSGEN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    command = [sys.executable, "-m", "newsgen", *arguments]
    told = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=True).stdout
    assert "Cách dùng:" in told
    assert "Default: here." not in told
    assert "Mặc định" in told


def test_english_needs_no_catalogue():
    """English messages are not looked up."""
    assert str is translate_to("en")
