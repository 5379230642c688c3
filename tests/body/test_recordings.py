"""Recordings, films and documents that a story shows: nothing of them is loaded before a reader asks for it."""

import io
import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from builders import png, site_config
from films import make_mp4, make_pdf, make_webm
from newsgen.body.static_form import make_static
from newsgen.media.attachments import count_pages
from newsgen.media.film_sizes import read_film_size
from story_rendering import body_of

SAID = '![Tiếng rao trên sông](rao.mp3 "Ghi lúc 5 giờ sáng | Thu Trang")\n'


def show(text: str, **files: str | bytes):
    body = body_of(text, files={name.replace("__", "."): data for name, data in files.items()})
    assert () == body.problems
    return body


def test_a_recording_has_a_title_and_a_link():
    """It is loaded when somebody plays it."""
    body = show(SAID, rao__mp3=b"ID3" + bytes(3_400_000))
    assert body.html.strip() == (
        '<figure class="recording"><p class="data-title"><b>Tiếng rao trên sông</b> '
        '<span class="unit">Ghi lúc 5 giờ sáng</span></p>'
        '<audio controls="" preload="none" src="/kinh-te/rao.mp3" aria-label="Tiếng rao trên sông"></audio>'
        '<figcaption><span class="credit">Thu Trang</span> '
        '<a href="/kinh-te/rao.mp3" download="">Tải tệp (MP3, 3,4 MB)</a></figcaption></figure>'
    )
    assert ("content/kinh-te/rao.mp3",) == body.files


FILM = "![Hợp long](phim.mp4)\n"


def test_a_film_has_its_size_its_poster_and_captions():
    """So that nothing moves when it is loaded; the poster and the captions lie beside it."""
    captions = {"phim__vi__vtt": "WEBVTT\n", "phim__en__vtt": "WEBVTT\n"}
    body = show(FILM, phim__mp4=make_mp4(640, 360), phim__png=png(8, 6), **captions)
    video = LexborHTMLParser(body.html).css_first("figure.film > video")
    expected = {"controls": "", "preload": "none", "playsinline": "", "src": "/kinh-te/phim.mp4"}
    shown = {"width": "640", "height": "360", "poster": "/kinh-te/phim.png", "aria-label": "Hợp long"}
    assert expected | shown == dict(video.attrs)
    tracks = [(track.attrs["srclang"], track.attrs["label"], track.attrs["src"]) for track in video.css("track")]
    assert [
        ("vi", "Tiếng Việt", "/kinh-te/phim.vi.vtt"),
        ("en", "English", "/kinh-te/phim.en.vtt"),
    ] == tracks
    assert {f"content/kinh-te/phim.{ending}" for ending in ("mp4", "png", "vi.vtt", "en.vtt")} == set(body.files)


def test_captions_without_a_language_are_those_of_the_story():
    """`phim.vtt` beside the film."""
    html = show(FILM, phim__mp4=make_mp4(8, 6), phim__vtt="WEBVTT\n").html
    assert '<track kind="captions" srclang="vi" label="Tiếng Việt" src="/kinh-te/phim.vtt">' in html


def test_a_sidecar_names_a_poster():
    """A large picture is shown in one of its sizes; a wrong name has its place."""
    files = {"phim.mp4": make_mp4(8, 6), "phim.mp4.yaml": "poster: bia.png\n", "bia.png": png(1600, 900)}
    body = body_of(FILM, files=files)
    assert (("content/kinh-te/bia.png",), 1) == (
        body.pictures,
        body.html.count('poster="/theme/pictures/kinh-te/bia.960.'),
    )
    (problem,) = body_of(FILM, files={**files, "phim.mp4.yaml": "poster: bai.png\n"}).problems
    assert ("missing-image", 1, 9, "did you mean `bia.png`?") == (
        problem.rule,
        problem.location.line,
        problem.location.column,
        problem.fix,
    )


def test_a_document_is_a_card_with_its_pages():
    """In the language of the story."""
    files = {"quy-hoach.pdf": make_pdf(12)}
    text = '![Quy hoạch](quy-hoach.pdf "Bản công bố | Nguồn: Sở")\n'
    html = body_of(text, files=files).html
    assert '<a href="/kinh-te/quy-hoach.pdf"><b>Quy hoạch</b> <span class="unit">Bản công bố</span>' in html
    assert "PDF, 12 trang, " in html
    assert "PDF, 12 pages, " in body_of(text, site_config("language: en"), files=files).html


@pytest.mark.parametrize(
    ("data", "pages"),
    [
        (make_pdf(3), 3),
        (make_pdf(3, "mật khẩu"), None),
        (make_pdf(3)[:300], None),
        (b"%PDF-1.7\n", None),
        (b"%PDF-1.7\ntrailer <</Root 1 0 R>>\n1 0 obj <</Pages <</Count -5>>>> endobj\nstartxref\n9\n%%EOF", None),
        (b"%PDF-1.7\n" + b"[" * 100_000, None),
    ],
)
def test_a_damaged_or_locked_document_has_a_card_without_pages(data, pages):
    """What cannot be read of it is left out."""
    assert count_pages(io.BytesIO(data)) in (pages, 3 if pages is None and b"Encrypt" in data else pages)
    assert "PDF" in show("![a](a.pdf)\n", a__pdf=data).html


@pytest.mark.parametrize(
    ("ending", "data", "size"),
    [
        (".mp4", make_mp4(640, 360), (640, 360)),
        (".mp4", make_mp4(640, 360, is_turned=True), (360, 640)),
        (".mp4", make_mp4(640, 360)[:-20], None),
        (".mp4", b"\0\0\0\x08ftyp" * 3, None),
        (".mp4", b"\0\0\0\1moov" + b"\0" * 20, None),
        (".webm", make_webm(1280, 720), (1280, 720)),
        (".webm", make_webm(1280, 720)[:-4], None),
        (".webm", b"", None),
        (".webm", b"\x1aE\xdf\xa3\x00", None),
    ],
)
def test_the_size_of_a_film_is_in_its_head(ending, data, size):
    """None where it does not say; nothing that somebody put into a file makes the search endless."""
    assert size == read_film_size(io.BytesIO(data), ending)


@pytest.mark.parametrize(
    ("name", "noun"),
    [
        ("a.csv", "table"),
        ("a.tsv#cot", "table"),
        ("a.GEOJSON", "map"),
        ("a.mp3", "recording"),
        ("a.mp4", "film"),
        ("a.pdf", "document"),
        ("a.png", "picture"),
    ],
)
def test_a_file_is_called_what_it_is(name, noun):
    """Where it is missing, lies on an editor's computer, or must not be shown."""
    path = name.partition("#")[0]
    (problem,) = body_of(f"![a]({name})\n").problems
    assert f"there is no {noun} “{path}”" == problem.what
    (problem,) = body_of(f"![a](C:/Tệp/{name})\n".replace("ệ", "e")).problems
    assert problem.what.startswith(f"the {noun} “C:/Tep/")
    body = body_of(f"![a]({name})\n", files={path: png(8, 6), f"{path}.yaml": "consent: false\n"})
    (problem,) = body.problems
    assert (f"the {noun} “{path}” is not published", f"show another {noun}, or none") == (
        problem.what.partition(", ")[0],
        problem.fix,
    )


@pytest.mark.parametrize("name", ["a.mp3", "a.m4a", "a.ogg", "a.opus", "a.mp4", "a.webm", "a.pdf"])
def test_a_file_of_another_kind_is_an_error(name):
    """An empty file, or a page of HTML that was saved under its name."""
    for data in ("", "<!doctype html>"):
        (problem,) = body_of(f"![a]({name})\n", files={name: data}).problems
        assert ("broken-file", 5, 6) == (problem.rule, problem.location.line, problem.location.column)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("gia.xlsx", "as CSV"),
        ("gia.ods#cot", "as CSV"),
        ("bao-cao.docx", "as PDF"),
        ("a.pptx?v=1", "as PDF"),
        ("a.wav", "as MP3"),
        ("a.MOV", "as MP4"),
        ("a.kml", "as GeoJSON"),
    ],
)
def test_a_workbook_or_a_text_says_what_to_save(name, words):
    """It cannot be shown; a link to it is offered too."""
    path = re.split("[?#]", name)[0]
    (problem,) = body_of(f"![a]({name})\n", files={path: b"PK\3\4"}).problems
    assert "not-a-picture" == problem.rule
    assert words in problem.fix
    assert f"`[…]({path})`" in problem.fix


@pytest.mark.parametrize(
    ("name", "data"), [("a.mp3#t=1:30", b"ID3"), ("a.mp4#t=10,20", make_mp4(8, 6)), ("a.pdf#page=3", make_pdf(3))]
)
def test_a_moment_and_a_page_stay_in_the_address(name, data):
    """Browsers begin there; anything else behind “#” is an error, which says what to write."""
    path = name.partition("#")[0]
    body = body_of(f"![a]({name})\n", files={path: data})
    assert () == body.problems
    assert f'="/kinh-te/{name}"' in body.html
    assert (path,) == tuple(file.rpartition("/")[2] for file in body.files)
    (problem,) = body_of(f"![a]({path}#cot)\n", files={path: data}).problems
    assert ("unknown-form", f"write `{path}`") == (problem.rule, problem.fix)


def test_other_programs_get_links():
    """A film is the picture that stands for it, a recording the link to its file."""
    text = f"{SAID}\n{FILM}\n"
    files = {"rao__mp3": b"ID3", "phim__mp4": make_mp4(8, 6)}
    html = make_static(show(text, **files, phim__png=png(8, 6)).html)
    tree = LexborHTMLParser(html)
    assert None is tree.css_first("audio, video")
    assert (
        "/kinh-te/phim.png" == tree.css_first('.film > a[href="/kinh-te/phim.mp4"] > img[alt="Hợp long"]').attrs["src"]
    )
    html = make_static(show(text, **files).html)
    assert '<p><a href="/kinh-te/phim.mp4">Hợp long</a></p>' in html
