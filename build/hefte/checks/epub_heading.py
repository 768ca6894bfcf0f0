"""An EPUB to its headings that skip a level."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from lxml import etree

from hefte.checks.epub_reading import documents
from hefte.checks.frame import Check, EpubFile
from hefte.model import Finding, Severity


def skips(epub: EpubFile) -> Iterator[Finding]:
    """A heading more than one level below the one before it in its document."""
    for document in documents(epub):
        headings = document.find("//h:h1|//h:h2|//h:h3|//h:h4|//h:h5|//h:h6")
        levels = [(int(etree.QName(heading).localname[1]), heading) for heading in headings]
        for (above, _), (level, heading) in pairwise(levels):
            if level > above + 1:
                text = "".join(heading.itertext()).strip()
                yield CHECK.found(f"{document.where(heading)}: from level {above} to {level} at “{text}”")


CHECK = Check(
    id="epub-heading",
    severity=Severity.ERROR,
    title="A heading that skips a level",
    rationale="Who moves by headings takes the gap for a part that was missed. EPUBCheck lets it pass.",
    source="WCAG 2.2, 1.3.1 (technique G141); EPUB Accessibility Techniques 1.1, 3.2",
    remedy="use the next level",
    run=skips,
)
