"""The bilingual edition: each block beside its counterpart, both columns read towards the fold, each in its tongue."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest

import buildkit
import languagekit
from hefte import fragment, publication, sources, transforms
from hefte.errors import SourceError
from hefte.layout.facing import Facing, face
from hefte.model import Chapter, Place

MIDDLE = 105 * 72 / 25.4
"""Of A4, in points."""


def chapter(body: str, path: str = "a.md") -> Chapter:
    return Chapter("a", "A", "A", "", body, Place(Path(path), 4))


def faced(source: str, target: str) -> Facing:
    return face(chapter(source), chapter(target, "b.md"))


def sides(of: Facing) -> list[tuple[str, str, str]]:
    """Kind, and the words on each side, of every row."""
    return [
        (row.kind, words(row.source.body), words(row.target.body)) for group in of.groups for row in group.rows
    ]


def words(body: str) -> str:
    return fragment.text_of(fragment.parse(body))


# --- pairing ----------------------------------------------------------------------------------------------------------


def test_each_block_is_beside_its_counterpart() -> None:
    found = faced(
        '<h2 data-key="a.1" id="a-h1">Ett</h2><p data-key="a.2">To</p>',
        '<h2 data-key="a.1" id="a-h1">One</h2><p data-key="a.2">Two</p>',
    )
    assert sides(found) == [("h2", "Ett", "One"), ("p", "To", "Two")]
    heading = found.groups[0].rows[0]
    assert (heading.source.body, heading.target.body) == ("<h2>Ett</h2>", '<h2 id="a-h1">One</h2>'), "one anchor each"


def test_a_list_has_a_row_for_each_item() -> None:
    found = faced(
        '<ol start="3"><li data-key="a.1">Ett</li><li data-key="a.2">To</li></ol>',
        '<ol start="3"><li data-key="a.1">One</li><li data-key="a.2">Two</li></ol>',
    )
    assert sides(found) == [("li", "Ett", "One"), ("li", "To", "Two")]
    assert [row.target.body for row in found.groups[0].rows] == [
        '<ol start="3"><li>One</li></ol>', '<ol start="4"><li>Two</li></ol>',
    ]


STORY = '<aside class="story retold" data-story="{0}" lang="{1}" aria-label="{2}"><p data-key="{0}.1">{2}</p></aside>'


def test_a_story_is_a_group_in_its_own_language() -> None:
    found = faced(STORY.format("s", "nn", "Ei soge"), STORY.format("s", "en", "A tale"))
    (group,) = found.groups
    assert (group.kind, group.name) == ("story retold", "A tale")
    assert [(row.source.language, row.target.language) for row in group.rows] == [("nn", "en")]


def test_a_story_that_only_one_may_tell_is_in_neither_column() -> None:
    """Its consent may cover print and not translation: that is no fault of the translator's."""
    rest = '<p data-key="a.1">{}</p>'
    found = faced(STORY.format("s", "nb", "Historien") + rest.format("Ett"), rest.format("One"))
    assert sides(found) == [("p", "Ett", "One")]
    found = faced(rest.format("Ett"), STORY.format("s", "en", "Tale") + rest.format("One"))
    assert sides(found) == [("p", "Ett", "One")]


def test_works_cited_may_stand_in_another_order() -> None:
    one = '<section class="references"><ol><li data-key="r.a">A</li><li data-key="r.b">B</li></ol></section>'
    other = '<section class="references"><ol><li data-key="r.b">B</li><li data-key="r.a">A</li></ol></section>'
    assert sides(faced(one, other)) == [("section", "AB", "BA")]


@pytest.mark.parametrize(("source", "target", "line", "what"), [
    ('<p data-key="a.1">1</p>', '<p data-key="a.1">1</p><p data-key="a.2" data-line="9">2</p>', 9, "no counterpart"),
    ('<p data-key="a.1">1</p><p data-key="a.2">2</p>', '<p data-key="a.1" data-line="7">1</p>', 4, "is missing"),
    ('<p data-key="a.1">1</p>', '<h2 data-key="a.1" data-line="8">1</h2>', 8, "no counterpart"),
    ('<p data-key="a.1">1</p>', '<p data-key="a.2" data-line="6">1</p>', 6, "no counterpart"),
    (
        '<ul><li data-key="a.1">1</li><li data-key="a.2">2</li></ul>',
        '<ul data-line="5"><li data-key="a.1" data-line="5">1</li></ul>', 5, "no counterpart",
    ),
])
def test_what_has_no_counterpart_is_an_error_with_its_line(source: str, target: str, line: int, what: str) -> None:
    with pytest.raises(SourceError, match=what) as caught:
        faced(source, target)
    assert caught.value.place == Place(Path("b.md"), line)


# --- pages ------------------------------------------------------------------------------------------------------------


def built(root: Path, *codes: str) -> dict[str, Any]:
    """The report of a build of the bilingual edition."""
    listed = '"bilingual"'
    buildkit.change(root / "chapters" / "publication.toml", '"epub"]', f'"epub", {listed}]')
    said = buildkit.hefte("build", root, "--lang", ",".join(codes), "--edition", "bilingual", cwd=root)
    report: dict[str, Any] = json.loads((root / "dist" / "report.json").read_text(encoding="utf-8"))
    report["said"] = said
    return report


def columns(path: Path) -> list[list[tuple[str, float, float]]]:
    """Of each page: the lines, with left and right edge in points."""
    found = []
    with pdfium.PdfDocument(path) as pdf:
        for page in pdf:
            text = page.get_textpage()
            rects = [text.get_rect(number) for number in range(text.count_rects())]
            found.append([(text.get_text_bounded(*rect), rect[0], rect[2]) for rect in rects])
    return found


@pytest.fixture(scope="module")
def nynorsk(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    root = buildkit.with_languages(buildkit.new(tmp_path_factory.mktemp("bi") / "tiny"), "nn")
    return root, built(root, "en", "nn")


def test_it_is_made_for_translations_only(nynorsk: tuple[Path, dict[str, Any]]) -> None:
    root, report = nynorsk
    assert [file["path"] for file in report["languages"]["nn"]["files"]] == ["nn/small-brochure-nn-bilingual.pdf"]
    assert report["languages"]["en"]["files"] == []
    found = [finding for entry in report["languages"].values() for finding in entry["findings"]]
    assert not any(finding["severity"] == "error" for finding in found)
    assert buildkit.contents(root / "dist", "**/*.pdf").keys() == {"nn/small-brochure-nn-bilingual.pdf"}


def test_a_publication_in_one_language_says_nothing_of_it(tmp_path: Path) -> None:
    report = built(buildkit.new(tmp_path / "tiny"), "en")
    assert report["said"].code == 0 and "bilingual" not in report["said"].out + report["said"].err


def test_the_source_is_on_the_left_and_its_translation_level_with_it(nynorsk: tuple[Path, dict[str, Any]]) -> None:
    """The same words in both languages here, so that each line must have its twin at the same height."""
    path = nynorsk[0] / "dist" / "nn" / "small-brochure-nn-bilingual.pdf"
    with pdfium.PdfDocument(path) as pdf:
        assert {tuple(round(side * 25.4 / 72) for side in page.get_size()) for page in pdf} == {(210, 297)}
        for page in list(pdf)[2:]:
            text = page.get_textpage()
            rects = [text.get_rect(number) for number in range(text.count_rects())]
            lines = [(text.get_text_bounded(*rect).strip(), rect) for rect in rects if 70 < rect[3] < 760]
            # Days are each language's own, and break the line of the edition elsewhere.
            lines = [(words, rect) for words, rect in lines if not re.search("202|Bilingual edition", words)]
            left = {(round(rect[3]), words) for words, rect in lines if rect[2] < MIDDLE}
            right = {(round(rect[3]), words) for words, rect in lines if rect[0] > MIDDLE}
            assert left and left == right


def test_each_page_names_the_languages(nynorsk: tuple[Path, dict[str, Any]]) -> None:
    path = nynorsk[0] / "dist" / "nn" / "small-brochure-nn-bilingual.pdf"
    for page in columns(path)[2:]:
        lines = [line.strip() for line, _, _ in page]
        assert [line for line in lines if line in ("English", "norsk nynorsk")] == ["English", "norsk nynorsk"]


def test_every_tag_knows_its_language(nynorsk: tuple[Path, dict[str, Any]]) -> None:
    """The file is the target's; what is the source's says so, and nothing else."""
    data = (nynorsk[0] / "dist" / "nn" / "small-brochure-nn-bilingual.pdf").read_bytes()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert str(pdf.Root.Lang) == "nn"
        spoken = {
            str(item.Lang) for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/StructElem" and "/Lang" in item
        }
        assert spoken == {"en"}
        types = {str(item.S) for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/S" in item
                 and item.get("/Type") == "/StructElem"}
    assert "/Table" not in types and {"/H1", "/P", "/TOC", "/TOCI"} <= types


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = languagekit.publication_in(tmp_path_factory.mktemp("ar"), "ar")
    report = built(root, "ar")
    assert [finding for finding in report["languages"]["ar"]["findings"] if finding["severity"] == "error"] == []
    return root / "dist" / "ar" / "talk-ar-bilingual.pdf"


def test_both_are_read_towards_the_fold(arabic: Path) -> None:
    """Norwegian stands on the left and begins at the left edge, Arabic on the right and begins at the right one."""
    edge = 18 * 72 / 25.4
    for page in columns(arabic)[2:]:
        lines = [(text, left, right) for text, left, right in page if text.strip()]
        ours = [left for text, left, _ in lines if text.isascii() and left < MIDDLE]
        theirs = [right for text, _, right in lines if any("\u0600" <= sign <= "\u06ff" for sign in text)]
        assert min(ours) == pytest.approx(edge, abs=2)
        assert max(theirs) == pytest.approx(595.28 - edge, abs=3)
        assert not any(left < MIDDLE for text, left, _ in lines if any("\u0600" <= sign <= "\u06ff" for sign in text))


def test_a_source_from_the_right_stands_on_the_right(tmp_path: Path) -> None:
    """The other way round: an Arabic original and its Norwegian translation."""
    from hefte import house, layout
    from hefte.layout import bilingual
    from hefte.renderers import pages

    root = languagekit.publication_in(tmp_path, "ar")
    loaded = publication.load(root)
    books = {code: transforms.apply(sources.read(loaded, code), "print") for code in ("nb", "ar")}
    folders = layout.folders(root)
    whole = layout.load_theme(folders, (root / "assets", house.assets()))
    themes = layout.for_language(whole, "nb"), layout.for_language(whole, "ar")
    laid = bilingual.lay_out(books["nb"], books["ar"], themes, folders)
    assert '<html class="chapters" lang="nb" dir="rtl">' in laid.body
    rendering = pages.render(laid, "nb", root, {"assets": house.assets(), "layouts": house.layouts()})
    assert (rendering.overflows, rendering.complaints) == ((), ())
    path = tmp_path / "x.pdf"
    rendering.document.write_pdf(path)
    for page in columns(path)[2:]:
        assert not any(left < MIDDLE for text, left, _ in page if any("\u0600" <= sign <= "\u06ff" for sign in text))


def test_a_draft_says_so_here_too(tmp_path: Path) -> None:
    root = buildkit.with_languages(buildkit.new(tmp_path / "tiny"), "nn")
    buildkit.change(root / "chapters" / "nn" / "language.toml", 'origin = "original"', 'origin = "machine"')
    report = built(root, "nn")
    (file,) = report["languages"]["nn"]["files"]
    assert "pdf-draft" in file["checks"]
    assert not [one for one in report["languages"]["nn"]["findings"] if one["check"] == "pdf-draft"]
    with pdfium.PdfDocument(root / "dist" / file["path"]) as pdf:
        assert all("DRAFT" in "".join(page.get_textpage().get_text_range().split()) for page in pdf)
        assert pdf.get_metadata_value("Title").startswith("DRAFT: ")


def test_a_language_without_a_chapter_leaves_it_out_of_both_columns(tmp_path: Path) -> None:
    from hefte.layout.bilingual import _chapters

    root = buildkit.with_languages(buildkit.new(tmp_path / "tiny"), "nn")
    loaded = publication.load(root)
    source, target = (transforms.apply(sources.read(loaded, code), "print") for code in ("en", "nn"))
    assert _chapters(replace(target, chapters=()), source) == ()
    with pytest.raises(SourceError, match="the source has no chapter first"):
        _chapters(target, replace(source, chapters=()))


def test_the_longest_name_of_a_fact_stays_in_its_column(tmp_path: Path) -> None:
    """Tamil's word for a translation is as wide as a third of a column."""
    report = built(languagekit.publication_in(tmp_path / "talk", "ta"), "ta")
    found = [finding["message"] for finding in report["languages"]["ta"]["findings"]
             if finding["check"] == "page-overflow"]
    assert found == []
