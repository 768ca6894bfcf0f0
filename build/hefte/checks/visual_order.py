"""Turns text in the order in which it is drawn, from left to right, into the order in which it is read."""

from __future__ import annotations

import re
import unicodedata

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")


def logical(drawn: str) -> str:
    """One line as drawn → as read (UAX 9 turned round, as far as a line of one direction with islands goes).

    A line without right-to-left letters is left as it is. In one that has some, everything is turned but runs of
    left-to-right letters and numbers.
    """
    if not _RIGHT_TO_LEFT.search(drawn):
        return drawn
    return "".join(run if forward else run[::-1] for run, forward in reversed(_runs(drawn)))


def _runs(drawn: str) -> list[tuple[str, bool]]:
    """Pieces, each with whether it reads from left to right: from the first to the last strong or digit of a row."""
    runs: list[tuple[str, bool]] = []
    start = at = 0
    while at < len(drawn):
        if not _forward(drawn[at]):
            at += 1
            continue
        end = at
        for here in range(at, len(drawn)):
            if _RIGHT_TO_LEFT.match(drawn[here]) and not _forward(drawn[here]):
                break
            if _forward(drawn[here]):
                end = here
        runs += [(drawn[start:at], False)] if at > start else []
        runs.append((drawn[at : end + 1], True))
        start = at = end + 1
    return [*runs, (drawn[start:], False)] if start < len(drawn) else runs


def _forward(sign: str) -> bool:
    return unicodedata.bidirectional(sign) in ("L", "EN", "AN")
