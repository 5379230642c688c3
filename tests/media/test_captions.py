"""Captions (WebVTT) are read as browsers read them, and what these would not show is a fault at its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from films import make_mp4
from newsgen.media.captions import find_caption_faults
from story_rendering import body_of

GOOD = """WEBVTT Kind: captions

NOTE của biên tập
hai dòng

STYLE
::cue { color: red }

1
00:01.000 --> 00:04.000 align:start position:10%
Nước lên.
- Đến đâu?

00:00:04.000 --> 01:00:05.250
<v Lan>Đến mái.</v>
"""


def told(text):
    return [f"{p.location.line}:{p.location.column} {p.fix}" for p in find_caption_faults(text, "a.vtt")]


@pytest.mark.parametrize(
    "text", [GOOD, "WEBVTT", "WEBVTT\n", "WEBVTT\n\n\n", "WEBVTT\nKind: captions\n\n00:01.000-->00:02.000\n"]
)
def test_good_captions_have_no_fault(text):
    """With notes, styles, identifiers, settings, and without any cue."""
    assert [] == told(text)


FAULTS = {
    "": "1:1 write `WEBVTT` and an empty line above it",
    "webvtt\n\n00:01.000 --> 00:02.000\na\n": "1:1 write `WEBVTT`",
    "1\n00:01.000 --> 00:02.000\na\n": "1:1 write `WEBVTT` and an empty line above it",
    "WEBVTT\n00:01.000 --> 00:02.000\na\n": "2:1 write an empty line before it",
    "WEBVTT\n\n1\n00:00:01,000 --> 00:00:02,500\na\n": "4:1 write `00:00:01.000 --> 00:00:02.500`",
    "WEBVTT\n\n0:1 -> 0:2,5 line:0\na\n": "3:1 write `00:01.000 --> 00:02.500 line:0`",
    "WEBVTT\n\n1:00:01.000 → 1:00:02.000\na\n": "3:1 write `01:00:01.000 --> 01:00:02.000`",
    "WEBVTT\n\n00:61.000 --> 00:62.000\na\n": "3:1 write them as `00:01.000 --> 00:04.000`",
    "WEBVTT\n\nx --> y\na\n": "3:1 write them as `00:01.000 --> 00:04.000`",
    "WEBVTT\n\n00:03.000 --> 00:02.000\na\n": "3:1 write an end that is later than `00:03.000`",
    "WEBVTT\n\n00:03.000 --> 00:04.000\na\n\n00:02.000 --> 00:03.000\nb\n": (
        "6:1 put captions into the order in which they begin"
    ),
    "WEBVTT\n\n00:03.000 --> 00:04.000\na\n\nb\n": (
        "6:1 write its times above it, such as `00:01.000 --> 00:04.000`, or delete the empty line before it"
    ),
    "WEBVTT\n\n00:03.000 --> 00:04.000\na\n00:05.000 --> 00:06.000\nb\n": "5:1 write an empty line before it",
}


@pytest.mark.parametrize("text", FAULTS)
def test_a_fault_of_captions_has_its_place_and_a_fix(text):
    """One for each."""
    assert [FAULTS[text]] == told(text)


@pytest.mark.parametrize("text", FAULTS)
def test_the_edits_of_captions_mend_them(text):
    """Whatever has an edit is without a fault after it."""
    lines = text.split("\n")
    for problem in find_caption_faults(text, "a.vtt"):
        for edit in problem.edits:
            line = lines[edit.line - 1]
            lines[edit.line - 1] = line[: edit.column - 1] + edit.text + line[edit.end_column - 1 :]
    mended = "\n".join(lines)
    assert mended == text or [] == told(mended)


@given(
    st.lists(st.sampled_from(["WEBVTT", "\n", "\n\n", "00:01.000", " --> ", "NOTE", "1", "a", "\t", ",5"])).map("".join)
)
def test_any_text_is_captions_or_has_faults(text):
    """At most ten, each in a line of the text."""
    found = find_caption_faults(text, "a.vtt")
    assert 10 >= len(found)
    assert all(0 < p.location.line <= text.count("\n") + 1 for p in found)


def test_captions_of_a_film_are_checked():
    """At their places in their file, which is published where they are right."""
    files = {"phim.mp4": make_mp4(8, 6), "phim.vi.vtt": "WEBVTT\r\n\r\n00:00:01,000 --> 00:00:02,000\r\na\r\n"}
    (problem,) = body_of("![a](phim.mp4)\n", files=files).problems
    assert ("content/kinh-te/phim.vi.vtt", 3, "bad-captions") == (
        problem.location.path,
        problem.location.line,
        problem.rule,
    )
    (problem,) = body_of("![a](phim.mp4)\n", files={**files, "phim.vi.vtt": "WEBVTT\n\nả".encode("utf-16")}).problems
    assert "encoding" == problem.rule
    assert () == body_of("![a](phim.mp4)\n", files={**files, "phim.vi.vtt": "\ufeffWEBVTT\n"}).problems
