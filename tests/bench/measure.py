"""A command into what it cost: seconds by the clock and of processor time, and the memory of its largest process."""

from __future__ import annotations

import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took, or the medians of several."""

    wall_s: float
    cpu_s: float
    """Of the process and all its descendants, user and system."""
    peak_mb: float
    """The most memory that any one process of it held (resident set)."""


def run(
    command: Sequence[str], environment: Mapping[str, str] | None = None, allowed: Collection[int] = (0,),
) -> Cost:
    """Run to the end. Raises RuntimeError, with what the command said, where its exit code is not `allowed`."""
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        # An installed program has its bytecode at hand; some test machines forbid to write any.
        variables = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", **(environment or {})}
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT, env=variables,
        )
        # The kernel adds the times of reaped children, and takes the largest of their memories.
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in allowed:
            said.seek(0)
            raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n{said.read().decode()}")
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def median(costs: Iterable[Cost]) -> Cost:
    """The median of each figure by itself."""
    figures = [(cost.wall_s, cost.cpu_s, cost.peak_mb) for cost in costs]
    return Cost(*(statistics.median(column) for column in zip(*figures, strict=True)))
