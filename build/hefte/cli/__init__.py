"""The command line: words in, a call of the pipeline, an exit code out. Imports nothing heavy until a command runs."""

from __future__ import annotations

import sys
import tempfile
import traceback
from typing import NoReturn

from hefte import interrupts
from hefte.errors import HefteError, disk_full

INTERRUPTED = 130
"""128 + SIGINT, as shells have it."""
BUG = 70
"""EX_SOFTWARE of sysexits.h."""


def main() -> NoReturn:
    """Run `hefte`: every failure ends in one line and its exit code, never in a traceback."""
    interrupts.listen()
    try:
        from hefte.cli.commands import app

        code = app(standalone_mode=False) or 0
    except KeyboardInterrupt:
        complain(interrupts.said())
        code = INTERRUPTED
    except HefteError as error:
        for each in (error, *error.also):
            complain(each.line())
        code = error.exit_code
    except Exception as error:
        code = _click_or_bug(error)
    sys.exit(code)


def complain(line: str) -> None:
    """One line to standard error."""
    print(f"hefte: {line}", file=sys.stderr)


def bug(said: str, trace: str) -> int:
    """Keep a traceback of ours in a file and ask for a report; the exit code of a bug."""
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="hefte-bug-", suffix=".txt", delete=False, encoding="utf-8"
        ) as file:
            file.write(trace)
        kept = file.name
    except OSError:  # a full disk, say: the last line of the traceback is better than none
        kept = trace.strip().splitlines()[-1]
    complain(f"{said}; this is a bug in hefte: please report it with {kept}")
    return BUG


def _click_or_bug(error: Exception) -> int:
    import click

    if isinstance(error, click.exceptions.Abort):
        complain(interrupts.said())
        return INTERRUPTED
    if isinstance(error, click.exceptions.Exit):
        return error.exit_code
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        print(error.format_message(), file=sys.stderr)
        return 2
    if isinstance(error, click.ClickException):
        complain(f"{error.format_message().rstrip('.')}; see hefte --help")
        return 2
    full = disk_full(error) if isinstance(error, OSError) else None
    if full:
        complain(full.line())
        return full.exit_code
    return bug(f"{type(error).__name__}: {error}", traceback.format_exc())
