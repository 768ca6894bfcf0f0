"""The tiny golden publication, what `hefte new` makes: eight pages and a book, looked into with readers."""

from __future__ import annotations

import json

import pikepdf
import pytest

import buildkit
import goldenkit
import readers
from buildkit import squeezed
from conftest import Outputs
from goldenkit import Ebook

NAMES = [f"en/small-brochure-en{end}" for end in ("-print.pdf", "-booklet.pdf", "-screen.pdf", ".epub")]
SHEET = "en/small-brochure-en-print-job.pdf"
"""For the print shop, with the first of them."""


def test_it_is_four_files_with_nothing_wrong(tiny: Outputs) -> None:
    entry = tiny.report["languages"]["en"]
    expected = [(NAMES[0], 8), (SHEET, 1), *zip(NAMES[1:], (4, 8, 8), strict=True)]
    assert [(file["path"], file["pages"]) for file in entry["files"]] == expected
    assert sorted(buildkit.contents(tiny.dist)) == sorted([*NAMES, SHEET, "report.html", "report.json"])
    assert [(finding["check"], finding["severity"]) for finding in entry["findings"]] == [("story-unapproved",
        "warning")]
    assert entry["validators"] == goldenkit.validators()
    assert json.loads((tiny.dist / "report.json").read_text(encoding="utf-8")) == tiny.report


def test_its_pages_read_as_they_are_meant(tiny: Outputs) -> None:
    pages = [[" ".join(line.text.split()) for line in page] for page in buildkit.pages(tiny.dist / NAMES[0])]
    assert pages[0] == ["Small brochure", "One chapter, one story", "For whoever wants to begin"]
    assert pages[2] == ["Contents", "4 The first chapter", "7 Whom to talk to", "3"]
    assert pages[3][0] == "The first chapter"
    assert pages[4][:2] == ["Notes", "Room for what you want to ask."]
    assert pages[5] == ["6"]
    assert pages[6] == ["Whom to talk to", "You need not know what to say before you ask.",
                        "You find us at example.org .", "7"]
    assert pages[7][0] == "You are welcome"


def test_the_contents_tell_the_truth(tiny: Outputs) -> None:
    pages = buildkit.pages(tiny.dist / NAMES[0])
    for page, title in ((4, "The first chapter"), (7, "Whom to\xa0talk to")):
        assert pages[page - 1][0].text == title


@pytest.mark.parametrize("name", NAMES[:3])
def test_the_pdfs_say_what_they_are(tiny: Outputs, name: str) -> None:
    with pikepdf.open(tiny.dist / name) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Small brochure – One chapter, one story"
        assert str(pdf.Root.Lang) == "en"
        assert str(pdf.docinfo["/Creator"]) == "hefte"


def test_screen_and_ebook_say_the_same(tiny: Outputs) -> None:
    screen, ebook = goldenkit.sections(tiny.dist / NAMES[2]), Ebook(tiny.dist / NAMES[3]).sections()
    for heading in ("The first chapter", "Whom to talk to"):
        assert squeezed(screen[heading]) == squeezed(ebook[heading])
    assert squeezed(screen["The first chapter"]).startswith("ThefirstchapterAchapterbeginswithoneortwosentences")


def test_the_page_list_leads_to_where_the_pages_begin(tiny: Outputs) -> None:
    marks = list(Ebook(tiny.dist / NAMES[3]).page_list())
    assert [mark.label for mark in marks] == ["1", "2", "3", "4", "5", "6", "7", "8"]
    printed = goldenkit.tops(tiny.dist / NAMES[0])
    for label in ("1", "2", "4", "7"):
        assert goldenkit.begins_with(marks[int(label) - 1].text, printed[int(label) - 1])
    assert [(mark.label, mark.document) for mark in marks] == [
        ("1", "cover.xhtml"), ("2", "colophon.xhtml"), ("3", "nav.xhtml"), ("4", "chapter-first.xhtml"),
        ("5", "chapter-first.xhtml"), ("6", "chapter-first.xhtml"), ("7", "help.xhtml"), ("8", "help.xhtml"),
    ]


def test_a_reader_shows_it(tiny: Outputs) -> None:
    seen = readers.foliate(tiny.dist / NAMES[3])
    assert (seen["title"], seen["language"]) == ("Small brochure", "en")
    assert [page["label"] for page in seen["pages"]] == ["1", "2", "3", "4", "5", "6", "7", "8"]
    assert all(visit["exists"] for visit in seen["visits"])
    assert (seen["missed"], seen["errors"]) == ([], [])
