"""Pictures with the words that agencies and photographers write into them."""

import io
import struct
from collections.abc import Mapping

import pillow_heif
from PIL import PngImagePlugin

from planted_pictures import draw, save, segment

NAMESPACES = (
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
    ' xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"'
)


def make_xmp(inner: str, attributes: str = "", before: str = "") -> bytes:
    """A packet of XMP with these properties."""
    return (
        f'{before}<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        f"<rdf:RDF {NAMESPACES}><rdf:Description {NAMESPACES} {attributes}>{inner}</rdf:Description></rdf:RDF>"
        f'</x:xmpmeta>{" " * 200}<?xpacket end="w"?>'
    ).encode()


def tell(name: str, texts: Mapping[str, str]) -> str:
    """A property with a text in several languages."""
    items = "".join(f'<rdf:li xml:lang="{language}">{text}</rdf:li>' for language, text in texts.items())
    return f"<{name}><rdf:Alt>{items}</rdf:Alt></{name}>"


def make_iim(words: Mapping[int, str], encoding: str = "utf-8", *, says_so: bool = True) -> bytes:
    """The segment of a JPEG with datasets of IIM."""
    sets = b"\x1c\x01\x5a\x00\x03\x1b%G" if says_so else b""
    for number, word in words.items():
        encoded = word.encode(encoding)
        sets += b"\x1c\x02" + bytes([number]) + struct.pack(">H", len(encoded)) + encoded
    other = b"8BIM\x04\x25\x03abc" + struct.pack(">I", 3) + b"odd\0"
    return segment(0xED, b"Photoshop 3.0\0" + other + b"8BIM\4\4\0\0" + struct.pack(">I", len(sets)) + sets)


def put_into_jpeg(*segments: bytes) -> bytes:
    """A JPEG with these segments before all others."""
    plain = save(draw(), "JPEG")
    return plain[:2] + b"".join(segments) + plain[2:]


def put_xmp(kind: str, packet: bytes) -> bytes:
    """A picture of a kind with a packet of XMP."""
    if kind == "JPEG":
        return put_into_jpeg(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet))
    if kind == "PNG":
        info = PngImagePlugin.PngInfo()
        info.add_itxt("XML:com.adobe.xmp", packet.decode())
        return save(draw(), "PNG", pnginfo=info)
    if kind == "HEIC":
        file = io.BytesIO()
        pillow_heif.from_pillow(draw()).save(file, xmp=packet)
        return file.getvalue()
    return save(draw(), kind, xmp=packet)
