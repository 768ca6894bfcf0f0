"""A PDF to what is wrong with its output intent: the printing condition that it is made for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

from hefte.checks.frame import Check, PdfFile
from hefte.checks.pdf_reading import expected, for_press, guarded
from hefte.model import Finding, Severity

_CHANNELS = {b"GRAY": 1, b"RGB ": 3, b"CMYK": 4}


def _run(file: PdfFile) -> Iterator[Finding]:
    if for_press(file):
        for said in _conditions(file):
            yield CHECK.found(said, path=file.path)


def _conditions(file: PdfFile) -> Iterator[str]:
    intents = [one for one in file.pdf.Root.get("/OutputIntents", []) if one.get("/S") == "/GTS_PDFX"]
    if len(intents) != 1:
        yield (
            f"there are {len(intents)} output intents for PDF/X, not one"
            if intents
            else "there is no output intent for PDF/X"
        )
        return
    intent, wanted = intents[0], expected(file, "condition")
    said = str(intent.get("/OutputConditionIdentifier", ""))
    if not said:
        yield "the output intent does not name its printing condition"
    elif wanted and said != wanted:
        yield f"the output intent names {said}, not {wanted}"
    profile = intent.get("/DestOutputProfile")
    if isinstance(profile, pikepdf.Stream):
        yield from _profile(file, profile)
    elif file.kind or not intent.get("/RegistryName"):
        yield "the output intent has no ICC profile"


def _profile(file: PdfFile, profile: Any) -> Iterator[str]:
    """An ICC profile's header: device class at 12, colour space at 16, signature at 36 (ICC.1:2010, 7.2)."""
    data = profile.read_bytes()
    if len(data) < 128 or data[36:40] != b"acsp":
        yield "the output intent's profile is no ICC profile"
        return
    if data[12:16] != b"prtr":
        yield "the output intent's profile is not one of an output device"
    space = data[16:20]
    if file.kind and space != b"CMYK":
        yield f"the output intent's profile is for {space.decode('latin-1').strip()}, not CMYK"
    if int(profile.get("/N", 0)) != _CHANNELS.get(space, 0):
        yield f"the output intent's profile has another number of channels than its /N, {int(profile.get('/N', 0))}"


CHECK = Check(
    id="pdf-output-intent",
    severity=Severity.ERROR,
    title="Output intent with profile",
    rationale="The same inks look different on another paper: the printer has to be told for which "
    "condition the colours were chosen.",
    source="ISO 15930-7, 6.2.2",
    remedy="name the print shop's condition and profile in [print] of publication.toml",
    run=guarded(_run),
    waivable=False,
)
