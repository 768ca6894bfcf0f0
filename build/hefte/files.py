"""Turns bytes into files that are there whole or not at all: written beside, then moved into place."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import MappingProxyType

from hefte import interrupts
from hefte.errors import OutputError
from hefte.model import Place

_NONE: Mapping[Path, bytes] = MappingProxyType({})


@contextmanager
def output_errors(folder: Path) -> Iterator[None]:
    """Turns the system's refusal to write below `folder` (disk full, no permission) into an OutputError."""
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"cannot write the output: {error.strerror or error}",
            remedy="make room or choose another folder with --out; what was there before is untouched",
            place=Place(Path(error.filename) if isinstance(error.filename, str) else folder),
        ) from error


def put(
    folder: Path, files: Mapping[str, bytes], remove: Iterable[str] = (), also: Mapping[Path, bytes] = _NONE,
) -> None:
    """Write `files` (path below `folder` → content), each of them whole, and take away those in `remove`. `also`: files
    elsewhere, which come last.

    They are first written into a hidden folder on the same disk and moved when all are there: a full disk or a crash
    leaves what was there before. Each move is atomic, not all of them together; Ctrl-C waits until all are made. Raises
    OutputError.
    """
    with ExitStack() as stack, output_errors(folder):
        staged = [(stack.enter_context(_staged(path.parent)) / path.name, path) for path in also]
        for beside, path in staged:
            _write(beside, also[path])
            _make_way(path)
        beside = stack.enter_context(_staged(folder))
        for name, content in files.items():
            _write(beside / name, content)
        for name in files:  # all of them before the first is moved
            _make_way(folder / name)
        interrupts.heard()
        with interrupts.held():
            interrupts.placed()
            for name in files:
                (beside / name).replace(folder / name)
            for name in remove:
                (folder / name).unlink(missing_ok=True)
            for ready, path in staged:
                ready.replace(path)


@contextmanager
def _staged(folder: Path) -> Iterator[Path]:
    """A hidden folder on the same disk as the files that are moved out of it."""
    folder.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=".hefte-", dir=folder))
    try:
        yield beside
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _make_way(target: Path) -> None:
    """See that a file can be moved to `target`: its folder is there, and no folder has its name."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
