"""Which quality of an encoder is as good as WebP of the default quality: `python benchmarks/picture_quality.py FOLDER`.

The folder has photographs, as cameras write them. Each is scaled as a build does it, and encoded with several
qualities. SSIMULACRA2 says how near each is to the scaled picture; between the qualities, scores and bytes are
interpolated. Needs the package `ssimulacra2`, which newsgen itself never imports.
"""

import argparse
import io
import sys
import time
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import mean, median
from typing import TYPE_CHECKING, NamedTuple

from newsgen.config.pictures import Quality
from newsgen.media.resizing import EFFORTS, KINDS, open_picture

if TYPE_CHECKING:
    from PIL.Image import Image

MOST = 100
"""Megapixels of the largest photograph that is read."""
LADDERS = {"avif": (44, 52, 60), "webp": (70, 80)}
"""The qualities between which is interpolated."""
EFFORT = {"avif": "speed", "webp": "method"}

Score = Callable[["Image", bytes], float]


class Encoder(NamedTuple):
    """A format with an effort of its own: WebP's method, AVIF's speed."""

    form: str
    effort: int

    @property
    def name(self) -> str:
        """Its name in the table."""
        return f"{self.form} {EFFORT[self.form]} {self.effort}"

    def encode(self, image: "Image", quality: int) -> bytes:
        """The file of a picture."""
        made = io.BytesIO()
        image.save(made, KINDS[self.form], quality=quality, **{**EFFORTS[self.form], EFFORT[self.form]: self.effort})
        return made.getvalue()


class Step(NamedTuple):
    """What one quality gave: the score, bytes, and CPU seconds."""

    quality: float
    score: float
    size: float
    seconds: float


def score_by_ssimulacra(image: "Image", made: bytes) -> float:
    """How near a file is to its picture: 100 is the same, and from 90 on nobody sees a difference."""
    from ssimulacra2 import compute_ssimulacra2

    original = io.BytesIO()
    image.save(original, "PNG", compress_level=1)
    return float(compute_ssimulacra2(original, io.BytesIO(made)))


def try_quality(image: "Image", encoder: Encoder, quality: int, score: Score) -> Step:
    """Encode a picture, and see how near it is to the original."""
    began = time.process_time()
    made = encoder.encode(image, quality)
    seconds = time.process_time() - began
    return Step(quality, score(image, made), len(made), seconds)


def find_equal(ladder: Sequence[Step], score: float) -> Step:
    """The step that has a score, on the line between its neighbours; past the ends the line goes on."""
    pairs = [*pairwise(ladder)]
    low, high = next((pair for pair in pairs if pair[1].score >= score), pairs[-1])
    part = (score - low.score) / (high.score - low.score)
    return Step(*(a + (b - a) * part for a, b in zip(low, high, strict=True)))


def measure_photo(
    data: bytes, width: int, encoders: Sequence[Encoder], score: Score = score_by_ssimulacra
) -> tuple[Step, list[Step]]:
    """What WebP gives of a photograph with the default quality, and each encoder with the same score."""
    image = open_picture(data, width, MOST).image
    wanted = try_quality(image, Encoder("webp", EFFORTS["webp"]["method"]), Quality().webp, score)
    ladders = [[try_quality(image, encoder, step, score) for step in LADDERS[encoder.form]] for encoder in encoders]
    return wanted, [find_equal(ladder, wanted.score) for ladder in ladders]


def describe(width: int, encoders: Sequence[Encoder], found: Sequence[tuple[Step, list[Step]]]) -> str:
    """What was found at a width, a line for WebP and one for each encoder."""
    base = [wanted for wanted, _ in found]
    size, seconds = sum(step.size for step in base), sum(step.seconds for step in base)
    said = f"score {mean(step.score for step in base):.1f}, {size / len(found) / 1e3:.1f} KB"
    lines = [f"{width} px, {len(found)} photos, WebP {Quality().webp}: {said}"]
    for encoder, steps in zip(encoders, zip(*(equal for _, equal in found), strict=True), strict=True):
        own = sorted(step.quality for step in steps)
        bytes_, time_ = sum(step.size for step in steps) / size, sum(step.seconds for step in steps) / seconds
        said = f"quality {median(own):.1f} ({own[0]:.1f} to {own[-1]:.1f})"
        lines.append(f"  {encoder.name}: {said}, {bytes_:.2f} of the bytes, {time_:.1f} times the CPU seconds")
    return "\n".join(lines)


def parse_encoder(text: str) -> Encoder:
    """An encoder, as the command line names it: `avif:6`."""
    form, _, effort = text.partition(":")
    if form not in EFFORT:
        raise argparse.ArgumentTypeError("write avif:SPEED or webp:METHOD")
    return Encoder(form, int(effort))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--widths", type=int, nargs="+", default=[400, 640, 1280])
    usual = [Encoder("avif", EFFORTS["avif"]["speed"])]
    parser.add_argument("--encoders", type=parse_encoder, nargs="+", default=usual)
    options = parser.parse_args()
    photos = [path.read_bytes() for path in sorted(options.folder.iterdir())]
    for width in options.widths:
        found = []
        for number, photo in enumerate(photos, 1):
            found.append(measure_photo(photo, width, options.encoders))
            print(f"{width} px: {number} of {len(photos)}", file=sys.stderr, flush=True)
        print(describe(width, options.encoders, found), flush=True)


if __name__ == "__main__":
    main()
