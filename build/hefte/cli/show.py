"""Turns findings and failures into lines on a terminal. Colour only where the terminal is one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Console
from rich.text import Text

_STYLES = {"error": "bold red", "warning": "yellow", "note": "dim"}
_ORDER = {"error": 0, "warning": 1, "note": 2}


def console() -> Console:
    """Standard output. Rich leaves the colours out where it is no terminal."""
    return Console(highlight=False, soft_wrap=True)


def finding_lines(records: Iterable[Mapping[str, Any]]) -> list[Text]:
    """One line a finding (as in report.json), the gravest first: `path:line: severity: what; what to do [id]`."""
    ordered = sorted(records, key=lambda r: (_ORDER[r["severity"]], r.get("path", ""), r.get("line", 0), r.get("page", 0)))
    return [_line(record) for record in ordered]


def _line(record: Mapping[str, Any]) -> Text:
    where = str(record.get("path", ""))
    if "line" in record:
        where += f":{record['line']}"
    if "page" in record:
        where += f" page {record['page']}"
    line = Text(f"{where}: " if where else "")
    line.append(record["severity"], style=_STYLES[record["severity"]])
    return line.append(f": {record['message']}; {record['remedy']} [{record['check']}]")


def count(records: Iterable[Mapping[str, Any]]) -> str:
    """`1 error, 2 warnings, no notes` in words."""
    severities = [record["severity"] for record in records]
    parts = [f"{severities.count(name)} {name}{'' if severities.count(name) == 1 else 's'}" for name in _ORDER if name in severities]
    return ", ".join(parts) or "no findings"


def print_json(value: Any) -> None:
    """JSON on standard output, as it is, for scripts."""
    print(json.dumps(value, indent=1, ensure_ascii=False))
