"""A process and those that it started: what they hold together."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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


def test_what_lies_in_a_file_is_not_counted(tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(b"x" * 2**27)
    script = (
        "import mmap, sys, time; file = open(sys.argv[1], 'rb'); x = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ);"
        "print(sum(x[at] for at in range(0, 2**27, 4096)) and 'there', flush=True); time.sleep(60)"
    )
    with running(script, str(tmp_path / "large")) as number:
        resident = (Path("/proc") / str(number) / "statm").read_text().split()[1]
        assert int(resident) * 4096 > 2**27, "it was read into memory"
        assert family.memory(number) < 2**26
        assert not family.over(number, 2**26)


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
