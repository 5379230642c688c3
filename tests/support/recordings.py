"""Recordings for tests: silence, as MP3."""

FRAME = b"\xff\xfb\x90\x00".ljust(417, b"\0")
"""A frame of MPEG-1 Layer III, 128 kbit/s and 44.1 kHz, which plays 1152/44100 seconds."""


def silence(seconds: float = 3.0) -> bytes:
    """An MP3 that plays so long."""
    return FRAME * round(seconds * 44_100 / 1_152)
