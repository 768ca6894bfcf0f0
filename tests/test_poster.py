"""The poster, as it ships: a code for every language that leads to it, in two sizes of one drawing."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
import pytest
import zxingcpp

import buildkit
from conftest import Outputs
from hefte import checks, pipeline, publication
from hefte.seen import Seen
from hefte.translation import versions
from hefte.wishes import Wishes

LANGUAGES = ("nb", "ar", "en", "nn", "pl", "so", "uk")
OWN_NAMES = ("norsk bokmål", "English", "norsk nynorsk", "polski", "Soomaali", "українська")


def drawn(path: Path) -> tuple[str, dict[str, tuple[float, float]], tuple[float, float]]:
    """The words of the page, its codes with their places as parts of the trimmed page, and its size in mm."""
    with pdfium.PdfDocument(path) as pdf:
        page = pdf[0]
        left, bottom, right, top = page.get_trimbox()
        page.set_cropbox(left, bottom, right, top)
        words = " ".join(page.get_textpage().get_text_bounded().split())
        picture = page.render(scale=2.5).to_pil()
    found = zxingcpp.read_barcodes(picture)
    corners = {code.text: code.position.top_left for code in found}
    places = {
        text: (round(corner.x / picture.width, 2), round(corner.y / picture.height, 2))
        for text, corner in corners.items()
    }
    return words, places, (round((right - left) * 25.4 / 72), round((top - bottom) * 25.4 / 72))


def test_a_code_leads_to_every_language(shipped: Outputs) -> None:
    words, codes, size = drawn(shipped.dist / "nb" / "ammesorg-nb-poster-a4.pdf")
    assert size == (210, 297)
    assert set(codes) == {f"https://hefte.example/ammesorg/{language}" for language in LANGUAGES}
    assert [name for name in OWN_NAMES if name not in words] == []
    assert [language for language in LANGUAGES if f"hefte.example/ammesorg/{language}" not in words] == []


def test_a3_is_the_same_drawing_larger(shipped: Outputs) -> None:
    small = drawn(shipped.dist / "nb" / "ammesorg-nb-poster-a4.pdf")
    large = drawn(shipped.dist / "nb" / "ammesorg-nb-poster-a3.pdf")
    assert large[2] == (297, 420)
    for address, place in small[1].items():
        assert large[1][address] == pytest.approx(place, abs=0.011)


def test_it_says_three_sentences(shipped: Outputs) -> None:
    words, _, _ = drawn(shipped.dist / "nb" / "ammesorg-nb-poster-a4.pdf")
    for said in ("er det ikke du som har sviktet.", "har du rett til", "Hvor god mor du er, kan ikke måles i melk."):
        assert said in words
    assert "Noen ganger lar det seg ikke gjøre" not in words


def test_a_release_leads_to_nothing_unsigned(tmp_path: Path) -> None:
    """Made as a release makes it, up to where the shipped publication is refused one: nobody has approved it yet."""
    loaded = publication.load(buildkit.ROOT)
    wishes = Wishes(buildkit.ROOT, tmp_path, languages=("nb",), editions=("poster-a4",), release=True)
    made = pipeline.build_language(loaded, "nb", wishes, 1, Seen(), lambda said: None)
    (file,) = made.files
    (tmp_path / "poster.pdf").write_bytes(file.content)
    words, codes, _ = drawn(tmp_path / "poster.pdf")
    assert set(codes) == {"https://hefte.example/ammesorg/nb"}
    assert "polski" not in words and "norsk bokmål" in words
    said = [(each.message, each.severity) for each in made.findings if each.check == "unsigned-linked"]
    assert said == [("no code leads to translations that are not signed: ar, en, nn, pl, so, uk", "note")]


def test_a_build_says_which_codes_lead_to_what_is_unsigned() -> None:
    loaded = publication.load(buildkit.ROOT)
    (found,) = checks.on_unsigned_linked(loaded, ("ar", "so"), "nb", released=False)
    assert (found.message, found.path, found.line, found.language, found.blocks_release) == (
        "codes lead to translations that are not signed: ar, so; a release leaves them out",
        buildkit.ROOT / "chapters/publication.toml", 12, "nb", False,
    )
    assert checks.on_unsigned_linked(loaded, (), "nb", released=False) == ()
    assert versions.unsigned(loaded, "ar") == ("en", "nn", "pl", "so", "uk")


@pytest.mark.parametrize("name", ["review.toml", "language.toml"])
def test_a_language_that_cannot_be_read_is_led_to_by_no_release(tmp_path: Path, name: str) -> None:
    root = buildkit.new(tmp_path / "small")
    buildkit.with_nynorsk(root)
    loaded = publication.load(root)
    assert versions.unsigned(loaded, "en") == ()
    (root / "chapters/nn" / name).write_text("not = [toml", encoding="utf-8")
    assert versions.unsigned(loaded, "en") == ("nn",)


def test_without_an_address_no_poster_is_made(tmp_path: Path) -> None:
    root = buildkit.new(tmp_path / "small")
    publication = root / "chapters" / "publication.toml"
    line = next(each for each in publication.read_text("utf-8").splitlines() if each.startswith("editions"))
    buildkit.change(publication, line, 'editions = ["poster"]')
    said = buildkit.hefte("build", cwd=root)
    assert said.code == 3
    where = "chapters/publication.toml:1: "
    assert where + "`address` is missing, and a layout shows where each language is to be found; " in said.err
