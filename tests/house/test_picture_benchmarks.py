"""The benchmarks of pictures measure what they say."""

import io
import sys
from pathlib import Path

import pytest
from PIL import Image

HOUSE = Path(__file__).parents[2]
sys.path.append(str(HOUSE / "benchmarks"))

from picture_quality import Encoder, Step, describe, find_equal, measure_photo  # noqa: E402


@pytest.mark.parametrize(("score", "quality"), [(50, 40), (60, 45), (70, 50), (75, 52.5), (90, 60)])
def test_the_quality_with_a_score_lies_between_its_neighbours(score, quality):
    """Scores, bytes and seconds are interpolated, and past the ends the line goes on."""
    ladder = [Step(40, 50, 1000, 1), Step(50, 70, 3000, 2), Step(60, 90, 6000, 3)]
    found = find_equal(ladder, score)
    assert (quality, score) == (found.quality, found.score)
    assert 1000 <= found.size <= 6000


def test_an_encoder_is_put_beside_webp():
    """Of WebP with the default effort, the default quality has the score of WebP."""
    file = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").save(file, "PNG")
    webp = Encoder("webp", 4)
    found = measure_photo(file.getvalue(), 64, [webp], lambda image, made: len(made) + 0 * image.width)
    assert "64 px, 1 photos, WebP 75: score" in describe(64, [webp], [found])
    assert found[0].size == found[1][0].size
