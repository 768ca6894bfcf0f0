"""Tokens to XHTML: markdown-it's renderer, with our elements where the vocabulary differs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from hefte.sources.markdown.figures import is_decorative
from hefte.sources.markdown.passes import CALLOUTS, LISTS

Env = Any
"""Ours is a dict with `id`: the beginning of the ids in this text."""


class Renderer(RendererHTML):
    """One method a token type; a method returns the XHTML for the token at `at`."""

    def html_block(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: Env) -> str:
        """Raw HTML is reported and left out."""
        return ""

    def html_inline(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: Env) -> str:
        """Raw HTML is reported and left out."""
        return ""

    def text(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: Env) -> str:
        """Text; a form feed from `&#12;` is not allowed in XML 1.0 (2.2)."""
        return escapeHtml(tokens[at].content.replace("\f", " "))

    def code_block(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: Env) -> str:
        """Code, which a check reports: mostly a paragraph that was indented by mistake."""
        return f"<pre{self.renderAttrs(tokens[at])}><code>{escapeHtml(tokens[at].content)}</code></pre>\n"

    def fence(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: Env) -> str:
        """Code between fences; in which language is nobody's concern here."""
        return self.code_block(tokens, at, options, env)

    @staticmethod
    def renderAttrs(token: Token) -> str:
        """Attributes, without the one control character that a character reference can bring in."""
        return RendererHTML.renderAttrs(token).replace("\f", " ")

    def hefte_problem(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: Env) -> str:
        """What could not be read stays as written, so that it is seen in a proof."""
        return escapeHtml(tokens[at].content)

    def hefte_cite(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: Env) -> str:
        """`[@key]`, for transforms.number_citations."""
        return f'<hefte-cite data-ref="{tokens[at].content}" data-line="{tokens[at].meta["line"]}"/>'

    def hefte_record(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: Env) -> str:
        """`{{ helpline.id }}`, for transforms.insert_records."""
        return f'<hefte-record data-ref="{tokens[at].content}" data-line="{tokens[at].meta["line"]}"/>'

    def container_directive_open(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: Env) -> str:
        """`::: name`: a call-out opens, or a placeholder stands for what comes from elsewhere."""
        token = tokens[at]
        name, line = token.meta["directive"], token.meta["line"]
        if name in CALLOUTS:
            classes = " ".join(filter(None, ("callout", name, str(token.attrs.get("class", "")))))
            return f'<aside class="{escapeHtml(classes)}"{_lang(token)} data-line="{line}">\n'
        if name in LISTS:
            return f'<hefte-{name} data-line="{line}"/>\n'
        if name == "story":
            return f'<hefte-story data-ref="{escapeHtml(token.meta["argument"])}" data-line="{line}"/>\n'
        return ""

    def container_directive_close(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: Env) -> str:
        """The end of what the matching opening began."""
        level = tokens[at].level
        opening = next(t for t in reversed(tokens[:at]) if t.type == "container_directive_open" and t.level == level)
        return "</aside>\n" if opening.meta["directive"] in CALLOUTS else ""

    def paragraph_open(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: Env) -> str:
        """A paragraph, or the figure that it is."""
        token = tokens[at]
        if not (image := token.meta.get("figure")):
            return self.renderToken(tokens, at, options, env)
        classes = [name for name in str(image.attrs.get("class", "")).split() if name]
        image.attrs.pop("class", None)
        image.meta["decorative"] = "decorative" in classes
        shown = f' class="{escapeHtml(" ".join(classes))}"' if classes else ""
        return f'<figure{shown} data-line="{token.meta["line"]}">'

    def paragraph_close(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: Env) -> str:
        """The end of a paragraph, or of a figure with its caption."""
        opening = tokens[at - 2]
        if not opening.meta.get("figure"):
            return self.renderToken(tokens, at, options, env)
        if not (caption := opening.meta["caption"]):
            return "</figure>\n"
        inner = self.renderInline(caption, options, env)
        line, key = opening.meta["line"], opening.meta["key"]
        return f'<figcaption data-key="{key}" data-line="{line}">{inner}</figcaption></figure>\n'

    def image(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: Env) -> str:
        """`<img>` with its alternative text; none where it is decorative."""
        token = tokens[at]
        hidden = token.meta.get("decorative") or is_decorative(token)
        alt = "" if hidden else self.renderInlineAsText(token.children, options, env)
        token.attrs["alt"] = " ".join(alt.replace("\f", " ").split())
        return self.renderToken(tokens, at, options, env)

    def footnote_ref(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: Env) -> str:
        """The mark in the text: a letter, so that it is not taken for a citation, which has a number."""
        number, again = tokens[at].meta["id"] + 1, tokens[at].meta.get("subId", 0)
        ref = f"fnref-{env['id']}-{number}" + (f"-{again + 1}" if again else "")
        return f'<sup class="note"><a href="#fn-{env["id"]}-{number}" id="{ref}">{letters(number)}</a></sup>'

    def footnote_block_open(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: Env) -> str:
        """The notes of a text, at its end."""
        return '<section class="notes"><ol type="a">\n'

    def footnote_block_close(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: Env) -> str:
        """The end of the notes."""
        return "</ol></section>\n"

    def footnote_open(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: Env) -> str:
        """One note."""
        return f'<li id="fn-{env["id"]}-{tokens[at].meta["id"] + 1}">'

    def footnote_close(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: Env) -> str:
        """The end of a note."""
        return "</li>\n"

    def footnote_anchor(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: Env) -> str:
        """No arrow back: how one returns is the edition's affair, in the book's own words."""
        return ""


def letters(number: int) -> str:
    """1 → a, 26 → z, 27 → aa: the marks of `<ol type="a">`."""
    text = ""
    while number:
        number, digit = divmod(number - 1, 26)
        text = chr(ord("a") + digit) + text
    return text


def _lang(token: Token) -> str:
    return f' lang="{escapeHtml(str(token.attrs["lang"]))}"' if "lang" in token.attrs else ""
