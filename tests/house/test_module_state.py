"""No module keeps anything between two calls: what is at its top is never changed."""

import ast

import pytest

from source_modules import Module, module, modules

CONTAINERS = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
MAKERS = {"list", "dict", "set", "bytearray", "defaultdict", "OrderedDict", "Counter", "deque", "WeakValueDictionary"}
CHANGES = {"append", "extend", "insert", "remove", "pop", "popitem", "clear", "sort", "reverse", "update", "setdefault"}
CHANGES |= {"add", "discard", "difference_update", "intersection_update", "appendleft", "popleft"}


def containers(one: Module) -> set[str]:
    """The names at the top of a module that hold a list, a mapping or a set."""
    found = set()
    for node in one.tree.body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        value = node.value if targets else None
        made = isinstance(value, ast.Call) and getattr(value.func, "id", getattr(value.func, "attr", "")) in MAKERS
        if isinstance(value, CONTAINERS) or made:
            found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return found


def changed(one: Module, everywhere: dict[str, set[str]]) -> list[str]:
    """The lines of a module that change a container at its top or at that of another one, or a name by `global`."""
    shared = set(containers(one))
    for node in ast.walk(one.tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("newsgen."):
            known = everywhere.get(node.module.removeprefix("newsgen.").replace(".", "/"), set())
            shared |= {alias.asname or alias.name for alias in node.names if alias.name in known}
    lines = []
    for node in ast.walk(one.tree):
        names = []
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CHANGES:
            names = [node.func.value]
        elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
            names = [node.value]
        elif isinstance(node, ast.AugAssign):
            names = [node.target]
        if isinstance(node, ast.Global):
            lines += [(node.lineno, name) for name in node.names]
        lines += [(node.lineno, name.id) for name in names if isinstance(name, ast.Name) and name.id in shared]
    return [f"{one.file}:{line}: {name} is changed" for line, name in sorted(lines)]


def test_nothing_at_the_top_of_a_module_is_changed():
    """Lists, mappings and sets of modules are tables: what one call leaves for the next stands in an object."""
    everywhere = {one.name: containers(one) for one in modules()}
    faults = [fault for one in modules() for fault in changed(one, everywhere)]
    assert [] == faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("x = []\ndef f():\n    x.append(1)", 3),
        ("x: dict[str, int] = {}\ndef f():\n    x['a'] = 1", 3),
        ("x = defaultdict(list)\ndef f():\n    del x['a']", 3),
        ("x = 0\ndef f():\n    global x", 3),
        ("from newsgen.core.a import T\nT.update({})", 2),
    ],
)
def test_a_change_is_found_with_its_line(text, line):
    """Such a line is told as file:line; a list of a function's own is its own affair."""
    (fault,) = changed(module("site/x", text), {"core/a": {"T"}})
    assert fault.startswith(f"src/newsgen/site/x.py:{line}: ")
    assert [] == changed(module("site/x", "def f():\n    x = []\n    x.append(1)"), {})
