"""A tagged PDF to the words that are read with another language's voice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from hefte.checks import pdf_held, pdf_tags
from hefte.checks.alignment import Pair
from hefte.checks.blocks import Block, letters, quoted
from hefte.checks.frame import Check, PdfFile
from hefte.checks.language_tags import fault
from hefte.checks.pdf_reading import guarded
from hefte.model import Finding, Severity
from hefte.scripts import script, script_of, scripts_in

_ENOUGH = 30
"""Letters. A shorter text may be a name or an address."""


def _run(file: PdfFile) -> Iterator[Finding]:
    if not pdf_tags.tagged(file.pdf):
        return
    yield from _tags(file)
    found = pdf_held.blocks(file)
    if pdf_held.ours(file):
        for held in pdf_held.held(file, found):
            yield from _as_written(file, held.alignment.pairs)
    else:
        yield from _scripts(file, found)


def _tags(file: PdfFile) -> Iterator[Finding]:
    """Each wrong language tag, where it stands first; the file's own (Lang) too."""
    own = str(file.pdf.Root.get("/Lang", ""))
    said: list[tuple[str, int | None]] = [(own, None)] if own else []
    said += [(node.said, node.page) for node in pdf_tags.read(file.pdf).walk() if node.said is not None]
    for tag in dict.fromkeys(tag for tag, _ in said):
        if what := fault(tag):
            page = next(page for each, page in said if each == tag)
            yield CHECK.found(f"the language tag “{tag}” {what}", path=file.path, page=page)


def _as_written(file: PdfFile, pairs: list[Pair]) -> Iterator[Finding]:
    """The first words of each segment that the PDF says another language of than the source does."""
    wrong = [(pair, *where) for pair in pairs if (where := _first_difference(pair)) is not None]
    for pair, wanted, said, words in wrong[:1]:
        more = f", and {len(wrong) - 1} more places" if len(wrong) > 1 else ""
        there = pair.blocks[0]
        yield CHECK.found(
            f"{words} ({pair.wanted.key}) is read as {said or 'nothing'}, not {wanted}{more}",
            path=file.path, page=there.page, box=there.box,
        )


def _first_difference(pair: Pair) -> tuple[str, str, str] | None:
    """Wanted, said, the words."""
    wanted = [language for text, language in pair.wanted.pieces for _ in letters(text)]
    said = [language for block in pair.blocks for text, language in block.pieces for _ in letters(text)]
    for at, language in enumerate(wanted):
        other = said[pair.start + at]
        if other.lower() != language.lower():
            return language, other, _piece_at(pair.wanted, at)
    return None


def _piece_at(block: Block, at: int) -> str:
    for text, _ in block.pieces:
        at -= len(letters(text))
        if at < 0:
            return quoted(" ".join(text.split()))
    return block.quoted


def _scripts(file: PdfFile, found: list[Block]) -> Iterator[Finding]:
    """The first text of each language that is mostly in letters that the language is not written in."""
    seen: set[str] = set()
    for block in found:
        for language in dict.fromkeys(said for _, said in block.pieces):
            words = "".join(text for text, said in block.pieces if said == language)
            if language and language not in seen and (most := _other_script(words, language)):
                seen.add(language)
                yield CHECK.found(
                    f"{block.quoted} is read as {language}, and is in the script {most}", path=file.path,
                    page=block.page, box=block.box, severity=Severity.WARNING,
                )


def _other_script(words: str, language: str) -> str:
    """The script that most letters are of, where none is of the language's own."""
    counts = Counter(found for sign in words if sign.isalpha() and (found := script(sign)))
    own = scripts_in(script_of(language))
    if counts.total() < _ENOUGH or any(name in own for name in counts):
        return ""
    return counts.most_common(1)[0][0]


CHECK = Check(
    id="pdf-span-language",
    severity=Severity.ERROR,
    title="Words read in the wrong language",
    rationale="A voice that is told the wrong language reads Arabic letter by letter, or an English title as if it "
    "were Norwegian: nobody understands it.",
    source="ISO 14289-1, 7.2; WCAG 2.2, 3.1.1 and 3.1.2; BCP 47",
    remedy="mark words of another language in the source: [Grief]{lang=en}; in a foreign file, mend the tags' Lang",
    run=guarded(_run),
)
