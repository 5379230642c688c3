"""Finds blocks in a site's templates that are never shown, as no template above has a block of that name."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import jinja2
from jinja2 import nodes

from newsgen.core.errors import Location, Problem, suggest_name
from newsgen.core.messages import say
from newsgen.core.site_files import TEMPLATES
from newsgen.core.walk import walk_files
from newsgen.render.template_loader import ThemeLoader
from newsgen.render.theme import PACKAGED, Theme


class _Template(NamedTuple):
    """A template: its outermost blocks with their lines, the names of all its blocks, and the templates it extends."""

    outermost: tuple[tuple[str, int], ...]
    names: frozenset[str]
    parents: tuple[str | None, ...]


def find_unknown_blocks(site: Path, theme: Theme = PACKAGED) -> Iterator[Problem]:
    """A warning for each such block, but not in a template whose parent is only known when a page is rendered."""
    loader = ThemeLoader(site, theme=theme)
    for name, _ in walk_files(site / TEMPLATES):
        template, known = _read(loader, name), _list_blocks_above(loader, name)
        if template is None or known is None:
            continue
        for block, line in template.outermost:
            if block not in known:
                what = say(
                    "no template above this one has a block `{name}`, so what is in it is never shown", name=block
                )
                yield Problem(
                    Location(loader.shown(name), line), "unknown-block", what, suggest_name(block, known), "warning"
                )


def _read(loader: ThemeLoader, name: str) -> _Template | None:
    """A template; None if it is not there, or if Jinja cannot read it."""
    text = loader.text(name)
    return None if text is None else _parse(text)


@lru_cache(maxsize=500)
def _parse(text: str) -> _Template | None:
    try:
        tree = jinja2.Environment(extensions=["jinja2.ext.i18n"], autoescape=True).parse(text)
    except (jinja2.TemplateError, ValueError, RecursionError):
        return None
    outermost = tuple((block.name, block.lineno) for block in _find_outermost(tree))
    names = frozenset(block.name for block in tree.find_all(nodes.Block))
    extended = [node.template for node in tree.find_all(nodes.Extends)]
    return _Template(outermost, names, tuple(str(e.value) if isinstance(e, nodes.Const) else None for e in extended))


def _list_blocks_above(loader: ThemeLoader, name: str) -> set[str] | None:
    """The names of all blocks of the templates that this one extends; None where these are unknown, or none."""
    known: set[str] = set()
    seen: list[str] = [name]
    while (template := _read(loader, seen[-1])) is not None:
        if len(seen) > 1:
            known |= template.names
        if not template.parents:
            return known if len(seen) > 1 else None
        parent = template.parents[0]
        if len(template.parents) > 1 or parent is None or parent in seen:
            return None
        seen.append(parent)
    return None


def _find_outermost(node: nodes.Node) -> Iterator[nodes.Block]:
    """The blocks that are in no other block; blocks in them are shown if they are."""
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Block):
            yield child
        else:
            yield from _find_outermost(child)
