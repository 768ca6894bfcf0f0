"""Makes PDFs that are meant to do harm, in memory: they never end, fill the memory, or lead back into themselves."""

from __future__ import annotations

import io
import resource
import struct
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

import pikepdf

from hefte import foreign, limits
from hefte.checks import Look
from hefte.model import Failure

PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 419 595] /Resources << >> /Contents 4 0 R >>"
OBJECTS: Mapping[int, bytes] = {
    1: b"<< /Type /Catalog /Pages 2 0 R >>",
    2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    3: PAGE,
    4: b"<< /Length 24 >>\nstream\n0 0 9 9 re f            \nendstream",
}
"""A PDF of one page, with nothing wrong: number → object."""


def pdf(changes: Mapping[int, bytes] | None = None, trailer: bytes = b"") -> bytes:
    """The PDF with some of its objects changed, or more of them."""
    objects = {**OBJECTS, **(changes or {})}
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = {}
    for number, content in sorted(objects.items()):
        places[number] = out.tell()
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, content))
    start = out.tell()
    size = max(objects) + 1
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % size)
    for number in range(1, size):
        out.write(b"%010d %05d %b \n" % (places.get(number, 0), 0, b"n" if number in places else b"f"))
    out.write(b"trailer << /Size %d /Root 1 0 R %b >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start))
    return out.getvalue()


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(data), entries, data)


def zeros(megabytes: int, unit: bytes = b" ") -> bytes:
    """So many of one sign, packed a thousand to one: one packed megabyte, again and again."""
    chunk = unit * (2**20 // len(unit))
    packer = zlib.compressobj(9)
    head = packer.compress(b"") + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(chunk) + packer.flush(zlib.Z_FULL_FLUSH)
    second, first = divmod(zlib.adler32(chunk), 2**16)  # Adler-32 of the chunk, and from it that of all
    size, total, prime = len(chunk), first - 1, 65521
    whole = megabytes * second + size * total * (megabytes * (megabytes - 1) // 2)
    check = whole % prime << 16 | (1 + megabytes * total) % prime
    return head + block * megabytes + b"\x03\x00" + struct.pack(">I", check)


def on_catalogue(entries: bytes, more: Mapping[int, bytes] | None = None) -> bytes:
    return pdf({1: OBJECTS[1][:-2] + entries + b" >>", **(more or {})})


def with_page(resources: bytes, content: bytes, more: Mapping[int, bytes] | None = None, entries: bytes = b"") -> bytes:
    page = PAGE.replace(b"/Resources << >>", b"/Resources << %b >> %b" % (resources, entries))
    return pdf({3: page, 4: stream(content), **(more or {})})


def boxes(box: bytes) -> bytes:
    return pdf({3: PAGE.replace(b"[0 0 419 595]", box)})


def image(entries: bytes, data: bytes) -> bytes:
    """A page that paints a picture."""
    picture = stream(data, b"/Type /XObject /Subtype /Image /ColorSpace /DeviceRGB /BitsPerComponent 8 " + entries)
    return with_page(b"/XObject << /I 5 0 R >>", b"q 400 0 0 500 0 0 cm /I Do Q", {5: picture})


def twice_in_each(levels: int) -> bytes:
    """A tree of pages in which each level names the next one twice."""
    node = b"<< /Type /Pages /Parent 2 0 R /Count 2 /Kids [%d 0 R %d 0 R] >>"
    tree = {10 + n: node % (11 + n, 11 + n) for n in range(levels)}
    return pdf({**tree, 10 + levels: PAGE, 2: b"<< /Type /Pages /Count 2 /Kids [10 0 R 10 0 R] >>"})


def chain(levels: int) -> bytes:
    """A tree of pages that is one long branch."""
    node = b"<< /Type /Pages /Parent 2 0 R /Count 1 /Kids [%d 0 R] >>"
    tree = {10 + n: node % (11 + n) for n in range(levels)}
    return pdf({**tree, 10 + levels: PAGE, 2: b"<< /Type /Pages /Count 1 /Kids [10 0 R] >>"})


def tags(levels: int) -> bytes:
    """A structure tree that is one long branch."""
    tree = {10 + n: b"<< /S /Div /P 9 0 R /K %d 0 R >>" % (11 + n) for n in range(levels)}
    return on_catalogue(
        b"/StructTreeRoot 9 0 R /MarkInfo << /Marked true >>",
        {**tree, 9: b"<< /Type /StructTreeRoot /K 10 0 R >>", 10 + levels: b"<< /S /P /P 9 0 R >>"},
    )


def encrypted(user: str) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as opened:
        opened.save(out, encryption=pikepdf.Encryption(owner="owner", user=user, R=6))
    return out.getvalue()


def xref_loop() -> bytes:
    """A file whose table of objects says that the one before it is itself."""
    good = pdf()
    start = good.rindex(b"xref\n0")
    return good.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % start)


FORM = b"/Type /XObject /Subtype /Form /BBox [0 0 99 99] "
SHADING = b"<< /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 9 9] /Function 5 0 R >>"
FONT = b"/Font << /F 5 0 R >>"
SHOWN = b"BT /F 12 Tf 50 50 Td <0041> Tj ET"
XMP = (
    b'<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "%b"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<r:Description xmlns:d="http://purl.org/dc/elements/1.1/"><d:title>%b&c;</d:title></r:Description></r:RDF></x:xmpmeta>'
) % (b"&a;" * 500, b"&b;" * 500)

PDFS: Mapping[str, Callable[[], bytes]] = {
    "good": pdf,
    "empty": lambda: b"",
    "only a header": lambda: b"%PDF-1.7\n",
    "a PNG": lambda: b"\x89PNG\r\n\x1a\n" + bytes(99),
    "half of it": lambda: pdf()[: len(pdf()) // 2],
    "no end": lambda: pdf()[:-30],
    "no beginning": lambda: pdf()[200:],
    "no catalogue": lambda: pdf().replace(b"/Root 1 0 R", b"/Rood 1 0 R"),
    "a catalogue that is a number": lambda: pdf({1: b"7"}),
    "no pages": lambda: pdf({1: b"<< /Type /Catalog >>"}),
    "pages of none": lambda: pdf({2: b"<< /Type /Pages /Kids [] /Count 0 >>"}),
    "pages that are themselves": lambda: pdf({2: b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"}),
    "pages that lead back": lambda: pdf(
        {2: b"<< /Type /Pages /Kids [5 0 R] /Count 1 >>", 5: b"<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 2 >>"}
    ),
    "pages that grow": lambda: twice_in_each(30),
    "pages in a long branch": lambda: chain(3000),
    "a million pages said": lambda: pdf({2: b"<< /Type /Pages /Kids [3 0 R] /Count 1000000 >>"}),
    "a million pages": lambda: pdf({2: b"<< /Type /Pages /Count 1000000 /Kids [%b] >>" % (b"3 0 R " * 1_000_000)}),
    "a parent that is a child": lambda: pdf(
        {3: PAGE.replace(b"/Parent 2 0 R /MediaBox [0 0 419 595]", b"/Parent 3 0 R")}
    ),
    "bookmarks in a ring": lambda: on_catalogue(
        b"/Outlines 5 0 R",
        {5: b"<< /First 6 0 R /Last 6 0 R /Count 1 >>", 6: b"<< /Title (a) /Parent 5 0 R /Next 6 0 R /First 5 0 R >>"},
    ),
    "tags in a ring": lambda: on_catalogue(
        b"/StructTreeRoot 5 0 R /MarkInfo << /Marked true >>",
        {
            5: b"<< /Type /StructTreeRoot /K [6 0 R] /RoleMap << /A /B /B /A >> /ParentTree << /Kids [7 0 R] >> >>",
            6: b"<< /S /A /P 5 0 R /K [6 0 R 5 0 R] >>",
            7: b"<< /Kids [7 0 R] >>",
        },
    ),
    "tags in a long branch": lambda: tags(2000),
    "names in a ring": lambda: on_catalogue(
        b"/Names << /Dests 5 0 R /EmbeddedFiles 5 0 R /JavaScript 5 0 R >>", {5: b"<< /Kids [5 0 R] >>"}
    ),
    "a font in a ring": lambda: with_page(
        FONT,
        SHOWN,
        {
            5: b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding 5 0 R /DescendantFonts [5 0 R] /ToUnicode 5 0 R "
            b"/FontDescriptor 5 0 R >>"
        },
    ),
    "a Type 3 font that shows itself": lambda: with_page(
        FONT,
        SHOWN,
        {
            5: b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] "
            b"/CharProcs << /a 6 0 R >> /Encoding << /Differences [0 /a 65 /a] >> /FirstChar 0 /LastChar 99 "
            b"/Resources << /Font << /F 5 0 R >> >> >>",
            6: stream(b"9 0 d0 " + SHOWN),
        },
    ),
    "a font that grows": lambda: with_page(
        FONT,
        SHOWN,
        {
            5: b"<< /Type /Font /Subtype /TrueType /BaseFont /X /FontDescriptor 6 0 R /ToUnicode 7 0 R >>",
            6: b"<< /Type /FontDescriptor /FontName /X /Flags 4 /FontFile2 7 0 R >>",
            7: stream(zeros(100), b"/Filter /FlateDecode /Length1 9"),
        },
    ),
    "a form that paints itself": lambda: with_page(
        b"/XObject << /X 5 0 R >>",
        b"/X Do",
        {5: stream(b"/X Do /X Do", FORM + b"/Resources << /XObject << /X 5 0 R >> >>")},
    ),
    "forms that grow": lambda: with_page(
        b"/XObject << /X 10 0 R >>",
        b"/X Do",
        {
            10 + n: stream(b"/X Do " * 10, FORM + b"/Resources << /XObject << /X %d 0 R >> >>" % (11 + n))
            for n in range(12)
        },
    ),
    "a form without resources": lambda: with_page(b"/XObject << /X 5 0 R >>", b"/X Do", {5: stream(b"/X Do", FORM)}),
    "a pattern of itself": lambda: with_page(
        b"/Pattern << /P 5 0 R >>",
        b"/Pattern cs /P scn 0 0 99 99 re f",
        {
            5: stream(
                b"/Pattern cs /P scn 0 0 9 9 re f",
                b"/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep "
                b"0.0001 /YStep 0.0001 /Resources << /Pattern << /P 5 0 R >> >>",
            )
        },
    ),
    "a colour space of itself": lambda: with_page(
        b"/ColorSpace << /C 5 0 R >>",
        b"/C cs 0 scn 0 0 9 9 re f",
        {
            5: b"[/Separation /X 5 0 R 6 0 R]",
            6: b"<< /FunctionType 3 /Domain [0 1] /Functions [6 0 R] /Bounds [] /Encode [0 1] >>",
        },
    ),
    "a shading of itself": lambda: with_page(
        b"/Shading << /S %b >>" % SHADING,
        b"/S sh",
        {5: b"<< /FunctionType 3 /Domain [0 1] /Functions [5 0 R 5 0 R] /Bounds [0.5] /Encode [0 1 0 1] >>"},
    ),
    "a mask of itself": lambda: with_page(
        b"/ExtGState << /G 5 0 R >>",
        b"/G gs 0 0 9 9 re f",
        {
            5: b"<< /SMask << /S /Luminosity /G 6 0 R >> >>",
            6: stream(
                b"/G gs 0 0 9 9 re f",
                FORM + b"/Group << /S /Transparency >> /Resources << /ExtGState << /G 5 0 R >> >>",
            ),
        },
    ),
    "a length that is itself": lambda: pdf({4: b"<< /Length 4 0 R >>\nstream\n0 0 9 9 re f\nendstream"}),
    "content in a ring": lambda: pdf({3: PAGE.replace(b"4 0 R", b"5 0 R"), 5: b"[5 0 R 4 0 R 5 0 R]"}),
    "a table of objects in a ring": xref_loop,
    "content that grows": lambda: pdf({4: stream(zeros(300), b"/Filter /FlateDecode")}),
    "content that grows twice": lambda: pdf(
        {4: stream(zlib.compress(zeros(300), 9), b"/Filter [/FlateDecode /FlateDecode]")}
    ),
    "content of many steps": lambda: pdf({4: stream(zeros(60, unit=b"0 0 9 9 re f\n"), b"/Filter /FlateDecode")}),
    "states within states": lambda: pdf({4: stream(zeros(8, unit=b"q "), b"/Filter /FlateDecode")}),
    "lists within lists": lambda: on_catalogue(b"/X " + b"[" * 100_000),
    "lists within lists in content": lambda: pdf({4: stream(b"[" * 200_000)}),
    "dictionaries within dictionaries": lambda: on_catalogue(b"/X " + b"<< /A " * 100_000),
    "a picture that lies": lambda: image(b"/Width 100000 /Height 100000", b"xyz"),
    "a picture below nothing": lambda: image(b"/Width -5 /Height 0", b"xyz"),
    "a picture that grows": lambda: image(b"/Width 40000 /Height 40000 /Filter /FlateDecode", zeros(4600)),
    "a picture of a gigabyte": lambda: image(b"/Width 20000 /Height 17000 /Filter /FlateDecode", zeros(980)),
    "a JPEG that lies": lambda: image(b"/Width 65500 /Height 65500 /Filter /DCTDecode", jpeg(65500)),
    "a page of 200 inches": lambda: boxes(b"[0 0 14400 14400]"),
    "a page without end": lambda: boxes(b"[0 0 1e9 1e9]"),
    "a page of 99999999999999999999": lambda: boxes(b"[0 0 99999999999999999999 99999999999999999999]"),
    "a page of nothing": lambda: boxes(b"[0 0 0 0]"),
    "a page of words": lambda: boxes(b"[(a) /b << >> null]"),
    "a page of two corners": lambda: boxes(b"[0 0]"),
    "a unit of a million": lambda: with_page(b"", b"", entries=b"/UserUnit 1000000"),
    "annotations without end": lambda: with_page(
        b"",
        b"",
        {5: b"<< /Subtype /Link /Rect [0 0 1 1] /Parent 5 0 R /Kids [5 0 R] >>"},
        b"/Annots [%b]" % (b"5 0 R " * 20_000),
    ),
    "metadata of entities": lambda: on_catalogue(
        b"/Metadata 5 0 R", {5: stream(XMP, b"/Type /Metadata /Subtype /XML")}
    ),
    "metadata that grows": lambda: on_catalogue(
        b"/Metadata 5 0 R", {5: stream(zeros(100, b"<x>"), b"/Type /Metadata /Subtype /XML /Filter /FlateDecode")}
    ),
    "a profile that grows": lambda: on_catalogue(
        b"/OutputIntents [<< /S /GTS_PDFX /DestOutputProfile 5 0 R >>]",
        {5: stream(zeros(100), b"/N 4 /Filter /FlateDecode")},
    ),
    "a claim of everything": lambda: pdf(
        {5: b"<< /GTS_PDFXVersion (PDF/X-4) /Trapped 7 /Title 9 /Creator (hefte) >>"}, b"/Info 5 0 R"
    ),
    "locked": lambda: encrypted("secret"),
    "locked without a password": lambda: encrypted(""),
}


def jpeg(side: int) -> bytes:
    """A small JPEG whose header says that it is a large one."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG")
    return out.getvalue().replace(struct.pack(">HH", 8, 8), struct.pack(">HH", side, side), 1)


def refused_or_borne(path: Path, refusal: str | None, finding: tuple[str, str] | None) -> None:
    """Asserts that a file is refused in these words; or else that it is borne within the limits and, where a finding is
    given (check, beginning of its message), that it is found. What looks at pixels, and takes long, is left out.
    """
    outcome = limits.run(lambda tell: foreign.examine(path, tell, rendered=False), 60, lambda said: None)
    if refusal is not None:
        assert outcome == Failure((f"{path}:1: {refusal.format(path)}",), 3), outcome
        return
    assert isinstance(outcome, Look), outcome
    assert all(found.path == path for found in outcome.findings)
    if finding is not None:
        check, message = finding
        found_too = [(one.check, one.message) for one in outcome.findings]
        assert [one for one in found_too if one[0] == check and one[1].startswith(message)], found_too
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 < limits.MEMORY
