"""language.toml to its segments, and other texts for them back into it: byte for byte the same elsewhere."""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from hefte.errors import SourceError
from hefte.model import Place, Segment
from hefte.records.locate import locate, spans
from hefte.records.validate import together
from hefte.translation import words

FILE = "language.toml"
UNIT = "language"
_TOP = ("title", "subtitle", "description", "audience")
TABLES = ("labels", "editions")
"""Tables of which every value is translated."""
_HELPLINE = ("name", "does", "hours")


def split(text: str, path: Path) -> tuple[Segment, ...]:
    """The segments of language.toml: `language.title`, `language.labels.contents`, `language.helplines.113.does`.

    What is no TOML has none: the reader of sources says what is wrong with it.
    """
    text = unicodedata.normalize("NFC", text.removeprefix("\ufeff").replace("\r\n", "\n"))
    try:
        data, lines = tomllib.loads(text), locate(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return ()
    return tuple(
        Segment(f"{UNIT}.{'.'.join(key)}", FILE, "string", words.written(said), Place(path, lines[key]))
        for key, said in _strings(data)
    )


def fill(text: str, values: Mapping[str, str]) -> str:
    """`text` with other words for the segments that `values` names. An empty text becomes `[…]`.

    Raises SourceError for a segment that is not there.
    """
    start = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix("\ufeff")
    data = tomllib.loads(text.replace("\r\n", "\n"))
    said = {".".join(key): (key, value) for key, value in _strings(data)}
    where, changes, faults = spans(text), [], []
    for id, new in values.items():
        name = id.removeprefix(f"{UNIT}.")
        new = words.one_line(unicodedata.normalize("NFC", new))
        if name not in said:
            faults.append(SourceError(f"there is no text `{id}`", remedy="`hefte translate update` follows the source"))
        elif words.written(unicodedata.normalize("NFC", said[name][1])) != words.written(new):
            changes.append((where[said[name][0]], new or words.GAP))
    if faults:
        raise together(faults)
    for (begin, end), new in sorted(changes, reverse=True):
        text = text[:begin] + quoted(new, text[begin:end]) + text[end:]
    return start + text


def quoted(text: str, before: str = '"') -> str:
    """A TOML string, in single quotation marks where the one before was and it can be."""
    if re.match("'(?!'')", before) and "'" not in text:
        return f"'{text}'"
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def origin(text: str) -> str:
    """How the language came to be, as it says itself: `original`, `human`, `machine`; empty where it does not."""
    try:
        said = tomllib.loads(text).get("origin")
    except (tomllib.TOMLDecodeError, RecursionError):
        said = None
    return said if isinstance(said, str) else ""


def _strings(data: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every string that is translated, in the file's own order within each table."""
    for key in _TOP:
        yield from _said(data, (key,))
    for table in TABLES:
        said = data.get(table)
        for key in said if isinstance(said, dict) else ():
            yield from _said(data, (table, key))
    helplines = data.get("helplines")
    for id in helplines if isinstance(helplines, dict) else ():
        for key in _HELPLINE:
            yield from _said(data, ("helplines", id, key))


def _said(data: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    for key in path:
        data = data.get(key) if isinstance(data, dict) else None
    if isinstance(data, str) and data.strip():
        yield path, words.one_line(data)
