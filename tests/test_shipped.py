"""The shipped golden publication: the brochure and the ebook, looked into page by page with readers of PDF and EPUB."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest

import buildkit
import goldenkit
import readers
from buildkit import ROOT, Line, squeezed
from conftest import Outputs
from goldenkit import Ebook, plain
from hefte import fragment, house, layout, publication, sources, transforms
from hefte.checks import reading_level
from hefte.checks.prose import passages_of
from hefte.checks.readability import lix
from hefte.model import Book, Chapter, Story

PRINT, BOOKLET, SCREEN, EPUB = (f"nb/ammesorg-nb{end}" for end in ("-print.pdf", "-booklet.pdf", "-screen.pdf",
                                                                   ".epub"))
MM = 72 / 25.4


@cache
def written() -> Book:
    """The book as its source has it."""
    return sources.read(publication.load(ROOT), "nb")


@cache
def book() -> Book:
    return transforms.apply(written(), "print")


@cache
def lines(path: Path) -> list[list[Line]]:
    return buildkit.pages(path)


def headings() -> list[tuple[int, str]]:
    """Level and words of all headings, in the order of the pages."""
    found = [(1, book().language.title), (1, book().matter["colophon"].title), (1, book().language.labels["contents"])]
    for text in (*book().chapters, book().matter["help"]):
        found.append((1, plain(text.title)))
        found += [(2, plain(fragment.text_of(heading))) for heading in fragment.parse(text.body).iter("h2")]
    return [*found, (1, book().matter["back-cover"].title)]


# --- the report -----------------------------------------------------------------------------------------------------


OTHERS = (
    ("large-print", 18), ("leaflet", 2), ("leaflet-job", 1), ("leaflet-office", 2), ("poster-a3", 1),
    ("poster-a3-job", 1), ("poster-a4", 1),
)


def test_every_file_and_no_error(shipped: Outputs) -> None:
    assert list(shipped.report["languages"]) == ["nb"]
    entry = shipped.report["languages"]["nb"]
    assert [(file["path"], file["pages"]) for file in entry["files"]] == [
        (PRINT, 20), (PRINT.replace("print", "print-job"), 1), (BOOKLET, 10),
        *((PRINT.replace("print", edition), pages) for edition, pages in OTHERS), (SCREEN, 20), (EPUB, 20),
    ]
    assert entry["failures"] == []
    assert entry["validators"] == goldenkit.validators()
    found = Counter((finding["check"], finding["severity"]) for finding in entry["findings"])
    assert found == {
        ("address-reserved", "warning"): 2, ("helpline-unverified", "warning"): 4, ("story-unapproved", "warning"): 10,
        ("unsigned-linked", "note"): 1,
    }
    harmless = [finding["check"] for finding in entry["findings"] if not finding.get("blocks_release")]
    assert harmless == ["unsigned-linked"]


# --- the words ------------------------------------------------------------------------------------------------------


def test_every_chapter_is_easy_to_read() -> None:
    texts: tuple[Chapter | Story, ...] = (
        *written().chapters, written().matter["help"], *written().stories.values(),
    )
    said = {text.id: lix((passage.words for passage in passages_of(text, "nb") if passage.kind != "title"), "nb")
            for text in texts}
    assert {name: value for name, value in said.items() if value > reading_level.LIMIT} == {}
    assert min(said.values()) > 15  # else the measure is broken


def test_it_is_about_as_long_as_the_article() -> None:
    bodies = [text.body for text in (*book().chapters, book().matter["help"])]
    assert 2200 <= sum(len(fragment.text_of(fragment.parse(body)).split()) for body in bodies) <= 2700


def test_ten_stories_each_in_one_place_and_one_in_nynorsk() -> None:
    placed = [
        (aside.get("data-ref"), chapter.id) for chapter in written().chapters
        for aside in fragment.parse(chapter.body).iter("hefte-story")
    ]
    assert placed == [
        ("want-it-spoken-of", "what-is-it"), ("news-before-birth", "what-is-it"), ("not-listened-to", "what-is-it"),
        ("good-mother", "what-helps"), ("pumping-alone", "what-helps"), ("lost-closeness", "depression"),
        ("two-attempts", "depression"), ("sadder-than-illness", "depression"), ("own-choice", "by-choice"),
        ("hiding-away", "playing-down"),
    ]
    assert {story.id for story in written().stories.values()} == {name for name, _ in placed}
    assert Counter(story.language for story in written().stories.values()) == {"nb": 9, "nn": 1}


# --- print ----------------------------------------------------------------------------------------------------------


def test_no_page_is_nearly_empty(shipped: Outputs) -> None:
    pages = lines(shipped.dist / PRINT)
    assert len(pages) == 20 and len(pages) % 4 == 0
    cover, *others = pages
    assert [plain(line.text) for line in cover] == [
        "Ammesorg", "Når ammingen tok slutt", "eller aldri ble som du håpet",
        "Til mødre, og til dem som vil støtte dem",
    ]
    assert {number: len(page) for number, page in enumerate(others, 2) if len(page) < 5} == {}


def test_the_contents_tell_where_the_titles_stand(shipped: Outputs) -> None:
    pages = lines(shipped.dist / PRINT)
    told = [re.fullmatch(r"(\d+) (.+)", plain(line.text)) for line in pages[2]]
    entries = [(int(found[1]), found[2]) for found in told if found]
    assert [title for _, title in entries] == [plain(text.title) for text in (*book().chapters, book().matter["help"])]
    for number, title in entries:
        top = squeezed("".join(line.text for line in pages[number - 1][:3]))
        assert top.startswith(squeezed(title))


def test_pages_are_numbered(shipped: Outputs) -> None:
    pages = lines(shipped.dist / PRINT)
    for number in range(3, 20):
        foot = plain(pages[number - 1][-1].text)
        side = foot.startswith(f"{number} ") if number % 2 == 0 else foot.endswith(f" {number}")
        assert foot == str(number) or side, f"page {number} ends with {foot!r}"


def test_boxes_intent_and_label(shipped: Outputs) -> None:
    with pikepdf.open(shipped.dist / PRINT) as pdf:
        for page in pdf.pages:
            media, bleed, trim = ([float(x) for x in page.obj[f"/{name}Box"]] for name in ("Media", "Bleed", "Trim"))
            assert trim[2] - trim[0] == pytest.approx(148 * MM, abs=0.01)
            assert trim[3] - trim[1] == pytest.approx(210 * MM, abs=0.01)
            assert [t - b for t, b in zip(trim[:2], bleed[:2], strict=True)] == pytest.approx([3 * MM] * 2, abs=0.01)
            assert [b - t for t, b in zip(trim[2:], bleed[2:], strict=True)] == pytest.approx([3 * MM] * 2, abs=0.01)
            assert media[0] <= bleed[0] and media[1] <= bleed[1] and media[2] >= bleed[2] and media[3] >= bleed[3]
        [intent] = pdf.Root.OutputIntents
        assert (str(intent.S), str(intent.OutputConditionIdentifier)) == ("/GTS_PDFX", "FOGRA39")
        assert intent.DestOutputProfile.read_bytes() == (ROOT / "assets/icc/ISOcoated_v2_300_bas.icc").read_bytes()
        assert b"<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>" in pdf.Root.Metadata.read_bytes()
        assert sum(len(page.obj.get("/Annots", [])) for page in pdf.pages) == 0


RGB_OR_GREY = {"rg", "RG", "g", "G", "sc", "SC", "scn", "SCN", "cs", "CS", "sh"}


def test_nothing_is_painted_but_with_the_themes_inks(shipped: Outputs) -> None:
    theme = layout.load_theme((house.layouts(),), (house.assets(),))
    inks = {tuple(round(value / 100, 4) for value in colour.cmyk) for colour in theme.colours.values()}
    used: Counter[tuple[float, ...]] = Counter()
    with pikepdf.open(shipped.dist / PRINT) as pdf:
        for stream in buildkit.streams(pdf):
            for instruction in pikepdf.parse_content_stream(stream):
                operator = str(instruction.operator)
                assert operator not in RGB_OR_GREY
                if operator in {"k", "K"}:
                    used[tuple(round(float(value), 4) for value in instruction.operands)] += 1
        pictures = [item for item in pdf.objects if isinstance(item,
                                                               pikepdf.Stream) and item.get("/Subtype") == "/Image"]
        assert {str(picture.get("/ColorSpace")) for picture in pictures} <= {"/DeviceCMYK", "/DeviceGray"}
    assert set(used) <= inks
    for name in ("ink", "plum", "sand"):
        assert tuple(round(value / 100, 4) for value in theme.colours[name].cmyk) in used


def test_running_text_is_black_alone_and_overprints(shipped: Outputs) -> None:
    """Glyphs by their inks, and whether overprint is on as they are shown."""
    shown: Counter[tuple[Any, bool]] = Counter()
    with pikepdf.open(shipped.dist / PRINT) as pdf:
        for page in pdf.pages[3:18]:
            states: Any = page.resources.get("/ExtGState", {})
            now: tuple[Any, bool] = (None, False)
            kept = []
            for instruction in pikepdf.parse_content_stream(page):
                operator, operands = str(instruction.operator), instruction.operands
                if operator == "q":
                    kept.append(now)
                elif operator == "Q":
                    now = kept.pop()
                elif operator == "k":
                    now = (tuple(round(float(value), 4) for value in operands), now[1])
                elif operator == "gs" and "/op" in states[str(operands[0])]:
                    now = (now[0], bool(states[str(operands[0])].op))
                elif operator in {"Tj", "TJ"}:
                    pieces = operands[0] if operator == "TJ" else [operands[0]]
                    shown[now] += sum(len(bytes(piece)) // 2 for piece in pieces if isinstance(piece, pikepdf.String))
    black = ((0, 0, 0, 1), True)
    assert sum(shown.values()) > 14_000
    assert shown[black] > 0.85 * sum(shown.values())
    assert [state for state in shown if (state[0] == (0, 0, 0, 1)) != state[1]] == []


# --- the other PDFs -------------------------------------------------------------------------------------------------


def halves(path: Path) -> list[tuple[str, str]]:
    """What stands on the left and on the right of each side of the booklet."""
    with pdfium.PdfDocument(path) as pdf:
        found = []
        for side in pdf:
            width, height = side.get_size()
            assert (width, height) == pytest.approx((297 * MM, 210 * MM), abs=0.01)
            text = side.get_textpage()
            left = text.get_text_bounded(0, 0, width / 2, height)
            found.append((squeezed(left), squeezed(text.get_text_bounded(width / 2, 0, width, height))))
        return found


def test_the_booklet_has_the_same_pages_in_the_order_for_folding(shipped: Outputs) -> None:
    with pdfium.PdfDocument(shipped.dist / PRINT) as pdf:
        pages = [squeezed(page.get_textpage().get_text_bounded()) for page in pdf]
    order = [(20, 1), (2, 19), (18, 3), (4, 17), (16, 5), (6, 15), (14, 7), (8, 13), (12, 9), (10, 11)]
    found = halves(shipped.dist / BOOKLET)
    assert [(pages.index(left) + 1, pages.index(right) + 1) for left, right in found] == order


def test_bookmarks_are_the_headings(shipped: Outputs) -> None:
    marks = goldenkit.bookmarks(shipped.dist / SCREEN)
    assert [(level, title) for level, title, _ in marks] == headings()
    pages = [squeezed(" ".join(line.text for line in page)) for page in lines(shipped.dist / SCREEN)]
    for _, title, number in marks:
        assert squeezed(title) in pages[number - 1]


def test_a_voice_speaks_each_part_in_its_language(shipped: Outputs) -> None:
    elements = goldenkit.tagged(shipped.dist / SCREEN)
    stories = [element for element in elements if element.languages == ("nb", "nn") and element.type == "Art"]
    said = fragment.text_of(fragment.parse(written().stories["own-choice"].body))
    retold = book().language.labels["retold"]
    assert [squeezed(story.text) for story in stories] == [squeezed(said + retold)]
    assert [squeezed(element.text) for element in elements if element.languages == ("nb", "nn",
        "nb")] == [squeezed(retold)]
    titles = [plain(element.text) for element in elements if element.languages == ("nb", "en")]
    assert titles == [work.title for work in book().references]
    assert {language for element in elements for language in element.languages} == {"nb", "nn", "en"}


def test_a_link_is_called_by_its_words(shipped: Outputs) -> None:
    told = [squeezed(element.text) for element in goldenkit.tagged(shipped.dist / SCREEN) if element.type == "Link"]
    called, targets = [], []
    with pikepdf.open(shipped.dist / SCREEN) as pdf:
        for page in pdf.pages:
            for link in page.obj.get("/Annots", []):
                called.append(squeezed(str(link.Contents)))
                targets.append(str(link.A.URI) if "/A" in link else str(link.Dest))
    assert Counter(called) == Counter(told) and len(called) == 34
    assert Counter(target for target in targets if target.startswith("tel:")) == {
        "tel:113": 3, "tel:+47116117": 3, "tel:+47116123": 3, "tel:+4722400040": 3,
    }


# --- the ebook ------------------------------------------------------------------------------------------------------


def test_screen_and_ebook_have_the_same_words_in_the_same_order(shipped: Outputs) -> None:
    screen, ebook = goldenkit.sections(shipped.dist / SCREEN), Ebook(shipped.dist / EPUB).sections()
    titles = [plain(text.title) for text in (*book().chapters, book().matter["help"], book().matter["colophon"])]
    named = book().language.editions
    for title in (*titles, "Ammesorg"):  # each names itself in its colophon
        said = squeezed(screen[title]).replace(squeezed(named["screen"]), squeezed(named["epub"]))
        assert said == squeezed(ebook[title])
    assert sum(len(ebook[title]) for title in titles) > 15_000


def test_the_page_list_leads_to_the_words_that_the_printed_pages_begin_with(shipped: Outputs) -> None:
    marks = list(Ebook(shipped.dist / EPUB).page_list())
    assert [mark.label for mark in marks] == [str(number) for number in range(1, 21)]
    printed = goldenkit.tops(shipped.dist / PRINT)
    wrong = [mark.label for mark, top in zip(marks[:19], printed, strict=False)
             if mark.label != "3" and not goldenkit.begins_with(mark.text, top)]
    assert wrong == []
    assert (marks[2].document, plain(marks[2].text)[:24]) == ("nav.xhtml",
                                                              "Innhold Hva er ammesorg?")  # there without numbers
    assert (marks[19].document, marks[19].text.strip()) == ("help.xhtml",
                                                            "")  # the back cover repeats what stands before it
    assert [mark.document for mark in marks] == sorted(
        [mark.document for mark in marks], key=Ebook(shipped.dist / EPUB).spine.index
    )


def test_a_reader_finds_everything_in_the_ebook(shipped: Outputs) -> None:
    seen = readers.foliate(shipped.dist / EPUB)
    assert (seen["title"], seen["language"], seen["sections"]) == ("Ammesorg", "nb", 11)
    titles = [plain(text.title) for text in (*book().chapters, book().matter["help"])]
    assert [plain(entry["label"]) for entry in seen["toc"] if plain(entry["label"]) in titles] == titles
    assert [page["label"] for page in seen["pages"]] == [str(number) for number in range(1, 21)]
    assert {mark["type"] for mark in seen["landmarks"]} == {"cover", "toc", "bodymatter"}
    assert [visit["href"] for visit in seen["visits"] if not visit["exists"]] == []
    assert [visit["page"] for visit in seen["visits"][len(seen["toc"]):]] == [str(number) for number in range(1, 21)]
    states = Counter(state for visit in seen["visits"] for state in visit["fonts"].values())
    assert set(states) == {"loaded", "unloaded"} and states["loaded"] >= 2 * len(seen["visits"])
    assert all("Source Sans 3 400 normal" in visit["fonts"] for visit in seen["visits"])
    assert all(visit["fonts"]["Source Sans 3 400 normal"] == "loaded" for visit in seen["visits"])
    assert {(visit["lang"], visit["direction"]) for visit in seen["visits"]} == {("nb", "ltr")}
    assert (seen["missed"], seen["errors"]) == ([], [])
