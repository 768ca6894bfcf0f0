"""Inline rules for markdown-it: `[@key]` and `{{ record }}` to tokens, and what is neither to a problem."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

_CITATION = re.compile(r"\[@([^\[\]\n]*)\](?!\()")
_KEY = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_BRACES = re.compile(r"\{\{([^{}\n]*)\}\}")
_PAIR = re.compile(r"\{[^{}\n]*\}")
_RECORD = re.compile(r"\s*((?:helpline|contact)\.[a-z0-9]+(?:-[a-z0-9]+)*)\s*")


def inline_rules(md: MarkdownIt) -> None:
    """Install the rules; they emit `hefte_cite` and `hefte_record` (content: the key) and `hefte_problem`."""
    md.inline.ruler.before("link", "hefte_cite", _citation)
    md.inline.ruler.before("link", "hefte_record", _record)
    md.inline.ruler.push("hefte_brace", _brace)


def _citation(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("[@", state.pos, state.posMax):
        return False
    match = _CITATION.match(state.src, state.pos, state.posMax)
    if match and _KEY.fullmatch(match.group(1)):
        return _emit(state, silent, "hefte_cite", match.group(1), match.end())
    if match:
        return _emit_problem(state, silent, "citation-bad", match.group(), match.end())
    if state.src.startswith("](", _closing(state)):
        return False  # a link whose text begins with @, as a name on a social network does
    return _emit_problem(state, silent, "citation-bad", "[@", state.pos + 2)


def _closing(state: StateInline) -> int:
    """Where the next `]` stands; the end of the text if there is none."""
    at = state.src.find("]", state.pos, state.posMax)
    return at if at >= 0 else state.posMax


def _record(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("{{", state.pos, state.posMax):
        return False
    match = _BRACES.match(state.src, state.pos, state.posMax)
    if match and (record := _RECORD.fullmatch(match.group(1))):
        return _emit(state, silent, "hefte_record", record.group(1), match.end())
    if match:
        return _emit_problem(state, silent, "placeholder-bad", match.group(), match.end())
    return _emit_problem(state, silent, "placeholder-bad", "{{", state.pos + 2)


def _brace(state: StateInline, silent: bool) -> bool:
    """Braces that nothing has understood: attributes where none may stand, or half a placeholder."""
    if state.src[state.pos] not in "{}":
        return False
    match = _PAIR.match(state.src, state.pos, state.posMax)
    end = match.end() if match else state.pos + 1
    return _emit_problem(state, silent, "placeholder-bad", state.src[state.pos : end], end)


def _emit(state: StateInline, silent: bool, kind: str, content: str, end: int) -> bool:
    if not silent:
        state.push(kind, "", 0).content = content
    state.pos = end
    return True


def _emit_problem(state: StateInline, silent: bool, check: str, written: str, end: int) -> bool:
    if not silent:
        token = state.push("hefte_problem", "", 0)
        token.content, token.meta = written, {"kind": check, "text": written}
    state.pos = end
    return True
