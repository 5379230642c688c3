"""Small files of films, recordings and documents."""

import io

from pypdf import PdfWriter


def make_box(kind: bytes, data: bytes) -> bytes:
    """A box of MP4."""
    return (8 + len(data)).to_bytes(4, "big") + kind + data


def make_mp4(width: int, height: int, *, is_turned: bool = False) -> bytes:
    """The head of a film of this size, after a track of sound; one that is turned is shown upright."""
    plain, turned = (
        (0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000),
        (0, 0x10000, 0, 0xFFFF0000, 0, 0, 0, 0, 0x40000000),
    )

    def make_track(wide: int, high: int) -> bytes:
        matrix = b"".join(number.to_bytes(4, "big") for number in (turned if is_turned else plain))
        sizes = (wide << 16).to_bytes(4, "big") + (high << 16).to_bytes(4, "big")
        return make_box(b"trak", make_box(b"tkhd", bytes(40) + matrix + sizes))

    movie = make_box(b"mvhd", bytes(100)) + make_track(0, 0) + make_track(width, height)
    return make_box(b"ftyp", b"isom\0\0\0\0") + make_box(b"mdat", bytes(50)) + make_box(b"moov", movie)


def make_element(name: str, data: bytes) -> bytes:
    """An element of Matroska."""
    return bytes.fromhex(name) + (len(data) | 0x4000).to_bytes(2, "big") + data


def make_webm(width: int, height: int) -> bytes:
    """The head of a film of this size."""
    video = make_element("b0", width.to_bytes(2, "big")) + make_element("ba", height.to_bytes(2, "big"))
    track = make_element("ae", make_element("d7", b"\1") + make_element("e0", video))
    head = make_element("1a45dfa3", make_element("4282", b"webm"))
    return head + make_element("18538067", make_element("1549a966", bytes(9)) + make_element("1654ae6b", track))


def make_pdf(pages: int, password: str = "") -> bytes:
    """A document of so many empty pages, locked where there is a password."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 300)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
