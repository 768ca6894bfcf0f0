"""What the person at the command line asked for, and what of it need not be done, cannot be done, or may not be
done."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from hefte import freshness
from hefte.errors import ReleaseRefusedError, UsageError
from hefte.model import LanguageResult, Place, Publication, Severity

OUT, PSEUDO_OUT = "dist", "dist-pseudo"
"""Where outputs go, below the publication's folder, where nobody said otherwise; those of a pseudo-language."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """One call of `hefte build`."""

    root: Path
    """The publication's folder."""
    out: Path
    """Where the outputs go."""
    languages: tuple[str, ...] | None = None
    """None: all."""
    editions: tuple[str, ...] | None = None
    """None: all that the publication names."""
    release: bool = False
    validate: bool = False
    """Also ask EPUBCheck, Ace and axe-core, as far as they are on this machine. page-validation is always asked."""
    jobs: int = field(default_factory=lambda: os.cpu_count() or 1)
    """How many processes may work at once."""
    force: bool = False
    """Make everything again, changed or not."""
    pseudo: bool = False
    """Build one language only, the source with longer words (pseudo.py), and nothing of what was built before."""
    keep_html: Path | None = None
    """Where to leave the HTML and CSS that the renderer was given."""
    fit: bool = True
    """Whether the text is fitted to its pages; where not, it is set in the designer's own sizes."""

    @property
    def validated(self) -> bool:
        """Whether outside validators have to have seen the files."""
        return self.validate or self.release

    def stale(self, earlier: Mapping[str, Any], digests: Mapping[str, str]) -> list[str]:
        """The languages asked for whose last build no longer holds (or that are not there: loading says so)."""
        asked = self.languages or tuple(digests)
        return [name for name in asked if not self._fresh(earlier["languages"].get(name), digests.get(name, ""))]

    def _fresh(self, entry: Mapping[str, Any] | None, digest: str) -> bool:
        if self.force or self.release or self.pseudo or self.keep_html or entry is None or entry.get("failures"):
            return False
        if self.fit is not entry["fit"]:
            return False
        return freshness.is_fresh(self.out, entry, digest, self.editions, self.validated)

    def seen(self, earlier: Mapping[str, Any], language: str) -> Mapping[str, Any]:
        """The earlier report's entry of a language, whose unchanged files need not be looked at again."""
        entry: Mapping[str, Any] = {} if self.force or self.release else earlier["languages"].get(language, {})
        return entry

    def jobs_each(self, languages: Sequence[str]) -> int:
        """How many processes each language may use for its editions."""
        return max(1, self.jobs // max(1, len(languages)))

    def wanted(self, publication: Publication) -> tuple[str, ...]:
        """The names of the editions that are to be made."""
        if self.editions is None:
            return publication.editions
        return tuple(name for name in publication.named(self.editions) if name in publication.editions)

    def refuse_unknown(self, publication: Publication) -> None:
        """Raises UsageError where a language or an edition was asked for that is not there. An edition may be asked for
        by its own name, or with all others of its layout by the layout's."""
        layouts = {publication.catalogue[name].layout for name in publication.editions}
        editions = (*publication.editions, *sorted(layouts - set(publication.editions)))
        for kind, asked, known in (
            ("language", self.languages, publication.languages), ("edition", self.editions, editions)
        ):
            for name in asked or ():
                if name not in known:
                    near = get_close_matches(name, known, 1)
                    hint = f"did you mean {near[0]}? " if near else ""
                    what = f"there is no {kind} {name} in this publication"
                    raise UsageError(what, remedy=f"{hint}it has {', '.join(known)}")


def refuse_release(results: Sequence[LanguageResult]) -> None:
    """Raises ReleaseRefusedError where anything stands in the way of a release; the last good one stays as it is."""
    # Once each: a validator that is missing is missing for every language.
    refuse(tuple({reason.line(): reason for result in results for reason in _reasons(result)}.values()))


def refuse(reasons: tuple[ReleaseRefusedError, ...]) -> None:
    """Raises ReleaseRefusedError where there are reasons, with a line for each."""
    if reasons:
        raise ReleaseRefusedError(
            f"the release is refused for {len(reasons)} reason{'s' if len(reasons) > 1 else ''}",
            remedy="mend what is listed below; the last release is untouched", also=reasons,
        )


def _reasons(result: LanguageResult) -> Iterator[ReleaseRefusedError]:
    for failure in result.failures:
        for line in failure.lines:
            yield ReleaseRefusedError(line, remedy=f"{result.language} could not be built")
    for finding in result.findings:
        if finding.severity is Severity.ERROR or finding.blocks_release:
            place = Place(finding.path, finding.line or 1) if finding.path else None
            yield ReleaseRefusedError(f"{finding.message} ({finding.check})", remedy=finding.remedy, place=place)
    for name, said in result.validators.items():
        if said.startswith("not run"):
            yield ReleaseRefusedError(f"{name} was {said}", remedy="a release is seen by every validator: install it")
