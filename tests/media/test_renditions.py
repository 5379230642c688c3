"""Which sizes of a picture are published, and under which names."""

import pytest

from newsgen.config.pictures import Formats, Pictures, Quality
from newsgen.media.renditions import FOLDER, Renditions, find_stem
from newsgen.model.pictures import PictureFile

PHOTO = PictureFile("kinh-te/cau.jpg", 4000, 3000, "0123456789abcdef")


def file(width, height=1000, output="kinh-te/cau.jpg"):
    """A picture of this size."""
    return PictureFile(output, width, height, PHOTO.digest)


def names(settings, picture=PHOTO, role="lead"):
    """The outputs of a picture."""
    return [one.output for one in Renditions(settings).list_published(picture, role)]


@pytest.mark.parametrize(
    ("width", "widths"),
    [
        (399, []),
        (400, [400]),
        (480, [400]),
        (481, [400, 481]),
        (700, [400, 640]),
        (960, [400, 640, 960]),
        (1200, [400, 640, 960, 1200]),
        (1920, [400, 640, 960, 1280, 1920]),
        (6000, [400, 640, 960, 1280, 1920]),
    ],
)
def test_widths(width, widths):
    """No rendition is wider than its picture; one of its own width is made where the widest is much narrower."""
    assert widths == [one.width for one in Renditions(Pictures()).plan(file(width), "webp")]


@pytest.mark.parametrize(
    ("size", "widths"),
    [
        ((500, 16_383), [400, 500]),
        ((500, 20_000), [400]),
        ((1000, 20_000), [400, 640]),
        ((2000, 60_000), [400]),
        ((400, 16_384), []),
        ((17_000, 20), [400, 640, 960, 1280, 1920]),
    ],
)
def test_long_pictures(size, widths):
    """A long drawing or screenshot has the widths in which it is no higher than WebP can be."""
    assert widths == [one.width for one in Renditions(Pictures()).plan(file(*size), "webp")]
    shared = Renditions(Pictures()).find_shared(file(*size))
    assert (min(1200, size[0]) if widths else None) == (shared and shared.width)


def test_heights():
    """Renditions have the shape of their picture, and at least one row."""
    assert [300, 480, 720, 960, 1440] == [one.height for one in Renditions(Pictures()).plan(PHOTO, "webp")]
    assert {1} == {one.height for one in Renditions(Pictures()).plan(file(2000, 1), "webp")}


def test_formats():
    """Lead pictures are published as AVIF and WebP too, and as one JPEG for others; those in texts as WebP."""
    endings = [name.rpartition(".")[2] for name in names(Pictures())]
    assert ["avif"] * 5 + ["webp"] * 5 + ["jpg"] == endings
    assert ["webp"] * 5 == [name.rpartition(".")[2] for name in names(Pictures(), role="body")]
    only = Pictures(formats=Formats(lead=("webp",)))
    assert ["webp"] * 5 + ["jpg"] == [name.rpartition(".")[2] for name in names(only)]


def test_a_name_is_of_one_picture():
    """Other bytes, another quality or another width give other names; what is only refused gives the same."""
    plain = names(Pictures())
    assert f"{FOLDER}/kinh-te/cau.400.01234567" == plain[0][: len(FOLDER) + 25]
    assert len(plain) == len(set(plain))
    others = [
        names(Pictures(), PictureFile("kinh-te/cau.jpg", 4000, 3000, "f" * 16)),
        names(Pictures(quality=Quality(webp=70, avif=50, jpeg=70))),
        names(Pictures(), file(4000, output="xa-hoi/cau.jpg")),
        names(Pictures(widths=(400, 640, 960, 1280, 2560))),
    ]
    for other in others:
        assert set() == {*plain} & {*other}
    assert plain == names(Pictures(max_megapixels=20))


def test_no_widths():
    """Without widths nothing is made."""
    nothing = Renditions(Pictures(widths=()))
    assert ([], None, None) == (
        [*nothing.list_published(PHOTO, "lead")],
        nothing.find_middle(PHOTO),
        nothing.find_shared(PHOTO),
    )


@pytest.mark.parametrize(("width", "middle", "shared"), [(400, 400, 400), (700, 640, 700), (6000, 960, 1200)])
def test_single_renditions(width, middle, shared):
    """Whoever takes one picture gets one of middle width; other sites get a JPEG, no wider than the picture."""
    renditions = Renditions(Pictures())
    assert (middle, shared) == (renditions.find_middle(file(width)).width, renditions.find_shared(file(width)).width)
    assert renditions.find_middle(file(width)).output in names(Pictures(), file(width), "body")
    assert renditions.find_shared(file(width)).output in names(Pictures(), file(width))


@pytest.mark.parametrize(
    ("output", "stem"),
    [
        ("cau.jpg", "cau"),
        ("kinh-te/cau.heic.webp", "kinh-te/cau"),
        ("kinh-te/cau.webp", "kinh-te/cau"),
        ("kinh.te/cau", "kinh.te/cau"),
        ("kinh-te/.jpg", "kinh-te/.jpg"),
    ],
)
def test_stems(output, stem):
    """Names begin as that of the picture does."""
    assert stem == find_stem(output)


def test_long_names():
    """A name that no folder can hold is that of the digests alone."""
    long = names(Pictures(), file(500, output=f"kinh-te/{'ầ' * 80}.jpg"))
    assert {FOLDER} == {name.rpartition("/")[0] for name in long}
    assert len(set(long)) == len(long)
