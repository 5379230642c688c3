import pytest

from newsgen.questions import Recorder, unheard


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


def test_where_nobody_listens_nothing_happens():
    """A question may be asked of nobody."""
    assert unheard(("latest", 10)) is None
