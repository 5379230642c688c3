"""The build: a look at what there is, and a run where anything is other than at the last one."""

from contextlib import closing
from pathlib import Path

from newsgen.config import read_config
from newsgen.errors import ContentError, Location, Problem, machine_error
from newsgen.looking import Look
from newsgen.model import BuildReport
from newsgen.options import BuildOptions, Progress, quiet
from newsgen.output.marks import mark_of
from newsgen.output.places import check_output, check_state
from newsgen.output.publish import locked, state_folder

TRIES = 3


def build(options: BuildOptions, progress: Progress = quiet) -> BuildReport:
    """Build the site into its output, which afterwards is the tree from before or the whole new one.

    Raises:
        ConfigError, ContentError, MachineError: with every problem of the run; the output is unchanged.
    """
    config = read_config(options.site)
    state = state_folder(options.site, options.output)
    try:
        check_output(options.site, options.output)
        check_state(options.site, options.output, state)
        with locked(state):
            for _ in range(TRIES):
                with closing(Look(options, config, state)) as look:
                    if look.still_holds():
                        return look.unchanged()
                    from newsgen.runs import attempt  # start-up: only where something is to be made

                    report = attempt(look, progress)
                if report is not None:
                    return report
    except OSError as error:
        raise machine_error(error, str(options.output)) from error
    what = "the articles keep changing while they are being read"
    raise ContentError(Problem(Location("content"), "moving-sources", what, "build again when the saving is over"))


def published(output: Path) -> bytes:
    """What tells the tree at an output from every other; empty where there is none."""
    return mark_of(output)
