"""Large GIFs become animations of other formats: the same frames, times and repetitions, and nothing private."""

import io

import pytest
from PIL import Image
from test_resizing import make_p3

from moving_pictures import (
    COLORS,
    Part,
    PngPart,
    list_frames,
    make_bomb,
    make_large_animation,
    make_large_gif,
    write_gif,
    write_png,
)
from newsgen.media.animations import choose_width
from newsgen.media.cleaning.cleaner import clean_picture
from newsgen.media.cleaning.fault import NotCleanable, PictureFault
from newsgen.media.gif_frames import read_gif
from newsgen.media.pictures import PictureInfo, check_size, find_motion, is_too_long
from newsgen.media.recipes import Animating, Resizing
from planted_pictures import find_marks, make_planted, save

FORMS = ("webp", "avif")
WHOLE, HALF, RIGHT, SMALL = (0, 0, 64, 48), (0, 0, 32, 48), (32, 0, 64, 48), (0, 0, 8, 8)
RED, GREEN, BLUE, _WHITE = COLORS
BASE, OPAQUE, OVER, BOTH = (20, 20, 200, 255), (200, 30, 30, 255), (200, 30, 30, 128), (110, 25, 115, 255)
PLAIN = [Part(0, WHOLE, 10), Part(1, WHOLE, 25), Part(2, WHOLE, 40)]


def make(data, form, width=64, most=100):
    """What is made of a GIF."""
    recipe = Animating(form, 90, width, most)
    made = recipe.make("a", data)
    assert recipe.is_fit(made)
    return made


def is_near(one, other, most=40):
    """Whether two colours differ little; of what is clear the colour does not matter."""
    if one[3:] and one[3] < 10:
        return other is None
    return other is not None and all(abs(a - b) <= most for a, b in zip(one[:3], other, strict=True))


@pytest.mark.parametrize("form", FORMS)
def test_frames_and_times(form):
    """Every frame is there, as long as before and in its colour."""
    frames = list_frames(make(write_gif((64, 48), PLAIN), form))
    assert [100, 250, 400] == [duration for _, duration in frames]
    for (image, _), color in zip(frames, (RED, GREEN, BLUE), strict=True):
        assert (64, 48) == image.size
        assert is_near(image.getpixel((50, 40)), color)


def test_flat_colors():
    """They lose nothing in a WebP."""
    frames = list_frames(make(write_gif((64, 48), PLAIN), "webp"))
    assert [RED, GREEN, BLUE] == [image.getpixel((9, 9))[:3] for image, _ in frames]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("hundredths", "duration"), [(0, 100), (1, 100), (2, 20), (3, 30), (65_535, 655_350)])
def test_times_as_browsers_take_them(form, hundredths, duration):
    """A frame of less than two hundredths of a second stays for ten."""
    parts = [part._replace(hundredths=hundredths) for part in PLAIN]
    assert {duration} == {found for _, found in list_frames(make(write_gif((64, 48), parts), form))}


@pytest.mark.parametrize(("again", "plays"), [(None, 1), (0, 0), (1, 2), (7, 8), (65_535, 65_535)])
def test_repetitions(again, plays):
    """A GIF says how often it is played after the first time, a WebP how often in all."""
    with Image.open(io.BytesIO(make(write_gif((64, 48), PLAIN, again), "webp"))) as made:
        assert plays == made.info["loop"]
    assert (plays or 0) == min(65_535, read_gif(write_gif((64, 48), PLAIN, again)).plays)


def test_an_avif_has_no_end():
    """Which is why one is made only of GIFs without one."""
    data = make(write_gif((64, 48), PLAIN), "avif")
    at = data.index(b"mvhd") + 4
    assert b"\1" == data[at : at + 1]
    assert b"\xff" * 8 == data[at + 24 : at + 32]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("parts", "colors"),
    [
        ([Part(0, WHOLE), Part(1, HALF), Part(2, SMALL)], [(RED, RED), (GREEN, RED), (GREEN, RED)]),
        ([Part(0, WHOLE), Part(1, HALF, 10, 2), Part(2, SMALL)], [(RED, RED), (GREEN, RED), (None, RED)]),
        ([Part(0, WHOLE), Part(1, HALF, 10, 3), Part(2, SMALL)], [(RED, RED), (GREEN, RED), (RED, RED)]),
        ([Part(0, WHOLE), Part(1, HALF, 10, 4), Part(2, SMALL)], [(RED, RED), (GREEN, RED), (RED, RED)]),
        ([Part(1, HALF, 10, 3), Part(2, (32, 0, 64, 48))], [(GREEN, None), (None, BLUE)]),
        ([Part(1, WHOLE, 10, 2, (32, 0, 64, 48)), Part(2, HALF)], [(GREEN, None), (BLUE, None)]),
    ],
    ids=["keep", "empty", "restore", "restore-as-some-write-it", "restore-first", "holes"],
)
def test_what_is_done_before_the_next_frame(form, parts, colors):
    """A frame stays, is emptied, or gives way to what was there; clear parts are clear."""
    frames = list_frames(make(write_gif((64, 48), parts), form))
    for (image, _), (left, right) in zip(frames, colors, strict=True):
        assert is_near(image.getpixel((20, 40)), left)
        assert is_near(image.getpixel((50, 40)), right)


def test_texts_between_frames():
    """Browsers pass over a text that programs may draw: what is said before it counts for the next frame."""
    parts = [Part(0, WHOLE, 10), Part(1, WHOLE, 25, 2, SMALL), Part(2, HALF, 40, 3)]
    plain, text = write_gif((64, 48), parts), b"!\1\x0c" + bytes(12) + b"\2hi\0"
    with_texts = plain.replace(b"\3\0,", b"\3\0" + text + b",")
    assert len(plain) + 3 * len(text) == len(with_texts)
    assert plain == clean_picture("GIF", with_texts)
    assert make(plain, "webp") == make(with_texts, "webp")
    assert [100, 250, 400] == [one.duration for one in read_gif(with_texts).frames]


@pytest.mark.parametrize("form", FORMS)
def test_smaller(form):
    """Wider ones are scaled."""
    assert {(32, 24)} == {image.size for image, _ in list_frames(make(write_gif((64, 48), PLAIN), form, 32))}


@pytest.mark.parametrize("form", FORMS)
def test_nothing_private_is_left(form):
    """No comment, XMP or text of the GIF is in any byte, nor a time; twice the bytes are the same."""
    planted = make_planted("GIF")
    assert find_marks(planted)
    made = make(planted, form, 96)
    assert [] == find_marks(made)
    assert made == make(planted, form, 96)
    assert 2 == len(list_frames(made))


def save_frames(kind, colors, **options):
    """An animated PNG or WebP of frames of one colour, with a hole in the middle where they are in RGBA."""
    images = [Image.new("RGBA" if len(color) > 3 else "RGB", (64, 48), color) for color in colors]
    for image in images:
        if image.mode == "RGBA":
            image.paste((0, 0, 0, 0), (20, 10, 44, 38))
    return save(images[0], kind, save_all=True, append_images=images[1:], lossless=True, **options)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", ["PNG", "WebP"])
def test_animations_of_other_kinds(kind, form):
    """They keep their frames, times and holes too."""
    durations = [10 if kind == "PNG" else 100, 250, 400]
    frames = list_frames(make(save_frames(kind, (RED, GREEN, BLUE), duration=durations), form))
    assert [100, 250, 400] == [duration for _, duration in frames]
    for (image, _), color in zip(frames, (RED, GREEN, BLUE), strict=True):
        assert is_near(image.getpixel((50, 40)), color)
    for image, _ in list_frames(make(save_frames(kind, ((*RED, 255), (*BLUE, 255)), duration=90, disposal=1), form)):
        assert is_near(image.getpixel((32, 24)), None)
        assert image.getpixel((6, 6))[3] > 245


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("parts", "colors"),
    [
        ([PngPart(OVER, HALF, 0, True)], [(BOTH, BASE)]),
        ([PngPart(OVER, HALF, 0, False)], [(OVER, BASE)]),
        ([PngPart(OPAQUE, HALF, 1), PngPart(OVER, RIGHT)], [(OPAQUE, BASE), (None, OVER)]),
        ([PngPart(OPAQUE, HALF, 2), PngPart(OVER, SMALL)], [(OPAQUE, BASE), (BASE, BASE)]),
        ([PngPart(OPAQUE, HALF), PngPart((0, 0, 0, 0), HALF)], [(OPAQUE, BASE), (None, BASE)]),
    ],
    ids=["over", "instead", "empty", "restore", "clear"],
)
def test_frames_of_a_png(form, parts, colors):
    """A frame lies over what was there or takes its place, and is emptied or gives way to it."""
    frames = list_frames(make(write_png((64, 48), [PngPart(BASE, WHOLE), *parts]), form))
    assert {90} == {duration for _, duration in frames}
    for (image, _), pair in zip(frames, [(BASE, BASE), *colors], strict=True):
        for place, color in zip(((20, 40), (50, 40)), pair, strict=True):
            found = image.getpixel(place)
            assert abs(found[3] - (color[3] if color else 0)) < 12
            assert is_near((*found[:3], 255 if color else 0), color and color[:3])


@pytest.mark.parametrize(("times", "duration"), [((0, 100), 100), ((1, 100), 100), ((2, 0), 20), ((1, 30), 33)])
def test_times_of_a_png(times, duration):
    """They are fractions of a second, or hundredths."""
    data = write_png((64, 48), [PngPart(BASE, WHOLE), PngPart(OPAQUE, WHOLE)], times)
    assert {duration} == {found for _, found in list_frames(make(data, "webp"))}


def test_damaged_pngs():
    """A frame that lies outside, or has no pixels, is a fault."""
    data = write_png((64, 48), [PngPart(BASE, WHOLE), PngPart(OPAQUE, HALF)])
    outside = write_png((64, 48), [PngPart(BASE, WHOLE), PngPart(OPAQUE, (0, 0, 80, 48))])
    for broken in (outside, data.replace(b"fdAT", b"fdAU"), data[:-30], data.replace(b"fcTL", b"fcTM")):
        with pytest.raises(PictureFault):
            make(broken, "avif")


@pytest.mark.parametrize("kind", ["PNG", "WebP"])
@pytest.mark.parametrize("plays", [0, 1, 7])
def test_repetitions_of_other_kinds(kind, plays):
    """They say how often they are played in all, as the WebP that is made of them."""
    data = save_frames(kind, (RED, BLUE), duration=90, loop=plays)
    with Image.open(io.BytesIO(make(data, "webp"))) as made:
        assert plays == made.info["loop"]
    large = make_large_animation(kind, plays)
    assert ("ending" if plays else "endless", 8) == find_motion(kind, large)


def test_the_hidden_picture_of_a_png():
    """What only programs see that do not know animations is no frame."""
    data = save_frames("PNG", (_WHITE, RED, BLUE), duration=90, default_image=True)
    frames = list_frames(make(data, "webp"))
    assert [RED, BLUE] == [image.getpixel((9, 9))[:3] for image, _ in frames]


@pytest.mark.parametrize("kind", ["PNG", "WebP"])
def test_colors_of_other_kinds(kind):
    """A profile counts, and is not there afterwards."""
    data = save_frames(kind, ((190, 60, 50), (60, 190, 50)), duration=90, icc_profile=make_p3())
    made = make(data, "webp")
    ((image, _), _) = list_frames(made)
    assert b"ICCP" not in made
    assert 203 <= image.getpixel((9, 9))[0] <= 213


def test_what_stands_still_is_written_once():
    """Of an animation in which little moves, the WebP is smaller than the GIF too."""
    ground, frames = Image.effect_noise((200, 150), 60), []
    for number in range(60):
        frame = ground.copy()
        frame.paste(255, (2 * number, number, 2 * number + 9, number + 9))
        frames.append(frame)
    data = save(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=80)
    made = make(data, "webp", 200)
    assert len(made) < len(data) / 2
    assert 60 == len(list_frames(made))


def test_a_webp_that_is_small_already():
    """It stays as it is, without what is private."""
    images = [image.convert("RGB") for image, _ in list_frames(make_large_gif(size=(80, 60), frames=3))]
    data = save(images[0], "WebP", save_all=True, append_images=images[1:], quality=1, exif=b"Exif\0\0II*\0secret")
    made = make(data, "webp", 80)
    assert clean_picture("WebP", data) == made
    assert b"secret" not in made


@pytest.mark.parametrize("form", FORMS)
def test_damaged_gifs(form):
    """One that is cut off in a later frame, or has frames outside of its canvas, is a fault."""
    data = make_large_gif(frames=3, size=(80, 60))
    for broken in (b"", data[: len(data) // 2], write_gif((64, 48), [Part(0, WHOLE), Part(1, (0, 0, 80, 48))])):
        with pytest.raises(PictureFault):
            make(broken, form)
    codes = read_gif(data).frames[1].codes
    damaged = bytearray(data)
    damaged[codes[0] + 2 : codes[0] + 200] = bytes(198)
    with pytest.raises(PictureFault):
        make(bytes(damaged), form)


def still(data, form="webp"):
    """The colours of a still on the left and on the right, None where it is clear."""
    image = Image.open(io.BytesIO(Resizing(form, 95, 64, 100, 64).make("a", data)))
    assert (64, 48) == image.size
    pixels = [image.convert("RGBA").getpixel(place) for place in ((20, 40), (50, 40))]
    return [pixel[:3] if pixel[3] > 200 else None for pixel in pixels]


BLANK = Part(3, WHOLE)
CLEAR = Part(1, WHOLE, 10, 1, WHOLE)


@pytest.mark.parametrize(
    ("parts", "colors"),
    [
        (PLAIN[:1], [RED, RED]),
        ([Part(1, HALF), Part(2, WHOLE)], [GREEN, None]),
        ([Part(1, HALF)], [GREEN, None]),
        ([Part(1, WHOLE, 10, 2, RIGHT), Part(2, WHOLE)], [GREEN, None]),
        ([BLANK, Part(1, HALF, 10, 3), Part(2, WHOLE)], [GREEN, _WHITE]),
        ([CLEAR, Part(0, HALF)], [RED, None]),
        ([Part(0, WHOLE, 10, 2), Part(1, HALF)], [GREEN, None]),
        ([BLANK, Part(0, WHOLE)], [_WHITE, _WHITE]),
        ([CLEAR, CLEAR], [None, None]),
    ],
    ids=[
        "whole",
        "part",
        "part-alone",
        "hole",
        "blank-first",
        "clear-first",
        "one-color-first",
        "all-blank",
        "all-clear",
    ],
)
def test_stills(parts, colors):
    """A still is what a browser shows first; where that is blank, the first frame that shows something."""
    found = still(write_gif((64, 48), parts))
    assert all(is_near((*one, 255) if one else (0, 0, 0, 0), other) for one, other in zip(found, colors, strict=True))


@pytest.mark.parametrize(("kind", "form"), [("PNG", "PNG"), ("WebP", "WEBP"), ("AVIF", "AVIF")])
def test_stills_of_other_animations(kind, form):
    """They are chosen in the same way."""
    frames = [Image.new("RGB", (64, 48), color) for color in (_WHITE, _WHITE, GREEN)]
    frames[1].paste(RED, HALF)
    data = save(frames[0], form, save_all=True, append_images=frames[1:], lossless=True)
    assert ("kept", 0) == find_motion(kind, data)
    assert all(map(is_near, [(*color, 255) for color in still(data)], (RED, _WHITE)))


def test_many_blank_frames_are_not_decoded():
    """The search for a still ends, whatever a file says."""
    bomb = make_bomb(3000, 400)
    image = Image.open(io.BytesIO(Resizing("webp", 75, 64, 10, 64).make("a", bomb)))
    assert (64, 64) == image.size


def test_how_a_gif_moves():
    """Only large ones are made anew; one frame is a still."""
    large, small = make_large_gif(), write_gif((64, 48), PLAIN)
    assert ("endless", 8) == find_motion("GIF", large)
    assert ("ending", 8) == find_motion("GIF", make_large_gif(again=2))
    assert ("kept", 0) == find_motion("GIF", small)
    assert ("", 0) == find_motion("GIF", write_gif((64, 48), PLAIN[:1]))
    assert ("", 0) == find_motion("GIF", make_large_gif(frames=1, size=(900, 700)))
    for outside in ([Part(0, WHOLE), Part(1, (0, 0, 80, 48))], [Part(0, (0, 0, 80, 48))]):
        assert find_motion("GIF", write_gif((64, 48), outside)) is None
    images = [image for image, _ in list_frames(small)]
    for kind, form in (("PNG", "PNG"), ("WebP", "WEBP"), ("AVIF", "AVIF")):
        assert ("kept", 0) == find_motion(kind, save(images[0], form, save_all=True, append_images=images[1:]))


def test_a_gif_without_an_end():
    """What is missing is told; the last byte alone may be."""
    data = write_gif((64, 48), PLAIN)
    assert read_gif(data) == read_gif(data[:-1])
    for end in (12, 30, len(data) - 2):
        with pytest.raises(NotCleanable, match="end is missing"):
            read_gif(data[:end])


@pytest.mark.parametrize(
    ("size", "frames", "is_refused"),
    [
        ((640, 480), 600, False),
        ((640, 480), 700, True),
        ((4000, 4000), 2, True),
        ((3500, 3500), 2, False),
        ((4000, 4000), 10_000, True),
        ((1, 1), 20_000, False),
        ((1, 1), 21_000, True),
    ],
)
def test_too_many_pixels(size, frames, is_refused):
    """All frames together count, and few or small ones as much as they take; it is told before any is decoded."""
    assert is_refused == is_too_long(size, frames, 100)
    info = check_size(PictureInfo(*size, digest="a", motion="endless", frames=frames), "a.gif", 100)
    assert is_refused == (info.flaw is not None)


def test_a_bomb_is_not_decoded():
    """Whatever the page was told."""
    bomb = make_bomb(4000, 200)
    with pytest.raises(PictureFault, match="too many pixels"):
        make(bomb, "webp")


@pytest.mark.parametrize(
    ("size", "width"),
    [
        ((1, 1), 1),
        ((640, 480), 640),
        ((1280, 720), 1280),
        ((1920, 1080), 1280),
        ((1280, 5120), 640),
        ((1, 9000), 1),
        ((90, 20_000), 46),
    ],
)
def test_widths(size, width):
    """Never wider than the GIF, nor than a column of text can show; a tall one is no larger."""
    assert width == choose_width(size)


def test_keys():
    """The key has all that the bytes depend on, and not the limit; no name is one of a still."""
    one = Animating("webp", 75, 640, 100)
    others = [Animating("avif", 75, 640, 100), Animating("webp", 76, 640, 100), Animating("webp", 75, 641, 100)]
    assert 4 == len({one.key, *(other.key for other in others)})
    assert one.key == Animating("webp", 75, 640, 200).key
    assert len(one.code) > len(Resizing("webp", 75, 1920, 100, 640).code)
