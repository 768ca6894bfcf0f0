"""Tasks in processes of their own: order, limits, failures, deaths, and what is left behind."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from buildkit import environment
from hefte import parallel
from hefte.errors import MissingToolError, SourceError
from hefte.model import Failure, Place
from hefte.parallel import Task, Tell

# Python 3.12 warns of any fork while there is another thread; the runner of the tests has one.
pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")


def silent(number: int, said: str) -> None:
    raise AssertionError(f"task {number} said {said}")


def pid(tell: Tell) -> int:
    return os.getpid()


def waiting(seconds: float, tell: Tell) -> float:
    time.sleep(seconds)
    return seconds


def raising(error: Exception, tell: Tell) -> None:
    raise error


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_results_come_in_the_order_of_the_tasks(jobs: int) -> None:
    tasks = [partial(waiting, seconds) for seconds in (0.2, 0.0, 0.1)]
    assert parallel.run(tasks, jobs, silent) == [0.2, 0.0, 0.1]


def test_no_tasks_no_results() -> None:
    assert parallel.run([], 4, silent) == []


def test_each_runs_in_a_process_of_its_own_and_one_alone_right_here() -> None:
    pids = parallel.run([pid, pid, pid], 2, silent)
    assert len({*pids, os.getpid()}) == 4
    assert parallel.run([pid], 2, silent) == [os.getpid()]
    assert parallel.run([pid, pid], 1, silent) == [os.getpid()] * 2


def meeting(folder: Path, expected: int, tell: Tell) -> tuple[float, float]:
    """Wait until so many have begun; when this one began and ended, by a clock that all processes share."""
    began = time.monotonic()
    (folder / str(os.getpid())).touch()
    while len(list(folder.iterdir())) < expected and time.monotonic() < began + 20:
        time.sleep(0.01)
    time.sleep(0.05)
    return began, time.monotonic()


@pytest.mark.parametrize("jobs", [2, 3])
def test_as_many_run_at_once_as_is_wished_and_no_more(jobs: int, tmp_path: Path) -> None:
    times = parallel.run([partial(meeting, tmp_path, jobs)] * 6, jobs, silent)
    at_once = [sum(other[0] <= began < other[1] for other in times) for began, _ in times]
    assert max(at_once) == jobs


def telling(tell: Tell) -> str:
    tell("first")
    tell("second")
    return "done"


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_a_task_tells_is_heard(jobs: int) -> None:
    heard: list[tuple[int, str]] = []
    results = parallel.run([telling, telling], jobs, lambda number, said: heard.append((number, said)))
    assert results == ["done", "done"]
    assert sorted(heard) == [(0, "first"), (0, "second"), (1, "first"), (1, "second")]
    assert heard.index((0, "first")) < heard.index((0, "second"))


def large(tell: Tell) -> bytes:
    return bytes(8_000_000)


def test_a_large_result_comes_through_the_pipe() -> None:
    assert parallel.run([large, large], 2, silent) == [bytes(8_000_000)] * 2


@pytest.mark.parametrize("jobs", [1, 2])
def test_one_that_fails_leaves_the_others(jobs: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    also = (MissingToolError("no font", remedy="find one"),)
    error = SourceError("bad word", remedy="mend it", place=Place(tmp_path / "a.md", 7), also=also)
    first, second = parallel.run([partial(raising, error), partial(waiting, 0.0)], jobs, silent)
    assert first == Failure(("a.md:7: bad word; mend it", "no font; find one"), 3)
    assert second == 0.0


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_bug_is_kept_with_its_traceback(jobs: int) -> None:
    _, failure = parallel.run([partial(waiting, 0.0), partial(raising, KeyError("lost"))], jobs, silent)
    assert (failure.lines, failure.exit_code) == (("a bug in hefte: KeyError: 'lost'",), 70)
    assert failure.traceback.startswith("Traceback (most recent call last):")
    assert failure.traceback.endswith("KeyError: 'lost'\n")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS])
def test_a_full_disk_is_no_bug(number: int) -> None:
    failure = parallel.attempt(partial(raising, OSError(number, os.strerror(number))), lambda said: None)
    remedy = "make room, or name another folder for them in TMPDIR; what was there before is untouched"
    assert failure == Failure((f"cannot write a temporary file: {os.strerror(number)}; {remedy}",), 4)


def dying(how: Any, tell: Tell) -> None:
    tell("about to die")
    how()


@pytest.mark.parametrize("how", [
    pytest.param(partial(os._exit, 0), id="exit"),
    pytest.param(lambda: os.kill(os.getpid(), signal.SIGKILL), id="kill"),
])
def test_one_that_dies_leaves_the_others(how: Any) -> None:
    heard: list[str] = []
    tasks: list[Task] = [partial(dying, how), partial(waiting, 0.1)]
    failure, other = parallel.run(tasks, 2, lambda _, said: heard.append(said))
    assert failure.lines == ("a worker process died without a word (out of memory, or a crash in a library)",)
    assert failure.exit_code == 70
    assert other == 0.1
    assert heard == ["about to die"]


def temporary(tell: Tell) -> str:
    folder = tempfile.mkdtemp(prefix="left-behind-")
    Path(folder, "font.ttf").write_bytes(b"x")
    return folder


def test_temporary_files_of_the_tasks_go_with_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    folders = parallel.run([temporary, temporary], 2, silent)
    assert len(set(folders)) == 2
    assert list(tmp_path.iterdir()) == []
    assert tempfile.gettempdir() == str(tmp_path)


NESTED = """
import sys, time
from functools import partial
from hefte import parallel

def leaf(tell):
    tell("up")
    time.sleep(60)

def branch(tell):
    return parallel.run([leaf, leaf], 2, lambda number, said: tell(said))

ups = []
def hear(number, said):
    ups.append(said)
    if len(ups) == 4:
        print("ready", flush=True)

try:
    parallel.run([branch, branch], 2, hear)
except KeyboardInterrupt:
    sys.exit(130)
"""


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("to_all", [True, False], ids=["terminal", "kill"])
def test_who_is_stopped_ends_all_that_was_started(number: signal.Signals, code: int, to_all: bool,
                                                  tmp_path: Path) -> None:
    """At a terminal Ctrl-C reaches every process of the group; `kill` reaches one."""
    process = subprocess.Popen(
        [sys.executable, "-c", NESTED], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
        env=environment(TMPDIR=str(tmp_path)),
    )
    with process:
        assert process.stdout is not None and process.stderr is not None
        assert process.stdout.readline() == "ready\n"
        assert len(group(process.pid)) == 7
        (os.killpg if to_all else os.kill)(process.pid, number)
        assert process.wait(10) in {code, -number}  # a shell says the same of both
        gone_by = time.monotonic() + 5
        while group(process.pid) and time.monotonic() < gone_by:
            time.sleep(0.02)
        assert group(process.pid) == []
        assert process.stderr.read() == ""
    assert list(tmp_path.iterdir()) == []


def test_children_of_one_that_was_killed_end_by_themselves(tmp_path: Path) -> None:
    """Nobody reads what they send any more: they must not wait for it for ever."""
    script = NESTED.replace("time.sleep(60)", "time.sleep(0.5); return bytes(1_000_000)")
    process = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
        env=environment(TMPDIR=str(tmp_path)),
    )
    with process:
        assert process.stdout is not None and process.stderr is not None
        assert process.stdout.readline() == "ready\n"
        process.kill()
        gone_by = time.monotonic() + 10
        while group(process.pid) and time.monotonic() < gone_by:
            time.sleep(0.05)
        assert group(process.pid) == []
        assert process.stderr.read() == ""


def group(number: int) -> list[int]:
    """The processes of a process group, zombies left out."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, of_group = path.read_text().rpartition(")")[2].split()[:3]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(of_group) == number and state != "Z":
            found.append(int(path.parent.name))
    return found
