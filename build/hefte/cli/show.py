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
    return [_line(record) for record in sorted(records, key=_rank)]


def _rank(record: Mapping[str, Any]) -> tuple[int, str, int, int]:
    return _ORDER[record["severity"]], record.get("path", ""), record.get("line", 0), record.get("page", 0)


def _line(record: Mapping[str, Any]) -> Text:
    where = str(record.get("path", ""))
    if "line" in record:
        where += f":{record['line']}"
    if "page" in record:
        where = f"{where} page {record['page']}".lstrip()
    line = Text(f"{where}: " if where else "")
    line.append(record["severity"], style=_STYLES[record["severity"]])
    what = f"waived: {record['waived']}" if "waived" in record else record["remedy"]
    return line.append(f": {record['message']}; {what} [{record['check']}]")


def count(records: Iterable[Mapping[str, Any]]) -> str:
    """`1 error, 2 warnings, no notes` in words."""
    severities = [record["severity"] for record in records]
    numbers = {name: severities.count(name) for name in _ORDER}
    parts = [f"{number} {name}{'' if number == 1 else 's'}" for name, number in numbers.items() if number]
    return ", ".join(parts) or "no findings"


def print_json(value: Any) -> None:
    """JSON on standard output, as it is, for scripts."""
    print(json.dumps(value, indent=1, ensure_ascii=False))
