"""Make an output by its number in the plan. A process that shares no memory with the build opens the site itself."""

import shutil
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import get_ident

import msgspec

from newsgen.build.decisions import digest_inputs, digest_plan
from newsgen.build.leaks import search_for
from newsgen.build.memory import LastBuild, compute_epoch
from newsgen.build.options import BuildOptions
from newsgen.build.page_maker import BegunOutput, PageMaker, RenderedOutput
from newsgen.build.plan import SitePlan
from newsgen.config.reading import read_config
from newsgen.content.read_cache import ReadCache
from newsgen.content.reader import Remembered, SiteReader, read_site
from newsgen.content.sources import find_sources
from newsgen.core.errors import Problems, SourceMoved
from newsgen.model.pages import PlannedOutput
from newsgen.render.renderer import PageDrawer
from newsgen.site.join import join
from newsgen.workers.stages import TwoSteps

THREADS = 4
"""How many threads of one process may each have the site open."""


class PaperAt(msgspec.Struct, frozen=True):
    """Which paper is made, as plain data: the options of its build, the file of the read cache, a digest of the plan.

    `run` is unique to the build: another one's templates and data may differ.
    """

    options: BuildOptions
    cache: Path
    digest: str
    run: str


Begun = tuple[PageMaker, PlannedOutput, BegunOutput]


class RenderJob(TwoSteps[int, Begun, RenderedOutput]):
    """Makes outputs by their numbers in the plan. Pickled, it is a `PaperAt`, and opens the site when called."""

    def __init__(self, paper: PaperAt, maker: PageMaker | None = None, outputs: Sequence[PlannedOutput] = ()) -> None:
        self.paper, self._maker, self._outputs = paper, maker, outputs

    def begin(self, item: int) -> Begun:
        """Draw the body of one output.

        Raises:
            SourceMoved: when its source, or the paper itself, is not what was read.
        """
        maker, outputs = self._maker, self._outputs
        if maker is None:
            maker, outputs = _open(self.paper, get_ident())
        page = outputs[item]
        return maker, page, maker.begin(page)

    def end(self, item: int, begun: Begun) -> RenderedOutput:  # noqa: ARG002 - the output is at hand
        """Make one output whose body is drawn. Raises SourceMoved as `begin` does."""
        maker, page, begun_output = begun
        return maker.end(page, begun_output)

    def __reduce__(self) -> tuple[type["RenderJob"], tuple[PaperAt]]:
        return RenderJob, (self.paper,)


@lru_cache(maxsize=THREADS)
def _open(paper: PaperAt, _thread: int) -> tuple[PageMaker, Sequence[PlannedOutput]]:
    """Read, join and plan the site, once for a thread; the maker writes nothing, and gives the bytes.

    The read cache is a copy: no other computer may write to the build's own.

    Raises:
        SourceMoved: when this is not the paper of the build.
    """
    from newsgen.plugins.loading import load_plugins  # start-up: only on other computers

    options, config, problems = paper.options, read_config(paper.options.site), Problems()
    plugins = load_plugins(options.site, config)
    basis, sources = compute_epoch(config, plugins), find_sources(options.site, problems)
    with TemporaryDirectory(prefix="newsgen-worker-", ignore_cleanup_errors=True) as folder:
        with suppress(OSError):
            shutil.copyfile(paper.cache, Path(folder, paper.cache.name))
        cache = ReadCache(Path(folder, paper.cache.name), basis, config.zone)
    reader = SiteReader(options.site, config, sources)
    content = read_site(reader, Remembered(cache, 1), options.now, problems)
    newspaper = join(config, content.inputs, options.now, problems, drafts=options.drafts)
    outputs = SitePlan(content, newspaper, plugins)
    if digest_plan(basis, outputs.knowledge, digest_inputs(outputs)) != paper.digest:
        raise SourceMoved("")
    drawer = PageDrawer(content, outputs.make_answers(), outputs.recorder, cache)
    maker = PageMaker(drawer, search_for(options, outputs, LastBuild()), None, outputs.searched)
    return maker, outputs.to_make
