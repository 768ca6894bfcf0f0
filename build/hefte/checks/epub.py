"""A finished EPUB to what its checks find: which there are, in order, and how to open one."""

from __future__ import annotations

from hefte.checks import (
    epub_accessibility,
    epub_alt,
    epub_container,
    epub_direction,
    epub_document,
    epub_draft,
    epub_font,
    epub_heading,
    epub_link,
    epub_note,
    epub_page_list,
    epub_remote,
    epub_skip_link,
    epub_story_voice,
    epub_words,
)
from hefte.checks.epub_reading import open_epub
from hefte.checks.frame import Check

__all__ = ["EPUB_CHECKS", "open_epub"]

EPUB_CHECKS: tuple[Check, ...] = (
    epub_container.CHECK,
    epub_document.CHECK,
    epub_alt.CHECK,
    epub_heading.CHECK,
    epub_link.CHECK,
    epub_note.CHECK,
    epub_page_list.CHECK,
    epub_accessibility.CHECK,
    epub_font.CHECK,
    epub_remote.CHECK,
    epub_direction.CHECK,
    epub_draft.CHECK,
    epub_skip_link.CHECK,
    epub_story_voice.CHECK,
    epub_words.CHECK,
)
"""In the order they run. EPUBCheck, Ace and axe-core are asked besides (hefte.tools); these see what those let pass."""
