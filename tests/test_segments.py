"""Where the parts of a book stand in what is read, and that one finding is told once."""

from __future__ import annotations

import pytest

from hefte import checks
from hefte.checks.blocks import Block
from hefte.checks.frame import Check
from hefte.checks.segments import Part, in_order_of, places
from hefte.model import Finding, Severity


def blocks(*texts: str) -> tuple[Block, ...]:
    """Headings begin with #."""
    return tuple(Block("h1" if text[0] == "#" else "p", pieces=[(text.strip("#"), "nb")]) for text in texts)


COVER = Part("cover", blocks("#Å sove", "Til mødre"))
COLOPHON = Part("colophon", blocks("#Om heftet", "Laget for prøver"))
CHAPTER = Part("start", blocks("#Å sove", "Hvil", "Sov", "Spis"))
HELP = Part("help", blocks("#Ring", "Noen svarer", "Hele døgnet"))
BACK = Part("back-cover", blocks("#Ring", "Noen svarer"), repeats=True)
KNOWN = (COVER, COLOPHON, CHAPTER, HELP, BACK)


@pytest.mark.parametrize("order", [
    (COVER, COLOPHON, CHAPTER, HELP, BACK), (COVER, CHAPTER, COLOPHON, HELP, BACK),
    (BACK, COVER, CHAPTER, HELP, COLOPHON), (COVER, HELP, COLOPHON, CHAPTER, BACK),
])
def test_parts_of_one_title_are_told_apart_by_what_follows(order: tuple[Part, ...]) -> None:
    found = [block for part in order for block in part.blocks]
    assert in_order_of(KNOWN, found, ["start"]) == order


def test_no_two_parts_have_the_same_heading() -> None:
    found = [block for part in (COVER, CHAPTER, HELP) for block in part.blocks]
    assert places(KNOWN, found) == {"cover": 0, "start": 2, "help": 6}


def test_what_a_check_finds_twice_is_told_once_and_in_order() -> None:
    one, two = (Finding("x", Severity.ERROR, message, "mend it") for message in ("one", "two"))
    check = Check("x", Severity.ERROR, "X", "why", "who", "mend it", lambda subject: [two, one, two, one])
    look = checks._look((check,), one, rendered=False)  # of a subject, only the path is asked
    assert look.findings == (two, one)
