"""Pictures as phones and programs write them, with marks in every place where something private may stand."""

import io
import struct
import zlib

import pillow_heif
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

GPS = struct.pack(">II", 471_123, 9_973)
"""The seconds of a position, as EXIF has them."""

NAMES = (
    "artist",
    "serial",
    "comment",
    "description",
    "iptc",
    "xmp",
    "text",
    "film",
    "pixels-of-a-thumbnail",
    "time",
    "maker",
)
MARKS = {name: f"mark-{name}-of-Lan".encode() for name in NAMES} | {"gps": GPS}
KINDS = {"JPEG": ".jpg", "PNG": ".png", "WebP": ".webp", "GIF": ".gif", "AVIF": ".avif", "HEIC": ".heic"}
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
XMP = b'<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/">' + MARKS["xmp"] + b"</x:xmpmeta>"


def find_marks(data: bytes) -> list[str]:
    """The names of the marks that are in these bytes."""
    return [name for name, mark in MARKS.items() if mark in data]


def draw(size: tuple[int, int] = (96, 64)) -> Image.Image:
    """A picture whose four corners differ, so that its orientation can be told."""
    image = Image.new("RGB", size, (40, 90, 60))
    pen, (width, height) = ImageDraw.Draw(image), size
    pen.rectangle((0, 0, width // 2, height // 2), (220, 30, 30))
    pen.rectangle((width // 2, 0, width, height // 2), (30, 30, 220))
    pen.rectangle((0, height // 2, width // 2, height), (230, 220, 40))
    return image


def make_exif(orientation: int = 1) -> bytes:
    """EXIF with a position, the serial number of a camera, its owner and a note of its maker."""
    exif = Image.Exif()
    exif[0x0112], exif[0x013B], exif[0x010E] = orientation, MARKS["artist"].decode(), MARKS["description"].decode()
    exif[0x0132] = MARKS["time"].decode()
    inner = exif.get_ifd(0x8769)
    inner[0xA431], inner[0x927C], inner[0x9286] = MARKS["serial"].decode(), MARKS["maker"], MARKS["text"]
    gps = exif.get_ifd(0x8825)
    gps[1], gps[3] = "N", "E"
    gps[2] = gps[4] = (20.0, 39.0, 12.0)
    data = exif.tobytes()
    return data.removeprefix(b"Exif\0\0") + GPS


def make_planted(kind: str, orientation: int = 1) -> bytes:
    """A picture of a kind with all marks that it can hold."""
    return {
        "JPEG": _make_jpeg,
        "PNG": _make_png,
        "WebP": _make_webp,
        "GIF": _make_gif,
        "AVIF": _make_avif,
        "HEIC": _make_heic,
    }[kind](orientation)


def save(image: Image.Image, kind: str, **options: object) -> bytes:
    """The file of a picture."""
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def segment(marker: int, content: bytes) -> bytes:
    """A segment of a JPEG file."""
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(content) + 2) + content


def chunk(name: bytes, content: bytes) -> bytes:
    """A chunk of a PNG file."""
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def make_film() -> bytes:
    """A film as phones hang it behind a photo; what looks like the end of a JPEG file is in it."""
    return b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + MARKS["film"] + b"\xff\xd9" + MARKS["film"] + b"SEFT"


def _make_jpeg(orientation: int) -> bytes:
    plain = save(draw(), "JPEG", quality=90, icc_profile=PROFILE, progressive=True)
    size = struct.unpack_from(">H", plain, 4)[0] + 4
    thumbnail = (MARKS["pixels-of-a-thumbnail"] * 30)[:300]
    jfif = segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\x0a\x0a" + thumbnail)
    jfxx = segment(0xE0, b"JFXX\0\x13\x0a\x0a" + thumbnail)
    iptc = b"\x1c\x02\x5a" + struct.pack(">H", len(MARKS["iptc"])) + MARKS["iptc"]
    resource = b"Photoshop 3.0\0008BIM\4\4\0\0" + struct.pack(">I", len(iptc)) + iptc
    second = save(draw((32, 24)), "JPEG", comment=MARKS["pixels-of-a-thumbnail"])
    more = (
        segment(0xE1, b"Exif\0\0" + make_exif(orientation)),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP),
        segment(0xE2, b"MPF\0MM\0*" + MARKS["maker"]),
        segment(0xED, resource),
        segment(0xFE, MARKS["comment"]),
        segment(0xEA, MARKS["maker"]),
    )
    return b"".join((plain[:2], jfif, jfxx, *more, plain[size:], second, make_film()))


def _make_png(orientation: int) -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", MARKS["comment"].decode())
    info.add_itxt("XML:com.adobe.xmp", XMP.decode())
    info.add_text("Author", MARKS["artist"].decode(), zip=True)
    plain = save(draw(), "PNG", pnginfo=info, exif=make_exif(orientation), icc_profile=PROFILE)
    end = len(plain) - 12
    private = chunk(b"prVt", MARKS["maker"]) + chunk(b"tIME", MARKS["time"][:7])
    return plain[:33] + private + plain[33:end] + chunk(b"tEXt", b"k\0" + MARKS["text"]) + plain[end:] + make_film()


def _make_webp(orientation: int) -> bytes:
    plain = save(draw(), "WEBP", lossless=True, exif=make_exif(orientation), xmp=XMP, icc_profile=PROFILE)
    note = b"NOTE" + struct.pack("<I", len(MARKS["text"])) + MARKS["text"]
    note += b"\0" * (len(note) % 2)
    return plain[:4] + struct.pack("<I", len(plain) - 8 + len(note)) + plain[8:] + note + make_film()


def _make_gif(_orientation: int) -> bytes:
    frames = [draw(), draw().rotate(180)]
    plain = save(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=[70, 90], loop=3)
    text = b"\x21\x01\x0c" + bytes(12) + bytes([len(MARKS["text"])]) + MARKS["text"] + b"\0"
    comment = b"\x21\xfe" + bytes([len(MARKS["comment"])]) + MARKS["comment"] + b"\0"
    xmp = b"\x21\xff\x0bXMP DataXMP" + XMP + b"\1" + bytes(range(255, 0, -1)) + b"\0\0"
    return plain[:-1] + comment + xmp + text + plain[-1:] + make_film()


def _make_avif(_orientation: int) -> bytes:
    plain = save(draw(), "AVIF", quality=90, exif=make_exif(), xmp=XMP, icc_profile=PROFILE)
    return plain + _make_trailer()


def _make_heic(orientation: int) -> bytes:
    picture = pillow_heif.from_pillow(draw())
    file = io.BytesIO()
    options = {"exif": b"Exif\0\0" + make_exif(orientation), "xmp": XMP, "icc_profile": PROFILE}
    picture.save(file, quality=90, thumbnails=[32], **options)
    return file.getvalue() + _make_trailer()


def _make_trailer() -> bytes:
    """What phones write behind a picture in boxes: data of the program, and a film."""
    film = make_film()
    own = b"uuid" + bytes(16) + MARKS["maker"]
    return struct.pack(">I", len(own) + 4) + own + struct.pack(">I4s", len(film) + 8, b"mpvd") + film
