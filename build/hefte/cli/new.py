"""`hefte new`: a folder name in, a small complete publication out."""

from __future__ import annotations

import datetime as dt
import shlex
from pathlib import Path

from hefte import digests, files
from hefte.errors import UsageError

_TEMPLATE = Path(__file__).resolve().parents[1] / "template"


def run(folder: Path, *, quiet: bool) -> int:
    """Write the publication, dated today, into `folder`, which must be empty or not there yet. Raises UsageError."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is there already and is not empty", remedy="name a folder that does not exist yet")
    today = dt.date.today()
    values = {b"@TODAY@": today, b"@NEXT-YEAR@": today + dt.timedelta(days=365)}
    contents = {name: path.read_bytes() for name, path in digests.below(_TEMPLATE).items()}
    for mark, day in values.items():
        contents = {name: content.replace(mark, day.isoformat().encode()) for name, content in contents.items()}
    files.put(folder, contents)
    if not quiet:
        print(f"made {folder} with {len(contents)} files; build it with: hefte build {shlex.quote(str(folder))}")
    return 0
