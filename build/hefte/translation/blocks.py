"""A Markdown text to its leaf blocks: what each says, where its words stand, and what the text is built of.

Only the blocks are parsed. What stands within a line is looked at where it bears on the numbers: notes and figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from hefte.sources.markdown.figures import is_decorative
from hefte.sources.markdown.leaves import leaves
from hefte.sources.markdown.parser import parser
from hefte.sources.markdown.remarks import without
from hefte.translation.words import flowed

PARTS = "\n\n"
"""Between the texts of a block that has several: a list item whose words go on after something else in it."""

_KINDS = {
    "heading_open": "heading", "th_open": "cell", "td_open": "cell", "dt_open": "term", "list_item_open": "item",
    "dd_open": "definition",
}
_HOLDERS = {"list_item_open": "item", "dd_open": "definition", "footnote_open": "note"}
_NAMES = {
    "bullet_list_open": "list", "ordered_list_open": "numbered list", "list_item_open": "item", "tr_open": "row",
    "blockquote_open": "quotation", "dt_open": "term", "dd_open": "definition", "hr": "break", "fence": "code",
    "code_block": "code", "html_block": "HTML", "footnote_open": "note", "container_directive_close": ":::",
}


@dataclass(frozen=True, slots=True)
class Spot:
    """Some words where they are written: what `spots.put` needs to write others there."""

    line: int
    """Counted from 0, among the lines that are no remarks."""
    content: str
    """The words as the parser has them, without markers and indentation; line by line."""
    inside: str
    """Type of the token around them."""
    column: int = 0
    """Of a cell: which of its row."""


@dataclass(frozen=True, slots=True)
class Block:
    """One leaf block that has words."""

    name: str
    """The number of its data-key, or `alt.1`, `alt.2` … for what stands for a figure."""
    kind: str
    text: str
    line: int
    """In the file, from 1."""
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """A text's blocks and its frame."""

    blocks: tuple[Block, ...]
    skeleton: tuple[str, ...]
    """What it is built of, in order: `heading 2`, `paragraph`, `item`, `::: story lost`, `:::` …"""


@lru_cache(maxsize=256)
def read(text: str) -> Body:
    """The blocks and the frame of a text with its front matter, which is passed over."""
    lines = text.split("\n")
    kept = without(lines) if "%%" in text else range(len(lines))
    env: dict[str, Any] = {}
    tokens = _tokens("\n".join(lines[number] for number in kept) if "%%" in text else text, env)
    return Body(tuple(_blocks(tokens, env, kept)), tuple(_skeleton(tokens)))


def _tokens(text: str, env: dict[str, Any]) -> list[Token]:
    """The block tokens in the order in which they are numbered: notes go to the end, where they are referred to."""
    md = parser()
    state = StateCore(text, md, env)
    notes = "[^" in text or "^[" in text
    for rule in md.core.ruler.__rules__:
        if notes or rule.name in ("normalize", "block", "attr"):
            rule.fn(state)
    return state.tokens


def _blocks(tokens: Sequence[Token], env: dict[str, Any], kept: Sequence[int]) -> Iterator[Block]:
    for index, token in enumerate(tokens):
        if token.type == "paragraph_open" and not token.hidden and tokens[index + 1].content.startswith("!["):
            _mark_figure(token, tokens[index + 1], env)
    numbers = {index: number for number, index in enumerate(leaves(tokens), 1)}
    alts = 0
    for index, token in enumerate(tokens):
        if figure := token.meta.get("figure"):
            alts += 1
            yield from _shown(token, figure, tokens[index + 1], f"alt.{alts}", numbers.get(index), kept)
        elif index in numbers:
            spots = tuple(_spots(tokens, index))
            if text := PARTS.join(flowed(spot.content) for spot in spots):
                yield Block(str(numbers[index]), _kind(tokens, index), text, kept[spots[0].line] + 1, spots)


def _mark_figure(token: Token, words: Token, env: dict[str, Any]) -> None:
    """Mark a paragraph that is one image, as sources.markdown.figures does."""
    md = parser()
    children: list[Token] = []
    md.inline.parse(words.content, md, dict(env), children)
    if len(children) == 1 and children[0].type == "image":
        token.meta |= {"figure": children[0], "caption": str(children[0].attrs.get("title", "")).strip()}


def _shown(
    token: Token, image: Token, words: Token, name: str, number: int | None, kept: Sequence[int],
) -> Iterator[Block]:
    """What stands for a figure, and what stands below it."""
    assert words.map is not None  # a figure is a paragraph that is written somewhere
    line, alt = words.map[0], flowed(image.content)
    if alt and not is_decorative(image):
        yield Block(name, "alt", alt, kept[line] + 1, (Spot(line, words.content, "alt"),))
    if number:
        caption = flowed(token.meta["caption"])
        yield Block(str(number), "caption", caption, kept[line] + 1, (Spot(line, words.content, "caption"),))


def _spots(tokens: Sequence[Token], index: int) -> Iterator[Spot]:
    """Where the words of a leaf stand; nowhere for a note that is written inside a line, and for code."""
    token = tokens[index]
    if token.type in ("list_item_open", "dd_open"):
        for at in range(index + 1, len(tokens)):
            if tokens[at].level <= token.level:
                return
            direct = tokens[at].level == token.level + 1 and tokens[at].hidden
            words = tokens[at + 1]
            if direct and tokens[at].type == "paragraph_open" and words.map and words.content.strip():
                yield Spot(words.map[0], words.content, token.type)
    elif token.nesting == 1 and tokens[index + 1].map is not None:
        words = tokens[index + 1]
        assert words.map is not None
        column = 0
        while token.type in ("th_open", "td_open") and tokens[index - 3 * column - 1].type != "tr_open":
            column += 1
        yield Spot(words.map[0], words.content, token.type, column)


def _kind(tokens: Sequence[Token], index: int) -> str:
    token = tokens[index]
    if known := _KINDS.get(token.type):
        return known
    level = token.level
    for at in range(index - 1, -1, -1):
        if tokens[at].level < level and tokens[at].nesting == 1:
            if holder := _HOLDERS.get(tokens[at].type):
                return holder
            level = tokens[at].level
    return "paragraph"


def _skeleton(tokens: Sequence[Token]) -> Iterator[str]:
    for index, token in enumerate(tokens):
        if name := _NAMES.get(token.type):
            yield name
        elif token.type == "heading_open":
            yield f"heading {token.tag[1:]}"
        elif token.type == "container_directive_open":
            yield f"::: {' '.join(token.info.split())}"
        elif token.type == "table_open":
            yield f"table of {sum(cell.type == 'th_open' for cell in _until(tokens, index, 'thead_close'))} columns"
        elif token.type == "paragraph_open" and tokens[index - 1].type not in _HOLDERS:
            yield "figure" if token.meta.get("figure") else "paragraph"


def _until(tokens: Sequence[Token], index: int, end: str) -> Iterator[Token]:
    for token in tokens[index:]:
        if token.type == end:
            return
        yield token
