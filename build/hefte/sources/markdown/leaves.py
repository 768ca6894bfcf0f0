"""Tokens to those that open a leaf block: what is numbered, translated and signed as one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

_LEAVES = ("paragraph_open", "heading_open", "th_open", "td_open", "dt_open", "fence", "code_block")
_HOLDERS = ("list_item_open", "dd_open")
"""Leaves only if their text stands in them directly, not in paragraphs of their own."""


def leaves(tokens: Sequence[Token]) -> Iterator[int]:
    """Where each leaf block opens, in reading order; the first has the number 1. A figure is one if it has a caption
    (`meta["figure"]` and `meta["caption"]`)."""
    for index, token in enumerate(tokens):
        if token.meta.get("figure"):
            if token.meta["caption"]:
                yield index
        elif (token.type in _LEAVES and not token.hidden) or (token.type in _HOLDERS and _holds_text(tokens, index)):
            yield index


def _holds_text(tokens: Sequence[Token], index: int) -> bool:
    """Whether a list item or definition has a paragraph of its own that shows no `<p>`."""
    level = tokens[index].level
    for token in tokens[index + 1 :]:
        if token.level <= level:
            return False
        if token.level == level + 1 and token.type == "paragraph_open" and token.hidden:
            return True
    return False
