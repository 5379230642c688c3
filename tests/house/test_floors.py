"""The house: who may import whom. design: errors at the bottom, then nouns, then rooms, then acts, then the door."""

import ast
from collections.abc import Iterable, Iterator

import pytest
from housebook import Module, module, modules

FLOORS = {
    0: (
        "__init__",
        "children",
        "decoding",
        "digests",
        "errors",
        "filenames",
        "generators",
        "grouping",
        "limits",
        "messages",
        "opening",
        "cutting",
        "plaintext",
        "rules",
        "sealed",
        "text",
        "urls",
        "workers",
        "writing",
        "reasons",
        "yamlslips",
        "yamltree",
    ),
    1: ("config", "dates", "locales", "model", "questions", "schema", "syndication", "taxonomies"),
    3: (
        "addresses",
        "build",
        "bulletin",
        "changes",
        "check",
        "clock",
        "desk",
        "timers",
        "editions",
        "explain",
        "external",
        "init",
        "languages",
        "leaks",
        "looking",
        "memory",
        "new",
        "online_service",
        "options",
        "planned",
        "press",
        "profiling",
        "reading",
        "rendering",
        "rereading",
        "runs",
        "scanning",
        "serve",
        "tracing",
        "unmet",
        "urls_lock",
        "wanted",
        "withholding",
        "wording",
        "work",
    ),
    4: ("__main__",),
}
ROOMS = ("content", "site", "output", "preview", "online")
DOOR = "cli"
DISK_AND_CLOCK = {"os", "pathlib", "shutil", "io", "time", "random", "subprocess", "tempfile"}
FOREIGN = {
    "content": {"jinja2"},
    "online": {"jinja2", "markdown", "nh3", "tornado", "yaml"},
    "output": {"markdown", "nh3", "yaml"},
    "preview": {"markdown", "nh3", "yaml"},
    "site": DISK_AND_CLOCK | {"jinja2", "markdown"},
}


def floor(name: str) -> int:
    """The floor of a module: by the table, 2 in a room, 4 behind the door."""
    folder = name.partition("/")[0]
    if folder in ROOMS or folder == DOOR:
        return 2 if folder in ROOMS else 4
    return next(number for number, names in FLOORS.items() if name in names)


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


def packages(one: Module) -> Iterator[tuple[str, int]]:
    """The packages of others that a module imports, each with the line."""
    for node in ast.walk(one.tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name.split(".")[0], node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0], node.lineno


def misplaced(one: Module, known: Iterable[str]) -> list[str]:
    """The lines of a module that import what its place does not allow."""
    faults = []
    for name, line in imports(one, known):
        upwards = floor(name) > floor(one.name)
        next_door = floor(name) == floor(one.name) == 2 and name.split("/")[0] != one.name.split("/")[0]
        through_the_wall = floor(one.name) == 4 and floor(name) == 2
        if upwards or next_door or through_the_wall:
            faults.append(f"{one.file}:{line}: {one.name} (floor {floor(one.name)}) imports {name} ({floor(name)})")
    return faults


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


def test_every_module_has_a_place_in_the_house():
    """A new module stands in a room, or has its floor in the table above; the table names none that is gone."""
    in_rooms = {name for name in NAMES if name.partition("/")[0] in (*ROOMS, DOOR)}
    listed = {name for names in FLOORS.values() for name in names}
    assert listed == set(NAMES) - in_rooms


@pytest.mark.parametrize("one", modules(), ids=NAMES)
def test_imports_go_down(one):
    """A module imports only from lower floors or from its own; a room never from another room, the door never from a
    room.
    """
    faults = misplaced(one, NAMES)
    assert [] == faults, "\n".join(faults)


@pytest.mark.parametrize("one", modules(), ids=NAMES)
def test_no_import_is_hidden(one):
    """An import inside a function is there only to keep start-up fast, and says so in its line."""
    faults = hidden(one)
    assert [] == faults, "\n".join(faults)


def test_no_imports_go_in_a_circle():
    """No module imports itself through others."""
    graph = {one.name: {name for name, _ in imports(one, NAMES)} for one in modules()}
    assert [] == circles(graph)


@pytest.mark.parametrize("one", [m for m in modules() if m.room in ROOMS], ids=lambda m: m.name)
def test_a_room_keeps_to_its_trade(one):
    """There are no templates in content/, no Markdown in output/, and neither disk nor clock in site/."""
    strange = [f"{one.file}:{line}: {name}" for name, line in packages(one) if name in FOREIGN[one.room]]
    assert [] == strange, "\n".join(strange)


@pytest.mark.parametrize("one", [m for m in modules() if m.room == "site"], ids=lambda m: m.name)
def test_the_site_room_asks_no_clock_and_no_disk(one):
    """What is now, and what is on the disk, is handed in from the acts."""
    called = [node.func for node in ast.walk(one.tree) if isinstance(node, ast.Call)]
    names = [(getattr(f, "attr", getattr(f, "id", "")), f.lineno) for f in called]
    asked = [f"{one.file}:{line}: {n}()" for n, line in names if n in ("now", "today", "utcnow", "open", "getenv")]
    assert [] == asked, "\n".join(asked)


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("errors", "import newsgen.model", 1),
        ("model", "from newsgen import build", 1),
        ("site/pages", "\nfrom newsgen.content.bodies import BodyRenderer", 2),
        ("content/bodies", "from newsgen.output import templates", 1),
        ("cli", "from newsgen.site.site import join", 1),
        ("site/site", "def f():\n    from newsgen.build import build", 2),
    ],
)
def test_a_wrong_import_is_found_with_its_line(name, text, line):
    """Such an import is named as file:line, so that an editor opens it."""
    (fault,) = misplaced(module(name, text), NAMES)
    assert fault.startswith(f"src/newsgen/{name}.py:{line}: ")


def test_a_hidden_import_is_found_with_its_line():
    """An import in a function needs a comment that says why; a circle is told from end to end."""
    text = "def f():\n    import rich\n    import click  # start-up: only for help\n"
    assert ["src/newsgen/cli.py:2: an import inside a function, without “# start-up”"] == hidden(module("cli", text))
    assert ["a → b → a"] == circles({"a": {"b"}, "b": {"a"}, "c": {"a"}})
