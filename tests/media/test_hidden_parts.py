"""Nothing private stands in the parts of a picture that readers skip, and no file makes its cleaning long."""

import io
import struct
import time
import zlib

import pytest
from PIL import Image

from newsgen.media.cleaning.cleaner import clean_picture
from newsgen.media.cleaning.fault import NotCleanable
from planted_pictures import PROFILE, chunk, draw, save, segment

MARK = b"10.7626N 106.6602E of Lan 4711, at the market of the river"
JPEG, PNG, GIF, BMP = (save(draw(), kind) for kind in ("JPEG", "PNG", "GIF", "BMP"))
WEBP, MOVING = save(draw(), "WEBP", quality=80), save(draw(), "AVIF", save_all=True, append_images=[draw().rotate(180)])
ICON = save(draw((16, 16)).convert("RGBA"), "ICO", bitmap_format="bmp", sizes=[(16, 16)])[22:]
PLAIN_AVIF = save(draw(), "AVIF")
MOST_SECONDS = 20
"""Much longer than any of these files takes, and shorter than those took that had no end."""


def put(data, at, *more):
    """The bytes with others among them."""
    return data[:at] + b"".join(more) + data[at:]


def part(name, content):
    """A chunk of a WebP file."""
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def webp(*parts):
    body = b"WEBP" + b"".join(parts)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def icons(*files):
    """An ICO file."""
    at, entries = 6 + 16 * len(files), b""
    for file in files:
        entries += struct.pack("<8sII", b"\x10\x10\0\0\1\0\x20\0", len(file), at)
        at += len(file)
    return struct.pack("<HHH", 0, 1, len(files)) + entries + b"".join(files)


def box(name, *content):
    body = b"".join(content)
    return struct.pack(">I4s", len(body) + 8, name) + body


def cut_box(data, name):
    """The first box of a name, with its head."""
    at = data.index(name) - 4
    return data[at : at + int.from_bytes(data[at : at + 4], "big")]


PIXELS = cut_box(PLAIN_AVIF, b"mdat")[8:]
PROPERTIES = [cut_box(PLAIN_AVIF, name) for name in (b"ispe", b"pixi", b"av1C")]
BRANDS = box(b"ftyp", b"avif\0\0\0\0avifmif1")
ONE_PLACE = struct.pack(">HHHHH", 0x4400, 1, 1, 0, 1)


def avif(
    *, brands=BRANDS, properties=(), item=b"av01", pixels=PIXELS, references=b"", items=1, places=None, behind=b""
):
    """An AVIF file; `places` makes its iloc box from the place of the pixels."""
    own = [*PROPERTIES, *properties]
    makes_places = places or (lambda at: ONE_PLACE + struct.pack(">II", at, len(pixels)))

    def make(at):
        infos = [box(b"infe", b"\2\0\0\0", struct.pack(">HH", n, 0), item, b"\0") for n in range(1, items + 1)]
        numbers = bytes([len(own), *range(1, len(own) + 1)])
        return (
            BRANDS[:0]
            + brands
            + box(
                b"meta",
                bytes(4),
                box(b"hdlr", bytes(8), b"pict", bytes(13)),
                box(b"pitm", b"\0\0\0\0\0\1"),
                box(b"iloc", bytes(4), makes_places(at)),
                box(b"iinf", bytes(4), struct.pack(">H", items), *infos),
                box(b"iref", bytes(4), references),
                box(b"iprp", box(b"ipco", *own), box(b"ipma", bytes(4), struct.pack(">IH", 1, 1), numbers)),
            )
        )

    return make(len(make(0)) + 8) + box(b"mdat", pixels) + behind


def tagged_profile():
    """A colour profile with the serial number of a screen, as some programs write it into screenshots."""
    (count,) = struct.unpack_from(">I", PROFILE, 128)
    table_end = 132 + 12 * count
    entries = bytearray(PROFILE[132:table_end])
    for number in range(count):
        (at,) = struct.unpack_from(">I", entries, 12 * number + 4)
        struct.pack_into(">I", entries, 12 * number + 4, at + 12)
    entries += struct.pack(">4sII", b"mmod", len(PROFILE) + 12, len(MARK))
    size = struct.pack(">I", len(PROFILE) + 12 + len(MARK))
    return size + PROFILE[4:128] + struct.pack(">I", count + 1) + bytes(entries) + PROFILE[table_end:] + MARK


FRAME = struct.pack(">BHHB", 8, 64, 96, len(MARK) // 3) + MARK[: len(MARK) // 3 * 3]
CHUNKS = (b"IHDR", b"PLTE", b"gAMA", b"cHRM", b"sBIT", b"sRGB", b"cICP", b"mDCV", b"cLLI", b"bKGD", b"pHYs", b"acTL")
BOXES = ("colr", "pasp", "clli", "auxC", "lsel", "a1op", "pixi", "ispe", "clap", "mdcv", "cmpd", "oinf", "tols", "amve")
GIF_HEAD = 13 + (6 << (GIF[10] & 7))
HEAD = part(b"VP8X", bytes([0, 0, 0, 0, 95, 0, 0, 63, 0, 0]))
HIDDEN = {
    "jpeg-no-profile": ("JPEG", put(JPEG, 20, segment(0xE2, b"ICC_PROFILE\0\1\1" + MARK))),
    "jpeg-profile": ("JPEG", save(draw(), "JPEG", icc_profile=tagged_profile())),
    "jpeg-second-frame": ("JPEG", put(JPEG, JPEG.index(b"\xff\xda"), segment(0xC0, FRAME))),
    "jpeg-large-frame": ("JPEG", put(JPEG, 20, segment(0xC9, FRAME))),
    "jpeg-scan-of-no-frame": ("JPEG", put(JPEG, 20, segment(0xDA, b"\1\1\0\0\x3f\0"), MARK)),
    "png-profile": ("PNG", save(draw(), "PNG", icc_profile=tagged_profile())),
    "png-no-profile": ("PNG", put(PNG, 33, chunk(b"iCCP", b"n\0\0" + zlib.compress(b"x") + MARK))),
    "png-behind-profile": ("PNG", put(PNG, 33, chunk(b"iCCP", b"n\0\0" + zlib.compress(PROFILE) + MARK))),
    **{f"png-{name.decode()}": ("PNG", put(PNG, 33, chunk(name, MARK))) for name in (*CHUNKS, b"fcTL", b"fdAT")},
    "png-late-pixels": ("PNG", put(PNG, len(PNG) - 12, chunk(b"tIME", b"1234567"), chunk(b"IDAT", MARK))),
    "webp-profile": ("WebP", save(draw(), "WEBP", icc_profile=tagged_profile())),
    **{
        f"webp-{name.decode()}-{len(head)}": ("WebP", webp(*head, WEBP[12:], part(name, MARK)))
        for name in (b"ICCP", b"ANIM", b"ALPH")
        for head in ((), (HEAD,))
    },
    "webp-second": ("WebP", webp(WEBP[12:], part(b"VP8L", b"\x2f" + MARK))),
    "webp-alpha-first": ("WebP", webp(part(b"ALPH", MARK), WEBP[12:])),
    "webp-no-frames": ("WebP", webp(HEAD[:8] + b"\2" + HEAD[9:], WEBP[12:])),
    "webp-second-of-head": ("WebP", webp(HEAD, WEBP[12:], part(b"VP8L", b"\x2f" + MARK))),
    "webp-second-head": ("WebP", webp(HEAD, WEBP[12:], part(b"VP8X", MARK[:10]), part(b"VP8X", MARK[10:20]))),
    "gif-profile": (
        "GIF",
        put(GIF, GIF_HEAD, b"\x21\xff\x0bICCRGBG1012", bytes([len(MARK)]), MARK, b"\0"),
    ),
    "ico-jpeg": ("ICO", icons(put(JPEG, 20, segment(0xFE, MARK)))),
    "ico-text": ("ICO", icons(MARK * 9)),
    "ico-behind": ("ICO", icons(ICON + MARK * 9)),
    "bmp-behind": ("BMP", BMP + MARK),
    "bmp-before": ("BMP", BMP[:10] + struct.pack("<I", 54 + len(MARK)) + BMP[14:54] + MARK + BMP[54:]),
    "avif-brands": ("AVIF", avif(brands=box(b"ftyp", b"avif", MARK[:4], b"avifmif1", MARK[:28]))),
    **{f"avif-{name}": ("AVIF", avif(properties=[box(name.encode(), bytes(4), MARK)])) for name in BOXES},
    "avif-codes": ("AVIF", avif(properties=[box(b"colr", b"nclx", bytes([0, 1, 0, 13, 0, 6, 128]), MARK)])),
    "avif-profile": ("AVIF", save(draw(), "AVIF", icc_profile=tagged_profile())),
    "avif-of-jpeg": ("AVIF", avif(item=b"jpeg", pixels=put(JPEG, 20, segment(0xFE, MARK)))),
}


@pytest.mark.parametrize("name", HIDDEN)
def test_no_hidden_part_is_left(name):
    """What stands where readers do not look goes, or the file is refused; the picture is the same."""
    kind, planted = HIDDEN[name]
    try:
        cleaned = clean_picture(kind, planted)
    except NotCleanable:
        return
    assert MARK[:4] not in cleaned
    assert MARK[10:] not in cleaned
    assert MARK not in (Image.open(io.BytesIO(cleaned)).info.get("icc_profile") or b"")
    assert cleaned == clean_picture(kind, cleaned)
    shown = Image.open(io.BytesIO(cleaned)).convert("RGB")
    assert shown.tobytes() == Image.open(io.BytesIO(ORIGINALS.get(name[:4], b"") or planted)).convert("RGB").tobytes()


ORIGINALS = {"jpeg": JPEG, "png-": PNG, "webp": WEBP, "avif": PLAIN_AVIF, "bmp-": BMP}


def test_a_profile_keeps_its_colours():
    """Of the profile of a screen only what says more than its colours is lost."""
    cleaned = clean_picture("JPEG", save(draw(), "JPEG", icc_profile=tagged_profile()))
    kept = Image.open(io.BytesIO(cleaned)).info["icc_profile"]
    assert tagged_profile().replace(MARK, bytes(len(MARK))) == kept


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA"])
def test_plain_bitmaps_stay(mode):
    """A bitmap without anything else is the same, and so is an icon of it."""
    picture = draw((32, 32)).convert(mode)
    plain, icon = save(picture, "BMP"), save(picture, "ICO", bitmap_format="bmp", sizes=[(32, 32)])
    assert (plain, icon) == (clean_picture("BMP", plain), clean_picture("ICO", icon))


def test_the_place_of_pictures():
    """A moving AVIF says that its pictures lie in the file itself, and names no other place."""
    place = box(b"dref", bytes(7), b"\1", box(b"url ", b"\0\0\0\1"))
    assert place in MOVING
    named = MOVING.replace(place, place.replace(b"\0\0\0\1", b"Lan\1")[:16] + place[16:24] + b"Lan!")
    assert named != MOVING
    assert b"Lan" not in clean_picture("AVIF", named)
    assert Image.open(io.BytesIO(clean_picture("AVIF", MOVING))).n_frames == 2


COUNT = 20_000
NESTED = box(b"trak")
for _ in range(2000):
    NESTED = box(b"trak", NESTED)
TABLES = box(
    b"stbl",
    box(b"stsz", struct.pack(">III", 0, 1, 0xFFFFFFFF)),
    box(b"stsc", struct.pack(">IIIII", 0, 1, 1, 0xFFFFFFFF, 1)),
    box(b"stco", struct.pack(">III", 0, 1, 100)),
)
CHAIN = b"".join(box(b"dimg", struct.pack(">HHH", number, 1, number + 1)) for number in range(1, COUNT))
MANY = b"".join(struct.pack(">HHH", number, 0, 65_535) for number in range(200))
LONG = {
    "icons": ("ICO", struct.pack("<HHH", 0, 1, COUNT) + struct.pack("<8sII", bytes(8), 16 * COUNT, 6) * COUNT),
    "extents-of-nothing": (
        "AVIF",
        avif(places=lambda _at: struct.pack(">HH", 0, 200) + MANY),
    ),
    "extents": (
        "AVIF",
        avif(
            places=lambda at: (
                struct.pack(">HHHHH", 0x4400, 2, 1, 0, COUNT)
                + struct.pack(">II", at, 1) * COUNT
                + struct.pack(">HHH", 2, 0, COUNT)
                + struct.pack(">II", at + 9, 1) * COUNT
            ),
            behind=box(b"mdat") * COUNT,
        ),
    ),
    "overlaps": (
        "AVIF",
        avif(
            pixels=bytes(500_000),
            places=lambda at: (
                struct.pack(">HHHHH", 0x4400, 1, 1, 0, COUNT)
                + b"".join(struct.pack(">II", at + n, 450_000) for n in range(COUNT))
            ),
        ),
    ),
    "references": ("AVIF", avif(item=b"grid", items=COUNT, references=CHAIN)),
    "depth": ("AVIF", avif(behind=box(b"moov", NESTED))),
    "samples": ("AVIF", avif(behind=box(b"moov", box(b"trak", box(b"mdia", box(b"minf", TABLES)))))),
}


@pytest.mark.parametrize("name", LONG)
def test_no_file_makes_its_cleaning_long(name):
    """A small file with large numbers, many parts or deep folders is done with at once."""
    kind, data = LONG[name]
    before = time.process_time()
    try:
        assert len(clean_picture(kind, data)) <= len(data)
    except NotCleanable as fault:
        assert str(fault.why)
    assert time.process_time() - before < MOST_SECONDS
