"""`hefte translate proof`: a language in, a PDF and a page for its reviewer out."""

from __future__ import annotations

from pathlib import Path

from hefte import files, house, layout, proof, publication
from hefte.cli.show import console
from hefte.errors import UsageError
from hefte.renderers.libraries import found_at_once
from hefte.translation import workspace


def run(root: Path, lang: str, *, chapter: str | None, out: Path | None, quiet: bool) -> int:
    """Write both files below `out` and say where they are. Returns the exit code."""
    loaded = publication.load(root)
    if lang == loaded.source_language:
        raise UsageError(f"{lang} is the source language", remedy="name the language that was translated")
    translation = workspace.open(loaded, lang)
    whole = layout.load_theme(layout.folders(root), (root / "assets", house.assets()))
    themes = layout.for_language(whole, lang), layout.for_language(whole, loaded.source_language)
    with found_at_once():
        made = proof.write(translation, loaded, themes, chapter)
    folder = (out or root / "proofs").resolve()
    files.put(folder, {f"{lang}/{name}": content for name, content in made.items()})
    if not quiet:
        screen = console()
        for name, content in made.items():
            screen.print(f"{folder / lang / name}  {len(content) // 1000} kB")
    return 0
