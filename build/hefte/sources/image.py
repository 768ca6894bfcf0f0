"""An image file to the error that would otherwise show in the middle of a build: broken, huge, or reaching out."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

from lxml import etree

from hefte.errors import SourceError
from hefte.model import Place

MEGAPIXELS = 100
"""A4 with bleed at 600 dpi has 36; beyond this a file is a mistake, or meant to exhaust the machine."""
SVG_LIMIT = 5_000_000
"""Bytes."""

_SVG = "{http://www.w3.org/2000/svg}"
_URL = re.compile(r"""url\(\s*["']?(?!\s*["']?#)|@import""", re.IGNORECASE)
_INLINE = re.compile(r"#|data:image/(png|jpeg);", re.IGNORECASE)


def examine(path: Path, written: str, place: Place) -> None:
    """Raises SourceError, at `place`, unless `path` is a whole PNG, JPEG or self-contained SVG of reasonable size."""
    try:
        there = path.is_file()
    except OSError:  # a name that is longer than the system takes
        there = False
    if not there:
        raise SourceError(f"the image `{written}` is missing", remedy="add the file, or mend the path", place=place)
    suffix = path.suffix.lower()
    if suffix == ".svg":
        trouble = _svg(path)
    elif suffix in (".png", ".jpg", ".jpeg"):
        trouble = _bitmap(path, "PNG" if suffix == ".png" else "JPEG")
    else:
        trouble = "is neither PNG, JPEG nor SVG"
    if trouble:
        raise SourceError(f"the image `{written}` {trouble}", remedy="export it anew from its original", place=place)


def _bitmap(path: Path, kind: str) -> str:
    """What is wrong with a bitmap: its whole data are read once, at the lowest resolution that the format allows."""
    # here, not at the top: most texts have no bitmap
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is asked below
            with Image.open(path, formats=(kind,)) as image:
                if image.width * image.height > MEGAPIXELS * 1_000_000:
                    return f"has more than {MEGAPIXELS} megapixels"
                image.verify()
            with Image.open(path, formats=(kind,)) as image:
                image.draft(None, (max(1, image.width // 8), max(1, image.height // 8)))
                image.load()
    except Image.DecompressionBombError:
        return f"has more than {MEGAPIXELS} megapixels"
    except Exception:  # decoders raise whatever a broken file drives them to: OSError, SyntaxError, struct.error …
        return f"is broken, or no {kind}"
    return ""


def _svg(path: Path) -> str:
    """What is wrong with a drawing."""
    if path.stat().st_size > SVG_LIMIT:
        return f"is larger than {SVG_LIMIT // 1_000_000} MB"
    data = path.read_bytes()
    if b"<!ENTITY" in data or b"<!DOCTYPE" in data:
        return "has a document type, which may hold entities"
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError:
        return "is broken, or no SVG"
    if root.tag != f"{_SVG}svg":
        return "is no SVG"
    return next(filter(None, map(_reaching, root.iter(etree.Element))), "")


def _reaching(element: etree._Element) -> str:
    """What is wrong with one element: it would run something, or fetch something from elsewhere."""
    tag = str(element.tag).rpartition("}")[2]
    if tag in ("script", "foreignObject"):
        return f"holds `<{tag}>`"
    if tag == "style" and _URL.search(element.text or ""):
        return "refers to another file"
    for name, value in element.attrib.items():
        local = str(name).rpartition("}")[2]
        if local.startswith("on"):
            return f"holds a script (`{local}`)"
        fetched = tag != "a" and not _INLINE.match(value.strip()) if local == "href" else _URL.search(value)
        if fetched:
            return "refers to another file"
    return ""
