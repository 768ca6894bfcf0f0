"""`hefte schema`: the JSON Schemas of the TOML files, and of report.json."""

from __future__ import annotations

import json
from pathlib import Path

from hefte import files, publication
from hefte.cli.show import print_json


def run(out: Path | None) -> int:
    """Print all schemas as one object, or write one file each into `out`."""
    from hefte.report.schema import schema

    schemas = {**publication.schemas(), "report.json": schema()}
    if out is None:
        print_json(schemas)
        return 0
    texts = {f"{Path(name).stem}.schema.json": json.dumps(schema, indent=1) + "\n" for name, schema in schemas.items()}
    written = {name: text.encode() for name, text in texts.items()}
    files.put(out, written)
    for name in sorted(written):
        print(out / name)
    return 0
