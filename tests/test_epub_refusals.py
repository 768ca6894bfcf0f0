"""What the ebook cannot be made from: each refused by name, at its place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

import epubkit
from epubkit import (
    LABELS,
    NS,
    PICTURES,
    ROOT,
    figures,
    files,
    tree,
    with_first,
    write,
)
from hefte.errors import SourceError
from hefte.model import Place


def shared(tmp_path: Path, name: str, text: str) -> tuple[Path, ...]:
    """The house's layouts with one template put before them."""
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return (tmp_path, ROOT / "layouts")


def refused(source: str, root: Path) -> SourceError:
    with pytest.raises(SourceError) as caught:
        write(with_first(source, root=root))
    return caught.value


def picture(name: str) -> str:
    return f'<figure data-line="9"><img src="project:///{name}" alt="x"/></figure>'


def test_pictures_become_files_of_the_ebook(tmp_path: Path) -> None:
    content = write(with_first(PICTURES, root=figures(tmp_path)))
    names = [name for name in files(content) if "images/picture-" in name]
    assert [name.rsplit(".")[-1] for name in names] == ["png", "svg"]
    shown = [image.get("src") for image in tree(content, "chapter-start.xhtml").iterfind(".//h:img", NS)]
    assert sorted(f"EPUB/{source}" for source in shown) == sorted(names)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("gone.png", None, "picture gone.png cannot be read: No such file or directory"),
        ("../outside.png", None, "picture ../outside.png lies outside the publication"),
        ("scan.tiff", b"II*\0", "picture scan.tiff may not stand in an ebook"),
        ("empty.png", b"", "picture empty.png is broken"),
        ("text.jpg", b"not a picture", "picture text.jpg is broken"),
        ("cut.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><g>", "picture cut.svg is broken or huge"),
    ],
)
def test_a_bad_picture_is_refused_at_its_line(tmp_path: Path, name: str, data: bytes | None, message: str) -> None:
    root = tmp_path / "book"
    root.mkdir()
    if data is not None:
        (root / name).write_bytes(data)
    error = refused(picture(name), root)
    assert error.what.startswith(message)
    assert error.place == Place(Path("/book/chapters/nb/start.md"), 9)


def test_a_huge_picture_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 10)
    error = refused(picture("figures/dot.png"), figures(tmp_path))
    assert error.what.startswith("picture figures/dot.png is broken or huge")


def test_a_link_to_nowhere_is_refused_at_its_line() -> None:
    error = refused('<p data-key="start.1" data-line="8">Se <a href="#borte">der</a>.</p>', Path("/book"))
    assert (error.what, error.place) == (
        "the link to #borte leads nowhere in the ebook", Place(Path("/book/chapters/nb/start.md"), 8)
    )


def test_a_text_that_is_not_well_formed_is_refused() -> None:
    error = refused("<p>Ro.", Path("/book"))
    assert error.what.startswith("chapter-start is not well-formed XHTML")
    assert error.place == Place(Path("/book/chapters/nb/start.md"), 1)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("{% if %}", 1, "the template is broken: Expected an expression, got 'end of statement block'"),
        ("{{ labels.new }}", 1, "the template asks for something unknown: 'dict object' has no attribute 'new'"),
        ("{% extends 'epub/gone.j2' %}", 1, "template epub/gone.j2 is missing"),
    ],
)
def test_a_broken_template_is_named(tmp_path: Path, text: str, line: int, message: str) -> None:
    folders = shared(tmp_path, "epub/help.xhtml.j2", text)
    with pytest.raises(SourceError) as caught:
        write(layouts=folders)
    assert (caught.value.what, caught.value.place) == (message, Place(tmp_path / "epub/help.xhtml.j2", line))


def test_text_is_escaped_and_fragments_are_not() -> None:
    book = epubkit.book()
    content = write(replace(book, language=replace(book.language, title="Ro & <fred>")))
    assert "<title>Ro &amp; &lt;fred&gt;</title>" in files(content)["EPUB/cover.xhtml"].decode()
    assert tree(content, "content.opf").findtext(".//dc:title", None, NS) == "Ro & <fred>"


def test_a_label_that_is_missing_is_said() -> None:
    book = epubkit.book()
    labels = {name: label for name, label in LABELS.items() if name != "publisher"}
    with pytest.raises(SourceError, match="'dict object' has no attribute 'publisher'"):
        write(replace(book, language=replace(book.language, labels=labels)))


def test_a_motif_that_cannot_be_drawn_is_refused(tmp_path: Path) -> None:
    motif = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 154 216"><text fill="#000000">Ro</text></svg>'
    with pytest.raises(SourceError, match="the cover's motif has a <text>"):
        write(layouts=shared(tmp_path, "shared/cover-motif.svg.j2", motif))
