"""Why a picture cannot be made fit for publishing."""

from newsgen.core.errors import Problem
from newsgen.core.messages import Message, get_message, say


class PictureFault(Exception):
    """Nothing to publish can be made of a file. Its message says why, as the end of a sentence."""

    def __init__(self, why: Message) -> None:
        super().__init__(why)

    @property
    def why(self) -> Message:
        """The reason."""
        return get_message(self)


class NotCleanable(PictureFault):
    """Nobody can be certain that a picture is clean: it is cut off, damaged, or built in a way that is not known."""


class HasParts(PictureFault):
    """A file has parts that may not be published; each is a problem at its place."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems[0].what)
        self.problems = problems


CUT = say("its end is missing")
EMPTY = say("it is empty")
DAMAGED = say("it is damaged")
UNKNOWN = say("it is built in a way that newsgen does not know")
