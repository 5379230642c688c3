"""Tell what animations of GIFs take: `.venv/bin/python tests/support/measure_animations.py`, one process for each."""

import io
import multiprocessing
import re
import sys
import time
from pathlib import Path

from PIL import Image, ImageFilter

from newsgen.config.pictures import Pictures, Shown
from newsgen.media.animations import choose_width
from newsgen.media.recipes import Animating

FRAMES = 60
SIZES = ((640, 360), (1280, 720))


def make_film(size: tuple[int, int], frames: int) -> bytes:
    """A GIF in which one looks along something like a photograph."""
    width, height = size
    around = (width + 2 * frames, height + frames)
    layers = []
    for blur, contrast in ((20, 6), (3, 1), (40, 8)):
        noise = Image.effect_noise(around, 80).filter(ImageFilter.GaussianBlur(blur))
        layers.append(noise.point([min(255, max(0, (v - 128) * contrast + 128)) for v in range(256)]))
    whole = Image.merge("RGB", layers)
    parts = [whole.crop((2 * n, n, 2 * n + width, n + height)) for n in range(frames)]
    images = [part.quantize(128, dither=Image.Dither.NONE) for part in parts]
    file = io.BytesIO()
    images[0].save(file, "GIF", save_all=True, append_images=images[1:], duration=80, loop=0)
    return file.getvalue()


def measure(data: bytes, form: Shown, width: int) -> None:
    """Print what one animation takes."""
    started = time.process_time()
    made = Animating(form, Pictures().get_quality(form), width, 100).make("a", data)
    seconds = time.process_time() - started
    held = int(re.search(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text("utf-8"))[1]) // 1024  # type: ignore[index]
    told = f"{len(data) // 1000} KB, then {len(made) // 1000} KB in {seconds:.1f} s with {held} MB of memory"
    sys.stdout.write(f"{form}: {told}\n")


if __name__ == "__main__":
    for size in SIZES:
        film = make_film(size, FRAMES)
        forms: tuple[Shown, ...] = ("webp", "avif")
        for form in forms:
            work = multiprocessing.get_context("spawn").Process(target=measure, args=(film, form, choose_width(size)))
            work.start()
            work.join()
