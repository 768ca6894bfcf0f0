"""publication.toml and the records beside it, to a `Publication`: what is published, in which languages, how."""

from __future__ import annotations

from hefte.publication.find import find
from hefte.publication.load import load
from hefte.publication.profile import require_profile
from hefte.publication.schemas import schemas

__all__ = ["find", "load", "require_profile", "schemas"]
