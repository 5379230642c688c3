"""Why a template cannot be read is told in an editor's words, with what to write."""

import jinja2
import pytest
from jinja2.sandbox import ImmutableSandboxedEnvironment

from newsgen.render.syntax import explain_syntax

ENVIRONMENT = ImmutableSandboxedEnvironment(extensions=["jinja2.ext.i18n"])
NAMES = {"filter": ENVIRONMENT.filters, "test": ENVIRONMENT.tests}


def told(template: str) -> tuple[str, str]:
    with pytest.raises(jinja2.TemplateSyntaxError) as caught:
        ENVIRONMENT.compile(template)
    what, fix = explain_syntax(str(caught.value.message), NAMES)
    return str(what), str(fix)


@pytest.mark.parametrize(
    ("template", "what", "fix"),
    [
        ("{% if x %}a", "`{% if %}` is not closed before the template ends", "write `{% endif %}` where it ends"),
        (
            "{% for a in b %}{% if x %}{% endfor %}",
            "`{% endfor %}` stands here, but `{% if %}` is not closed yet",
            "write `{% endif %}` where it ends",
        ),
        ("{% endif %}", "nothing is open that `{% endif %}` could belong to", "remove it, or write `{% if … %}` above"),
        ("{% else %}", "nothing is open that `{% else %}` could belong to", "remove it, or write `{% if … %}` above"),
        ("{% inclde 'x' %}", "there is no tag `{% inclde %}`", "did you mean `include`?"),
        ("{{ a|uper }}", "there is no filter `uper`", "did you mean `upper`?"),
        ("{{ a|zzzzqq }}", "there is no filter `zzzzqq`", "remove it, or correct its name"),
        ("{{ a", "the template ends before `}}`", "write `}}` where it belongs"),
        ("{{ a b }}", "`}}` has to stand here, not `b`", "correct the template here"),
        ("{{ a | }}", "a name has to stand before `}}`", "write the name"),
        ("{% if %}", "a value is missing before `%}`", "write the value"),
        ("{% if a = b %}{% endif %}", "a condition has `=` here, which sets a value", "write `==` to compare"),
        ("{{ (a }}", "`}` cannot stand here", "write `)` before it"),
        ("{% include %}", "`%}` cannot stand here", "correct the template here"),
        ("{{ a && b }}", "`&` means nothing in a template", "write `and`"),
        ("{{ ${x} }}", "`$` means nothing in a template", "remove it"),
        ("{{ 'abc }}", "a text that begins here has no closing quotation mark", "close it with '"),
        ('{{ "abc }}', "a text that begins here has no closing quotation mark", 'close it with "'),
        ("{# abc", "what begins here is not closed before the template ends", "write `#}` where it ends"),
        (
            "{% raw %}abc",
            "what begins here is not closed before the template ends",
            "write `{% endraw %}` where it ends",
        ),
        (
            "{% block a %}{% block a %}{% endblock %}{% endblock %}",
            "the block `a` stands in this template twice",
            "give one of them another name",
        ),
        (
            "{% block side-bar %}{% endblock %}",
            "a block's name has letters, digits and `_` only",
            "write `_` for the hyphen, as in `block side_bar`",
        ),
        (
            "{% for i in x %}{% extends 'x' %}{% endfor %}",
            "`extends` stands inside another tag",
            "write it on the first line, outside everything else",
        ),
        ("{{ a. }}", "a name is missing after the dot", "write it, or remove the dot"),
        (
            "{% macro x(a=1, b) %}{% endmacro %}",
            "non-default argument follows default argument",
            "correct the template here",
        ),
    ],
)
def test_a_fault_of_syntax(template, what, fix):
    """Every fault that Jinja tells often has an editor's words; a rare one keeps Jinja's."""
    assert (what, fix) == told(template)


def test_a_test_that_is_not_there():
    """Jinja tells a missing test only when the line is reached."""
    with pytest.raises(jinja2.TemplateRuntimeError) as caught:
        ENVIRONMENT.from_string("{% if a is evn %}{% endif %}").render()
    assert ("there is no test `evn`", "did you mean `even`?") == explain_syntax(str(caught.value), NAMES)
