"""The pages of the last build, which the preview shows while it reads a large site for the first time."""

from pathlib import Path

from newsgen.build.memory import compute_epoch
from newsgen.config.settings import Config
from newsgen.core.media_types import HTML, guess_type
from newsgen.core.opening import is_private, open_inside, read_inside
from newsgen.core.site_files import OUTPUT
from newsgen.core.urls import to_output, to_url
from newsgen.preview.incremental_reader import open_read_cache
from newsgen.preview.responses import Response
from newsgen.publish.build_info import read_site_address


class BuiltSite:
    """The output of the last build of one site. `base` is the base path of its addresses."""

    def __init__(self, output: Path, base: str) -> None:
        self.output, self.base = output, base

    def respond(self, path: str) -> Response | None:
        """The page or file at a path as it was built; None where the build has none, and for hidden files and keys."""
        if self.base and not path.startswith(f"{self.base}/"):
            return None
        output = to_output(path.removeprefix(self.base))
        if any(map(is_private, output.split("/"))):
            return None
        if (self.output / output / "index.html").is_file():
            return Response(302, location=to_url(f"{output}/index.html", self.base))
        kind, file = guess_type(output), self.output / output
        try:
            if kind == HTML:
                whole = not output.endswith(".fragment.html")
                return Response(200, read_inside(self.output, file), kind, takes_script=whole)
            return Response(200, kind=kind, file=open_inside(self.output, file))
        except (OSError, ValueError):
            return None


def find_built_site(site: Path, config: Config) -> BuiltSite | None:
    """The output of the last build, where it is of this site and newsgen remembers what that build read.

    A site that must be read anew, or has plugins, is read first: by all processors, which beside a server it cannot be.
    """
    if config.plugins or read_site_address(site / OUTPUT) != config.url:
        return None
    with open_read_cache(site, config, compute_epoch(config)) as cache:
        return BuiltSite(site / OUTPUT, config.base) if cache.knows_manuscripts() else None
