"""The checks of the laid-out pages, in the order they run. Their subject is a `LaidOut`."""

from __future__ import annotations

from hefte.checks import (
    page_callout_cut,
    page_contents,
    page_empty,
    page_gap,
    page_heading_stranded,
    page_hyphen,
    page_link,
    page_orphan,
    page_overflow,
    page_running_head,
    page_short_line,
    page_story_cut,
    page_widow,
)
from hefte.checks.frame import Check

PAGE_CHECKS: tuple[Check, ...] = (
    page_contents.CHECK, page_running_head.CHECK, page_link.CHECK, page_overflow.CHECK, page_empty.CHECK,
    page_gap.CHECK, page_story_cut.CHECK, page_callout_cut.CHECK, page_heading_stranded.CHECK, page_widow.CHECK,
    page_orphan.CHECK, page_short_line.CHECK, page_hyphen.CHECK,
)
