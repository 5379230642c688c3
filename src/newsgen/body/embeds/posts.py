"""Addresses of posts and sounds: X, Instagram, Spotify, SoundCloud."""

import re
from urllib.parse import quote, urlencode

from newsgen.body.embeds.provider import Player, Provider, read_address

_NUMBER = re.compile(r"[0-9]{1,20}")
_USER = re.compile(r"\w{1,50}", re.ASCII)
_CODE = re.compile(r"[\w-]{5,64}", re.ASCII)
_SPOTIFY = re.compile(r"[A-Za-z0-9]{22}")
_SPOTIFY_KINDS = {"track": 152, "episode": 152, "album": 352, "playlist": 352, "show": 352, "artist": 352}
_SOUND = re.compile(r"[\w-]{1,255}", re.ASCII)
_SOUND_FILE = re.compile(
    r"/(?:tracks|playlists|users)/(?:soundcloud(?::|%3A)(?:tracks|playlists|users)(?::|%3A))?[0-9]{1,20}", re.IGNORECASE
)
_NO_SOUND = frozenset(["charts", "discover", "pages", "search", "stream", "upload", "you"])
_OF_A_USER = frozenset(["albums", "comments", "followers", "following", "likes", "popular-tracks", "reposts", "tracks"])


def find_x(address: str) -> Player | None:
    """A post of X, formerly Twitter."""
    parts = read_address(address)
    if parts is None:
        return None
    steps = parts.steps
    if parts.host == "platform.twitter.com":
        number, is_player = parts.fields.get("id", ""), True
        is_post = steps == ("embed", "Tweet.html")
    else:
        number, is_player = next(iter(steps[2:3]), ""), False
        is_post = steps[1:2] in (("status",), ("statuses",)) and _USER.fullmatch(steps[0]) is not None
        if steps[:3] == ("i", "web", "status") and len(steps) > 3:
            number, is_post = steps[3], True
    if not is_post or not _NUMBER.fullmatch(number):
        return None
    page = f"https://x.com/i/status/{number}" if is_player else ""
    return Player(f"https://platform.twitter.com/embed/Tweet.html?id={number}&dnt=true", "post", 0, 550, page)


def find_instagram(address: str) -> Player | None:
    """A post or reel of Instagram; an address that its app shares has no player."""
    parts = read_address(address)
    if parts is None:
        return None
    steps = parts.steps
    if steps[:1] == ("share",):
        return Player(kind="post") if steps[1:] else None
    if len(steps) > 1 and steps[0] not in ("p", "reel", "reels", "tv"):
        steps = steps[1:]
    kind = {"p": "p", "tv": "p", "reel": "reel", "reels": "reel"}.get(steps[0] if steps else "")
    if kind is None or len(steps) < 2 or not _CODE.fullmatch(steps[1]):
        return None
    page = f"https://www.instagram.com/{kind}/{steps[1]}/" if "embed" in steps[2:] else ""
    return Player(f"https://www.instagram.com/{kind}/{steps[1]}/embed/", "post", 0, 620, page)


def find_spotify(address: str) -> Player | None:
    """A track, album, list, episode, show or artist of Spotify; a short address has no player."""
    parts = read_address(address)
    if parts is None:
        return None
    if parts.host == "spotify.link":
        return Player(kind="sound") if len(parts.steps) == 1 else None
    steps, is_player = parts.steps, parts.steps[:1] == ("embed",)
    if is_player or (steps and steps[0].startswith("intl-")):
        steps = steps[1:]
    if is_player and steps[2:] == ("video",):
        steps = steps[:2]
    if len(steps) != 2 or steps[0] not in _SPOTIFY_KINDS or not _SPOTIFY.fullmatch(steps[1]):
        return None
    place = f"{steps[0]}/{steps[1]}"
    page = f"https://open.spotify.com/{place}" if is_player else ""
    return Player(f"https://open.spotify.com/embed/{place}", "sound", 0, _SPOTIFY_KINDS[steps[0]], page)


def find_soundcloud(address: str) -> Player | None:
    """A track or list of SoundCloud, whose player takes the address of its page; a short address has no player."""
    parts = read_address(address)
    if parts is None:
        return None
    if parts.host == "on.soundcloud.com":
        return Player(kind="sound") if len(parts.steps) == 1 else None
    if parts.host == "w.soundcloud.com":
        inner = read_address(parts.fields.get("url", "")) if parts.steps == ("player",) else None
        if inner is None:
            return None
        if inner.host == "api.soundcloud.com":
            path = f"/{'/'.join(inner.steps)}"
            return _play_sound(f"https://api.soundcloud.com{path}", path) if _SOUND_FILE.fullmatch(path) else None
        found = find_soundcloud(parts.fields["url"]) if inner.host == "soundcloud.com" else None
        return Player(found.address, "sound", 0, found.height, parts.fields["url"]) if found else None
    steps = parts.steps
    is_set = len(steps) in (3, 4) and steps[1] == "sets"
    is_track = len(steps) == 2 or (len(steps) == 3 and steps[2].startswith("s-"))
    if not (is_set or is_track) or not all(map(_SOUND.fullmatch, steps)):
        return None
    if steps[0] in _NO_SOUND or steps[1] in _OF_A_USER or (steps[1] == "sets" and not is_set):
        return None
    path = "/".join(steps)
    return _play_sound(f"https://soundcloud.com/{path}", path)


def _play_sound(page: str, path: str) -> Player:
    fields = urlencode({"url": page, "auto_play": "true"}, quote_via=quote, safe="")
    height = 166 if "sets" not in path.split("/") and "playlists" not in path else 450
    return Player(f"https://w.soundcloud.com/player/?{fields}", "sound", 0, height)


X = Provider(
    "X", ("x.com", "twitter.com", "platform.twitter.com"), ("https://platform.twitter.com/embed/Tweet.html",), find_x
)
INSTAGRAM = Provider(
    "Instagram",
    ("instagram.com", "instagr.am"),
    ("https://www.instagram.com/p/", "https://www.instagram.com/reel/"),
    find_instagram,
)
SPOTIFY = Provider("Spotify", ("open.spotify.com", "spotify.link"), ("https://open.spotify.com/embed/",), find_spotify)
SOUNDCLOUD = Provider(
    "SoundCloud",
    ("soundcloud.com", "w.soundcloud.com", "on.soundcloud.com"),
    ("https://w.soundcloud.com/player/",),
    find_soundcloud,
)
