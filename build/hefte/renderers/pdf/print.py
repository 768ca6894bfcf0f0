"""Turns a laid-out document into a file for the press: PDF/X-4 or PDF/X-1a in CMYK, boxes, intent, overprint."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pydyf

from hefte.errors import MissingToolError, UsageError
from hefte.model import Colour, Finding, PrintSpec, Severity
from hefte.renderers.pdf import boxes, colours, images, letters, marks, metadata
from hefte.renderers.pdf import document as documents

REGISTRY = "http://www.color.org"
"""Of printing conditions (ISO 15930-7, 6.2.2)."""


@dataclass(frozen=True, slots=True)
class Standard:
    """One part of ISO 15930."""

    claim: str
    version: str
    """Of PDF."""
    flatten: bool
    """Whether transparency is forbidden."""
    in_info: bool
    """Whether the claim stands in the Info dictionary (before PDF/X-4) or in the XMP packet."""


STANDARDS: Mapping[str, Standard] = {
    "pdf/x-4": Standard("PDF/X-4", "1.6", flatten=False, in_info=False),
    "pdf/x-1a": Standard("PDF/X-1a:2003", "1.4", flatten=True, in_info=True),
}


@dataclass(frozen=True, slots=True)
class PrintResult:
    """A file for the press, and what is to be known of it."""

    content: bytes
    labelled: bool
    """Whether it claims to be PDF/X: only where `preflight` was given and found no error."""
    unmapped: tuple[str, ...]
    """Colours that the palette does not have, as `#rrggbb`: each must become an error finding."""
    findings: tuple[Finding, ...]
    """What `preflight` found on the labelled bytes."""
    missing_glyphs: tuple[str, ...]
    """Characters that no font had."""


@dataclass(frozen=True, slots=True)
class _Job:
    """All that one file for the press is made from."""

    document: Any
    colours: Mapping[str, Colour]
    spec: PrintSpec
    standard: Standard
    bleed_mm: float
    language: str
    direction: str
    when: dt.datetime
    identifier: str
    title: str
    draft: str
    edition: str
    kind: str
    folds: Sequence[Sequence[float]]
    words: str


def write(
    document: Any,
    *,
    colours: Mapping[str, Colour],
    spec: PrintSpec,
    bleed_mm: float,
    language: str,
    direction: str,
    when: dt.datetime,
    identifier: str,
    title: str,
    draft: str = "",
    preflight: Callable[[bytes], Sequence[Finding]] | None = None,
    edition: str = "print",
    kind: str = "press",
    folds: Sequence[Sequence[float]] = (),
    words: str = "all",
) -> PrintResult:
    """Write `document` (WeasyPrint, in sRGB, `bleed_mm` around the trim, without marks) for the press.

    `edition`, `kind` and `words` (all, or chosen ones) are what it says that it is. `folds` are where each page is
    folded, mm from the trim's left edge: each fold gets its marks.

    `preflight` looks at the bytes and returns findings. Without it, or where it finds an error, or where a colour is
    not in the palette, the file carries no PDF/X label: a conformance is never claimed that was not checked.
    Raises MissingToolError (profile, WeasyPrint), UsageError (unknown standard), SourceError (too little bleed).
    """
    if spec.standard not in STANDARDS:
        raise UsageError(
            f"there is no standard {spec.standard!r}", remedy="use pdf/x-4 or pdf/x-1a in [print] standard"
        )
    documents.require_pinned()
    documents.require_bleed(document, bleed_mm)
    job = _Job(
        document, colours, spec, STANDARDS[spec.standard], bleed_mm, language, direction, when, identifier, title,
        draft, edition, kind, folds, words,
    )
    content, unmapped, missing = _written(job, labelled=preflight is not None)
    findings = tuple(preflight(content)) if preflight else ()
    refused = unmapped or any(finding.severity == Severity.ERROR for finding in findings)
    labelled = preflight is not None and not refused
    if preflight and not labelled:
        content, _, _ = _written(job, labelled=False)
    return PrintResult(content, labelled, unmapped, findings, missing)


def _written(job: _Job, *, labelled: bool) -> tuple[bytes, tuple[str, ...], tuple[str, ...]]:
    palette = colours.Palette(job.colours)
    copy = documents.borrowed(job.document, job.when)
    documents.without_interaction(copy)

    def finish(document: Any, pdf: Any) -> None:
        colours.convert(pdf, palette)
        images.convert(pdf, job.spec.profile, flatten=job.standard.flatten)
        _set_pages(document, pdf, job)
        if job.standard.flatten:
            _drop_groups(pdf)
        _describe(pdf, job, labelled=labelled)
        documents.compress(pdf)

    # WeasyPrint's own PDF/X variant stamps without looking, in local time and with random ids: the label is ours.
    with letters.told():
        content: bytes = copy.write_pdf(
            finisher=finish, pdf_version=job.standard.version,
            pdf_identifier=metadata.file_id(job.identifier, job.edition),
        )
    missing = {chr(code) for font in copy.fonts.values() for code in font.missing}
    return content, tuple(palette.unmapped), tuple(sorted(missing))


def _set_pages(document: Any, pdf: Any, job: _Job) -> None:
    crop, folded = job.spec.crop_marks, any(job.folds)
    for number, (page, laid_out) in enumerate(zip(documents.pages(pdf), document.pages, strict=True)):
        stream = documents.resolve(pdf, page["Contents"])
        right, up = boxes.set_boxes(page, laid_out, job.bleed_mm, crop_marks=crop, folds=folded)
        boxes.move(stream, page["BleedBox"], right, up)
        if crop:
            marks.add(pdf, page, stream, job.bleed_mm)
        for folds in job.folds[number : number + 1]:
            marks.add_folds(pdf, page, stream, job.bleed_mm, folds)
    boxes.move_patterns(pdf, right, up)


def _drop_groups(pdf: Any) -> None:
    """PDF/X-1a knows no transparency groups. Those round opaque content change nothing; others the preflight finds."""
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream):
            item.extra.pop("Group", None)


def _describe(pdf: Any, job: _Job, *, labelled: bool) -> None:
    """Info, XMP, output intent, language and reading direction."""
    date, claim = metadata.pdf_date(job.when), job.standard.claim if labelled else None
    pdf.info.clear()
    pdf.info.update(
        {
            "Title": pydyf.String(job.title),
            "Creator": pydyf.String(metadata.CREATOR),
            "Producer": pydyf.String(metadata.PRODUCER),
            "CreationDate": pydyf.String(date),
            "ModDate": pydyf.String(date),
            "Trapped": "/False",
            **{key: pydyf.String(said) for key, said in metadata.named(job.edition, job.kind, job.words).items()},
        }
    )
    if job.draft:
        pdf.info["Keywords"] = pydyf.String(metadata.draft_keywords(job.draft))
    if claim and job.standard.in_info:
        pdf.info["GTS_PDFXVersion"] = pydyf.String(claim)
    packet = metadata.xmp(
        title=job.title,
        language=job.language,
        when=job.when,
        identifier=job.identifier,
        edition=job.edition,
        draft=job.draft,
        pdfx=None if job.standard.in_info else claim,
    )
    # Not compressed: what reads metadata need not read PDF (ISO 15930-7 follows PDF/A here).
    stream = pydyf.Stream([packet], pydyf.Dictionary({"Type": "/Metadata", "Subtype": "/XML"}))
    pdf.add_object(stream)
    pdf.catalog["Metadata"] = stream.reference
    pdf.catalog["Lang"] = pydyf.String(job.language)
    documents.set_direction(pdf, job.direction)
    # Spreads as in the bound object, the cover alone, whichever way the pages turn (ISO 32000-1, table 28).
    pdf.catalog["PageLayout"] = "/TwoPageRight"
    pdf.catalog["OutputIntents"] = pydyf.Array([_intent(pdf, job.spec)])


def _intent(pdf: Any, spec: PrintSpec) -> Any:
    """The output intent: the printing condition by name, and its profile."""
    try:
        profile = spec.profile.read_bytes()
    except OSError as error:
        raise MissingToolError(
            f"the ICC profile {spec.profile} cannot be read: {error.strerror}",
            remedy="name a CMYK output profile in [print] profile",
        ) from error
    stream = pydyf.Stream([profile], pydyf.Dictionary({"N": 4}), compress=True)
    pdf.add_object(stream)
    return pydyf.Dictionary(
        {
            "Type": "/OutputIntent",
            "S": "/GTS_PDFX",
            "OutputConditionIdentifier": pydyf.String(spec.condition),
            "OutputCondition": pydyf.String(spec.condition),
            "RegistryName": pydyf.String(REGISTRY),
            "Info": pydyf.String(spec.condition),
            "DestOutputProfile": stream.reference,
        }
    )
