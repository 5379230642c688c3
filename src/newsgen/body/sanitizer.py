"""The tags, attributes and schemes of addresses that a body may have. The rest is removed with a warning."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from string import ascii_lowercase

import msgspec
import nh3
from selectolax.lexbor import LexborHTMLParser

from newsgen.body.closing_tags import close_html
from newsgen.body.source_positions import Mentions
from newsgen.core.errors import Problems
from newsgen.core.messages import Message, say
from newsgen.core.urls import ADDRESS_ATTRIBUTES

ADDRESSES = frozenset([*ADDRESS_ATTRIBUTES, "srcset"])
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
LOCAL_SCHEMES = frozenset({"file", *ascii_lowercase})
"""What addresses of files on an editor's own computer begin with: `file:`, or the letter of a drive.

They pass, so that they are told as pictures and links that lead nowhere, which keeps them from being published.
"""
TAGS = nh3.ALLOWED_TAGS | {
    "figure", "figcaption", "section", "details", "summary", "iframe", "video", "audio", "source", "track", "picture",
    "input",
}  # fmt: skip
ATTRIBUTES = {
    "*": {"id", "class", "title", "lang", "dir"},
    "a": {"href", "hreflang", "rel"},
    "img": {"src", "alt", "width", "height", "srcset", "sizes"},
    "iframe": {"src", "width", "height", "allowfullscreen"},
    "video": {"src", "poster", "width", "height", "controls", "muted", "loop", "playsinline"},
    "audio": {"src", "controls"},
    "source": {"src", "type", "srcset", "sizes", "media"},
    "track": {"src", "kind", "srclang", "label"},
    "td": {"align", "colspan", "rowspan", "headers"},
    "th": {"align", "colspan", "rowspan", "headers", "scope"},
    "col": {"span"},
    "colgroup": {"span"},
    "ol": {"start", "type", "reversed"},
    "li": {"value"},
    "details": {"open"},
    "time": {"datetime"},
    "blockquote": {"cite"},
    "q": {"cite"},
    "ins": {"cite", "datetime"},
    "del": {"cite", "datetime"},
    "input": {"type", "checked", "disabled"},
}
HARMLESS = frozenset(
    [
        "allow",
        "border",
        "decoding",
        "fetchpriority",
        "frameborder",
        "loading",
        "referrerpolicy",
        "rel",
        "role",
        "target",
    ]
)
"""Attributes of copied code that are dropped without a warning."""

_TAG = re.compile(r"<([A-Za-z][^\s/>]*)")
_ATTRIBUTE = re.compile(r"""[\s"'/]([A-Za-z_:@][\w:.@-]*)\s*=""")
_KNOWN_BARE = "allowfullscreen|checked|controls|disabled|loop|muted|open|playsinline|reversed"
_BARE = re.compile(
    rf"""<[A-Za-z][^\s<>/]*+(?:\s+(?:(?:{_KNOWN_BARE})(?=[\s/>])|[^\s=<>"'/]++\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'<>]++)))*+"""
    r"""\s+[^\s=<>"'/]++(?=[\s/>])""",
    re.IGNORECASE,
)
"""A tag that has an attribute without a value which is not published, such as a word: `a<b và c>d`."""
_KEEPS_HIDDEN = frozenset({"hidden", "inert", "popover"})
"""Attributes without a value that keep a text from readers: published, it would be there for them."""

_ADDRESS = re.compile(r"""=\s*["']?\s*([A-Za-z][\w+.-]*):|=\s*["']?[^"'\s>]*&#""")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_BOX = re.compile(r"<input\b[^<>]*>")
_QUOTING = re.compile(r"""<(?:blockquote|q|ins|del)(?:\s[\w:-]+="[^"]*")*\s*>""")
_CITE = re.compile(r"""\scite="([^"]*)\"""")
_NOSCRIPT = re.compile(r"</?noscript(?:\s[^<>]*)?>", re.IGNORECASE)
_ANCHOR = re.compile(r"""<a\s(?:[^<>"']|"[^"<>]*"|'[^'<>]*')*+>""", re.IGNORECASE)
_ANCHOR_NAME = re.compile(r"""(?<=\s)name(?=\s*=)""", re.IGNORECASE)
_ANCHOR_ID = re.compile(r"\sid\s*=", re.IGNORECASE)
_KEPT = SCHEMES | LOCAL_SCHEMES
_INVISIBLE = re.compile(r"[\x00-\x20]+")


class Dropped(msgspec.Struct, frozen=True):
    """Something that is not published: `what` is the message, `written` finds it (or its group) in the text."""

    what: Message
    written: re.Pattern[str]
    is_word: bool = False


def read_as_meant(html: str) -> str:
    """The HTML with old tags replaced by what they mean today.

    What stands in `<noscript>` is shown, and the name of `<a name="…">` is an id.
    """
    if "<noscript" in html or "<NOSCRIPT" in html:
        html = _NOSCRIPT.sub("", html)
    return _ANCHOR.sub(_name_by_id, html) if "name" in html else html


def _name_by_id(tag: re.Match[str]) -> str:
    return tag[0] if _ANCHOR_ID.search(tag[0]) else _ANCHOR_NAME.sub("id", tag[0], count=1)


def _check_cite(attribute: re.Match[str]) -> str:
    scheme = _SCHEME.match(_INVISIBLE.sub("", unescape(attribute[1])))
    return attribute[0] if scheme is None or scheme[1].lower() in _KEPT else ""


class Sanitiser:
    """Removes from HTML what a body may not have."""

    def __init__(self) -> None:
        self._names = HARMLESS.union(*ATTRIBUTES.values())
        self._cleaner = nh3.Cleaner(
            tags=TAGS,
            attributes=ATTRIBUTES,
            url_schemes=set(_KEPT),
            link_rel=None,
            strip_comments=True,
            set_tag_attribute_values={"input": {"disabled": ""}},
        )

    def choose_cleaner(self, raw_html: str) -> Callable[[str], str]:
        """The function that sanitises an engine's HTML under a `raw_html` setting."""
        if raw_html == "escape":
            return self.clean
        if raw_html == "allow":
            return lambda html: close_html(html, is_trusted=True).html
        return lambda html: self.clean(read_as_meant(close_html(html).html))

    def clean(self, html: str) -> str:
        """The sanitised HTML."""
        clean = self._cleaner.clean(html)
        if "<input" in clean:
            clean = _BOX.sub(lambda box: box[0] if 'type="checkbox"' in box[0] else "", clean)
        if " cite=" in clean:  # whose schemes nh3 does not look at
            clean = _QUOTING.sub(lambda tag: _CITE.sub(_check_cite, tag[0]), clean)
        return clean

    def report_dropped(self, html: str, mentions: Mentions, problems: Problems) -> None:
        """Warn of what `clean` removes, each at its place in the text."""
        fix = say("remove it, or trust this folder: `raw_html` under `markdown:` in newsgen.yaml")
        no_tag = say("write `&lt;` for a `<` that begins no tag; else remove it")
        for dropped in self.find_dropped(html):
            place = mentions.locate_match(dropped.written, mentions.count(dropped.what))
            problems.warn(place, "dropped-html", dropped.what, no_tag if dropped.is_word else fix)

    def find_dropped(self, html: str) -> list[Dropped]:
        """What sanitising would drop of this HTML, in its order."""
        # A search of the text shows that nearly every body holds nothing of the kind; it needs no tree.
        return list(self._search_tree(html)) if self._is_suspicious(html) else []

    def _is_suspicious(self, html: str) -> bool:
        return (
            "<input" in html
            or not TAGS.issuperset(map(str.lower, _TAG.findall(html)))
            or not self._names.issuperset(map(str.lower, _ATTRIBUTE.findall(html)))
            or _BARE.search(html) is not None
            or any(scheme.lower() not in _KEPT for scheme in _ADDRESS.findall(html))
        )

    def _search_tree(self, html: str) -> Iterator[Dropped]:
        for node in LexborHTMLParser(html, is_fragment=True).css("*"):
            tag = node.tag or ""
            if tag not in TAGS or (tag == "input" and node.attrs.get("type") != "checkbox"):
                yield Dropped(
                    say("the tag <{tag}> is not published", tag=tag),
                    re.compile(rf"<\s*{re.escape(tag)}\b", re.IGNORECASE),
                )
                continue
            known = ATTRIBUTES["*"] | ATTRIBUTES.get(tag, set())
            for name, value in node.attrs.items():
                scheme = _SCHEME.match(_INVISIBLE.sub("", value or "")) if name in ADDRESSES else None
                if scheme and scheme[1].lower() not in _KEPT:
                    found = re.compile(rf"\b{re.escape(scheme[1])}\s*:", re.IGNORECASE)
                    yield Dropped(say("the address with `{scheme}:` is not published", scheme=scheme[1]), found)
                elif name not in known and name not in HARMLESS:
                    what = say("the attribute `{name}` of <{tag}> is not published", name=name, tag=tag)
                    is_word = not value and name not in _KEEPS_HIDDEN
                    yield Dropped(what, _match_attribute(tag, name, has_value=bool(value)), is_word)


def _match_attribute(tag: str, name: str, *, has_value: bool) -> re.Pattern[str]:
    if has_value:
        return re.compile(rf"{re.escape(name)}\s*=", re.IGNORECASE)
    return re.compile(rf"<{re.escape(tag)}\b[^<>]*?\s({re.escape(name)})(?=[\s=/>])", re.IGNORECASE)
