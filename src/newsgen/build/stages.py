"""The stages of the pipeline, each a verb: `read`, `join`, `plan`, `decide`, `render`, `index`, `verify`, `publish`."""

from newsgen.build.address_book import AddressBook
from newsgen.build.decisions import Decision, decide
from newsgen.build.indexing import index
from newsgen.build.making import Rendered, render
from newsgen.build.plan import SitePlan
from newsgen.build.publishing import publish
from newsgen.build.verifying import verify
from newsgen.build.workspace import Workspace
from newsgen.content.reader import Reading, Remembered, SiteReader, read_site
from newsgen.core.errors import SourceMoved
from newsgen.site.join import join as join_site
from newsgen.site.newspaper import Newspaper

__all__ = ["Decision", "Rendered", "SitePlan", "decide", "index", "join", "plan", "publish", "read", "render", "verify"]


def read(workspace: Workspace) -> Reading:
    """Read the site as it was when it was opened; faults go to the workspace's problems.

    Raises:
        SourceMoved: when the site was changed since.
    """
    with workspace.timed("read"):
        options = workspace.options
        remembered = Remembered(workspace.cache, options.processes, workspace.survey.stamp_stories())
        reader = SiteReader(options.site, workspace.config, workspace.sources)
        content = read_site(reader, remembered, options.now, workspace.problems)
        if workspace.has_moved():
            raise SourceMoved("")
        return content


def join(workspace: Workspace, content: Reading) -> Newspaper:
    """Make the newspaper of the moment from what was read."""
    with workspace.timed("join"):
        options = workspace.options
        return join_site(workspace.config, content.inputs, options.now, workspace.problems, drafts=options.drafts)


def plan(workspace: Workspace, content: Reading, paper: Newspaper) -> SitePlan:
    """Plan every output. Addresses that are wanted twice, or were published and would vanish, are problems."""
    with workspace.timed("plan"):
        outputs = SitePlan(content, paper, workspace.plugins)
        workspace.problems.extend(outputs.check())
        if workspace.options.addresses != "read":
            book = AddressBook(content, outputs.pages, outputs.newspaper.old_addresses)
            workspace.problems.extend(book.check())
        return outputs
