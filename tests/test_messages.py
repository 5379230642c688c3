"""Messages to editors, in English and in the language of whoever reads them."""

import json
import pickle
import subprocess
import sys

import pytest

from builders import site_folder
from newsgen.errors import Location, Problem
from newsgen.messages import Message, choose_language, localize, say, translate_to

VI = {"there is no {noun}": "không có {noun}", "a picture": "ảnh", "write `{x}`": "viết `{x}`"}.get


def vietnamese(template):
    return VI(template, template)


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


def test_english_needs_no_catalogue():
    """English messages are not looked up."""
    assert str is translate_to("en")
