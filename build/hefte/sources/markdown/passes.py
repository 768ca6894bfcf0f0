"""Passes over the tokens of a parsed text before it is rendered: lines, directives, attributes, notes, keys."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token

from hefte.records.validate import Rule
from hefte.records.words import language_tag
from hefte.sources.markdown.document import Document
from hefte.sources.markdown.leaves import leaves

CALLOUTS = ("remember", "seek-help", "read-more")
"""Directives that hold text."""
LISTS = ("references", "helplines")
"""Directives that stand for a list made from records, and hold nothing."""

STORY_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def place_lines(tokens: Sequence[Token], document: Document) -> None:
    """Give every token its line in the file (`meta["line"]`, from 1), those inside a paragraph too."""
    line = 1
    notes: dict[int, int] = {}
    for token in tokens:
        if token.map:
            line = token.map[0] + 1
        elif token.type == "footnote_open":
            line = notes.get(token.meta["id"], line)
        token.meta["line"] = line
        for child in token.children or ():
            _place(child, line)
            if child.type == "footnote_ref":
                notes.setdefault(child.meta["id"], line)
            line += child.content.count("\n") if child.type == "html_inline" else "break" in child.type


def _place(token: Token, line: int) -> None:
    token.meta["line"] = line
    for child in token.children or ():
        _place(child, line)


def walk(tokens: Sequence[Token]) -> Iterator[Token]:
    """Every token, those inside others too."""
    for token in tokens:
        yield token
        yield from walk(token.children or ())
        yield from walk(token.meta.get("caption", ()))


def report(tokens: Sequence[Token], document: Document) -> None:
    """Note raw HTML, code blocks, refused attributes, and what the inline rules could not read."""
    for token in walk(tokens):
        line = token.meta["line"]
        if token.type == "hefte_problem":
            document.problem(token.meta["kind"], line, f"`{token.meta['text']}`")
        elif token.type in ("html_block", "html_inline"):
            document.problem("raw-html", line, f"`{_short(token.content)}`")
        elif token.type in ("code_block", "fence"):
            document.problem("code-block", line, f"`{_short(token.content)}`")
        elif token.type == "text" and "](" in token.content:
            document.problem("link-bad", line, f"`{_short(token.content[token.content.index(']('):])}`")
        for name in token.meta.get("insecure_attrs", ()):
            document.problem("attribute-unknown", line, f"`{name}`")
        _attributes(token, line, document)


_IN_LINKS = {"hefte_record": "placeholder-bad", "footnote_ref": "note-dangling"}
"""What becomes a link itself, and so cannot stand in one → the check that reports it."""


def nested_links(tokens: Sequence[Token], document: Document) -> None:
    """Problems for records and notes inside a link: a link cannot hold a link (WHATWG HTML 4.5.1)."""
    for block in tokens:
        depth = 0
        for token in block.children or ():
            depth += token.nesting if token.type.startswith("link") else 0
            if depth and token.type in _IN_LINKS:
                text = f"`{token.content or token.meta.get('label') or '^'}` stands inside a link"
                document.problem(_IN_LINKS[token.type], token.meta["line"], text)


def tables(tokens: Sequence[Token], document: Document) -> None:
    """Problems for rows with more cells than the table's head: Markdown drops the ones too many (GFM 4.10)."""
    for index, token in enumerate(tokens):
        if token.type != "tr_open" or tokens[index - 1].type == "thead_open":
            continue
        row = document.lines[token.meta["line"] - 1].strip(" \t>").removeprefix("|")
        wanted = sum(cell.type == "td_open" for cell in tokens[index : _closing(tokens, index)])
        cells = escapedSplit(row)
        if len(cells) - (cells[-1].strip() == "") > wanted:
            said = f"a row of more cells than the {wanted} columns of the table"
            document.problem("table-cells", token.meta["line"], said)


def _closing(tokens: Sequence[Token], index: int) -> int:
    """Where the element that opens at `index` closes."""
    level = tokens[index].level
    return next(at for at in range(index + 1, len(tokens)) if tokens[at].level == level and tokens[at].nesting < 0)


def _attributes(token: Token, line: int, document: Document) -> None:
    """Check an author's `lang` and `id`; take away what cannot stay."""
    if "lang" in token.attrs:
        try:
            language_tag(str(token.attrs["lang"]))
        except Rule as rule:
            document.problem("attribute-unknown", line, f"`lang` {rule.what}")
            del token.attrs["lang"]
    if "id" in token.attrs and token.type in ("heading_open", "container_directive_open"):
        document.problem("attribute-unknown", line, f"`#{token.attrs.pop('id')}` (it has an id already)")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 40 else line[:39] + "…"


def directives(tokens: Sequence[Token], document: Document) -> None:
    """Read `::: name argument` into `meta["directive"]` and `meta["argument"]`; problems where that is none of ours."""
    depth, swallowed = 0, False
    for index, token in enumerate(tokens):
        if token.type == "container_directive_close":
            depth -= 1
        if token.type == "container_directive_open":
            name, _, argument = token.info.strip().partition(" ")
            known = name if name in (*CALLOUTS, *LISTS, "story") else ""
            token.meta |= {"directive": known, "argument": argument.strip()}
            if not swallowed:  # what an unclosed directive took in is not what the editor meant to be there
                unclosed = _unclosed(token, document)
                empty = tokens[index + 1].type == "container_directive_close"
                if trouble := unclosed or _trouble(token, empty, depth > 0, document):
                    document.problem("directive-unknown", token.meta["line"], trouble)
                swallowed = bool(unclosed)
            depth += 1


def _unclosed(token: Token, document: Document) -> str:
    """What is wrong if no `:::` ends the directive in the line after its last."""
    assert token.map is not None  # block tokens that a rule opens have their lines
    after = document.lines[token.map[1]].strip(" \t>") if token.map[1] < len(document.lines) else ""
    if len(after) >= len(token.markup) and set(after) == {":"}:
        return ""
    return f"`::: {token.info.strip()}` is never closed" if token.info.strip() else "`:::` closes nothing"


def _trouble(token: Token, empty: bool, nested: bool, document: Document) -> str:
    """What is wrong with a closed directive; empty if nothing is."""
    name, argument = token.meta["directive"], token.meta["argument"]
    written = f"`::: {token.info.strip()}`"
    if not name:
        return f"{written} is no directive"
    if nested or document.is_story or (name not in CALLOUTS and token.level):
        where = "a story" if document.is_story else "something else (is what comes before it closed?)"
        return f"{written} stands inside {where}"
    if name == "story" and not STORY_ID.fullmatch(argument):
        return f"{written} names no story"
    if name != "story" and argument:
        return f"{written} has a word too many"
    if empty == (name in CALLOUTS):
        return f"{written} holds nothing" if empty else f"{written} is not closed by `:::` in the next line"
    return ""


def notes(tokens: Sequence[Token], env: dict[str, Any], document: Document) -> None:
    """Problems for notes that are referred to and not written, or written and not referred to."""
    for index, token in enumerate(tokens):
        if token.type == "footnote_open" and tokens[index + 1].type in ("footnote_anchor", "footnote_close"):
            document.problem("note-dangling", token.meta["line"], f"`[^{token.meta['label']}]` is not written")
    for key, number in env.get("footnotes", {}).get("refs", {}).items():
        if number < 0:
            written = f"[^{key[1:]}]"
            line = next((n for n, text in enumerate(document.lines, 1) if f"{written}:" in text), 1)
            document.problem("note-dangling", line, f"`{written}` is written but nothing refers to it")


def keys(tokens: Sequence[Token], document: Document) -> None:
    """Number the leaf blocks (data-key, from 1) and the headings (id); put their lines beside (data-line)."""
    headings = (token for token in tokens if token.type == "heading_open")
    for number, token in enumerate(headings, 1):
        token.attrs["id"] = f"{document.id}-h{number}"
    for number, index in enumerate(leaves(tokens), 1):
        token, key = tokens[index], f"{document.id}.{number}"
        if token.meta.get("figure"):
            token.meta["key"] = key
        else:
            line = tokens[index + 1].meta["line"] if token.nesting else token.meta["line"]
            token.attrs |= {"data-key": key, "data-line": line}
