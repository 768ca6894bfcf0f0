"""A PDF that nobody could look through, to why: asked before anything else is read of somebody else's file.

Few bytes can name a thousand million pages, or unpack to them. What one stream may unpack to is limited besides
(foreign.py), and so are the time and memory of the whole look.
"""

from __future__ import annotations

import re
import zlib
from typing import Any

import pikepdf

MOST_PAGES = 10_000
"""QPDF makes a copy of a page for each place where the tree names it."""
MOST_STEPS = 2_000_000
"""Words in the content of a page: each becomes an object of some hundred bytes."""
LARGEST = 64 * 2**20
"""Bytes that a stream may unpack to, if it is no picture."""
MOST_FORMS = 100_000
"""Forms on a page: each may paint others, which paint others."""
_DEEPEST = 100
"""Levels of the tree of pages (QPDF goes no deeper), and of forms in forms."""
_PAINT = re.compile(rb"(/[^\s/<>\[\](){}%]+)\s+Do\b")


def of_pages(pdf: pikepdf.Pdf) -> str | None:
    """What is wrong with the tree of pages; None where one can go through it. To be asked before `pdf.pages` is."""
    leaves = nodes = 0
    waiting: list[tuple[Any, frozenset[Any]]] = [(pdf.Root.get("/Pages"), frozenset())]
    while waiting:
        node, above = waiting.pop()
        nodes += 1
        kids = node.get("/Kids") if isinstance(node, pikepdf.Dictionary) else None
        if not isinstance(kids, pikepdf.Array):
            leaves += 1
            continue
        if node.objgen in above:
            return "its list of pages leads back into itself"
        if len(kids) + leaves > MOST_PAGES:
            return f"it has more than {MOST_PAGES} pages"
        above = above | {node.objgen} if node.is_indirect else above
        waiting += ((kid, above) for kid in kids)
        if nodes > 2 * MOST_PAGES or len(waiting) > 2 * MOST_PAGES or len(above) > _DEEPEST:
            return f"it has more than {MOST_PAGES} pages, or lists them in a way that hides how many"
    return f"it has more than {MOST_PAGES} pages" if leaves > MOST_PAGES else None


def of_streams(pdf: pikepdf.Pdf) -> str | None:
    """What is wrong with a stream that is no picture: it unpacks to more than it may, or paints without end."""
    seen: dict[Any, tuple[int, int]] = {}
    forms: dict[Any, int] = {}
    for number, page in enumerate(pdf.pages, 1):
        contents: Any = page.obj.get("/Contents")
        parts = list(contents)[: MOST_PAGES + 1] if isinstance(contents, pikepdf.Array) else [contents]
        sizes = [_size(part, seen) for part in parts if isinstance(part, pikepdf.Stream)]
        steps = sum(steps for _, steps in sizes)
        if len(parts) > MOST_PAGES or steps > MOST_STEPS or _forms(page, parts, forms) > MOST_FORMS:
            return f"page {number} paints more than anybody can look at"
    for item in pdf.objects:
        if not isinstance(item, pikepdf.Stream) or item.get("/Subtype") == pikepdf.Name.Image:
            continue
        size, steps = _size(item, seen)
        if size > LARGEST:
            return f"PDF object {item.objgen[0]} in it unpacks to more than {LARGEST // 2**20} MB"
        if "/BBox" in item and steps > MOST_STEPS:
            return f"PDF object {item.objgen[0]} in it paints more than anybody can look at"
    return None


def _forms(page: pikepdf.Page, contents: Any, known: dict[Any, int]) -> int:
    """How many forms a page paints, those counted that forms paint in their turn."""
    if "/Form" not in {str(one.get("/Subtype")) for one in _painted(page.obj).values()}:
        return 0
    painted = _painted(page.obj)
    return sum(_of(part, painted, (), known) for part in contents if isinstance(part, pikepdf.Stream))


def _painted(holder: Any) -> dict[str, Any]:
    """Name → what a page or a form can paint by it."""
    found = holder.get("/Resources", {}).get("/XObject", {})
    return {name: one for name, one in found.items() if isinstance(one, pikepdf.Stream)}


def _of(stream: Any, painted: dict[str, Any], above: tuple[Any, ...], known: dict[Any, int]) -> int:
    """How many forms one stream paints; more than anybody may, where it paints itself."""
    if stream.objgen in above or len(above) > _DEEPEST:
        return MOST_FORMS + 1
    if stream.objgen not in known:
        count = 0
        for name in _PAINT.findall(unpacked(stream, LARGEST)):
            form = painted.get(name.decode("latin-1"))
            if form is not None and form.get("/Subtype") == pikepdf.Name.Form and count <= MOST_FORMS:
                count += 1 + _of(form, _painted(form) or painted, (*above, stream.objgen), known)
        known[stream.objgen] = count
    return known[stream.objgen]


def _size(stream: Any, seen: dict[Any, tuple[int, int]]) -> tuple[int, int]:
    """Bytes and words of a stream. One that cannot be unpacked has none: the checks say so."""
    if stream.objgen not in seen:
        try:
            data = unpacked(stream, LARGEST)
            seen[stream.objgen] = len(data), data.count(b" ") + data.count(b"\n") + data.count(b"\r")
        except (pikepdf.exceptions.PikepdfError, ValueError, TypeError, zlib.error) as error:
            seen[stream.objgen] = (LARGEST + 1 if "limit exceeded" in str(error) else 0), 0
    return seen[stream.objgen]


def unpacked(stream: Any, most: int) -> bytes:
    """The bytes of a stream, of one that unpacks to more than `most` only `most + 1`."""
    if stream.get("/Filter") == pikepdf.Name.FlateDecode and "/DecodeParms" not in stream:
        try:
            return zlib.decompressobj().decompress(stream.read_raw_bytes(), most + 1)
        except zlib.error:
            pass  # QPDF makes more of what is damaged
    return bytes(stream.read_bytes())[: most + 1]
