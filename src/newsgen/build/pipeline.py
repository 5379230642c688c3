"""The build: a look at what there is, and a run where anything is other than at the last one."""

from contextlib import closing
from functools import partial
from pathlib import Path

from newsgen.build.options import BuildOptions, Progress, quiet
from newsgen.build.state import Look, until_steady
from newsgen.config.reading import read_config
from newsgen.core.errors import machine_error
from newsgen.model.reports import BuildReport
from newsgen.publish.mark import mark_of
from newsgen.publish.places import check_output, check_state
from newsgen.publish.publication import locked, state_folder


def build(options: BuildOptions, progress: Progress = quiet) -> BuildReport:
    """Build the site into its output, which afterwards is the tree from before or the whole new one.

    Raises:
        ConfigError, ContentError, MachineError: with every problem of the run; the output is unchanged.
    """
    read_config(options.site)
    state = state_folder(options.site, options.output)
    try:
        check_output(options.site, options.output)
        check_state(options.site, options.output, state)
        with locked(state):
            return until_steady(partial(_attempt, options, state, progress))
    except OSError as error:
        raise machine_error(error, str(options.output)) from error


def _attempt(options: BuildOptions, state: Path, progress: Progress) -> BuildReport | None:
    with closing(Look(options, read_config(options.site), state)) as look:
        if look.still_holds():
            return look.unchanged()
        from newsgen.build.run import attempt  # start-up: only where something is to be made

        return attempt(look, progress)


def published(output: Path) -> bytes:
    """What tells the tree at an output from every other; empty where there is none."""
    return mark_of(output)
