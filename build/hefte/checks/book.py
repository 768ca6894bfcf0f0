"""The checks of a book as written, in the order they run."""

from __future__ import annotations

from hefte.checks import (
    abbreviation,
    acronym,
    address_reserved,
    alt_missing,
    attribute_unknown,
    bullet_typed,
    citation_bad,
    citation_dangling,
    citation_unused,
    code_block,
    consent_doubtful,
    consent_missing,
    directive_unknown,
    edition_unnamed,
    emoji_bullet,
    heading_skip,
    helpline_unverified,
    id_twice,
    identifiers_found,
    identifiers_unacknowledged,
    language_wrong,
    link_bad,
    link_dangling,
    note_dangling,
    number_naked,
    placeholder_bad,
    quote_mismatch,
    raw_html,
    reading_level,
    review_by_past,
    script_wrong,
    sentence_long,
    source_draft,
    spelling,
    story_edits,
    story_on_cover,
    story_review_due,
    story_twice,
    story_unapproved,
    story_unknown,
    story_unplaced,
    story_voice,
    table_cells,
    withdrawn_kept,
    word_doubled,
)
from hefte.checks.frame import Check

BOOK_CHECKS: tuple[Check, ...] = tuple(
    module.CHECK for module in (
        # how it is written
        raw_html, directive_unknown, placeholder_bad, citation_bad, attribute_unknown, code_block, note_dangling,
        table_cells, heading_skip, id_twice, link_bad, link_dangling, alt_missing, quote_mismatch, number_naked,
        script_wrong, language_wrong,
        # how it reads
        emoji_bullet, bullet_typed, word_doubled, spelling, abbreviation, acronym, sentence_long, reading_level,
        # what it refers to
        story_unknown, story_unplaced, story_twice, citation_dangling, citation_unused, edition_unnamed,
        # who agreed, and when somebody last looked
        consent_missing, consent_doubtful, story_voice, story_edits, story_on_cover, story_unapproved, story_review_due,
        identifiers_unacknowledged, identifiers_found, helpline_unverified, address_reserved, review_by_past,
        withdrawn_kept, source_draft,
    )
)
