"""A language's hyphenation patterns into pyphen's memory, from a cache: parsing them costs a sixth of a second."""

from __future__ import annotations

import marshal
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyphen

from hefte import cache


def prime(languages: Iterable[str], where: Path) -> None:
    """Lay the patterns of `languages` (BCP 47), as far as there are any, where WeasyPrint looks: `pyphen.hdcache`."""
    for language in languages:
        name = pyphen.language_fallback(language.replace("-", "_"))
        path = pyphen.LANGUAGES.get(name) if name else None
        if path is not None and path not in pyphen.hdcache:
            pyphen.hdcache[path] = _dictionary(path, where)


def _dictionary(path: Path, where: Path) -> Any:
    inputs = (path.read_bytes(), str(marshal.version).encode())
    patterns = marshal.loads(cache.remember(where, "hyphens", inputs, lambda: marshal.dumps(_parsed(path))))
    if not patterns:
        return pyphen.HyphDict(path)
    dictionary = pyphen.HyphDict.__new__(pyphen.HyphDict)
    dictionary.patterns, dictionary.cache, dictionary.maxlen = patterns, {}, max(map(len, patterns))
    return dictionary


def _parsed(path: Path) -> dict[str, tuple[int, tuple[int, ...]]]:
    """Pattern → where its numbers begin, and the numbers. Empty where they are more than numbers (Hungarian's
    spelling changes, say): such a dictionary is not kept."""
    patterns = pyphen.HyphDict(path).patterns
    plain = all(type(value) is int for _, values in patterns.values() for value in values)
    return dict(patterns) if plain else {}
