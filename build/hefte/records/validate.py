"""Values from a file to a pydantic model, and each of pydantic's errors to one of ours: place, what, what to do."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from hefte.errors import SourceError
from hefte.model import Place

M = TypeVar("M", bound=BaseModel)
Where = Callable[..., Place]
"""From the parts of a key path to its place."""

_KINDS: Mapping[str, str] = {
    "string_type": "text in quotation marks", "int_type": "a whole number", "float_type": "a number",
    "bool_type": "true or false", "date_type": "a date such as 2026-11-22, without quotation marks",
    "list_type": "a list", "dict_type": "a table", "model_type": "a table", "model_attributes_type": "a table",
}
"""pydantic's error type → what is wanted."""

_LIMITS: Mapping[str, str] = {
    "greater_than_equal": "write at least {ge}", "less_than_equal": "write at most {le}",
    "too_short": "name at least {min_length}",
}
"""pydantic's error type → what to do."""

_NAMES: Mapping[type, str] = {
    str: "text", bool: "true or false", int: "a whole number", float: "a number", list: "a list", dict: "a table",
    type(None): "nothing",
}


class Rule(ValueError):
    """What a validator of ours refuses. `what` goes on after the key's name: "is empty"."""

    def __init__(self, what: str, remedy: str, *, at: tuple[str | int, ...] = ()) -> None:
        super().__init__(what)
        self.what, self.remedy, self.at = what, remedy, at


def validate(model: type[M], data: Any, where: Where) -> M:
    """`data` as `model`. Raises SourceError for the first fault in the file, with all the others in `also`."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        # chained from None: pydantic's own words would be a second, unreadable account of the same fault
        raise together([_translated(model, one, where) for one in _without_misspelt(model, error)]) from None


def _without_misspelt(model: type[BaseModel], error: ValidationError) -> list[ErrorDetails]:
    """pydantic's errors, but for a key that is missing only because it is there under a near name."""
    errors = error.errors(include_url=False)
    meant = {
        (*one["loc"][:-1], *_close(str(one["loc"][-1]), _keys(_model_at(model, one["loc"][:-1]))))
        for one in errors if one["type"] == "extra_forbidden"
    }
    return [one for one in errors if one["type"] != "missing" or one["loc"] not in meant]


def together(errors: Iterable[SourceError]) -> SourceError:
    """Several errors as one to raise: the first in the order of files as met and lines, the rest in its `also`."""
    flat = [one for error in errors for one in (error, *error.also) if isinstance(one, SourceError)]
    files: dict[object, int] = {}
    for error in flat:
        files.setdefault(error.place and error.place.path, len(files))
    flat.sort(key=lambda e: (files[e.place and e.place.path], e.place.line if e.place else 0))
    for error in flat:
        error.also = ()
    first, *rest = flat
    first.also = tuple(rest)
    return first


def near(word: str, known: Iterable[str]) -> str:
    """What to do about a word that is not among the known ones: the near one, or all of them."""
    known = list(known)
    if close := _close(word, known):
        return f"did you mean `{close[0]}`?"
    return f"known here: {', '.join(known)}" if known else "delete it"


def _close(word: str, known: Iterable[str]) -> list[str]:
    """The nearest of the known words, if one is near."""
    return get_close_matches(word, list(known), n=1, cutoff=0.6)


def _translated(model: type[BaseModel], error: ErrorDetails, where: Where) -> SourceError:
    loc = tuple(part for part in error["loc"] if part != "[key]")
    kind, context = error["type"], error.get("ctx", {})
    name = _dotted(loc)
    if kind == "missing":
        what, remedy = f"`{name}` is missing", _add(model, loc)
    elif kind == "extra_forbidden":
        what, remedy = f"unknown key `{name}`", near(str(loc[-1]), _keys(_model_at(model, loc[:-1])))
    elif kind == "literal_error":
        known = [word.strip("' ") for word in context["expected"].replace(" or ", ", ").split(",")]
        what, remedy = f"`{name}` cannot be `{error['input']}`", near(str(error["input"]), known)
    elif kind == "value_error" and isinstance(rule := context["error"], Rule):
        loc = (*loc, *rule.at)
        what, remedy = f"`{_dotted(loc)}` {rule.what}", rule.remedy
    elif kind in _LIMITS:
        what = f"`{name}` is {'empty' if error['input'] == [] else error['input']}"
        remedy = _LIMITS[kind].format(**context)
    elif kind in _KINDS:
        what, remedy = f"`{name}` is {_named(error['input'])}", f"write {_KINDS[kind]}"
    else:
        what, remedy = f"`{name}` is not valid", error["msg"][:1].lower() + error["msg"][1:]
    return SourceError(what, remedy=remedy, place=where(*loc))


def _named(value: Any) -> str:
    return _NAMES.get(type(value), f"a {type(value).__name__}")


def _dotted(loc: tuple[str | int, ...]) -> str:
    """`helplines[1].tel`, elements counted from 1 as people do."""
    text = ""
    for part in loc:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def _add(model: type[BaseModel], loc: tuple[str | int, ...]) -> str:
    owner = _model_at(model, loc[:-1])
    field = owner.model_fields.get(str(loc[-1])) if owner else None
    return f"add it: {field.description}" if field and field.description else "add it"


def _keys(model: type[BaseModel] | None) -> list[str]:
    return list(model.model_fields) if model else []


def _model_at(annotation: Any, loc: tuple[str | int, ...]) -> type[BaseModel] | None:
    """The model that describes the value at `loc`, if it is a table."""
    annotation = _plain(annotation)
    is_model = isinstance(annotation, type) and issubclass(annotation, BaseModel)
    if is_model and "root" in annotation.model_fields:
        return _model_at(annotation.model_fields["root"].annotation, loc)
    if not loc:
        return annotation if is_model else None
    if is_model:
        field = annotation.model_fields.get(str(loc[0]))
        return _model_at(field.annotation, loc[1:]) if field else None
    arguments = get_args(annotation)
    return _model_at(arguments[-1], loc[1:]) if arguments else None


def _plain(annotation: Any) -> Any:
    """`X` from `X | None` and from `Annotated[X, …]`."""
    if hasattr(annotation, "__metadata__"):
        return _plain(annotation.__origin__)
    if get_origin(annotation) is types.UnionType:
        return _plain(next(part for part in get_args(annotation) if part is not type(None)))
    return annotation
