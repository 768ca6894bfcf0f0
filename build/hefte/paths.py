"""A path as a source writes it, to a file inside the publication; a path that leaves it is refused.

A translation comes from outside: it must not be able to read the machine that builds it.
"""

from __future__ import annotations

import re
from pathlib import Path

from hefte.errors import SourceError
from hefte.model import Place

_SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:|^//")


def inside(root: Path, folder: Path, written: str, place: Place) -> Path:
    """The file that `written` names, seen from `folder`; resolved, and below `root`. It need not exist.

    Raises SourceError for an address on the net, an absolute path, a backslash, and a path that leaves `root`, be it
    by `..` or by a symbolic link.
    """
    if _SCHEME.match(written):
        raise SourceError(
            f"`{written}` is an address, not a file of this publication", place=place,
            remedy="copy the file into the publication and write its path",
        )
    if written.startswith("/") or "\\" in written or "\0" in written:
        raise SourceError(
            f"`{written}` is not a relative path", place=place,
            remedy=f"write the path from {_shown(root, folder)}, with `/`",
        )
    return contained(root, folder / written, written, place)


def _shown(root: Path, folder: Path) -> str:
    return "the publication's folder" if folder == root else f"{folder.relative_to(root)}/"


def contained(root: Path, path: Path, written: str, place: Place) -> Path:
    """`path`, resolved, if it lies below `root` after every `..` and symbolic link is followed; SourceError if not."""
    try:
        resolved = path.resolve()
    except (OSError, RuntimeError):  # RuntimeError: a loop of symbolic links, before Python 3.13
        resolved = None
    if resolved is None or not resolved.is_relative_to(root.resolve()):
        raise SourceError(
            f"`{written}` leads out of the publication", place=place,
            remedy="copy the file into the publication and write its path",
        )
    return resolved
