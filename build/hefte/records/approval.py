"""A story's text to the digest that an approval is bound to: one changed character voids it."""

from __future__ import annotations

from hashlib import sha256

from hefte import fragment
from hefte.model import Story


def digest(story: Story) -> str:
    """SHA-256, in hexadecimal, of the title and the words of each block, one a line; marks of emphasis do not count."""
    blocks = (" ".join(fragment.own_text(leaf).split()) for leaf in fragment.leaves(fragment.parse(story.body)))
    return sha256("\n".join((story.title, *blocks)).encode()).hexdigest()
