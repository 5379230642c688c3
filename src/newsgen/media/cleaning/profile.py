"""The colour profile of a picture (ICC.1, section 7): what it says of colours, and nothing else."""

import struct

HEAD, ENTRY = 128, 12
_WORDS = """A2B0 A2B1 A2B2 A2B3 B2A0 B2A1 B2A2 B2A3 B2D0 B2D1 B2D2 B2D3 D2B0 D2B1 D2B2 D2B3 rXYZ gXYZ bXYZ rTRC gTRC
bTRC kTRC wtpt bkpt chad chrm lumi cicp gamt pre0 pre1 pre2 tech view meas rig0 rig2 desc cprt"""
KEPT = frozenset(_WORDS.encode().split())
"""The tags that say how colours are meant, and its name and copyright, without which it is none.

Programs write the model and the serial number of a screen into others.
"""


def clean_profile(profile: bytes) -> bytes:
    """The same profile, as long as before, with zeros where it says more; nothing if it is none."""
    if len(profile) < HEAD + 4 or profile[36:40] != b"acsp" or int.from_bytes(profile[:4], "big") != len(profile):
        return b""
    (count,) = struct.unpack_from(">I", profile, HEAD)
    first = HEAD + 4 + ENTRY * count
    if first > len(profile):
        return b""
    made = bytearray(len(profile))
    made[:first] = profile[:first]
    tags = {struct.unpack_from(">4sII", profile, HEAD + 4 + ENTRY * number) for number in range(count)}
    places = {(at, size) for name, at, size in tags if name in KEPT and at >= first}
    if sum(size for _, size in places) > len(profile):
        return b""
    for at, size in places:
        made[at : at + size] = profile[at : at + size]
    return bytes(made[: len(profile)])
