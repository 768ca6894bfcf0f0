"""Keeps what costs time and depends on nothing but its inputs: a file named by their digest."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any


def folder() -> Path:
    """Where what is costly to make is kept from build to build: subsets of fonts, drawn covers, parsed hyphenation
    patterns, compiled templates, digests of segments; no text. It may be deleted at any time. XDG Base Directory
    Specification."""
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return Path(home) / "hefte"


def remember(where: Path | None, kind: str, inputs: Iterable[bytes], make: Callable[[], bytes]) -> bytes:
    """What `make` returns, or returned for the same inputs before. A cache that fails is done without."""
    if where is None:
        return make()
    digest = hashlib.sha256()
    for part in inputs:
        digest.update(hashlib.sha256(part).digest())
    path = where / f"{digest.hexdigest()}.{kind}"
    with contextlib.suppress(OSError):
        return _checked(path.read_bytes())
    data = make()
    with contextlib.suppress(OSError):
        _write(path, data)
    return data


def load(where: Path, name: str) -> bytes | None:
    """What was kept under a name that says nothing of its content; None where nothing was, or it is damaged."""
    try:
        return _checked((where / name).read_bytes())
    except OSError:
        return None


def keep(where: Path, name: str, data: bytes) -> None:
    """For `load`, in the place of what was kept before. A cache that fails is done without."""
    with contextlib.suppress(OSError):
        _write(where / name, data)


def clear() -> int:
    """Delete everything, and say how many files that were: a story that is withdrawn may stay nowhere, and whether a
    file here was made from its words is not to be seen from outside."""
    where = folder()
    number = sum(len(names) for _, _, names in os.walk(where))
    shutil.rmtree(where, ignore_errors=True)
    return number - sum(len(names) for _, _, names in os.walk(where))


def _checked(stored: bytes) -> bytes:
    """The data after its digest. Raises OSError where they do not belong together (a disk that was full)."""
    digest, data = stored[:32], stored[32:]
    if hashlib.sha256(data).digest() != digest:
        raise OSError("damaged")
    return data


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all: other languages are built at the same time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(hashlib.sha256(data).digest() + data)
    os.replace(file.name, path)


def templates(environment: str) -> Any:
    """A Jinja2 bytecode cache below `folder()`: damaged, or not to be written, it is done without. Jinja's own stops.

    Each environment needs one of its own: the same template compiles to other code where it escapes otherwise.
    """
    import jinja2
    from jinja2.bccache import Bucket

    where = folder() / "templates" / environment

    class Templates(jinja2.BytecodeCache):
        def load_bytecode(self, bucket: Bucket) -> None:
            with contextlib.suppress(OSError):
                bucket.bytecode_from_string(_checked((where / bucket.key).read_bytes()))

        def dump_bytecode(self, bucket: Bucket) -> None:
            with contextlib.suppress(OSError):
                _write(where / bucket.key, bucket.bytecode_to_string())

    return Templates()
