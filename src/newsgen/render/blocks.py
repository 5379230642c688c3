"""Blocks in a site's templates that no page shows, for no template above them has a block of that name."""

from collections.abc import Iterator
from pathlib import Path

import jinja2
from jinja2 import nodes

from newsgen.core.errors import Location, Problem, did_you_mean
from newsgen.core.messages import say
from newsgen.core.site_files import TEMPLATES
from newsgen.core.walk import files_below
from newsgen.render.template_loader import ThemeLoader
from newsgen.render.theme import PACKAGED, Theme


def unknown_blocks(site: Path, theme: Theme = PACKAGED) -> Iterator[Problem]:
    """A warning for each of them. A template whose parent is only known on a page is not judged."""
    blocks = _Blocks(ThemeLoader(site, theme=theme))
    for name, _ in files_below(site / TEMPLATES):
        tree = blocks.tree(name)
        known = blocks.above(name)
        if tree is None or known is None:
            continue
        for block in _outermost(tree):
            if block.name not in known:
                place = Location(blocks.loader.shown(name), block.lineno)
                name = block.name
                what = say(
                    "no template above this one has a block `{name}`, so what is in it is never shown", name=name
                )
                yield Problem(place, "unknown-block", what, did_you_mean(block.name, known), "warning")


class _Blocks:
    """The blocks of templates, each of which is read once."""

    def __init__(self, loader: ThemeLoader) -> None:
        self.loader = loader
        self._parser = jinja2.Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
        self._trees: dict[str, nodes.Template | None] = {}

    def tree(self, name: str) -> nodes.Template | None:
        """What is in a template; None for one that is not there, or that Jinja cannot read."""
        if name not in self._trees:
            text = self.loader.text(name)
            try:
                self._trees[name] = None if text is None else self._parser.parse(text)
            except (jinja2.TemplateError, ValueError, RecursionError):
                self._trees[name] = None
        return self._trees[name]

    def above(self, name: str) -> set[str] | None:
        """The names of all blocks of the templates that this one extends; None where that is not known, or none."""
        known: set[str] = set()
        seen = [name]
        while (tree := self.tree(seen[-1])) is not None:
            parents = [*tree.find_all(nodes.Extends)]
            if len(seen) > 1:
                known |= {block.name for block in tree.find_all(nodes.Block)}
            if not parents:
                return known if len(seen) > 1 else None
            parent = parents[0].template
            if len(parents) > 1 or not isinstance(parent, nodes.Const) or parent.value in seen:
                return None
            seen.append(str(parent.value))
        return None


def _outermost(node: nodes.Node) -> Iterator[nodes.Block]:
    """The blocks that lie in no other block. What is in a block that is shown is shown itself."""
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Block):
            yield child
        else:
            yield from _outermost(child)
