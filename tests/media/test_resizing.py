"""Smaller copies of pictures: upright, in sRGB, without private data, and the same bytes each time."""

import io
import random

import pytest
from PIL import Image, ImageChops, ImageCms, ImageStat

from newsgen.media.cleaning.fault import PictureFault
from newsgen.media.recipes import Resizing
from newsgen.media.resizing import Copies, OpenPicture
from newsgen.model.pictures import Crop
from planted_pictures import draw, find_marks, make_exif, make_planted, save

pytestmark = pytest.mark.filterwarnings("ignore:Image appears to be a malformed MPO file")
RED, BLUE, YELLOW, GREEN = (220, 30, 30), (30, 30, 220), (230, 220, 40), (40, 90, 60)


def make(data, form="webp", width=48, quality=90, **more):
    """What is made of a picture, as a picture."""
    made = Resizing(form, quality, more.pop("base", 64), more.pop("most", 100), width, **more).make("a", data)
    assert [] == find_marks(made)
    image = Image.open(io.BytesIO(made))
    assert {"webp": "WEBP", "avif": "AVIF", "jpeg": "JPEG"}[form] == image.format
    assert (None, 0) == (image.info.get("icc_profile"), len(image.getexif()))
    return image


def corners(image):
    """The colours near the four corners, from the upper left."""
    width, height = image.size
    found = image.convert("RGB")
    return [found.getpixel((x * width // 8, y * height // 8)) for y in (1, 6) for x in (1, 6)]


def is_near(color, other, most=24):
    """Whether two colours differ little."""
    return all(abs(one - two) <= most for one, two in zip(color, other, strict=True))


@pytest.mark.parametrize("form", ["webp", "avif", "jpeg"])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WebP", "AVIF", "HEIC"])
def test_nothing_private_is_left(kind, form):
    """No copy has a profile, notes, or whatever else is in the file of a picture."""
    image = make(make_planted(kind), form)
    assert (48, 32) == image.size
    assert all(map(is_near, corners(image), (RED, BLUE, YELLOW, GREEN)))


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "AVIF"])
def test_orientations(kind, orientation):
    """A copy is upright: a browser shows it as it shows the picture."""
    turned = {
        1: (RED, BLUE, YELLOW, GREEN),
        2: (BLUE, RED, GREEN, YELLOW),
        3: (GREEN, YELLOW, BLUE, RED),
        4: (YELLOW, GREEN, RED, BLUE),
        5: (RED, YELLOW, BLUE, GREEN),
        6: (YELLOW, RED, GREEN, BLUE),
        7: (GREEN, BLUE, YELLOW, RED),
        8: (BLUE, GREEN, RED, YELLOW),
    }[orientation]
    exif = make_exif(orientation) if kind != "JPEG" else b"Exif\0\0" + make_exif(orientation)
    image = make(save(draw(), kind, exif=exif, quality=95), width=32)
    assert (32, 48) == image.size if orientation > 4 else (32, 21) == image.size
    assert all(map(is_near, corners(image), turned))


@pytest.mark.parametrize("form", ["webp", "avif", "jpeg"])
def test_display_p3(form):
    """The red of Display P3 is that of sRGB within a ΔE of 2 afterwards."""
    own = ImageCms.ImageCmsProfile(io.BytesIO(make_p3()))
    srgb, lab = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
    inside = (190, 60, 50)  # a red that both can show
    red = Image.new("RGB", (96, 64), inside)
    data = save(red, "PNG", icc_profile=make_p3())
    wanted = ImageCms.profileToProfile(red, own, lab, outputMode="LAB").getpixel((5, 5))
    made = make(data, form, quality=95).convert("RGB")
    found = ImageCms.profileToProfile(made, srgb, lab, outputMode="LAB").getpixel((5, 5))
    assert not is_near(made.getpixel((5, 5)), inside, 8)
    scaled = [(one - two) * factor for one, two, factor in zip(wanted, found, (100 / 255, 1, 1), strict=True)]
    assert 2 > sum(part**2 for part in scaled) ** 0.5


def make_p3():
    """A profile with the primaries of Display P3."""
    import struct

    def number(value):
        return struct.pack(">i", round(value * 65536))

    colors = {
        b"rXYZ": (0.51512, 0.24120, -0.00105),
        b"gXYZ": (0.29198, 0.69225, 0.04189),
        b"bXYZ": (0.15710, 0.06657, 0.78407),
        b"wtpt": (0.96420, 1.0, 0.82491),
    }
    tags = {name: b"XYZ \0\0\0\0" + b"".join(map(number, value)) for name, value in colors.items()}
    curve = b"para\0\0\0\0\0\3\0\0" + b"".join(map(number, (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)))
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    text = b"Display P3\0"
    tags[b"desc"] = b"desc\0\0\0\0" + struct.pack(">I", len(text)) + text + bytes(79)
    tags[b"cprt"] = b"text\0\0\0\0-\0"
    table, content, at = b"", b"", 132 + 12 * len(tags)
    for name, value in tags.items():
        value += bytes(-len(value) % 4)
        table += name + struct.pack(">II", at + len(content), len(value))
        content += value
    head = bytes(4) + b"lcms" + b"\2\x10\0\0" + b"mntrRGB XYZ " + bytes(12) + b"acsp" + bytes(28)
    head += b"".join(map(number, (0.9642, 1.0, 0.82491))) + bytes(48)
    whole = head + struct.pack(">I", len(tags)) + table + content
    return struct.pack(">I", len(whole)) + whole[4:]


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        *(("1", "PNG"), ("L", "PNG"), ("LA", "PNG"), ("P", "PNG"), ("P", "GIF"), ("I;16", "PNG"), ("RGBA", "PNG")),
        *(("L", "JPEG"), ("CMYK", "JPEG"), ("RGB", "BMP"), ("RGBA", "WEBP"), ("RGBA", "AVIF")),
    ],
)
@pytest.mark.parametrize("form", ["webp", "avif", "jpeg"])
def test_modes(mode, kind, form):
    """Grey, palette, 16-bit, CMYK and transparent pictures keep their look."""
    whole = draw()
    grey = whole.convert("L")
    image = grey.convert("I").point(lambda v: v * 256).convert("I;16") if mode == "I;16" else whole.convert(mode)
    if mode in ("RGBA", "LA"):
        image.putalpha(Image.linear_gradient("L").resize(whole.size).point(lambda v: 0 if v < 128 else 255))
    made = make(save(image, kind, quality=95), form)
    assert "RGB" == made.mode or (mode in ("RGBA", "LA") and form != "jpeg")
    shown = whole if mode not in ("L", "LA", "I;16") else grey.convert("RGB")
    wanted = corners(shown if mode != "1" else image.convert("RGB"))
    if made.mode == "RGBA":
        assert (0, 255) == (made.getpixel((10, 3))[3], made.getpixel((10, 28))[3])
        made.putalpha(255)
    elif mode in ("RGBA", "LA"):
        wanted[:2] = [(255, 255, 255)] * 2
        assert all(map(is_near, corners(made), wanted))
    else:
        assert mode == "1" or all(map(is_near, corners(made), wanted))


def test_a_transparent_color():
    """A palette's transparent colour stays transparent, and is white in a JPEG."""
    image = draw().convert("P", palette=Image.Palette.ADAPTIVE)
    data = save(image, "GIF", transparency=image.getpixel((2, 2)))
    assert 0 == make(data).getpixel((2, 2))[3]
    assert is_near((255, 255, 255), make(data, "jpeg").getpixel((2, 2)))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "HEIC"])
@pytest.mark.parametrize("form", ["webp", "avif", "jpeg"])
def test_bytes_do_not_depend_on_company(kind, form):
    """A size has the same bytes whether it is made alone, or with others before and after it."""
    data = make_planted(kind)
    recipes = [Resizing(one, 75, 90, 100, width) for one in ("avif", "webp", "jpeg") for width in (24, 90, 45, 48)]
    together = dict(zip(recipes, Resizing.make_several(recipes, "a", data), strict=True))
    for recipe in recipes:
        if recipe.form == form:
            assert together[recipe] == recipe.make("a", data)
            assert recipe.is_fit(together[recipe])
            assert not recipe.is_fit(together[recipe] + b"x")


def test_a_copy_made_of_half_is_as_sharp():
    """What is made of half the picture looks like what is made of all of it."""
    noise = Image.frombytes("L", (96, 96), random.Random(7).randbytes(96 * 96)).resize(  # noqa: S311
        (768, 768), Image.Resampling.BICUBIC
    )
    widest = OpenPicture(noise, noise.size)
    found = ImageChops.difference(Copies(widest).scale_to(160).image, widest.scale_to(160).image)
    assert 1.5 > ImageStat.Stat(found).mean[0] > 0
    box = ImageChops.difference(noise.reduce(4).resize((160, 160)), widest.scale_to(160).image)
    assert 1.5 < ImageStat.Stat(box).mean[0]


def test_keys():
    """The key has all that the bytes depend on, and not the limit."""
    one = Resizing("webp", 75, 1920, 100, 640)
    others = [
        Resizing("avif", 75, 1920, 100, 640),
        Resizing("webp", 76, 1920, 100, 640),
        Resizing("webp", 75, 1280, 100, 640),
        Resizing("webp", 75, 1920, 100, 641),
        Resizing("webp", 75, 1920, 100, 640, Crop(1, 1)),
        Resizing("webp", 75, 1920, 100, 640, Crop(1, 1, 30)),
    ]
    assert len({one.key, *(other.key for other in others)}) == 1 + len(others)
    assert one.key == Resizing("webp", 75, 1920, 200, 640).key


@pytest.mark.parametrize(
    ("crop", "box"),
    [
        (Crop(1, 1), (250, 0, 750, 500)),
        (Crop(1, 1, 0, 0), (0, 0, 500, 500)),
        (Crop(1, 1, 90, 50), (500, 0, 1000, 500)),
        (Crop(4, 1), (0, 125, 1000, 375)),
        (Crop(4, 1, 50, 99), (0, 250, 1000, 500)),
        (Crop(2, 1), (0, 0, 1000, 500)),
    ],
)
def test_crops(crop, box):
    """A crop is the largest part of its shape, with the point as near to its middle as may be."""
    assert box == crop.find_box((1000, 500))


def test_a_crop_of_a_turned_picture():
    """A picture is turned before it is cut."""
    data = save(draw(), "JPEG", exif=b"Exif\0\0" + make_exif(6), quality=95)
    made = make(data, width=32, base=32, crop=Crop(1, 1, 50, 0))
    assert (32, 32) == made.size
    assert is_near(YELLOW, made.getpixel((4, 4)))


@pytest.mark.parametrize("data", [b"", make_planted("PNG")[:200], b"\x89PNG\r\n\x1a\n" + b"x" * 50, b"no picture"])
def test_damaged_pictures(data):
    """A picture that cannot be decoded is a fault."""
    with pytest.raises(PictureFault):
        make(data)


def test_too_many_pixels():
    """What has more pixels than allowed is not decoded, whatever the page was told."""
    with pytest.raises(PictureFault, match="megapixels"):
        make(save(Image.new("L", (2000, 1001)), "PNG"), most=2)
