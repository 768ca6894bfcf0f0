"""Waivers: what an editor lets stand becomes a note; what may not be waived, or matches nothing, is a finding."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

import buildkit
import wordkit
from hefte import publication, waivers
from hefte.errors import SourceError
from hefte.model import Built, Finding, LanguageResult, Place, Publication, Severity, Waiver

ROOT = Path("/p")
WHERE = Place(ROOT / "chapters" / "publication.toml", 7)
PDF = Path("nb/tiny-nb-print.pdf")
WARNED = Finding("pdf-resolution", Severity.WARNING, "a picture is coarse", "take another", path=PDF, page=3)


def waiver(check: str, path: str, *, line: int | None = None, page: int | None = None) -> Waiver:
    return Waiver(check, path, "the only photograph there is", dt.date(2026, 11, 1), WHERE, line, page)


def of(tmp_path: Path, *given: Waiver) -> Publication:
    return replace(wordkit.load(tmp_path), root=ROOT, waivers=given)


def said(findings: tuple[Finding, ...]) -> list[tuple[str, str, str, int | None]]:
    return [(each.check, each.severity, each.message, each.line) for each in findings]


# --- what is waived ---------------------------------------------------------------------------------------------------


def test_a_waived_finding_is_a_note_with_its_reason(tmp_path: Path) -> None:
    refusing = Finding("pdf-resolution", Severity.ERROR, "coarse", "x", path=PDF, page=3, blocks_release=True)
    [found] = waivers.applied(of(tmp_path, waiver("pdf-resolution", str(PDF), page=3)), [refusing])
    assert (found.severity, found.blocks_release) == (Severity.NOTE, False)
    assert found.waived == "the only photograph there is"


@pytest.mark.parametrize(
    ("given", "waived"),
    [
        (waiver("pdf-resolution", "nb/tiny-nb-print.pdf"), True),
        (waiver("pdf-resolution", "nb/tiny-nb-print.pdf", page=3), True),
        (waiver("pdf-resolution", "*/tiny-*-print.pdf", page=3), True),
        (waiver("pdf-resolution", "nb/tiny-nb-print.pdf", page=4), False),
        (waiver("pdf-resolution", "nb/tiny-nb-booklet.pdf"), False),
        (waiver("pdf-bookmarks", "nb/tiny-nb-print.pdf"), False),
    ],
)
def test_a_waiver_holds_for_its_check_and_place_alone(given: Waiver, waived: bool, tmp_path: Path) -> None:
    [found] = waivers.applied(of(tmp_path, given), [WARNED])
    assert (found.waived is not None) == waived


def test_a_source_is_named_from_the_publication_with_its_line(tmp_path: Path) -> None:
    found = Finding("quote-mismatch", Severity.WARNING, "m", "r", path=ROOT / "chapters/nb/first.md", line=12)
    for line, waived in ((12, True), (13, False), (None, True)):
        given = of(tmp_path, waiver("quote-mismatch", "chapters/nb/first.md", line=line))
        assert [each.waived is not None for each in waivers.applied(given, [found])] == [waived]


# --- what may not be --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("check", ["consent-missing", "pdf-draft", "translation-unsigned", "epubcheck", "pdf-ua1"])
def test_consent_drafts_signatures_and_claims_cannot_be_waived(check: str, tmp_path: Path) -> None:
    found = Finding(check, Severity.ERROR, "m", "r", path=PDF)
    given = of(tmp_path, waiver(check, str(PDF)))
    assert waivers.applied(given, [found]) == (found,)
    assert said(waivers.refused(given)) == [
        ("waiver-refused", "error", f"a finding of `{check}` cannot be waived", 7),
    ]


def test_a_waiver_of_a_check_that_is_none_names_the_near_one(tmp_path: Path) -> None:
    [found] = waivers.refused(of(tmp_path, waiver("pdf-resolutoin", str(PDF))))
    assert found.message == "there is no check `pdf-resolutoin` to waive a finding of"
    assert found.remedy == "did you mean `pdf-resolution`? docs/checks.md lists them all"


# --- what matches nothing ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "languages", "pages", "validated", "idle"),
    [
        (waiver("pdf-bookmarks", "nb/tiny-nb-screen.pdf"), ["nb"], True, False, True),
        (waiver("pdf-bookmarks", "nb/tiny-nb-screen.pdf"), ["nb"], False, False, False),
        (waiver("pdf-bookmarks", "nb/tiny-nb-screen.pdf"), [], True, False, False),
        (waiver("quote-mismatch", "chapters/nb/first.md"), ["nb"], False, False, True),
        (waiver("ace", "nb/tiny-nb.epub"), ["nb"], True, False, False),
        (waiver("ace", "nb/tiny-nb.epub"), ["nb"], True, True, True),
        (waiver("pdf-resolution", "nb/tiny-nb-print.pdf", page=3), ["nb"], True, True, False),
    ],
)
def test_a_waiver_that_matches_nothing_is_told_where_all_was_looked_at(
    given: Waiver, languages: list[str], pages: bool, validated: bool, idle: bool, tmp_path: Path
) -> None:
    whole = of(tmp_path, given)
    found = waivers.unused(whole, waivers.applied(whole, [WARNED]), languages, pages=pages, validated=validated)
    message = f"the waiver of `{given.check}` in {given.path} matches no finding"
    assert said(found) == ([("waiver-unused", "warning", message, 7)] if idle else [])


def test_a_build_says_it_with_its_first_language(tmp_path: Path) -> None:
    whole = of(tmp_path, waiver("pdf-bookmarks", "nb/tiny-nb-screen.pdf"), waiver("pdf-x", str(PDF)))
    file = Built(str(PDF), "print", "nb", b"")
    [result] = waivers.judged(
        whole, [LanguageResult("nb", (file,), (WARNED,))], every_edition=True, validated=False
    )
    assert [(each.check, each.language) for each in result.findings] == [
        ("pdf-resolution", None), ("waiver-refused", "nb"), ("waiver-unused", "nb"),
    ]


# --- how it is written ------------------------------------------------------------------------------------------------


def with_waiver(root: Path, place: str, check: str = "quote-mismatch") -> Path:
    path = root / "chapters" / "publication.toml"
    table = f'\n[[waivers]]\ncheck = "{check}"\nplace = "{place}"\nreason = "in a title"\ndate = 2026-11-01\n'
    path.write_text(path.read_text(encoding="utf-8") + table, encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("place", "path", "line", "page"),
    [
        ("chapters/nb/first.md:12", "chapters/nb/first.md", 12, None),
        ("nb/tiny-nb-print.pdf page 3", "nb/tiny-nb-print.pdf", None, 3),
        ("nb/*.pdf", "nb/*.pdf", None, None),
    ],
)
def test_a_place_is_written_as_the_report_says_it(
    place: str, path: str, line: int | None, page: int | None, tmp_path: Path
) -> None:
    root = with_waiver(wordkit.load(tmp_path).root, place)
    [read] = publication.load(root).waivers
    assert (read.check, read.reason) == ("quote-mismatch", "in a title")
    assert (read.path, read.line, read.page) == (path, line, page)
    assert read.place.line == len((root / "chapters/publication.toml").read_text(encoding="utf-8").splitlines()) - 4


@pytest.mark.parametrize("place", ["*", "everywhere", "nb/x.pdf page 0", "nb/x.pdf:"])
def test_a_place_that_is_none_is_refused(place: str, tmp_path: Path) -> None:
    root = with_waiver(wordkit.load(tmp_path).root, place)
    with pytest.raises(SourceError) as caught:
        publication.load(root)
    assert "cannot be" in caught.value.what and caught.value.remedy.startswith("name a file")


def test_on_the_command_line(tmp_path: Path) -> None:
    root = buildkit.new(tmp_path / "new")
    text = next(path for path in sorted((root / "chapters" / "en").glob("*.md")) if path.name != "colophon.md")
    text.write_text(text.read_text(encoding="utf-8") + "\nShe said «no» to it.\n", encoding="utf-8")
    line = len(text.read_text(encoding="utf-8").splitlines())
    before = buildkit.hefte("check", cwd=root)
    assert f"{text.relative_to(root)}:{line}: warning:" in before.out
    with_waiver(root, f"{text.relative_to(root).as_posix()}:{line}")
    after = buildkit.hefte("check", cwd=root)
    assert f"{line}: warning" not in after.out
    assert f"{text.relative_to(root)}:{line}: note:" in after.out
    assert "; waived: in a title [quote-mismatch]" in after.out
