"""Turns words of the command line into a run of `hefte` in a process forked from one that has imported everything: all
is as in a new process, but for a second or two of imports."""

from __future__ import annotations

import atexit
import functools
import gc
import importlib
import json
import os
import pkgutil
import runpy
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_MOST = 2**17
"""Bytes of a message: words, folder and environment."""
_LATE = frozenset({
    "SOURCE_DATE_EPOCH", "XDG_CACHE_HOME", "TMPDIR", "PATH", "HEFTE_ACE", "HEFTE_AXE", "PYTEST_CURRENT_TEST",
    "HEFTE_TIMINGS",
})
"""What is read of the environment when it is needed. All else may matter to an import, or to Python itself."""
_SET = frozenset({"OPENBLAS_NUM_THREADS"})
"""What hefte itself sets in a process with limits (limits.py), and a test that is such a process keeps."""
_FONTS = "FONTCONFIG_FILE"
"""What the import of the renderers sets."""
_BUSY = threading.Lock()
_AT_FIRST = dict(os.environ)
"""Before any test changed it."""


def run(words: list[str], cwd: Path, environment: Mapping[str, str]) -> tuple[int, str, str] | None:
    """How `hefte` ended, what it said to standard output and to standard error. None where it has to be a new process:
    its environment differs in what is read early."""
    from hefte import renderers

    ours = str(Path(renderers.__file__).with_name("fonts.conf"))
    told = {name: value for name, value in environment.items() if (name, value) != (_FONTS, ours)}
    with _BUSY, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        source, given = _source()
        if {name for name in {*given, *told} if given.get(name) != told.get(name)} - _LATE - _SET:
            return None
        message = json.dumps([words, str(cwd), told]).encode()
        assert len(message) < _MOST
        socket.send_fds(source, [message], [out.fileno(), err.fileno()])
        ended = source.recv(_MOST)
        assert ended, "the process that is forked has died"
        out.seek(0)
        err.seek(0)
        return int(ended), out.read().decode(), err.read().decode()


def given() -> dict[str, str]:
    """The environment in which no new process is needed."""
    return dict(_source()[1])


@functools.cache
def _source() -> tuple[socket.socket, Mapping[str, str]]:
    """A connection to the process that is forked, and the environment in which it imports."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    environment = {name: value for name, value in _AT_FIRST.items() if name != _FONTS}
    environment["PYTHONPATH"] = str(Path(__file__).parents[1] / "build")
    with theirs:
        subprocess.run(
            [sys.executable, __file__, str(theirs.fileno())], pass_fds=(theirs.fileno(),), env=environment, check=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        )
    atexit.register(ours.close)
    return ours, environment


# --- in the process that is forked ------------------------------------------------------------------------------------


_interrupted: Any = None
"""What comes of Ctrl-C in a new process; the one that is forked is ended with the tests."""


def _serve(asked: socket.socket) -> None:
    """Fork for each message until nobody is there to send one. Returns in the processes that are to run `hefte`."""
    while True:
        message, (*files,), _, _ = socket.recv_fds(asked, _MOST, 2)
        if not message:
            os._exit(0)
        with warnings.catch_warnings():  # from Python 3.12 on, of threads: numpy's, which wait for nothing here
            warnings.simplefilter("ignore", DeprecationWarning)
            child = os.fork()
        if child == 0:
            asked.close()
            _become(files, *json.loads(message))
            return
        for file in files:
            os.close(file)
        asked.send(str(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])).encode())


def _become(files: list[int], words: list[str], cwd: str, environment: dict[str, str]) -> None:
    """Make this process what `python -m hefte` with these words would be after its imports."""
    for number, file in enumerate(files, 1):
        os.dup2(file, number)
        os.close(file)
    fonts = os.environ[_FONTS]
    os.environ.clear()
    os.environ.update({**environment, _FONTS: fonts})
    os.chdir(cwd)
    sys.path[0] = cwd
    sys.argv[1:] = words
    signal.signal(signal.SIGINT, _interrupted)


def _import_everything() -> None:
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # threads would not be there any more after a fork
    import hefte

    for module in pkgutil.walk_packages(hefte.__path__, "hefte."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    gc.freeze()  # else each child would copy all of it when it first tidies up


if __name__ == "__main__":
    connection = socket.socket(fileno=int(sys.argv[1]))
    if os.fork():
        os._exit(0)  # whoever asks does not become its parent: what a test starts is counted by tests
    _interrupted = signal.signal(signal.SIGINT, signal.SIG_IGN)
    _import_everything()
    _serve(connection)
    runpy.run_module("hefte", run_name="__main__", alter_sys=True)
