"""The checks of a folder of finished files, in the order they run."""

from __future__ import annotations

from hefte.checks import build_changed, release_outdated, release_tampered, release_unrecorded, release_withdrawn
from hefte.checks.frame import Check

FOLDER_CHECKS: tuple[Check, ...] = (
    release_tampered.CHECK, release_unrecorded.CHECK, build_changed.CHECK, release_withdrawn.CHECK,
    release_outdated.CHECK,
)
