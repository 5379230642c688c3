"""`newsgen import`: files that an importer gives are written into content/, and nothing that is there is changed."""

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


def import_files(site: Path, given: Iterable[object]) -> tuple[int, int]:
    """Write files into content/, each whole or not at all: how many were written, how many were there already.

    Raises:
        ConfigError: when there is no newsgen.yaml, or a wrong one.
        ContentError: when all is done, with a problem for each file in whose place there is something else.
        TypeError, ValueError: when what is given is no file of content/; those before it are written.
    """
    read_config(site)
    written, there, problems = 0, 0, Problems()
    for one in given:
        file = _check(one)
        source = f"{CONTENT}/{file.path}"
        data = file.data.encode() if isinstance(file.data, str) else file.data
        try:
            make_folder(site, (site / source).parent)
            create_file(site / source, data)
            written += 1
        except FileExistsError:
            if _has(site, source, data):
                there += 1
            else:
                what = say("something else is here, and the import changes nothing that is there")
                problems.add(Location(source), "file-exists", what, say("compare the two, or remove this one"))
        except ContentError as error:
            problems.extend(error.problems)
    problems.stop_on_errors(ContentError)
    return written, there


def _check(one: object) -> ImportedFile:
    """A file that may be written."""
    if not isinstance(one, ImportedFile):
        raise TypeError(say("an importer gives {given} in place of ImportedFile", given=type(one).__name__))
    parts: tuple[object, object] = (one.path, one.data)
    if not (isinstance(parts[0], str) and isinstance(parts[1], str | bytes)):
        raise TypeError(say("the `path` of an ImportedFile is a text, its `data` a text or bytes"))
    if not is_output(one.path) or any(map(is_private, one.path.split("/"))):
        raise ValueError(say("“{path}” is no path of a file below content/", path=one.path))
    return one


def _has(site: Path, source: str, data: bytes) -> bool:
    try:
        return read_inside(site, site / source) == data
    except OSError:
        return False
