"""Turns a list of tasks into their outcomes, each in a process of its own: one that fails, or dies, takes no other
with it."""

from __future__ import annotations

import multiprocessing
import pickle
import tempfile
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import wait
from typing import Any

from hefte import interrupts
from hefte.errors import HefteError, disk_full
from hefte.model import Failure

Tell = Callable[[str], None]
"""Says what a task is doing just now."""
Task = Callable[[Tell], Any]

# Fork, not spawn: WeasyPrint's import and a finished layout are inherited instead of paid for again. Children of a
# forked layout write the same bytes (docs/architecture.md, processes).
_CONTEXT = multiprocessing.get_context("fork")


def run(tasks: Sequence[Task], jobs: int, tell: Callable[[int, str], None]) -> list[Any]:
    """The result of each task, or its Failure, in the order of the tasks; at most `jobs` run at once. One alone runs
    right here."""
    if jobs <= 1 or len(tasks) == 1:
        return [attempt(task, _teller(tell, number)) for number, task in enumerate(tasks)]
    outcomes: list[Any] = [None] * len(tasks)
    waiting = list(enumerate(tasks))
    # One folder for what the tasks put down for the time being (WeasyPrint unpacks fonts): a process that is forked, or
    # ended, does not come to tidy up.
    with tempfile.TemporaryDirectory(prefix="hefte-") as folder, _running() as running:
        while waiting or running:
            while waiting and len(running) < jobs:
                number, task = waiting.pop(0)
                with interrupts.held():  # until the process is in the list of those to be ended
                    connection, process = _start(task, folder, list(running))
                    running[connection] = (number, process)
            for ready in wait(list(running)):
                number, process = running[ready]
                kind, value = _receive(ready)
                if kind == "told":
                    tell(number, value)
                    continue
                outcomes[number] = value
                process.join()
                del running[ready]
    return outcomes


@contextmanager
def _running() -> Iterator[dict[Any, tuple[int, Any]]]:
    """Connection → number and process of each task that runs. However this ends, by Ctrl-C or by a polite `kill` too,
    the processes end with it, and those that they started."""
    running: dict[Any, tuple[int, Any]] = {}
    with interrupts.ending():
        try:
            yield running
        finally:
            with interrupts.held():
                for _, process in running.values():
                    process.terminate()
                for _, process in running.values():
                    process.join()


def attempt(task: Task, tell: Tell) -> Any:
    """The task's result, or a Failure where it raised. Raises what Ctrl-C or SIGTERM raised, if the task went on."""
    try:
        return task(tell)
    except HefteError as error:
        return Failure(tuple(each.line() for each in (error, *error.also)), error.exit_code)
    except Exception as error:
        full = disk_full(error) if isinstance(error, OSError) else None
        if full:
            return Failure((full.line(),), full.exit_code)
        return Failure((f"a bug in hefte: {type(error).__name__}: {error}",), 70, traceback.format_exc())
    finally:
        interrupts.heard()


def _teller(tell: Callable[[int, str], None], number: int) -> Tell:
    def told(said: str) -> None:
        interrupts.heard()
        tell(number, said)

    return told


def _start(task: Task, folder: str, others: Sequence[Any]) -> tuple[Any, Any]:
    ours, theirs = _CONTEXT.Pipe(duplex=False)
    process = _CONTEXT.Process(target=_child, args=(task, folder, theirs, [ours, *others]))
    process.start()
    theirs.close()
    return ours, process


def _child(task: Task, folder: str, connection: Any, inherited: Sequence[Any]) -> None:
    """Run one task, its temporary files in `folder`, and send what comes of it.

    The reading ends inherited from the first process are closed: with one of them open a child that outlives it would
    wait for ever to be read.
    """
    interrupts.left_to_parent()
    for end in inherited:
        end.close()
    tempfile.tempdir = folder
    outcome = attempt(task, lambda said: connection.send(("told", said)))
    with suppress(BrokenPipeError):  # nobody is there any more
        connection.send_bytes(pickle.dumps(("done", outcome)))


def _receive(connection: Any) -> tuple[str, Any]:
    try:
        kind, value = connection.recv()
        return kind, value
    except (EOFError, OSError):  # before it said anything, or in the middle
        lines = ("a worker process died without a word (out of memory, or a crash in a library)",)
        return "done", Failure(lines, 70, "no traceback: the process died")
