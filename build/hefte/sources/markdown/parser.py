"""The Markdown dialect: CommonMark, tables, notes, definition lists, attributes, `:::` directives, `%%` remarks."""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from hefte.sources.markdown.inline import inline_rules
from hefte.sources.markdown.remarks import remark_rules

ATTRIBUTES = ("class", "id", "lang")
"""What `{.class #id lang=nn}` may set; anything else comes from outside and could run, restyle or break."""

_ATTRIBUTE_LINE = re.compile(r"\s*\{[^{}]*\}\s*")


@cache
def parser() -> MarkdownIt:
    """The one parser of the process; it keeps nothing from one text to the next."""
    md = MarkdownIt("commonmark", {"xhtmlOut": True}).enable("table")
    # every address is looked at in `links`; markdown-it would print a refused one as text
    md.validateLink = lambda url: True  # type: ignore[method-assign]
    md.use(front_matter_plugin).use(footnote_plugin, always_match_refs=True).use(deflist_plugin)
    md.use(container_plugin, "directive", validate=lambda params, markup: True)
    md.use(attrs_plugin, spans=True, allowed=ATTRIBUTES).use(attrs_block_plugin, allowed=ATTRIBUTES)
    md.core.ruler.before("attr", "attribute_lines", _attribute_lines)
    md.use(remark_rules)
    md.core.ruler.before("footnote_tail", "nested_notes", _nested_notes)
    return md.use(inline_rules)


def _nested_notes(state: StateCore) -> None:
    """Takes a note that is written inside a note for a part of it: the plugin would tear the block around it apart."""
    depth, kept = 0, []
    for token in state.tokens:
        closes = token.type == "footnote_reference_close"
        nested = depth > (1 if closes else 0) and (closes or token.type == "footnote_reference_open")
        depth += token.nesting if token.type.startswith("footnote_reference") else 0
        if not nested:
            kept.append(token)
        elif token.map:
            state.env.setdefault("nested_notes", []).append(token.map[0] + 1)
    state.tokens = kept


def _attribute_lines(state: StateCore) -> None:
    """Notes attribute lines with words after the brace: the plugin would lose them."""
    lines = state.src.split("\n")
    for token in state.tokens:
        if token.type == "attrs_block" and token.map:
            line = token.map[0]
            if not _ATTRIBUTE_LINE.fullmatch(lines[line].lstrip("> ")):
                state.env.setdefault("lost_lines", []).append(line + 1)
