"""What a reviewer writes on: each segment beside its source, what is amiss with it told, on paper and on a screen."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from lxml import etree

import buildkit
import languagekit
from hefte import house, layout, proof, publication
from hefte.errors import UsageError
from hefte.model import Pair, Place, Publication, Segment, Signature, State, Theme, Translation, Unit
from hefte.proof.inline import changes, inline
from hefte.proof.rows import Row, parts
from hefte.tools import axe

XHTML = {"h": "http://www.w3.org/1999/xhtml"}
AT = Place(Path("a.md"))


def segment(number: int | str, text: str, kind: str = "paragraph") -> Segment:
    return Segment(f"sorrow.{number}", "sorrow.md", kind, text, AT)


def pair(number: int | str, source: str | None, target: str | None, state: State, previous: str | None = None) -> Pair:
    def side(text: str | None) -> Segment | None:
        return None if text is None else segment(number, text, "string" if number == "title" else "paragraph")

    return Pair(side(source), side(target), state, previous)


PAIRS = (
    pair("title", "Sorrow & loss", "Скорбота", State.READY),
    pair(1, "A *small* word, see [us](https://example.org).", "Слово **мале**.", State.READY),
    pair(2, "Call {{ helpline.113 }} at once [@writer].", "", State.MISSING),
    pair(3, "It was new.", "Було старе.", State.STALE, "It was old."),
    pair(4, "A guess.", "Здогад.", State.FUZZY),
    pair(5, None, "Зайве.", State.STALE),
    pair(6, "Not there.", None, State.MISSING),
    pair(7, "Breastfeeding.", "Грудне вигодовування.", State.UNRECORDED),
)
UNIT = Unit("sorrow", ("sorrow.md",), PAIRS, State.MISSING, "Ada Lovelace")
SIGNED = Unit(
    "help", ("help.md",), (Pair(segment("8", "Help."), segment("8", "Допомога."), State.READY),), State.READY,
    "Ada Lovelace", Signature("Grete Roede", dt.date(2026, 11, 20), "0" * 64),
)
HALF = Translation("uk", "machine", (UNIT, SIGNED), {})
GLOSSARY = {"feeding": {"en": ("breastfeeding",), "uk": ("грудне вигодовування", "годування")}}


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    from dataclasses import replace

    root = buildkit.new(tmp_path_factory.mktemp("proof") / "tiny")
    return replace(publication.load(root), glossary=GLOSSARY)


@pytest.fixture(scope="module")
def made(tiny: Publication) -> dict[str, bytes]:
    return proof.write(HALF, tiny, themes(tiny, "uk"))


def themes(of: Publication, code: str) -> tuple[Theme, Theme]:
    whole = layout.load_theme(layout.folders(of.root), (of.root / "assets", house.assets()))
    return layout.for_language(whole, code), layout.for_language(whole, of.source_language)


# --- rows -------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def rows(tiny: Publication) -> tuple[Row, ...]:
    return parts((UNIT,), tiny, "uk")[0].rows


def test_a_part_says_whose_it_is(tiny: Publication) -> None:
    first, second = parts((UNIT, SIGNED), tiny, "uk")
    assert (first.title, first.translator, first.signed, first.open) == ("Sorrow & loss", "Ada Lovelace", "", 5)
    assert (second.title, second.signed, second.open) == ("help", "Grete Roede, 2026-11-20", 0)


def test_each_row_says_what_is_amiss(rows: tuple[Row, ...]) -> None:
    assert [(row.number, row.id, row.says) for row in rows] == [
        (1, "sorrow.title", ""), (2, "sorrow.1", ""), (3, "sorrow.2", "not translated yet"),
        (4, "sorrow.3", "the source has changed"), (5, "sorrow.4", "not confirmed"),
        (6, "sorrow.5", "the source no longer has this"), (7, "sorrow.6", "not translated yet"), (8, "sorrow.7", ""),
    ]


def test_a_stale_row_shows_what_has_changed(rows: tuple[Row, ...]) -> None:
    assert rows[3].was == "It was <del>old</del><ins>new</ins>."
    assert [bool(row.was) for row in rows].count(True) == 1


def test_the_glossary_s_terms_stand_with_the_source(rows: tuple[Row, ...]) -> None:
    assert rows[7].terms == (("breastfeeding", "грудне вигодовування / годування"),)
    assert not any(row.terms for row in rows[:7])


@pytest.mark.parametrize(("text", "kind", "shown"), [
    ("a *b* **c**", "paragraph", "a <em>b</em> <strong>c</strong>"),
    ("a *b* & {{ c }}", "string", "a *b* &amp; {{ c }}"),
    ("{{ helpline.113 }}", "item", '<code class="chip" dir="ltr">{{ helpline.113 }}</code>'),
    ("[@key]", "cell", '<code class="chip" dir="ltr">[@key]</code>'),
    (
        "[us](https://example.org/a)", "paragraph",
        '<span class="link">us</span><code class="chip" dir="ltr">https://example.org/a</code>',
    ),
    ("![a](b.png)", "paragraph", '<code class="chip" dir="ltr">![a](b.png)</code>'),
    ("<b>x", "paragraph", '<code class="chip" dir="ltr">&lt;b&gt;</code>x'),
    ("[ord]{lang=nb}", "paragraph", '<span lang="nb">ord</span>'),
    ("{{ half", "paragraph", '<code class="chip" dir="ltr">{{</code> half'),
    ("", "paragraph", ""),
])
def test_code_is_seen_as_such(text: str, kind: str, shown: str) -> None:
    assert inline(text, kind, "ltr") == shown


def test_numbers_in_arabic_text_keep_their_order() -> None:
    assert inline("اتصلي 10-20", "paragraph", "rtl") == 'اتصلي <bdi class="digits" dir="ltr">10-20</bdi>'


def test_changes_are_shown_as_written() -> None:
    assert changes("see [a](https://x.org) <b>", "see [a](https://y.org) <b>") == (
        "see [a](https://<del>x</del><ins>y</ins>.org) &lt;b&gt;"
    )


# --- files ------------------------------------------------------------------------------------------------------------


def test_two_files_come_of_it(made: dict[str, bytes], tiny: Publication) -> None:
    assert sorted(made) == ["small-brochure-uk-proof.html", "small-brochure-uk-proof.pdf"]
    one = proof.write(HALF, tiny, themes(tiny, "uk"), "help")
    assert sorted(one) == ["small-brochure-uk-help-proof.html", "small-brochure-uk-help-proof.pdf"]
    with pytest.raises(UsageError, match="there is no chapter joy") as caught:
        proof.write(HALF, tiny, themes(tiny, "uk"), "joy")
    assert caught.value.remedy == "choose among sorrow, help"


def test_the_same_state_makes_the_same_bytes(made: dict[str, bytes], tiny: Publication) -> None:
    assert proof.write(HALF, tiny, themes(tiny, "uk")) == made


def tree(made: dict[str, bytes]) -> etree._Element:
    return etree.fromstring(made["small-brochure-uk-proof.html"].replace(b"<!DOCTYPE html>", b""))


def texts(found: etree._Element, path: str) -> list[str]:
    return [" ".join("".join(each.itertext()).split()) for each in found.iterfind(path, XHTML)]


def test_the_page_has_every_row_in_its_language(made: dict[str, bytes]) -> None:
    page = tree(made)
    assert texts(page, ".//h:section[@id='sorrow']//h:div[@lang='uk']") == [
        "Скорбота", "Слово мале.", "", "Було старе.", "Здогад.", "Зайве.", "", "Грудне вигодовування.",
    ]
    assert texts(page, ".//h:section[@id='sorrow']//h:div[@lang='en']")[:2] == [
        "Sorrow & loss", "A small word, see ushttps://example.org.",
    ]
    assert texts(page, ".//h:section[@id='sorrow']//h:p[@class='says']")[0] == "not translated yet"
    assert texts(page, ".//h:thead[1]/h:tr/h:th")[:4] == ["No.", "English", "Ukrainian", "Your words"]


def test_the_page_needs_no_network_and_no_script(made: dict[str, bytes]) -> None:
    page = made["small-brochure-uk-proof.html"].decode()
    assert "<script" not in page and "<link" not in page and "@import" not in page and " src=" not in page
    addresses = re.findall(r"url\(([^)]{0,30})", page)
    assert addresses and all(address.startswith("data:") for address in addresses)
    assert not re.findall(r'href="(?!#)', page)


def test_every_page_of_the_pdf_says_what_it_is(made: dict[str, bytes]) -> None:
    with pdfium.PdfDocument(made["small-brochure-uk-proof.pdf"]) as pdf:
        texts = [" ".join(page.get_textpage().get_text_range().split()) for page in pdf]
        assert {tuple(round(side * 25.4 / 72) for side in page.get_size()) for page in pdf} == {(297, 210)}
    for number, text in enumerate(texts, 1):
        assert "Ukrainian · " in text and "Translated by Ada Lovelace" in text
        assert f"page {number} of {len(texts)}" in text
        assert re.search(r"\d{4}-\d\d-\d\d", text)
    assert "Ukrainian · Sorrow & loss" in texts[0] and "Ukrainian · help" in texts[-1]


def test_the_pdf_is_tagged_and_passes_the_validator(made: dict[str, bytes], tmp_path: Path) -> None:
    from hefte import validate

    findings, _ = validate.tagged(made["small-brochure-uk-proof.pdf"])
    assert findings == ()
    path = tmp_path / "x.pdf"
    path.write_bytes(made["small-brochure-uk-proof.pdf"])
    with pikepdf.open(path) as pdf:
        types = [str(item.S) for item in pdf.objects if isinstance(item, pikepdf.Dictionary)
                 and item.get("/Type") == "/StructElem"]
    assert types.count("/Table") >= 2 and "/TH" in types


def test_there_is_room_for_a_hand(made: dict[str, bytes]) -> None:
    """The last column is over 60 mm wide; a row of a few words is 19 mm high, two lines to write on."""
    with pdfium.PdfDocument(made["small-brochure-uk-proof.pdf"]) as pdf:
        text = pdf[0].get_textpage()
        assert (297 - 12) - place(text, "Your words")[0] * 25.4 / 72 > 60
        assert (place(text, "Скорбота")[1] - place(text, "Слово")[1]) * 25.4 / 72 > 18.5


def place(page: pdfium.PdfTextPage, words: str) -> tuple[float, float]:
    """Where words begin on a page: left and top, in points from the lower left."""
    found = page.search(words).get_next()
    assert found is not None, words
    box = page.get_charbox(found[0])
    return box[0], box[3]


@pytest.mark.parametrize("code", ["ar", "ur", "th"])
def test_every_script_has_a_proof(tmp_path: Path, code: str) -> None:
    root = languagekit.publication_in(tmp_path, code)
    said = buildkit.hefte("translate", "proof", code, "--chapter", "talk", "--out", tmp_path / "out", cwd=root)
    assert (said.code, said.err) == (0, "")
    folder = tmp_path / "out" / code
    assert sorted(buildkit.contents(folder)) == [f"talk-{code}-talk-proof.html", f"talk-{code}-talk-proof.pdf"]
    page = (folder / f"talk-{code}-talk-proof.html").read_text(encoding="utf-8")
    assert f'lang="{code}" dir="{"rtl" if code in ("ar", "ur") else "ltr"}"' in page


def test_the_source_language_has_none(tmp_path: Path) -> None:
    root = languagekit.publication_in(tmp_path, "vi")
    said = buildkit.hefte("translate", "proof", "nb", cwd=root)
    assert said.code == 2 and "nb is the source language" in said.err
    said = buildkit.hefte("translate", "proof", "xx", cwd=root)
    assert said.code == 2 and "no language `xx`" in said.err


def test_axe_finds_nothing_in_the_page(tmp_path: Path, made: dict[str, bytes]) -> None:
    page = tmp_path / "proof.html"
    page.write_bytes(made["small-brochure-uk-proof.html"])
    assert axe.check_pages([page]) == {page: []}
