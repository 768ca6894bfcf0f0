"""The group `hefte review`: what a reviewer types when a translation is right, or when it was not."""

from __future__ import annotations

from pathlib import Path

import click

from hefte.cli.options import FOLDER, JSON, LANG, QUIET, root

_CHAPTERS = click.argument("chapters", nargs=-1, metavar="[CHAPTER]...")
_ALL = click.option("--all", "every", is_flag=True, help="All texts of the language.")


@click.group()
def review() -> None:
    """Sign a translation that you have read, or take a signature back.

    \b
    hefte review sign uk what-is-it --by "Grete R."  the chapter is right as it stands
    hefte review void uk what-is-it                  it is not, after all
    """


@review.command()
@LANG
@_CHAPTERS
@click.option("--by", required=True, metavar="NAME", help="Who has read it. Not who translated it.")
@_ALL
@FOLDER
@QUIET
@JSON
def sign(
    lang: str, chapters: tuple[str, ...], by: str, every: bool, publication: Path | None, quiet: bool, as_json: bool,
) -> int:
    """Put NAME under each CHAPTER of LANG, as it stands: one character changed, and it is not signed any more.

    A chapter is signed with the stories in it. `language` stands for language.toml. The texts around the chapters
    (colophon, help, back-cover) are signed too.

    Example: hefte review sign uk what-is-it --by "Grete Roede"
    """
    from hefte.cli.review import sign as run

    return run(root(publication), lang, chapters, by=by, every=every, quiet=quiet, as_json=as_json)


@review.command()
@LANG
@_CHAPTERS
@_ALL
@FOLDER
@QUIET
@JSON
def void(
    lang: str, chapters: tuple[str, ...], every: bool, publication: Path | None, quiet: bool, as_json: bool,
) -> int:
    """Take the signature under each CHAPTER of LANG away.

    Example: hefte review void uk what-is-it
    """
    from hefte.cli.review import void as run

    return run(root(publication), lang, chapters, every=every, quiet=quiet, as_json=as_json)
