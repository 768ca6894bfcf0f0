"""Ways to spoil a good PDF, each a function that changes an open file (pikepdf), and what is found after it."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

import pdfkit
from hefte.checks import pdf as checks
from hefte.checks.frame import PdfFile
from hefte.model import Finding

Mutation = Callable[[Pdf], None]
Found = tuple[str, int | None, str]
"""Of a finding: the check's id, the page, the message."""

GOOD = {"print": pdfkit.print_bytes, "booklet": pdfkit.booklet_bytes, "screen": pdfkit.screen_bytes}
PAGES = {"print": 12, "booklet": 6, "screen": 12}


def found(file: PdfFile) -> list[Found]:
    """What the checks find in a file."""
    return [(finding.check, finding.page, finding.message) for finding in checks.run(file)]


def after(edition: str, mutate: Mutation, *, foreign: bool = False, **save: Any) -> list[Found]:
    """What the checks find in a good file after a change, as ours or as anybody's."""
    return [(one.check, one.page, one.message) for one in findings_after(edition, mutate, foreign=foreign, **save)]


def findings_after(edition: str, mutate: Mutation, *, foreign: bool = False, **save: Any) -> list[Finding]:
    """The same, as whole findings."""
    with pikepdf.open(io.BytesIO(GOOD[edition]())) as pdf:
        mutate(pdf)
        out = io.BytesIO()
        pdf.save(out, **save)
    expect = None if foreign else {**pdfkit.EXPECT, "pages": PAGES[edition]}
    return list(checks.run(checks.open_pdf(out, Path(f"{edition}.pdf"), None if foreign else edition, expect)))


def content(text: str, page: int = 1) -> Mutation:
    """Draw something more on a page."""

    def mutate(pdf: Pdf) -> None:
        pdf.pages[page - 1].contents_add(pdf.make_stream(text.encode()))

    return mutate


def both(*mutations: Mutation) -> Mutation:
    def mutate(pdf: Pdf) -> None:
        for one in mutations:
            one(pdf)

    return mutate


def resource(kind: str, name: str, value: Callable[[Pdf], Any], page: int = 1) -> Mutation:
    """Name something in a page's resources."""

    def mutate(pdf: Pdf) -> None:
        resources = pdf.pages[page - 1].obj.Resources
        if kind not in resources:
            resources[kind] = Dictionary()
        resources[kind][name] = value(pdf)

    return mutate


def on_page(name: str, value: Any, page: int = 1) -> Mutation:
    def mutate(pdf: Pdf) -> None:
        pdf.pages[page - 1].obj[name] = value

    return mutate


def on_root(name: str, value: Any) -> Mutation:
    def mutate(pdf: Pdf) -> None:
        pdf.Root[name] = value

    return mutate


def without(path: str) -> Mutation:
    """Take away what `Root.A.B` or `Info.A` or `trailer.A` names."""

    def mutate(pdf: Pdf) -> None:
        first, *between, last = path.split(".")
        node: Any = {"Root": pdf.Root, "Info": pdf.docinfo, "trailer": pdf.trailer, "Page": pdf.pages[0].obj}[first]
        for name in between:
            node = node[0] if name == "0" else node[f"/{name}"]
        del node[f"/{last}"]

    return mutate


def xmp(old: str, new: str) -> Mutation:
    def mutate(pdf: Pdf) -> None:
        before = pdf.Root.Metadata.read_bytes().decode()
        assert old in before
        pdf.Root.Metadata.write(before.replace(old, new).encode())

    return mutate


def info(name: str, value: str) -> Mutation:
    def mutate(pdf: Pdf) -> None:
        pdf.docinfo[name] = String(value) if not value.startswith("/") else Name(value)

    return mutate


def intent(name: str, value: Any) -> Mutation:
    def mutate(pdf: Pdf) -> None:
        pdf.Root.OutputIntents[0][name] = value

    return mutate


def profile(change: Callable[[bytes], bytes]) -> Mutation:
    def mutate(pdf: Pdf) -> None:
        stream = pdf.Root.OutputIntents[0].DestOutputProfile
        stream.write(change(stream.read_bytes()))
        stream.N = 4

    return mutate


def image(space: Any, data: bytes, size: tuple[int, int] = (1, 1), **more: Any) -> Callable[[Pdf], Any]:
    """An image XObject of one colour."""

    def make(pdf: Pdf) -> Any:
        return pdf.make_stream(
            data * size[0] * size[1],
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=size[0],
            Height=size[1],
            ColorSpace=space,
            BitsPerComponent=8,
            **more,
        )

    return make


def form(text: str, **more: Any) -> Callable[[Pdf], Any]:
    def make(pdf: Pdf) -> Any:
        return pdf.make_stream(
            text.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 99, 99], Resources=Dictionary(), **more
        )

    return make


def drawn(kind: Callable[[Pdf], Any], at: str = "1 0 0 1 50 50") -> Mutation:
    """Put an XObject on page 1 through a transformation."""
    return both(resource("/XObject", "/New", kind), content(f"q {at} cm /New Do Q"))


def drawn_in(space: Callable[[Pdf], Any], operands: str) -> Mutation:
    return both(resource("/ColorSpace", "/New", space), content(f"q /New cs {operands} scn 50 50 9 9 re f Q"))


def state(**entries: Any) -> Mutation:
    return resource("/ExtGState", "/New", lambda pdf: Dictionary(Type=Name.ExtGState, **entries))


def fonts(change: Callable[[Any], None]) -> Mutation:
    def mutate(pdf: Pdf) -> None:
        for item in pdf.objects:
            if isinstance(item, Dictionary) and "Literata" in str(item.get("/BaseFont", "")):
                change(item)

    return mutate


def unembed(font: Any) -> None:
    if "/FontDescriptor" in font:
        del font.FontDescriptor["/FontFile2"]


def renamed(name: str) -> Callable[[Any], None]:
    def change(font: Any) -> None:
        font.BaseFont = Name(name)

    return change


def annotation(rectangle: list[float], **entries: Any) -> Mutation:
    return on_page("/Annots", Array([Dictionary(Type=Name.Annot, Rect=rectangle, **entries)]))


def tags(kind: str, change: Callable[[Any], None]) -> Mutation:
    def mutate(pdf: Pdf) -> None:
        for item in pdf.objects:
            if isinstance(item, Dictionary) and item.get("/S") == kind:
                change(item)

    return mutate


def links(change: Callable[[Any], None]) -> Mutation:
    def mutate(pdf: Pdf) -> None:
        change(pdf.pages[1].obj.Annots[0])

    return mutate


def forget(*names: str) -> Callable[[Any], None]:
    def change(item: Any) -> None:
        for name in names:
            del item[name]

    return change


def pages(keep: int) -> Mutation:
    def mutate(pdf: Pdf) -> None:
        del pdf.pages[keep:]

    return mutate


def stream(data: bytes, **entries: Any) -> Mutation:
    """A stream that hangs on the catalogue, so that it is saved."""
    return lambda pdf: on_root("/Extra", pdf.make_stream(data, **entries))(pdf)


def gradient(pdf: Pdf) -> Any:
    function = Dictionary(FunctionType=2, Domain=[0, 1], C0=[1, 0, 0], C1=[0, 0, 1], N=1)
    return Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[0, 0, 9, 9], Function=function)


def tiling(pdf: Pdf) -> Any:
    return pdf.make_stream(
        b"1 0 0 rg 0 0 5 5 re f",
        Type=Name.Pattern,
        PatternType=1,
        PaintType=1,
        TilingType=1,
        BBox=[0, 0, 9, 9],
        XStep=9,
        YStep=9,
        Resources=Dictionary(),
    )


def icc(components: int) -> Callable[[Pdf], Any]:
    return lambda pdf: Array([Name.ICCBased, pdf.make_stream(b"", N=components)])
