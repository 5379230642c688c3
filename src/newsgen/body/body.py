"""A body's HTML, made fit for the page: sanitised once, then one pass over its tree.

Figures, sizes of pictures, links to other stories, heading anchors, scrolling tables and video frames come out the
same whichever engine made the HTML.
"""

import posixpath
import re
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsgen.body.closing_tags import close_html, closing_problems
from newsgen.body.engine import Engine, engine_for, make_engine
from newsgen.body.figures import label_box, leave_out, make_figure, replace_html, set_alignment
from newsgen.body.headings import CONTENTS, HEADINGS, Anchors, anchor_problems, follow, list_headings, set_anchors
from newsgen.body.link_targets import Surroundings
from newsgen.body.lint import Notes
from newsgen.body.misread import find_misread
from newsgen.body.prose import measure
from newsgen.body.sanitizer import Sanitiser, read_as_meant
from newsgen.body.slips import find_slips
from newsgen.body.source_positions import Mentions
from newsgen.config.settings import Config
from newsgen.core.errors import Location, Problem, Problems, name_character
from newsgen.core.filenames import FilesByName
from newsgen.core.messages import Message, say
from newsgen.core.text import invisible, without_invisible
from newsgen.core.urls import ADDRESS_ATTRIBUTES, read_srcset, read_url, write_srcset
from newsgen.media.assets import local_name, locate
from newsgen.model.manuscripts import Reference
from newsgen.model.stories import Body, Heading

_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)")
_LINKS = ("a", "video", "audio", "source", "track")
_BOXES = "input[type=checkbox][disabled]"
_REST = "a[href], :is(video, audio, source, track):is([src], [poster])"
_RARE = re.compile(r"\s(?:cite|action|formaction|data|background|longdesc)=|<(?:embed|script|link)\s")
_EVERY = f":is({', '.join(f'[{name}]' for name in ADDRESS_ATTRIBUTES)}):not(img, iframe, base)"
"""All elements with an address but those with rules of their own; few texts have more than the links of `_REST`."""


class BodyRenderer:
    """Renders the bodies of one site in one language, the site's own if none is named."""

    def __init__(self, config: Config, engine: Engine, around: Surroundings, language: str = "") -> None:
        self.config, self.engine, self.around = config, engine, around
        self.language = language or config.language
        own = read_url(config.url)
        self.hosts = ("", own.netloc.casefold() if own else "")
        self._sanitiser = Sanitiser()
        self._places: dict[str, Anchors | None] = {}

    @cached_property
    def files_by_name(self) -> FilesByName:
        """The stories, for links that lead nowhere."""
        return FilesByName(self.around.stories)

    def places(self, path: str) -> Anchors | None:
        """The places in another story; None where its text is not known or cannot be rendered."""
        if path not in self._places:
            text = self.around.text(path)
            self._places[path] = None if text is None else self._find_places(text, posixpath.dirname(path))
        else:
            self.around.text(path)
        return self._places[path]

    def _find_places(self, text: str, folder: str) -> Anchors | None:
        raw_html = self.config.markdown.raw_html_in(folder)
        try:
            html = engine_for(self.engine, raw_html).convert(text)
        except Exception:  # noqa: BLE001 - an extension of the site's may raise anything; that story's rendering tells it
            return None
        if raw_html != "escape":
            html = close_html(html, is_trusted=raw_html == "allow").html
        if raw_html != "allow":
            html = self._sanitiser.clean(read_as_meant(html))
        return set_anchors(LexborHTMLParser(html, is_fragment=True))

    def render(self, text: str, path: str, source: str, first_line: int) -> Body:
        """The body of the source `path` (relative to content/), whose text starts in `first_line`."""
        work = _Pass(self, text, path, source, first_line)
        try:
            html = engine_for(self.engine, work.raw_html).convert(text)
        except RecursionError:
            fix = say("flatten its lists and quotes")
            work.problems.add(Location(source, first_line), "markdown-depth", say("the body is nested too deeply"), fix)
            return Body("", problems=tuple(work.problems.found))
        except Exception as error:  # noqa: BLE001 - an extension of the site's may raise anything
            what = say("the Markdown cannot be rendered: {kind}: {error}", kind=type(error).__name__, error=error)
            fix = say("simplify this text, or remove the extension from `markdown.extensions`")
            work.problems.add(Location(source, first_line), "markdown-failed", what, fix)
            return Body("", problems=tuple(work.problems.found))
        if work.raw_html != "escape":
            closed = close_html(html, is_trusted=work.raw_html == "allow")
            work.problems.extend(closing_problems(html, closed, work.mentions))
            html = closed.html
        if work.raw_html == "allow":
            return work.run(html)
        html = read_as_meant(html)
        clean = self._sanitiser.clean(html)
        if clean != html:
            self._sanitiser.tell(html, work.mentions, work.problems)
        return work.run(clean)


class Bodies:
    """Renders bodies, each in its story's language: footnotes say in it where they lead back to."""

    def __init__(self, config: Config, engine: Engine, around: Surroundings) -> None:
        self.config, self.around = config, around
        self._renderers = {config.language: BodyRenderer(config, engine, around)}

    def of(self, lang: str) -> BodyRenderer:
        """Who renders the bodies of stories in that language."""
        code = self.config.language_of(lang) if self.config.languages else None
        code = code or self.config.language
        if code not in self._renderers:
            markdown = self.config.markdown
            engine = make_engine(markdown.engine, markdown.extensions, code)
            self._renderers[code] = BodyRenderer(self.config, engine, self.around, code)
        return self._renderers[code]


class _Pass:
    """One body on its way through."""

    def __init__(self, site: BodyRenderer, text: str, path: str, source: str, first_line: int) -> None:
        self.site, self.around = site, site.around
        self.text, self.path, self.source, self.first_line = text, path, source, first_line
        self.folder = posixpath.dirname(path)
        self.problems = Problems()
        self.files: dict[str, None] = {}
        self.mentions = Mentions(text, source, first_line)
        self.raw_html = site.config.markdown.raw_html_in(self.folder)
        self.notes = Notes(self.mentions)
        self.links: dict[str, Reference] = {}
        self.absent: list[LexborNode] = []
        self.images: dict[str, None] = {}

    def run(self, html: str) -> Body:
        html = self._visible(html)
        tree = LexborHTMLParser(html, is_fragment=True)
        if tree.root is None:
            self.notes.whole(tree, 0)
            return Body("", problems=tuple(self.problems.found), notes=tuple(self.notes.found))
        words, minutes = measure(tree, html)
        there = {tag.lower() for tag in _TAG.findall(html)}  # to look for what is not there takes as long
        self._targets(tree, html, there)
        headings = self._anchors(tree, html, there)
        if headings:
            self.notes.headings(tree.css(", ".join(HEADINGS)), headings)
        if CONTENTS in html:
            list_headings(tree, headings)
        self.notes.whole(tree, words, has_absent=bool(self.absent))
        self.notes.found.extend(find_slips(tree, html, self.mentions))
        self.notes.found.extend(find_misread(tree, html, self.mentions))
        for frame in tree.css("iframe") if "iframe" in there else ():
            self._frame(frame)
        for paragraph in tree.css("p") if "img" in there else ():
            make_figure(paragraph)
        for box in tree.css(_BOXES) if "input" in there else ():
            label_box(box, self.site.language)
        if "table" in there:
            self._tables(tree)
        return Body(
            html=tree.html or "",
            words=words,
            minutes=minutes,
            headings=headings,
            files=tuple(self.files),
            problems=tuple(self.problems.found),
            notes=tuple(self.notes.found),
            links=tuple(self.links.values()),
            images=tuple(self.images),
        )

    def _anchors(self, tree: LexborHTMLParser, html: str, there: set[str]) -> tuple[Heading, ...]:
        """Give places their names, and lead links inside the story there."""
        if there.isdisjoint(HEADINGS) and ' id="' not in html and 'href="#' not in html:
            return ()
        anchors = set_anchors(tree)
        self.problems.extend(anchor_problems(anchors, self.mentions))
        for target in follow(tree, anchors) if 'href="#' in html else ():
            self.mentions.see(target)
            self.notes.anchor(target, anchors.taken)
        return anchors.headings

    def _targets(self, tree: LexborHTMLParser, html: str, there: set[str]) -> None:
        """Find what links and pictures lead to; what leads nowhere is left out."""
        is_rare = _RARE.search(html) is not None
        for link in tree.css(_EVERY if is_rare else _REST) if is_rare or not there.isdisjoint(_LINKS) else ():
            self._link(link)
        for image in tree.css("img") if "img" in there else ():
            self._image(image)
        for node in tree.css("[srcset]") if " srcset=" in html else ():
            self._sizes(node)
        for node in self.absent:
            leave_out(node)

    def _tables(self, tree: LexborHTMLParser) -> None:
        for cell in tree.css("td[align], th[align]"):
            set_alignment(cell)
        for cell in tree.css("thead th:not([scope])"):
            cell.attrs["scope"] = "col"
        for table in tree.css("table"):
            replace_html(table, f'<div class="table-scroll" tabindex="0">{table.html}</div>')

    def _visible(self, html: str) -> str:
        """The HTML without characters that a reference such as `&#1;` brought in."""
        if not (found := invisible(html, html.encode("utf-8", "surrogatepass"))):
            return html
        at = max(self.text.find("&#"), 0)
        what = say("a reference in the text gives {character}", character=name_character(found[0]))
        self.problems.add(self.mentions.at(at), "control-character", what, say("delete it"))
        return without_invisible(html)

    def _image(self, image: LexborNode) -> None:
        src = image.attrs.get("src") or ""
        self.mentions.see(src)
        asset = self.around.file(src, self.folder) if src and not self._leaves(src) else None
        self.notes.picture(image, asset)
        image.attrs["loading"] = "lazy"
        image.attrs["decoding"] = "async"
        if "alt" not in image.attrs:
            image.attrs["alt"] = ""
        if not src or self._leaves(src):
            self._external(src)
            self.images[src] = None
            return
        if asset is None or asset.flaw:
            typed, place = self.mentions.spelling(src), self.mentions.of(src)
            self.problems.extend(self.around.assets.faults(asset, typed, self.folder, place))
            self.absent.append(image)
        else:
            self.files[asset.source] = None
            self.images[asset.url] = None
            image.attrs["src"] = asset.url
            if asset.width and asset.height and "width" not in image.attrs and "height" not in image.attrs:
                image.attrs["width"], image.attrs["height"] = str(asset.width), str(asset.height)

    def _sizes(self, node: LexborNode) -> None:
        """Check the files of a picture in several sizes, and put their addresses in."""
        kept = []
        for target, size in read_srcset(node.attrs.get("srcset") or ""):
            self.mentions.see(target)
            if self._leaves(target):
                self._external(target)
                if target.casefold().startswith(("http:", "https:", "//")):
                    kept.append((target, size))
                continue
            asset = self.around.file(target, self.folder)
            if asset is None or asset.flaw:
                place = self.mentions.of(target)
                self.problems.extend(self.around.assets.faults(asset, target, self.folder, place))
            else:
                self.files[asset.source] = None
                kept.append((asset.url, size))
        if kept:
            node.attrs["srcset"] = write_srcset(kept)
        elif node.tag == "source":
            self.absent.append(node)
        else:
            del node.attrs["srcset"]

    def _link(self, link: LexborNode) -> None:
        if link.tag == "a" and "rel" in link.attrs:
            _join_rel(link)
        for name in ADDRESS_ATTRIBUTES:
            target = link.attrs.get(name)
            if target is None or target.startswith("#"):
                continue
            self.mentions.see(target)
            if not self._leaves(target):
                self._internal(link, name, target)
                continue
            self._external(target)
            if link.tag == "a" and (parts := read_url(target)) and parts.netloc.casefold() not in self.site.hosts:
                _join_rel(link, "external", "noopener")

    def _external(self, target: str) -> None:
        if target.casefold().startswith(("http:", "https:")):
            place = self.mentions.of(target)
            self.links.setdefault(target, Reference(target, place.line, place.column))
            self.notes.address(target, place)

    def _leaves(self, target: str) -> bool:
        """Whether an address has a scheme or host of its own. One that cannot be read is a problem."""
        parts = read_url(target)
        if parts is None:
            what = say("the address “{target}” cannot be read", target=target)
            self.problems.add(self.mentions.of(target), "bad-address", what, say("write it as `https://host/path`"))
            return True
        return target.startswith("//") or bool(parts.scheme and not local_name(target))

    def _internal(self, link: LexborNode, name: str, target: str) -> None:
        located = locate(target, self.folder)
        suffix = _suffix(target)
        if located is not None and self.around.is_story(located):
            url = self.around.stories[located]
            if url is None:
                what = say(
                    "the link “{target}” leads to a story that is not published, so it is shown as plain text",
                    target=target,
                )
                fix = say("publish that story, or remove the link")
                self.problems.warn(self.mentions.of(target), "unpublished-link", what, fix)
                del link.attrs[name]
            else:
                link.attrs[name] = url + self._place(located, target, suffix)
            return
        asset = self.around.file(target, self.folder)
        if asset is not None:
            if name == "poster" and asset.flaw:
                self.problems.extend(self.around.assets.faults(asset, target, self.folder, self.mentions.of(target)))
            self.files[asset.source] = None
            link.attrs[name] = asset.url + suffix
        elif target.startswith("/") and self.around.exists(target.partition("#")[0].partition("?")[0]):
            link.attrs[name] = self.site.config.base + target
        elif own := local_name(target):
            typed = self.mentions.spelling(target)
            what = say("the link “{name}” leads to a file on your own computer, where no reader can see it", name=typed)
            self._dead(link, name, what, self.around.assets.bring(own, self.folder))
        elif not target:
            self._dead(link, name, say("the link has no address"), say("write its address, or delete the link"))
        else:
            what = say("the link “{name}” leads nowhere", name=self.mentions.spelling(target))
            self._dead(link, name, what, self._mend(located))

    def _place(self, located: str, target: str, suffix: str) -> str:
        """The query and anchor of a link to another story, with the name that its place has now."""
        query, sign, anchor = suffix.partition("#")
        places = self.site.places(located) if anchor else None
        if places is None:
            return suffix
        if (now := places.now(anchor)) is None:
            self.notes.anchor(target, places.taken)
        return f"{query}{sign}{now or anchor}"

    def _dead(self, link: LexborNode, name: str, what: Message, fix: Message) -> None:
        """Tell of a link to nothing, and show it as plain text: where a site moves in, it is only a warning."""
        place = self.mentions.of(link.attrs.get(name) or "")
        self.problems.extend([Problem(place, "dead-link", what, fix, self.site.config.missing)])
        del link.attrs[name]
        if link.tag in ("source", "track"):
            self.absent.append(link)

    def _mend(self, located: str | None) -> Message:
        if located is None:
            return say("link to a file inside content/")
        if (closest := self.site.files_by_name.nearest(located)) is not None:
            written = self._relative(closest)
            is_same = posixpath.basename(closest) == posixpath.basename(located)
            return say("write `{name}`", name=written) if is_same else say("did you mean `{name}`?", name=written)
        return say("link to another story by the path of its file, such as `../section/story.md`")

    def _relative(self, path: str) -> str:
        return posixpath.relpath(path, self.folder or ".")

    def _frame(self, frame: LexborNode) -> None:
        if self.raw_html == "allow":
            self._link(frame)
            return
        src = frame.attrs.get("src") or ""
        self.mentions.see(src)
        typed = src
        if src.startswith("//"):  # the page's own scheme, and pages are read over https
            frame.attrs["src"] = src = f"https:{src}"
        parts = read_url(src)
        hosts = self.site.config.markdown.video_hosts
        if parts is None or parts.scheme != "https" or parts.netloc not in hosts:
            what = say("a frame of “{src}” is not allowed", src=typed)
            fix = say(
                "use https and one of {hosts}, or add the host to `markdown.video_hosts` in newsgen.yaml",
                hosts=", ".join(hosts),
            )
            self.problems.add(self.mentions.of(typed), "frame-host", what, fix)
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


def _join_rel(link: LexborNode, *more: str) -> None:
    """Add to what a link is said to be; only that it may reach back into this page is never said."""
    said = dict.fromkeys([*(link.attrs.get("rel") or "").lower().split(), *more])
    said.pop("opener", None)
    link.attrs["rel"] = " ".join(said)


def _suffix(target: str) -> str:
    return target[min((i for i in (target.find("?"), target.find("#")) if i >= 0), default=len(target)) :]
