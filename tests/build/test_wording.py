from newsgen.build.traces import Origin, Reason
from newsgen.build.wording import describe_reason


def test_every_reason_has_words():
    """Whatever a build did with a page can be told, and reasons are told apart."""
    source = "content/kinh-te/nhan.md"
    known = [describe_reason(why, Origin.CONTINUED, source) for why in Reason]
    fresh = [describe_reason(Reason.NEW, origin, source) for origin in Origin]
    assert len({*known, *fresh}) == len(Reason) + len(Origin) - 1
    assert describe_reason(Reason.OWN_INPUT, Origin.CONTINUED, source).startswith(source)
    assert "what it lists had changed" == describe_reason(Reason.OWN_INPUT, Origin.CONTINUED, "")
