"""The group `hefte story`: what an editor types about the people whose stories are told."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from hefte.cli.options import FOLDER, JSON, PATH, PUBLICATION, QUIET, names, root

_ID = click.argument("story_id", metavar="ID")
_OUT = click.option("--out", type=PATH, metavar="FOLDER", help="Where the outputs lie. Default: dist in its folder.")


@click.group()
def story() -> None:
    """Say what was agreed about each story, where it stands, and take it back when its owner wants that.

    \b
    hefte story list                                          every story: consent, approval, dates
    hefte story where a-walk                                  everything that holds it, or ever did
    hefte story approve a-walk --lang en --by "Grete Roede"   she has read this text and agrees
    hefte story withdraw a-walk                               it is told no more
    """


@story.command("list")
@PUBLICATION
@JSON
def list_stories(publication: Path | None, as_json: bool) -> int:
    """Show each story: whose words, how it came, what was agreed, what is approved, what is due, where it stands.

    Example: hefte story list
    """
    from hefte.cli.story import list_stories as run

    return run(root(publication), as_json=as_json)


@story.command()
@_ID
@_OUT
@FOLDER
@JSON
def where(story_id: str, out: Path | None, publication: Path | None, as_json: bool) -> int:
    """Show everything that holds the story ID: sources, memories, the last build, files for translators, and every
    release that it was handed out in.

    Example: hefte story where a-walk
    """
    from hefte.cli.story import where as run

    return run(root(publication), story_id, out=out, as_json=as_json)


@story.command()
@_ID
@names("--lang", "nb,nn", "In which languages.", required=True)
@click.option("--by", required=True, metavar="NAME", help="Who has the approval, or gave it.")
@FOLDER
@QUIET
@JSON
def approve(
    story_id: str, lang: tuple[str, ...], by: str, publication: Path | None, quiet: bool, as_json: bool,
) -> int:
    """Record that the text of the story ID is approved as it stands: one word changed, and it is not any more.

    Example: hefte story approve a-walk --lang en --by "Grete Roede"
    """
    from hefte.cli.story import approve as run

    return run(root(publication), story_id, lang, by=by, quiet=quiet, as_json=as_json)


@story.command()
@_ID
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day. Default: today.")
@click.option("--erase", is_flag=True, help="Also delete its texts, and the lines that place it, in every language.")
@_OUT
@FOLDER
@QUIET
@JSON
def withdraw(
    story_id: str, on: datetime | None, erase: bool, out: Path | None, publication: Path | None, quiet: bool,
    as_json: bool,
) -> int:
    """Take the story ID back. From now on it is left out of everything that is made, and nothing of it is kept in
    memories, snapshots and the cache. What is left for you to do is listed.

    Example: hefte story withdraw a-walk --erase
    """
    from hefte.cli.story import withdraw as run

    day = on.date() if on else None
    return run(root(publication), story_id, on=day, erase=erase, out=out, quiet=quiet, as_json=as_json)
