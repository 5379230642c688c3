"""The gettext functions of templates: `_("Latest news")`, and those that `{% trans %}` calls."""

from collections.abc import Callable
from functools import lru_cache
from gettext import NullTranslations
from typing import Any

from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from newsgen.core.messages import say
from newsgen.render.printing import fill

KEPT = 1000
"""How many translated strings are kept: a page has dozens, and most pages have the same."""


def make_gettext(catalogue: NullTranslations) -> dict[str, Callable[..., str]]:
    """The gettext functions, by name. They write values, escaped, in place of `%(name)s`."""

    @pass_eval_context
    def gettext(context: EvalContext, text: str, /, **values: Any) -> str:  # noqa: ANN401 - what templates hold
        if context.autoescape and not values and type(text) is str:
            return translate(text)
        return _write(catalogue.gettext(text), values, is_html=context.autoescape)

    @lru_cache(maxsize=KEPT)
    def translate(text: str) -> str:
        return _write(catalogue.gettext(text), {}, is_html=True)

    @pass_eval_context
    def ngettext(context: EvalContext, one: str, many: str, num: int, /, **values: Any) -> str:  # noqa: ANN401
        return _write(catalogue.ngettext(one, many, num), {"num": num, **values}, is_html=context.autoescape)

    @pass_eval_context
    def pgettext(context: EvalContext, about: str, text: str, /, **values: Any) -> str:  # noqa: ANN401
        return _write(catalogue.pgettext(about, text), {"context": about, **values}, is_html=context.autoescape)

    @pass_eval_context
    def npgettext(context: EvalContext, about: str, one: str, many: str, num: int, /, **values: Any) -> str:  # noqa: ANN401
        text, values = catalogue.npgettext(about, one, many, num), {"context": about, "num": num, **values}
        return _write(text, values, is_html=context.autoescape)

    named: dict[str, Callable[..., str]] = {
        "gettext": gettext,
        "ngettext": ngettext,
        "pgettext": pgettext,
        "npgettext": npgettext,
    }
    return {"_": gettext, **named}


def _write(text: str, values: dict[str, Any], *, is_html: bool) -> str:
    if not isinstance(text, str):
        raise TypeError(say("a text is wanted here: the string in English"))
    if is_html:
        text = Markup(text)  # noqa: S704 - the theme's strings, and a template's own
    if "%" not in text:
        return text
    try:
        return fill(text, values)
    except KeyError as error:
        raise LookupError(say("the string wants a value for {name}", name=error)) from None
