"""The build: read → join → plan → decide → render → index → verify → publish.

Nothing is published that was not verified.
"""

from newsgen.build.options import BuildOptions, Progress, quiet
from newsgen.build.workspace import Workspace, run_locked
from newsgen.config.reading import read_config
from newsgen.core.errors import ContentError, wrap_os_error
from newsgen.model.reports import BuildReport
from newsgen.publish.path_checks import check_output, check_state
from newsgen.publish.publication import find_state_folder


def build(options: BuildOptions, progress: Progress = quiet) -> BuildReport:
    """Build the site into its output, which is the old tree or the whole new one afterwards.

    Raises:
        ConfigError, ContentError, MachineError: with every problem of the run; the output is unchanged.
    """
    read_config(options.site)
    check_folders(options)
    return run_locked(options, run, progress)


def check_folders(options: BuildOptions) -> None:
    """Refuse an output or a state folder that overlaps sources or holds files of others.

    Raises:
        ConfigError, MachineError: when nothing may be written there.
    """
    try:
        check_output(options.site, options.output)
        check_state(options.site, options.output, find_state_folder(options.site, options.output))
    except OSError as error:
        raise wrap_os_error(error, str(options.output)) from error


def run(workspace: Workspace) -> BuildReport:
    """Build and publish an open site, unless nothing changed since the last build."""
    if workspace.nothing_changed():
        return workspace.last_report()
    from newsgen.build.text_edits import follow_text_edits  # start-up: only where something is to be made

    if (report := follow_text_edits(workspace)) is not None:
        return report
    from newsgen.build import stages  # start-up: only where more has changed than texts

    content = stages.read(workspace)
    paper = stages.join(workspace, content)
    outputs = stages.plan(workspace, content, paper)
    stale = stages.decide(workspace, outputs)
    rendered = stages.render(workspace, outputs, stale)
    stages.index(workspace, outputs, rendered)
    findings = stages.verify(workspace, outputs, rendered)
    workspace.problems.stop_on_errors(ContentError)
    return stages.publish(workspace, outputs, rendered, findings)
