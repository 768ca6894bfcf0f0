"""Turns a process into those that it started, and they in turn: the memory that they hold together, and their end."""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

_PROC = Path("/proc")
_PAGE = os.sysconf("SC_PAGE_SIZE")


def memory(pid: int) -> int:
    """Bytes that a process and its descendants hold together, what they share counted once; 0 where nobody tells
    (there is no /proc, or the process is gone)."""
    return sum(map(_share, (pid, *below(pid))))


def over(pid: int, most: int) -> bool:
    """Whether they hold more than that. What is shared is told apart only where it matters: for a browser that costs
    the system a tenth of a second each time."""
    family = (pid, *below(pid))
    return sum(map(_resident, family)) > most and sum(map(_share, family)) > most


def below(pid: int) -> Mapping[int, str]:
    """The descendants of a process: number → when it was started, which tells it from a later one of that number."""
    children: dict[int, list[tuple[int, str]]] = {}
    for number, parent, started in _all():
        children.setdefault(parent, []).append((number, started))
    found: dict[int, str] = {}
    waiting = [pid]
    while waiting:
        for number, started in children.get(waiting.pop(), []):
            if number not in found:
                found[number] = started
                waiting.append(number)
    return found


def end(pid: int) -> None:
    """Kill a process and its descendants, those first that could start others."""
    doomed = below(pid)
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    end_those(doomed)


def end_those(doomed: Mapping[int, str]) -> None:
    """Kill what `below` named, as far as it still runs."""
    for number, started in doomed.items():
        if (stat := _stat(number)) is not None and stat[1] == started:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(number, signal.SIGKILL)


def _all() -> list[tuple[int, int, str]]:
    """Number, parent and start of every process; nothing where the system has no /proc."""
    if not _PROC.is_dir():
        return []
    numbers = [int(name) for name in os.listdir(_PROC) if name.isdigit()]
    return [(number, *stat) for number in numbers if (stat := _stat(number)) is not None]


def _stat(number: int) -> tuple[int, str] | None:
    """Parent and start. The name in round brackets before them may hold anything."""
    try:
        fields = (_PROC / str(number) / "stat").read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return None
    return int(fields[1]), fields[19]


def _resident(number: int) -> int:
    """What it holds, all that it shares counted in full: never less than its part."""
    try:
        return int((_PROC / str(number) / "statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0


def _share(number: int) -> int:
    """Its part of the memory: what is its own, and of what it shares with others as much as falls to it."""
    try:
        lines = (_PROC / str(number) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
