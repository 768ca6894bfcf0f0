"""Ctrl-C and SIGTERM, where a library swallows what they raise, and where they have to wait."""

from __future__ import annotations

import subprocess
import sys

import pytest

from buildkit import environment

SWALLOWING = """
import os, signal
from hefte import interrupts, parallel

def task(tell):
    try:  # as weasyprint.images draws a picture
        os.kill(os.getpid(), signal.{name})
    except BaseException:
        print("swallowed", flush=True)
    {then}
    print("went on", flush=True)

interrupts.listen()
with interrupts.ending():
    try:
        parallel.run([task], 1, lambda _, said: print(said))
    except KeyboardInterrupt:
        print("interrupted")
"""
FINALIZER = """
import os, signal
from hefte import interrupts

class Drawn:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)
        for _ in range(100): pass

interrupts.listen()
drawn = Drawn()
del drawn
print("went on")
interrupts.heard()
"""
HELD = """
import os, signal, threading
from hefte import interrupts

def other():  # a thread that masks nothing, like that of a progress bar
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIG{name}])
    signal.pthread_kill(threading.get_ident(), signal.SIG{name})

interrupts.listen()
with interrupts.ending():
    try:
        with interrupts.held():
            thread = threading.Thread(target=other)
            thread.start()
            thread.join()
            print("the end of it", flush=True)
    except KeyboardInterrupt:
        print("interrupted")
    print("went on")
"""


def python(script: str) -> tuple[int, str, str]:
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment(), timeout=60)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(("name", "code", "said"), [("SIGINT", 0, "interrupted\n"), ("SIGTERM", 143, "")])
@pytest.mark.parametrize(("then", "went_on"), [
    ("", "went on\n"), ("raise OSError('what came of it')", ""), ("tell('writing')", ""),
], ids=["ends", "fails", "tells"])
def test_what_a_library_swallows_is_raised_again(name: str, code: int, said: str, then: str, went_on: str) -> None:
    script = SWALLOWING.format(name=name, then=then)
    assert python(script) == (code, f"swallowed\n{went_on}{said}", "")


def test_what_a_finalizer_swallows_is_raised_again() -> None:
    code, out, err = python(FINALIZER)
    assert (code, out) == (-2, "went on\n")
    assert err.startswith("Exception ignored in: <function Drawn.__del__")
    assert err.endswith("KeyboardInterrupt\n")


@pytest.mark.parametrize(("name", "code", "said"), [("INT", 0, "interrupted\nwent on\n"), ("TERM", 143, "")])
def test_what_another_thread_takes_waits_too(name: str, code: int, said: str) -> None:
    assert python(HELD.format(name=name)) == (code, f"the end of it\n{said}", "")


def test_what_another_thread_holds_is_not_held_for_this_one() -> None:
    script = """
import os, signal, threading, time
from hefte import interrupts

def other():
    with interrupts.held():
        begun.set()
        done.wait(10)

begun, done = threading.Event(), threading.Event()
thread = threading.Thread(target=other)
interrupts.listen()
thread.start()
begun.wait()
try:
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(5)
    print("too late")
except KeyboardInterrupt:
    print("at once")
done.set()
thread.join()
"""
    assert python(script) == (0, "at once\n", "")


def test_whoever_was_told_to_ignore_ctrl_c_ignores_it() -> None:
    script = "import os, signal\nfrom hefte import interrupts\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n"
    script += "interrupts.listen()\nos.kill(os.getpid(), signal.SIGINT)\ninterrupts.heard()\nprint('went on')"
    assert python(script) == (0, "went on\n", "")
