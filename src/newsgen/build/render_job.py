"""Make an output by its number in the plan, in any process: one that shares no memory opens the site by its path."""

import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import get_ident

from newsgen.build.decisions import own_digests, plan_digest
from newsgen.build.leak_search import search_for
from newsgen.build.memory import Last, epoch
from newsgen.build.options import BuildOptions
from newsgen.build.page_maker import Made, PageMaker
from newsgen.build.plan import Planned
from newsgen.config.reading import read_config
from newsgen.content.read_cache import ReadCache
from newsgen.content.reader import Remembered, read_site
from newsgen.content.sources import find_sources
from newsgen.core.errors import Problems, SourceMoved
from newsgen.model.pages import PlannedOutput
from newsgen.plugins.loading import load_plugins
from newsgen.render.renderer import PageDrawer
from newsgen.site.join import join

THREADS = 4
"""How many threads of one process may each have the site open."""


@dataclass(frozen=True, slots=True)
class PaperAt:
    """Which paper is made, as plain data: the choices of its build, the file of what was read, a digest of the plan.

    `run` tells it from the papers of all other builds, whose templates and data may have been others.
    """

    options: BuildOptions
    cache: Path
    digest: str
    run: str


class RenderJob:
    """Makes outputs by their numbers in the plan. Pickled it is a `PaperAt`: who has no maker opens the site."""

    def __init__(self, paper: PaperAt, maker: PageMaker | None = None, outputs: Sequence[PlannedOutput] = ()) -> None:
        self.paper, self._maker, self._outputs = paper, maker, outputs

    def __call__(self, number: int) -> Made:
        """Make one output.

        Raises:
            SourceMoved: when its source, or the paper itself, is not what was read.
        """
        maker, outputs = self._maker, self._outputs
        if maker is None:
            maker, outputs = _opened(self.paper, get_ident())
        return maker.make(outputs[number])

    def __reduce__(self) -> tuple[type["RenderJob"], tuple[PaperAt]]:
        return RenderJob, (self.paper,)


@lru_cache(maxsize=THREADS)
def _opened(paper: PaperAt, _thread: int) -> tuple[PageMaker, Sequence[PlannedOutput]]:
    """The site read, joined and planned once for a thread, whose maker gives the bytes and puts them nowhere.

    What earlier builds read is read from a copy, since nobody writes to what another computer has open.

    Raises:
        SourceMoved: when this is not the paper of the build.
    """
    options, config, problems = paper.options, read_config(paper.options.site), Problems()
    plugins = load_plugins(options.site, config)
    basis, sources = epoch(config, plugins), find_sources(options.site, problems)
    with TemporaryDirectory(prefix="newsgen-worker-", ignore_cleanup_errors=True) as folder:
        with suppress(OSError):
            shutil.copyfile(paper.cache, Path(folder, paper.cache.name))
        cache = ReadCache(Path(folder, paper.cache.name), basis, config.zone)
    content = read_site(options.site, config, sources, Remembered(cache, 1), problems)
    newspaper = join(config, content.inputs, options.now, problems, drafts=options.drafts)
    outputs = Planned(content, newspaper, plugins)
    if plan_digest(basis, outputs.knowledge, own_digests(outputs)) != paper.digest:
        raise SourceMoved("")
    drawer = PageDrawer(content, outputs.answers(), outputs.recorder, cache)
    maker = PageMaker(drawer, search_for(options, outputs, Last()), None)
    return maker, outputs.to_make
