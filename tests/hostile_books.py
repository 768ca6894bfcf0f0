"""Makes EPUBs that are meant to do harm, in memory: they grow without end, lie, or lead elsewhere."""

from __future__ import annotations

import io
import stat
import struct
import warnings
import zipfile
from collections.abc import Callable, Mapping

import hostilekit
import tiny_epub


def book(changes: Mapping[str, tuple[str, str]] | None = None, more: Mapping[str, bytes | str] | None = None) -> bytes:
    """The tiny ebook with parts of its files replaced, and with more files."""
    files: dict[str, bytes | str] = dict(tiny_epub.BOOK)
    for name, (old, new) in (changes or {}).items():
        text = str(files[name])
        assert old in text
        files[name] = text.replace(old, new, 1)
    return packed({"mimetype": "application/epub+zip", **files, **(more or {})})


def packed(files: Mapping[str, bytes | str], without: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            if name != without:
                archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return out.getvalue()


def entry(name: str, mode: int = 0, kind: int = zipfile.ZIP_DEFLATED, data: bytes = b"x") -> bytes:
    """The tiny ebook with one file more, of which the archive says what it likes."""
    out = io.BytesIO(book())
    info = zipfile.ZipInfo(name.replace("\0", "0"))
    info.external_attr, info.compress_type = mode << 16, kind
    with zipfile.ZipFile(out, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a name that is there already
        archive.writestr(info, data)
    return out.getvalue().replace(info.filename.encode(), name.encode())


def said_size(size: int, name: str = "EPUB/big.xhtml") -> bytes:
    """The tiny ebook with a file of three megabytes of which the list of files tells another size."""
    good = entry(name, data=bytes(3 * 2**20))
    return good.replace(struct.pack("<I", 3 * 2**20), struct.pack("<I", size))


def overlapping() -> bytes:
    """One packed kernel that a hundred entries of the list share."""
    with zipfile.ZipFile(io.BytesIO(entry("kernel", data=bytes(2**20)))) as archive:
        assert archive.fp is not None
        infos = archive.infolist()
    data = bytearray(entry("kernel", data=bytes(2**20)))
    start = data.rindex(b"PK\x01\x02")
    header = bytes(data[start : data.rindex(b"PK\x05\x06")])
    copies = b"".join(header.replace(b"kernel", b"kern%02d" % n) for n in range(100))
    end = bytearray(data[data.rindex(b"PK\x05\x06") :])
    count = len(infos) + 100
    size = len(copies) + struct.unpack("<I", end[12:16])[0]
    end[8:12] = struct.pack("<HH", count, count)
    end[12:16] = struct.pack("<I", size)
    return bytes(data[: data.rindex(b"PK\x05\x06")]) + copies + bytes(end)


def locked_entry() -> bytes:
    data = bytearray(book())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.rindex(mark)
        data[at + place] |= 1
    return bytes(data)


ONE, PACKAGE, CONTAINER = "EPUB/one.xhtml", "EPUB/package.opf", "META-INF/container.xml"
LAUGHS = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(12))
PARAGRAPH = "<p>Det er lov"
ENTITIES = "{} in it declares entities, which can grow without end or fetch files; do not open it"
"""What is said of a book that declares them."""

EPUBS: Mapping[str, Callable[[], bytes]] = {
    "good": book,
    "empty": lambda: b"",
    "a PDF": hostilekit.pdf,
    "half of it": lambda: book()[: len(book()) // 2],
    "no end": lambda: book()[:-10],
    "no beginning": lambda: book()[100:],
    "a bomb": lambda: said_size(301 * 2**20, "EPUB/big.bin"),
    "a bomb in a bomb": lambda: book(more={"EPUB/a.zip": packed({"b.zip": packed({"c": bytes(2**24)})})}),
    "a bomb of one text": lambda: book(more={"EPUB/a.xhtml": bytes(21 * 2**20)}),
    "ten thousand files": lambda: packed({str(n): "" for n in range(10_001)}),
    "shared bytes": overlapping,
    "a size too small": lambda: said_size(9),
    "a size too large": lambda: said_size(200 * 2**20),
    "a locked file": locked_entry,
    "a way of packing": lambda: entry("EPUB/a.bin", kind=zipfile.ZIP_LZMA),
    "an absolute name": lambda: entry("/etc/passwd"),
    "a name that climbs": lambda: entry("EPUB/../../a"),
    "a name that climbs on Windows": lambda: entry("EPUB\\..\\..\\a"),
    "a name with a drive": lambda: entry("C:\\a"),
    "a name with a hidden end": lambda: entry("EPUB/a.xhtml\0.png"),
    "a link": lambda: entry("EPUB/passwd", stat.S_IFLNK | 0o777, data=b"/etc/passwd"),
    "a name twice": lambda: entry(ONE, data=b"<html/>"),
    "laughs": lambda: book({ONE: ("<!DOCTYPE html>", f'<!DOCTYPE html [<!ENTITY e0 "ha">{LAUGHS}]>')}),
    "a file of this machine": lambda: book(
        {PACKAGE: ("<package", '<!DOCTYPE package [<!ENTITY x SYSTEM "file:///etc/passwd">]><package')}
    ),
    "one long entity": lambda: book(
        {
            CONTAINER: (
                '<container version="1.0"',
                f'<!DOCTYPE container [<!ENTITY x "{"x" * 9999}">]><container version="1.0"',
            )
        }
    ),
    "elements within elements": lambda: book({ONE: (PARAGRAPH, "<div>" * 100_000 + PARAGRAPH)}),
    "elements without number": lambda: book({ONE: (PARAGRAPH, '<a href="#x"/>' * 20_000 + PARAGRAPH)}),
    "no container": lambda: packed({"mimetype": "application/epub+zip", **tiny_epub.BOOK}, CONTAINER),
    "a container that leads out": lambda: book({CONTAINER: ("EPUB/package.opf", "../../../etc/passwd")}),
    "a container of nothing": lambda: book({CONTAINER: ("<rootfile full", "<x full")}),
    "no spine": lambda: book({PACKAGE: ('<spine><itemref idref="one"/><itemref idref="two"/></spine>', "")}),
    "an empty spine": lambda: book({PACKAGE: ('<itemref idref="one"/><itemref idref="two"/>', "")}),
    "a spine without end": lambda: book({PACKAGE: ("</spine>", '<itemref idref="one"/>' * 20_000 + "</spine>")}),
    "a manifest that leads out": lambda: book({PACKAGE: ('href="one.xhtml"', 'href="../../../../etc/passwd"')}),
    "a manifest of strange addresses": lambda: book({PACKAGE: ('href="one.xhtml"', 'href="http://[x/%00%zz"')}),
    "a manifest of itself": lambda: book({PACKAGE: ('href="one.xhtml"', 'href="package.opf"')}),
    "a document that is none": lambda: book(more={ONE: b"\xff\xfe\0\0 no XHTML"}),
    "a package that is none": lambda: book(more={PACKAGE: "<html/>"}),
    "a font that is none": lambda: book(
        {
            PACKAGE: ("</manifest>", '<item id="f" href="f.woff2" media-type="font/woff2"/></manifest>'),
            "EPUB/book.css": ("body", "@font-face { font-family: f; src: url(f.woff2) } body"),
        },
        {"EPUB/f.woff2": b"wOF2" + bytes(99)},
    ),
    "a style without end": lambda: book({"EPUB/book.css": ("body", "@import 'book.css';" + "a{" * 50_000 + "body")}),
}
