"""Finds an output by any of its names: a url, an address in the site, a path in the output, or its source."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from newsgen.core.errors import ConfigError, Location, Problem, find_nearest
from newsgen.core.messages import say
from newsgen.core.text import nfc
from newsgen.core.urls import read_url


@dataclass(frozen=True, slots=True)
class Name:
    """The names of one output; `source` is the file that it was made from, "" for none."""

    output: str
    url: str
    source: str


def find_output(wanted: str, names: Iterable[Name], folders: tuple[Path, Path], site_url: str) -> str:
    """The output that `wanted` names. `folders` are the site and its output, both absolute.

    Raises:
        ConfigError: when there is none, with the nearest name.
    """
    outputs: dict[str, str] = {}
    for name in names:
        for spelling in (name.source, unquote(name.url), name.output):
            if spelling:
                outputs.setdefault(spelling, name.output)
    spellings = list(_list_spellings(nfc(wanted), folders, site_url))
    output = next((outputs[spelling] for spelling in spellings if spelling in outputs), None)
    if output is not None:
        return output
    alike = [name for name in outputs if name.startswith("/") == spellings[0].startswith("/")]
    close = find_nearest(spellings[0], alike)
    fix = say("give an address such as `/kinh-te/`, or a file such as `content/….md`")
    if close:
        fix = say("did you mean `{name}`?", name=close)
    what = say("the last build has no page or file of “{wanted}”", wanted=wanted)
    if spellings[0].startswith("content/") and (folders[0] / spellings[0]).is_file():
        what = say("the last build made no page of {wanted}", wanted=wanted)
        fix = say("build again; drafts, scheduled and expired stories have none")
    raise ConfigError(Problem(Location("PAGE"), "unknown-page", what, fix))


def _list_spellings(wanted: str, folders: tuple[Path, Path], site_url: str) -> Iterator[str]:
    """The possible spellings of a name in the last build, the likeliest first."""
    site, output = folders
    if "://" in wanted:
        yield from _list_addresses(_get_path(wanted, site_url))
        return
    path = Path(site, wanted)
    for folder in (output, site):
        if path.is_relative_to(folder) and path != folder:
            yield path.relative_to(folder).as_posix()
    yield from _list_addresses(wanted)


def _get_path(wanted: str, site_url: str) -> str:
    """The path of a url of this site.

    Raises:
        ConfigError: when it is of another.
    """
    parts, site = read_url(wanted), read_url(site_url)
    if parts is None or site is None or parts.hostname != site.hostname:
        what = say("“{wanted}” is not of this paper", wanted=wanted)
        fix = say("give an address that begins with {url}", url=site_url)
        raise ConfigError(Problem(Location("PAGE"), "unknown-page", what, fix))
    return parts.path or "/"


def _list_addresses(text: str) -> Iterator[str]:
    """The spellings of a root-relative address: with a last slash, without its index.html, without its first slash."""
    path = "/" + unquote(text.partition("#")[0].partition("?")[0]).lstrip("/")
    yield path
    yield f"{path.removesuffix('/')}/"
    yield path.removesuffix("index.html")
    yield path[1:]
