"""Ebooks into what a reading system makes of them: foliate-js opens the whole book.

It runs in the machine's Chromium, which gets nothing but the book and the reader: no net, no other file.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from hefte.tools import chromium, process

_HERE = Path(__file__).parent
_TIMEOUT_S = 180


def foliate(book: Path) -> dict[str, Any]:
    """What foliate-js makes of an EPUB.

    `title`, `language`, `dir`, `sections` (how many); `toc` and `pages` (each `label`, `href`, `depth`); `landmarks`
    (`type`, `href`); `visits`, one for each of `toc` and then of `pages`: `href`, `exists`, `lang`, `dir`, `direction`,
    `family`, `heading`, `fonts` (family, weight and style → `loaded`, `unloaded` where nothing needs it, `error`),
    `entry` and `page` (the labels that the reader shows there); `missed` (addresses asked for in vain); `errors`.
    """
    seen: dict[str, Any] = _run("foliate.mjs", book)
    return seen


def _run(script: str, subject: Path) -> Any:
    program = chromium.find()
    assert program is not None, "Chromium is missing: `make test` installs it"
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.json"
        command = ["node", str(_HERE / script), str(out), program, json.dumps(chromium.FLAGS), str(subject.resolve())]
        outcome = process.run(command, timeout_s=_TIMEOUT_S)
        assert outcome.status == 0, f"{script} failed ({outcome.status}): {outcome.said}"
        return json.loads(out.read_text(encoding="utf-8"))
