"""Images: their path, their file and their place. A paragraph that is one image becomes a figure."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote, unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

from hefte.errors import SourceError
from hefte.paths import inside
from hefte.sources.image import examine
from hefte.sources.markdown.document import Document
from hefte.sources.markdown.passes import walk


def figures(tokens: Sequence[Token], document: Document, md: MarkdownIt) -> None:
    """Point every image at its file as `project:///…`; mark paragraphs that are figures, with their captions parsed."""
    for token in walk(tokens):
        if token.type == "image":
            _image(token, document)
    for index, token in enumerate(tokens):
        if token.type == "paragraph_open" and not token.hidden:
            children = tokens[index + 1].children or []
            if len(children) == 1 and children[0].type == "image":
                token.meta |= {"figure": children[0], "caption": _caption(children[0], document, md)}


def _image(token: Token, document: Document) -> None:
    """Check and rewrite one image. Faults: a path that leaves the publication; a file missing, broken or huge."""
    line = token.meta["line"]
    written = unquote(str(token.attrs["src"]))
    try:
        path = inside(document.root, document.home or document.path.parent, written, document.place(line))
        examine(path, written, document.place(line))
    except SourceError as error:
        document.faults.append(error)
        return
    token.attrs["src"] = _project(document.root, path)
    if any(child.type.startswith("hefte_") for child in walk(token.children or ())):
        document.problem("placeholder-bad", line, "a record or citation in an alternative text")
    if is_decorative(token) and token.children:
        document.problem("alt-missing", line, f"`{written}` is marked decorative and has an alternative text")


def _project(root: Path, path: Path) -> str:
    return "project:///" + quote(path.relative_to(root.resolve()).as_posix())


def is_decorative(image: Token) -> bool:
    """Whether the editor says that nothing is lost by not seeing it."""
    return "decorative" in str(image.attrs.get("class", "")).split()


def _caption(image: Token, document: Document, md: MarkdownIt) -> list[Token]:
    """The tokens of the caption, which is written as the image's title and may hold what a line of text may."""
    title = str(image.attrs.pop("title", ""))
    if not title.strip():
        return []
    tokens = md.parseInline(title, {})[0].children or []
    for token in walk(tokens):
        token.meta["line"] = image.meta["line"]
        if token.type == "footnote_ref":
            document.problem("note-dangling", image.meta["line"], "a caption cannot have a note")
    return [token for token in tokens if token.type != "footnote_ref"]
