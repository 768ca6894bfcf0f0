"""A PDF to the QR codes that a telephone does not read from the page, or that lead elsewhere than the text beside them
says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hefte.addresses import readable
from hefte.checks import pdf_sight
from hefte.checks.frame import Check, PdfFile
from hefte.checks.pdf_codes import QUIET, Code
from hefte.checks.pdf_reading import expected, guarded
from hefte.model import Finding, Severity

_MODULE_MM = 0.396
_WITH_CODE = ("print", "booklet", "screen")
"""Editions that have one, on the last page of the cover, where the builder does not say which do (`code`)."""
_ADDRESS = re.compile(r"https?://|www\.", re.IGNORECASE)


def _run(file: PdfFile) -> Iterator[Finding]:
    wanted, found = _wanted(file), list[Code]()
    for sight in pdf_sight.seen(file).pages:
        found += sight.codes
        for code in sight.codes:
            for said in _of_code(code, sight.words, wanted):
                yield CHECK.found(
                    said, path=file.path, page=sight.page, box=code.box,
                    severity=None if file.kind else Severity.WARNING,
                )
    told = {code.text for code in found}
    for address in wanted:
        if not found or (len(wanted) > 1 and address not in told):
            yield CHECK.found(f"no page has a code that can be read; one should lead to {address}", path=file.path)


def _wanted(file: PdfFile) -> tuple[str, ...]:
    """The addresses that codes are to lead to: `codes`, or the publication's own."""
    book = expected(file, "book")
    if not book or not expected(file, "code", file.edition in _WITH_CODE):
        return ()
    return tuple(expected(file, "codes") or filter(None, (book.publication.source_url,)))


def _of_code(code: Code, words: str, wanted: tuple[str, ...]) -> Iterator[str]:
    if not code.text:
        yield "a code cannot be read"
        return
    if wanted and code.text not in wanted:
        yield f"the code leads to {code.text}, not to {' or '.join(wanted)}"
    elif _ADDRESS.match(code.text) and readable(code.text).casefold() not in words.casefold():
        yield f"the code leads to {readable(code.text)}, which the page does not say"
    if code.module_mm < _MODULE_MM:
        yield f"the code's modules are {code.module_mm:.2f} mm wide, less than {_MODULE_MM:g} mm"
    if not code.quiet:
        yield f"the code has less than {QUIET} modules of empty space on each side"
    if code.inverted:
        yield "the code is light on dark"


CHECK = Check(
    id="pdf-code",
    severity=Severity.ERROR,
    title="QR codes can be read, and lead where the text beside them says",
    rationale="Whoever points a telephone at a code cannot see where it leads. A code that does not open, or opens "
    "something else than the page promises, costs trust that a brochure does not get twice.",
    source="ISO/IEC 18004, 6.3.8 (empty space); GS1 General Specifications, 5.12.3.1 (modules of 0.396 mm); decoded "
    "from the page rendered at 144 ppi; older telephones read no code that is light on dark",
    remedy="set the code dark on a light ground, with empty space, at least 0.4 mm a module, and print its address "
    "beside it",
    run=guarded(_run),
    rendered=True,
)
