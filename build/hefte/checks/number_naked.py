"""A book to the telephone numbers that stand in its text as mere digits, not as records.

It tells them from years, dates, amounts and page numbers by their digits and by what stands beside them. Where it is
mistaken, `[112]{.amount}` says that a number is none to call.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from hefte import fragment
from hefte.checks.frame import Check
from hefte.checks.words import Leaf, leaves, texts
from hefte.model import Book, Finding, Place, Severity

_GAP = r"[ \n\N{NO-BREAK SPACE}\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}\-\N{NON-BREAKING HYPHEN}]"
# possessive (++, *+): a number is taken whole or not at all, so that `12 345,50` is not read as `12 34`
_NUMBER = re.compile(rf"(?<![\w.,/@#-])(?<!\d:)\+?\d++(?:{_GAP}\d++)*+(?![\w/@]|[.,:]\d)")
_ADDRESS = re.compile(r"\S*(?:://|www\.|@)\S*|\bdoi:\S+|\b10\.\d{4,}/\S+", re.IGNORECASE)
_SHORT = frozenset({"110", "112", "113", "911", "999"})
"""Fire, police, ambulance in Norway; 112 in all Europe; and what a translator from elsewhere might write by habit."""
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_GROUPED = re.compile(r"\d{1,3}(?:[^\d-]\d{3})+")
"""An amount with its thousands set apart; a telephone number only if it is a known one."""
_YEARS = re.compile(r"(?:1[5-9]|20)\d\d(?:\D(?:1[5-9]|20)\d\d|[^-]\d{1,2})?")
"""A year, two years, or a year with another number after it."""
_COUNTED = re.compile(
    r"\s*(?:[%‰°€£$]|kr\b|kroner\b|nok\b|eur\b|usd\b|prosent\b|percent\b|pst\b|(?:[mckd]?[mgl]|kcal|kj|år|ganger|times)\b)",
    re.IGNORECASE,
)
"""What follows an amount."""
_COUNTING = re.compile(
    r"(?:[€£$§]|\bkr|\bnok|\beur|\bisbn|\bissn|\bside|\bsidene|\bsida|\bs\.|\bkapittel|\bkap\.|\bavsnitt|\bfigur|\btabell"
    r"|\bpage|\bpages|\bpp?\.|\bchapter|\bfigure|\btable|\borg\.\s?nr\.?)[\s:]*$", re.IGNORECASE,
)
"""What precedes an amount, a page or a number in a register."""
_CALLING = re.compile(
    r"(?:\btlf|\btelefon\w*|\bring\w*|\bsms|\btel|\bphone|\bcall|\bdial)\.?:?\s+(?:\w+\s+){0,2}$", re.IGNORECASE,
)
"""What precedes a number to call, in the languages most used here; it only adds to what the digits say."""


def find(book: Book) -> Iterator[Finding]:
    """Telephone numbers in running text, in titles and summaries, and in what language.toml says."""
    known = _known(book)
    for text in texts(book):
        for leaf in leaves(text):
            for at, number in numbers(_counted_out(leaf), known):
                yield _found(number, leaf.place_of(at), known)
    for words, place in _lines(book):
        for _, number in numbers(words, known):
            yield _found(number, place, known)


def numbers(words: str, known: dict[str, str]) -> Iterator[tuple[int, str]]:
    """The numbers to call in a text, each with its offset. `known`: the digits of a record → how it is written."""
    blanked = _ADDRESS.sub(lambda match: " " * len(match.group()), words)
    for match in _NUMBER.finditer(blanked):
        written = match.group()
        if _to_call(written, blanked[: match.start()], blanked[match.end() :], known):
            yield match.start(), " ".join(written.split())


def _to_call(written: str, before: str, after: str, known: dict[str, str]) -> bool:
    digits = _digits(written)
    if _COUNTED.match(after) or _COUNTING.search(before) or _DATE.fullmatch(written):
        return False
    if written.startswith("+") and len(digits) > 5:
        return True
    if "-" not in written and (digits in _SHORT or digits in known or re.fullmatch(r"116\d{3}", digits)):
        return True
    if len(digits) > 2 and _CALLING.search(before) and not _YEARS.fullmatch(written):
        return True
    return len(digits) > 4 and not (_GROUPED.fullmatch(written) or _YEARS.fullmatch(written) or _is_range(written))


def _is_range(written: str) -> bool:
    """`123-145`."""
    first, _, last = written.partition("-")
    return first.isdigit() and last.isdigit() and len(last) < 5 and int(first) < int(last)


def _digits(written: str) -> str:
    """The digits in any script as 0-9."""
    return "".join(str(unicodedata.digit(sign)) for sign in written if sign.isdigit())


def _counted_out(leaf: Leaf) -> str:
    """The words of a leaf, with what is marked as an amount or as code made blank."""
    return "".join(
        " " * len(words) if element.tag == "code" or "amount" in element.get("class", "").split() else words
        for element, words in fragment.own_pieces(leaf.element)
    )


def _known(book: Book) -> dict[str, str]:
    known = {}
    for line in book.publication.helplines:
        known[_digits(line.number)] = known[_digits(line.tel)] = f"{{{{ helpline.{line.id} }}}}"
    if phone := book.publication.contact.get("phone"):
        known[_digits(phone)] = "{{ contact.phone }}"
    return known


def _lines(book: Book) -> Iterator[tuple[str, Place]]:
    for text in (*book.chapters, *book.matter.values()):
        yield text.title, text.place
        yield text.summary, text.place
    for story in book.stories.values():
        yield story.title, story.place
    language = book.language
    said = (words for line in language.helplines.values() for words in (line.name, line.does, line.hours))
    for words in (language.title, language.subtitle, language.description, language.audience, *said):
        yield words, language.place


def _found(number: str, place: Place, known: dict[str, str]) -> Finding:
    record = known.get(_digits(number))
    remedy = f"write {record}" if record else None
    return CHECK.found(f"the number {number} stands in the text", place=place, remedy=remedy)


CHECK = Check(
    id="number-naked",
    severity=Severity.ERROR,
    title="A telephone number in running text",
    rationale="In right-to-left text its groups come out in the wrong order, in any text it can break at the end of a "
    "line, and nobody knows when it was last dialled. A mother must dial the right digits.",
    source="docs/writing.md, the number bug (WeasyPrint 70)",
    remedy="make it a record in publication.toml and write {{ helpline.ID }}; if nobody calls it, write [it]{.amount}",
    run=find,
)
