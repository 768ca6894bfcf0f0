"""Ebooks into what Ace by DAISY finds in them: accessibility, as a reading system with a browser inside sees it.

Ace runs on Node and drives a Chromium. It is no Python package: `make test` installs it below tests/tools, and a user
puts it on the PATH.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hefte.errors import MissingToolError
from hefte.limits import WATCHED
from hefte.model import Finding, Severity
from hefte.tools import chromium
from hefte.tools.process import Outcome, run

NAME = "Ace by DAISY"
CHECK = "ace"
"""The id of what it finds."""

_CHECKOUT = Path(__file__).resolve().parents[3] / "tests" / "tools" / "node_modules" / ".bin" / "ace-cli"
_SEVERITY = {
    "critical": Severity.ERROR, "serious": Severity.ERROR, "moderate": Severity.WARNING, "minor": Severity.WARNING,
}
_TIMEOUT_S = 300
_START_MS = 30_000
"""How long Chromium may take to start. Ace's own limit of 5 s is too short for a busy machine."""
_WRAPPER = f"""#!/bin/sh
exec "$HEFTE_CHROMIUM" {" ".join(chromium.FLAGS)} "$@"
"""
"""Ace has no option for the browser's flags, but Puppeteer, which drives it, starts any program that it is told."""


def probe() -> str | None:
    """The version of Ace that can run here; None where Ace, Node or Chromium is missing."""
    ace = _ace()
    if ace is None or chromium.find() is None or shutil.which("node") is None:
        return None
    package = ace.resolve().parents[1] / "package.json"
    if not package.is_file():
        return "of unknown version"
    return str(json.loads(package.read_text(encoding="utf-8"))["version"])


def check(
    files: Sequence[Path], seconds: float | None = None, beside: int | None = None,
) -> dict[Path, list[Finding]]:
    """What Ace finds in each of `files`, EPUBs, within `seconds` for all of them where that is said. `beside`
    as in process.run. Raises MissingToolError where Ace, Node or Chromium is missing."""
    ace, browser = _ace(), chromium.find()
    if ace is None or browser is None or shutil.which("node") is None:
        raise MissingToolError(
            "Ace by DAISY is not complete here: it needs Node, the npm package @daisy/ace-cli, and Chromium",
            remedy="run `make test` once, or install them and put `ace-cli` on the PATH (or name it in HEFTE_ACE)",
        )
    if seconds is None:
        return {file: _check(ace, browser, file, _TIMEOUT_S, None, None) for file in files}
    end = time.monotonic() + seconds
    shares = ((file, max(1.0, (end - time.monotonic()) / (len(files) - n))) for n, file in enumerate(files))
    return {file: _check(ace, browser, file, share, WATCHED, beside) for file, share in shares}


def _check(
    ace: Path, browser: str, file: Path, limit_s: float, memory: int | None, beside: int | None,
) -> list[Finding]:
    with tempfile.TemporaryDirectory(prefix="hefte-ace-", ignore_cleanup_errors=True) as folder:
        command = ["node", str(ace), "--silent", "--force", "--outdir", f"{folder}/report", str(file.absolute())]
        environment = _environment(browser, Path(folder))
        outcome = run(command, timeout_s=limit_s, environment=environment, memory=memory, beside=beside)
        report = Path(folder) / "report" / "report.json"
        if not report.is_file():
            return [_no_report(file, outcome, limit_s)]
        return _findings(file, json.loads(report.read_text(encoding="utf-8")))


def _ace() -> Path | None:
    named = os.environ.get("HEFTE_ACE") or shutil.which("ace-cli")
    ace = Path(named) if named else _CHECKOUT
    return ace if ace.is_file() else None


def _environment(browser: str, folder: Path) -> Mapping[str, str]:
    """Chromium behind the wrapper; what both of them keep goes into `folder`, not into the user's home."""
    wrapper = folder / "chromium"
    wrapper.write_text(_WRAPPER, encoding="utf-8")
    wrapper.chmod(0o755)
    return {
        "HEFTE_CHROMIUM": browser, "PUPPETEER_EXECUTABLE_PATH": str(wrapper), "ACE_TIMEOUT_INITIAL": str(_START_MS),
        "HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_STATE_HOME": str(folder), "TMPDIR": str(folder),
    }


def _no_report(file: Path, outcome: Outcome, limit_s: float) -> Finding:
    if outcome.greedy:
        why = "took more memory than it may"
    elif outcome.status is None:
        why = f"was stopped after {limit_s:.0f} s"
    else:
        why = f"gave no report; it said: {outcome.said.splitlines()[-1] if outcome.said else 'nothing'}"
    return Finding(CHECK, Severity.ERROR, f"{NAME} {why}", "check the file by hand", path=file)


def _findings(file: Path, report: dict[str, Any]) -> list[Finding]:
    return [
        _read(file, document["earl:testSubject"]["url"], assertion)
        for document in report["assertions"]
        for assertion in document["assertions"]
        if assertion["earl:result"]["earl:outcome"] == "fail"
    ]


def _read(file: Path, document: str, assertion: dict[str, Any]) -> Finding:
    test, result = assertion["earl:test"], assertion["earl:result"]
    help_ = test["help"]
    severity = _SEVERITY[test["earl:impact"]]
    css = result.get("earl:pointer", {}).get("css", [])
    where = ", ".join(filter(None, (document, *css[:1])))
    text = " ".join(result["dct:description"].split()).rstrip(".")
    return Finding(
        CHECK, severity, f"{test['dct:title']}: {text} ({where})", f"{help_['dct:description']}: {help_['url']}",
        path=file, blocks_release=severity is Severity.WARNING,
    )
