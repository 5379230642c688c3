"""The gettext functions of templates: `_("Latest news")`, and those that `{% trans %}` calls."""

from collections.abc import Callable
from gettext import NullTranslations
from typing import Any

from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from newsgen.core.messages import say
from newsgen.render.printing import fill


def make_gettext(catalogue: NullTranslations) -> dict[str, Callable[..., str]]:
    """The gettext functions, by name. They write values, escaped, in place of `%(name)s`."""

    @pass_eval_context
    def gettext(context: EvalContext, text: str, /, **values: Any) -> str:  # noqa: ANN401 - what templates hold
        return _write(context, catalogue.gettext(text), values)

    @pass_eval_context
    def ngettext(context: EvalContext, one: str, many: str, num: int, /, **values: Any) -> str:  # noqa: ANN401
        return _write(context, catalogue.ngettext(one, many, num), {"num": num, **values})

    @pass_eval_context
    def pgettext(context: EvalContext, about: str, text: str, /, **values: Any) -> str:  # noqa: ANN401
        return _write(context, catalogue.pgettext(about, text), {"context": about, **values})

    @pass_eval_context
    def npgettext(context: EvalContext, about: str, one: str, many: str, num: int, /, **values: Any) -> str:  # noqa: ANN401
        return _write(context, catalogue.npgettext(about, one, many, num), {"context": about, "num": num, **values})

    named: dict[str, Callable[..., str]] = {
        "gettext": gettext,
        "ngettext": ngettext,
        "pgettext": pgettext,
        "npgettext": npgettext,
    }
    return {"_": gettext, **named}


def _write(context: EvalContext, text: str, values: dict[str, Any]) -> str:
    if not isinstance(text, str):
        raise TypeError(say("a text is wanted here: the string in English"))
    if context.autoescape:
        text = Markup(text)  # noqa: S704 - the theme's strings, and a template's own
    if "%" not in text:
        return text
    try:
        return fill(text, values)
    except KeyError as error:
        raise LookupError(say("the string wants a value for {name}", name=error)) from None
