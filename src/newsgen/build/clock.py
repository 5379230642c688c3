"""The moment of a build: `--at`, else SOURCE_DATE_EPOCH, else now."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from newsgen.core.date_input import parse_moment
from newsgen.core.errors import ConfigError, Location, Problem
from newsgen.core.messages import fill_name, say
from newsgen.core.schema import FieldFault

SECONDS = re.compile(r"[0-9]{1,9}|[0-6][0-9]{9}")
"""Seconds since 1970, to the year 2191."""


def choose_moment(at: str | None, environment: Mapping[str, str], zone: ZoneInfo) -> datetime:
    """The moment of a build or another command, aware, in `zone`.

    Raises:
        ConfigError: when `at` or SOURCE_DATE_EPOCH is no moment.
    """
    if at is not None:
        try:
            return parse_moment(at, zone).at
        except FieldFault as fault:
            raise ConfigError(
                Problem(Location("--at"), "bad-value", fill_name(fault.what, "--at"), fault.fix)
            ) from None
    epoch = environment.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now(UTC).astimezone(zone)
    try:
        if not SECONDS.fullmatch(epoch):
            raise ValueError(epoch)
        return datetime.fromtimestamp(int(epoch), UTC).astimezone(zone)
    except (ValueError, OverflowError, OSError):
        what = say(
            "SOURCE_DATE_EPOCH is not a number of seconds since 1970, up to the year 2191: “{epoch}”", epoch=epoch
        )
        fix = say("unset it, or write seconds, such as `1659833460`")
        raise ConfigError(Problem(Location("SOURCE_DATE_EPOCH"), "bad-value", what, fix)) from None
