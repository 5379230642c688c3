"""Translates the fixes of fields from YAML to TOML."""

import re
from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from newsgen.core.errors import Problem
from newsgen.core.messages import Message, say
from newsgen.core.yaml_tree import Scalar, to_toml

_IN_TOML: Mapping[str, Message] = {
    "add a line `{name}: …`": say("add a line `{name} = …`"),
    "add a line such as `slug: short-name`": say('add a line such as `slug = "short-name"`'),
    "correct the year, or write `status: draft`": say('correct the year, or write `status = "draft"`'),
    "`{name}` is there already: remove this, or move it under `extra:`": say(
        "`{name}` is there already: remove this, or move it below `[extra]`"
    ),
    "move it under `extra:`, or declare it in `fields:` of newsgen.yaml": say(
        "move it below `[extra]`, or declare it in `fields:` of newsgen.yaml"
    ),
    "write `2022-07-12`, `2022-07-12 07:51` or `2022-07-12T07:51:00+07:00`": say(
        'write `2022-07-12`, `2022-07-12T07:51:00+07:00` or, in quotes, `"2022-07-12 07:51"`'
    ),
    "write `[first, second]` or `first, second`": say('write `["first", "second"]` or `"first, second"`'),
    "write `extra:` and indented `name: value` lines": say("write `[extra]` and `name = value` lines below it"),
    "write `lang: {code}`, or move or rename the file": say('write `lang = "{code}"`, or move or rename the file'),
    "write `lang: en`": say('write `lang = "en"`'),
    "write `name: value` lines": say("write `name = value` lines"),
    "write `pin: true`, or `pin: 2022-07-12 18:00`": say('write `pin = true`, or `pin = "2022-07-12 18:00"`'),
    "write `replace: notice` or `replace: gone`": say('write `replace = "notice"` or `replace = "gone"`'),
    "write `{field}: [{names}]`": say("write `{field} = [{names}]`"),
    "write `{name}: [first, second]`": say('write `{name} = ["first", "second"]`'),
    "write `{name}: some text`": say('write `{name} = "some text"`'),
    "write `{name}: true` or `{name}: false`": say("write `{name} = true` or `{name} = false`"),
    "write `{name}: {{key: value}}`": say("write `{name} = {{key = value}}`"),
    "write `{name}: …` below `src:` of `image:`": say('write `image = {{src = "…", {name} = "…"}}`'),
    "write `- {entry}` lines": say("write a list of `{entry}`"),
    **{
        template: Message(template)
        for template in (
            "write `{name}`",
            "write {sample}",
            "write {known}, or put `{code}` under `languages:` in newsgen.yaml",
        )
    },
}
"""The fix in TOML for each fix in YAML; both have the same values."""

_ENTRY = re.compile(r"((?:^|[{`])|, )([a-z_]+): ((?:[\w-]+(?=`))?)")
"""A name with its value in the example of a fix, such as `status: draft` or `{src: …}`."""


def translate_to_toml(problem: Problem) -> Problem:
    """The problem with its fix in the syntax of TOML."""
    fix = problem.fix
    other = _IN_TOML.get(fix.template)
    if other is None:
        return problem
    values = {name: _translate_value(name, value) for name, value in fix.values.items()}
    return replace(problem, fix=Message(other.template, values))


def _translate_value(name: str, value: Any) -> Any:  # noqa: ANN401 - texts and numbers
    if name == "names":
        return ", ".join(to_toml(Scalar(item, plain=False, line=0, column=0)) for item in str(value).split(", "))
    if name not in ("entry", "name", "sample", "known", "choices", "other") or not isinstance(value, str):
        return value
    if isinstance(value, Message) and value.values:
        return Message(value.template, {inner: _translate_value(inner, v) for inner, v in value.values.items()})
    return _ENTRY.sub(_write_entry, value)


def _write_entry(found: re.Match[str]) -> str:
    value = f'"{found[3]}"' if found[3] else ""
    return f"{found[1]}{found[2]} = {value}"
