"""A PDF to whether its pages turn the way that its language is read."""

from __future__ import annotations

from collections.abc import Iterator

from hefte import directions
from hefte.checks.frame import Check, PdfFile
from hefte.checks.pdf_reading import guarded
from hefte.model import Finding, Severity


def _run(file: PdfFile) -> Iterator[Finding]:
    root = file.pdf.Root
    language = str(root.get("/Lang", ""))
    wanted = "/R2L" if language and directions.of_language(language) == "rtl" else "/L2R"
    said = str(root.ViewerPreferences.get("/Direction", "/L2R")) if "/ViewerPreferences" in root else "/L2R"
    if said != wanted:
        what = f"the pages turn {said[1:]}, and {language or 'no language'} wants {wanted[1:]}"
        yield CHECK.found(what, path=file.path)


CHECK = Check(
    id="pdf-direction",
    severity=Severity.ERROR,
    title="Pages that turn the wrong way",
    rationale="A book in Arabic is bound on its right. A viewer that is not told lays its spreads and booklets out "
    "the wrong way round.",
    source="ISO 32000-1, table 150 (Direction)",
    remedy="build the file again; if it comes back, it is a bug",
    run=guarded(_run),
)
