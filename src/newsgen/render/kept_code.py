"""Keeps the code of the packaged theme's templates beside that of newsgen's modules, as Python does with modules.

Compiling these templates takes longer than a small paper. Who can write to `__pycache__` can change newsgen itself, so
this code is as safe to run as newsgen is. Of a site's own templates none is kept: no code is ever taken from a site.
"""

import marshal
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path
from types import CodeType

from newsgen.core.code_digest import digest_newsgen, find_versions
from newsgen.core.digests import SIZE, digest, digest_of
from newsgen.core.writing import replace_file
from newsgen.render.theme import PREFIX, THEME

FOLDER = Path(__file__).parent
"""The code is in its `__pycache__`, or below PYTHONPYCACHEPREFIX."""

HEAD = 2 * SIZE
"""The bytes of the digest at the start of a file."""


def is_packaged(name: str, shown: str) -> bool:
    """Whether a template is of the packaged theme, by its name and its name in messages."""
    return shown.startswith(PREFIX) and name in (shown, shown.removeprefix(PREFIX))


def keep_code(name: str, shown: str, source: str, compile_: Callable[[], CodeType]) -> CodeType:
    """The code of a template, compiled only if what is kept is of another text, another newsgen or another Python."""
    path = Path(cache_from_source(str(FOLDER / f"template-{name.replace('/', '-')}")))
    basis = digest_of([_digest_compiler(), name, shown, source]).encode()
    with suppress(OSError):
        kept = path.read_bytes()
        if kept[:HEAD] == digest(basis, kept[HEAD:]).encode():
            code: CodeType = marshal.loads(kept[HEAD:])  # noqa: S302 - from newsgen's own folder, and undamaged
            return code
    code = compile_()
    if not sys.dont_write_bytecode:
        data = marshal.dumps(code)
        with suppress(OSError):  # newsgen may be installed where its user cannot write
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(path, digest(basis, data).encode() + data)
    return code


@cache
def _digest_compiler() -> str:
    """The digest of what code depends on besides its template."""
    return digest_of([digest_newsgen(THEME.parent), MAGIC_NUMBER, find_versions(("jinja2", "markupsafe"))])
