"""Turns a list of tasks into their outcomes, each in a process of its own: one that fails, or dies, takes no other
with it."""

from __future__ import annotations

import multiprocessing
import pickle
import traceback
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection, wait
from typing import Any

from hefte.errors import HefteError, disk_full
from hefte.model import Failure

Tell = Callable[[str], None]
"""Says what a task is doing just now."""
Task = Callable[[Tell], Any]

# Fork, not spawn: WeasyPrint's import and a finished layout are inherited instead of paid for again. Children of a
# forked layout write the same bytes (design: print, "Speed").
_CONTEXT = multiprocessing.get_context("fork")


def run(tasks: Sequence[Task], jobs: int, tell: Callable[[int, str], None]) -> list[Any]:
    """The result of each task, or its Failure, in the order of the tasks; at most `jobs` run at once. One alone runs
    right here."""
    if jobs <= 1 or len(tasks) == 1:
        return [attempt(task, _teller(tell, number)) for number, task in enumerate(tasks)]
    outcomes: list[Any] = [None] * len(tasks)
    waiting = list(enumerate(tasks))
    running: dict[Any, tuple[int, Any]] = {}
    try:
        while waiting or running:
            while waiting and len(running) < jobs:
                number, task = waiting.pop(0)
                connection, process = _start(task)
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
    finally:
        for _, process in running.values():  # after Ctrl-C
            process.terminate()
            process.join()
    return outcomes


def attempt(task: Task, tell: Tell) -> Any:
    """The task's result, or a Failure where it raised."""
    try:
        return task(tell)
    except HefteError as error:
        return Failure(tuple(each.line() for each in (error, *error.also)), error.exit_code)
    except Exception as error:
        full = disk_full(error) if isinstance(error, OSError) else None
        if full:
            return Failure((full.line(),), full.exit_code)
        return Failure((f"a bug in hefte: {type(error).__name__}: {error}",), 70, traceback.format_exc())


def _teller(tell: Callable[[int, str], None], number: int) -> Tell:
    return lambda said: tell(number, said)


def _start(task: Task) -> tuple[Connection, Any]:
    ours, theirs = _CONTEXT.Pipe(duplex=False)
    process = _CONTEXT.Process(target=_child, args=(task, theirs))
    process.start()
    theirs.close()
    return ours, process


def _child(task: Task, connection: Connection) -> None:
    try:
        outcome = attempt(task, lambda said: connection.send(("told", said)))
        connection.send_bytes(pickle.dumps(("done", outcome)))
    except KeyboardInterrupt:
        return


def _receive(connection: Any) -> tuple[str, Any]:
    try:
        kind, value = connection.recv()
        return kind, value
    except EOFError:
        lines = ("a worker process died without a word (out of memory, or a crash in a library)",)
        return "done", Failure(lines, 70, "no traceback: the process died")
