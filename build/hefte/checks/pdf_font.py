"""A PDF to the fonts in it that are not embedded, not subset, drawn letter by letter, or nobody's choice."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.checks import pdf_fonts
from hefte.checks.frame import Check, PdfFile
from hefte.checks.pdf_reading import expected, for_press, guarded
from hefte.model import Finding, Severity


def _run(file: PdfFile) -> Iterator[Finding]:
    families = expected(file, "families")
    press = for_press(file)
    for font in pdf_fonts.fonts(file.pdf):
        if font.kind == "Type 3":
            if file.kind or press:
                severity = None if file.kind else Severity.WARNING
                message = f"the font {font.plain} is drawn letter by letter (Type 3)"
                yield CHECK.found(message, path=file.path, severity=severity)
            continue
        if not font.embedded:
            yield CHECK.found(f"the font {font.plain} is not embedded", path=file.path)
        elif (file.kind or press) and not font.subset:
            yield CHECK.found(
                f"the font {font.plain} is embedded whole, not subset", path=file.path, severity=Severity.WARNING
            )
        if families and not any(_key(font.plain).startswith(_key(family)) for family in families):
            yield CHECK.found(f"the font {font.plain} is not among the declared families", path=file.path)


def _key(name: str) -> str:
    return "".join(character for character in name.lower() if character.isalnum())


CHECK = Check(
    id="pdf-font",
    severity=Severity.ERROR,
    title="Fonts embedded, subset, not drawn, and declared",
    rationale="A font that is not in the file is replaced by another: letters change width, signs "
    "of some languages vanish. Letters that are drawn (Type 3) are coarse, and nobody knows what they colour.",
    source="ISO 15930-7, 6.8; ISO 14289-1, 7.21.4; issue 4: no Type 3; design/languages: fonts are declared per script",
    remedy="declare the family in theme.toml and its file in assets/fonts; in a foreign file, "
    "export with fonts embedded and subset, and no bitmap fonts",
    run=guarded(_run),
)
