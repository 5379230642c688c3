import msgspec
import pytest
from markupsafe import Markup

from newsgen.core.questions import Answer, Recorder, ignore_question


def test_questions_are_noted_once_in_their_order():
    """A recording holds what was asked inside it, in the order of the first asking."""
    recorder = Recorder()
    with recorder.recording() as asked:
        for question in [("latest", 10), ("template", "base.html"), ("latest", 10), ("latest", 5)]:
            recorder.ask(question)
    assert [("latest", 10), ("template", "base.html"), ("latest", 5)] == list(asked)


def test_what_is_asked_outside_is_not_noted():
    """Before and after a recording nobody listens."""
    recorder = Recorder()
    recorder.ask(("before",))
    with recorder.recording() as asked:
        recorder.ask(("inside",))
    recorder.ask(("after",))
    assert [("inside",)] == list(asked)


def test_recordings_lie_inside_one_another():
    """What is asked in an inner recording is heard by the outer one too, and not the other way round."""
    recorder = Recorder()
    with recorder.recording() as outer:
        recorder.ask(("one",))
        with recorder.recording() as inner:
            recorder.ask(("two",))
        recorder.ask(("three",))
    assert ([("one",), ("two",), ("three",)], [("two",)]) == (list(outer), list(inner))


def test_a_recording_ends_with_a_failure():
    """A render that fails leaves no recording open behind it."""
    recorder = Recorder()
    with pytest.raises(KeyError), recorder.recording() as failed:
        recorder.ask(("one",))
        raise KeyError
    with recorder.recording() as asked:
        recorder.ask(("two",))
    assert ([("one",)], [("two",)]) == (list(failed), list(asked))


def test_a_question_may_be_ignored():
    """Where questions are not recorded, asking does nothing."""
    assert ignore_question(("latest", 10)) is None


@pytest.mark.parametrize(
    ("part", "noted"), [(Markup("van-hoa"), "van-hoa"), (True, 1), (2**63 - 1, 2**63 - 1), (None, None), ("đời", "đời")]
)
def test_a_question_is_noted_as_it_can_be_read_back(part, noted):
    """Markup is noted as text and a truth as a number, for so the next build asks."""
    recorder = Recorder()
    with recorder.recording() as asked:
        recorder.ask(("latest", part))
    (question,) = asked
    assert (("latest", noted), type(noted)) == (question, type(question[1]))
    assert question == msgspec.msgpack.decode(msgspec.msgpack.encode(question), type=tuple[str | int | None, ...])


@pytest.mark.parametrize(
    ("part", "refused"),
    [(2**63, ValueError), (-(2**63) - 1, ValueError), ("\ud800", ValueError), (2.5, TypeError), ((), TypeError)],
)
def test_what_cannot_be_remembered_is_not_asked(part, refused):
    """A question that the next build could not read is refused, where the template asks it."""
    recorder = Recorder()
    with recorder.recording() as asked, pytest.raises(refused):
        recorder.ask(("latest", part))
    assert {} == asked


@pytest.mark.parametrize(
    ("answer", "earlier", "is_same"),
    [
        (Answer("a"), Answer("a"), True),
        (Answer("a"), Answer("b"), False),
        (Answer("a", "x"), Answer("a", "y"), True),
        (Answer("a", "x"), Answer("b", "x"), False),
        (Answer(""), Answer("", "x"), True),
        (Answer("a"), None, False),
    ],
)
def test_answers_are_compared_by_what_they_say(answer, earlier, is_same):
    """What an answer was found from does not count, and no answer is the same as none."""
    assert is_same == answer.is_same(earlier)
