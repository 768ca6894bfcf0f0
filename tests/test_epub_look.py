"""How the ebook looks: its style sheet, its fonts, the cover on the shelf."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from PIL import Image

import epubkit
from epubkit import (
    NS,
    ROOT,
    XHTML,
    files,
    good,
    theme,
    tree,
    with_first,
    write,
)
from hefte.errors import MissingToolError


def test_the_style_leaves_colours_to_the_reader() -> None:
    style = files(good())["EPUB/book.css"].decode()
    declared = re.findall(r"([a-z-]+)\s*:\s*([^;{}]+)", re.sub(r"@(namespace|font-face)[^{;]*(\{[^}]*\}|;)", "", style))
    coloured = ("color", "background", "background-color")
    assert [value.strip() for name, value in declared if name in coloured] == ["inherit"]
    assert ("color-scheme", "light dark ") in declared
    assert {unit for _, value in declared for unit in re.findall(r"\d(px|pt|mm)\b", value)} == {"px"}
    pixels = {name for name, value in declared if re.search(r"\dpx", value)}
    assert pixels <= {"border", "border-top", "border-bottom", "border-width", "border-inline-start", "min-height"}


def faces(content: bytes) -> dict[str, set[int]]:
    """Font file → the code points that it maps."""
    return {
        name.removeprefix("EPUB/fonts/"): set(TTFont(io.BytesIO(data)).getBestCmap())
        for name, data in files(content).items() if name.endswith(".woff2")
    }


def test_every_face_has_every_letter_of_the_book() -> None:
    text = {char for name in XHTML for words in tree(good(), name).find("h:body", NS).itertext() for char in words}
    text.remove("\n")
    assert {"å", "Å", "ø", "«", "\u00a0", "↑"} <= text
    lacking = {name: {chr(point) for point in set(map(ord, text)) - points} for name, points in faces(good()).items()}
    assert lacking == {
        "SourceSans3-Regular.woff2": set(), "SourceSans3-Italic.woff2": set(), "SourceSans3-SemiBold.woff2": set(),
        "Literata-Regular.woff2": set(), "Literata-Medium.woff2": set(),
    }


def test_a_face_has_little_else() -> None:
    whole = set(TTFont(ROOT / "assets" / "fonts" / "Literata-Regular.ttf").getBestCmap())
    assert len(faces(good())["Literata-Regular.woff2"]) < len(whole) / 5


def test_a_font_keeps_its_copyright_and_licence() -> None:
    font = TTFont(io.BytesIO(files(good())["EPUB/fonts/Literata-Regular.woff2"]))
    assert "Copyright 2017 The Literata Project Authors" in font["name"].getDebugName(0)
    assert "SIL Open Font License" in font["name"].getDebugName(13)


def test_a_book_without_emphasis_carries_no_italic() -> None:
    book = with_first('<p data-key="start.1">Ro.</p>')
    second = replace(book.chapters[1], body='<p data-key="veien.1">Ro.</p>')
    content = write(replace(book, chapters=(book.chapters[0], second)), page_starts=())
    assert "SourceSans3-Italic.woff2" not in faces(content)
    assert "Italic" not in files(content)["EPUB/book.css"].decode()


def test_subsets_and_cover_are_made_once(tmp_path: Path) -> None:
    assert write(fonts_cache=tmp_path) == good()
    kept = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert sorted(path.suffix for path in kept) == [".png", *[".woff2"] * 5]
    assert write(fonts_cache=tmp_path) == good()
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == kept


def test_a_damaged_cache_is_done_without(tmp_path: Path) -> None:
    write(fonts_cache=tmp_path)
    for path in tmp_path.iterdir():
        path.write_bytes(path.read_bytes()[:-9])
    assert write(fonts_cache=tmp_path) == good()


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    assert write(fonts_cache=tmp_path / "file" / "below") == good()


def test_a_font_that_is_gone_is_said(tmp_path: Path) -> None:
    face = replace(theme().faces[0], file=tmp_path / "Gone.ttf")
    with pytest.raises(MissingToolError, match=r"font Gone\.ttf cannot be read: No such file or directory"):
        write(theme=replace(theme(), faces=(*theme().faces[1:], face)))


def cover(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(files(content)["EPUB/images/cover.png"])).convert("RGB")


def near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) <= 2 for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize(
    ("place_mm", "colour"),
    [((94, 114), "rose"), ((49.5, 126), "dusk"), ((10, 10), "sand"), ((10, 170), "plum"), ((10, 208), "night")],
)
def test_the_shelf_shows_the_motif(place_mm: tuple[float, float], colour: str) -> None:
    picture = cover(good())
    assert picture.size == (1480, 2100)
    there = picture.getpixel((round(place_mm[0] * 10), round(place_mm[1] * 10)))
    assert isinstance(there, tuple)
    assert near(there, theme().colours[colour].srgb)


def inked(picture: Image.Image, left: int, top: int, right: int, bottom: int) -> int:
    """How many pixels of a part of the cover, in mm, are of the text's colour."""
    part = picture.crop((left * 10, top * 10, right * 10, bottom * 10))
    ink = theme().colours["ink"].srgb
    colours = part.getcolors(1 << 20)
    assert colours is not None
    return sum(count for count, colour in colours if isinstance(colour, tuple) and near(colour, ink))


def test_the_shelf_shows_the_title_where_the_language_begins() -> None:
    assert inked(cover(good()), 17, 23, 60, 45) > 5000
    assert inked(cover(good()), 90, 23, 131, 45) == 0
    latin = replace(epubkit.arabic().language, title="Ro")
    mirrored = cover(write(replace(epubkit.book(), language=latin)))
    assert inked(mirrored, 17, 23, 60, 45) == 0
    assert inked(mirrored, 90, 23, 131, 45) > 5000


def test_a_long_title_takes_more_lines() -> None:
    language = replace(epubkit.book().language, title="Det som ingen sa om ro, og det som alle burde vite")
    picture = cover(write(replace(epubkit.book(), language=language)))
    assert inked(picture, 17, 23, 131, 35) > 2000
    assert inked(picture, 17, 36, 131, 47) > 2000
    assert inked(picture, 131, 20, 148, 70) == 0, "nothing stands out of the column"
