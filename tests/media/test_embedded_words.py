"""Words that stand in a picture: XMP in each kind of file, and IIM."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgen.media.embedded_words import NO_WORDS, EmbeddedWords, read_embedded_words
from newsgen.media.xmp import MOST, XmpWords, read_xmp
from pictures_with_words import make_iim, make_xmp, put_into_jpeg, put_xmp, tell
from planted_pictures import segment

ALT, CAPTION = "Iptc4xmpCore:AltTextAccessibility", "dc:description"
CREATORS = "<dc:creator><rdf:Seq><rdf:li>Ngọc Hà</rdf:li><rdf:li>Minh An</rdf:li></rdf:Seq></dc:creator>"
WHOLE = make_xmp(
    tell(ALT, {"x-default": "Người hái nhãn trên thang"})
    + tell(CAPTION, {"x-default": "Longan harvest", "vi-VN": "Thu hoạch nhãn lồng"})
    + CREATORS,
    'photoshop:Credit="TTXVN"',
)
FOUND = ("Người hái nhãn trên thang", "Thu hoạch nhãn lồng", "TTXVN")


def read(folder, data):
    """What is read of a picture with these bytes."""
    (folder / "a.jpg").write_bytes(data)
    return read_embedded_words(folder, "a.jpg")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WebP", "AVIF", "HEIC"])
def test_xmp_in_each_kind_of_picture(tmp_path, kind):
    """Alternative text, caption and credit are found where each kind of file holds its XMP."""
    assert read(tmp_path, put_xmp(kind, WHOLE)).choose("vi") == FOUND


@pytest.mark.parametrize(
    ("language", "caption"),
    [("vi", "Nhãn"), ("vi-VN", "Nhãn"), ("en-GB", "Longans"), ("en", "Longans"), ("fr", "Für alle"), ("", "Für alle")],
)
def test_the_language_of_the_story(tmp_path, language, caption):
    """The story's language comes first, then that of another country, then the text for any."""
    texts = {"x-default": "Für alle", "vi": "Nhãn", "en-US": "Longans", "en-GB": "Longans"}
    assert caption == read(tmp_path, put_xmp("JPEG", make_xmp(tell(CAPTION, texts)))).choose(language)[1]


def test_a_text_in_another_language_alone_is_none(tmp_path):
    """An English caption does not stand below a Vietnamese story unless it is for any language."""
    assert ("", "", "") == read(tmp_path, put_xmp("JPEG", make_xmp(tell(CAPTION, {"en": "Longans"})))).choose("vi")


@pytest.mark.parametrize(
    ("inner", "attributes", "credit"),
    [
        (CREATORS, 'photoshop:Credit="TTXVN"', "TTXVN"),
        (CREATORS + "<photoshop:Credit>TTXVN</photoshop:Credit>", "", "TTXVN"),
        (CREATORS, "", "Ngọc Hà, Minh An"),
        ("<dc:creator>Ngọc Hà</dc:creator>", "", "Ngọc Hà"),
        ("", 'dc:creator="Ngọc Hà"', "Ngọc Hà"),
        (CREATORS, 'photoshop:Credit=" "', "Ngọc Hà, Minh An"),
    ],
)
def test_the_credit(tmp_path, inner, attributes, credit):
    """It is `Credit`, else the creators, in each form that RDF has."""
    assert credit == read(tmp_path, put_xmp("JPEG", make_xmp(inner, attributes))).credit


@pytest.mark.parametrize(("encoding", "says_so"), [("utf-8", True), ("utf-8", False), ("cp1252", False)])
def test_iim(tmp_path, encoding, says_so):
    """It counts as UTF-8 where it says so or is, else as the letters of old Windows programs."""
    words = {110: "Agence", 80: "Hélène", 120: "Récolte"}
    data = put_into_jpeg(make_iim(words, encoding, says_so=says_so))
    assert EmbeddedWords({}, {"x-default": "Récolte"}, "Agence") == read(tmp_path, data)
    del words[110]
    assert "Hélène" == read(tmp_path, put_into_jpeg(make_iim(words, encoding, says_so=says_so))).credit


def test_xmp_comes_before_iim(tmp_path):
    """What XMP leaves out is taken from IIM."""
    xmp = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + make_xmp(tell(CAPTION, {"x-default": "Mới"})))
    data = put_into_jpeg(make_iim({120: "Cũ", 80: "An"}), xmp)
    assert EmbeddedWords({}, {"x-default": "Mới"}, "An") == read(tmp_path, data)


def test_words_behind_a_large_thumbnail(tmp_path):
    """As much of a JPEG is read as its words need."""
    notes = [segment(0xE1, b"Exif\0\0" + bytes(65_000))] * 12
    xmp = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + WHOLE)
    assert FOUND == read(tmp_path, put_into_jpeg(*notes, xmp)).choose("vi")


@pytest.mark.parametrize("text", ["OLYMPUS DIGITAL CAMERA", "DCIM\\100MEDIA\\DJI_0007.JPG", " ", "x" * 6000])
def test_what_no_person_wrote(tmp_path, text):
    """What cameras write in place of a caption is none, nor is a text without end."""
    assert NO_WORDS == read(tmp_path, put_xmp("JPEG", make_xmp(tell(CAPTION, {"x-default": text}))))


def test_characters_that_nobody_sees(tmp_path):
    """Words stand on one line, in one Unicode form, without characters that turn or hide text."""
    packet = make_xmp(tell(CAPTION, {"x-default": "Nha\u0303n\n  lồng\u202e\u200b"}))
    assert {"x-default": "Nhãn lồng"} == read(tmp_path, put_xmp("JPEG", packet)).caption


@pytest.mark.parametrize(
    "packet",
    [
        make_xmp(tell(CAPTION, {"x-default": "&a;"}), before='<!DOCTYPE x [<!ENTITY a "Nhãn">]>'),
        make_xmp(tell(CAPTION, {"x-default": "Nhãn"}), before='<!DOCTYPE x SYSTEM "http://a.example/x.dtd">'),
        make_xmp("<a>" * 40 + "</a>" * 40 + tell(CAPTION, {"x-default": "Nhãn"})),
        make_xmp(tell(CAPTION, {"x-default": "Nhãn" + " " * MOST})),
        make_xmp(tell(CAPTION, {"x-default": "Nhãn"}))[:-250],
        b"",
        b"\xff\xfe<",
    ],
)
def test_a_packet_that_is_refused(packet):
    """A DTD, endless nesting or length, and what is no XML tell nothing."""
    assert XmpWords() == read_xmp(packet)


def test_words_below_other_properties_do_not_count():
    """Those of a picture that this one was made from are not its own."""
    inner = tell(CAPTION, {"x-default": "Ảnh gốc"})
    nested = f'<dc:source rdf:parseType="Resource">{inner}</dc:source>'
    assert XmpWords() == read_xmp(make_xmp(nested))


@given(st.sampled_from(["JPEG", "PNG", "WebP", "AVIF"]), st.integers(1, 3000), st.integers(0, 255))
def test_damaged_pictures_tell_what_they_can(tmp_path_factory, kind, at, byte):
    """No byte makes the reader fail."""
    data = bytearray(put_xmp(kind, WHOLE))
    data[at % len(data)] = byte
    assert isinstance(read(tmp_path_factory.mktemp("a"), bytes(data)), EmbeddedWords)
