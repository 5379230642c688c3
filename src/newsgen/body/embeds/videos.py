"""Addresses of videos: YouTube, Vimeo, Facebook with its posts, TikTok."""

import re
from urllib.parse import quote, urlencode

from msgspec.structs import replace

from newsgen.body.embeds.provider import Address, Kind, Player, Provider, read_address

_VIDEO = re.compile(r"[A-Za-z0-9_-]{11}")
_EMBEDDED = re.compile(r"[A-Za-z0-9_-]{1,64}")
_CHANNEL = re.compile(r"UC[A-Za-z0-9_-]{22}")
_LIST = re.compile(r"[A-Za-z0-9_-]{2,64}")
_MOMENT = re.compile(r"(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s?)?")
_NUMBER = re.compile(r"[0-9]{1,20}")
_HASH = re.compile(r"[0-9a-f]{6,20}")
_NAME = re.compile(r"[\w.%-]{1,200}", re.ASCII)
_FACEBOOK_POST = re.compile(r"[\w.-]{1,200}", re.ASCII)

TALL = (9, 16)


def find_youtube(address: str) -> Player | None:
    """A video of YouTube, upright for a short, a list of videos, or what a channel shows live."""
    parts = read_address(address)
    if parts is None:
        return None
    found, is_player = _find_youtube_video(parts), parts.steps[:1] == ("embed",)
    listed, channel = parts.fields.get("list", ""), parts.fields.get("channel", "")
    if found in ("videoseries", "live_stream") and is_player:
        if found == "videoseries" and _LIST.fullmatch(listed):
            return _play(found, {"list": listed}, f"https://www.youtube.com/playlist?list={listed}")
        if found == "live_stream" and _CHANNEL.fullmatch(channel):
            return _play(found, {"channel": channel}, f"https://www.youtube.com/channel/{channel}/live")
        return None
    if parts.steps == ("playlist",) and _LIST.fullmatch(listed):
        return _play("videoseries", {"list": listed})
    if not (_EMBEDDED if is_player else _VIDEO).fullmatch(found):
        return None
    typed = parts.steps[-1].partition("&t=")[2] if parts.steps else ""  # https://youtu.be/LacGiang001&t=42
    moment = parts.fields.get("start") or parts.fields.get("t") or typed or parts.fragment.removeprefix("t=")
    start = _read_moment(moment)
    page = f"https://www.youtube.com/watch?v={found}{f'&t={start}' if start else ''}" if is_player else ""
    player = _play(found, {"start": str(start)} if start else {}, page)
    return replace(player, width=9, height=16) if parts.steps[:1] == ("shorts",) else player


def _play(name: str, fields: dict[str, str], page: str = "") -> Player:
    return Player(f"https://www.youtube-nocookie.com/embed/{name}?{urlencode({**fields, 'autoplay': '1'})}", page=page)


def _find_youtube_video(parts: Address) -> str:
    if parts.host == "youtu.be":
        return parts.steps[0].partition("&")[0] if len(parts.steps) == 1 else ""
    if parts.steps == ("watch",):
        return parts.fields.get("v", "")
    if len(parts.steps) == 2 and parts.steps[0] in ("shorts", "live", "embed", "v"):
        return parts.steps[1]
    return ""


def _read_moment(text: str) -> int:
    """Seconds, of `90`, `90s` or `1h2m3s`; 0 for anything else."""
    found = _MOMENT.fullmatch(text)
    hours, minutes, seconds = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    return 3600 * hours + 60 * minutes + seconds


def find_vimeo(address: str) -> Player | None:
    """A video of Vimeo, an unlisted one with its secret part."""
    parts = read_address(address)
    if parts is None:
        return None
    steps, secret = list(parts.steps), parts.fields.get("h", "")
    is_player = parts.host == "player.vimeo.com"
    if is_player != (steps[:1] == ["video"]):
        return None
    numbers = [at for at, step in enumerate(steps) if _NUMBER.fullmatch(step)]
    before = steps[: numbers[-1]] if numbers else steps
    if not numbers or before[:1] not in ([], ["video"], ["channels"], ["groups"], ["showcase"], ["album"]):
        return None
    number, rest = steps[numbers[-1]], steps[numbers[-1] + 1 :]
    secret = secret or (rest[0] if len(rest) == 1 else "")
    if len(rest) > 1 or (secret and not _HASH.fullmatch(secret)):
        return None
    fields = {**({"h": secret} if secret else {}), "dnt": "1", "autoplay": "1"}
    start = _read_moment(parts.fragment.removeprefix("t="))
    moment = f"#t={start}s" if start else ""
    page = f"https://vimeo.com/{number}{f'/{secret}' if secret else ''}{moment}" if is_player else ""
    return Player(f"https://player.vimeo.com/video/{number}?{urlencode(fields)}{moment}", page=page)


def find_facebook(address: str) -> Player | None:
    """A video, reel or post of Facebook, whose players take the address of its page; a short address has none."""
    parts = read_address(address)
    if parts is None:
        return None
    if parts.host == "fb.watch":
        return Player() if len(parts.steps) == 1 else None
    if parts.steps in (("plugins", "video.php"), ("plugins", "post.php")):
        page = parts.fields.get("href", "")
        inner = find_facebook(page) if "plugins" not in page else None
        return Player(inner.address, inner.kind, inner.width, inner.height, page) if inner else None
    if parts.steps[:1] == ("share",):
        return Player(kind="video" if parts.steps[1:2] in (("v",), ("r",)) else "post") if parts.steps[1:] else None
    kind, page = _find_facebook_page(parts)
    if not page:
        return None
    name = "video" if kind == "video" else "post"
    fields = f"href={quote(page, safe='')}&show_text={'false' if kind == 'video' else 'true'}"
    start = "&autoplay=true" if kind == "video" else ""
    size = (TALL if "/reel/" in page else (16, 9)) if kind == "video" else (0, 600)
    return Player(f"https://www.facebook.com/plugins/{name}.php?{fields}{start}", kind, *size)


def _find_facebook_page(parts: Address) -> tuple[Kind, str]:
    """The kind of a page of Facebook, and its address without what is not needed; "" where it is neither."""
    steps, fields, site = parts.steps, parts.fields, "https://www.facebook.com"
    video = fields.get("v", "") if steps in (("watch",), ("video.php",), ("watch", "live")) else ""
    if steps[:1] == ("reel",) and len(steps) == 2 and _NUMBER.fullmatch(steps[1]):
        return "video", f"{site}/reel/{steps[1]}/"
    if _NUMBER.fullmatch(video):
        return "video", f"{site}/watch/?v={video}"
    if len(steps) >= 3 and _NAME.fullmatch(steps[0]) and steps[1] == "videos" and _NUMBER.fullmatch(steps[-1]):
        return "video", f"{site}/{steps[0]}/videos/{steps[-1]}/"
    if (
        len(steps) in (3, 4)
        and _NAME.fullmatch(steps[0])
        and steps[1] == "posts"
        and _FACEBOOK_POST.fullmatch(steps[-1])
    ):
        return "post", f"{site}/{steps[0]}/posts/{steps[-1]}"
    if _is_of_a_group(steps):
        return "post", f"{site}/groups/{steps[1]}/posts/{steps[3]}/"
    if len(steps) in (3, 4) and _NAME.fullmatch(steps[0]) and steps[1] == "photos" and _NUMBER.fullmatch(steps[-1]):
        return "post", f"{site}/photo.php?fbid={steps[-1]}"
    story, owner = fields.get("story_fbid", ""), fields.get("id", "")
    if steps in (("permalink.php",), ("story.php",)) and _FACEBOOK_POST.fullmatch(story) and _NUMBER.fullmatch(owner):
        return "post", f"{site}/permalink.php?story_fbid={story}&id={owner}"
    photo = fields.get("fbid", "")
    if steps in (("photo",), ("photo.php",)) and _NUMBER.fullmatch(photo):
        return "post", f"{site}/photo.php?fbid={photo}"
    return "post", ""


def _is_of_a_group(steps: tuple[str, ...]) -> bool:
    """Whether these are the steps to a post of a group."""
    is_post = len(steps) == 4 and steps[0] == "groups" and steps[2] in ("posts", "permalink")
    return is_post and _NAME.fullmatch(steps[1]) is not None and _NUMBER.fullmatch(steps[3]) is not None


def find_tiktok(address: str) -> Player | None:
    """A video of TikTok; a short address has no player."""
    parts = read_address(address)
    if parts is None:
        return None
    steps = parts.steps
    if parts.host in ("vm.tiktok.com", "vt.tiktok.com") or (steps[:1] == ("t",) and len(steps) == 2):
        return Player() if steps else None
    is_player = steps[:2] in (("embed", "v2"), ("player", "v1"), ("embed", "v3"))
    is_video = len(steps) == 3 and steps[0].startswith("@") and steps[1] == "video"
    if len(steps) != 3 or not (is_player or is_video) or not _NUMBER.fullmatch(steps[2]):
        return None
    page = f"https://www.tiktok.com/player/v1/{steps[2]}" if is_player else ""
    return Player(f"https://www.tiktok.com/player/v1/{steps[2]}?autoplay=1", "video", *TALL, page)


YOUTUBE = Provider(
    "YouTube",
    ("youtube.com", "youtu.be", "music.youtube.com", "youtube-nocookie.com"),
    ("https://www.youtube-nocookie.com/embed/",),
    find_youtube,
)
VIMEO = Provider("Vimeo", ("vimeo.com", "player.vimeo.com"), ("https://player.vimeo.com/video/",), find_vimeo)
FACEBOOK = Provider(
    "Facebook",
    ("facebook.com", "fb.watch", "web.facebook.com", "mbasic.facebook.com", "vi-vn.facebook.com"),
    ("https://www.facebook.com/plugins/",),
    find_facebook,
)
TIKTOK = Provider(
    "TikTok", ("tiktok.com", "vm.tiktok.com", "vt.tiktok.com"), ("https://www.tiktok.com/player/",), find_tiktok
)
