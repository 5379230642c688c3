"""A paper's own components: `templates/components/NAME.html`, whose arguments a first comment declares.

    {# arguments: {loai: [SJC, nhẫn], ngay: {type: date, required: true}} #}
    <div class="gold">{{ loai }}, {{ ngay|date("short") }}: {{ content }}</div>

A template is found and rendered as every other one is: each look-up is a recorded question.
"""

from collections.abc import Iterator
from functools import partial

import msgspec
from markupsafe import Markup

from newsgen.body.components.contract import ComponentContext, DeclaredComponent
from newsgen.body.components.names import NAME, fold_name
from newsgen.core.errors import Location, Problem
from newsgen.core.messages import say
from newsgen.render.component_heads import read_head
from newsgen.render.template_loader import COMPONENTS, ThemeLoader
from newsgen.render.templates import Renderer, TemplateFault


class TemplateComponents:
    """The components that the templates of one edition make."""

    def __init__(self, renderer: Renderer) -> None:
        self.renderer, self.loader = renderer, renderer.loader
        self._known: dict[str, DeclaredComponent] = {}

    def find(self, name: str) -> DeclaredComponent | None:
        """The component of this name, in the form in which names are compared, or with this other name."""
        template = f"{COMPONENTS}{name}.html"
        if self.loader.template(template) is None:
            other = dict(self.loader.component_names()).get(name)
            if other is None:
                return None
            template = other
            self.loader.template(template)
        if template not in self._known:
            self._known[template] = self._declare(template)
        return self._known[template]

    def list_names(self) -> list[str]:
        """The names of all components, for a message."""
        return [name for name, _ in self.loader.component_names()]

    def _declare(self, template: str) -> DeclaredComponent:
        head = read_head(self.loader.text(template) or "", self.loader.shown(template))
        names = (template.removeprefix(COMPONENTS).removesuffix(".html"), *head.names)
        call = partial(self._render, template)
        return DeclaredComponent(names, call, head.arguments, wants_context=True, is_own=True, faults=head.problems)

    def _render(self, template: str, html: str, given: msgspec.Struct, context: ComponentContext) -> str:
        """The HTML of a block; "" after telling what is wrong with the template."""
        values = {**msgspec.structs.asdict(given), "content": Markup(html)}  # noqa: S704 - sanitised by body.body
        values["block"] = {"name": context.name, "source": context.source, "line": context.line}
        try:
            return self.renderer.render_part(template, context.source, values)
        except TemplateFault as fault:
            context.problems.extend([fault.problem])
            return ""


def find_component_faults(loader: ThemeLoader, taken: frozenset[str]) -> Iterator[Problem]:
    """What is wrong with the templates of components: their heads and their names. `taken` are names of others."""
    owners: dict[str, str] = {}
    for template in loader.list_components():
        shown, name = loader.shown(template), template.removeprefix(COMPONENTS).removesuffix(".html")
        if NAME.fullmatch(name) is None:
            what = say("no block can have the name of this template, “{name}”", name=name)
            fix = say("call the file `{name}.html`", name=fold_name(name))
            yield Problem(Location(shown), "bad-component", what, fix)
        head = read_head(loader.text(template) or "", shown)
        yield from head.problems
        for one in (name, *head.names):
            owner = "newsgen" if fold_name(one) in taken else owners.setdefault(fold_name(one), shown)
            if owner != shown:
                what = say(
                    "the component “{name}” is there twice: of {one} and of {other}", name=one, one=owner, other=shown
                )
                yield Problem(Location(shown), "bad-component", what, say("give this one another name"))
