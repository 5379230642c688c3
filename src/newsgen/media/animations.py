"""Animations: large ones as animated AVIF and WebP of the same frames, times and repetitions, in a tenth of the bytes.

Frames are drawn one after another, as browsers draw them, and handed to the encoder; never are all of them in memory.
"""

import io
from collections.abc import Mapping
from math import isqrt
from typing import Any

from newsgen.config.pictures import Shown
from newsgen.media.cleaning.cleaner import clean_picture
from newsgen.media.cleaning.fault import DAMAGED, PictureFault
from newsgen.media.moving import Animation, open_animation
from newsgen.media.pictures import HEAD, guess_kind
from newsgen.media.resizing import KINDS, SHARPEST, scale
from newsgen.model.pictures import Size

WIDEST = 1280
"""The most pixels of width, and of height where width and height are the same: what a column of text can show."""

HIGHEST = 8 * WIDEST
"""The most pixels of height: WebP ends at 16,383."""

EFFORTS: Mapping[Shown, Mapping[str, Any]] = {
    "webp": {"method": 2, "kmin": 99, "kmax": 100},
    "avif": {"speed": 8, "codec": "aom", "max_threads": 1, "autotiling": False},
}
"""How hard the encoders try: a slower AVIF is no smaller, and holds dozens of frames in memory. Only each hundredth
frame of a WebP is whole, and others say what changed: of a screen that stands still that is a small part."""

HAS_ALPHA = 0x10
"""A flag of the chunk VP8X (RFC 9649)."""

MOST_PLAYS = 65_535


def choose_width(size: Size) -> int:
    """How wide the animation is that is made of one of this size."""
    width, height = size
    return max(1, min(width, WIDEST, isqrt(WIDEST * WIDEST * width // height), HIGHEST * width // height))


def animate(data: bytes, form: Shown, quality: int, width: int, most: int) -> bytes:
    """An animation in another format, scaled to a width; a WebP that would be no smaller stays as it is, cleaned.

    Its frames may have twice `most` megapixels together. An AVIF is played without an end.

    Raises:
        PictureFault: when it is damaged, or has too many pixels.
    """
    kind = guess_kind(data[:HEAD])
    try:
        made = clean_picture(KINDS[form], _encode(open_animation(data, kind, most), form, quality, width))
    except (MemoryError, PictureFault):
        raise
    except Exception as error:  # decoders raise whatever they stumble over
        raise PictureFault(DAMAGED) from error
    return min(made, clean_picture(kind, data), key=len) if kind == KINDS[form] else made


def _encode(animation: Animation, form: Shown, quality: int, width: int) -> bytes:
    """The animation, as the library writes it: it asks for one frame after another."""
    from PIL.Image import Image, Resampling  # start-up: only where animations are made

    size, mode = scale(animation.size, width), "RGBA" if animation.has_holes else "RGB"

    class Frames(Image):
        """The frames as a picture of Pillow: `seek` goes forward, or back to the first one."""

        n_frames, is_animated, _min_frame = len(animation.durations), len(animation.durations) > 1, 0

        def __init__(self) -> None:
            super().__init__()
            self._at = -1
            self.seek(0)

        def seek(self, frame: int) -> None:
            if frame >= self.n_frames:
                raise EOFError
            if frame < self._at:
                self._at = -1
            if self._at < 0:
                self._drawn = animation.draw()
            while self._at < frame:
                canvas, self._at = next(self._drawn), self._at + 1
                shown = canvas.convert(mode)
                if shown.size != size:
                    shown = shown.resize(size, Resampling.LANCZOS, reducing_gap=SHARPEST)
                self.im, self._mode, self._size = shown.im, mode, size

        def tell(self) -> int:
            return self._at

    made = io.BytesIO()
    settings = {"quality": quality, "duration": animation.durations, **EFFORTS[form]}
    if form == "webp":  # mixed: each frame is tried without loss too; of photographs that takes six times as long
        settings |= {"loop": min(animation.plays, MOST_PLAYS), "allow_mixed": animation.is_flat}
    Frames().save(made, KINDS[form].upper(), save_all=True, **settings)
    return _tell_holes(made.getvalue()) if form == "webp" and animation.has_holes else made.getvalue()


def _tell_holes(webp: bytes) -> bytes:
    """The same animation, whose head says that it has holes: the library forgets those that no frame covers."""
    is_extended = webp[12:16] == b"VP8X"
    return webp[:20] + bytes([webp[20] | HAS_ALPHA]) + webp[21:] if is_extended else webp
