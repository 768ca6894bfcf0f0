"""Turns a process into those that it started, and they in turn: the memory that they hold together, and their end."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

_PROC = Path("/proc")
_MOST = 2**16
"""Bytes; what is read there is a tenth of it."""
_IN_FILES = 2**28
"""Bytes of programs and libraries that a family may have open; measured: 249 MB for Java, two browsers and ours."""
_SIZE = re.compile(rb"(?m)^(\w+):\s+(\d+) kB$")


def memory(pid: int) -> int:
    """Bytes that a process and its descendants hold together, what they share counted once; 0 where nobody tells
    (there is no /proc, or the process is gone)."""
    return sum(map(_share, (pid, *below(pid))))


def over(pid: int, most: int) -> bool:
    """Whether they hold more than that. What is shared is told apart only where it matters: for a browser that costs
    the system a tenth of a second each time."""
    family = (pid, *below(pid))
    return sum(map(_held, family)) > most - _IN_FILES and sum(map(_share, family)) > most


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
    fields = _told(number, "stat").rpartition(b")")[2].split()
    return (int(fields[1]), fields[19].decode()) if len(fields) > 19 else None


def _held(number: int) -> int:
    """What it holds besides files, all that it shares counted in full."""
    told = _told(number, "status")
    return _bytes(told, b"RssAnon", b"RssShmem") or _bytes(told, b"VmRSS")  # before Linux 4.5


def _share(number: int) -> int:
    """Its part of the memory: what is its own, and of what it shares with others as much as falls to it."""
    return _bytes(_told(number, "smaps_rollup"), b"Pss")


def _bytes(told: bytes, *names: bytes) -> int:
    return sum(int(size) * 1024 for name, size in _SIZE.findall(told) if name in names)


def _told(number: int, name: str) -> bytes:
    """What /proc tells of a process, in one read; nothing where it is gone. Pathlib takes four times as long, and this
    is asked of every process several times a second."""
    try:
        file = os.open(f"{_PROC}/{number}/{name}", os.O_RDONLY)
    except OSError:
        return b""
    try:
        return os.read(file, _MOST)
    except OSError:
        return b""
    finally:
        os.close(file)
