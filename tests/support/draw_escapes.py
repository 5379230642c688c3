"""Draw each template in templates/p/ of a site, and print what came of it as JSON: `python draw_escapes.py SITE`.

Each gives [its number, "text" or "fault", the page or the place and the message, what it asked].
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from builders import NOW
from newsgen.build.options import BuildOptions
from newsgen.build.stages import join, plan, read
from newsgen.build.workspace import Workspace
from newsgen.publish.publication import find_state_folder
from newsgen.render.errors import locate_error
from newsgen.render.templates import TemplateFault
from newsgen.workers.limits import TooSlow, time_limit

SECONDS = 9.0


def drawn(site: Path) -> Iterator[tuple[str, str, str, list[str]]]:
    """What came of each template, in their order."""
    options = BuildOptions(site, site / "build", NOW, jobs=1)
    with Workspace(options, find_state_folder(site, options.output)) as workspace:
        content = read(workspace)
        work = plan(workspace, content, join(workspace, content))
        renderer = work.make_answers().templates[""]
        known = next(page for page in work.pages if page.template == "404.html")
        held = renderer.data.find_answer(("data", "menu"))
        for file in sorted(site.glob("templates/p/*")):
            page = replace(known, template=f"p/{file.name}")
            with work.recorder.recording() as asked:
                try:
                    with time_limit(SECONDS):
                        said = ("text", renderer.render(page, None).decode())
                except TemplateFault as fault:
                    said = ("fault", str(fault.problem))
                except TooSlow as slow:
                    said = ("fault", f"{locate_error(slow, 'nowhere')}: slow")
            yield file.name, *said, sorted(map(repr, asked))
        yield "data", "text", str(held == renderer.data.find_answer(("data", "menu"))), []


if __name__ == "__main__":
    json.dump(list(drawn(Path(sys.argv[1]))), sys.stdout)
