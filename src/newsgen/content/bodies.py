"""A body's HTML, made fit for the page: sanitised once, then one pass over its tree.

Figures, sizes of pictures, links to other stories, heading anchors, scrolling tables and video frames come out the
same whichever engine made the HTML.
"""

import posixpath
import re
from html import escape

import nh3
from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsgen.config import Config
from newsgen.content.assets import locate
from newsgen.content.figures import make_figure, replace_html, set_alignment
from newsgen.content.headings import anchor_headings
from newsgen.content.markup import Engine
from newsgen.content.surroundings import Surroundings
from newsgen.errors import Location, Problems, nearest
from newsgen.model import Body
from newsgen.urls import read_url

WORDS_A_MINUTE = 220
SCHEMES = {"http", "https", "mailto", "tel"}
TAGS = nh3.ALLOWED_TAGS | {
    "figure", "figcaption", "section", "details", "summary", "iframe", "video", "audio", "source", "track", "picture"
}  # fmt: skip
ATTRIBUTES = {
    "*": {"id", "class", "title", "lang", "dir"},
    "a": {"href", "hreflang"},
    "img": {"src", "alt", "width", "height"},
    "iframe": {"src", "width", "height", "allowfullscreen"},
    "video": {"src", "poster", "width", "height", "controls", "muted", "loop", "playsinline"},
    "audio": {"src", "controls"},
    "source": {"src", "type"},
    "track": {"src", "kind", "srclang", "label"},
    "td": {"align", "colspan", "rowspan", "headers"},
    "th": {"align", "colspan", "rowspan", "headers", "scope"},
    "col": {"span"},
    "colgroup": {"span"},
    "ol": {"start", "type", "reversed"},
    "li": {"value"},
    "details": {"open"},
    "time": {"datetime"},
}
_REST = "a[href], video[src], video[poster], audio[src], source[src], track[src]"


class BodyRenderer:
    """Renders the bodies of one site."""

    def __init__(self, config: Config, engine: Engine, around: Surroundings) -> None:
        self.config, self.engine, self.around = config, engine, around
        own = read_url(config.url)
        self.hosts = ("", own.netloc.casefold() if own else "")
        self._cleaner = nh3.Cleaner(
            tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None, strip_comments=True
        )

    def render(self, text: str, path: str, source: str, first_line: int) -> Body:
        """The body of the source `path` (relative to content/), whose text starts in `first_line`."""
        work = _Pass(self, text, path, source, first_line)
        try:
            html = self.engine.convert(text)
        except RecursionError:
            fix = "flatten its lists and quotes"
            work.problems.add(Location(source, first_line), "markdown-depth", "the body is nested too deeply", fix)
            html = ""
        except Exception as error:  # noqa: BLE001 - an extension of the site's may raise anything
            what = f"the Markdown cannot be rendered: {type(error).__name__}: {error}"
            fix = "simplify this text, or remove the extension from `markdown.extensions`"
            work.problems.add(Location(source, first_line), "markdown-failed", what, fix)
            html = ""
        return work.run(self._cleaner.clean(html))


class _Pass:
    """One body on its way through."""

    def __init__(self, site: BodyRenderer, text: str, path: str, source: str, first_line: int) -> None:
        self.site, self.around = site, site.around
        self.text, self.path, self.source, self.first_line = text, path, source, first_line
        self.folder = posixpath.dirname(path)
        self.problems = Problems()
        self.files: dict[str, None] = {}
        self.mentioned: dict[str, int] = {}

    def run(self, html: str) -> Body:
        tree = LexborHTMLParser(html, is_fragment=True)
        if tree.root is None:
            return Body("", problems=tuple(self.problems.found))
        words = len(tree.text(separator=" ").split())
        for link in tree.css(_REST):
            self._link(link)
        for image in tree.css("img") if "<img" in html else ():
            self._image(image)
        headings = anchor_headings(tree)
        for frame in tree.css("iframe") if "<iframe" in html else ():
            self._frame(frame)
        for paragraph in tree.css("p") if "<img" in html else ():
            make_figure(paragraph)
        for cell in tree.css("td[align], th[align]") if "align=" in html else ():
            set_alignment(cell)
        for table in tree.css("table") if "<table" in html else ():
            replace_html(table, f'<div class="table-scroll" tabindex="0">{table.html}</div>')
        return Body(
            html=tree.html or "",
            words=words,
            minutes=max(1, round(words / WORDS_A_MINUTE)),
            headings=headings,
            files=tuple(self.files),
            problems=tuple(self.problems.found),
        )

    def _image(self, image: LexborNode) -> None:
        src = image.attrs.get("src") or ""
        image.attrs["loading"] = "lazy"
        image.attrs["decoding"] = "async"
        if "alt" not in image.attrs:
            image.attrs["alt"] = ""
        if not src or self._leaves(src):
            return
        asset = self.around.file(src, self.folder)
        if asset is None:
            fix = self.around.assets.nearest(src, self.folder)
            self.problems.add(self._place(src), "missing-image", f"there is no picture “{src}”", fix)
            return
        self.files[asset.source] = None
        image.attrs["src"] = asset.url
        if asset.width and asset.height and "width" not in image.attrs and "height" not in image.attrs:
            image.attrs["width"], image.attrs["height"] = str(asset.width), str(asset.height)

    def _link(self, link: LexborNode) -> None:
        for name in ("href", "src", "poster"):
            target = link.attrs.get(name)
            if target is None or target.startswith("#"):
                continue
            if not self._leaves(target):
                self._internal(link, name, target)
            elif link.tag == "a" and (parts := read_url(target)) and parts.netloc.casefold() not in self.site.hosts:
                link.attrs["rel"] = "external noopener"

    def _leaves(self, target: str) -> bool:
        """Whether an address has a scheme or host of its own. One that cannot be read is a problem."""
        parts = read_url(target)
        if parts is None:
            what = f"the address “{target}” cannot be read"
            self.problems.add(self._place(target), "bad-address", what, "write it as `https://host/path`")
            return True
        return target.startswith("//") or bool(parts.scheme)

    def _internal(self, link: LexborNode, name: str, target: str) -> None:
        located = locate(target, self.folder)
        suffix = _suffix(target)
        if located is not None and self.around.is_story(located):
            url = self.around.stories[located]
            if url is None:
                what = f"the link “{target}” leads to a story that is not published, so it is shown as plain text"
                fix = "publish that story, or remove the link"
                self.problems.warn(self._place(target), "unpublished-link", what, fix)
                del link.attrs[name]
            else:
                link.attrs[name] = url + suffix
            return
        asset = self.around.file(target, self.folder)
        if asset is not None:
            self.files[asset.source] = None
            link.attrs[name] = asset.url + suffix
        elif target.startswith("/") and self.around.exists(target.partition("#")[0].partition("?")[0]):
            link.attrs[name] = self.site.config.base + target
        else:
            what = f"the link “{target}” leads nowhere"
            self.problems.add(self._place(target), "dead-link", what, self._mend(located))

    def _mend(self, located: str | None) -> str:
        if located is None:
            return "link to a file inside content/"
        beside = posixpath.dirname(located)
        near = {posixpath.basename(p): p for p in self.around.stories if posixpath.dirname(p) == beside}
        name = posixpath.basename(located)
        if (closest := nearest(name, near)) is not None:
            return f"did you mean `{self._relative(near[closest])}`?"
        by_name = [p for p in self.around.stories if posixpath.basename(p) == name]
        if by_name:
            return f"write `{self._relative(min(by_name))}`"
        return "link to another story by the path of its file, such as `../kinh-te/gia-vai.md`"

    def _relative(self, path: str) -> str:
        return posixpath.relpath(path, self.folder or ".")

    def _frame(self, frame: LexborNode) -> None:
        src = frame.attrs.get("src") or ""
        parts = read_url(src)
        hosts = self.site.config.markdown.video_hosts
        if parts is None or parts.scheme != "https" or parts.netloc not in hosts:
            what = f"a frame of “{src}” is not allowed"
            fix = f"use https and one of {', '.join(hosts)}, or add the host to `markdown.video_hosts` in newsgen.yaml"
            self.problems.add(self._place(src), "frame-host", what, fix)
            return
        frame.attrs["loading"] = "lazy"
        if "title" not in frame.attrs:
            frame.attrs["title"] = "Video"
        parent = frame.parent
        inline = parent is not None and parent.tag == "p"
        if inline and parent is not None and not parent.text().strip() and len(parent.css("*")) == 2:
            replace_html(parent, f'<div class="video">{frame.html}</div>')
        else:
            tag = "span" if inline else "div"
            replace_html(frame, f'<{tag} class="video">{frame.html}</{tag}>')

    def _place(self, written: str) -> Location:
        """Where the text names this address; each mention of it is found in turn."""
        forms = {written, escape(written, quote=False)}
        pattern = rf"(?<=[(<\"'=:\s])(?:{'|'.join(map(re.escape, forms))})(?=[)>\"'\s]|$)"
        mentions = [match.start() for match in re.finditer(pattern, self.text, re.MULTILINE)]
        if not mentions:
            return Location(self.source, self.first_line)
        count = self.mentioned.get(written, 0)
        self.mentioned[written] = count + 1
        at = mentions[min(count, len(mentions) - 1)]
        line = self.text.count("\n", 0, at)
        return Location(self.source, self.first_line + line, at - self.text.rfind("\n", 0, at))


def _suffix(target: str) -> str:
    return target[min((i for i in (target.find("?"), target.find("#")) if i >= 0), default=len(target)) :]
