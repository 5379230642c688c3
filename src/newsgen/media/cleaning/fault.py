"""Why a picture cannot be cleaned for certain."""

from newsgen.core.messages import Message, get_message, say


class NotCleanable(Exception):
    """A picture is cut off, damaged, or built in a way that is not known. Its message says why."""

    def __init__(self, why: Message) -> None:
        super().__init__(why)

    @property
    def why(self) -> Message:
        """The reason, as the end of a sentence."""
        return get_message(self)


CUT = say("its end is missing")
DAMAGED = say("it is damaged")
UNKNOWN = say("it is built in a way that newsgen does not know")
