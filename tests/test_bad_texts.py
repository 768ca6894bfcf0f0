"""Each way in which a chapter, a link, a path or an image can be bad, to the one line that is said of it."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest

import wordkit
from hefte import publication, sources
from hefte.errors import SourceError
from wordkit import Change, text

FIRST = "chapters/nb/first.md"
PICTURE = "chapters/nb/p.png"
DRAWING = "chapters/nb/d.svg"

QUOTE_IT = 'put a value that holds a colon or begins with a special sign in quotation marks: title: "…"'
COPY_IT = "copy the file into the publication and write its path"
ANEW = "export it anew from its original"
RECORD = "write the number as a record: {{ helpline.ID }} or {{ contact.phone }}"


def png(width: int, height: int, *, whole: bool = True) -> bytes:
    """A white PNG; only its header is as large as it says."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(b"".join(b"\0" + b"\xff" * width for _ in range(height)) if width * height < 1e6 else b"")
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return data if whole else data[: len(data) // 2]


def svg(inside: str, before: str = "") -> str:
    """A drawing."""
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"{before}<svg {names} viewBox='0 0 1 1'>{inside}</svg>"


# One change to one file, and what is said; the path of the file is put before it.
CASES: list[tuple[str, Change, str]] = [
    # chapters as files
    (FIRST, None, "1: the file is missing; write it, or restore it"),
    (FIRST, "", "1: the file is empty; write it, or restore it"),
    (
        FIRST, "---\ntitle: a\nsummary: b\n---\n\n",
        "4: there is no text after the front matter; write it, or restore it",
    ),
    (FIRST, "---\ntitle: Å\n".encode("latin-1"), "2: the file is not UTF-8 (byte 0xc5); save it as UTF-8"),
    (FIRST, text("a\n\x0cb"), "7: control character U+000C; delete it"),
    (
        "chapters/nb/frist.md", text("x"),
        "1: `frist` is not among the chapters of publication.toml; list it there, or rename it; did you mean `first`?",
    ),
    (
        "chapters/nb/stories/Lost.md", wordkit.STORY,
        "1: a story cannot be named `Lost`; use small letters a-z, digits and single hyphens, a letter first",
    ),
    # front matter
    (FIRST, "text", "1: no front matter; begin with a line `---`, then `title: …`, then `---`"),
    (FIRST, "---\ntitle: x\ntext", "1: the front matter is never closed; put a line `---` after it"),
    (
        FIRST, "---\ntitle: x\nsummary: a: b\n---\nx",
        f"3: the front matter is not YAML (mapping values are not allowed in this context); {QUOTE_IT}",
    ),
    (FIRST, "---\n- title\n---\nx", "2: the front matter has no keys; write lines like `title: …`"),
    (FIRST, "---\ntitle: a\nsummary: b\ntitle: c\n---\nx", "4: `title` is there a second time; delete one of the two"),
    (FIRST, "---\nsummary: c\ntittle: a\n---\nx", "3: unknown key `tittle`; did you mean `title`?"),
    (FIRST, "---\ntitle: [a]\nsummary: c\n---\nx", "2: `title` is a list; write text in quotation marks"),
    (FIRST, "---\ntitle: {a: b}\nsummary: c\n---\nx", "2: `title` is a table; write text in quotation marks"),
    (
        FIRST, "---\ntitle:\nsummary: c\n---\nx",
        "2: `title` is empty; write it, or leave the key out where it is not needed",
    ),
    (FIRST, "---\nsummary: c\n---\nx", "1: `title` is missing; add it: the chapter's title"),
    (
        "chapters/nb/stories/lost.md", "---\ntitle: a\nlang: no\n---\nx",
        "3: `lang` cannot be `no`; say which Norwegian: nb (Bokmål) or nn (Nynorsk)",
    ),
    # links and images
    (
        FIRST, text("a\n[b](javascript:x)"),
        "7: a link may not begin with `javascript:`; link to an address with https:// or mailto:",
    ),
    (
        FIRST, text("[b](JaVaScript:x)"),
        "6: a link may not begin with `JaVaScript:`; link to an address with https:// or mailto:",
    ),
    (
        FIRST, text("[b](data:text/html,x)"),
        "6: a link may not begin with `data:`; link to an address with https:// or mailto:",
    ),
    (
        FIRST, text("[b](file:///etc/passwd)"),
        "6: a link may not begin with `file:`; link to an address with https:// or mailto:",
    ),
    (
        FIRST, text("[b](second.md)"),
        "6: a link to `second.md`, which is no address; begin it with https://, or write #ID for a place in the book",
    ),
    (FIRST, text("[ring](tel:113)"), f"6: a telephone link; {RECORD}"),
    (FIRST, text("![a](../../../x.png)"), f"6: `../../../x.png` leads out of the publication; {COPY_IT}"),
    (FIRST, text("![a](/x.png)"), "6: `/x.png` is not a relative path; write the path from chapters/nb/, with `/`"),
    (
        FIRST, text("![a](https://x.org/x.png)"),
        f"6: `https://x.org/x.png` is an address, not a file of this publication; {COPY_IT}",
    ),
    (
        FIRST, text("![a](//x.org/x.png)"),
        f"6: `//x.org/x.png` is an address, not a file of this publication; {COPY_IT}",
    ),
    (FIRST, text("a\n\nb ![a](none.png)"), "8: the image `none.png` is missing; add the file, or mend the path"),
]


@pytest.mark.parametrize(("name", "change", "said"), CASES, ids=[f"{name}:{said}"[:70] for name, _, said in CASES])
def test_one_bad_file_gives_one_line(tmp_path: Path, name: str, change: Change, said: str) -> None:
    assert wordkit.complaints(tmp_path, {name: change}) == [f"{name}:{said}"]


# --- images

IMAGES: list[tuple[str, Change, str]] = [
    (PICTURE, b"not a picture", "is broken, or no PNG"),
    (PICTURE, png(9, 9, whole=False), "is broken, or no PNG"),
    (PICTURE, png(10_001, 10_000), "has more than 100 megapixels"),
    (PICTURE, png(60_000, 60_000), "has more than 100 megapixels"),
    ("chapters/nb/p.gif", b"GIF89a", "is neither PNG, JPEG nor SVG"),
    ("chapters/nb/p.jpg", png(2, 2), "is broken, or no JPEG"),
    (DRAWING, "<svg", "is broken, or no SVG"),
    (DRAWING, "<svg/>", "is no SVG"),
    (
        DRAWING, svg("&x;", '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        "has a document type, which may hold entities",
    ),
    (DRAWING, svg("<script/>"), "holds `<script>`"),
    (DRAWING, svg("<foreignObject/>"), "holds `<foreignObject>`"),
    (DRAWING, svg("<g onload='x()'/>"), "holds a script (`onload`)"),
    (DRAWING, svg("<image href='https://x.org/a.png'/>"), "refers to another file"),
    (DRAWING, svg("<use xlink:href='other.svg#a'/>"), "refers to another file"),
    (DRAWING, svg("<style>@import 'x.css';</style>"), "refers to another file"),
    (DRAWING, svg("<rect style='fill: url(http://x.org/a)'/>"), "refers to another file"),
    (DRAWING, svg("<!--" + "x" * 5_000_000 + "-->"), "is larger than 5 MB"),
]


@pytest.mark.parametrize(("name", "content", "said"), IMAGES)
def test_a_bad_image_gives_one_line(tmp_path: Path, name: str, content: Change, said: str) -> None:
    file = name.rpartition("/")[2]
    found = wordkit.complaints(tmp_path, {name: content, FIRST: text(f"a\n\n![b]({file})")})
    assert found == [f"{FIRST}:8: the image `{file}` {said}; {ANEW}"]


def test_good_images_pass(tmp_path: Path) -> None:
    drawing = svg("<defs><path id='a' d='M0 0'/></defs><use href='#a' fill='url(#b)'/><a href='https://x.org'/>")
    body = text("![a](p.png)\n\n![b](d.svg)\n\n![c](../../e.png)")
    book = wordkit.read(tmp_path, {PICTURE: png(3, 2), DRAWING: drawing, "e.png": png(1, 1), FIRST: body})
    assert [f'src="project:///{name}"' in book.chapters[0].body for name in (PICTURE, DRAWING, "e.png")] == [True] * 3


# --- paths


def test_a_symbolic_link_out_of_the_publication_is_refused(tmp_path: Path) -> None:
    outside, inside = tmp_path / "outside", tmp_path / "inside"
    outside.mkdir()
    (outside / "p.png").write_bytes(png(2, 2))
    wordkit.write(inside, {FIRST: text("![a](p.png)")})
    (inside / PICTURE).symlink_to(outside / "p.png")
    said = wordkit.complaints(inside, {FIRST: text("![a](p.png)")})
    assert said == [f"{FIRST}:6: `p.png` leads out of the publication; {COPY_IT}"]


def test_a_chapter_that_is_a_link_out_is_refused(tmp_path: Path) -> None:
    (tmp_path / "outside.md").write_text(wordkit.FIRST, encoding="utf-8")
    inside = wordkit.write(tmp_path / "inside", {FIRST: None})
    (inside / FIRST).symlink_to(tmp_path / "outside.md")
    with pytest.raises(SourceError) as raised:
        sources.read(publication.load(inside), "nb")
    assert raised.value.line(inside) == f"{FIRST}:1: `first.md` leads out of the publication; {COPY_IT}"


def test_a_loop_of_links_is_refused(tmp_path: Path) -> None:
    root = wordkit.write(tmp_path, {FIRST: None})
    (root / FIRST).symlink_to(root / "chapters/nb/loop.md")
    (root / "chapters/nb/loop.md").symlink_to(root / FIRST)
    with pytest.raises(SourceError) as raised:
        sources.read(publication.load(root), "nb")
    assert [error.exit_code for error in (raised.value, *raised.value.also)] == [3, 3]


def test_a_folder_in_place_of_a_chapter(tmp_path: Path) -> None:
    root = wordkit.write(tmp_path, {FIRST: None})
    (root / FIRST).mkdir()
    with pytest.raises(SourceError) as raised:
        sources.read(publication.load(root), "nb")
    assert raised.value.line(root) == f"{FIRST}:1: the file cannot be read (is a directory); mend that"
