"""`newsgen import`: writes the files of an importer into content/, and changes none that is there."""

from collections.abc import Iterable
from pathlib import Path

from newsgen.api import ImportedFile
from newsgen.commands.new import make_folder
from newsgen.config.reading import read_config
from newsgen.core.errors import ContentError, Location, Problems
from newsgen.core.messages import say
from newsgen.core.opening import is_private, read_inside
from newsgen.core.site_files import CONTENT
from newsgen.core.urls import is_output
from newsgen.core.writing import create_file


def import_files(site: Path, items: Iterable[object]) -> tuple[int, int]:
    """Write files into content/, each whole or not at all; gives how many were written, and how many were there.

    Raises:
        ConfigError: when there is no newsgen.yaml, or a wrong one.
        ContentError: at the end, with a problem for each file whose place another file has.
        TypeError, ValueError: when an item is no file of content/; those before it are written.
    """
    read_config(site)
    written, there, problems = 0, 0, Problems()
    for item in items:
        file = _check(item)
        source = f"{CONTENT}/{file.path}"
        data = file.data.encode() if isinstance(file.data, str) else file.data
        try:
            make_folder(site, (site / source).parent)
            create_file(site / source, data)
            written += 1
        except FileExistsError:
            if _is_same(site, source, data):
                there += 1
            else:
                what = say("something else is here, and the import changes nothing that is there")
                problems.add(Location(source), "file-exists", what, say("compare the two, or remove this one"))
        except ContentError as error:
            problems.extend(error.problems)
    problems.stop_on_errors(ContentError)
    return written, there


def _check(item: object) -> ImportedFile:
    """Check that an item is a file that may be written."""
    if not isinstance(item, ImportedFile):
        raise TypeError(say("an importer gives {given} in place of ImportedFile", given=type(item).__name__))
    parts: tuple[object, object] = (item.path, item.data)
    if not (isinstance(parts[0], str) and isinstance(parts[1], str | bytes)):
        raise TypeError(say("the `path` of an ImportedFile is a text, its `data` a text or bytes"))
    if not is_output(item.path) or any(map(is_private, item.path.split("/"))):
        raise ValueError(say("“{path}” is no path of a file below content/", path=item.path))
    return item


def _is_same(site: Path, source: str, data: bytes) -> bool:
    try:
        return read_inside(site, site / source) == data
    except OSError:
        return False
