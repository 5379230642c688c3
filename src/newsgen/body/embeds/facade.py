"""The facade of a player: a link with a still, a title and a button, in place of which a script puts the player.

Nothing is asked of the other site until a reader clicks. Without script, and in feeds, it is a link.
"""

from html import escape

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsgen.body.embeds.provider import Found, Kind, Player
from newsgen.body.nodes import replace_html

_TITLES: dict[str, dict[Kind, str]] = {
    "vi": {
        "video": "Video trên {name}",
        "sound": "Âm thanh trên {name}",
        "post": "Bài đăng trên {name}",
        "map": "Bản đồ trên {name}",
    },
    "en": {"video": "Video on {name}", "sound": "Audio on {name}", "post": "Post on {name}", "map": "Map on {name}"},
}
"""The titles of what has none of its own."""

_ACTIONS: dict[str, dict[Kind, str]] = {
    "vi": {"video": "Phát video", "sound": "Nghe", "post": "Xem bài đăng", "map": "Mở bản đồ"},
    "en": {"video": "Play video", "sound": "Listen", "post": "Show post", "map": "Open map"},
}
"""What a click does, for those who hear the page."""

_ALLOWED: dict[Kind, str] = {
    "video": "autoplay; encrypted-media; fullscreen; picture-in-picture",
    "sound": "autoplay; encrypted-media",
    "post": "encrypted-media; fullscreen",
    "map": "fullscreen",
}
"""What a player may use (Permissions Policy)."""

_ICONS: dict[Kind, str] = {
    "video": "M8 5v14l11-7z",
    "sound": "M9 18V6l10-2v11.5a2.5 2.5 0 1 1-2-2.45V8L11 9.2v8.3A2.5 2.5 0 1 1 9 15.05z",
    "post": "M4 5h16v11H11l-4 4v-4H4z",
    "map": "M12 2a7 7 0 0 1 7 7c0 5-7 13-7 13S5 14 5 9a7 7 0 0 1 7-7zm0 4.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z",
}
"""Drawings of what a click does, in 24 by 24 points."""

NO_TITLES = frozenset([
    "", "facebook video player", "google map", "google maps", "map", "player", "spotify embed", "video", "video player",
    "vimeo video player", "youtube video", "youtube video player",
])  # fmt: skip
"""Titles that sites give to their own players, in small letters: they say nothing of what is shown."""

FACADE = "embed"
"""The class of a facade, by which themes know it."""


class Shown(msgspec.Struct, frozen=True):
    """What a facade shows: a title, "" for none of its own; where its link leads; its still and caption as HTML."""

    title: str
    href: str
    still: str = ""
    caption: str = ""
    style: str = ""
    attributes: str = ""


def write_facade(found: Found, shown: Shown, language: str) -> str:
    """The facade as a figure."""
    kind = found.player.kind
    tall = " embed-tall" if found.player.height > found.player.width > 0 else ""
    style = f"{FACADE} embed-{kind}{tall} {shown.style}".strip()
    inner = f"{_write_link(found, shown, language)}{shown.caption}"
    return f'<figure class="{escape(style)}"{shown.attributes}>{inner}</figure>'


def write_inline_facade(found: Found, shown: Shown, language: str) -> str:
    """The facade where it stands between words, in elements that may stand there."""
    return f'<span class="{FACADE} embed-{found.player.kind}">{_write_link(found, shown, language)}</span>'


def _write_link(found: Found, shown: Shown, language: str) -> str:
    name, player = found.provider.name, found.player
    title = shown.title or _choose(_TITLES, language)[player.kind].format(name=name)
    action = f'<span class="unseen">{_choose(_ACTIONS, language)[player.kind]}: </span>' if player.address else ""
    host = f' <span class="embed-host">{escape(name)}</span>' if shown.title else ""
    words = f'{action}<span class="embed-title">{escape(title)}</span>{host}'
    href = escape(player.page or shown.href)
    link = f'<a class="embed-link" href="{href}" rel="external noopener"{_write_player(player)}>'
    return f'{link}{_write_stage(player, shown.still)}<span class="embed-words">{words}</span></a>'


def _write_player(player: Player) -> str:
    """What the script needs to know."""
    if not player.address:
        return ""
    height = "" if player.width else f' data-height="{player.height}"'
    return f' data-player="{escape(player.address)}" data-allow="{_ALLOWED[player.kind]}"{height}'


def _write_stage(player: Player, still: str) -> str:
    """The still, if there is one, in the shape of the player, and the button."""
    shape = f'<svg class="embed-shape" viewBox="0 0 {player.width} {player.height}" aria-hidden="true"></svg>'
    drawing = f'<path d="{_ICONS[player.kind]}"></path>'
    icon = f'<svg class="embed-icon" viewBox="0 0 24 24" aria-hidden="true">{drawing}</svg>'
    is_shaped = player.width and player.address
    return f'<span class="embed-stage">{shape if is_shaped else ""}{still}{icon}</span>'


def unfold_facades(tree: LexborHTMLParser) -> None:
    """Put a plain figure or paragraph in the place of each facade of a tree: link, still, title and caption."""
    for facade in tree.css(f".{FACADE}"):
        if (link := facade.css_first("a.embed-link")) is not None:
            replace_html(facade, _write_static(facade, link))


def _write_static(facade: LexborNode, link: LexborNode) -> str:
    tag = f'<a href="{escape(link.attrs.get("href") or "")}" rel="external noopener">'
    title, host, still, caption = (
        link.css_first(".embed-title"), link.css_first(".embed-host"), link.css_first("picture, img"),
        facade.css_first("figcaption"),
    )  # fmt: skip
    words = f"{tag}{title.inner_html if title else ''}</a>{f' ({host.inner_html})' if host else ''}"
    if facade.tag == "span":
        return f"<span>{words}</span>"
    if still is None and caption is None:
        return f"<p>{words}</p>"
    told = f". {caption.inner_html}" if caption else ""
    picture = f"{tag}{still.html}</a>" if still else ""
    return f"<figure>{picture}<figcaption>{words}{told}</figcaption></figure>"


def _choose(words: dict[str, dict[Kind, str]], language: str) -> dict[Kind, str]:
    return words.get(language.partition("-")[0], words["en"])
