"""The build: read → join → plan → decide → render → verify → publish. Nothing is published that was not verified."""

from pathlib import Path

from newsgen.build.options import BuildOptions, Progress, quiet
from newsgen.build.workspace import Workspace, work_locked
from newsgen.config.reading import read_config
from newsgen.core.errors import ContentError, wrap_os_error
from newsgen.model.reports import BuildReport
from newsgen.publish.build_info import read_build_info
from newsgen.publish.path_checks import check_output, check_state
from newsgen.publish.publication import find_state_folder


def build(options: BuildOptions, progress: Progress = quiet) -> BuildReport:
    """Build the site into its output, which afterwards is the tree from before or the whole new one.

    Raises:
        ConfigError, ContentError, MachineError: with every problem of the run; the output is unchanged.
    """
    read_config(options.site)
    check_places(options)
    return work_locked(options, run, progress)


def check_places(options: BuildOptions) -> None:
    """Refuse an output where there is something else, or sources.

    Raises:
        ConfigError, MachineError: when nothing may be put there.
    """
    try:
        check_output(options.site, options.output)
        check_state(options.site, options.output, find_state_folder(options.site, options.output))
    except OSError as error:
        raise wrap_os_error(error, str(options.output)) from error


def run(workspace: Workspace) -> BuildReport:
    """Make the paper of an open site and publish it, unless nothing changed since the last build."""
    if workspace.nothing_changed():
        return workspace.last_report()
    from newsgen.build import stages  # start-up: only where something is to be made

    content = stages.read(workspace)
    paper = stages.join(workspace, content)
    outputs = stages.plan(workspace, content, paper)
    stale = stages.decide(workspace, outputs)
    rendered = stages.render(workspace, outputs, stale)
    findings = stages.verify(workspace, outputs, rendered)
    workspace.problems.stop_on_errors(ContentError)
    return stages.publish(workspace, outputs, rendered, findings)


def published(output: Path) -> bytes:
    """What tells the tree at an output from every other; empty where there is none."""
    return read_build_info(output)
