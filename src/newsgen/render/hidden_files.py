"""The files of hidden stories that an output names."""

import msgspec


class Files(msgspec.Struct, frozen=True):
    """Files of hidden stories in one output: those whose paths it says, and those that it links to."""

    said: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()

    def with_those(self, more: "Files") -> "Files":
        """These files and more of the same output."""
        return Files(tuple(sorted({*self.said, *more.said})), tuple(sorted({*self.shown, *more.shown})))
