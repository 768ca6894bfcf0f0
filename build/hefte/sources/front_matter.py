"""The YAML between the two `---` lines that begin a text, to its values."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel

from hefte.errors import SourceError
from hefte.model import Place
from hefte.records.validate import validate

_FENCE = re.compile(r"(?:---|\.\.\.)[ \t]*")
_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

M = TypeVar("M", bound=BaseModel)


def front_matter(text: str, path: Path, model: type[M]) -> tuple[M, int]:
    """The front matter as `model`, and the number of the line that closes it.

    Every value is text or a list of texts, whatever YAML would make of it (`title: No` is the word).
    Raises SourceError if there is none, if it is not closed, is not YAML, has a key twice, or is not as `model` says.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        raise SourceError(
            "no front matter", place=Place(path), remedy="begin with a line `---`, then `title: …`, then `---`",
        )
    end = next((number for number, line in enumerate(lines[1:], 1) if _FENCE.fullmatch(line)), 0)
    if not end:
        raise SourceError("the front matter is never closed", place=Place(path), remedy="put a line `---` after it")
    values, places = _mapping("\n".join(lines[1:end]), path)
    return validate(model, values, lambda *key: places.get(key[:1], Place(path))), end + 1


def _mapping(source: str, path: Path) -> tuple[dict[str, object], dict[tuple[object, ...], Place]]:
    """Keys to values and to places. The file's line is the YAML's line (from 0) + 2, for the fence above it."""
    node = _composed(source, path)
    if node is None:
        return {}, {}
    if not isinstance(node, yaml.MappingNode):
        raise SourceError("the front matter has no keys", place=Place(path, 2), remedy="write lines like `title: …`")
    values: dict[str, object] = {}
    places: dict[tuple[object, ...], Place] = {}
    for key, value in node.value:
        name, place = str(key.value), Place(path, key.start_mark.line + 2)
        if name in values:
            raise SourceError(f"`{name}` is there a second time", place=place, remedy="delete one of the two")
        values[name], places[(name,)] = _value(value), place
    return values, places


def _composed(source: str, path: Path) -> yaml.Node | None:
    try:
        for event in yaml.parse(source, Loader=_LOADER):
            if isinstance(event, yaml.AliasEvent):  # which may stand inside itself, or be meant to fill the memory
                line = event.start_mark.line if event.start_mark else 0
                raise SourceError(
                    f"`*{event.anchor}` stands for another value", place=Place(path, line + 2),
                    remedy="write the value out",
                )
        node: yaml.Node | None = yaml.compose(source, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark else 0
        raise SourceError(
            f"the front matter is not YAML ({error.problem})", place=Place(path, line + 2),
            remedy='put a value that holds a colon or begins with a special sign in quotation marks: title: "…"',
        ) from None
    except (yaml.YAMLError, RecursionError) as error:
        said = str(error).split("\n")[0]
        raise SourceError(f"the front matter is not YAML ({said})", place=Place(path, 2), remedy="mend it") from None
    return node


def _value(node: yaml.Node) -> object:
    if isinstance(node, yaml.SequenceNode):
        return [_value(item) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        return {}
    return node.value
