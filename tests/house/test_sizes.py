"""One idea a module, small functions, few parameters. What is larger stands here with its reason."""

import ast

import pytest

from source_modules import Module, functions, module, modules

MODULE_LINES, FUNCTION_LINES, PARAMETERS = 400, 40, 5
FORBIDDEN = {"utils", "util", "helpers", "helper", "manager", "managers", "base", "common", "misc"}

EXCEPTIONS: dict[str, str] = {
    "cli/build:build_command parameters": "one for each option of the command",
    "cli/check:check_command parameters": "one for each option of the command",
    "cli/online:online_command parameters": "one for each option of the command",
    "cli/serve:serve_command parameters": "one for each option of the command",
    "body/blocks": "the line-by-line reading of CommonMark: every kind of block, how it goes on, begins and ends",
}
"""What is larger than the rule, and why: "module" or "module:function parameters" and so on."""


def breaches(one: Module) -> dict[str, str]:
    """What a module has of too much: the name under which EXCEPTIONS would list it → what is found where."""
    found = {}
    lines = one.text.count("\n")
    if lines > MODULE_LINES:
        found[one.name] = f"{one.file}:1: {lines} lines, at most {MODULE_LINES}"
    for name, function in functions(one.tree):
        at = f"{one.file}:{function.lineno}: {name}"
        lines = (function.end_lineno or function.lineno) - function.lineno + 1
        if lines > FUNCTION_LINES:
            found[f"{one.name}:{name} lines"] = f"{at} has {lines} lines, at most {FUNCTION_LINES}"
        positional = [a for a in (*function.args.posonlyargs, *function.args.args) if a.arg not in ("self", "cls")]
        count = len(positional) + len(function.args.kwonlyargs)
        if count > PARAMETERS:
            found[f"{one.name}:{name} parameters"] = f"{at} has {count} parameters, at most {PARAMETERS}"
        for argument in positional:
            if _is_bool(argument.annotation):
                found[f"{one.name}:{name} {argument.arg}"] = f"{at} takes the boolean {argument.arg} by position"
    return found


def _is_bool(annotation: ast.expr | None) -> bool:
    return annotation is not None and ast.unparse(annotation).strip("'\"") in ("bool", "bool | None", "None | bool")


ALL = {key: what for one in modules() for key, what in breaches(one).items()}


def test_nothing_is_larger_than_the_rule():
    """Functions have at most 40 lines and 5 parameters, modules 400 lines, and booleans go by name."""
    faults = [f"{what}   ({key})" for key, what in ALL.items() if key not in EXCEPTIONS]
    assert [] == faults, "\n".join(faults)


@pytest.mark.parametrize("key", EXCEPTIONS)
def test_an_exception_is_still_needed(key):
    """An exception goes when the code no longer needs it."""
    assert key in ALL


@pytest.mark.parametrize("one", modules(), ids=lambda m: m.name)
def test_a_module_is_named_by_its_idea(one):
    """No module is called utils, helpers, manager or base."""
    assert set() == FORBIDDEN & set(one.name.replace("_", "/").split("/"))


def test_what_is_too_large_is_found():
    """A long function, many parameters and a boolean by position are each told; `self` and names after `*` are not."""
    long = "    1\n" * 40
    text = f"class A:\n    def f(self, a, b, c, d, e, g: bool):\n        pass\ndef h(*, yes: bool = False):\n{long}"
    assert {"cli:A.f parameters", "cli:A.f g", "cli:h lines"} == set(breaches(module("cli", text)))
