"""A TOML file to its values, each with the place where it stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from hefte.errors import SourceError
from hefte.model import Place
from hefte.records.locate import Key, locate
from hefte.records.text import read_text
from hefte.records.validate import validate

_AT = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class TomlFile:
    """A parsed file."""

    path: Path
    text: str
    data: dict[str, Any]

    @cached_property
    def _lines(self) -> Mapping[Key, int]:
        try:
            return locate(self.text)
        except RecursionError:  # brackets within brackets by the hundred
            return {(): 1}

    def place(self, *key: str | int) -> Place:
        """Where a key stands; where it is not written, the nearest table around it."""
        while key and key not in self._lines:
            key = key[:-1]
        return Place(self.path, self._lines[key])

    def validated(self, model: type[M]) -> M:
        """The file as `model`; SourceError for every way in which it is not one."""
        return validate(model, self.data, self.place)


def read_toml(root: Path, path: Path) -> TomlFile:
    """A TOML file below `root`. Raises SourceError if it cannot be read, or at the line where its grammar breaks."""
    text = read_text(root, path)
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _broken(path, text, str(error)) from None
    return TomlFile(path, text, data)


def _broken(path: Path, text: str, said: str) -> SourceError:
    at = _AT.search(said)
    line = int(at.group(1)) if at and at.group(1) else text.rstrip("\n").count("\n") + 1
    reason = _AT.sub("", said)
    return SourceError(
        f"not TOML: {reason[:1].lower()}{reason[1:]}", place=Place(path, line),
        remedy="write `key = \"value\"` under `[table]`, and close every quotation mark and bracket",
    )
