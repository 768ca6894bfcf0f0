"""The checks of a book as written, in the order they run."""

from __future__ import annotations

from hefte.checks import (
    alt_missing,
    attribute_unknown,
    citation_bad,
    citation_dangling,
    citation_unused,
    code_block,
    consent_missing,
    directive_unknown,
    heading_skip,
    helpline_unverified,
    id_twice,
    identifiers_unacknowledged,
    language_wrong,
    link_bad,
    link_dangling,
    note_dangling,
    number_naked,
    placeholder_bad,
    quote_mismatch,
    raw_html,
    review_by_past,
    script_wrong,
    story_review_due,
    story_twice,
    story_unapproved,
    story_unknown,
    story_unplaced,
    table_cells,
    withdrawn_kept,
)
from hefte.checks.frame import Check

BOOK_CHECKS: tuple[Check, ...] = tuple(
    module.CHECK for module in (
        # how it is written
        raw_html, directive_unknown, placeholder_bad, citation_bad, attribute_unknown, code_block, note_dangling,
        table_cells, heading_skip, id_twice, link_bad, link_dangling, alt_missing, quote_mismatch, number_naked,
        script_wrong, language_wrong,
        # what it refers to
        story_unknown, story_unplaced, story_twice, citation_dangling, citation_unused,
        # who agreed, and when somebody last looked
        consent_missing, story_unapproved, story_review_due, identifiers_unacknowledged, helpline_unverified,
        review_by_past, withdrawn_kept,
    )
)
