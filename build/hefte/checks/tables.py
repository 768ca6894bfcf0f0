"""The tables of words beside this module (checks/data/*.toml) to what a check asks of them, by language."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """All that `data/<name>.toml` holds."""
    return tomllib.loads((Path(__file__).parent / "data" / f"{name}.toml").read_text(encoding="utf-8"))


def of_language(name: str, language: str) -> dict[str, Any]:
    """What a table has for a language, by its tag or the first part of it (`fa-AF`, `fa`); empty where it has none."""
    languages = table(name)
    found: dict[str, Any] = languages.get(language) or languages.get(language.split("-")[0]) or {}
    return found
