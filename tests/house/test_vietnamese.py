"""What newsgen says of a site, whole in Vietnamese where that is wanted: for every rule, and by every command."""

import json
import re

import pytest
from click.testing import CliRunner

from builders import article_source, site_folder
from newsgen.cli import main, terminal
from newsgen.core.messages import Message, localize, translate_to
from newsgen.core.rules import RULES
from papers import build_site
from rule_examples import CASES, told

FOREIGN = frozenset(
    ["csv-syntax", "json-syntax", "markdown-failed", "template-error", "template-syntax", "toml-syntax", "yaml-syntax"]
)
"""Rules that tell what another program says, in its own words."""

ENGLISH = re.compile(r"\b(the|is|are|was|and|or|not|of|it|this|that|which|has|have|write|remove|with|for)\b")
QUOTED = re.compile(r"`[^`]*`|“[^”]*”|<[^>]*>|\S*/\S*")
VIETNAMESE = translate_to("vi")


def english_left(message):
    """The English words that a reader of Vietnamese would see, but for what stands in quotes."""
    return ENGLISH.findall(QUOTED.sub("", localize(message, VIETNAMESE)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}-{case.place}"[:60])
def test_a_rule_is_told_in_vietnamese(tmp_path, monkeypatch, case):
    """What is wrong and its fix are messages, and no English is left of them."""
    found, lines = [], terminal.format_report
    monkeypatch.setattr(
        terminal, "format_report", lambda problems, *more: found.extend(problems) or lines(found, *more)
    )
    told(case.make(tmp_path), case)
    problems = [problem for problem in found if problem.rule == case.rule]
    assert problems
    assert {Message} == {type(text) for problem in problems for text in (problem.what, problem.fix)}
    if case.rule not in FOREIGN:
        assert [] == [(p.what, left) for p in problems if (left := english_left(p.what))]
    assert [] == [(p.fix, left) for p in problems if (left := english_left(p.fix))]


def test_the_rules_with_foreign_words_are_rules():
    """The list of exceptions names rules that there are."""
    assert set() == FOREIGN - RULES.keys()


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("list",), "đã đăng"),
        (("due",), "được đăng"),
        (("explain", "/"), "lần dựng tới sẽ giữ nguyên"),
        (("build", "--profile", "--clean"), "số giây của từng bước"),
        (("new", "Cầu mới", "--section", "van-hoa"), "không có chuyên mục “van-hoa”"),
        (("check", "--format", "github"), ". sửa: "),
        (("build", "--at", "hôm qua"), "`--at` không phải ngày giờ: “hôm qua”"),
    ],
)
def test_a_command_answers_in_vietnamese(tmp_path, monkeypatch, command, words):
    """What commands print of a paper is Vietnamese too."""
    site = site_folder(
        tmp_path,
        {
            "content/kinh-te/a.md": article_source(date="2022-08-01"),
            "content/kinh-te/b.md": article_source(title="Mai", date="2199-01-01"),
        },
    )
    build_site(site)
    monkeypatch.setenv("NEWSGEN_LANG", "vi")
    done = CliRunner().invoke(main, ["--site", str(site), *command])
    assert words in done.output
    assert [] == ENGLISH.findall(QUOTED.sub("", re.sub(r"https?://\S+|\{\{?.*?\}\}?", "", done.output)))


def test_json_is_the_same_in_each_language_but_for_two_texts(tmp_path, monkeypatch):
    """Programs find a problem's place, rule, level, edits, template and values alike whoever reads its sentences."""
    site = site_folder(tmp_path, {"content/kinh-te/a.md": article_source(body="![](khong-co.png)")})
    told_by = {}
    for language in ("en", "vi"):
        monkeypatch.setenv("NEWSGEN_LANG", language)
        done = CliRunner().invoke(main, ["--site", str(site), "check", "--json"])
        told_by[language] = json.loads(done.stdout)["problems"]
    english, vietnamese = ([{**one, "what": "", "fix": ""} for one in told_by[name]] for name in ("en", "vi"))
    assert english == vietnamese
    missing = next(one for one in told_by["vi"] if one["rule"] == "missing-image")
    assert ("there is no {noun} “{name}”", {"noun": "picture", "name": "khong-co.png"}) == (
        missing["template"],
        missing["values"],
    )
    assert "không có ảnh “khong-co.png”" == missing["what"]
