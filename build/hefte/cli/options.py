"""What is typed for more than one command: a list of names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import click


def names(flag: str, metavar: str, help_: str, *, required: bool = False) -> Callable[[Any], Any]:
    """The option `flag` as a tuple of names: `--lang nb,en` says what `--lang nb --lang en` says. None where it was not
    typed; a usage error where it was with no name, since a script's empty variable must not mean all of them."""
    return click.option(flag, required=required, multiple=True, callback=_names, metavar=metavar, help=help_)


def _names(_: Any, option: click.Parameter, said: Sequence[str]) -> tuple[str, ...] | None:
    found = tuple(dict.fromkeys(name.strip() for part in said for name in part.split(",") if name.strip()))
    if said and not found:
        raise click.BadParameter("is empty; name what you mean, or leave it out", param=option)
    return found or None
