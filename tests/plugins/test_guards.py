"""Guards of plugins: what fails names the plugin, and what is only left unfinished is no failure."""

import pytest

from newsgen.core.errors import PluginFailed
from newsgen.core.questions import ignore_question
from newsgen.plugins.guards import Guard

GUARD = Guard("cham", ignore_question)


def test_what_fails_names_the_plugin():
    """Whatever a plugin raises, the end of the program too, is its failure."""
    for error in (ValueError("x"), SystemExit(1)):
        with pytest.raises(PluginFailed, match="the plugin “cham” fails"), GUARD.watch():
            raise error


def test_outputs_that_are_not_asked_for_any_more_are_no_failure():
    """A generator that a build leaves in the middle of a plugin's outputs is closed in quiet."""

    def outputs():
        with GUARD.watch():
            yield from (1, 2)

    left = outputs()
    assert 1 == next(left)
    left.close()
