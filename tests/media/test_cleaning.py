"""What a camera or a program wrote into a picture goes; pixels, colours and orientation stay."""

import io
import random
import struct

import pillow_heif
import pytest
from PIL import Image, ImageOps

from newsgen.media.cleaning.cleaner import clean_picture
from newsgen.media.cleaning.fault import NotCleanable
from newsgen.media.pictures import guess_kind
from planted_pictures import KINDS, MARKS, PROFILE, XMP, chunk, draw, find_marks, make_exif, make_planted, save, segment

pillow_heif.register_heif_opener()
pytestmark = [
    pytest.mark.filterwarnings("ignore:Corrupt EXIF data"),
    pytest.mark.filterwarnings("ignore:Image appears to be a malformed MPO file"),
    pytest.mark.filterwarnings("ignore:.*size changed"),
]
FEWEST_MARKS = {"JPEG": 12, "PNG": 10, "WebP": 9, "GIF": 4, "AVIF": 8, "HEIC": 9}
MUTATIONS = 600
TURNED = [kind for kind in KINDS if kind not in ("GIF", "AVIF")]


def frames(data):
    """The pixels and the time of each frame, with the alpha."""
    image, found = Image.open(io.BytesIO(data)), []
    for number in range(getattr(image, "n_frames", 1)):
        image.seek(number)
        found.append((image.convert("RGBA").tobytes(), image.info.get("duration")))
    return found


def clear(size=(96, 64)):
    """A picture that is partly transparent."""
    image = draw(size).convert("RGBA")
    image.putalpha(Image.linear_gradient("L").resize(size))
    return image


def moving(kind, **options):
    """A picture of two frames."""
    return save(clear(), kind, save_all=True, append_images=[clear().rotate(180)], duration=80, **options)


def heif(image, **options):
    file = io.BytesIO()
    pillow_heif.from_pillow(image).save(file, **options)
    return file.getvalue()


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_private_is_left(kind):
    """No mark is left of the many that were planted, and what is clean is left as it is."""
    planted = make_planted(kind, 1 if kind in ("GIF", "AVIF") else 6)
    assert len(find_marks(planted)) >= FEWEST_MARKS[kind]
    cleaned = clean_picture(kind, planted)
    assert [] == find_marks(cleaned)
    assert cleaned == clean_picture(kind, cleaned)
    assert kind == guess_kind(cleaned[:4096])


@pytest.mark.parametrize("kind", KINDS)
def test_pixels_and_profile_stay(kind):
    """A picture shows the same, and its colours mean the same."""
    planted = make_planted(kind)
    cleaned = clean_picture(kind, planted)
    assert frames(planted)[0] == frames(cleaned)[0]
    if kind != "GIF":
        assert Image.open(io.BytesIO(cleaned)).info["icc_profile"] == PROFILE


def test_an_animation_whose_first_picture_is_most_of_it():
    """Its bytes are those of a still and those of a frame at once."""
    noise = Image.effect_noise((300, 200), 60).convert("RGB")
    data = save(noise, "AVIF", save_all=True, append_images=[noise] * 4, duration=80, quality=90, xmp=XMP)
    cleaned = clean_picture("AVIF", data)
    assert ([], frames(data)) == (find_marks(cleaned), frames(cleaned))


@pytest.mark.parametrize("kind", TURNED)
@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_orientation_stays(kind, orientation):
    """A picture is shown turned as before, and this is all that its EXIF says."""
    planted = make_planted(kind, orientation)
    before, after = (Image.open(io.BytesIO(data)) for data in (planted, clean_picture(kind, planted)))
    assert ImageOps.exif_transpose(before).tobytes() == ImageOps.exif_transpose(after).tobytes()
    assert {0x0112: orientation} == {0x0112: 1, **after.getexif()} or kind == "HEIC"


@pytest.mark.parametrize("orientation", range(1, 9))
def test_avif_is_turned_by_its_properties(orientation):
    """What turns an AVIF stands in its boxes, and stays there."""
    planted = save(draw(), "AVIF", exif=make_exif(orientation), xmp=XMP)
    cleaned = clean_picture("AVIF", planted)
    assert all((name in planted) == (name in cleaned) for name in (b"irot", b"imir"))
    assert frames(planted) == frames(cleaned)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        pytest.param("JPEG", save(draw().convert("CMYK"), "JPEG", exif=b"Exif\0\0" + make_exif()), id="cmyk"),
        pytest.param("JPEG", save(draw().convert("L"), "JPEG", exif=b"Exif\0\0" + make_exif(8)), id="grey"),
        pytest.param(
            "JPEG",
            save(draw((400, 300)), "JPEG", restart_marker_blocks=3, exif=b"Exif\0\0" + make_exif()),
            id="restarts",
        ),
        pytest.param("PNG", save(draw().quantize(8), "PNG", exif=make_exif(6)), id="palette"),
        pytest.param("PNG", save(Image.new("I;16", (30, 20), 3000), "PNG", exif=make_exif()), id="16-bit"),
        pytest.param("PNG", moving("PNG", exif=make_exif(6)), id="apng"),
        pytest.param("WebP", moving("WEBP", exif=make_exif(6), xmp=XMP), id="moving-webp"),
        pytest.param("WebP", save(clear(), "WEBP", quality=80, exif=make_exif()), id="lossy-alpha"),
        pytest.param("WebP", save(draw(), "WEBP", quality=80), id="plain-webp"),
        pytest.param("GIF", save(clear(), "GIF", comment=MARKS["comment"]), id="transparent-gif"),
        pytest.param("AVIF", moving("AVIF", exif=make_exif(), xmp=XMP), id="moving-avif"),
        pytest.param("AVIF", save(clear(), "AVIF", exif=make_exif(), xmp=XMP), id="avif-alpha"),
        pytest.param("AVIF", save(draw((1200, 900)), "AVIF", exif=make_exif(), xmp=XMP), id="large-avif"),
        pytest.param("HEIC", heif(clear(), exif=b"Exif\0\0" + make_exif(), thumbnails=[32]), id="heic-alpha"),
        pytest.param("ICO", save(clear((64, 64)), "ICO"), id="ico"),
    ],
)
def test_every_frame_stays(kind, data):
    """Frames, alpha, palettes and unusual colours are those of before."""
    assert kind == guess_kind(data[:4096])
    cleaned = clean_picture(kind, data)
    assert [] == find_marks(cleaned)
    assert frames(data) == frames(cleaned)


def test_the_first_end_is_the_end():
    """A film behind a photo goes, though bytes in it look like the end of a photo."""
    plain = save(draw(), "JPEG")
    assert plain == clean_picture("JPEG", plain + b"ftyp" + MARKS["film"] + b"\xff\xd9")


def test_a_cropped_screenshot_shows_no_more():
    """What some phones left behind the end of a cropped PNG goes."""
    plain = save(draw(), "PNG")
    assert plain == clean_picture("PNG", plain + save(draw((300, 300)), "PNG")[40:])


def test_gif_without_a_trailer():
    """Some programs leave the last byte of a GIF out."""
    plain = save(draw().quantize(8), "GIF")
    assert plain == clean_picture("GIF", plain[:-1])


def test_large_gif_is_followed_quickly():
    """The codes of full tables need not be read one by one; other data in their place is noticed all the same."""
    noise = Image.frombytes("P", (300, 200), random.Random(1).randbytes(60_000))  # noqa: S311
    plain = save(noise, "GIF")
    assert plain == clean_picture("GIF", plain)
    cut = plain[:-400] + b"\0;"
    with pytest.raises(NotCleanable):
        clean_picture("GIF", cut)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        pytest.param("JPEG", b"\xff\xd8\xff\xd9", id="no-frame"),
        pytest.param("JPEG", save(draw(), "JPEG")[:-2], id="no-end"),
        pytest.param("JPEG", save(draw(), "JPEG")[:-2] + save(draw(), "JPEG"), id="second-picture"),
        pytest.param("JPEG", b"\xff\xd8" + segment(0xDB, MARKS["comment"]) + save(draw(), "JPEG")[2:], id="no-table"),
        pytest.param("PNG", save(draw(), "PNG")[:-12], id="png-no-end"),
        pytest.param("PNG", b"\x89PNG\r\n\x1a\n" + chunk(b"IEND", b""), id="png-empty"),
        pytest.param("PNG", save(draw(), "PNG").replace(b"IDAT", b"IDAT\1", 1)[:-1], id="png-sum"),
        pytest.param("WebP", save(draw(), "WEBP")[:-4], id="webp-cut"),
        pytest.param("WebP", b"RIFF" + struct.pack("<I", 4) + b"WEBP", id="webp-empty"),
        pytest.param("GIF", save(draw().quantize(8), "GIF")[:-9], id="gif-cut"),
        pytest.param("AVIF", save(draw(), "AVIF")[:-5], id="avif-cut"),
        pytest.param("AVIF", save(draw(), "AVIF").replace(b"pitm", b"free"), id="no-primary-item"),
        pytest.param("ICO", b"\0\0\1\0\0\0", id="no-icon"),
        pytest.param("TIFF", save(draw(), "TIFF"), id="tiff"),
        *(pytest.param(kind, make_planted(kind)[:20], id=f"{kind}-20-bytes") for kind in KINDS),
    ],
)
def test_what_cannot_be_cleaned_is_refused(kind, data):
    """Nobody can say that a damaged file is clean."""
    with pytest.raises(NotCleanable):
        clean_picture(kind, data)


@pytest.mark.parametrize("kind", KINDS)
def test_mutations_neither_crash_nor_leak(kind):
    """Whatever happens to a file, it is refused or clean."""
    source = random.Random(f"pictures {kind}")  # noqa: S311 - the same mutations in each run
    planted = make_planted(kind, 1 if kind in ("GIF", "AVIF") else 6)
    refused = 0
    for _ in range(MUTATIONS):
        try:
            cleaned = clean_picture(kind, mutate(source, planted))
        except NotCleanable as fault:
            refused += 1
            assert str(fault.why)
        else:
            assert [] == find_marks(cleaned)
    assert 0 < refused < MUTATIONS


def mutate(source, data):
    """The bytes with a few of them changed, lost, added or cut off."""
    changed = bytearray(data)
    for _ in range(source.choice((1, 1, 1, 2, 3, 8))):
        at, size = source.randrange(len(changed)), source.choice((1, 2, 4, 8, 50))
        match source.randrange(6):
            case 0 | 1:
                changed[at] = source.randrange(256)
            case 2:
                changed[at] ^= 1 << source.randrange(8)
            case 3:
                del changed[at : at + size]
            case 4:
                changed[at:at] = source.randbytes(size)
            case _:
                number = source.choice((0, 1, 2, 8, 255, 65_535, 1 << 31, len(data)))
                changed[at : at + 4] = number.to_bytes(4, "big")
        changed = changed or bytearray(b"\0")
    return bytes(changed[: source.randrange(len(changed) + 1)] if source.random() < 0.1 else changed)
