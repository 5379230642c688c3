"""Stamps of files."""

import time
from types import SimpleNamespace

import pytest

from newsgen.core.stamps import RACY_NS, encode_if_settled, make_stamp, read_stamp

SECOND = 1_000_000_000


def text(status):
    """What is kept of a file of this status that is looked at now."""
    return encode_if_settled(make_stamp(status), time.time_ns())


def status(changed, *, size=3, inode=7, modified=None):
    """What the system says of a file that changed `changed` nanoseconds before now."""
    at = time.time_ns() - changed
    return SimpleNamespace(st_mtime_ns=at if modified is None else modified, st_ctime_ns=at, st_size=size, st_ino=inode)


@pytest.mark.parametrize(
    ("changed", "trusted"), [(0, False), (SECOND, False), (-60 * SECOND, False), (RACY_NS + 60 * SECOND, True)]
)
def test_a_file_that_changed_too_lately_has_no_stamp(changed, trusted):
    """A stamp is given only when a further change would be sure to make another one; never for times to come."""
    assert trusted == bool(text(status(changed)))


def test_an_old_time_does_not_hide_a_new_change():
    """A file whose modification time was set back, but which changed just now, is not trusted."""
    assert not text(status(0, modified=1))


def test_a_stamp_tells_files_apart():
    """Another size, time or inode makes another stamp."""
    one = status(3600 * SECOND)
    others = [
        SimpleNamespace(**{**vars(one), name: getattr(one, name) - 1})
        for name in ("st_mtime_ns", "st_ctime_ns", "st_size", "st_ino")
    ]
    assert text(one) == text(SimpleNamespace(**vars(one)))
    assert 5 == len({text(each) for each in (one, *others)})


def test_a_file_that_is_gone_has_no_stamp(tmp_path):
    """Nobody stumbles over a file that goes away while the site is looked at."""
    (tmp_path / "a").write_text("")
    assert make_stamp((tmp_path / "a").stat()) == read_stamp(str(tmp_path / "a"))
    assert read_stamp(str(tmp_path / "b")) is None
    assert "" == encode_if_settled(None, time.time_ns())
