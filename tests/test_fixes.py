"""The fix of a message is right, or there is none: made as it says, the message goes and nothing is lost or broken."""

import json
import re
from collections import Counter

import pytest
from click.testing import CliRunner

from builders import CONFIG, article_source, png, site_folder
from faults import articles
from newsgen.cli import main
from newsgen.errors import Edit, edited

WRITTEN_ANEW = {"unknown-key", "bad-value", "wrong-type", "bad-slug", "missing-image", "missing-related", "dead-link"}
"""Rules whose fix writes another name, date or choice for what was typed; the others keep every word."""
IN_WORDS = re.compile(r"(?:did you mean|write) `([^`]+)`\??")


def checked(site):
    """What `newsgen check` tells of a site, as JSON has it, by file."""
    done = CliRunner().invoke(
        main, ["--site", str(site), "check", "--json", "--at", "2023-01-01"], catch_exceptions=False
    )
    told = {}
    for problem in json.loads(done.stdout)["problems"]:
        told.setdefault(problem["location"]["path"], []).append(problem)
    return told


def edits_of(problem, text):
    """The edits that a message asks for: its own, or what its fix has in backticks for what it has in quotes."""
    if problem["edits"]:
        return tuple(Edit(**edit) for edit in problem["edits"])
    better, typed = IN_WORDS.fullmatch(problem["fix"]), re.search("“(.+)”", problem["what"])
    line = problem["location"]["line"]
    if better and typed and typed[1] in (source := text.split("\n")[line - 1]):
        at = source.index(typed[1])
        return (Edit(line, at + 1, line, at + 1 + len(typed[1]), better[1]),)
    return ()


def lost_words(text, edits):
    """The words that edits take out of a text and do not put in again."""
    return Counter(re.findall(r"\w+", text)) - Counter(re.findall(r"\w+", edited(text, edits)))


def place_of(problem):
    """The line of a problem and its rule."""
    return problem["location"]["line"], problem["rule"]


def wrongs(problem, text, edits, after):
    """What is wrong with a fix, given what is told `after` it was made."""
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
    others = {
        "content/kinh-te/khac.md": article_source("slug: tin-khac", title="Tin khác"),
        "content/xa-hoi/ao/index.md": article_source(title="Ao làng"),
        "content/kinh-te/cau.png": png(),
    }
    site = site_folder(tmp_path_factory.mktemp("fixes"), {**others, **texts}, CONFIG)
    before = {path: told for path, told in checked(site).items() if path in texts}
    found = []
    for turn in range(max(map(len, before.values()))):
        asked = {path: told[turn] for path, told in before.items() if turn < len(told)}
        made = {path: edits for path, p in asked.items() if (edits := edits_of(p, texts[path]))}
        site_folder(site, {**texts, **{path: edited(texts[path], edits) for path, edits in made.items()}}, CONFIG)
        after = checked(site)
        for path, problem in asked.items():
            edits = made.get(path, ())
            known = {(p["rule"], p["what"]) for p in before[path]}
            new = [
                p
                for p in after.get(path, [])
                if p is problem or (p["rule"], p["what"]) not in known or p["what"] == problem["what"]
            ]
            found.append((path, problem, edits, [*wrongs(problem, texts[path], edits, new)] if edits else []))
    return found


def test_a_fix_that_is_made_helps(fixes):
    """The message goes, no word is lost, and no other error comes to that place."""
    bad = [
        f"{path}:{p['location']['line']} {p['rule']}: {p['what']} | {p['fix']} -> {w}"
        for path, p, _, w in fixes
        for w in w
    ]
    assert not bad, "\n".join(bad)
