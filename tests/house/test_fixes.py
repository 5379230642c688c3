"""The fix of a message is right, or there is none: made as it says, the message goes and nothing is lost or broken."""

import json
import re
from collections import Counter

import pytest
from click.testing import CliRunner

from builders import CONFIG, article_source, png, site_folder
from faulty_articles import articles
from newsgen.cli import main
from newsgen.core.errors import Edit, apply_edits
from newsgen.core.rules import RULES
from newsgen.core.text import INVISIBLE
from rule_examples import CASES

BESIDE = {
    "content/kinh-te/khac.md": article_source("slug: tin-khac", title="Tin khác"),
    "content/xa-hoi/ao/index.md": article_source(title="Ao làng"),
    "content/kinh-te/cau.png": png(),
}
LEFT_TO_A_PERSON = {
    ("bad-address", "bad-address"),
    *((f"{field}-{number}", "bad-value") for field in ("date", "updated") for number in (12, 13, 14, 15)),
    ("dead-index", "dead-link"),
    ("empty", "empty-file"),
    *((name, f"missing-{what}") for name in ("image-curly", "image-name") for what in ("alt", "caption", "credit")),
    *(("missing-image", f"missing-{what}") for what in ("caption", "credit")),
    ("name-31", "bad-guid"),
    ("name-31-first", "bad-guid"),
    ("none", "no-front-matter"),
    ("status-other", "wrong-type"),
    ("toml-date-typed", "bad-value"),
    ("toml-image-twice", "unknown-key"),
    ("toml-kicker-lines", "wrong-type"),
    ("toml-own-dotted", "unknown-key"),
    ("toml-own-table", "unknown-key"),
    ("updated-before", "updated-before-date"),
}
"""The articles and their messages that no program can mend: what was meant is not in the file."""
REASONS = {
    "what is missing has to be written": """
        empty-file empty-section empty-story missing-alt missing-caption missing-credit missing-key
        no-config no-content placeholder
    """,
    "which of two is right, only their author knows": """
        ambiguous-related csv-row duplicate-address duplicate-data duplicate-guid duplicate-key file-exists
        language-folder other-language same-language same-name same-part same-title updated-before-date far-date
        urls-lock
    """,
    "what was meant is not in the file": """
        bad-address bad-cell bad-guid bad-section bad-setting csv-syntax dead-anchor dead-banner dead-external-link
        dead-redirect empty-slug json-syntax template-error template-missing template-syntax toml-syntax unknown-choice
        unknown-column unknown-form unknown-language unknown-page unknown-section bad-geojson
        lost-character unknown-block not-a-picture open-block bad-block bad-component
    """,
    "text has to be cut, moved or said in other words": """
        dropped-html file-size not-alone front-matter-size heading-jump json-depth long-title
        markdown-depth
        markdown-failed template-markup joined-tags reading-slow reading-crashed render-crashed render-slow yaml-depth
        yaml-documents yaml-key yaml-merge yaml-size
    """,
    "an editor decides what the public sees": """
        empty-update frame-host leak lost-address silent-change unpublished-link unused-section
        hidden-direction table-size insecure-link licence-ends no-consent no-crop words-from-file
    """,
    "it is done outside the text of the file": """
        no-podcast podcast-picture early-entry
        disk-full encoding foreign-output large-image link-loop link-outside locked long-address
        bad-report foreign-state report-unwritten too-deep not-a-folder
        bad-plugin broken-file plugin-failed
        machine moving-sources not-a-file not-built not-repeatable not-empty odd-crop odd-ending odd-name
        bad-episode
        lost-sidecar missing-package no-card permission private-data reserved-name script-in-file no-urls-lock
        unreadable urls-unwritten
    """,
}
FOR_A_PERSON = {rule: reason for reason, rules in REASONS.items() for rule in rules.split()}
"""Rules whose fix no program can make, and why; what an editor does is in rule_examples.py, and tested there."""
WRITTEN_ANEW = {"unknown-key", "bad-value", "wrong-type", "bad-slug", "missing-image", "missing-related", "dead-link"}
WRITTEN_ANEW |= {"html-entity", "bad-alias", "bad-url", "duplicate-anchor", "embed-code", "unknown-component"}
"""Rules whose fix writes another name, date or choice for what was typed; the others keep every word."""
UNSEEN = re.compile(f"[{INVISIBLE}]")
IN_WORDS = re.compile(r"(?:did you mean|write) `([^`]+)`(?:\?| with straight quotes)?")


def checked(site):
    """What `newsgen check` tells of a site, as JSON has it, by file."""
    done = CliRunner().invoke(
        main, ["--site", str(site), "check", "--json", "--at", "2023-01-01"], catch_exceptions=False
    )
    told = {}
    if done.exit_code in (2, 3) and not done.stdout:
        return told
    for problem in json.loads(done.stdout)["problems"]:
        told.setdefault(problem["location"]["path"], []).append(problem)
    return told


def edits_of(problem, text):
    """The edits that a message asks for: its own, or what its fix has in backticks for what it has in quotes."""
    if problem["edits"]:
        return tuple(Edit(**edit) for edit in problem["edits"])
    better, typed = IN_WORDS.fullmatch(problem["fix"]), re.search("“(.+)”", problem["what"])
    line = problem["location"]["line"]
    if better and "…" not in better[1] and typed and typed[1] in (source := text.split("\n")[line - 1]):
        at = source.index(typed[1])
        return (Edit(line, at + 1, line, at + 1 + len(typed[1]), better[1]),)
    return ()


def lost_words(text, edits):
    """The words that edits take out of a text and do not put in again; a character that nobody sees ends no word."""
    before, after = (Counter(re.findall(r"\w+", UNSEEN.sub("", one))) for one in (text, apply_edits(text, edits)))
    return before - after


def place_of(problem):
    """The line of a problem and its rule."""
    return problem["location"]["line"], problem["rule"]


def wrongs(problem, text, edits, after):
    """What is wrong with a fix, given what is told `after` it was made."""
    if not edits:
        return
    lines = {edit.line for edit in edits} | {problem["location"]["line"]}
    lines |= {edit.line + edit.text.count("\n") for edit in edits}
    if any(place_of(p) == place_of(problem) and p["what"] == problem["what"] for p in after):
        yield "the message stays"
    if problem["rule"] not in WRITTEN_ANEW and (lost := lost_words(text, edits)):
        yield f"words are lost: {dict(lost)}"
    for p in after:
        if p["level"] == "error" and p["location"]["line"] in lines:
            yield f"another error: {p['location']['line']}: {p['rule']}: {p['what']}"


@pytest.fixture(scope="module")
def fixes(tmp_path_factory):
    """Every message about the articles with its edits, and what is wrong with them once they are made."""
    texts = {f"content/kinh-te/{name}.md": text for name, text in articles()}
    site = site_folder(tmp_path_factory.mktemp("fixes"), {**BESIDE, **texts}, CONFIG)
    before = {path: told for path, told in checked(site).items() if path in texts}
    found = []
    for turn in range(max(map(len, before.values()))):
        asked = {path: told[turn] for path, told in before.items() if turn < len(told)}
        made = {path: edits for path, p in asked.items() if (edits := edits_of(p, texts[path]))}
        site_folder(site, {**texts, **{path: apply_edits(texts[path], edits) for path, edits in made.items()}}, CONFIG)
        after = checked(site)
        for path, problem in asked.items():
            told, edits = after.get(path, []), made.get(path, ())
            found.append(
                (path, problem, edits, [*wrongs(problem, texts[path], edits, news(told, before[path], problem))])
            )
    return found


def news(after, before, problem):
    """What is told after a fix and was not before, and the message itself where it stays."""
    known = {(p["rule"], p["what"]) for p in before} - {(problem["rule"], problem["what"])}
    return [p for p in after if (p["rule"], p["what"]) not in known]


def test_a_fix_that_is_made_helps(fixes):
    """The message goes, no word is lost, and no other error comes to that place."""
    bad = [f"{path}: {p['what']} | {p['fix']} -> {wrong}" for path, p, _, found in fixes for wrong in found]
    assert [] == bad


def test_most_slips_can_be_mended_by_a_program(fixes):
    """Every message about these articles has a fix that was made, but for those that only a person can mend."""
    made = [(path, problem["rule"]) for path, problem, edits, _ in fixes if edits]
    assert len(made) > 150
    left = {(path.rpartition("/")[2].removesuffix(".md"), p["rule"]) for path, p, edits, _ in fixes if not edits}
    assert LEFT_TO_A_PERSON == left


@pytest.fixture(scope="module")
def ruled(tmp_path_factory):
    """By rule, how many examples have a fix for programs; what is wrong with those once they are made."""
    made, bad = Counter(), []
    for number, case in enumerate(case for case in CASES if case.command[0] in ("build", "check")):
        site = case.make(tmp_path_factory.mktemp(f"rule{number}"))
        path = case.place.rsplit(":", 2)[0]
        told = checked(site).get(path, [])
        for problem in (p for p in told if p["edits"] and p["rule"] == case.rule):
            text, edits = (site / path).read_text("utf-8"), edits_of(problem, "")
            (site / path).write_text(apply_edits(text, edits), "utf-8")
            after = news(checked(site).get(path, []), told, problem)
            (site / path).write_text(text, "utf-8")
            bad += [f"{case.rule} {problem['fix']}: {wrong}" for wrong in wrongs(problem, text, edits, after)]
            made[case.rule] += 1
    return made, bad


def test_the_fixes_of_the_examples_help(ruled):
    """What holds for the slips of editors holds for the case of every rule."""
    assert [] == ruled[1]


def test_every_rule_has_a_fix_that_is_made_or_a_reason(fixes, ruled, record_property):
    """Each rule's fix is made by these tests, or only a person can make it, for the reason that is given."""
    made = ruled[0] + Counter(problem["rule"] for _, problem, edits, _ in fixes if edits)
    record_property("fixes made", f"{made.total()} of {len(made)} rules; {len(FOR_A_PERSON)} rules are for a person")
    assert set() == RULES.keys() - made.keys() - FOR_A_PERSON.keys()
    assert set() == made.keys() & FOR_A_PERSON.keys()
