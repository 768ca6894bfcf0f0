"""Turns Ctrl-C and a polite `kill` into the end of what runs, even where a library swallows the exception that they
raise."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_asked: list[BaseException] = []
"""What signals raised, or would have raised."""
_holding: list[None] = []
"""As long as there are holds of `held`."""
_placed: list[None] = []
"""Not empty where files are in their places already."""


def placed() -> None:
    """Files are moved into place from here on."""
    _placed.append(None)


def said() -> str:
    """What is true of files that were there before an interrupt."""
    if _placed:
        return "interrupted after files were put into place: each of them is whole"
    return "interrupted; nothing that was there before has been changed"


def listen() -> None:
    """From now on Ctrl-C is remembered as well as raised. Not where the process was started to ignore it (nohup)."""
    _asked.clear()
    _placed.clear()
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupted)


def heard() -> None:
    """To be called between steps of a long work, and before the first one that cannot be undone.

    Raises what a signal raised before, KeyboardInterrupt or SystemExit. It may have come to nothing: WeasyPrint catches
    every exception while it draws a picture, and Python every one that a finalizer lets out.
    """
    if _asked:
        raise _asked[0]


@contextmanager
def ending() -> Iterator[None]:
    """A polite `kill` (SIGTERM) ends what runs inside like Ctrl-C: what is open is closed on the way out."""
    ours = _is_main()  # only there may handlers be set
    before = signal.signal(signal.SIGTERM, _end) if ours else None
    try:
        yield
    finally:
        if ours:
            signal.signal(signal.SIGTERM, before)


@contextmanager
def held() -> Iterator[None]:
    """SIGINT and SIGTERM wait until this ends, and are raised then; a process that is forked inside lets them come when
    it is ready.

    The mask holds them for processes that are forked, and where Python has the handler of the system. It holds them for
    this thread only: one that is taken by another (of a progress bar) is put off by our own handlers. Those run in the
    main thread, so that it alone can put them off.
    """
    ours = _is_main()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    known = len(_asked)
    if ours:
        _holding.append(None)
    try:
        yield
    finally:
        if ours:
            _holding.pop()
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        if ours and not _holding and len(_asked) > known:
            heard()


def left_to_parent() -> None:
    """In a process that was forked while signals were held: Ctrl-C, which reaches every process at a terminal, is for
    the first one to hear; it ends the others with SIGTERM."""
    _asked.clear()
    _holding.clear()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)


def _is_main() -> bool:
    return threading.current_thread() is threading.main_thread()


def _interrupted(*_: Any) -> None:
    _raise(KeyboardInterrupt())


def _end(number: int, _: Any) -> None:
    _raise(SystemExit(128 + number))  # as shells have it; what is open is closed on the way out


def _raise(error: BaseException) -> None:
    _asked.append(error)
    if not _holding:
        raise error
