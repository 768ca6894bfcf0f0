"""Turns a translation into what a reviewer writes on: a PDF and a page, source and target side by side, block by block.

Nothing is built for it: a language that is not finished, whose target is empty in places, has a proof too.
"""

from __future__ import annotations

from hefte.errors import UsageError
from hefte.model import Publication, Theme, Translation
from hefte.proof.rows import parts

__all__ = ["write"]


def write(
    translation: Translation, publication: Publication, themes: tuple[Theme, Theme], chapter: str | None = None
) -> dict[str, bytes]:
    """File name → content, for the whole language or for one chapter. `themes` are those of the target and the source.

    Raises UsageError where there is no such chapter.
    """
    from hefte.proof.page import page, pdf

    units = translation.units
    if chapter is not None:
        units = tuple(unit for unit in units if unit.id == chapter)
        if not units:
            known = ", ".join(unit.id for unit in translation.units)
            raise UsageError(f"there is no chapter {chapter} to prove", remedy=f"choose among {known}")
    chosen = parts(units, publication, translation.language)
    about = f"-{chapter}" if chapter else ""
    name = f"{publication.id}-{translation.language}{about}-proof"
    return {
        f"{name}.pdf": pdf(chosen, translation, publication, themes),
        f"{name}.html": page(chosen, translation, publication, themes),
    }
