"""What can go wrong outside our own code: each class carries its exit code, each message its place and its remedy."""

from __future__ import annotations

import errno
from pathlib import Path

from hefte.model import Place


class HefteError(Exception):
    """A failure that is not a bug: printed as one line, never as a traceback. See docs for the exit codes."""

    exit_code = 1

    def __init__(
        self, what: str, *, remedy: str, place: Place | None = None, also: tuple[HefteError, ...] = (),
    ) -> None:
        super().__init__(what)
        self.what = what
        """What is wrong."""
        self.remedy = remedy
        """What to do about it."""
        self.place = place
        self.also = also
        """The further failures met in the same run, so that all of them can be mended at once."""

    def line(self, base: Path | None = None) -> str:
        """`path:line: what; remedy`, the path relative to `base` (default: the current folder) if it lies below it."""
        said = f"{self.what}; {self.remedy}"
        if self.place is None:
            return said
        path, base = self.place.path, base or Path.cwd()
        shown = path.relative_to(base) if path.is_relative_to(base) else path
        return f"{shown}:{self.place.line}: {said}"


class UsageError(HefteError):
    """The command was called wrongly, or there is no publication here."""

    exit_code = 2


class SourceError(HefteError):
    """A source is unreadable or invalid."""

    exit_code = 3


class MissingToolError(HefteError):
    """A program, font or profile that is needed is not there."""

    exit_code = 4


class ReleaseRefusedError(HefteError):
    """A release was asked for and may not be made."""

    exit_code = 5


class OutputError(HefteError):
    """The output cannot be written: disk full, no permission."""

    exit_code = 4


_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS}


def disk_full(error: OSError) -> OutputError | None:
    """The error to tell where a file for the time being (a font that is unpacked, say) found no room; else None."""
    if error.errno not in _FULL:
        return None
    return OutputError(
        f"cannot write a temporary file: {error.strerror}",
        remedy="make room, or name another folder for them in TMPDIR; what was there before is untouched",
    )
