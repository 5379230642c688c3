"""Stable digests: the same for the same value on every machine, run and Python version."""

from hashlib import blake2b, sha256
from typing import Any

import msgspec

from newsgen.core.messages import encode_english

SIZE = 16
"""Bytes in a digest; 128 bits make an accidental match impossible in practice."""


def digest(*parts: bytes) -> str:
    """The hexadecimal digest of `parts`, each with its length, so that moving a boundary changes it."""
    state = blake2b(digest_size=SIZE)
    for part in parts:
        state.update(len(part).to_bytes(8, "big"))
        state.update(part)
    return state.hexdigest()


def hash_bytes(data: bytes) -> str:
    """The SHA-256 of an output file's bytes in hexadecimal, as newsgen-files.json has it for other programs."""
    return sha256(data).hexdigest()


def digest_of(value: Any) -> str:  # noqa: ANN401 - any plain data
    """The digest of plain data: the model's nouns, texts, numbers, dates, lists and mappings."""
    return digest(encode(value))


def encode(value: Any) -> bytes:  # noqa: ANN401 - any plain data
    """Plain data as bytes that are equal exactly when the data is, whatever the order of a mapping's keys."""
    try:
        return _ENCODER.encode(value)
    except (OverflowError, TypeError, ValueError):
        return repr(value).encode("utf-8", "backslashreplace")


_ENCODER = msgspec.msgpack.Encoder(order="deterministic", enc_hook=encode_english)
