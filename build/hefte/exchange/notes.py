"""A segment to what its translator should know: where it stands, what must stay, which terms are settled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from hefte import protected
from hefte.model import Publication
from hefte.model.translation import Segment, Translation, Unit


@dataclass(frozen=True, slots=True)
class Notes:
    """What the notes of one language are made from."""

    titles: Mapping[str, str]
    """Source file → its title."""
    terms: Mapping[str, tuple[str, str]]
    """How a term begins in the source language, in small letters → the term there, and what stands for it."""

    @classmethod
    def of(cls, publication: Publication, translation: Translation) -> Notes:
        """The titles and terms of a language."""
        segments = [pair.source for unit in translation.units for pair in unit.pairs if pair.source is not None]
        here, there = publication.source_language, translation.language
        return cls(
            titles={one.file: one.text for one in segments if one.id.endswith(".title") and one.file.endswith(".md")},
            terms={
                word.lower(): (word, " / ".join(term.get(there, ())))
                for term in publication.glossary.values() for word in term.get(here, ())
            },
        )

    def context(self, unit: Unit, segment: Segment) -> str:
        """`Hva er ammesorg? · paragraph`; of a story its own title too, of a string its name."""
        names = [self.titles.get(name, "") for name in dict.fromkeys((unit.files[0], segment.file)) if unit.files]
        kind = segment.id.split(".")[1] if segment.kind == "string" else segment.kind
        return " · ".join([*(name for name in names if name), kind])

    def note(self, segment: Segment) -> str:
        """One line each: what must stay as it is, and the terms that occur."""
        # of a link, `](https://a.b)`, the address is what one looks for
        tokens = sorted(token.removeprefix("](").removesuffix(")") for token in protected.tokens(segment.text))
        lines = [f"keep as it is: {'  '.join(tokens)}"] if tokens else []
        small = segment.text.lower()
        for word, (term, rendering) in self.terms.items():
            # inflected forms begin with the term; a word that merely ends with it is another word
            if re.search(rf"(?<!\w){re.escape(word)}", small):
                lines.append(f"glossary: {term} = {rendering}" if rendering else f"glossary: {term}")
        return "\n".join(lines)
