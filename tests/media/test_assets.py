"""Files that content names, and how large pictures are."""

from errno import EACCES
from struct import pack
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import png, site_folder
from newsgen.media import pictures
from newsgen.media.assets import Assets, locate
from newsgen.media.pictures import digest_picture, examine_picture
from newsgen.model.pictures import Asset
from story_rendering import sources_of

WIDTH, HEIGHT = 37, 21


def picture_size(site, source):
    looked = examine_picture(site, source)
    return looked.width, looked.height


def riff(kind: bytes, data: bytes) -> bytes:
    """A WebP file of one chunk."""
    chunk = kind + pack("<I", len(data)) + data
    return b"RIFF" + pack("<I", len(chunk) + 4) + b"WEBP" + chunk


def box(kind: bytes, *parts: bytes) -> bytes:
    """A box of an ISO media file."""
    data = b"".join(parts)
    return pack(">I", len(data) + 8) + kind + data


def jpeg(width: int, height: int, orientation: int | None = None, frame: int = 0xC0) -> bytes:
    """The start of a JPEG up to its frame, with an Exif orientation if given."""
    exif = b""
    if orientation is not None:
        entry = pack(">HHIHH", 0x0112, 3, 1, orientation, 0)
        data = b"Exif\0\0MM\0*" + pack(">I", 8) + pack(">H", 1) + entry + pack(">I", 0)
        exif = b"\xff\xe1" + pack(">H", len(data) + 2) + data
    jfif = b"\xff\xe0" + pack(">H", 16) + b"JFIF\0\1\1\0\0\1\0\1\0\0"
    sof = bytes([0xFF, frame]) + pack(">HBHHB", 11, 8, height, width, 1) + b"\1\x11\0"
    return b"\xff\xd8" + (exif or jfif) + sof + b"\xff\xd9"


def avif(width: int, height: int) -> bytes:
    """The boxes of an AVIF that say its size."""
    ispe = box(b"ispe", pack(">III", 0, width, height))
    ipma = box(b"ipma", pack(">IIHBB", 0, 1, 1, 1, 1))
    iprp = box(b"iprp", box(b"ipco", ispe), ipma)
    hdlr = box(b"hdlr", bytes(8) + b"pict" + bytes(13))
    pitm = box(b"pitm", pack(">IH", 0, 1))
    return box(b"ftyp", b"avif", bytes(4), b"avifmif1miaf") + box(b"meta", bytes(4), hdlr, pitm, iprp)


VP8X = b"\0" * 4 + (WIDTH - 1).to_bytes(3, "little") + (HEIGHT - 1).to_bytes(3, "little")
PICTURES = {
    "a.png": png(WIDTH, HEIGHT),
    "a.gif": b"GIF89a" + pack("<HHBBB", WIDTH, HEIGHT, 0, 0, 0) + b";",
    "a.jpg": jpeg(WIDTH, HEIGHT),
    "progressive.jpeg": jpeg(WIDTH, HEIGHT, frame=0xC2),
    "upright.jpg": jpeg(WIDTH, HEIGHT, orientation=1),
    "turned.jpg": jpeg(HEIGHT, WIDTH, orientation=6),
    "lossy.webp": riff(b"VP8 ", b"\xf0\x02\0\x9d\x01*" + pack("<HH", WIDTH, HEIGHT) + bytes(8)),
    "lossless.webp": riff(b"VP8L", b"/" + pack("<I", (WIDTH - 1) | (HEIGHT - 1) << 14) + bytes(4)),
    "extended.webp": riff(b"VP8X", VP8X),
    "a.avif": avif(WIDTH, HEIGHT),
    "a.svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="37" height="21"/>',
    "px.svg": b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="37px" height="20.6px"/>',
}


@pytest.mark.parametrize("name", PICTURES)
def test_the_size_of_a_picture(tmp_path, name):
    """Every format that a page shows tells width and height, turned as its Exif says."""
    (tmp_path / name).write_bytes(PICTURES[name])
    assert (WIDTH, HEIGHT) == picture_size(tmp_path, name)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a picture",
        b"\x89PNG\r\n\x1a\n",
        png(0, 0),
        b"<svg",
        b'<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="100%"/>',
        b'<svg xmlns="http://www.w3.org/2000/svg" width="nan" height="inf"/>',
    ],
)
def test_a_picture_without_a_size_has_none(tmp_path, data):
    """What cannot be measured has no size."""
    (tmp_path / "a.bin").write_bytes(data)
    assert (None, None) == picture_size(tmp_path, "a.bin")


@given(st.sampled_from(sorted(PICTURES)), st.integers(0, 90), st.binary(max_size=6), st.integers(0, 90))
def test_a_damaged_picture_never_stops_a_build(tmp_path, name, at, wrong, end):
    """Whatever bytes a picture's file holds, it has a positive size or none."""
    data = PICTURES[name]
    (tmp_path / name).write_bytes((data[:at] + wrong + data[at + len(wrong) :])[: end or None])
    width, height = picture_size(tmp_path, name)
    assert (width is None and height is None) or (width or 0) > 0 < (height or 0)


@pytest.mark.parametrize(
    ("written", "folder", "output"),
    [
        ("a.png", "kinh-te", "kinh-te/a.png"),
        ("./a.png", "kinh-te", "kinh-te/a.png"),
        ("../a.png", "kinh-te", "a.png"),
        ("/a.png", "kinh-te", "a.png"),
        ("a%20b.png", "", "a b.png"),
        ("va\u0309i.png", "", "vải.png"),
        ("a.png?v=2#x", "", "a.png"),
        ("../../etc/passwd", "kinh-te", None),
        ("/../etc/passwd", "kinh-te", None),
        ("%2e%2e/%2e%2e/x", "kinh-te", None),
        ("a%00.png", "", None),
        ("..\\a.png", "kinh-te", None),
    ],
)
def test_where_an_address_leads(written, folder, output):
    """Relative to the source, or from the root; never out of the site."""
    assert output == locate(written, folder)


@given(st.lists(st.sampled_from(["..", ".", "a", "/", "%2e", "%2f", "\\", "\0", "?", "#", "đ"])).map("".join))
def test_no_address_leaves_the_site(written):
    """Any address names an output inside the site, or nothing."""
    output = locate(written, "kinh-te")
    assert output is None or not {"..", ""} & set(output.split("/"))


def test_a_file_is_found_as_editors_write_it(tmp_path):
    """Beside the source or from the root, in content/ or static/; with the base path in its url."""
    site = site_folder(
        tmp_path, {"content/k/a b.png": png(8, 6), "static/logo.png": png(2, 1), "content/k/x.pdf": b"%PDF"}
    )
    assets = Assets(site, sources_of(site).files, "/bao")
    picture = Asset("content/k/a b.png", "/bao/k/a%20b.png", "k/a b.png", 8, 6, digest=digest_picture(png(8, 6)))
    assert [picture] * 3 == [assets.find(written, "k") for written in ("a b.png", "a%20b.png", "/k/a b.png")]
    logo = Asset("static/logo.png", "/bao/logo.png", "logo.png", 2, 1, digest=digest_picture(png(2, 1)))
    assert logo == assets.find("/logo.png", "k")
    document = assets.find("x.pdf", "k")
    assert ("/bao/k/x.pdf", "k/x.pdf", None, None) == (document.url, document.output, document.width, document.height)
    assert assets.find("logo.png", "k") is None


def test_a_missing_file_gets_the_nearest_name_or_its_place(tmp_path):
    """A slip gets the name that was meant; a missing file, where to put it."""
    site = site_folder(tmp_path, {"content/k/nhan.png": b""})
    assets = Assets(site, sources_of(site).files, "")
    assert "did you mean `nhan.png`?" == assets.suggest("nhna.png", "k")
    assert "did you mean `../k/nhan.png`?" == assets.suggest("../k/nhan.jpg", "x")
    assert "put the file at content/k/zzz.gif" == assets.suggest("zzz.gif", "k")
    assert "put the file at static/zzz.gif" == assets.suggest("/zzz.gif", "k")
    assert "keep to files inside the site" == assets.suggest("../../x", "k")


@pytest.mark.parametrize(("name", "address"), [("h#1.jpg", "h%231.jpg"), ("p%20q.jpg", "p%2520q.jpg")])
def test_a_name_that_reads_as_another_address(tmp_path, name, address):
    """The fix is the address of the file that has the name."""
    site = site_folder(tmp_path, {f"content/k/{name}": b"", "content/k/h.png": b""})
    assets = Assets(site, sources_of(site).files, "")
    assert f"did you mean `{address}`?" == assets.suggest(name, "k")
    assert f"k/{name}" == locate(address, "k")


@pytest.mark.parametrize("name", ["anh.jpg", "anh.svg"])
def test_a_picture_that_the_machine_refuses_is_not_one_of_unknown_size(tmp_path, monkeypatch, name):
    """A page without the sizes of its pictures is another page, so a refused file ends the run."""
    (tmp_path / name).write_bytes(b"<svg/>")
    monkeypatch.setattr(pictures, "open_inside", Mock(side_effect=PermissionError(EACCES, "Permission denied", name)))
    with pytest.raises(PermissionError):
        picture_size(tmp_path, name)
