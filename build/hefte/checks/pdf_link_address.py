"""A PDF to the links that lead elsewhere than to the address or the number that stands on the page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby
from urllib.parse import unquote

from hefte.addresses import readable
from hefte.checks import pdf_sight
from hefte.checks.frame import Check, PdfFile
from hefte.checks.pdf_reading import guarded
from hefte.model import Finding, Severity

_ADDRESS = re.compile(r"(https?://)?([\w-]+\.)+[a-z]{2,}(:\d+)?([/?#].*)?", re.IGNORECASE)
"""A text that is a web address from its first letter to its last."""
_MAIL = re.compile(r"[^\s@]+@([\w-]+\.)+[a-z]{2,}", re.IGNORECASE)
_NUMBER = re.compile(r"\+?[\d\s()./‑–-]{3,}")
_MARKS = "".join(map(chr, (0x200E, 0x200F, 0x2066, 0x2067, 0x2068, 0x2069, 0xAD, 0x200B)))
"""Signs of direction, soft hyphens and the like: not to be seen."""


def _run(file: PdfFile) -> Iterator[Finding]:
    for sight in pdf_sight.seen(file).pages:
        for address, group in groupby(sight.links, key=lambda link: link.address):
            parts = list(group)
            # One link on two lines has two boxes; the same address twice on a page is two links.
            whole = "".join(part.text for part in parts)
            if any(_wrong(part.text, address) for part in parts) and _wrong(whole, address):
                text = next(part.text for part in parts if _wrong(part.text, address))
                yield CHECK.found(
                    f"the link on “{text}” leads to {address}", path=file.path, page=sight.page, box=parts[0].box,
                    severity=None if file.kind else Severity.WARNING,
                )


def _wrong(text: str, address: str) -> bool:
    """Whether the text is an address or a number, and the link leads to another."""
    said = "".join(character for character in text if character not in _MARKS).strip()
    scheme, _, rest = address.partition(":")
    if scheme.casefold() == "tel":
        return bool(_NUMBER.fullmatch(said)) and not _same_number(_digits(said), _digits(rest))
    packed = "".join(said.split())
    if scheme.casefold() == "mailto":
        return bool(_MAIL.fullmatch(packed)) and packed.casefold() != unquote(rest.partition("?")[0]).casefold()
    if not _ADDRESS.fullmatch(packed):
        return False
    return _plain(packed) != _plain(address)


def _plain(address: str) -> str:
    return unquote(readable(address.casefold()))


def _digits(text: str) -> str:
    """The digits of any script, as 0 to 9."""
    return "".join(str(unicodedata.digit(character)) for character in text if unicodedata.digit(character, -1) >= 0)


def _same_number(said: str, dialled: str) -> bool:
    """A number as it is printed has no country code (up to three digits), and may have a leading 0 instead."""
    local = said.removeprefix("0")
    return said == dialled or (dialled.endswith(local) and len(dialled) - len(local) <= 3)


CHECK = Check(
    id="pdf-link-address",
    severity=Severity.ERROR,
    title="A link on an address or a number leads to just that",
    rationale="A number that dials another one is worse than none, at night, when help is needed; an address that "
    "opens something else is how people are cheated.",
    source="issue 4; WCAG 2.1, 2.4.4: the purpose of a link; the text is read from the rendered page",
    remedy="mend the link or the text, so that they say the same",
    run=guarded(_run),
    rendered=True,
)
