"""Turns a segment's text, Markdown as written, into the HTML of a proof: emphasis set, code shown as such."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

from markupsafe import Markup

from hefte import directions
from hefte.sources.markdown.parser import parser

if TYPE_CHECKING:
    from markdown_it.token import Token

_ELEMENTS = {
    "strong_open": "<strong>", "strong_close": "</strong>", "em_open": "<em>", "em_close": "</em>",
    "softbreak": " ", "hardbreak": "<br/>", "span_close": "</span>",
}


def inline(text: str, kind: str, direction: str) -> Markup:
    """The text as HTML. Of front matter and language.toml (`kind` is `string`) nothing is Markdown."""
    if kind == "string":
        return Markup(directions.as_html(text, direction))
    tokens = parser().parseInline(text, {"id": "proof"})
    return Markup("".join(_shown(tokens[0].children or (), direction)))


def changes(old: str, new: str) -> Markup:
    """An old text with what has gone struck out and what has come marked; as written: a sign may be what changed."""
    from hefte.translation.differences import differences

    forms = {" ": "{}", "-": "<del>{}</del>", "+": "<ins>{}</ins>"}
    return Markup("".join(forms[piece.kind].format(escape(piece.text)) for piece in differences(old, new)))


def _shown(tokens: Sequence[Token], direction: str) -> Iterator[str]:
    address = ""
    for token in tokens:
        if token.type == "text":
            yield directions.as_html(token.content, direction)
        elif token.type == "link_open":
            address = str(token.attrs.get("href", ""))
            yield '<span class="link">'
        elif token.type == "link_close":
            yield f"</span>{_chip(address)}"
        elif token.type == "span_open":
            yield f'<span lang="{escape(str(token.attrs.get("lang", "")))}">' if "lang" in token.attrs else "<span>"
        elif token.type in _ELEMENTS:
            yield _ELEMENTS[token.type]
        else:
            yield _chip(_written(token))


def _written(token: Token) -> str:
    """What stands in the source for a token that prints something else, or nothing."""
    if token.type == "hefte_record":
        return f"{{{{ {token.content} }}}}"
    if token.type == "hefte_cite":
        return f"[@{token.content}]"
    if token.type == "footnote_ref":
        return f"[^{token.meta.get('label', '')}]"
    if token.type == "image":
        return f"![{token.content}]({token.attrs.get('src', '')})"
    return token.content


def _chip(code: str) -> str:
    return f'<code class="chip" dir="ltr">{escape(code)}</code>' if code else ""
