"""The stages of the pipeline, each a verb: `read`, `join`, `plan`, `decide`, `render`, `verify` and `publish`."""

from newsgen.build.decisions import Decision, decide
from newsgen.build.making import Rendered, render
from newsgen.build.plan import Planned
from newsgen.build.publishing import promises, publish
from newsgen.build.verifying import verify
from newsgen.build.workspace import Workspace
from newsgen.content.reader import Reading, Remembered, read_site
from newsgen.core.errors import SourceMoved
from newsgen.site.join import join as join_site
from newsgen.site.newspaper import Newspaper

__all__ = ["Decision", "Planned", "Rendered", "decide", "join", "plan", "publish", "read", "render", "verify"]


def read(workspace: Workspace) -> Reading:
    """Read the site as it was when it was opened; faults go to the workspace's problems.

    Raises:
        SourceMoved: when the site was changed since.
    """
    with workspace.timed("read"):
        options, stamps = workspace.options, workspace.snapshot.stories()
        remembered = Remembered(workspace.cache, options.processes, stamps)
        content = read_site(options.site, workspace.config, workspace.sources, remembered, workspace.problems)
        if workspace.has_moved():
            raise SourceMoved("")
        return content


def join(workspace: Workspace, content: Reading) -> Newspaper:
    """Make the newspaper of the moment from what was read."""
    with workspace.timed("join"):
        options = workspace.options
        return join_site(workspace.config, content.inputs, options.now, workspace.problems, drafts=options.drafts)


def plan(workspace: Workspace, content: Reading, paper: Newspaper) -> Planned:
    """Plan every output. Addresses that are wanted twice, or were promised and would vanish, are problems."""
    with workspace.timed("plan"):
        outputs = Planned(content, paper, workspace.plugins)
        workspace.problems.extend(outputs.collisions())
        if workspace.options.ledger != "read":
            workspace.problems.extend(promises(outputs).problems())
        return outputs
