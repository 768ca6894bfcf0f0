"""What is typed for more than one command: where the publication lies, how to answer, lists of names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

PATH: click.Path = click.Path(path_type=Path)
PUBLICATION = click.argument("publication", required=False, type=PATH, metavar="[PUBLICATION]")
FOLDER = click.option(
    "--publication", type=PATH, metavar="FOLDER", help="The publication. Default: the one the current folder lies in.",
)
LANG = click.argument("lang", metavar="LANG")
QUIET = click.option("--quiet", "-q", is_flag=True, help="Say nothing but errors.")
JSON = click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for scripts.")


def names(flag: str, metavar: str, help_: str, *, required: bool = False) -> Callable[[Any], Any]:
    """The option `flag` as a tuple of names: `--lang nb,en` says what `--lang nb --lang en` says. None where it was not
    typed; a usage error where it was with no name, since a script's empty variable must not mean all of them."""
    return click.option(flag, required=required, multiple=True, callback=_names, metavar=metavar, help=help_)


def root(publication: Path | None) -> Path:
    """The publication's folder. Raises UsageError if there is none."""
    import os

    from hefte.publication.find import find

    return find((publication or Path(os.curdir)).resolve())


def _names(_: Any, option: click.Parameter, said: Sequence[str]) -> tuple[str, ...] | None:
    found = tuple(dict.fromkeys(name.strip() for part in said for name in part.split(",") if name.strip()))
    if said and not found:
        raise click.BadParameter("is empty; name what you mean, or leave it out", param=option)
    return found or None
