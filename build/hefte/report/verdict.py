"""Turns report.json's entries into the answer to one question: may it be released, and what stands in the way?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Record = Mapping[str, Any]

_WEIGHTS = ("error", "blocking", "warning", "note", "waived")
"""The gravest first."""


def kind(finding: Record) -> str:
    """How much a finding weighs: `error`, `blocking` (a warning that no release may carry), `warning`, `note`,
    `waived`."""
    if finding.get("waived"):
        return "waived"
    if finding["severity"] == "error":
        return "error"
    return "blocking" if finding.get("blocks_release") else str(finding["severity"])


def weight(finding: Record) -> tuple[int, int]:
    """For sorting: the gravest first, then by page."""
    return _WEIGHTS.index(kind(finding)), finding.get("page") or 0


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that stands in the way."""

    what: str
    where: str
    """`chapters/nb/first.md:7`, `nb/a-print.pdf page 3`; empty where it has no place."""
    remedy: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The reasons that one check gives."""

    check: str
    """Its id; `not built` and `not validated` for what no check says."""
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether it may be released, as far as this build can tell."""

    groups: tuple[Group, ...]
    """What stands in the way; the check with most to say comes first."""
    unseen: tuple[str, ...]
    """Languages whose files no outside validator was asked about."""

    @property
    def answer(self) -> str:
        """`no`, `unknown` or `yes`."""
        return "no" if self.groups else "unknown" if self.unseen else "yes"

    @property
    def number(self) -> int:
        """Of reasons."""
        return sum(len(group.reasons) for group in self.groups)


def judge(languages: Mapping[str, Record]) -> Verdict:
    """By the rule that `--release` follows (wishes.py)."""
    found: dict[str, dict[tuple[str, str, str], list[str]]] = {}
    for language, entry in languages.items():
        for check, what, where, remedy in _reasons(entry):
            said = found.setdefault(check, {}).setdefault((what, where, remedy), [])
            if language not in said:
                said.append(language)
    groups = (
        Group(check, tuple(Reason(what, where, remedy, tuple(of)) for (what, where, remedy), of in reasons.items()))
        for check, reasons in found.items()
    )
    ordered = sorted(groups, key=lambda group: (group.check not in _FIRST, -len(group.reasons), group.check))
    unseen = tuple(language for language, entry in languages.items() if not entry["validated"])
    return Verdict(tuple(ordered), unseen)


_FIRST = ("not built",)


def _reasons(entry: Record) -> Iterator[tuple[str, str, str, str]]:
    for failure in entry["failures"]:
        for line in failure["lines"]:
            yield "not built", line, "", ""
    for finding in entry["findings"]:
        if kind(finding) in {"error", "blocking"}:
            yield finding["check"], finding["message"], where(finding), finding["remedy"]
    for name, said in entry["validators"].items():
        if said.startswith("not run"):
            yield "not validated", f"{name}: {said}", "", "a release is seen by every validator"


def where(finding: Record) -> str:
    """A finding's place in words."""
    place = finding.get("path") or ""
    if finding.get("line"):
        place += f":{finding['line']}"
    if finding.get("page"):
        place += f"{' ' if place else ''}page {finding['page']}"
    return place
