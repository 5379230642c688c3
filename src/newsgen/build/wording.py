"""Why a build made or kept an output, in an editor's words."""

from newsgen.build.traces import Origin, Reason
from newsgen.core.messages import Message, say

ORIGINS = {
    Origin.FIRST: say("nothing was remembered of an earlier build"),
    Origin.CLEAN: say("the build was told to forget earlier ones (--clean)"),
    Origin.OTHER: say("newsgen.yaml, newsgen itself or one of its libraries had changed"),
    Origin.CONTINUED: say("it was a new page"),
}
"""Why an output without an earlier trace was made."""

REASONS = {
    Reason.KEPT: say("nothing that it reads had changed"),
    Reason.OWN_INPUT: say("what it shows had changed"),
    Reason.ANSWERS: say("what it had asked had another answer"),
    Reason.BYTES_LOST: say("its file in the output was missing or had been changed by hand"),
}


def describe_reason(why: Reason, origin: Origin, source: str | Message) -> Message:
    """Why an output was made or kept; `source` is the file whose body it shows, "" for none."""
    if why is Reason.NEW:
        return ORIGINS[origin]
    if why is Reason.OWN_INPUT and source:
        return say("{source}, its address or its lead picture had changed", source=source)
    return say("what it lists had changed") if why is Reason.OWN_INPUT else REASONS[why]
