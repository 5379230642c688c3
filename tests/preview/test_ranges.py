"""Parts of files, for films and sounds."""

from builders import site_folder
from papers import weekly
from previews import preview

FILM = bytes(range(256)) * 40


def test_a_film_in_parts(tmp_path):
    """A file comes whole, in the part asked for, or not at all where it has no such part; a page only whole."""
    files = {**weekly(), "static/phim.mp4": FILM, "static/rong.mp3": b"", "static/trang.html": "<p>Một trang."}
    with preview(site_folder(tmp_path, files)) as running:

        def told(path, part, method="GET", **more):
            answer, data = running.get(path, {"Range": part, **more}, method)
            return answer.status, answer.headers["Content-Range"], data

        assert (206, "bytes 256-511/10240", FILM[256:512]) == told("/phim.mp4", "bytes=256-511")
        assert (206, "bytes 10230-10239/10240", FILM[-10:]) == told("/phim.mp4", "bytes=-10")
        assert (416, "bytes */10240", b"") == told("/phim.mp4", "bytes=10240-")
        assert (416, "bytes */0", b"") == told("/rong.mp3", "bytes=0-")
        assert (206, "bytes 10200-10239/10240", FILM[10200:]) == told("/phim.mp4", "bytes=10200-99999")
        assert (200, None, FILM) == told("/phim.mp4", "bytes=0-")
        for odd in ("bytes=0-1,4-5", "bytes=-", "items=0-1", "bytes=a-b", "bytes=0x1-2", f"bytes={'9' * 5000}-"):
            assert (200, None, FILM) == told("/phim.mp4", odd), odd
        assert (416, "bytes */10240", b"") == told("/phim.mp4", "bytes=-0")
        assert (200, None, FILM) == told("/phim.mp4", "bytes=0-1", **{"If-Range": '"x"'})
        assert (200, None, b"") == told("/phim.mp4", "bytes=0-1", "HEAD")
        whole, _ = running.get("/phim.mp4")
        assert ("bytes", "10240") == (whole.headers["Accept-Ranges"], whole.headers["Content-Length"])
        kept = running.get("/phim.mp4?v=12345678")[0].headers
        assert ("no-store", None, None, None) == tuple(
            kept[name] for name in ("Cache-Control", "ETag", "Last-Modified", "Expires")
        )
        status, extent, data = told("/trang.html", "bytes=0-1")
        assert (200, None, True) == (status, extent, data.startswith(b"<p>M"))
        assert (200, None) == told("/", "bytes=0-1")[:2]
