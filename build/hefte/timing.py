"""Turns steps of a build into how long they took, for `make bench`."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager

from hefte.model import Step


class Clock:
    """Collects the steps of one process."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.steps: list[Step] = []

    @contextmanager
    def __call__(self, step: str, edition: str = "") -> Iterator[None]:
        """Times what runs inside."""
        wall, cpu = time.perf_counter(), time.process_time()
        yield
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        took = Step(step, self.language, edition, time.perf_counter() - wall, time.process_time() - cpu, peak)
        self.steps.append(took)
