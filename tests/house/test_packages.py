"""The house: who may import whom, and which package owns which library."""

import ast
from collections.abc import Iterable, Iterator

import pytest

from source_modules import Module, module, modules

PACKAGES = (
    "core",
    "config",
    "model",
    "workers",
    "publish",
    "media",
    "body",
    "content",
    "search",
    "site",
    "documents",
    "plan",
    "render",
    "checks",
    "api",
    "plugins",
    "build",
    "commands",
    "preview",
    "services",
    "cli",
)
"""A package imports only from packages above it in this list; inside a package any module may import any other."""

OWNERS = {
    "PIL": {"media"},
    "click": {"cli"},
    "comrak": {"body"},
    "distributed": {"workers"},
    "fcntl": set(),
    "filelock": {"publish"},
    "httpx": {"commands"},
    "imagesize": {"media"},
    "jinja2": {"render", "preview"},
    "livereload": {"preview"},
    "markdown": {"body"},
    "markupsafe": {"render"},
    "mutagen": {"media"},
    "nh3": {"body"},
    "pillow_heif": {"media"},
    "pypdf": {"media"},
    "redis": {"services"},
    "rich": {"cli"},
    "selectolax": {"body", "documents", "plugins"},
    "slugify": {"core"},
    "sqlite3": {"core", "publish"},
    "starlette": {"services"},
    "tornado": {"preview"},
    "uvicorn": {"services"},
    "watchfiles": {"preview"},
    "yaml": {"core"},
}
"""The packages that may import a library."""

PURE = ("model", "site", "documents", "plan")
DISK_AND_CLOCK = {"os", "pathlib", "shutil", "io", "time", "random", "subprocess", "tempfile"}


def package(name: str) -> str:
    """The package of a module, which two modules are themselves; "" for those of newsgen itself."""
    return name.partition("/")[0] if "/" in name or name in PACKAGES else ""


def rank(name: str) -> int:
    """Where in the order a module stands: newsgen itself knows all packages, but its version is for everybody."""
    if name == "__init__":
        return -1
    return PACKAGES.index(package(name)) if package(name) else len(PACKAGES)


def imports(one: Module, known: Iterable[str]) -> Iterator[tuple[str, int]]:
    """The modules of newsgen that a module imports, each with the line."""
    names = set(known)
    for node in ast.walk(one.tree):
        wanted = []
        if isinstance(node, ast.Import):
            wanted = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            wanted = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in wanted:
            path = name.replace(".", "/").removeprefix("newsgen/")
            if name.split(".")[0] == "newsgen":
                candidates = (path, path.rpartition("/")[0], f"{path}/__init__", "__init__")
                yield next(c for c in candidates if c in names), node.lineno


def libraries(one: Module) -> Iterator[tuple[str, int]]:
    """The packages of others that a module imports, each with the line."""
    for node in ast.walk(one.tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name.split(".")[0], node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0], node.lineno


def misplaced(one: Module, known: Iterable[str]) -> list[str]:
    """The lines of a module that import from a package below its own."""
    return [
        f"{one.file}:{line}: {one.name} imports {name}, which stands below it"
        for name, line in imports(one, known)
        if rank(name) > rank(one.name)
    ]


def borrowed(one: Module) -> list[str]:
    """The lines of a module that import what another package owns, or the disk and the clock where all is pure."""
    own = package(one.name)
    faults = [(line, name) for name, line in libraries(one) if own not in OWNERS.get(name, {own})]
    if own in PURE:
        faults += [(line, name) for name, line in libraries(one) if name in DISK_AND_CLOCK]
    return [f"{one.file}:{line}: {name}" for line, name in sorted(faults)]


def hidden(one: Module) -> list[str]:
    """The lines of imports inside functions that no comment excuses."""
    faults = []
    for node in ast.walk(one.tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for inner in ast.walk(node):
            if isinstance(inner, ast.Import | ast.ImportFrom):
                excused = "start-up" in one.line(inner.lineno).partition("#")[2]
                if not excused:
                    faults.append(f"{one.file}:{inner.lineno}: an import inside a function, without “# start-up”")
    return sorted(set(faults))


def asking(one: Module) -> list[str]:
    """The lines of a module that ask for the time, a file or the environment."""
    called = [node.func for node in ast.walk(one.tree) if isinstance(node, ast.Call)]
    names = [(getattr(f, "attr", getattr(f, "id", "")), f.lineno) for f in called]
    return [f"{one.file}:{line}: {n}()" for n, line in names if n in ("now", "today", "utcnow", "open", "getenv")]


def circles(graph: dict[str, set[str]]) -> list[str]:
    """Each chain of imports that comes back to where it began."""
    found, done = [], set()

    def walk(name: str, above: tuple[str, ...]) -> None:
        if name in above:
            found.append(" → ".join([*above[above.index(name) :], name]))
        elif name not in done:
            for below in sorted(graph[name]):
                walk(below, (*above, name))
            done.add(name)

    for name in sorted(graph):
        walk(name, ())
    return found


NAMES = [one.name for one in modules()]


def test_every_module_stands_in_a_package():
    """At the top stand the version, the entry and the face for plugins; every folder of modules is in the list."""
    assert {"__init__", "__main__", "api"} == {name for name in NAMES if "/" not in name}
    assert set(PACKAGES) == {package(name) for name in NAMES} - {""}


def test_imports_go_up():
    """A module imports only from its own package and those above it."""
    faults = [fault for one in modules() for fault in misplaced(one, NAMES)]
    assert [] == faults, "\n".join(faults)


def test_a_library_has_its_owner():
    """Templates are drawn in render/, Markdown is read in body/, and what is pure has no disk and no clock."""
    faults = [fault for one in modules() for fault in borrowed(one)]
    assert [] == faults, "\n".join(faults)


def test_pure_packages_ask_nobody():
    """What is now, and what is on the disk, is handed in."""
    faults = [fault for one in modules() if package(one.name) in PURE for fault in asking(one)]
    assert [] == faults, "\n".join(faults)


def test_no_import_is_hidden():
    """An import inside a function is there only to keep start-up fast, and says so in its line."""
    faults = [fault for one in modules() for fault in hidden(one)]
    assert [] == faults, "\n".join(faults)


def test_no_imports_go_in_a_circle():
    """No module imports itself through others."""
    graph = {one.name: {name for name, _ in imports(one, NAMES)} for one in modules()}
    assert [] == circles(graph)


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("core/errors", "import newsgen.model.stories", 1),
        ("model/stories", "from newsgen.build import pipeline", 1),
        ("site/archive", "\nfrom newsgen.plan.pages import Plan", 2),
        ("body/body", "from newsgen.render import templates", 1),
        ("site/newspaper", "def f():\n    from newsgen.build.pipeline import build", 2),
    ],
)
def test_a_wrong_import_is_found_with_its_line(name, text, line):
    """Such an import is named as file:line, so that an editor opens it."""
    (fault,) = misplaced(module(name, text), NAMES)
    assert fault.startswith(f"src/newsgen/{name}.py:{line}: ")


def test_a_borrowed_library_is_found_with_its_line():
    """A library of another package, the disk and the clock are told as file:line."""
    assert ["src/newsgen/body/body.py:2: jinja2"] == borrowed(module("body/body", "\nimport jinja2\n"))
    assert ["src/newsgen/site/archive.py:1: time"] == borrowed(module("site/archive", "from time import time\n"))
    assert ["src/newsgen/plan/pages.py:2: now()"] == asking(module("plan/pages", "\nx = datetime.now()\n"))


def test_a_hidden_import_is_found_with_its_line():
    """An import in a function needs a comment that says why; a circle is told from end to end."""
    text = "def f():\n    import rich\n    import click  # start-up: only for help\n"
    found = ["src/newsgen/cli/x.py:2: an import inside a function, without “# start-up”"]
    assert found == hidden(module("cli/x", text))
    assert ["a → b → a"] == circles({"a": {"b"}, "b": {"a"}, "c": {"a"}})
