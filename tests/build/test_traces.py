import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgen.build.traces import Origin, Reason, Trace, Traces, TraceWriter, Why, decide, describe_reason, find_origin
from newsgen.core.errors import Location, Problem
from newsgen.core.questions import Answer
from newsgen.core.sealed import load, save

TRACES = Traces(
    "epoch",
    "knowledge",
    [("latest", 10), ("template", "base.html"), ("tag", "nhan")],
    [Answer("L"), Answer("T"), Answer("N")],
    {
        "home.html": Trace("h", (0, 1), "home"),
        "story.html": Trace("s", (1,), "story"),
        "tag.html": Trace("t", (1, 2), "tag"),
        "404.html": Trace("4", (), "404"),
    },
)
INPUTS = {output: entry.input for output, entry in TRACES.entries.items()}


def decided(traces=TRACES, inputs=INPUTS, answers=None, absent=()):
    """What must be made, and the questions that were asked to know it."""
    asked = []

    def find_answer(question, earlier):
        asked.append(question)
        return Answer(answers[question[0]]) if question[0] in (answers or {}) else earlier

    return decide(traces, inputs, lambda output, _made: output not in absent, find_answer), asked


def test_what_is_the_same_is_kept():
    """With the same own inputs, answers and bytes nothing must be made, and each question is asked once."""
    stale, asked = decided()
    assert {} == stale
    assert sorted(TRACES.questions) == sorted(asked)


@pytest.mark.parametrize(
    ("given", "stale"),
    [
        ({"inputs": {**INPUTS, "story.html": "other"}}, {"story.html"}),
        ({"inputs": {**INPUTS, "new.html": "n"}}, {"new.html"}),
        ({"inputs": {name: digest for name, digest in INPUTS.items() if name != "tag.html"}}, set()),
        ({"answers": {"latest": "other"}}, {"home.html"}),
        ({"answers": {"template": "other"}}, {"home.html", "story.html", "tag.html"}),
        ({"answers": {"tag": ""}}, {"tag.html"}),
        ({"absent": {"404.html", "story.html"}}, {"404.html", "story.html"}),
        ({"traces": Traces()}, set(INPUTS)),
    ],
    ids=["own input", "new page", "page gone", "answer", "shared answer", "answer gone", "bytes gone", "no traces"],
)
def test_what_must_be_made(given, stale):
    """A page is made when its own input, an answer it read or its bytes are other than then; no other page is."""
    assert stale == decided(**given)[0].keys()


def test_why_a_page_must_be_made():
    """Each page comes with the first reason that holds: it is new, its own input, its bytes, the answers it read."""
    inputs = {**INPUTS, "new.html": "n", "story.html": "other"}
    stale, _ = decided(inputs=inputs, absent={"404.html", "story.html"}, answers={"tag": "other", "latest": "other"})
    expected = {
        "new.html": Why(Reason.NEW),
        "story.html": Why(Reason.OWN_INPUT),
        "404.html": Why(Reason.BYTES_LOST),
        "home.html": Why(Reason.ANSWERS, (0,)),
        "tag.html": Why(Reason.ANSWERS, (2,)),
    }
    assert expected == stale


def test_the_questions_for_which_a_page_is_made_are_in_their_order():
    """However a page's trace came to be, what it is made again for is told in the order of the positions."""
    for entry in (Trace("h", (1, 0), "home"), Trace("h", (0,), "home", common=1)):
        traces = msgspec.structs.replace(TRACES, entries={"home.html": entry}, sets=[(), (1,)])
        stale, _ = decided(traces, {"home.html": "h"}, {"latest": "other", "template": "other"})
        assert {"home.html": Why(Reason.ANSWERS, (0, 1))} == stale


def test_the_ledger_says_why():
    """The new traces has the questions that pages were made for, each once; a page that is kept forgets its reason."""
    writer = TraceWriter(Traces("e", "k"))
    assert ((0, 1), (1,), ()) == tuple(
        writer.add_moved(Why(Reason.ANSWERS, numbers), TRACES) for numbers in ((2, 0), (0,), ())
    )
    assert [("tag", "nhan"), ("latest", 10)] == writer.traces.moved
    old = msgspec.structs.replace(TRACES.entries["404.html"], reason=Reason.ANSWERS, moved=(1,))
    writer.keep("404.html", old, TRACES)
    kept = writer.traces.entries["404.html"]
    assert (Reason.KEPT, ()) == (kept.reason, kept.moved)


@pytest.mark.parametrize(
    ("old", "clean", "expected"),
    [
        (TRACES, False, Origin.CONTINUED),
        (None, False, Origin.FIRST),
        (None, True, Origin.CLEAN),
        (TRACES, True, Origin.CLEAN),
        (Traces("another"), False, Origin.OTHER),
    ],
)
def test_what_a_build_knows_of_the_one_before(old, clean, expected):
    """It goes on from one of the same epoch; otherwise every page is new, for a reason that can be told."""
    assert expected == find_origin(old, "epoch", clean=clean)


def test_only_pages_that_might_be_kept_ask():
    """What a page asked that is made anyway, or is gone, is not asked again."""
    inputs = {"home.html": "other", "tag.html": "t", "404.html": "4"}
    assert [("tag", "nhan"), ("template", "base.html")] == sorted(decided(inputs=inputs, absent={"404.html"})[1])
    assert [] == decided(inputs={"404.html": "4"})[1]


def test_an_earlier_answer_is_told_to_whoever_answers():
    """Each question comes with its answer of then, so that an answer that cannot have moved need not be made."""
    told = []
    decide(TRACES, INPUTS, lambda _output, _made: True, lambda question, known: told.append((question, known)) or known)
    assert dict(zip(TRACES.questions, TRACES.answers, strict=True)) == dict(told)


def test_the_bytes_that_were_made_are_looked_for():
    """Whether a page is there is asked by its output and the digest of what it became."""
    looked = []
    decide(TRACES, INPUTS, lambda output, made: bool(looked.append((output, made))), lambda _question, known: known)
    assert [("404.html", "404"), ("home.html", "home"), ("story.html", "story"), ("tag.html", "tag")] == sorted(looked)


@st.composite
def facts(draw):
    """A traces of invented pages, and what is true of them now."""
    count = draw(st.integers(0, 4))
    numbers = st.lists(st.integers(0, count - 1), unique=True).map(tuple) if count else st.just(())
    entries = draw(
        st.dictionaries(st.sampled_from("abcdef"), st.builds(Trace, st.sampled_from("xy"), numbers, st.just("m")))
    )
    traces = Traces("e", "k", [("q", n) for n in range(count)], [Answer("A")] * count, entries)
    inputs = draw(st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from("xy")))
    return traces, inputs, draw(st.sets(st.sampled_from("abcdef"))), draw(st.sets(st.integers(0, 3)))


@given(facts())
def test_a_page_is_kept_when_all_it_was_made_from_is_the_same(invented):
    """Whatever the facts, exactly those pages are kept of which nothing is other than then."""
    traces, inputs, absent, moved = invented
    asked = []

    def find_answer(question, earlier):
        asked.append(question)
        return Answer("B") if question[1] in moved else earlier

    kept = {
        output
        for output, entry in traces.entries.items()
        if inputs.get(output) == entry.input and output not in absent and moved.isdisjoint(entry.questions)
    }
    stale = decide(traces, inputs, lambda output, _made: output not in absent, find_answer)
    assert inputs.keys() - kept == stale.keys()
    assert len(asked) == len(set(asked))


def asked_by(traces, output):
    """The questions of a page with the answers it read."""
    return {traces.questions[n]: traces.answers[n] for n in traces.list_questions(traces.entries[output])}


def test_a_question_with_two_answers_has_none():
    """Pages of one build that read a file before and after it was saved are all made again by the next."""
    for answers in (("1", "2"), ("2", "1"), ("1", "2", "1")):
        writer = TraceWriter(Traces("e", "k"))
        for number, answer in enumerate(answers):
            writer.add(f"{number}.html", Trace("a", (), "m"), {("template", "x.html"): Answer(answer)})
        outputs = dict.fromkeys(writer.traces.entries, "a")
        assert [None] == writer.traces.answers
        for today in map(Answer, ("1", "2", "")):
            again = decide(writer.traces, outputs, lambda _output, _made: True, lambda _q, _known, now=today: now)
            assert outputs.keys() == again.keys()


def test_a_new_ledger_holds_the_kept_and_the_made():
    """Pages that were kept bring their questions along; a question that many asked stands there once."""
    warning = Problem(Location("content/a.md", 4, 5), "dead-link", "x", "y", "warning")
    writer = TraceWriter(Traces("epoch 2", "knowledge 2"))
    writer.keep("tag.html", TRACES.entries["tag.html"], TRACES)
    made = Trace("n", (), "new", ("content/a.png",), (warning,))
    writer.add("new.html", made, {("tag", "nhan"): Answer("N"), ("latest", 5): Answer("5")})
    writer.keep("404.html", TRACES.entries["404.html"], TRACES)
    traces = writer.traces
    assert ("epoch 2", "knowledge 2") == (traces.epoch, traces.knowledge)
    assert {("template", "base.html"): Answer("T"), ("tag", "nhan"): Answer("N")} == asked_by(traces, "tag.html")
    assert {("tag", "nhan"): Answer("N"), ("latest", 5): Answer("5")} == asked_by(traces, "new.html")
    assert {} == asked_by(traces, "404.html")
    assert [("latest", 5), ("tag", "nhan"), ("template", "base.html")] == sorted(traces.questions)
    assert traces.size == writer.finish().settled
    assert msgspec.structs.replace(made, common=traces.entries["new.html"].common) == traces.entries["new.html"]


def test_questions_that_outputs_have_in_common_stand_there_once():
    """Of each page there are those about its own source; the others are one set for all that asked the same."""
    writer = TraceWriter(Traces("e", "k", name="first"))
    answers = {("menu",): Answer("M"), ("stories", ""): Answer("S")}
    for name in "abc":
        own = {("related", f"content/{name}.md", 5): Answer(name)}
        writer.add(f"{name}.html", Trace(name, (), "m", source=f"content/{name}.md"), answers | own)
        assert answers | own == asked_by(writer.traces, f"{name}.html")
    writer.add("404.html", Trace("4", (), "m"), answers)
    traces = writer.finish()
    assert ([(), (0, 1)], [1] * 4) == (traces.sets, [entry.common for entry in traces.entries.values()])
    assert [1, 1, 1, 0] == [len(entry.questions) for entry in traces.entries.values()]
    for later in (TraceWriter(Traces("e", "k", name="second")), TraceWriter(Traces("e", "k", name="second"), traces)):
        for output, entry in traces.entries.items():
            later.keep(output, entry, traces)
            assert asked_by(traces, output) == asked_by(later.finish(), output)
        assert 2 == len(later.traces.sets)
    inputs = {output: entry.input for output, entry in traces.entries.items()}
    for moved, stale in (({"menu"}, set("abc4")), ({"related"}, set("abc")), (set(), set())):
        found, _ = decided(traces, inputs, dict.fromkeys(moved, "other"))
        assert stale == {output[0] for output in found}


def test_questions_keep_their_positions():
    """A build that goes on from another adds its questions behind; one that asks few of them begins anew."""
    old = msgspec.structs.replace(TRACES, numbering="first", settled=len(TRACES.questions))
    writer = TraceWriter(Traces("e", "k", name="second"), old)
    writer.keep("tag.html", old.entries["tag.html"], old)
    assert old.entries["tag.html"] is writer.traces.entries["tag.html"]
    writer.add("new.html", Trace("n", (), "new"), {("tag", "nhan"): Answer("N"), ("latest", 5): Answer("5")})
    traces = writer.finish()
    assert [*old.questions, ("latest", 5)] == traces.questions
    assert ("first", old.settled) == (traces.numbering, traces.settled)
    assert {("tag", "nhan"): Answer("N"), ("latest", 5): Answer("5")} == asked_by(traces, "new.html")
    many = msgspec.structs.replace(old, questions=[("q", n) for n in range(2000)], answers=[Answer("A")] * 2000)
    assert [] == TraceWriter(Traces("e", "k", name="second"), many).traces.questions


def test_a_question_that_is_asked_again_has_the_answer_of_today():
    """A position that no page of this build has asked yet takes the answer of the first that does."""
    old = msgspec.structs.replace(TRACES, numbering="first", settled=len(TRACES.questions))
    writer = TraceWriter(Traces("e", "k", name="second"), old)
    for output in ("a.html", "b.html"):
        writer.add(output, Trace("n", (), "new"), {("latest", 10): Answer("other")})
        assert {("latest", 10): Answer("other")} == asked_by(writer.traces, output)
    writer.add("c.html", Trace("n", (), "new"), {("latest", 10): Answer("third")})
    assert {("latest", 10): None} == asked_by(writer.traces, "a.html")


def test_what_is_saved_comes_back(tmp_path):
    """A traces comes back from its file as it was, also over an older one, with nothing left beside it."""
    for traces in (TRACES, Traces(), TRACES):
        save(traces, tmp_path / "traces")
        assert traces == load(Traces, tmp_path / "traces")
    assert ["traces"] == [path.name for path in tmp_path.iterdir()]


@pytest.mark.parametrize("name", ["traces", "traces.part"])
def test_a_folder_in_the_way_is_removed(tmp_path, name):
    """Where somebody made a folder of the name, saving works all the same."""
    (tmp_path / name / "deep").mkdir(parents=True)
    save(TRACES, tmp_path / "traces")
    assert TRACES == load(Traces, tmp_path / "traces")


def test_a_hint_that_is_not_there_is_none(tmp_path):
    """A missing file, and a folder of its name, hold no traces."""
    (tmp_path / "folder").mkdir()
    assert load(Traces, tmp_path / "missing") is None
    assert load(Traces, tmp_path / "folder") is None


@pytest.mark.parametrize("text", [b"", b"x", b"\0" * 32, b"{}" * 100, b"\x93" * 100_000])
def test_foreign_bytes_are_no_hint(tmp_path, text):
    """What newsgen did not write is not read."""
    (tmp_path / "traces").write_bytes(text)
    assert load(Traces, tmp_path / "traces") is None


@given(st.data())
def test_no_damage_is_overlooked(tmp_path_factory, data):
    """A file that was cut, lengthened, or had any of its bytes changed, holds no traces."""
    path = tmp_path_factory.getbasetemp() / "damaged-traces"
    save(TRACES, path)
    raw = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(raw) - 1))
    kind = data.draw(st.sampled_from(["cut", "longer", "changed"]))
    if kind == "changed":
        raw[place] ^= data.draw(st.integers(1, 255))
    path.write_bytes(raw[:place] if kind == "cut" else raw + b"x" if kind == "longer" else raw)
    assert load(Traces, path) is None


def test_a_hint_with_another_shape_is_none(tmp_path):
    """A sound file of another version, whose fields are of other types, is not read."""

    class Old(msgspec.Struct):
        epoch: int
        entries: list[str]

    save(Old(1, ["a.html"]), tmp_path / "traces")
    assert load(Traces, tmp_path / "traces") is None
    save(Traces("epoch"), tmp_path / "traces")
    assert Traces("epoch") == load(Traces, tmp_path / "traces")


def test_every_reason_has_words():
    """Whatever a build did with a page can be told, and reasons are told apart."""
    source = "content/kinh-te/nhan.md"
    known = [describe_reason(reason, Origin.CONTINUED, source) for reason in Reason]
    fresh = [describe_reason(Reason.NEW, origin, source) for origin in Origin]
    assert len({*known, *fresh}) == len(Reason) + len(Origin) - 1
    assert describe_reason(Reason.OWN_INPUT, Origin.CONTINUED, source).startswith(source)
    assert "what it lists had changed" == describe_reason(Reason.OWN_INPUT, Origin.CONTINUED, "")
