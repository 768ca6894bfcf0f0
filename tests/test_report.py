"""report.json and report.html: what was made and found, the exit code, what is kept from before and what goes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import html

import buildkit
import wordkit
from hefte import __version__, digests, freshness, report
from hefte.model import Built, Failure, Finding, LanguageResult, Publication, Severity, Step
from hefte.report import Summary
from hefte.wishes import Wishes

NOW = "1795348800"  # 2026-11-22T12:00:00Z
ERROR = Finding("heading-skip", Severity.ERROR, "a <b> & c", "mend it")
NOTHING: dict[str, Any] = {"languages": {}}


@pytest.fixture
def publication(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Publication:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)
    loaded = wordkit.load(tmp_path / "book")
    return replace(loaded, languages=("nb", "nn"))


def file(edition: str, language: str = "nb", content: bytes = b"content") -> Built:
    return Built(f"{language}/a-{edition}.pdf", edition, language, content, pages=4, checks=("pdf-boxes",))


def write(
    publication: Publication, *results: LanguageResult, earlier: dict[str, Any] = NOTHING, **wishes: Any
) -> tuple[Summary, dict[str, Any]]:
    """What the summary says and what report.json holds."""
    out = publication.root / "dist"
    wished = Wishes(root=publication.root, out=out, **wishes)
    summary = report.write(publication, results, wished, {"nb": "abc", "nn": "def"}, earlier)
    whole: dict[str, Any] = json.loads((out / "report.json").read_text(encoding="utf-8"))
    return summary, whole


def test_everything_that_was_made_is_listed(publication: Publication) -> None:
    summary, whole = write(publication, LanguageResult("nb", (file("print"), file("screen"))))
    assert whole == {
        "hefte": __version__,
        "publication": {
            "id": "tiny", "version": "1", "date": "2026-01-01", "review_by": "2027-01-01", "source_language": "nb",
        },
        "stories": {
            "lost": {
                "language": "nb", "voice": "retold", "consent": {"wording": "1", "date": "2024-09-30"},
                "scopes": ["print", "epub"], "approved": ["nb"], "review_by": "2027-01-01", "withdrawn": None,
            },
        },
        "helplines": [
            {"id": "113", "number": "113", "verified_on": "2025-12-01"},
            {"id": "116123", "number": "116 123", "verified_on": "2025-12-01"},
        ],
        "checks": {"pdf-boxes": "Page boxes: trim, bleed, medium"},
        "languages": {
            "nb": {
                "sources": "abc", "looked_on": "2026-11-22", "asked": None, "validated": False, "older": [],
                "files": [
                    {"path": f"nb/a-{edition}.pdf", "edition": edition, "pages": 4, "size": 7,
                     "digest": digests.of_bytes(b"content"), "checks": ["pdf-boxes"], "look": "", "stories": [],
                     "figures": {}}
                    for edition in ("print", "screen")
                ],
                "validators": {}, "findings": [], "failures": [], "checks": [], "spelling": "",
                "fit": True, "fitted": [],
                "standing": {
                    "name": "norsk bokmål", "called": "norsk bokmål", "direction": "ltr", "origin": "original",
                    "draft": False, "source": True, "units": [],
                },
            },
        },
    }
    assert summary == Summary(publication.root / "dist", whole["languages"], ("nb/a-print.pdf", "nb/a-screen.pdf"))
    assert (publication.root / "dist/nb/a-print.pdf").read_bytes() == b"content"


def test_every_check_that_ran_is_listed_and_says_what_it_looks_for(publication: Publication) -> None:
    """Most say so where they ran. Those of a language that was not built this time, and of a waiver, are looked up."""
    told = {"page-widow": "told by the build", "pdf-boxes": "told too", "never-ran": "x"}
    done = LanguageResult("nb", (file("print"),), checks=("page-widow",), titles=told, spelling="Hunspell 1, nb_NO")
    other = LanguageResult("nn", findings=(replace(ERROR, check="epubcheck"), ERROR), checks=("heading-skip",))
    _, whole = write(publication, done, other)
    assert whole["checks"] == {
        "heading-skip": "A heading that skips a level", "page-widow": "told by the build", "pdf-boxes": "told too",
    }
    said = whole["languages"]["nb"]
    assert (said["checks"], said["spelling"]) == (["page-widow"], "Hunspell 1, nb_NO")
    earlier = freshness.earlier_report(publication.root / "dist")
    _, whole = write(publication, other, earlier=earlier, languages=("nn",))
    assert whole["checks"]["page-widow"] == "A last line alone at the top of a page"


def test_a_finding_keeps_what_is_known_of_it_and_nothing_else(publication: Publication) -> None:
    inside = replace(ERROR, path=publication.root / "chapters/nb/first.md", line=7, language="nb", blocks_release=True)
    outside = replace(ERROR, path=Path("/house/theme.toml"), severity=Severity.NOTE)
    built = replace(ERROR, path=Path("nb/a-print.pdf"), page=3, edition="print", severity=Severity.WARNING)
    _, whole = write(publication, LanguageResult("nb", (file("print"),), (inside, outside, built)))
    said = {"check": "heading-skip", "message": "a <b> & c", "remedy": "mend it"}
    assert whole["languages"]["nb"]["findings"] == [
        {**said, "severity": "error", "path": "chapters/nb/first.md", "line": 7, "language": "nb",
         "blocks_release": True},
        {**said, "severity": "note", "path": "/house/theme.toml"},
        {**said, "severity": "warning", "path": "nb/a-print.pdf", "page": 3, "edition": "print"},
    ]


@pytest.mark.parametrize(("findings", "failures", "code"), [
    ((), (), 0),
    ((replace(ERROR, severity=Severity.WARNING), replace(ERROR, severity=Severity.NOTE)), (), 0),
    ((ERROR,), (), 1),
    ((ERROR,), (Failure(("x",), 3),), 3),
    ((), (Failure(("x",), 3), Failure(("y",), 4)), 4),
    ((), (Failure(("x",), 70, "Traceback"), Failure(("y",), 3)), 70),
])
def test_the_exit_code_is_the_gravest(
    publication: Publication, findings: tuple[Finding, ...], failures: tuple[Failure, ...], code: int
) -> None:
    bad = LanguageResult("nb", (), findings, failures)
    summary, whole = write(publication, bad, LanguageResult("nn", (file("print", "nn"),)))
    assert summary.exit_code == code
    assert summary.tracebacks == (("Traceback",) if code == 70 else ())
    assert whole["languages"]["nb"]["failures"] == [{"lines": list(f.lines),
                                                     "exit_code": f.exit_code} for f in failures]
    assert "Traceback" not in json.dumps(whole)


def test_a_language_that_was_not_built_keeps_its_entry(publication: Publication) -> None:
    write(publication, LanguageResult("nb", (file("print"),)), LanguageResult("nn", (file("print", "nn"),)))
    earlier = freshness.earlier_report(publication.root / "dist")
    summary, whole = write(publication, LanguageResult("nn", (file("print", "nn", b"new"),)), earlier=earlier,
                           languages=("nn",))
    assert whole["languages"]["nb"] == earlier["languages"]["nb"]
    assert list(summary.entries) == ["nn"]
    alone = replace(publication, languages=("nb",))
    _, whole = write(alone, LanguageResult("nb", (file("print"),)), earlier=earlier)
    assert list(whole["languages"]) == ["nb"]


def test_an_edition_that_is_not_made_any_more_goes(publication: Publication) -> None:
    write(publication, LanguageResult("nb", (file("print"), file("screen"))))
    earlier = freshness.earlier_report(publication.root / "dist")
    write(publication, LanguageResult("nb", (file("screen"),)), earlier=earlier)
    assert sorted(buildkit.contents(publication.root / "dist")) == ["nb/a-screen.pdf", "report.html", "report.json"]


@pytest.mark.parametrize("path", ["../kept.pdf", "nb/../../kept.pdf", "/tmp/kept.pdf", "nb/kept.txt", "kept.pdf", ""])
def test_a_report_by_somebody_else_has_nothing_else_removed(publication: Publication, path: str) -> None:
    write(publication, LanguageResult("nb", (file("print"),)))
    out = publication.root / "dist"
    for name in (publication.root / "kept.pdf", out / "kept.pdf", out / "nb/kept.txt"):
        name.write_text("mine")
    earlier = freshness.earlier_report(out)
    earlier["languages"]["nb"]["files"].append({"path": path, "edition": "screen"})
    before = buildkit.contents(publication.root)
    write(publication, LanguageResult("nb", (file("print"),)), earlier=earlier)
    assert buildkit.contents(publication.root) == before


@pytest.mark.parametrize(("result", "wishes"), [
    (LanguageResult("nb", (), (ERROR,)), {}),  # stopped by its words
    (LanguageResult("nb", (file("screen"),), (), (Failure(("no profile",), 4),)), {}),  # an edition failed
    (LanguageResult("nb", (file("screen"),)), {"editions": ("screen",)}),  # only this one was asked for
])
def test_what_failed_or_was_not_asked_for_stays(
    publication: Publication, result: LanguageResult, wishes: dict[str, Any]
) -> None:
    write(publication, LanguageResult("nb", (file("print"), file("screen"))))
    earlier = freshness.earlier_report(publication.root / "dist")
    write(publication, result, earlier=earlier, **wishes)
    assert (publication.root / "dist/nb/a-print.pdf").read_bytes() == b"content"


def test_some_editions_of_the_same_sources_leave_the_others_listed(publication: Publication) -> None:
    write(publication, LanguageResult("nb", (file("print"), file("screen"))))
    earlier = freshness.earlier_report(publication.root / "dist")
    _, whole = write(publication, LanguageResult("nb", (file("screen"),)), earlier=earlier, editions=("screen",))
    assert sorted(of["edition"] for of in whole["languages"]["nb"]["files"]) == ["print", "screen"]
    earlier["languages"]["nb"]["sources"] = "older"
    _, whole = write(publication, LanguageResult("nb", (file("screen"),)), earlier=earlier, editions=("screen",))
    assert [of["edition"] for of in whole["languages"]["nb"]["files"]] == ["screen"]


@pytest.mark.parametrize(("made", "sources", "kept"), [
    ("print", "abc", False),  # it told of the print file that was there
    ("screen", "abc", True), ("screen", "older", True),
])
def test_a_job_sheet_goes_with_its_print_file(publication: Publication, made: str, sources: str, kept: bool) -> None:
    sheet = Built("nb/a-print-job.pdf", "print-job", "nb", b"sheet", pages=1)
    write(publication, LanguageResult("nb", (file("print"), sheet, file("screen"))))
    earlier = freshness.earlier_report(publication.root / "dist")
    earlier["languages"]["nb"]["sources"] = sources
    _, whole = write(publication, LanguageResult("nb", (file(made),)), earlier=earlier, editions=(made,))
    assert (publication.root / "dist/nb/a-print-job.pdf").exists() == kept
    listed = {of["edition"] for of in whole["languages"]["nb"]["files"]}
    all_three = {"print", "print-job", "screen"}
    assert listed == ({"print", "screen"} if not kept else all_three if sources == "abc" else {made})


def test_the_page_for_people_says_it_all_and_asks_the_net_for_nothing(publication: Publication) -> None:
    found = replace(ERROR, path=publication.root / "chapters/nb/first.md", line=7)
    failed = LanguageResult("nn", failures=(Failure(("chapters/nn/first.md:1: the file is <empty>; write it",), 3),))
    done = LanguageResult("nb", (file("print"),), (found,), validators={"EPUBCheck": "5.3.0"})
    write(publication, done, failed)
    page = html.fromstring((publication.root / "dist/report.html").read_bytes())
    text = " ".join(page.text_content().split())
    for words in ("a <b> & c", "mend it", "chapters/nb/first.md", "EPUBCheck", "5.3.0", "the file is <empty>; write "
                  "it", "print"):
        assert words in text
    assert page.xpath("//b[contains(., '& c')]") == []
    assert [link.get("href") for link in page.iter("a") if link.get("href", "").endswith(".pdf")] == ["nb/a-print.pdf"]
    asked = [value for element in page.iter() for name, value in element.items() if name in {"src", "href"}]
    assert [address for address in asked if "//" in address] == []
    assert page.get("lang") and page.findtext(".//title")


def test_an_unchanged_build_is_summed_up_from_the_report(publication: Publication) -> None:
    write(publication, LanguageResult("nb", (file("print"),), (ERROR,)))
    out = publication.root / "dist"
    summary = report.unchanged(freshness.earlier_report(out), out, ["nb"])
    assert (summary.made, summary.unchanged, summary.exit_code) == ((), True, 1)


def test_how_long_each_step_took_is_kept_where_it_is_wished(
    publication: Publication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEFTE_TIMINGS", str(tmp_path / "timings.json"))
    write(publication, LanguageResult("nb", (file("print"),), steps=(Step("layout", "nb", "", 1.5, 1.25, 100.0),)))
    assert json.loads((tmp_path / "timings.json").read_text()) == [
        {"step": "layout", "language": "nb", "edition": "", "wall_s": 1.5, "cpu_s": 1.25, "peak_mb": 100.0}
    ]
