"""The job sheet for the print shop: what it says, in which language, on one page, read back by another engine."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest

import buildkit
import pdfkit
import wordkit
from conftest import Outputs
from hefte import digests, house, layout, validate
from hefte.errors import SourceError
from hefte.model import Built, Ordered
from hefte.report import job, job_page
from hefte.report.job import Order
from hefte.seen import Seen

WHEN = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
FIGURES: dict[str, Any] = {
    "boxes": {"trim_mm": [148.0, 210.0], "bleed_mm": 3.0, "media_mm": [154.0, 216.0]}, "version": "1.6",
    "standard": "PDF/X-4", "images": [{"page": 5, "width": 900, "height": 600, "ppi": 312.4, "colour": "DeviceCMYK"}],
    "fonts": [{"name": "ABCDEF+A", "type": "TrueType", "embedded": True, "subset": True}],
    "colours": [{"page": 1, "spaces": ["DeviceCMYK", "DeviceGray"], "spots": []}],
    "ink": {"most": 271.6, "page": 1, "box": [1, 2, 3, 4], "pages": []},
    "profile": {"condition": "FOGRA39", "description": "ISO Coated v2 300%"},
}


@pytest.fixture
def order(tmp_path: Path) -> Callable[..., Order]:
    """An order for a print file of eight pages, with other values in the record of what is wished."""

    def make(figures: dict[str, Any] = FIGURES, more: dict[str, Any] | None = None, **wished: Any) -> Order:
        book = wordkit.read(tmp_path / "book")
        spec = replace(book.publication.print, **wished)
        book = replace(book, publication=replace(book.publication, print=spec))
        printed = Built(
            "nb/tiny-nb-print.pdf", "print", "nb", pdfkit.print_bytes(), 8, ("pdf-ink", "pdf-overprint"), "", figures,
        )
        programs = {"Ghostscript": "10.0", "veraPDF": "not run: install it"}
        order = Order(book, printed, frozenset(), 0, True, programs, (148.0, 210.0), 3.0)
        return replace(order, **(more or {}))

    return make


def rows(of: Order) -> dict[str, str]:
    """Name → value of all the rows of its sheet."""
    said = job.sheet(of, (house.layouts(),))
    return {name: value for section in said.sections for name, value in section.rows}


def test_it_says_what_the_shop_must_know(order: Callable[..., Order]) -> None:
    content = pdfkit.print_bytes()
    size = f"{len(content):,}".replace(",", "\N{NO-BREAK SPACE}")
    assert rows(order()) == {
        "Språk": "norsk bokmål (nb)", "Utgave": "1, 2026-01-01", "Ferdig skåret": "148 × 210 mm, stående",
        "Sider": "8, omslaget medregnet: 2 falsede ark à 4 sider",
        "Innbinding": "ryggstiftet, to stifter i falsen; bundet i venstre side",
        "Papir, innmat": "avtales", "Papir, omslag": "avtales", "Opplag": "avtales",
        "Kontakt": "The Tiny Press, editor@example.org",
        "Navn": "tiny-nb-print.pdf", "Størrelse": f"{size} byte", "SHA-256": digests.of_bytes(content),
        "Standard": "PDF/X-4, PDF 1.6",
        "Rekkefølge": "enkeltsider i leserekkefølge, ikke utskutt",
        "Utfallende": "3 mm på alle sider; TrimBox og BleedBox er satt", "Skjæremerker": "ingen",
        "Farger": "4/4, prosessfarger (CMYK); ingen spotfarger", "Mest farge": "272 % på side 1; grensen er 300 %",
        "Svart tekst": "100 % K alene, med overtrykk",
        "Trykkbetingelse": "FOGRA39; profilen «ISO Coated v2 300%» ligger i filen",
        "Lavest oppløsning": "312 ppi, på side 5", "Skrifter": "1, alle innebygd",
        "hefte": "2 kontroller i hefte 0.1.0: ingen feil", "Ghostscript": "10.0", "veraPDF": "ikke kjørt",
    }


def test_it_says_what_the_editor_wishes(order: Callable[..., Order]) -> None:
    said = rows(order(
        job_language="en", paper="matt coated, 130 g/m²", copies=5000, contact="print@example.org", crop_marks=True,
        binding="perfect", ink_limit=280,
    ))
    assert {name: said[name] for name in (
        "Paper, inside", "Paper, cover", "Copies", "Contact", "Crop marks", "Binding", "Most ink", "Language",
    )} == {
        "Paper, inside": "matt coated, 130 g/m²", "Paper, cover": "as inside", "Copies": "5,000",
        "Contact": "The Tiny Press, print@example.org", "Crop marks": "outside the bleed, in all inks",
        "Binding": "perfect bound; bound on the left", "Most ink": "272 % on page 1; the limit is 280 %",
        "Language": "Norwegian Bokmål (nb)",
    }
    assert said["Pages"] == "8, cover included"
    nynorsk = rows(order(job_language="nn", cover_paper="200 g/m²"))
    assert (nynorsk["Papir, omslag"], nynorsk["Opplag"]) == ("200 g/m²", "blir avtalt")


def test_what_was_not_measured_is_not_claimed(order: Callable[..., Order]) -> None:
    said = rows(order({}, {"labelled": False, "found": frozenset({"pdf-overprint"}), "errors": 2}))
    assert {name for name, value in said.items() if value == "ikke målt"} == {
        "Farger", "Mest farge", "Lavest oppløsning", "Skrifter",
    }
    assert said["Standard"] == "er ikke merket som PDF/X, PDF ikke målt"
    assert "Svart tekst" not in said
    assert said["hefte"].endswith("Det er funnet 2 feil i filen. Skal ikke trykkes.")
    odd = {
        "colours": [{"page": 1, "spaces": ["DeviceRGB", "Separation"], "spots": ["Gold"]}], "images": [],
        "fonts": [{"name": "Arial", "type": "TrueType", "embedded": False, "subset": False}],
    }
    said = rows(order(odd))
    assert (said["Farger"], said["Lavest oppløsning"], said["Skrifter"]) == (
        "4/4, prosessfarger (CMYK); spotfarger: Gold; dessuten DeviceRGB", "ingen pikselbilder: alt er tegnet",
        "ikke innebygd: Arial",
    )


def test_it_warns(order: Callable[..., Order]) -> None:
    plain = order()
    assert job.sheet(plain, (house.layouts(),)).warnings == ()
    draft = replace(plain, book=replace(plain.book, draft=True), errors=3)
    assert job.sheet(draft, (house.layouts(),)).warnings == (
        "Et utkast. Ingen har kontrollert oversettelsen. Skal ikke trykkes for lesere.",
        "Det er funnet 3 feil i filen. Skal ikke trykkes.",
    )


def leaflet(plain: Order, *folds: tuple[float, ...], **ordered: Any) -> dict[str, str]:
    """The rows of a sheet of A4 with these folds, of which so much is ordered."""
    publication = plain.book.publication
    orders = {"leaflet": Ordered(**ordered)} if ordered else {}
    printed = replace(plain.printed, edition="leaflet", pages=len(folds) or 1)
    book = replace(plain.book, publication=replace(publication, orders=orders))
    return rows(replace(plain, book=book, printed=printed, trim_mm=(297, 210), bound=False, folds=folds))


def test_a_leaflet_says_how_it_is_folded_and_has_an_order_of_its_own(order: Callable[..., Order]) -> None:
    said = leaflet(order(paper="matt, 130 g/m²", copies=5000, job_language="en"), (97, 197), (100, 200), copies=200)
    names = ("Sides", "Folding", "Folded size", "Paper", "Copies", "Order", "Fold marks")
    assert {name: said[name] for name in names} == {
        "Sides": "2, of one sheet", "Folded size": "100 × 210 mm", "Paper": "to be agreed", "Copies": "200",
        "Folding": "folds: 2; panels from the left: side 1: 97 + 100 + 100 mm; side 2: 100 + 100 + 97 mm; the panel of "
        "97 mm goes in first",
        "Order": "each page of the file is a whole side", "Fold marks": "outside the bleed, at each fold",
    }
    assert not {"Pages", "Binding", "Paper, inside", "Paper, cover"} & said.keys()
    halves = leaflet(order(job_language="nn"), (148.5,), (148.5,), paper="150 g/m²")
    assert (halves["Falsing"], halves["Ferdig falsa"], halves["Papir"]) == (
        "falsar: 1; felt frå venstre: side 1: 148,5 + 148,5 mm; side 2: 148,5 + 148,5 mm", "148,5 × 210 mm", "150 g/m²",
    )


def test_a_sheet_with_one_side_is_not_bound(order: Callable[..., Order]) -> None:
    said = leaflet(order(job_language="en", paper="matt, 130 g/m²"))
    assert {name: said[name] for name in ("Sides", "Binding", "Colours", "Paper")} == {
        "Sides": "1, the back stays blank", "Binding": "none: one flat sheet", "Paper": "to be agreed",
        "Colours": "4/0, process colours (CMYK); no spot colours",
    }
    assert "Fold marks" not in said and "Folding" not in said


def test_the_number_of_the_edition_is_on_its_sheet(order: Callable[..., Order]) -> None:
    plain = order()
    numbers = {"nb": {"print": "978-0-00-000000-2", "epub": "978-0-00-000001-9"}}
    numbered = replace(plain.book, publication=replace(plain.book.publication, isbn=numbers))
    assert rows(replace(plain, book=numbered))["ISBN"] == "978-0-00-000000-2"
    assert "ISBN" not in rows(plain)


def test_what_is_ordered_is_read(tmp_path: Path) -> None:
    said = '[orders.leaflet]\npaper = "silk, 150 g/m²"\ncopies = 2000\n\n[orders.poster-a3]\ncover_paper = "none"\n'
    loaded = wordkit.load(tmp_path / "book", {"chapters/publication.toml": f"{wordkit.PUBLICATION}\n{said}"})
    assert loaded.orders == {"leaflet": Ordered("silk, 150 g/m²", 2000), "poster-a3": Ordered(cover_paper="none")}


@pytest.mark.parametrize(("said", "what"), [
    ('[orders.print]\ncopies = 9', ":31: `orders.print` is the brochure, which is ordered in [print]; write it there"),
    ('[orders.leflet]\ncopies = 9', "`orders.leflet` is no edition for a print shop; did you mean `leaflet`?"),
    ('[orders.poster-a4]\ncopies = 9', "`orders.poster-a4` is no edition for a print shop; "),
    ('[orders.leaflet]\ncopies = 0', "`orders.leaflet.copies` is 0; write at least 1"),
])
def test_what_cannot_be_ordered_is_refused(tmp_path: Path, said: str, what: str) -> None:
    changed = {"chapters/publication.toml": f"{wordkit.PUBLICATION}\n{said}\n"}
    (line,) = wordkit.complaints(tmp_path / "book", changed)
    assert what in line


def test_a_language_read_from_the_right_is_bound_there(order: Callable[..., Order]) -> None:
    plain = order(job_language="en")
    turned = replace(plain, book=replace(plain.book, language=replace(plain.book.language, code="ar", direction="rtl")))
    assert rows(turned)["Binding"] == (
        "saddle stitched, two wire staples in the fold; bound on the right: the language is read from the right"
    )


def test_words_of_a_publication_s_own_come_first_and_have_to_be_whole(
    order: Callable[..., Order], tmp_path: Path
) -> None:
    folder = tmp_path / "layouts"
    (folder / "job").mkdir(parents=True)
    shipped = (house.layouts() / "job" / "words.toml").read_text(encoding="utf-8")
    path = folder / "job" / "words.toml"
    path.write_text(shipped.replace('agreed = "avtales"', 'agreed = "sier vi fra om"'), encoding="utf-8")
    said = job.sheet(order(), (folder, house.layouts()))
    assert ("Opplag", "sier vi fra om") in said.sections[0].rows
    for old, new, what in (
        ('copies = "Opplag"\n', "", "`copies` in [nb] is missing"),
        ('ink_value = "{most} %', 'ink_value = "{least} %', "`ink_value` in [nb] is missing, or fills in"),
        ("[nb]", "[nb", "cannot be read"),
    ):
        path.write_text(shipped.replace(old, new), encoding="utf-8")
        with pytest.raises(SourceError) as caught:
            job.sheet(order(), (folder, house.layouts()))
        assert what in caught.value.what and caught.value.place is not None and caught.value.place.path == path


# --- the page -------------------------------------------------------------------------------------------------------


def written(of: Order) -> job_page.Written:
    root = of.book.publication.root
    theme = layout.load_theme(layout.folders(root), (root / "assets", house.assets()))
    return job_page.write(of, layout.for_language(theme, of.book.language.code), layout.folders(root), WHEN)


def text_of(content: bytes) -> str:
    with pdfium.PdfDocument(io.BytesIO(content)) as pdf:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())


def test_every_row_stands_on_one_tagged_page(order: Callable[..., Order]) -> None:
    made = written(order())
    assert (made.pages, made.findings, made.checks) == (1, (), ("panel-overflow",))
    text = buildkit.squeezed(text_of(made.content))
    for name, value in rows(order()).items():
        assert buildkit.squeezed(name) + buildkit.squeezed(value) in text
    with pdfium.PdfDocument(io.BytesIO(made.content)) as pdf:
        assert tuple(round(side * 25.4 / 72) for side in pdf[0].get_size()) == (210, 297)
    assert validate.tagged(made.content, "", Seen())[0] == ()
    assert written(order()).content == made.content


def test_what_does_not_fit_on_its_page_is_an_error(order: Callable[..., Order]) -> None:
    made = written(order(paper="much to say of paper " * 150))
    assert made.pages == 2
    assert [(each.check, each.severity, each.message, each.remedy) for each in made.findings] == [
        ("panel-overflow", "error", "the fixed panel job goes on to page 2",
         "shorten what [print] or [orders] in publication.toml says"),
    ]


def test_each_shipped_print_file_has_its_sheet(shipped: Outputs, translated: Outputs) -> None:
    for outputs, language, words in (
        (shipped, "nb", ("Jobbark til trykkeriet", "Ammesorg", "bundet i venstre side", "ingen feil")),
        (translated, "ar", ("الحزن على الرضاعة", "bundet i høyre side", "Et utkast.", "arabisk (ar)", "ingen feil")),
    ):
        files = {file["edition"]: file for file in outputs.report["languages"][language]["files"]}
        sheet = files["print-job"]
        assert (sheet["path"], sheet["pages"]) == (f"{language}/ammesorg-{language}-print-job.pdf", 1)
        text = text_of((outputs.dist / sheet["path"]).read_bytes())
        for word in (*words, files["print"]["digest"], f"ammesorg-{language}-print.pdf"):
            assert buildkit.squeezed(word) in buildkit.squeezed(text), word


def test_so_have_the_leaflet_and_the_large_poster(shipped: Outputs, translated: Outputs) -> None:
    """Read back from the finished sheets: how the leaflet is folded, mirrored for Arabic."""
    for outputs, edition, words in (
        (shipped, "nb-leaflet", (
            "2, på ett ark", "side 1: 97 + 100 + 100 mm; side 2: 100 + 100 + 97 mm; feltet på 97 mm brettes inn først",
            "100 × 210 mm", "297 × 210 mm, liggende", "4/4",
        )),
        (translated, "ar-leaflet", ("side 1: 100 + 100 + 97 mm; side 2: 97 + 100 + 100 mm", "Et utkast.")),
        (shipped, "nb-poster-a3", ("1, baksiden er blank", "ingen: ett flatt ark", "297 × 420 mm, stående", "4/0")),
    ):
        language, _, name = edition.partition("-")
        files = {file["edition"]: file for file in outputs.report["languages"][language]["files"]}
        text = buildkit.squeezed(text_of((outputs.dist / files[f"{name}-job"]["path"]).read_bytes()))
        for word in (*words, files[name]["digest"], f"ammesorg-{edition}.pdf", "ingen feil"):
            assert buildkit.squeezed(word) in text, (edition, word)


def test_the_shipped_sheets_are_fine_files(shipped: Outputs) -> None:
    from hefte import checks

    look = checks.on_file(shipped.dist / "nb/ammesorg-nb-print-job.pdf")
    assert look.findings == ()
    assert "pdf-font" in look.ids
