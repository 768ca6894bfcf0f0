"""The two dates that everything asks for: which moment dates the outputs, and which day dates are held against."""

from __future__ import annotations

import datetime as dt
import os

from hefte.errors import UsageError
from hefte.model import Publication


def fixed() -> dt.datetime | None:
    """The moment that SOURCE_DATE_EPOCH sets (reproducible-builds.org), UTC; None where it is not set.

    Raises UsageError where it is no number of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return None
    try:
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC)
    except (ValueError, OverflowError, OSError):
        what = f"SOURCE_DATE_EPOCH is `{epoch}`"
        raise UsageError(what, remedy="set it to seconds since 1970, or unset it") from None


def today() -> dt.date:
    """The day that dates are held against: a helpline falls due although no file has changed."""
    moment = fixed()
    return moment.date() if moment else clock()


def clock() -> dt.date:
    """The day by this machine's clock, whatever SOURCE_DATE_EPOCH says: a release is not let out on another's."""
    return dt.date.today()


def moment(publication: Publication) -> dt.datetime:
    """What dates every output: SOURCE_DATE_EPOCH, else the publication's own date at noon; UTC."""
    return fixed() or dt.datetime.combine(publication.date, dt.time(12), dt.UTC)
