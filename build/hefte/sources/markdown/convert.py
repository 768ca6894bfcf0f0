"""One Markdown file's text to front matter and an XHTML body: parse, the passes in their order, render."""

from __future__ import annotations

from typing import Any

from markdown_it.token import Token

from hefte import fragment
from hefte.sources.markdown import passes
from hefte.sources.markdown.document import Document
from hefte.sources.markdown.figures import figures
from hefte.sources.markdown.links import links
from hefte.sources.markdown.parser import parser
from hefte.sources.markdown.render import Renderer


def convert(text: str, document: Document) -> str:
    """The body of `text` as a well-formed XHTML fragment; what is amiss goes to `document.problems` and `.faults`.

    The front matter is passed over (front_matter.py reads it), so that lines are the file's own.
    """
    md = parser()
    env: dict[str, Any] = {"id": document.id}
    tokens: list[Token] = md.parse(text, env)
    for line in env.get("lost_lines", ()):
        document.problem("attribute-unknown", line, "words in a line that is read as attributes")
    for line in env.get("nested_notes", ()):
        document.problem("note-dangling", line, "a note is written inside a note")
    passes.place_lines(tokens, document)
    passes.directives(tokens, document)
    figures(tokens, document, md)
    links(tokens, document)
    passes.notes(tokens, env, document)
    passes.nested_links(tokens, document)
    passes.tables(tokens, document)
    passes.report(tokens, document)
    passes.keys(tokens, document)
    html = Renderer().render(tokens, md.options, env)
    return fragment.serialise(fragment.parse(html)).strip()
