"""Turns a task on a file that nobody vouches for into its result, or into why it was stopped: it runs in a process of
its own, within limits of time and memory."""

from __future__ import annotations

import errno
import faulthandler
import multiprocessing
import os
import pickle
import resource
import signal
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from hefte import family, interrupts, parallel

MEMORY = 2 * 2**30
"""Bytes that a look at a file may take in all: this process, the one that looks, and the programs that are asked."""
SECONDS = 60
"""How long a look at a file may take in all."""
WATCHED = MEMORY - 2**28
"""What one program and those that it starts may hold: the rest is ours, and for what they take between two looks."""

_OWN = MEMORY * 3 // 4
"""Of the process that looks. A program that it starts has the same limit; together they stay below WATCHED."""
_LARGEST = 2**30
"""Bytes of one file for the time being."""
_BEAT_S = 0.25
_CONTEXT = multiprocessing.get_context("fork")

Tell = Callable[[Any], None]
Task = Callable[[Tell], Any]


@dataclass(frozen=True, slots=True)
class Stopped:
    """The task came to no end."""

    why: str
    """What it did, after `looking at it`: `took longer than 50 s`."""


def run(task: Task, seconds: float, heard: Tell) -> Any:
    """The task's result; a Failure where it raised; Stopped where it took more than it may have, or crashed.

    `heard` gets what the task tells on its way. However this ends, nothing that the task started goes on.
    """
    reading, writing = _CONTEXT.Pipe(duplex=False)
    with tempfile.TemporaryDirectory(prefix="hefte-", ignore_cleanup_errors=True) as folder, interrupts.ending():
        with interrupts.held():  # until the process is there to be ended
            process = _CONTEXT.Process(target=_child, args=(task, seconds, folder, reading, writing))
            process.start()
        writing.close()
        try:
            return _outcome(process, reading, seconds, heard)
        finally:
            with interrupts.held():
                family.end(process.pid or 0)
                process.join()
                reading.close()


def _outcome(process: Any, reading: Any, seconds: float, heard: Tell) -> Any:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not reading.poll(_BEAT_S):
            if family.over(process.pid, WATCHED):
                return _too_much()
            continue
        try:
            kind, value = reading.recv()
        except (EOFError, OSError):  # before it said anything, or in the middle
            process.join()
            return _died(process.exitcode)
        if kind == "done":
            return value
        heard(value)
    return _too_long(seconds)


def _child(task: Task, seconds: float, folder: str, reading: Any, writing: Any) -> None:
    """Run the task and send what comes of it."""
    interrupts.left_to_parent()
    reading.close()
    faulthandler.disable()  # a crash is told in one line, by the parent
    tempfile.tempdir = folder
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # numpy would set memory aside for each core
    _limit(resource.RLIMIT_DATA, _OWN)
    _limit(resource.RLIMIT_FSIZE, _LARGEST)
    _limit(resource.RLIMIT_CPU, int(seconds) + 5)  # for the case that nobody is left to stop it
    _limit(resource.RLIMIT_CORE, 0)
    outcome = parallel.attempt(lambda _: _bounded(task, lambda said: writing.send(("told", said))), lambda said: None)
    with suppress(BrokenPipeError):  # nobody is there any more
        writing.send_bytes(pickle.dumps(("done", outcome)))


def _bounded(task: Task, tell: Tell) -> Any:
    try:
        return task(tell)
    except MemoryError:
        return _too_much()
    except OSError as error:
        if error.errno == errno.ENOMEM:
            return _too_much()
        raise


def _limit(which: int, most: int) -> None:
    """Lower a limit, never raise it. Where the system does not know it, the watch from outside stands alone."""
    _, hard = resource.getrlimit(which)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with suppress(ValueError, OSError):
        resource.setrlimit(which, (most, most))


def _too_long(seconds: float) -> Stopped:
    return Stopped(f"took longer than {seconds:.0f} s")


def _too_much() -> Stopped:
    return Stopped(f"took more than {_OWN / 2**30:.1f} GB of memory")


def _died(status: int | None) -> Stopped:
    """What a child that ended without a word died of."""
    if status is None or status >= 0:
        return Stopped("ended a library that reads it")
    if -status == signal.SIGKILL:
        return Stopped("was ended by the system, as it does where memory runs out")
    if -status == signal.SIGXCPU:
        return Stopped("took all the processor time that it may have")
    return Stopped(f"crashed a library that reads it ({signal.Signals(-status).name})")
