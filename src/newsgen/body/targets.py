"""Checks the links, pictures and frames of a body, and resolves them to addresses of the site."""

import posixpath
import re
from html import escape
from typing import NamedTuple, cast

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsgen.body.attachments.finding import advise, choose_kind, note_attachment
from newsgen.body.context import BodyContext
from newsgen.body.embeds.facade import NO_TITLES, Shown, write_facade, write_inline_facade
from newsgen.body.embeds.links import find_player
from newsgen.body.embeds.provider import Found
from newsgen.body.nodes import is_inside, remove, replace_html, walk_up
from newsgen.body.picture_sizes import add_sources, add_still
from newsgen.body.picture_words import complete_words
from newsgen.core.errors import Problem
from newsgen.core.messages import Message, say
from newsgen.core.text import squeeze
from newsgen.core.urls import ADDRESS_ATTRIBUTES, read_srcset, read_url, write_srcset
from newsgen.media.assets import get_local_name, locate
from newsgen.media.renditions import SHOWN, Rendition, show_whole
from newsgen.model.attachments import name_kind
from newsgen.model.manuscripts import Reference
from newsgen.model.pictures import Asset, Picture

_LINKS = ("a", "video", "audio", "source", "track")
_REST = "a[href], :is(video, audio, source, track):is([src], [poster])"
_RARE = re.compile(r"\s(?:cite|action|formaction|data|background|longdesc)=|<(?:embed|script|link)\s")
_LINES = frozenset(["p", "span", "h2", "h3", "h4", "h5", "h6", "b", "strong", "em", "i", "summary", "label", "dt"])
"""Elements that hold no block."""

_SHOWN = "img, video, audio, iframe, table"
_EVERY = f":is({', '.join(f'[{name}]' for name in ADDRESS_ATTRIBUTES)}):not(img, iframe, base)"
"""All elements with an address but those with rules of their own; few texts have more than the links of `_REST`."""


def find_targets(tree: LexborHTMLParser, body: BodyContext) -> None:
    """Resolve links and pictures; those that lead nowhere are removed."""
    _Targets(body).find(tree)


def allow_frames(tree: LexborHTMLParser, body: BodyContext) -> None:
    """Put frames of allowed hosts into a box; others are problems."""
    targets = _Targets(body)
    for frame in tree.css("iframe") if "iframe" in body.tags else ():
        targets.allow_frame(frame)


def resolve_link(attributes: dict[str, str], body: BodyContext) -> None:
    """Resolve the address of a link with these attributes; one that leads nowhere loses it."""
    _Targets(body).resolve_link(cast("LexborNode", _Link(attributes)))


class _Link(NamedTuple):
    """A link without a tree: what is read and changed of one."""

    attrs: dict[str, str]
    tag: str = "a"


class _Targets:
    """The targets of one body."""

    def __init__(self, body: BodyContext) -> None:
        self.body, self.targets = body, body.targets
        self.absent: list[LexborNode] = []

    def find(self, tree: LexborHTMLParser) -> None:
        """Resolve links and pictures; those that lead nowhere are removed."""
        tags, html = self.body.tags, self.body.html
        is_rare = _RARE.search(html) is not None
        for link in tree.css(_EVERY if is_rare else _REST) if is_rare or not tags.isdisjoint(_LINKS) else ():
            self.resolve_link(link)
        written = tree.css("[srcset]") if " srcset=" in html else ()
        for image in tree.css("img") if "img" in tags else ():
            self._resolve_image(image)
        for node in written:
            self._resolve_srcset(node)
        for node in self.absent:
            self._take_out(node)
        self.body.has_absent = bool(self.absent)

    def _take_out(self, node: LexborNode) -> None:
        """Remove what leads nowhere. A link to a video or the like outlives the picture that it shows of it."""
        link = node.parent
        is_only = link is not None and link.tag == "a" and not link.text().strip() and len(link.css("*")) == 2
        if link is not None and is_only and self.body.site.embeds.knows(link.attrs.get("href") or ""):
            link.inner_html = escape(node.attrs.get("alt") or link.attrs.get("href") or "")
        else:
            remove(node)

    def _resolve_image(self, image: LexborNode) -> None:
        src = image.attrs.get("src") or ""
        self.body.mentions.count(src)
        if (kind := choose_kind(src)) is not None and not self._leaves(src):
            if not note_attachment(image, src, kind, self.body):
                self.absent.append(image)
            return
        asset = self.targets.find_file(src, self.body.folder) if src and not self._leaves(src) else None
        if asset is not None and not asset.flaw:
            complete_words(image, src, asset, self.body)
        planned = self._plan(image, asset)
        is_whole = asset is not None and (not planned or asset.motion == "kept")
        self.body.notes.check_picture(image, asset.width if asset is not None and is_whole else None)
        image.attrs["loading"] = "lazy"
        image.attrs["decoding"] = "async"
        if "alt" not in image.attrs:
            image.attrs["alt"] = ""
        if not src or self._leaves(src):
            self._note_external(src)
            self._report_foreign(src)
            self.body.images[src] = None
            return
        self._judge_picture(asset, src)
        if asset is None or asset.flaw:
            self.absent.append(_find_figure(image) if asset is not None else image)
        else:
            moving = self._find_moving(asset) if planned else {}
            shown = moving.get("webp") or self._show(asset, is_resized=bool(planned))
            (self.body.pictures if planned else self.body.files)[asset.source] = None
            self.body.images[shown.src] = None
            image.attrs["src"] = shown.src
            if shown.width and shown.height and "width" not in image.attrs and "height" not in image.attrs:
                image.attrs["width"], image.attrs["height"] = str(shown.width), str(shown.height)
            if moving:
                add_still(image, planned[0], moving.get("avif"), self.body.site.config)
            elif planned:
                add_sources(image, planned, self.body.site.config)

    def _report_foreign(self, src: str) -> None:
        """Tell that a table or the like lies on another site, from where pages show pictures alone."""
        if not src or choose_kind(src) is None:
            return
        what = say(
            "the {noun} “{name}” lies on another site, where newsgen cannot read it", noun=name_kind(src), name=src
        )
        fix = say("put the file beside the story, or link to it: `[…]({file})`", file=src)
        place, level = self.body.mentions.locate(src), self.body.site.config.missing_level
        self.body.problems.extend([Problem(place, "not-a-picture", what, fix, level)])

    def _show(self, asset: Asset, *, is_resized: bool) -> Picture:
        site = self.body.site
        return site.renditions.show(asset, site.config.base) if is_resized else show_whole(asset)

    def _find_moving(self, asset: Asset) -> dict[str, Picture]:
        """An animation by its formats; none for a still."""
        site, file = self.body.site, asset.file
        found = {form: site.renditions.show_moving(file, site.config.base, form) for form in SHOWN} if file else {}
        return {form: shown for form, shown in found.items() if shown is not None}

    def _plan(self, image: LexborNode, asset: Asset | None) -> list[tuple[Rendition, ...]]:
        """The renditions of a picture, those of each format together; none for one that is shown as it is.

        So is one of which the editor names several sizes.
        """
        if asset is None or asset.flaw or asset.file is None or "srcset" in image.attrs:
            return []
        if image.parent is not None and image.parent.tag == "picture":
            return []
        plan, file = self.body.site.renditions.plan, asset.file
        forms = ("webp",) if file.motion else self.body.site.config.pictures.formats.body
        planned = (plan(file, form) for form in forms)
        return list(filter(None, planned))

    def _judge_picture(self, asset: Asset | None, target: str) -> None:
        """Tell why the file of a picture cannot be shown."""
        typed, place = self.body.mentions.get_spelling(target), self.body.mentions.locate(target)
        faults = self.targets.assets.find_faults(asset, typed, self.body.folder, place)
        self.body.problems.extend(advise(fault, typed) for fault in faults)

    def _resolve_srcset(self, node: LexborNode) -> None:
        """Check the files of a picture in several sizes, and put their addresses in."""
        kept = []
        for target, size in read_srcset(node.attrs.get("srcset") or ""):
            self.body.mentions.count(target)
            if self._leaves(target):
                self._note_external(target)
                if target.casefold().startswith(("http:", "https:", "//")):
                    kept.append((target, size))
                continue
            asset = self.targets.find_file(target, self.body.folder)
            self._judge_picture(asset, target)
            if asset is not None and not asset.flaw:
                self.body.files[asset.source] = None
                kept.append((asset.url, size))
        if kept:
            node.attrs["srcset"] = write_srcset(kept)
        elif node.tag == "source":
            self.absent.append(node)
        else:
            del node.attrs["srcset"]

    def resolve_link(self, link: LexborNode) -> None:
        """Resolve every address of an element; what leads nowhere loses it."""
        if link.tag == "a" and "rel" in link.attrs:
            _join_rel(link)
        for name in ADDRESS_ATTRIBUTES:
            target = link.attrs.get(name)
            if target is None or target.startswith("#"):
                continue
            self.body.mentions.count(target)
            if not self._leaves(target):
                self._resolve_internal(link, name, target)
                continue
            self._note_external(target)
            if link.tag == "a" and (parts := read_url(target)) and parts.netloc.casefold() not in self.body.site.hosts:
                _join_rel(link, "external", "noopener")

    def _note_external(self, target: str) -> None:
        if target.casefold().startswith(("http:", "https:")):
            place = self.body.mentions.locate(target)
            self.body.links.setdefault(target, Reference(target, place.line, place.column))
            self.body.notes.check_address(target, place)

    def _leaves(self, target: str) -> bool:
        """Whether an address has a scheme or host of its own. One that cannot be read is a problem."""
        parts = read_url(target)
        if parts is None:
            what, fix = (
                say("the address “{target}” cannot be read", target=target),
                say("write it as `https://host/path`"),
            )
            self.body.problems.add(self.body.mentions.locate(target), "bad-address", what, fix)
            return True
        return target.startswith("//") or bool(parts.scheme and not get_local_name(target))

    def _resolve_internal(self, link: LexborNode, name: str, target: str) -> None:
        located = locate(target, self.body.folder)
        suffix = target[len(re.split(r"[?#]", target, maxsplit=1)[0]) :]
        story = self.targets.story(located) if located is not None else None
        if located is not None and story is not None:
            if story.url is None:
                what = say(
                    "the link “{target}” leads to a story that is not published, so it is shown as plain text",
                    target=target,
                )
                fix = say("publish that story, or remove the link")
                self.body.problems.warn(self.body.mentions.locate(target), "unpublished-link", what, fix)
                del link.attrs[name]
            else:
                link.attrs[name] = story.url + self._resolve_suffix(located, target, suffix)
            return
        asset = self.targets.find_file(target, self.body.folder)
        if asset is not None and asset.flaw is not None and asset.flaw.bar:
            self._judge_picture(asset, target)
            del link.attrs[name]
        elif asset is not None:
            if name == "poster":
                self._judge_picture(asset, target)
            self.body.files[asset.source] = None
            link.attrs[name] = asset.url + suffix
        elif target.startswith("/") and self.targets.address(target.removesuffix(suffix)):
            link.attrs[name] = self.body.site.config.base + self._resolve_anchor(target)
        elif local := get_local_name(target):
            typed = self.body.mentions.get_spelling(target)
            what = say("the link “{name}” leads to a file on your own computer, where no reader can see it", name=typed)
            self._add_dead_link(link, name, what, self.targets.assets.suggest_copy(local, self.body.folder))
        elif not target:
            what, fix = say("the link has no address"), say("write its address, or delete the link")
            self._add_dead_link(link, name, what, fix)
        else:
            what = say("the link “{name}” leads nowhere", name=self.body.mentions.get_spelling(target))
            self._add_dead_link(link, name, what, self._suggest(located))

    def _resolve_anchor(self, target: str) -> str:
        """A root-relative address with its anchor; of one in a story with the name that its place has now."""
        path, sign, anchor = target.partition("#")
        if not anchor or (story := self.targets.story_at(path.partition("?")[0])) is None:
            return target
        return f"{path}{self._resolve_suffix(story, target, sign + anchor)}"

    def _resolve_suffix(self, located: str, target: str, suffix: str) -> str:
        """The query and anchor of a link to another story, with the name that its place has now."""
        query, sign, anchor = suffix.partition("#")
        places = self.body.site.places(located) if anchor else None
        if places is None:
            return suffix
        if (now := places.resolve(anchor)) is None and not places.is_partial:
            self.body.notes.add_dead_anchor(target, places.taken)
        return f"{query}{sign}{now or anchor}"

    def _add_dead_link(self, link: LexborNode, name: str, what: Message, fix: Message) -> None:
        """Report a dead link, and show it as plain text. It is only a warning while a site is being moved."""
        target = link.attrs.get(name) or ""
        if not self.targets.assets.is_refused(target, self.body.folder):
            place = self.body.mentions.locate(target)
            self.body.problems.extend([Problem(place, "dead-link", what, fix, self.body.site.config.missing_level)])
        del link.attrs[name]
        if link.tag in ("source", "track"):
            self.absent.append(link)

    def _suggest(self, located: str | None) -> Message:
        if located is None:
            return say("link to a file inside content/")
        if (closest := self.body.site.files_by_name.nearest(located)) is not None:
            written = posixpath.relpath(closest, self.body.folder or ".")
            is_same = posixpath.basename(closest) == posixpath.basename(located)
            return say("write `{name}`", name=written) if is_same else say("did you mean `{name}`?", name=written)
        return say("link to another story by the path of its file, such as `../section/story.md`")

    def allow_frame(self, frame: LexborNode) -> None:
        """Put a frame of an allowed host into a box of its own; another one is a problem."""
        if self.body.raw_html == "allow":
            self.resolve_link(frame)
            return
        src = frame.attrs.get("src") or ""
        self.body.mentions.count(src)
        typed = src
        if src.startswith("//"):  # the page's own scheme, and pages are read over https
            frame.attrs["src"] = src = f"https:{src}"
        found = find_player(src, self.body) if not is_inside(frame, "a") else None
        if found is not None and found.player.address:
            _replace_frame(frame, found, self.body.site.language)
            return
        parts = read_url(src)
        hosts = self.body.site.config.markdown.video_hosts
        if parts is None or parts.scheme != "https" or parts.netloc not in hosts:
            what = say("a frame of “{src}” is not allowed", src=typed)
            fix = say("write its address as a link, or add the host to `markdown.video_hosts` in newsgen.yaml")
            if hosts:
                fix = say(
                    "use https and one of {hosts}, or add the host to `markdown.video_hosts` in newsgen.yaml",
                    hosts=", ".join(hosts),
                )
            self.body.problems.add(self.body.mentions.locate(typed), "frame-host", what, fix)
            return
        frame.attrs["loading"] = "lazy"
        if "title" not in frame.attrs:
            frame.attrs["title"] = "Video"
        if frame.parent is None or frame.parent.tag != "p":
            replace_html(frame, f'<div class="video">{frame.html}</div>')
        elif _is_alone(frame):
            replace_html(frame.parent, f'<div class="video">{frame.html}</div>')
        else:
            replace_html(frame, f'<span class="video">{frame.html}</span>')


def _replace_frame(frame: LexborNode, found: Found, language: str) -> None:
    """Put the facade of a player in the place of a frame."""
    title = squeeze(frame.attrs.get("title") or "")
    shown = Shown("" if title.casefold() in NO_TITLES else title, frame.attrs.get("src") or "")
    is_alone = _is_alone(frame)
    if is_alone or any(around.tag in _LINES for around in walk_up(frame)):
        write = write_facade if is_alone else write_inline_facade
        replace_html(frame.parent if is_alone and frame.parent else frame, write(found, shown, language))
    else:
        replace_html(frame, write_facade(found, shown, language))


def _is_alone(frame: LexborNode) -> bool:
    """Whether a frame is all of its paragraph."""
    parent = frame.parent
    return parent is not None and parent.tag == "p" and not parent.text().strip() and len(parent.css("*")) == 2


def _find_figure(image: LexborNode) -> LexborNode:
    """The figure of a picture, whose caption tells of it; the picture itself where there is none, or one with more."""
    figure = next((around for around in walk_up(image) if around.tag == "figure"), None)
    return figure if figure is not None and len(figure.css(_SHOWN)) == 1 else image


def _join_rel(link: LexborNode, *more: str) -> None:
    """Add words to the `rel` of a link; `opener`, which gives the target access to this page, is removed."""
    said = dict.fromkeys([*(link.attrs.get("rel") or "").lower().split(), *more])
    said.pop("opener", None)
    link.attrs["rel"] = " ".join(said)
