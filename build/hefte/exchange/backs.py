"""What reviewers wrote of a translation word by word in the source's language: kept beside it, given out again.

`back-translation.toml` in the language folder, one line a segment, so that it merges. Each is bound to the target that
it was written of: once that changes, it is dropped, and so is what belongs to a story that may not be translated.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path

from hefte.errors import SourceError
from hefte.model import Place
from hefte.records.text import read_text

FILE = "back-translation.toml"
_HEAD = "# Written by hefte: what reviewers say that the translation says, and of which text they said it.\n"

Backs = Mapping[str, tuple[str, str]]
"""Id of the segment → digest of the target that it was written of, and the words."""


def load(root: Path, language: str) -> dict[str, tuple[str, str]]:
    """What is kept of a language. `root` is the publication's folder. Raises SourceError if it cannot be read."""
    path = root / "chapters" / language / FILE
    if not path.exists():
        return {}
    try:
        said = tomllib.loads(read_text(root, path))
        return {id: (str(each["of"]), str(each["says"])) for id, each in said.items()}
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError):
        raise SourceError(
            "the back-translations cannot be read", place=Place(path), remedy="delete the file, or restore it",
        ) from None


def dump(backs: Backs) -> bytes:
    """The file, sorted by id."""
    lines = [f"{_quoted(id)} = {{ of = {_quoted(of)}, says = {_quoted(says)} }}\n" for id, (of, says) in backs.items()]
    return (_HEAD + "".join(sorted(lines))).encode()


def _quoted(text: str) -> str:
    """As a basic string of TOML, whose escapes are those of JSON."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def merged(kept: Backs, brought: Backs, targets: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """What is kept after an import. `targets`: id → digest of the target as it stands now; no withheld stories."""
    return {id: (of, says) for id, (of, says) in {**kept, **brought}.items() if targets.get(id) == of and says}
