"""The commands of `hefte`: what people type, and what each tells at its end. Names and meanings are fixed in
docs/commands.md."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from hefte import __version__
from hefte.cli.options import JSON, PATH, PUBLICATION, QUIET, names, root
from hefte.cli.review_commands import review
from hefte.cli.story_commands import story
from hefte.cli.translate_commands import translate


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="hefte")
def app() -> None:
    """Build a print-ready brochure and an ebook from one folder of texts.

    \b
    hefte new my-brochure        a small complete publication to start from
    hefte build my-brochure      every language, every edition, into dist/
    hefte check my-brochure      only look: words, consent, dates
    hefte check some-file.pdf    look at a finished file, yours or anybody's
    hefte check dist             is every file as it was made?
    """


app.add_command(translate)
app.add_command(review)
app.add_command(story)


@app.command()
@PUBLICATION
@names("--lang", "nb,en", "Only these languages. Default: all.")
@names("--edition", "print,epub", "Only these editions. Default: all it names.")
@click.option("--release", is_flag=True, help="Refuse to write anything that may not be published (exit code 5).")
@click.option("--validate", is_flag=True, help="Also run EPUBCheck, Ace and axe-core, as far as they are here.")
@click.option("--out", type=PATH, metavar="FOLDER", help="Where the outputs go. Default: dist in its folder.")
@click.option("--jobs", type=click.IntRange(min=1), help="How many processes at once. Default: one a core.")
@click.option("--force", is_flag=True, help="Make everything again, changed or not.")
@click.option("--pseudo", is_flag=True, help="Try the layouts with words that are two fifths longer, into dist-pseudo.")
@click.option("--keep-html", type=PATH, metavar="FOLDER", help="Leave the HTML and CSS behind the pages in FOLDER.")
@click.option("--no-fitting", is_flag=True, help="Set all in the theme's own sizes, to compare with the fitted pages.")
@QUIET
@JSON
def build(publication: Path | None, **wish: Any) -> int:
    """Build every language and edition of PUBLICATION.

    PUBLICATION is a folder with chapters/publication.toml; default: the one that the current folder lies in.

    Example: hefte build --lang nb --edition print,epub
    """
    from hefte.cli.build import run

    return run(root(publication), **wish)


@app.command()
@click.argument("what", nargs=-1, type=PATH, metavar="[PUBLICATION | FOLDER | FILE.pdf | FILE.epub]...")
@click.option("--release", is_flag=True, help="Count what would refuse a release as an error.")
@click.option("--force", is_flag=True, help="Look at files again that passed before and have not changed.")
@QUIET
@JSON
def check(what: tuple[Path, ...], release: bool, force: bool, quiet: bool, as_json: bool) -> int:
    """Check a publication's sources, a folder of finished files, or such files one by one, yours or anybody's.

    Of a folder (dist) it tells whether anything in it was changed since it was made or released. Of a foreign file only
    what it claims itself is asked. Validators that are on this machine are run too.

    Example: hefte check dist/nb/ammesorg-nb-print.pdf dist/nb/ammesorg-nb.epub
    """
    from hefte.cli.check import run

    return run(what, release=release, force=force, quiet=quiet, as_json=as_json)


@app.command()
@PUBLICATION
@names("--lang", "uk,ar", "Every text of these languages that is not ready.")
@click.option("--findings", is_flag=True, help="Also count words, and what the checks find; takes longer.")
@JSON
def status(publication: Path | None, lang: tuple[str, ...] | None, findings: bool, as_json: bool) -> int:
    """Say how far each language has followed its source: languages, chapters, stories, dates due.

    Example: hefte status --lang uk
    """
    from hefte.cli.status import run

    return run(root(publication), lang=lang, findings=findings, as_json=as_json)


@app.command()
@click.argument("folder", type=PATH)
@QUIET
def new(folder: Path, quiet: bool) -> int:
    """Make FOLDER: a small complete publication that builds and passes its checks.

    Example: hefte new my-brochure
    """
    from hefte.cli.new import run

    return run(folder, quiet=quiet)


@app.command()
@click.option("--out", type=PATH, metavar="FOLDER", help="Write a file for each into FOLDER instead of printing them.")
def schema(out: Path | None) -> int:
    """Print the JSON Schemas of the TOML files, for editors that complete and check while one types.

    Example: hefte schema --out .schemas
    """
    from hefte.cli.schema import run

    return run(out)
