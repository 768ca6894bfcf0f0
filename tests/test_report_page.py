"""report.html: what is marked where on which page's picture, what is said of what was found, and that nothing else is
needed to read it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from lxml import html

import reportkit
import wordkit
from conftest import Outputs
from hefte.report import pictures, verdict
from hefte.report.contents import Listed
from hefte.report.marks import mark
from hefte.report.page import render
from hefte.report.pictures import Picture
from hefte.tools import axe
from reportkit import BOX

HOSTILE = "<script>alert('x')</script> & \"<img src=https://evil.example/x>\" `<b>`"


@pytest.fixture
def drawn() -> tuple[Picture, ...]:
    return reportkit.drawn()


# --- the page -------------------------------------------------------------------------------------------------------

DIGEST = "ab" * 32


def found(
    check: str = "pdf-ink", severity: str = "error", message: str = "too much ink", **more: Any
) -> dict[str, Any]:
    return {"check": check, "severity": severity, "message": message, "remedy": "take less", **more}


def file(**more: Any) -> dict[str, Any]:
    return {
        "path": "nb/a-nb-print.pdf", "edition": "print", "pages": 3, "size": 7000, "digest": DIGEST,
        "checks": ["pdf-ink"], "look": "", "stories": [], "figures": {}, **more,
    }


def entry(*findings: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "sources": "abc", "looked_on": "2026-11-22", "asked": None, "files": [file()], "older": [],
        "validated": True, "validators": {"EPUBCheck": "5.3.0"}, "findings": list(findings), "failures": [],
        "standing": None, "checks": [], "spelling": "", "fit": True, "fitted": [], **more,
    }


def whole(**languages: dict[str, Any]) -> dict[str, Any]:
    return {
        "hefte": "0", "languages": languages, "stories": {}, "helplines": [], "checks": {"pdf-ink": "Sum of inks"},
        "publication": {
            "id": "a", "version": "1", "date": "2026-01-01", "review_by": "2027-01-01", "source_language": "nb",
        },
    }


@pytest.fixture
def page(tmp_path: Path) -> Any:
    """What a report looks like, as a tree."""
    publication = wordkit.load(tmp_path / "book")

    def of(report: dict[str, Any], seen: pictures.Pictures | None = None, **more: Any) -> Any:
        return html.fromstring(render(publication, report, seen or {}, **more).encode())

    return of


def said(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split())


def test_findings_are_marked_on_the_page_where_they_are(page: Any, drawn: tuple[Picture, ...]) -> None:
    here = {"path": "nb/a-nb-print.pdf"}
    report = whole(nb=entry(
        found(severity="note", message="a note", page=2, box=[100, 200, 120, 220], **here),
        found(message="in the file", **here),
        found(message="on page two", page=2, box=list(BOX), **here),
        found(message="somewhere on page three", page=3, **here),
        found(message="in the words", path="chapters/nb/first.md", line=7),
    ))
    tree = page(report, {DIGEST: drawn})
    (article,) = tree.xpath("//article")
    sheets = article.xpath(".//div[contains(@class, 'marked')]")
    assert [sheet.get("id") for sheet in sheets] == ["m-nb-print-2", "m-nb-print-3"]
    two, three = sheets
    expected = [mark("2", "error", BOX, drawn[1]), mark("4", "note", (100, 200, 120, 220), drawn[1])]
    assert [(span.get("style"), said(span)) for span in two.xpath(".//span[contains(@class, 'mark ')]")] == [
        (each.style, each.number) for each in expected
    ]
    one = expected[0]
    assert (one.left, one.top, one.width, one.height) == pytest.approx((12.5, 40 / 3, 31.25, 20))
    assert [said(note) for note in two.xpath(".//li")] == [
        "2 error on page two. take less. pdf-ink",
        "4 note a note. take less. pdf-ink",
    ]
    assert three.xpath(".//span[contains(@class, 'mark ')]") == []
    assert [said(note) for note in three.xpath(".//li")] == ["3 error somewhere on page three. take less. pdf-ink"]
    loose = article.xpath("./ul[@aria-label='Findings in the whole file']/li")
    assert [said(note) for note in loose] == ["1 error in the file. take less. pdf-ink"]
    (words,) = tree.xpath("//ul[@aria-label='Findings in the words of nb']/li")
    assert said(words) == "1 error in the words. take less. pdf-ink · chapters/nb/first.md:7"
    assert [img.get("data-page") for img in two.iter("img")] == ["2"]


def test_every_page_has_its_picture_in_the_order_of_reading(page: Any, drawn: tuple[Picture, ...]) -> None:
    standing = {"name": "العربية", "called": "arabisk", "direction": "rtl", "origin": "machine", "draft": True,
                "source": False, "units": []}
    tree = page(whole(ar=entry(files=[file(path="ar/a-ar-print.pdf")], standing=standing)), {DIGEST: drawn})
    (sheets,) = tree.xpath("//ul[@class='sheets']")
    assert sheets.get("dir") == "rtl"
    assert [(link.get("href"), said(link)) for link in sheets.iter("a")] == [
        (f"#p-ar-print-{number}", f"Page {number}") for number in (1, 2, 3)
    ]
    assert "A draft: each page says so." in said(tree)


def test_where_most_ink_is_is_seen(page: Any, drawn: tuple[Picture, ...]) -> None:
    inks = [{"page": 1, "c": 1.0, "m": 2.0, "y": 3.0, "k": 4.25, "most": 272.4}]
    figures = {"ink": {"most": 272.4, "page": 1, "box": list(BOX), "pages": inks}}
    tree = page(whole(nb=entry(files=[file(figures=figures)])), {DIGEST: drawn})
    (spot,) = tree.xpath("//div[@id='m-nb-print-1']//span[contains(@class, 'mark ')]")
    assert (spot.get("style"), said(spot)) == (mark("", "figure", BOX, drawn[0]).style, "272 %")
    assert said(tree.xpath("//dl[@class='figures']")[0]) == "Most ink on one spot 272 % on page 1"
    assert [said(cell) for cell in tree.xpath("//tbody//td")] == ["1.0", "2.0", "3.0", "4.2", "272 %", ""]


def test_what_somebody_writes_is_text(page: Any, drawn: tuple[Picture, ...]) -> None:
    here: dict[str, Any] = {"path": "nb/a-nb-print.pdf", "page": 1, "box": list(BOX)}
    report = whole(nb=entry(
        found(check=HOSTILE, message=HOSTILE, **here), found(severity="note", waived=HOSTILE, **here),
        failures=[{"lines": [HOSTILE], "exit_code": 3}], validators={HOSTILE: HOSTILE},
        files=[file(checks=[HOSTILE], figures={"contrast": {"least": 2.0, "page": 1, "text": HOSTILE}})],
    ))
    report["checks"] = {HOSTILE: HOSTILE}
    tree = page(report, {DIGEST: drawn}, documents=lambda of: (Listed(HOSTILE, HOSTILE),))
    assert list(tree.iter("script")) == [] and list(tree.iter("b")) == []
    assert {img.get("src")[:23] for img in tree.iter("img")} == {"data:image/webp;base64,"}
    assert said(tree).count("<script>alert('x')</script>") >= 6
    assert [each.text for each in tree.iter("code") if each.text == "<b>"] != []


def test_nothing_found_and_nothing_built(page: Any) -> None:
    assert said(page(whole()).xpath("//section")[0]).startswith("Nothing stands in the way")
    tree = page(whole(nb=entry(files=[], validated=False, validators={})))
    verdict_said = said(tree.xpath("//section")[0])
    assert verdict_said.startswith("Not known yet") and "hefte build --validate" in verdict_said
    assert list(tree.iter("article")) == []


def test_the_checks_of_words_and_pages_are_listed_and_what_words_were_looked_up_with(page: Any) -> None:
    report = whole(
        nb=entry(checks=["page-widow", "spelling"], spelling="Hunspell 1.7.1, nb_NO"),
        so=entry(checks=["page-widow"], spelling="not run: no dictionary for so"),
    )
    report["checks"] = {"page-widow": "A last line alone"}
    nb, so = page(report).xpath("//section[contains(@class, 'language')]")
    assert [said(item) for item in nb.xpath("./details[not(@class)]//li")] == [
        "page-widow A last line alone", "spelling",
    ]
    assert said(nb.xpath("./details/summary")[0]) == "2 checks ran on its words and pages"
    assert said(so.xpath("./details/summary")[0]) == "1 check ran on its words and pages"
    assert [said(line) for line in nb.xpath("./p[@class='validators']")] == [
        "EPUBCheck 5.3.0", "Spelling: Hunspell 1.7.1, nb_NO",
    ]
    assert [said(line) for line in so.xpath(".//span[@class='missing']")] == ["not run: no dictionary for so"]


def test_the_manifest_is_named_where_there_is_one(page: Any) -> None:
    assert page(whole()).xpath("//a[@href='manifest.json']") == []
    assert len(page(whole(), manifest=True).xpath("//a[@href='manifest.json']")) == 1


def test_stories_and_numbers_say_how_they_stand(page: Any) -> None:
    report = whole(nb=entry())
    story = {"language": "nb", "voice": "retold", "consent": {"wording": "2", "date": "2024-09-30"},
             "scopes": ["print"], "approved": [], "review_by": "2027-01-01", "withdrawn": None}
    report["stories"] = {
        "one": story, "two": story | {"approved": ["nb", "nn"], "consent": None}, "three": story | {
            "withdrawn": "2026-11-01", "voice": "quote", "scopes": [], "review_by": None,
        },
    }
    report["helplines"] = [{"id": "a", "number": "113", "verified_on": None},
                           {"id": "b", "number": "116 123", "verified_on": "2026-11-01"}]
    assert [said(card) for card in page(report).xpath("//section[@aria-labelledby='consent']//li")] == [
        "one not approved Retold, told in nb. Consent of 2024-09-30: 2. Covers print. To be reviewed by 2027-01-01.",
        "two approved: nb, nn Retold, told in nb. No consent is recorded. Covers print. To be reviewed by 2027-01-01.",
        "three withdrawn on 2026-11-01 In the person's own words, told in nb. Consent of 2024-09-30: 2. "
        "Covers nothing.",
        "113 never dialled a", "116 123 dialled on 2026-11-01 b",
    ]


# --- the verdict ----------------------------------------------------------------------------------------------------


def test_what_stands_in_the_way_is_what_a_release_is_refused_for() -> None:
    shared = found(
        "helpline-unverified", "warning", "never dialled", blocks_release=True, path="chapters/p.toml", line=3,
    )
    judged = verdict.judge({
        "nb": entry(shared, found(page=2, path="nb/a.pdf"), found(severity="note"), found(severity="warning")),
        "nn": entry(shared, found(waived="it is so", severity="note", blocks_release=True),
                    failures=[{"lines": ["no profile"], "exit_code": 4}],
                    validators={"Ace": "not run: install it"}, validated=False),
    })
    assert [(group.check, [(each.what, each.where, each.languages) for each in group.reasons])
            for group in judged.groups] == [
        ("not built", [("no profile", "", ("nn",))]),
        ("helpline-unverified", [("never dialled", "chapters/p.toml:3", ("nb", "nn"))]),
        ("not validated", [("Ace: not run: install it", "", ("nn",))]),
        ("pdf-ink", [("too much ink", "nb/a.pdf page 2", ("nb",))]),
    ]
    assert (judged.answer, judged.number, judged.unseen) == ("no", 4, ("nn",))
    assert verdict.judge({"nb": entry()}).answer == "yes"
    assert verdict.judge({"nb": entry(found(severity="warning"), validated=False)}).answer == "unknown"


# --- pictures from one report to the next ---------------------------------------------------------------------------


def test_pictures_are_read_back_out_of_a_report(
    page: Any, drawn: tuple[Picture, ...], tmp_path: Path
) -> None:
    publication = wordkit.load(tmp_path / "other")
    path = tmp_path / "report.html"
    assert pictures.read_back(path) == {}
    path.write_text(render(publication, whole(nb=entry()), {DIGEST: drawn}), encoding="utf-8")
    assert pictures.read_back(path) == {DIGEST: drawn}
    path.write_bytes(b"\xff" * 100)
    assert pictures.read_back(path) == {}


# --- what ships -----------------------------------------------------------------------------------------------------


def test_the_shipped_report_has_a_picture_of_each_page(shipped: Outputs) -> None:
    text = (shipped.dist / "report.html").read_text(encoding="utf-8")
    tree = html.fromstring(text.encode())
    expected = {}
    for each in (file for entry in shipped.report["languages"].values() for file in entry["files"]):
        first, last = (0, 0) if each["edition"] == "epub" else (1, each["pages"])
        expected[each["digest"]] = set(range(first, last + 1))
    shown: dict[str, set[int]] = {}
    for img in tree.iter("img"):
        shown.setdefault(img.get("data-of", ""), set()).add(int(img.get("data-page", "-1")))
    assert shown == expected and sum(map(len, expected.values())) > 50
    assert len(text) < 1_700_000


def test_the_shipped_report_asks_the_net_for_nothing(shipped: Outputs) -> None:
    text = (shipped.dist / "report.html").read_text(encoding="utf-8")
    tree = html.fromstring(text.encode())
    asked = {value for element in tree.iter() for name, value in element.items() if name in {"src", "href", "srcset"}}
    assert {each for each in asked if not re.match(r"#|data:image/webp;base64,|\w+/[\w.-]+$", each)} == set()
    assert not re.search(r"<script|<link|@import|url\(", text)
    targets = {element.get("id") for element in tree.iter() if element.get("id")}
    assert {each[1:] for each in asked if each.startswith("#")} <= targets


def test_axe_finds_nothing_in_the_report(tmp_path: Path, drawn: tuple[Picture, ...]) -> None:
    """A report with everything in it, all of it open, by day and by night, on a screen of 320 pixels."""
    here = {"path": "nb/a-nb-print.pdf"}
    boxes = {"trim_mm": [148, 210], "bleed_mm": 3, "media_mm": [154, 216]}
    colours = [{"page": 1, "spaces": ["DeviceCMYK"], "spots": []}]
    report = whole(
        nb=entry(*(
            found(f"pdf-{kind}", kind, blocks_release=number == 1, page=number, box=list(BOX), **here)
            for number, kind in enumerate(("warning", "error", "note"), 1)
        ), found(severity="note", waived="it is so", **here), found(path="chapters/a.md", line=3),
            files=[file(figures={"boxes": boxes, "version": "1.6", "colours": colours})],
            failures=[{"lines": ["no"], "exit_code": 3}],
            standing={"name": "norsk", "called": "norsk", "direction": "ltr", "origin": "human", "draft": False,
                      "source": False, "units": [{"id": "a", "state": "ready", "translator": "A", "signed_by": "B",
                                                  "signed_on": "2026-01-01"}]}),
    )
    report["stories"] = {"one": {"language": "nb", "voice": "quote", "consent": None, "scopes": [], "approved": [],
                                 "review_by": None, "withdrawn": "2026-01-01"}}
    report["helplines"] = [{"id": "a", "number": "113", "verified_on": None}]
    text = render(wordkit.load(tmp_path / "book"), report, {DIGEST: drawn}).replace("<details", "<details open")
    tree = html.document_fromstring(text)
    (tmp_path / "pages").mkdir()
    xhtml = html.tostring(tree, method="xml", encoding="unicode").replace(
        "<html ", '<html xmlns="http://www.w3.org/1999/xhtml" ', 1)
    (tmp_path / "pages" / "report.xhtml").write_text(xhtml, encoding="utf-8")
    page = tmp_path / "pages" / "report.xhtml"
    assert axe.check_pages([page]) == {page: []}
