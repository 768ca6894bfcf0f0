"""A publication to the ICC profile that its print edition needs."""

from __future__ import annotations

from pathlib import Path

from hefte.errors import MissingToolError
from hefte.model import Publication


def require_profile(publication: Publication) -> Path:
    """The ICC output profile. Raises MissingToolError if the file is not there; asked only when print is built."""
    profile = publication.print.profile
    if profile.is_file():
        return profile
    raise MissingToolError(
        f"the output profile {profile} is missing", place=publication.place,
        remedy=f"put the {publication.print.condition} profile there, or name another under `[print]` as `profile`",
    )
