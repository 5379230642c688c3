"""Explains syntax errors of templates in an editor's words, with a fix.

Jinja has English messages of its own; one that is not in the table here stays as it is.
"""

import re
from collections.abc import Callable, Collection, Mapping

from newsgen.core.errors import find_nearest, suggest_name
from newsgen.core.messages import Message, say

BLOCKS = ("autoescape", "block", "call", "filter", "for", "if", "macro", "set", "trans", "with")
"""The tags that have an end: `{% endblock %}` and so on."""

TAGS = (*BLOCKS, *(f"end{tag}" for tag in BLOCKS), "elif", "else", "extends", "from", "import", "include", "pluralize")
OPENED = {"elif": "if", "else": "if"}
TOKENS = {"end of statement block": "%}", "end of print statement": "}}", "begin of statement block": "{%"}
"""Tokens, by Jinja's descriptions of them."""

Names = Mapping[str, Collection[str]]
"""The names of filters and tests, by "filter" and "test"."""

Explained = tuple[Message, Message]


def explain_syntax(message: str, names: Names) -> Explained:
    """The problem and its fix, for one of Jinja's messages about syntax."""
    for pattern, explain in _TABLE:
        if found := pattern.fullmatch(message):
            return explain(found, names)
    return Message(message), say("correct the template here")


def _show_token(token: str) -> str:
    return TOKENS.get(token, token)


def _never_closed(found: re.Match[str], _names: Names) -> Explained:
    return say("`{tag}` is not closed before the template ends", tag=f"{{% {found[1]} %}}"), _end(found[1])


def _badly_nested(found: re.Match[str], _names: Names) -> Explained:
    values = {"tag": f"{{% {found[1]} %}}", "open": f"{{% {found[2]} %}}"}
    return say("`{tag}` stands here, but `{open}` is not closed yet", **values), _end(found[2])


def _end(tag: str) -> Message:
    return say("write `{end}` where it ends", end=f"{{% end{tag} %}}")


def _unknown_tag(found: re.Match[str], _names: Names) -> Explained:
    tag = found[1]
    if opened := OPENED.get(tag) or (tag.removeprefix("end") if tag.startswith("end") and tag in TAGS else ""):
        what = say("nothing is open that `{tag}` could belong to", tag=f"{{% {tag} %}}")
        return what, say("remove it, or write `{tag}` above", tag=f"{{% {opened} … %}}")
    return say("there is no tag `{tag}`", tag=f"{{% {tag} %}}"), suggest_name(tag, TAGS)


def _unknown_name(found: re.Match[str], names: Names) -> Explained:
    kind, name = found[1], found[2]
    what = say("there is no filter `{name}`", name=name)
    if kind == "test":
        what = say("there is no test `{name}`", name=name)
    if close := find_nearest(name, names[kind]):
        return what, say("did you mean `{name}`?", name=close)
    return what, say("remove it, or correct its name")


def _not_closed(found: re.Match[str], _names: Names) -> Explained:
    end = _show_token(found[1])
    return say("the template ends before `{end}`", end=end), say("write `{end}` where it belongs", end=end)


def _other_token(found: re.Match[str], _names: Names) -> Explained:
    wanted, got = _show_token(found[1]), _show_token(found[2])
    if (wanted, got) == ("%}", "="):
        return say("a condition has `=` here, which sets a value"), say("write `==` to compare")
    if wanted == "name":
        return say("a name has to stand before `{got}`", got=got), say("write the name")
    return say("`{wanted}` has to stand here, not `{got}`", wanted=wanted, got=got), say("correct the template here")


def _no_expression(found: re.Match[str], _names: Names) -> Explained:
    return say("a value is missing before `{got}`", got=_show_token(found[1])), say("write the value")


def _unexpected(found: re.Match[str], _names: Names) -> Explained:
    what = say("`{got}` cannot stand here", got=_show_token(found[1]))
    if wanted := found["wanted"]:
        return what, say("write `{wanted}` before it", wanted=wanted)
    return what, say("correct the template here")


def _character(found: re.Match[str], _names: Names) -> Explained:
    character = found[1]
    if character in "\"'":
        return say("a text that begins here has no closing quotation mark"), say("close it with {mark}", mark=character)
    words = {"&": "and", "|": "or", "!": "not"}
    if word := words.get(character):
        return say("`{got}` means nothing in a template", got=character), say("write `{word}`", word=word)
    return say("`{got}` means nothing in a template", got=character), say("remove it")


def _left_open(found: re.Match[str], _names: Names) -> Explained:
    end = "#}" if found[1] == "comment tag" else "{% endraw %}"
    return say("what begins here is not closed before the template ends"), say("write `{end}` where it ends", end=end)


def _defined_twice(found: re.Match[str], _names: Names) -> Explained:
    return say("the block `{name}` stands in this template twice", name=found[1]), say("give one of them another name")


def _plain(what: Message, fix: Message) -> Callable[[re.Match[str], Names], Explained]:
    return lambda _found, _names: (what, fix)


_Explain = Callable[[re.Match[str], Names], Explained]
_TABLE: tuple[tuple[re.Pattern[str], _Explain], ...] = tuple(
    (re.compile(pattern, re.DOTALL), explain)
    for pattern, explain in (
        (r"Unexpected end of template\. .*innermost block that needs to be closed is '(\w+)'\.", _never_closed),
        (r"Encountered unknown tag '(\w+)'\..+ innermost block that needs to be closed is '(\w+)'\.", _badly_nested),
        (r"Encountered unknown tag '(\w+)'\.", _unknown_tag),
        (r"No (filter|test) named '(.+?)'(?: found)?\.", _unknown_name),
        (r"unexpected end of template, expected '(.+)'\.", _not_closed),
        (r"expected token '(.+?)', got '(.+)'", _other_token),
        (r"Expected an expression, got '(.+)'", _no_expression),
        (r"unexpected '(.+?)'(?:, expected '(?P<wanted>.+)')?", _unexpected),
        (r"unexpected char ['\"](.)['\"] at \d+", _character),
        (r"Missing end of (comment tag|raw directive)", _left_open),
        (r"block '(.+)' defined twice", _defined_twice),
        (
            r"Block names in Jinja .+",
            _plain(
                say("a block's name has letters, digits and `_` only"),
                say("write `_` for the hyphen, as in `block side_bar`"),
            ),
        ),
        (
            r"cannot use extend from a non top-level scope",
            _plain(
                say("`extends` stands inside another tag"), say("write it on the first line, outside everything else")
            ),
        ),
        (
            r"expected name or number",
            _plain(say("a name is missing after the dot"), say("write it, or remove the dot")),
        ),
    )
)
