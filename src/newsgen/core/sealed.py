"""Sealed files: plain data after a digest of its kind and bytes. A damaged file counts as missing."""

from pathlib import Path
from typing import TypeVar

import msgspec

from newsgen.core.digests import digest
from newsgen.core.messages import decode_message, pack
from newsgen.core.writing import clear_place, replace_file

Value = TypeVar("Value", bound=msgspec.Struct)


def save(value: msgspec.Struct, path: Path) -> None:
    """Write a value to a sealed file, in one step."""
    data = msgspec.msgpack.encode(value, enc_hook=pack)
    clear_place(path)
    replace_file(path, digest(type(value).__name__.encode(), data).encode() + data)


def load(kind: type[Value], path: Path) -> Value | None:
    """Read a sealed file; None when it is missing, damaged, or of another kind."""
    try:
        raw = path.read_bytes()
        if digest(kind.__name__.encode(), raw[32:]).encode() != raw[:32]:
            return None
        return msgspec.msgpack.decode(raw[32:], type=kind, dec_hook=decode_message)
    except (OSError, msgspec.MsgspecError, RecursionError):
        return None
