"""The source of newsgen as the house tests read it: each module's name, text and tree."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "newsgen"


@dataclass(frozen=True)
class Module:
    """A file of the package. `name` is its path inside it without the ending, such as "site/pages"."""

    name: str
    text: str
    tree: ast.Module

    @property
    def file(self):
        """Its path from the checkout, as an editor opens it."""
        return f"src/newsgen/{self.name}.py"

    @property
    def room(self):
        """The folder it stands in, "" for those of the package itself."""
        return self.name.rpartition("/")[0]

    def line(self, number):
        """A line of its text, counted from 1."""
        return self.text.splitlines()[number - 1]


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the package, by name."""
    files = sorted(PACKAGE.rglob("*.py"))
    names = [file.relative_to(PACKAGE).with_suffix("").as_posix() for file in files]
    texts = [file.read_text("utf-8") for file in files]
    return tuple(Module(n, t, ast.parse(t)) for n, t in zip(names, texts, strict=True))


def module(name: str, text: str) -> Module:
    """A module that is only thought of, to see a house test find its fault."""
    return Module(name, text, ast.parse(text))


def functions(tree: ast.AST) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Every function with its name as one speaks of it, such as "Plan.pages"."""

    def below(node: ast.AST, above: str) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
        for child in ast.iter_child_nodes(node):
            name = f"{above}{getattr(child, 'name', '')}"
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                yield name, child
            named = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
            yield from below(child, f"{name}." if named else above)

    return below(tree, "")
