"""Sealed files: plain data behind the digest of its kind and bytes. One that is damaged counts as missing."""

from pathlib import Path
from typing import TypeVar

import msgspec

from newsgen.core.digests import digest
from newsgen.core.messages import decode_message, pack
from newsgen.core.writing import clear_place, replace_file

Hint = TypeVar("Hint", bound=msgspec.Struct)


def save(value: msgspec.Struct, path: Path) -> None:
    """Write a hint with the digest of its kind and bytes before them, in one step."""
    data = msgspec.msgpack.encode(value, enc_hook=pack)
    clear_place(path)
    replace_file(path, digest(type(value).__name__.encode(), data).encode() + data)


def load(kind: type[Hint], path: Path) -> Hint | None:
    """Read a hint; None when it is missing, damaged, or not of this kind."""
    try:
        raw = path.read_bytes()
        if digest(kind.__name__.encode(), raw[32:]).encode() != raw[:32]:
            return None
        return msgspec.msgpack.decode(raw[32:], type=kind, dec_hook=decode_message)
    except (OSError, msgspec.MsgspecError, RecursionError):
        return None
