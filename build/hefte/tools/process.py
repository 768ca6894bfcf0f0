"""A command line into what the program said: no standard input, a limit in time, and nothing left running behind."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hefte import family, interrupts

_GRACE_S = 5
"""How long a program may take to end its own children once it was asked to stop."""
_BEAT_S = 0.25
"""How often its memory is looked at."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a program ended."""

    status: int | None
    """Its exit status; None if it was stopped because its time was up, or took too much memory."""
    said: str
    """Its standard output and standard error, one after the other."""
    greedy: bool = False
    """Whether it was stopped for its memory."""


class CrowdedError(Exception):
    """A program was stopped since those that run beside it hold too much memory together: it may be run alone."""


def run(
    command: Sequence[str], *, timeout_s: float, environment: Mapping[str, str] | None = None,
    memory: int | None = None, beside: int | None = None,
) -> Outcome:
    """Run a program to its end, or for `timeout_s` seconds. `environment` is added to this process's own; `memory` is
    what it may hold, in bytes, with all that it starts (where the system tells). Where programs run side by side, it is
    what all may hold that the process `beside` started, and CrowdedError is raised.

    The program leads a session of its own, so that it can be stopped together with what it started.
    """
    with interrupts.ending(), subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        env={**_inherited(), **(environment or {})}, text=True, encoding="utf-8", errors="replace",
    ) as process:
        try:
            out, err = _heard(process, timeout_s, memory, beside or process.pid)
        except subprocess.TimeoutExpired:
            _stop(process)
            return Outcome(None, "")
        except MemoryError:
            _stop(process)
            if beside is not None:
                raise CrowdedError from None
            return Outcome(None, "", greedy=True)
        except BaseException:  # Ctrl-C: the program does not get it, being in another session
            _stop(process)
            raise
    return Outcome(process.returncode, f"{out}{err}".strip())


def _heard(process: subprocess.Popen[str], timeout_s: float, memory: int | None, watched: int) -> tuple[str, str]:
    """What it said to its end. Raises TimeoutExpired, and MemoryError where the family of the process `watched` holds
    more than `memory`."""
    if memory is None:
        return process.communicate(timeout=timeout_s)
    end = time.monotonic() + timeout_s
    while True:
        try:
            return process.communicate(timeout=_BEAT_S)
        except subprocess.TimeoutExpired:
            if time.monotonic() >= end:
                raise
            if family.over(watched, memory):
                raise MemoryError from None


def _inherited() -> Mapping[str, str]:
    """This process's environment, but for the list of fonts that the renderers give WeasyPrint in it.

    That list is empty: a browser that goes by it draws no letters, and finds no fault in those that it does not draw.
    """
    return {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}


def _stop(process: subprocess.Popen[str]) -> None:
    """Ask first: Node's driver of Chromium ends Chromium, which is in a group of its own, when it is asked to stop."""
    started = family.below(process.pid)
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.communicate(timeout=_GRACE_S)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        family.end_those(started)
        process.communicate()
    family.end_those(started)
