"""Crops of pictures, whatever their size, shape and focus."""

import io
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from test_resizing import BLUE, RED, is_near, make_p3

from newsgen.config.pictures import LONGEST, Pictures, find_shape_fault, parse_shape
from newsgen.core.schema import FieldFault
from newsgen.media import resizing
from newsgen.media.focus import parse_focus
from newsgen.media.recipes import Resizing
from newsgen.media.renditions import Renditions, ShownCrop, cut_file, name_crop, read_crop
from newsgen.model.pictures import Crop, PictureFile
from planted_pictures import save

SIDES = st.integers(1, 6000)
PERCENTS = st.floats(0, 100).map(lambda number: round(number, 2))
SHAPES = st.sampled_from(["1:1", "4:3", "16:9", "1.91:1", "3:4", "5:1", "1:5", "9:16", "2:3"]).map(parse_shape)


@given(SIDES, SIDES, SHAPES, PERCENTS, PERCENTS)
def test_the_focus_is_inside(width, height, shape, across, down):
    """A crop is a part of its picture with the focus inside, has its shape within a pixel, and cannot be larger."""
    left, top, right, bottom = Crop(*shape, across, down).find_box((width, height))
    wide, high = right - left, bottom - top
    assert 0 <= left < right <= width
    assert 0 <= top < bottom <= height
    assert left <= width * across / 100 <= right
    assert top <= height * down / 100 <= bottom
    assert width == wide or height == high
    assert 1 > abs(wide - high * Fraction(*shape)) or 1 > abs(high - wide / Fraction(*shape))


@given(SIDES, SIDES, SHAPES, PERCENTS, PERCENTS)
def test_no_rendition_is_larger(width, height, shape, across, down):
    """No rendition of a crop has more pixels than the crop has in its picture, and each can be found again."""
    renditions = Renditions(Pictures())
    file, crop = PictureFile("a.jpg", width, height, "0123456789abcdef"), Crop(*shape, across, down)
    part, planned = cut_file(file, crop), [*renditions.list_crop(file, crop)]
    assert (part is file) == (not planned)
    for one in planned:
        assert one.width <= part.width <= width
        assert one.height <= part.height + 1
        assert one == renditions.find_crop(file, ShownCrop("a.jpg", crop, one.recipe.form, one.width))
    assert len(planned) == len({one.output for one in planned})


@given(SHAPES, PERCENTS, PERCENTS)
def test_names(shape, across, down):
    """The name of a crop tells its shape and its focus, and no other has it."""
    crop = Crop(*shape, across, down)
    assert crop == read_crop(name_crop(crop))


def test_no_two_have_one_name():
    """Crops of two shapes or foci, and the picture itself, have names of their own."""
    file = PictureFile("kinh-te/cau.jpg", 3000, 2000, "0123456789abcdef")
    crops = [Crop(*shape, across) for shape in ((1, 1), (4, 3)) for across in (10, 10.5, 11)]
    renditions = Renditions(Pictures())
    names = [one.output for crop in crops for one in renditions.list_crop(file, crop)]
    names += [one.output for one in renditions.list_published(file, "lead")]
    assert len(names) == len(set(names))
    assert names[0].startswith("theme/pictures/kinh-te/cau.1x1-10-50.400.01234567")


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        *(("1:1", (1, 1)), ("16:9", (16, 9)), ("32:18", (16, 9)), ("1.91:1", (191, 100)), ("0.5:1", (1, 2))),
        *((f"{LONGEST}:1", (LONGEST, 1)), (f"1:{LONGEST}", (1, LONGEST))),
    ],
)
def test_shapes(text, shape):
    """A shape is two numbers with a colon between."""
    assert (shape, None) == (parse_shape(text), find_shape_fault(text))


@pytest.mark.parametrize(
    ("text", "better"),
    [
        *(("0:1", ""), ("1:0", ""), ("1:100", ""), ("6:1", ""), ("0x0", ""), ("0.0:1", "")),
        *(("16x9", "16:9"), ("4/3", "4:3"), ("16 : 9", "16:9"), ("16×9", "16:9"), ("Square", "1:1")),
        *(("16：9", "16:9"), ("16-9", "16:9"), ("vuông", "1:1"), ("1", ""), ("1.5", ""), ("16:9:3", ""), ("-1:1", "")),
        *(("1:1 4:3", ""), ("16:9.", ""), ("99999:1", ""), ("1.3333:1", "")),
    ],
)
def test_texts_that_are_meant_as_shapes(text, better):
    """What is meant as a shape and is none is told, with the right text where it is known."""
    assert parse_shape(text) is None
    assert better == find_shape_fault(text)[2]


@pytest.mark.parametrize("text", ["cau.jpg", "1:1.jpg", "", "/anh/4x3.png", "https://a.example/1:1"])
def test_names_of_files(text):
    """The name of a file is no shape, and not meant as one."""
    assert (None, None) == (parse_shape(text), find_shape_fault(text))


@pytest.mark.parametrize(
    ("value", "better"),
    [
        *(("30 60", "30% 60%"), ("30%/60%", "30% 60%"), ("30, 60", "30% 60%"), ("30% 60", "30% 60%")),
        *(("30,5% 60%", "30.5% 60%"), ("30,5 60,25", "30.5% 60.25%"), (["30%", "60%"], "30% 60%")),
        *(("0.3 0.6", "30% 60%"), ("1 0", "100% 0%"), ("0,25; 1", "25% 100%"), ("0.3% 1", "0.3% 1%")),
        *(("top", "50% 0%"), ("left top", "0% 0%"), ("Top-Right", "100% 0%"), ("center", "50% 50%")),
        *(("giữa", "50% 50%"), ("trái trên", "0% 0%"), ("phải giữa", "100% 50%"), ("dưới", "50% 100%")),
    ],
)
def test_what_is_meant_as_a_focus(value, better):
    """What is meant is the fix, and that is a focus."""
    with pytest.raises(FieldFault) as fault:
        parse_focus(value)
    assert (better, f"write `{better}`") == (fault.value.better, str(fault.value.fix))
    assert 2 == len(parse_focus(better))


@pytest.mark.parametrize(
    "value", ["101% 5%", "-1% 5%", "30%", "above", "30% 60% 10%", "left right", "30,60,5", "3060", ["30%"], {}, ""]
)
def test_what_is_no_focus(value):
    """A focus is two percentages up to 100."""
    with pytest.raises(FieldFault) as fault:
        parse_focus(value)
    assert not fault.value.better


def two_colors(size=(3000, 1000), kind="JPEG", **options):
    """A picture with a red left half and a blue right one."""
    image = Image.new("RGB", size, RED)
    image.paste(BLUE, (size[0] // 2, 0, *size))
    return save(image, kind, **options)


def test_a_crop_is_sharp():
    """Of a JPEG as many pixels are decoded as its crop needs, though fewer would do for the whole picture."""
    chess = Image.effect_noise((3000, 600), 120)
    recipe = Resizing("jpeg", 95, 600, 100, 600, Crop(1, 1))
    made = Image.open(io.BytesIO(recipe.make("a", save(chess.convert("RGB"), "JPEG", quality=95)))).convert("L")
    wanted = chess.crop((1200, 0, 1800, 600))
    differences = [abs(one - two) for one, two in zip(made.tobytes(), wanted.tobytes(), strict=True)]
    assert 12 > sum(differences) / len(differences)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_bytes_of_crops_do_not_depend_on_company(kind, monkeypatch):
    """A crop has the same bytes alone and among others, of which each decoding serves as many as it can."""
    data, decoded = two_colors((1200, 400), kind), []
    turn = resizing._turn_upright
    monkeypatch.setattr(resizing, "_turn_upright", lambda *given: decoded.append(given) or turn(*given))
    parts = [(None, 400), (Crop(1, 1, 0), 390), (Crop(1, 1, 100), 390), (Crop(4, 3, 10.5), 390)]
    recipes = [Resizing(form, 80, base, 100, base, crop) for crop, base in parts for form in ("webp", "jpeg")]
    together = [*Resizing.make_several(recipes, "a", data)]
    assert (1 if kind == "PNG" else 2) == len(decoded)
    assert together == [recipe.make("a", data) for recipe in recipes]
    assert together[::-1] == [*Resizing.make_several(recipes[::-1], "a", data)]
    colors = [Image.open(io.BytesIO(together[at])).convert("RGB").getpixel((200, 200)) for at in (2, 4)]
    assert all(map(is_near, colors, (RED, BLUE)))


def test_colors_of_crops():
    """The colour profile of a picture counts for every part of it."""
    data = save(Image.new("RGB", (90, 60), (190, 60, 50)), "PNG", icc_profile=make_p3())
    recipes = [Resizing("webp", 95, 40, 100, 40, crop) for crop in (None, Crop(1, 1), Crop(2, 1))]
    whole, *crops = (Image.open(io.BytesIO(one)).getpixel((5, 5)) for one in Resizing.make_several(recipes, "a", data))
    assert abs(whole[0] - 190) > 8
    assert [whole, whole] == crops


def test_a_photo_is_decoded_once(monkeypatch):
    """The JPEG crops of a photo of 12 megapixels are cut of what is decoded for its other sizes."""
    decoded, turn, renditions = [], resizing._turn_upright, Renditions(Pictures())
    monkeypatch.setattr(resizing, "_turn_upright", lambda *given: decoded.append(given) or turn(*given))
    file = PictureFile("a.jpg", 4000, 3000, "0123456789abcdef")
    parts = [file, *(cut_file(file, Crop(*shape, 30, 60)) for shape in ((1, 1), (16, 9)))]
    recipes = [renditions.find_shared(part).recipe for part in parts]
    assert 3 == len([*Resizing.make_several(recipes, "a", two_colors((4000, 3000)))])
    assert 1 == len(decoded)
