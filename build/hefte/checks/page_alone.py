"""Laid-out pages to the lines that stand alone there, the others of their paragraph on another page."""

from __future__ import annotations

from collections.abc import Iterator

from hefte.model import LaidOut, Line, Page


def alone(laid: LaidOut, *, first: bool) -> Iterator[tuple[Page, Line]]:
    """First lines at a page's foot, or last lines at its head. What begins and ends elsewhere is neither."""
    for page in laid.pages:
        for block in page.blocks:
            broken = block.continues and not block.continued if first else block.continued and not block.continues
            if broken and len(block.lines) == 1:
                yield page, block.lines[0]
