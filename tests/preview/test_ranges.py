"""Parts of files, for films and sounds."""

import pytest

from builders import site_folder
from newsgen.preview.ranges import asked_range
from papers import weekly
from previews import preview

FILM = bytes(range(256)) * 40


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-9", range(10)),
        ("bytes=90-", range(90, 100)),
        ("bytes=-10", range(90, 100)),
        ("bytes=-500", range(100)),
        ("bytes=50-500", range(50, 100)),
        ("Bytes= 0-0 ", range(1)),
        ("bytes=100-", range(0)),
        ("bytes=100-200", range(0)),
        ("bytes=-0", range(0)),
        ("", None),
        ("bytes=-", None),
        ("bytes=5-2", None),
        ("bytes=0-1,5-6", None),
        ("items=0-1", None),
        ("bytes=a-b", None),
        ("bytes=0x1-2", None),
        (f"bytes={'9' * 5000}-", None),
        (f"bytes=-{'9' * 5000}", None),
    ],
)
def test_the_part_that_a_header_asks_for(header, part):
    """One range of bytes from the start, from a place on, or from the end; anything else is the whole."""
    found = asked_range(header, 100)
    assert (part is None, list(part or ())) == (found is None, list(found or ()))


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
        assert (200, None, FILM) == told("/phim.mp4", "bytes=0-1,4-5")
        assert (200, None, FILM) == told("/phim.mp4", "bytes=0-1", **{"If-Range": '"x"'})
        assert (200, None, b"") == told("/phim.mp4", "bytes=0-1", "HEAD")
        whole, _ = running.get("/phim.mp4")
        assert ("bytes", "10240") == (whole.headers["Accept-Ranges"], whole.headers["Content-Length"])
        status, extent, data = told("/trang.html", "bytes=0-1")
        assert (200, None, True) == (status, extent, data.startswith(b"<p>M"))
        assert (200, None) == told("/", "bytes=0-1")[:2]
