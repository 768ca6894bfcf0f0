"""The group `hefte translate`: what translators type."""

from __future__ import annotations

from pathlib import Path

import click

from hefte.cli.options import FOLDER, JSON, LANG, PATH, QUIET, root


@click.group()
def translate() -> None:
    """Translate: begin a language, hand its texts out and take them back in, follow the source.

    \b
    hefte translate start uk                 a folder to fill in, the source text beside each gap
    hefte translate export uk --format po    the texts for a translator's tool
    hefte translate import uk uk.po          and what she made of them, back
    hefte translate record uk --by "Ada L."  note what each text was translated from
    """


@translate.command()
@LANG
@click.option("--memory", type=PATH, metavar="FILE.tmx", help="Fill in what this translation memory knows.")
@FOLDER
@QUIET
def start(lang: str, memory: Path | None, publication: Path | None, quiet: bool) -> int:
    """Make the folder of a new language: every text with its source beside it, and `[…]` where a target goes.

    LANG is a BCP 47 tag: uk, ar, fa-AF.

    Example: hefte translate start uk
    """
    from hefte.cli.translate import start as run

    return run(root(publication), lang, memory=memory, quiet=quiet)


@translate.command()
@LANG
@click.argument("chapters", nargs=-1, metavar="[CHAPTER]...")
@click.option("--by", metavar="NAME", help="Who translated. Default: as recorded, or as language.toml says.")
@click.option("--tidy", is_flag=True, help="Take the source text (`%% …`, `# …`) away where a target is filled in.")
@FOLDER
@QUIET
@JSON
def record(
    lang: str, chapters: tuple[str, ...], by: str | None, tidy: bool, publication: Path | None, quiet: bool,
    as_json: bool,
) -> int:
    """Note that the targets of LANG, as they stand, are translations of the source as it stands.

    Without a CHAPTER, everything of the language is recorded. `language` stands for language.toml.

    Example: hefte translate record uk what-is-it --by "Ada Lovelace"
    """
    from hefte.cli.translate import record as run

    return run(root(publication), lang, chapters, by=by, tidy=tidy, quiet=quiet, as_json=as_json)


@translate.command()
@LANG
@FOLDER
@QUIET
def update(lang: str, publication: Path | None, quiet: bool) -> int:
    """Bring LANG's blocks into the source's order: `[…]` for new ones, obsolete ones out (the memory keeps them).

    Example: hefte translate update uk
    """
    from hefte.cli.translate import update as run

    return run(root(publication), lang, quiet=quiet)


@translate.command()
@LANG
@click.option("--out", type=PATH, metavar="FILE.tmx", help="Write the language's translation memory there.")
@click.option("--in", "into", type=PATH, metavar="FILE.tmx", help="Take the pairs of this file into the memory.")
@FOLDER
@QUIET
def memory(lang: str, out: Path | None, into: Path | None, publication: Path | None, quiet: bool) -> int:
    """Copy LANG's translation memory (TMX) out, or take another one in. Withdrawn stories are never in it.

    Example: hefte translate memory uk --out uk.tmx
    """
    from hefte.cli.translate import memory as run

    return run(root(publication), lang, out=out, into=into, quiet=quiet)


@translate.command()
@LANG
@click.option(
    "--format", type=click.Choice(["po", "xliff", "xliff2", "xlsx"]), required=True,
    help="PO (gettext), XLIFF 1.2 or 2.0 (CAT tools), or a spreadsheet.",
)
@click.option("--out", type=PATH, metavar="FILE", help="The file to write. Default: publication and LANG, here.")
@FOLDER
@QUIET
def export(lang: str, format: str, out: Path | None, publication: Path | None, quiet: bool) -> int:
    """Write LANG's texts beside their source into one file that a translator's program opens.

    Stories that are withdrawn, or whose consent does not cover a translation, are not in it.

    Example: hefte translate export uk --format po
    """
    from hefte.cli.exchange import export as run

    return run(root(publication), lang, format=format, out=out, quiet=quiet)


@translate.command("import")
@LANG
@click.argument("file", type=PATH, metavar="FILE")
@click.option("--by", metavar="NAME", help="Who translated. Default: as recorded, or as language.toml says.")
@click.option("--overwrite", is_flag=True, help="Take the file's targets also where LANG was edited since the export.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and write nothing.")
@FOLDER
@QUIET
@JSON
def take_in(
    lang: str, file: Path, by: str | None, overwrite: bool, dry_run: bool, publication: Path | None, quiet: bool,
    as_json: bool,
) -> int:
    """Take what a translator wrote into FILE (PO, XLIFF 1.2 or 2.0, xlsx) back into LANG.

    Rows may stand in any order, and may be missing. With one error in the file nothing is written.

    Example: hefte translate import uk ammesorg-uk.po --by "Ada Lovelace"
    """
    from hefte.cli.exchange import take_in as run

    return run(
        root(publication), lang, file, by=by, overwrite=overwrite, dry_run=dry_run, quiet=quiet, as_json=as_json,
    )


@translate.command()
@LANG
@click.option("--chapter", metavar="CHAPTER", help="Only this one; `language` stands for language.toml.")
@click.option("--out", type=PATH, metavar="FOLDER", help="Where the files go. Default: proofs in its folder.")
@FOLDER
@QUIET
def proof(lang: str, chapter: str | None, out: Path | None, publication: Path | None, quiet: bool) -> int:
    """Make what a reviewer of LANG writes on: a PDF and a page, source and target side by side, with room beside.

    Example: hefte translate proof uk --chapter what-is-it
    """
    from hefte.cli.proof import run

    return run(root(publication), lang, chapter=chapter, out=out, quiet=quiet)
