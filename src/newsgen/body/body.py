"""Renders a body: Markdown → HTML, sanitised once, then changed by passes over its tree.

Figures, sizes of pictures, links to other stories, heading anchors, scrolling tables and video frames come out the
same whichever engine made the HTML.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser

from newsgen.body.closing_tags import close_html, find_closing_problems
from newsgen.body.components.contract import OwnComponents
from newsgen.body.components.misread_lines import may_have_lines_of_blocks
from newsgen.body.components.rendering import convert_blocks, outline_blocks
from newsgen.body.context import NO_ADDITIONS, BodyAdditions, BodyContext, BodySite, StoryText
from newsgen.body.embeds.codes import replace_codes
from newsgen.body.engine import Engine, choose_engine, make_engine
from newsgen.body.link_targets import LinkTargets
from newsgen.body.passes import PASSES
from newsgen.body.plain_html import render_plain
from newsgen.body.prose import measure
from newsgen.body.sanitizer import read_as_meant
from newsgen.config.settings import Config
from newsgen.core.errors import name_character
from newsgen.core.messages import say
from newsgen.core.text import find_invisible, remove_invisible
from newsgen.model.stories import Body

_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)")


class BodyRenderer:
    """Renders the bodies of one site in one language, the site's own if none is named."""

    def __init__(
        self,
        config: Config,
        engine: Engine,
        targets: LinkTargets,
        additions: BodyAdditions = NO_ADDITIONS,
        language: str = "",
    ) -> None:
        self.site = BodySite(config, engine, targets, additions, language or config.language)

    def render(self, text: str, path: str, source: str, first_line: int, began: datetime | None = None) -> Body:
        """The body of the source `path` (relative to content/), whose text starts in `first_line`.

        `began` is when a live story began, None for others.
        """
        body = BodyContext(self.site, StoryText(text, path, source, first_line, began))
        try:
            outline = outline_blocks(body) if may_have_lines_of_blocks(text) else None
            if outline is not None and outline.blocks:
                html = convert_blocks(
                    body, outline, lambda marked: self._sanitise(body, self._run_engine(body, marked))
                )
            else:
                made = self._run_engine(body, text)
                if made is not None and (plain := render_plain(body, made)) is not None:
                    return plain
                html = self._sanitise(body, made)
        except RecursionError:
            what, fix = say("the body is nested too deeply"), say("flatten its lists and quotes")
            body.problems.add(body.mentions.beginning, "markdown-depth", what, fix)
            html = None
        return Body("", problems=tuple(body.problems.found)) if html is None else _run_passes(body, html)

    def _run_engine(self, body: BodyContext, text: str) -> str | None:
        """The HTML of a text; None after adding the problem where the engine fails."""
        try:
            return choose_engine(self.site.engine, body.raw_html).convert(text)
        except RecursionError:
            raise
        except Exception as error:  # noqa: BLE001 - an extension of the site's may raise anything
            what = say("the Markdown cannot be rendered: {kind}: {error}", kind=type(error).__name__, error=error)
            fix = say("simplify this text, or remove the extension from `markdown.extensions`")
            body.problems.add(body.mentions.beginning, "markdown-failed", what, fix)
            return None

    def _sanitise(self, body: BodyContext, html: str | None) -> str | None:
        """The HTML that an engine made, sanitised; None where it failed."""
        if html is None:
            return None
        if body.raw_html != "escape":
            closed = close_html(html, is_trusted=body.raw_html == "allow")
            body.problems.extend(find_closing_problems(html, closed, body.mentions))
            html = closed.html
        if body.raw_html == "allow":
            return html
        html = replace_codes(read_as_meant(html), body)
        clean = self.site.sanitiser.clean(html)
        if clean != html:
            self.site.sanitiser.report_dropped(html, body.mentions, body.problems)
        return clean


class Bodies:
    """Renders bodies, each in its story's language, which the titles of footnotes' links back are in.

    `own` are the components of each edition's templates, by its code.
    """

    def __init__(
        self,
        config: Config,
        engine: Engine,
        targets: LinkTargets,
        additions: BodyAdditions = NO_ADDITIONS,
        own: Mapping[str, OwnComponents] = MappingProxyType({}),
    ) -> None:
        self.config, self.engine, self.targets, self.additions, self.own = config, engine, targets, additions, own
        self._renderers: dict[str, BodyRenderer] = {}

    def get_renderer(self, lang: str) -> BodyRenderer:
        """The renderer of stories in a language."""
        edition = self.config.edition_of(lang)
        if edition not in self._renderers:
            engine, markdown = self.engine, self.config.markdown
            if edition:
                engine = make_engine(markdown.engine, markdown.extensions, edition)
            additions = replace(self.additions, own=self.own.get(edition, self.additions.own))
            self._renderers[edition] = BodyRenderer(self.config, engine, self.targets, additions, edition)
        return self._renderers[edition]


def _run_passes(body: BodyContext, html: str) -> Body:
    """The body after all passes over its HTML."""
    html = body.html = _remove_invisible(body, html)
    tree = LexborHTMLParser(html, is_fragment=True)
    if tree.root is None:
        body.notes.check_body(tree, 0)
    else:
        body.words, body.minutes = measure(tree, html)
        # A search of the tree takes as long where nothing is found.
        body.tags = frozenset(tag.lower() for tag in _TAG.findall(html))
        for go_over in (*PASSES, *body.site.additions.passes):
            go_over(tree, body)
    return body.finish(tree.html or "" if tree.root is not None else "")


def _remove_invisible(body: BodyContext, html: str) -> str:
    """The HTML without characters that a reference such as `&#1;` brought in."""
    if not (found := find_invisible(html, html.encode("utf-8", "surrogatepass"))):
        return html
    at = max(body.text.find("&#"), 0)
    what = say("a reference in the text gives {character}", character=name_character(found[0]))
    body.problems.add(body.mentions.locate_index(at), "control-character", what, say("delete it"))
    return remove_invisible(html)
