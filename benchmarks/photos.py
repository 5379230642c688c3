"""Photographs that nobody took: `python benchmarks/photos.py FOLDER COUNT`.

The same number gives the same picture everywhere. Each is a heap of leaves, whose sizes fall off as those of things
in photographs do, under light and texture of all scales, with the noise of a sensor: a JPEG of 12 megapixels and 4 to
5 MB, as a phone writes it. Made smaller and encoded as WebP, it takes as many bytes as a photograph with much detail.
"""

import io
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

SIZE = (4032, 3024)
LEAVES = 4000
"""How many things lie in a picture."""
SMALLEST, LARGEST = 0.006, 0.7
"""The sizes of things, as parts of the width."""
QUALITY = 93


def make_photo(number: int, size: tuple[int, int] = SIZE) -> bytes:
    """The photograph of a number, as a JPEG."""
    from PIL import Image, ImageChops, ImageFilter

    random_ = random.Random(number)
    leaves = _draw_leaves(random_, size).filter(ImageFilter.GaussianBlur(size[0] / 4000))
    light, blue, red = leaves.split()
    light = ImageChops.add(light, _make_texture(random_, size, range(1, 9), 0.13), scale=1, offset=-128)
    light = ImageChops.add(light, _make_noise(random_, size, 14), scale=1, offset=-128)
    blue = ImageChops.add(blue, _make_texture(random_, size, range(5, 9), 0.05), scale=1, offset=-128)
    red = ImageChops.add(red, _make_texture(random_, size, range(5, 9), 0.05), scale=1, offset=-128)
    made = io.BytesIO()
    Image.merge("YCbCr", (light, blue, red)).save(made, "JPEG", quality=QUALITY, subsampling="4:2:0")
    return made.getvalue()


def _draw_leaves(random_: random.Random, size: tuple[int, int]) -> "Image":
    """Leaves over each other, the largest first; the channels of the picture are a light and two colours."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", size, (random_.randrange(60, 200), 128, 128))
    draw = ImageDraw.Draw(picture)
    for part in sorted((_choose_size(random_) for _ in range(LEAVES)), reverse=True):
        across, down = part * size[0] * random_.uniform(0.6, 1), part * size[0] * random_.uniform(0.6, 1)
        left, top = random_.uniform(-across, size[0]), random_.uniform(-down, size[1])
        colour = (random_.randrange(20, 236), int(random_.gauss(122, 14)), int(random_.gauss(134, 14)))
        corners = (left, top, left + across, top + down)
        draw.rectangle(corners, fill=colour) if random_.random() < 0.3 else draw.ellipse(corners, fill=colour)
    return picture


def _choose_size(random_: random.Random) -> float:
    """The size of a thing, so that the number of those of a size or more falls with its square."""
    largest = (SMALLEST / LARGEST) ** 2
    return SMALLEST / (largest + random_.random() * (1 - largest)) ** 0.5


def _make_texture(random_: random.Random, size: tuple[int, int], scales: range, part: float) -> "Image":
    """Light and shade of several scales, each of 2 to a power in pixels: coarser is stronger."""
    from PIL import Image

    found = Image.new("L", size, 128)
    for power in scales:
        small = (size[0] >> power) + 2, (size[1] >> power) + 2
        noise = Image.frombytes("L", small, random_.randbytes(small[0] * small[1]))
        found = Image.blend(found, noise.resize(size, Image.Resampling.BICUBIC), part)
    return found


def _make_noise(random_: random.Random, size: tuple[int, int], strength: int) -> "Image":
    """The noise of a sensor around the middle grey."""
    from PIL import Image

    table = [128 + round((value - 127.5) * strength / 255) for value in range(256)]
    return Image.frombytes("L", size, random_.randbytes(size[0] * size[1])).point(table)


def make_photos(folder: Path, count: int) -> None:
    """Write photographs 0001.jpg to COUNT that are not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(1, count + 1):
        path = folder / f"{number:04}.jpg"
        if not path.exists():
            path.write_bytes(make_photo(number))


if __name__ == "__main__":
    make_photos(Path(sys.argv[1]), int(sys.argv[2]))
