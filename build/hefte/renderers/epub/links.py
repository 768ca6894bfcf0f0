"""Resolves what the documents point at: links across files, and pictures, which become files of the ebook."""

from __future__ import annotations

import hashlib
import warnings
from pathlib import Path
from typing import Any

from lxml import etree
from PIL import Image, UnidentifiedImageError

from hefte.errors import SourceError
from hefte.model import Place
from hefte.renderers.epub.package import Item
from hefte.renderers.epub.xhtml import Document, having, tag

_TYPES = {
    ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif",
    ".webp": "image/webp",
}
"""Core media types (EPUB 3.3, 3.2)."""
_SCHEME = "project:///"


def link(documents: tuple[Document, ...]) -> None:
    """Give every link within the book the file that its target stands in. Raises SourceError where there is none."""
    homes = {id_: document for document in reversed(documents) for id_ in _ids(document)}
    for document in documents:
        own = _ids(document)
        for element in having(document.body, "href"):
            target = element.get("href")
            if not target.startswith("#") or target[1:] in own:
                continue
            if target[1:] not in homes:
                raise SourceError(
                    f"the link to {target} leads nowhere in the ebook",
                    remedy="correct its target", place=_place(document, element),
                )
            element.set("href", homes[target[1:]].name + target)


def gather_pictures(documents: tuple[Document, ...], project: Path) -> tuple[Item, ...]:
    """The pictures that the documents show, each once; their `src` is rewritten. Raises SourceError for a bad one."""
    items: dict[str, Item] = {}
    for document in documents:
        for image in document.body.iter(tag("img")):
            source = image.get("src")
            if not source.startswith(_SCHEME):
                continue
            item = _picture(project, source.removeprefix(_SCHEME), _place(document, image))
            items[source] = item
            image.set("src", item.name)
    return tuple({items[source].name: items[source] for source in sorted(items)}.values())


def _ids(document: Document) -> set[str]:
    return {element.get("id") for element in having(document.body, "id")}


def _place(document: Document, element: Any) -> Place:
    """The line in the source of the nearest block that knows it."""
    lines = (e.get("data-line") for e in (element, *element.iterancestors()))
    return Place(document.place.path, int(next((line for line in lines if line), 1)))


def _picture(project: Path, relative: str, place: Place) -> Item:
    path = (project / relative).resolve()
    if not path.is_relative_to(project.resolve()):
        raise SourceError(f"picture {relative} lies outside the publication", remedy="copy it into it", place=place)
    media_type = _TYPES.get(path.suffix.lower())
    if media_type is None:
        raise SourceError(f"picture {relative} may not stand in an ebook", remedy="use SVG, PNG or JPEG", place=place)
    try:
        data = path.read_bytes()
        _verify(path, data)
    except OSError as error:
        why = "is broken" if isinstance(error, UnidentifiedImageError) else f"cannot be read: {error.strerror or error}"
        raise SourceError(f"picture {relative} {why}", remedy="save it again", place=place) from error
    except (SyntaxError, ValueError, Image.DecompressionBombWarning) as error:  # lxml's error is a SyntaxError
        what = f"picture {relative} is broken or huge: {error}"
        raise SourceError(what, remedy="save it again", place=place) from error
    # The digest keeps apart two pictures of the same name in two folders, and is the same on every machine.
    digest = hashlib.sha256(data).hexdigest()[:12]
    return Item(f"picture-{digest}", f"images/picture-{digest}{path.suffix.lower()}", media_type, data)


def _verify(path: Path, data: bytes) -> None:
    if path.suffix.lower() == ".svg":
        etree.fromstring(data, parser=etree.XMLParser(resolve_entities=False, no_network=True))
        return
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(path) as image:
            image.verify()
