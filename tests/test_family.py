"""A process and those that it started: what they hold together."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from hefte import family


@contextmanager
def running(script: str, *words: str, said: int = 1) -> Iterator[int]:
    """A Python program's number, once `there` was said so often."""
    command = [sys.executable, "-c", script, *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert [process.stdout.readline() for _ in range(said)] == [b"there\n"] * said
        try:
            yield process.pid
        finally:
            family.end(process.pid)


def test_memory_of_a_family_is_counted() -> None:
    script = "x = bytearray(2**27); import time; print('there', flush=True); time.sleep(60)"
    command = ["sh", "-c", '"$0" -c "$1" & wait', sys.executable, script]
    with subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True) as process:
        assert process.stdout is not None and process.stdout.readline() == b"there\n"
        assert 2**27 < family.memory(process.pid) < 2**28
        assert len(family.below(process.pid)) == 1
        family.end(process.pid)
    assert process.returncode == -signal.SIGKILL


def test_what_is_shared_counts_once() -> None:
    """Two processes that share 128 MB, which the first had filled."""
    script = "import os, time; x = bytearray(b'x') * 2**27; os.fork(); os.write(1, b'there\\n'); time.sleep(60)"
    with running(script, said=2) as number:
        assert family.over(number, 2**27)
        assert not family.over(number, 2**27 + 2**26)


def test_what_two_share_through_memory_counts_once() -> None:
    script = (
        "import mmap, os, time; x = mmap.mmap(-1, 2**27); x.write(b'x' * 2**27); pid = os.fork(); x.seek(0); x.read(); "
        "os.write(1, b'there\\n'); time.sleep(60)"
    )
    with running(script, said=2) as number:
        assert family.over(number, 2**27)
        assert not family.over(number, 2**27 + 2**27)


@pytest.mark.parametrize(("held", "share", "asked", "over"), [
    (700, 2000, False, False),  # with 256 MB in files it stays below
    (800, 900, True, False),
    (800, 1100, True, True),
])
def test_parts_are_told_only_where_memory_is_short(
    held: int, share: int, asked: bool, over: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    def tell(number: int, name: str) -> bytes:
        told.append(name)
        size = held if name == "status" else share
        half, whole = size * 512, size * 1024
        return f"RssAnon:\t {half} kB\nRssFile:\t 9 kB\nRssShmem:\t {half} kB\nPss:  {whole} kB\n".encode()

    monkeypatch.setattr(family, "_told", tell)
    monkeypatch.setattr(family, "below", lambda pid: {})
    assert family.over(1, 1000 * 2**20) is over
    assert told == ["status", "smaps_rollup"][: 1 + asked]


@pytest.mark.parametrize(("told", "size"), [
    (b"Name:\tx\nVmRSS:\t    900 kB\nRssAnon:\t     300 kB\nRssFile:\t   500 kB\nRssShmem:\t     100 kB\n", 400),
    (b"Name:\tRssAnon:  9 kB\nVmRSS:\t    900 kB\nThreads:\t1\n", 900),  # Linux before 4.5 tells no more
    (b"", 0),  # it is gone
])
def test_what_kernels_tell(told: bytes, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(family, "_told", lambda number, name: told)
    assert family._held(1) == size * 1024


def test_a_process_that_is_gone_holds_nothing() -> None:
    with subprocess.Popen(["true"]) as process:
        process.wait()
    assert (family.memory(process.pid), family.below(process.pid)) == (0, {})
