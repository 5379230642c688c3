"""Media types of files."""

import mimetypes

import pytest

from newsgen.core import media_types
from newsgen.core.media_types import guess_type


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a/index.html", "text/html; charset=utf-8"),
        ("a.b/THEME.CSS", "text/css; charset=utf-8"),
        ("client.mjs", "text/javascript; charset=utf-8"),
        ("feed.json", "application/json; charset=utf-8"),
        ("app.webmanifest", "application/manifest+json; charset=utf-8"),
        ("rss.xml", "application/xml; charset=utf-8"),
        ("map.svg", "image/svg+xml; charset=utf-8"),
        ("dog.webp", "image/webp"),
        ("favicon.ico", "image/x-icon"),
        ("film.mp4", "video/mp4"),
        ("report.pdf", "application/pdf"),
        ("a.woff2", "font/woff2"),
        ("a.unheard-of", "application/octet-stream"),
        ("LICENSE", "application/octet-stream"),
        ("index.html/LICENSE", "application/octet-stream"),
    ],
)
def test_the_type_of_a_file_by_its_ending(name, expected):
    """Text says that it is UTF-8, and what nobody knows is bytes."""
    assert expected == guess_type(name)


def test_the_machines_own_table_is_not_read(tmp_path, monkeypatch):
    """What /etc/mime.types of a machine says changes no type."""
    table = tmp_path / "mime.types"
    table.write_text("application/x-odd odd css\n", "utf-8")
    monkeypatch.setattr(mimetypes, "knownfiles", [str(table)])
    media_types._types.cache_clear()
    mimetypes.init()
    try:
        assert "application/x-odd" == mimetypes.guess_type("a.odd")[0], "the table is in force"
        assert "application/octet-stream" == guess_type("a.odd")
        assert "text/css; charset=utf-8" == guess_type("a.css")
    finally:
        monkeypatch.undo()
        mimetypes.init()
