"""Media types of files by their endings, the same on every machine whatever its own tables say."""

import mimetypes
from functools import cache

TEXT = "; charset=utf-8"
HTML = f"text/html{TEXT}"
PICTURES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
"""The pictures that stories may show."""

RECORDINGS = {".mp3": "audio/mpeg", ".m4a": "audio/x-m4a", ".ogg": "audio/ogg", ".opus": "audio/ogg"}
"""Media types of recordings, as podcast apps expect them."""

TRANSCRIPTS = {
    ".vtt": "text/vtt",
    ".srt": "application/x-subrip",
    ".txt": "text/plain",
    ".json": "application/json",
}
"""Media types of transcripts (Podcasting 2.0, transcripts)."""

FEEDS = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}
"""Media types of feeds by their format."""

_PINNED = PICTURES | {
    ".geojson": "application/geo+json",
    ".ico": "image/x-icon",
    ".js": "text/javascript",
    ".md": "text/markdown",
    ".mjs": "text/javascript",
    ".ogg": "audio/ogg",
    ".m4a": "audio/mp4",
    ".opus": "audio/ogg",
    ".otf": "font/otf",
    ".ttf": "font/ttf",
    ".wasm": "application/wasm",
    ".vtt": "text/vtt",
    ".webm": "video/webm",
    ".webmanifest": "application/manifest+json",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
"""Types on which versions of Python disagree, or which they lack."""

_TEXTS = ("application/json", "application/manifest+json", "application/xml", "image/svg+xml")


def guess_type(name: str) -> str:
    """The media type of a file by its name, with the charset UTF-8 for text."""
    kind = _types().get(get_ending(name), "application/octet-stream")
    return kind + TEXT if kind.startswith("text/") or kind in _TEXTS else kind


def get_ending(name: str) -> str:
    """The ending of a file's name, from its last dot on and in lower case."""
    return f".{name.rpartition('.')[2].casefold()}"


@cache
def _types() -> dict[str, str]:
    # An instance has only what Python itself knows; the module's functions look into /etc/mime.types too.
    return mimetypes.MimeTypes().types_map[True] | _PINNED
