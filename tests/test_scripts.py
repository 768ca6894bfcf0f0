"""Books in each script as they come out: which font sets which letters, that no two lines touch, that no font of the
machine is used, and how ebook and cover look."""

from __future__ import annotations

import ctypes
import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest
import uharfbuzz as hb
from fontTools.ttLib import TTFont, woff2
from PIL import Image

import languagekit
from buildkit import ROOT, change, contents, hefte
from hefte import layout, publication, sources, transforms
from hefte.layout import load_theme
from hefte.model import Book, Theme
from hefte.renderers.epub import cover, lettering
from hefte.renderers.epub.runs import Run, runs

BUILT, TWICE = ("ar", "ta", "th", "ur"), ("ar", "th")
LONG = 8
"""How often the first paragraph's words stand there, so that it fills lines."""
NAMES = {
    "Vazirmatn-Regular": "Noto Naskh Arabic", "NotoNaskhArabic-Regular": "Noto Nastaliq Urdu",
    "NotoSerifThai-Regular": "Noto Sans Thai", "NotoSansThai-Regular": "Noto Serif Thai",
    "Literata-Regular": "Source Sans 3", "SourceSans3-Regular": "Literata",
}
"""A font → the family whose name it takes on."""


def publish(folder: Path) -> Path:
    """A publication in the languages to build, whose chapter has a long paragraph."""
    root = languagekit.publication_in(folder, *BUILT)
    for language in ("nb", *BUILT):
        path = root / "chapters" / language / "talk.md"
        paragraph = path.read_text(encoding="utf-8").split("\n\n")[1]
        change(path, paragraph, " ".join([paragraph] * LONG))
    return root


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, bytes]]:
    """What is built with no fonts on the machine, and with others of the same names."""
    base = tmp_path_factory.mktemp("scripts")
    root, installed = publish(base / "root"), base / "installed"
    for folder in (installed, base / "none"):
        folder.mkdir()
    for file, family in NAMES.items():
        font = TTFont(ROOT / "assets" / "fonts" / f"{file}.ttf")
        for record in font["name"].names:
            if record.nameID in {1, 4, 16}:
                record.string = family
        font.save(installed / f"{file}.ttf")
    ways = []
    for folder, languages, editions in ((base / "none", BUILT, "screen,epub"), (installed, TWICE, "screen")):
        (folder / "fonts.conf").write_text(
            f"<?xml version='1.0'?><fontconfig><dir>{folder}</dir><cachedir>{folder}</cachedir></fontconfig>"
        )
        env = {"FONTCONFIG_FILE": str(folder / "fonts.conf"), "XDG_DATA_HOME": str(folder), "HOME": str(folder)}
        words = ("--lang", ",".join(languages), "--edition", editions, "--out", base / f"{folder.name}-out")
        said = hefte("build", root, *words, "--quiet", cwd=root, env=env)
        assert (said.code, said.err) == (0, "")
        ways.append(contents(base / f"{folder.name}-out", "*/*"))
    return ways


@pytest.mark.parametrize("language", TWICE)
def test_no_font_of_the_machine_is_used(built: list[dict[str, bytes]], language: str) -> None:
    none, installed = built
    name = f"{language}/talk-{language}-screen.pdf"
    assert len(none[name]) > 20_000
    assert installed[name] == none[name]


# --- pages ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sign:
    """A glyph on a page. Points from the lower left."""

    text: str
    font: str
    size: float
    baseline: float
    left: float
    bottom: float
    right: float
    top: float


def signs(pdf: bytes, number: int) -> Iterator[Sign]:
    """What has a shape on a page (from 1)."""
    with pdfium.PdfDocument(pdf) as document:
        page = document[number - 1].get_textpage()
        for at in range(page.count_chars()):
            left, bottom, right, top = page.get_charbox(at)
            name, flags = ctypes.create_string_buffer(100), ctypes.c_int()
            pdfium_c.FPDFText_GetFontInfo(page.raw, at, name, 100, flags)
            x, y = ctypes.c_double(), ctypes.c_double()
            pdfium_c.FPDFText_GetCharOrigin(page.raw, at, x, y)
            if top > bottom and right > left:
                text = chr(pdfium_c.FPDFText_GetUnicode(page.raw, at))
                size = pdfium_c.FPDFText_GetFontSize(page.raw, at)
                yield Sign(text, name.value.decode(), size, y.value, left, bottom, right, top)


def chapter(built: list[dict[str, bytes]], language: str) -> list[Sign]:
    return list(signs(built[0][f"{language}/talk-{language}-screen.pdf"], 4))


@pytest.mark.parametrize(("language", "text", "display"), [
    ("ar", "NotoNaskhArabic", "NotoNaskhArabic"), ("ur", "NotoNastaliqUrdu", "NotoNastaliqUrdu"),
    ("th", "NotoSansThai", "NotoSerifThai"), ("ta", "NotoSansTamil", "NotoSerifTamil"),
])
def test_each_script_has_its_font_and_latin_words_theirs(
    built: list[dict[str, bytes]], language: str, text: str, display: str
) -> None:
    fonts = defaultdict(set)
    for sign in chapter(built, language):
        kind = "latin" if sign.text.isascii() and sign.text.isalpha() else "own" if sign.text.isalpha() else "other"
        fonts[kind].add(re.sub(r"[-, ]", "", sign.font.partition("+")[2]))
    assert fonts["latin"] == {"SourceSans3"}
    assert {name.removesuffix("SemiBold").removesuffix("Medium") for name in fonts["own"]} == {text, display}


@pytest.mark.parametrize(("language", "line"), [("ar", 18.6), ("ur", 28.83), ("th", 17.825), ("ta", 17.05)])
def test_lines_stand_on_the_grid_whatever_is_in_them(
    built: list[dict[str, bytes]], language: str, line: float
) -> None:
    """Latin words, numbers and words of emphasis do not push the lines apart."""
    rows = sorted({sign.baseline for sign in chapter(built, language) if sign.text in "helstajon"}, reverse=True)
    assert len(rows) > 2
    fitting = load_theme((ROOT / "layouts",), (ROOT / "assets",)).fitting
    assert fitting is not None
    limits = fitting.limits["line"]
    sizes = [float((limits.least + limits.step * step) / Decimal("15.5")) for step in range(7)]
    grids = [[(rows[0] - row) / (line * size) for row in rows] for size in sizes]
    assert any(steps == pytest.approx([round(step) for step in steps], abs=0.01) for steps in grids)


@pytest.mark.parametrize("language", BUILT)
def test_no_two_lines_touch(built: list[dict[str, bytes]], language: str) -> None:
    """No box round a glyph meets one of another line, on any page of the chapter."""
    for number in (4, 5):
        found = list(signs(built[0][f"{language}/talk-{language}-screen.pdf"], number))
        rows = _rows(found)
        touching = [
            (upper.text, lower.text) for above, below in pairwise(rows) for upper in above for lower in below
            if upper.bottom < lower.top - 0.1 and upper.left < lower.right and lower.left < upper.right
        ]
        assert touching == []
        assert len(rows) > 3


def _rows(found: list[Sign]) -> list[list[Sign]]:
    """The glyphs by line. Those of a cascade stand above its baseline, so the gaps between baselines tell the lines."""
    rows: list[list[Sign]] = []
    for sign in sorted(found, key=lambda sign: -sign.baseline):
        if rows and rows[-1][0].baseline - sign.baseline < sign.size * 0.8:
            rows[-1].append(sign)
        else:
            rows.append([sign])
    return rows


# --- style sheets -----------------------------------------------------------------------------------------------------


def theme(language: str) -> Theme:
    return layout.for_language(layout.load_theme((ROOT / "layouts",), (ROOT / "assets",)), language)


def book(folder: Path, language: str) -> Book:
    root = languagekit.publication_in(folder, language)
    return transforms.apply(sources.read(publication.load(root), language), "epub")


@pytest.mark.parametrize("language", languagekit.LANGUAGES)
def test_no_slant_no_spaced_letters_where_the_script_has_none(tmp_path: Path, language: str) -> None:
    own = theme(language)
    css = layout.lay_out(book(tmp_path, language), own, (ROOT / "layouts",)).css
    rules = "\n".join(line for line in css.splitlines() if not line.startswith("@font-face"))
    spaced = {value for value in re.findall(r"letter-spacing: ([^;} ]+)", rules) if value != "0"}
    figures = set(re.findall(r"html \{[^}]*font-variant-numeric: ([^;}]+)", rules))
    plain = language in ("se", "vi")
    assert ("italic" in rules, bool(spaced)) == (plain, plain)
    assert figures == ({"oldstyle-nums proportional-nums"} if plain else {"lining-nums"})
    assert ("unicode-range" in css) == (not plain)


# --- ebooks -----------------------------------------------------------------------------------------------------------


def ebook(built: list[dict[str, bytes]], language: str) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(built[0][f"{language}/talk-{language}.epub"])) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize(("language", "family", "line"), [
    ("ar", "Noto Naskh Arabic", "1.586"), ("ur", "Noto Nastaliq Urdu", "2.507"), ("th", "Noto Sans Thai", "1.55"),
    ("ta", "Noto Sans Tamil", "1.561"),
])
def test_the_ebooks_style_asks_for_the_scripts_fonts(
    built: list[dict[str, bytes]], language: str, family: str, line: str
) -> None:
    style = ebook(built, language)["EPUB/book.css"].decode()
    body = next(rule for rule in style.splitlines() if rule.startswith("body {"))
    assert f'font-family: "{family}", "Source Sans 3", sans-serif;' in body
    assert f"line-height: {line};" in body
    assert "font-synthesis: none" in style
    faces = {(family, int(weight)) for family, weight in
             re.findall(r'@font-face \{ font-family: "([^"]+)"; font-weight: (\d+)', style)}
    own = theme(language)
    assert faces == {(face.family, face.weight) for face in own.faces}


@pytest.mark.parametrize(("language", "file", "features"), [
    ("ar", "NotoNaskhArabic-Regular", {"init", "medi", "fina", "rlig", "ccmp", "mark", "mkmk"}),
    ("ur", "NotoNastaliqUrdu-Regular", {"init", "medi", "fina", "isol", "rlig", "ccmp", "mark", "mkmk", "curs"}),
    ("th", "NotoSansThai-Regular", {"ccmp", "mark", "mkmk"}),
    ("ta", "NotoSansTamil-Regular", {"haln", "psts", "abvs"}),
])
def test_subsets_keep_what_joins_letters_and_places_marks(
    built: list[dict[str, bytes]], language: str, file: str, features: set[str]
) -> None:
    """Every word of the book is drawn as with the whole font, though the subset has no Latin letters."""
    subset = TTFont(io.BytesIO(ebook(built, language)[f"EPUB/fonts/{file}.woff2"]))
    whole = TTFont(ROOT / "assets" / "fonts" / f"{file}.ttf")
    kept = {
        record.FeatureTag for table in ("GSUB", "GPOS") for record in subset[table].table.FeatureList.FeatureRecord
    }
    assert features <= kept
    letters, had = ({chr(point) for point in font.getBestCmap()} for font in (subset, whole))
    assert not {"a", "Z"} & letters
    assert {"\u200c", "\u200d"} & letters == {"\u200c", "\u200d"} & had
    assert len(letters) < len(had) / 2
    text = (languagekit.TEXTS / language / "talk.md").read_text(encoding="utf-8")
    words = [word for word in re.findall(r"\w+", text) if set(word) <= letters]
    assert len(words) > 15
    plain = io.BytesIO()
    woff2.decompress(io.BytesIO(ebook(built, language)[f"EPUB/fonts/{file}.woff2"]), plain)
    assert drawn(plain.getvalue(), words) == drawn((ROOT / "assets" / "fonts" / f"{file}.ttf").read_bytes(), words)


def drawn(font: bytes, words: list[str]) -> list[list[tuple[int, int, int]]]:
    """Where the glyphs of each word stand."""
    face, found = hb.Font(hb.Face(hb.Blob(font))), []
    for word in words:
        buffer = hb.Buffer()
        buffer.add_str(word)
        buffer.guess_segment_properties()
        hb.shape(face, buffer)
        found.append([(place.x_advance, place.x_offset, place.y_offset) for place in buffer.glyph_positions])
    return found


# --- covers -----------------------------------------------------------------------------------------------------------


ARABIC, LATIN = frozenset(map(ord, "سلام عربي ،.()0123456789")), frozenset(map(ord, "abcdefghijklmnopqrstuvwxyz .()"))


@pytest.mark.parametrize(("line", "right", "pieces"), [
    ("سلام", True, [("سلام", True, 0)]),
    ("سلام abc عربي", True, [(" عربي", True, 0), ("abc", False, 1), ("سلام ", True, 0)]),
    ("سلام 116 117", True, [("116 117", False, 0), ("سلام ", True, 0)]),
    ("abc سلام def", False,
     [("abc", False, 1), (" ", False, 0), ("سلام", True, 0), (" ", False, 0), ("def", False, 1)]),
    ("abc", False, [("abc", False, 1)]),
    ("سلام.", True, [("سلام.", True, 0)]),
    ("", True, []),
])
def test_a_line_in_pieces_from_left_to_right(line: str, right: bool, pieces: list[tuple[str, bool, int]]) -> None:
    assert list(runs(line, right, (ARABIC, LATIN))) == [Run(*piece) for piece in pieces]


def test_a_mark_goes_with_its_letter() -> None:
    assert list(runs("aَ", False, (ARABIC | {0x64E}, LATIN))) == [Run("aَ", False, 1)]


@pytest.mark.parametrize("language", languagekit.LANGUAGES)
def test_the_words_on_the_cover_fit(tmp_path: Path, language: str) -> None:
    of = book(tmp_path, language)
    long = replace(of.language, title=of.language.title * 4, subtitle=f"{of.language.subtitle} " * 4)
    for each in (of, replace(of, language=long)):
        title, subtitle, audience = cover._texts(each, theme(language))
        assert all(text.fits for text in (title, subtitle, audience))
        assert title.bottom < subtitle.top
        assert subtitle.bottom <= 92
        assert audience.bottom == pytest.approx(197)


@pytest.mark.parametrize("language", ["ar", "ur", "th"])
def test_the_cover_begins_where_the_language_does(built: list[dict[str, bytes]], language: str) -> None:
    """The ink of the title touches the margin on its side, and stays within the trim."""
    picture = Image.open(io.BytesIO(ebook(built, language)["EPUB/images/cover.png"])).convert("L")
    title = picture.crop((0, 150, 1480, 700)).point(lambda value: 255 * (value < 100))
    box = title.getbbox()
    assert box is not None
    left, top, right, bottom = box
    side = 1480 - right if language != "th" else left
    assert side == pytest.approx(170, abs=50)  # a cascade begins beyond the margin
    assert 0 < left < right < 1480
    assert 0 < top < bottom < 550


def test_lettering_is_shaped(built: list[dict[str, bytes]]) -> None:
    """Joined letters are narrower than the same letters by themselves."""
    own = theme("ar")
    style = lettering.Style.find(own, "display", 500, 30, 40, (0, 0, 0))
    words = ("سلام", "س\u200cل\u200cا\u200cم")
    joined, apart = (lettering.Lettering(text, style, 0, 500, "ar", True)._length(text) for text in words)
    assert joined < apart
