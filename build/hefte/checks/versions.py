"""The checks of a translation held against its source, in the order they run."""

from __future__ import annotations

from hefte.checks import (
    glossary_other,
    same_as_source,
    token_lost,
    translation_draft,
    translation_missing,
    translation_stale,
    translation_unconfirmed,
    translation_unsigned,
)
from hefte.checks.frame import Check

VERSION_CHECKS: tuple[Check, ...] = tuple(
    module.CHECK for module in (
        translation_missing, translation_stale, translation_unconfirmed, token_lost, same_as_source, glossary_other,
        translation_unsigned, translation_draft,
    )
)
